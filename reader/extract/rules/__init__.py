"""Site rules made into selectors, and the dates they format. Reads no file but the shipped rules, once."""

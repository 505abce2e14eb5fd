"""Four invented papers, served on loopback by the standard library alone. Never takes words from a real paper."""

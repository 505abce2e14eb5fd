"""How not to be a nuisance: who is asked when, how many at once, and who is left alone.

It asks nobody, and never imports httpx."""

"""A synthetic press on loopback: four papers, written by us, on the standard library alone."""

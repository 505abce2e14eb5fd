"""How quick Newsstand is, beside a peer in the same run: each file is a program, and prints ratios."""

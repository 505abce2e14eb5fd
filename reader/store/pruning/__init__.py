"""Keeping the library within bounds: what may go, taking it in short transactions, and remembering that it was there.

What goes is never what a person has starred, saved or tagged, what is unread within its days, or what is open in a
reader. Nothing here decides when it runs: `reader.news.pruning` does.
"""

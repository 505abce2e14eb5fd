"""The work itself: refresh, subscribe, load a story, keep for offline.

Joins fetch, extract and store. Never draws or prints: it knows no screen and no command line.
"""

"""The work itself: refresh, subscribe, bring a story, keep for offline.

Joins fetch, extract and store; knows no screen and no command line.
"""

"""Lists of subscriptions: OPML, newsboat's files, the catalogue of papers, folders within folders.

Bytes to values and back; never subscribes.
"""

"""The four papers of the demo: a folder each, with its page templates, its feed and one text file a story.

Their words and markup are never taken from a real paper.
"""

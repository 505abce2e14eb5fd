"""The four papers of the demo: a folder each, with its page templates, its feed and one text file a story.

None of their words or markup is taken from a real paper.
"""

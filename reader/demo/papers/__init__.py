"""The four papers of the press: a folder each, with its page templates, its feed and one text file a story."""

"""Tests of lists of subscriptions: OPML, newsboat's files, the catalogue, folders."""

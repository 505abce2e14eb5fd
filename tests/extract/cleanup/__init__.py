"""Tests of what is taken away from round the text of an article."""

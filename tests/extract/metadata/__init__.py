"""Tests of the facts about an article: names, headlines, labels, credits, times."""

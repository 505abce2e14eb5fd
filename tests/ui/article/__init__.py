"""Tests of the article pane: reading, links, moving, history."""

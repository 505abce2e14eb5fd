"""Tests of `reader.ui.article.view`: what the article pane paints, and moving through a story."""

"""Tests of `reader.ui.article.stories`: a person opens stories, reads them and their further pages."""

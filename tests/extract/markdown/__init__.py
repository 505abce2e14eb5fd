"""Tests of the Markdown that an article becomes."""

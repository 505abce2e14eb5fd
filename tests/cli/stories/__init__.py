"""Tests of `reader.cli.stories`: listing and reading, stories in several pages, marking and saving."""

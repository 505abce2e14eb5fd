"""Tests of `reader.extract.content.choose`: what holds the story, of long texts and of short ones."""

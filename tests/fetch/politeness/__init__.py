"""Tests of `reader.fetch.politeness`."""

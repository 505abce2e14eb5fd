"""Tests of `reader.fetch.discovery`: the feeds behind an address."""

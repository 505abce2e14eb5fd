"""Tests of `reader.fetch.http`: what a request meets, by subject."""

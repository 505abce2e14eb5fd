"""Tests of `reader.fetch.feeds`: documents that papers send, by what is right or wrong with them."""

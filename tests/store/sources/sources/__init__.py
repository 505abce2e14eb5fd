"""Tests of `reader.store.sources.sources`: subscribing and unsubscribing, and what is changed of a source."""

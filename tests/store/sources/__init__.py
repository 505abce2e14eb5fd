"""Tests of `reader.store.sources`: what one subscribes to, and what it is called."""

"""Tests of `reader.store.database`: opening, closing, its threads, and several processes on one file."""

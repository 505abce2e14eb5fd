"""Tests of the library's file: opening, closing, migrating it, and several processes on it at once."""

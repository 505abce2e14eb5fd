"""Tests of the library: a real SQLite file and a clock that tests move. No network."""

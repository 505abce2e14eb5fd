"""Tests of the table of commands and of the keys that carry them out."""

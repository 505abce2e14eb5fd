"""Tests of which part of a page is chosen as its article."""

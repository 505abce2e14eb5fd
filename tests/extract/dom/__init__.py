"""Tests of parsing a page into a tree, and of reading that tree."""

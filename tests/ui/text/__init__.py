"""Tests of text in cells: cut, padded and wrapped in any script."""

"""Tests of text from outside: cleaned, its dates read, its addresses made absolute and safe."""

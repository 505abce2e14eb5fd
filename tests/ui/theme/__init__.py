"""Tests of colours, glyphs and scroll bars, and of whole screens cell for cell."""

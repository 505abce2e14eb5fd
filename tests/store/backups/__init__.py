"""Whole copies of the library: how they are made, kept and brought back."""

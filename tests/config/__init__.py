"""Tests of the settings and site rules that a person writes: how they are read, and what is said of wrong ones."""

"""Tests of the interface: the real app over a real library, driven by its keys and read from its cells."""

"""Tests of the library as a file: who has it open, and whether it is whole."""

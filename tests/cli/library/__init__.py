"""Tests of the commands about the library's file."""

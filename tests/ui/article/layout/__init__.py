"""Tests of an article laid out in lines. No app runs."""

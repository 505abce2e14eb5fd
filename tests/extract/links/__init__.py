"""Tests of the links of an article: related stories and further pages."""

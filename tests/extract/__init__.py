"""Tests of extraction: pages of our own, as bytes, become articles. No network and no library."""

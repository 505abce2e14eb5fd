"""Tests of the list of headlines: its rows, its days, and what it reads of a long list."""

"""Tests of what checks and repairs a damaged library. Never a library somebody reads: each is made for its test."""

"""Tests of the sentences that people read."""

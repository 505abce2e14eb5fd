"""Tests over pages that were made worse at random, by number: used by benchmarks/mutated_pages.py too."""

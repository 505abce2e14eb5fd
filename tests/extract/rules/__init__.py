"""Tests of site rules, those that come with Newsstand and a person's own."""

"""Tests of the blocks of an article: lists, tables, quotes, notes, figures and embeds."""

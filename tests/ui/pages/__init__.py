"""Tests of the pages over the main screen: help, log, failing sources, welcome, catalogue."""

"""Tests of the main screen: its panes, its keys, masthead, footer and source tree, refreshing and filtering."""

"""Tests of `reader.ui.main.pane_widths`: which panes are shown and how wide, by themselves and by settings."""

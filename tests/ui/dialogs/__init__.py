"""Tests of the dialogs for adding a source and changing its settings."""

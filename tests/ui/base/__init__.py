"""Tests of what every screen needs: what happens when something fails that nobody foresaw."""

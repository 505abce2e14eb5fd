"""Tests of the synthetic papers that the demo serves on loopback."""

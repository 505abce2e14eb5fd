"""Newsstand: a newspaper kiosk in the terminal. Imports nothing, so that anything may import it."""

__version__ = "0.1.0"

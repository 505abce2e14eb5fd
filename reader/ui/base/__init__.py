"""What every part of the interface stands on: the session it shares, and how it goes on after an unforeseen error.

Draws nothing.
"""

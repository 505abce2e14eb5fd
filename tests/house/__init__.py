"""Tests about the house itself: what may be imported when, and that the documents stay true."""

"""Tests of the news: refreshing, opening stories, subscribing, keeping for offline. Over a real library and server."""

"""Tests of commands on sources and stories, as a person gives them."""

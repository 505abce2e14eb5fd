"""Tests of `reader.extract.links.related`: links to other stories, and the blocks that hold them."""

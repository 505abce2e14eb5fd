"""Which elements of a page are the article: each is scored, the best are chosen. Changes nothing in the tree."""

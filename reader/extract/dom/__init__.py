"""A page's bytes made into a tree, and what is asked of its elements: text, names of classes, what is hidden.

Never knows what an article is.

`parse.parse` makes the tree of a page, `parse.tree` that of a fragment; `node` has the texts of elements and the index
of a page, `junk_names` and `name_patterns` judge classes and ids.
"""

"""Bytes to a tree, and what is asked of its nodes: texts, names of classes, what is hidden.

Knows nothing of articles.
"""

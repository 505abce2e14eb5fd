"""An article as lines for one width: pure functions of Markdown, width and look.

No widget, no library, nothing that waits.
"""

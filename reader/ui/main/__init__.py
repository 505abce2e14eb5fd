"""The main screen: its three panes, titles and footer, the keys, and what changes while it is open.

Knows no page and no command.
"""

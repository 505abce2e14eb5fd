"""Screens of their own: help, catalogue, welcome, failing sources, the log. Each is imported when it is first opened.

They never act on the main screen but through `reader.ui.base.host.Host`.
"""

"""Screens of their own: help, catalogue, welcome, failed sources, the log.

They never act on the main screen but through its host.
"""

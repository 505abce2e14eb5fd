"""The main screen: its three panes, titles and footer, the keys, and what changes while it is open.

`screen.MainScreen` is what the app opens; `keys` makes commands of keys. Never imports a page or a command: the app
gives it both.
"""

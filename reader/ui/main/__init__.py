"""The main screen: its three panes, titles and footer, the keys, and what changes while it is open.

`screen.MainScreen` is what the app opens; dialogs and pages use the footer's keys (`footer`) and how keys are named
(`keys`). Never imports a page or a command: the app gives it both.
"""

"""The article pane: opening stories (`stories`), drawing and scrolling one (`view`), its links, the history.

`layout` makes a story's lines; `console` prints them without the app. Never lists headlines, never asks the network
itself. Loaded after the first screen is painted: nothing is imported here.
"""

"""What every part of the interface stands on: the session it shares (`session`), what it may ask of the main screen and
of the pane in focus (`host`), and how it goes on after an unforeseen error (`recovery`).

Draws nothing, and knows no widget of ours.
"""

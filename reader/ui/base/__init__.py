"""What every part of the interface stands on. Draws nothing, and knows no widget of ours.

The session that all share (`session`), what they may ask of the main screen and of the pane in focus (`host`), marks
that show before they are written (`status_changes`), what lists that scroll stand on (`lines_view`), and how it goes on
after an unforeseen error (`error_boundary`).
"""

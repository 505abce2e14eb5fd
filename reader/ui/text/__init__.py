"""Text in the cells of a terminal. Pure functions, but for the click on a key; never knows a widget of ours.

Plain text in `cells`, styled text in `wrap`, words found in it in `highlight`, the keys in a sentence in `key_markup`,
keys with what they do in `key_hints`, and what names a key that a click presses (`clicks`).
"""

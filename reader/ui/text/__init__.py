"""Text in the cells of a terminal. Pure functions; never knows a widget.

Plain text in `cells`, styled text in `wrap`, words found in it in `highlight`, the keys in a sentence in `key_markup`.
"""

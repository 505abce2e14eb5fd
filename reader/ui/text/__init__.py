"""Text in the cells of a terminal: widths, wrapping, highlighting, keys in a sentence. Pure; never knows a widget."""

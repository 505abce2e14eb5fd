"""Text in the cells of a terminal: widths, wrapping, highlighting, the keys in a sentence.

Pure, and knows no widget.
"""

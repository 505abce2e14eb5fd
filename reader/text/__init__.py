"""Pure functions of text: the one door for outside text, addresses, times, names, charsets, CommonMark's escapes.

Nothing here asks a network, reads a file or knows what an article is. `clean`, `clean_line`, `clean_lines`, `inert` and
`fold` stand here, since every room needs them; the rest is asked for by its module: `urls`, `dates`, `names`,
`markdown_escape`.
"""

from reader.text.sanitize import clean, clean_line, clean_lines, fold, inert

__all__ = ["clean", "clean_line", "clean_lines", "fold", "inert"]

"""A story on paper: the lines of the reader, as text for a terminal that scrolls. No app, no screen."""

import os
from collections.abc import Iterator
from datetime import datetime

from rich.color import ColorSystem
from rich.style import Style

from reader.models import Article
from reader.ui.look import look_of, themes, variable_defaults
from reader.ui.render import Sheet, lay_out

_MARGIN = 8
"""Cells that a pane has around the longest line."""


def printed(article: Article, *, width: int, dark: bool, now: datetime, paper: str = "") -> Iterator[str]:
    """Yield the lines of a story, styled, none longer than `width` cells.

    Colours as the terminal can (COLORTERM, TERM), none with NO_COLOR; the ground is the terminal's own.
    """
    depth = "truecolor" if os.environ.get("COLORTERM", "") in ("truecolor", "24bit") else "256"
    theme = themes("truecolor" if depth == "truecolor" else "256")[0 if dark else 1]
    look = look_of({**theme.to_color_system().generate(), **variable_defaults(theme), **theme.variables})
    system = ColorSystem.TRUECOLOR if depth == "truecolor" else ColorSystem.EIGHT_BIT
    plain = bool(os.environ.get("NO_COLOR"))
    measure = max(20, width)
    layout = lay_out(Sheet(now=now, article=article, url=article.url, paper=paper or article.site), measure + _MARGIN,
                     measure, look)  # fmt: skip
    for line in layout.lines:
        left = layout.left
        pieces = []
        for segment in line.segments:
            text = segment.text[left:] if left else segment.text
            left = max(0, left - len(segment.text))
            style = segment.style or Style.null()
            own = Style(color=None if plain else style.color, bold=style.bold, italic=style.italic,
                        underline=style.underline)  # fmt: skip
            pieces.append(own.render(text, color_system=system) if text else "")
        yield "".join(pieces).rstrip()

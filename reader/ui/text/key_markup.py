"""Sentences with keys in them, drawn: dim, the keys bold. A key is between stars, as `words` writes it: `*r*`."""

import re

from rich.cells import cell_len
from rich.segment import Segment

from reader.ui.text.clicks import pressing
from reader.ui.theme.theme import Appearance

_KEY = re.compile(r"\*(.+?)\*")


def sentence_segments(
    sentence: str, appearance: Appearance, *, colour: str | None = None, bg: str | None = None
) -> list[Segment]:
    """Return a sentence as one line: text in `colour` (None: dim), keys bold ink. For our own sentences only.

    A click on a key presses it, where the widget asks `press_clicked`.
    """
    plain = appearance.style(colour or appearance.dim, bg=bg)
    bold = appearance.style(appearance.ink, bold=True, bg=bg)
    segments = []
    for index, part in enumerate(_KEY.split(sentence)):
        if part:
            segments.append(Segment(part, pressing(bold, part) if index % 2 else plain))
    return segments


def sentence_lines(sentence: str, width: int, appearance: Appearance) -> list[list[Segment]]:
    """Return a sentence wrapped at spaces to lines of at most `width` cells; keys keep their weight."""
    lines: list[list[str]] = [[]]
    used = 0
    for word in sentence.split():
        size = cell_len(_KEY.sub(r"\1", word))
        if lines[-1] and used + 1 + size > width:
            lines.append([])
            used = 0
        used += size + (1 if lines[-1] else 0)
        lines[-1].append(word)
    return [sentence_segments(" ".join(line), appearance) for line in lines if line]

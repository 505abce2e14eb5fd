"""The end guard of the interface: whatever a line says on its way to the terminal, nothing in it acts there.

Text from outside is cleaned where it enters. This looks at each line once more as it is drawn, so that a field that
was forgotten there, or a library that another program has written to, is seen and not obeyed.
"""

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from reader.text import inert


class InertLines(LineFilter):
    """Takes out of each line what `text.inert` does, and puts blanks in its place: a line keeps its cells."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments; those in which nothing acts as they are."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [segment if segment.text.isprintable() or segment.control else _inert(segment) for segment in segments]


def _inert(segment: Segment) -> Segment:
    text = inert(segment.text).replace("\n", "").replace("\t", "")
    if text == segment.text:
        return segment
    return Segment(text + " " * (cell_len(segment.text) - cell_len(text)), segment.style)

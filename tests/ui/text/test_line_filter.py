"""The last look at a drawn line: nothing in it acts, and it keeps its cells."""

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from reader.ui.text.line_filter import InertLines

GROUND = Color(0, 0, 0)


@pytest.mark.parametrize(
    "text", ["a\x1b[31mb", "\x1b]0;owned\x07", "x\x9b2Jy", "\u202eabc\u2066", "tab\tnew\nline", "\x7f"]
)
def test_nothing_in_a_line_acts_and_its_cells_stay(text: str) -> None:
    style = Style(bold=True)
    (segment,) = InertLines().apply([Segment(text, style)], GROUND)
    assert segment.text.isprintable()
    assert segment.style == style
    assert cell_len(segment.text) == cell_len(text)


def test_a_line_in_which_nothing_acts_is_the_same_one() -> None:
    for text in ("Ferry returns", "b\u00e1o m\u1edbi", "no\u00a0break", "\u06a9\u200c\u0645"):
        segments = [Segment(text)]
        assert InertLines().apply(segments, GROUND)[0] is segments[0]

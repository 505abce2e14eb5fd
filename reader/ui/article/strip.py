"""One line of a story as the terminal gets it: links lettered, the link that Tab has reached marked, selection shown.

Pure: values in, a strip out. The strip is as wide as the pane, its blank cells painted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.ui.article.layout.values import Layout, SpotKind
from reader.ui.article.links import Stretch, item_lines
from reader.ui.theme.theme import Look


@dataclass(frozen=True, slots=True)
class Marks:
    """What lies over a story: the number of the spot that Tab has reached; the letters by spot, while `f` is on."""

    current: int | None = None
    letters: Mapping[int, str] | None = None


def _over(strip: Strip, style: Style, start: int, end: int) -> Strip:
    """The cells `start` to `end` in their own style with `style` over it."""
    width = strip.cell_length
    start, end = max(0, start), min(end, width)
    if end <= start:
        return strip
    middle = [Segment(text, (own or Style.null()) + style) for text, own, _ in strip.crop(start, end)]
    return Strip.join([strip.crop(0, start), Strip(middle), strip.crop(end, width)])


def _written(strip: Strip, text: str, style: Style, at: int) -> Strip:
    """The strip with `text` written over its cells from `at` on."""
    width = strip.cell_length
    return Strip.join([strip.crop(0, at), Strip([Segment(text, style)]), strip.crop(min(width, at + len(text)), width)])


def _faint(strip: Strip, kept: list[Stretch], look: Look) -> Strip:
    """All that is no link in `ink-faint` and regular; rules keep their own colour, which is fainter."""
    quiet = look.part(look.faint, bold=False, underline=False)
    at = 0
    for start, width, _ in [*sorted(kept), (strip.cell_length, 0, -1)]:
        strip = _over(strip, quiet, at, start)
        at = start + width
    return strip


def _marked(strip: Strip, y: int, layout: Layout, number: int, here: list[Stretch], look: Look) -> Strip:
    """The strip with the sign of the spot that Tab has reached, where it is on this line."""
    spot = layout.spots[number]
    if not spot.pieces:
        return strip
    bar = look.style(look.spot)
    if spot.kind in (SpotKind.RELATED, SpotKind.MORE):
        if y in item_lines(layout, number):
            strip = _over(strip, look.part(bg=look.surface), layout.left, layout.left + layout.measure)
            bar = look.style(look.spot, bg=look.surface)
            strip = _written(strip, look.glyphs.bar, bar, layout.left)
            for at, width, owner in here:
                if owner == number and at > layout.left + 1:
                    strip = _over(strip, look.part(look.bright, bg=look.surface), at, at + width)
    elif spot.kind is SpotKind.TABLE:
        if any(owner == number for _, _, owner in here) and layout.left >= 2:
            strip = _written(strip, look.glyphs.bar, bar, layout.left - 2)
    else:
        for at, width, owner in here:
            if owner == number:
                strip = _over(strip, look.part(look.paper, bg=look.link, underline=False), at, at + width)
    return strip


def _lettered(
    strip: Strip, y: int, layout: Layout, letters: Mapping[int, str], here: list[Stretch], look: Look
) -> Strip:
    """Every link's letter in the cell before it; two letters cover that cell and the first of the link.

    Where that cell belongs to another link (a footnote's mark after a link), the letter stands on the link itself.
    """
    style = look.style(look.paper, bold=True, bg=look.gold)
    strip = _faint(strip, here, look)
    for at, _, number in here:
        letter = letters.get(number)
        if letter and layout.spots[number].pieces[0][:2] == (y, at):
            taken = any(start + size == at for start, size, _ in here)
            strip = _written(strip, letter, style, at if taken else max(0, at - 1))
    return strip


def strip_of(layout: Layout, y: int, width: int, look: Look, marks: Marks, here: list[Stretch]) -> Strip:
    """Line `y` of the story, `width` cells wide. Below the last line: paper."""
    paper = look.style(look.ink)
    if y >= len(layout.lines):
        return Strip([Segment(" " * width, paper)], width)
    strip = Strip(layout.lines[y].segments).adjust_cell_length(width, paper)
    if marks.letters is not None:
        return _lettered(strip, y, layout, marks.letters, here, look)
    if marks.current is not None:
        strip = _marked(strip, y, layout, marks.current, here, look)
    return strip


def selected(strip: Strip, span: tuple[int, int], style: Style) -> Strip:
    """The strip with characters `span[0]` to `span[1]` (-1: the end of the text) in the selection's style."""
    text = strip.text
    start, end = span
    stop = len(text.rstrip()) if end == -1 else end
    if start >= stop:
        return strip
    return _over(strip, style, cell_len(text[:start]), cell_len(text[:stop]))

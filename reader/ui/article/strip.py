"""One line of a story as the terminal gets it: with link letters, the link that Tab has reached, and the selection.

Pure: values in, a strip out. The strip is as wide as the pane, its blank cells in the background colour.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.ui.article.layout import StoryLayout, TargetKind
from reader.ui.article.links import LineArea, item_lines
from reader.ui.theme.theme import Appearance


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is drawn over a story: which target Tab has reached; the letters by target, while they are shown."""

    current: int | None = None
    letters: Mapping[int, str] | None = None


def _restyled(strip: Strip, style: Style, start: int, end: int) -> Strip:
    """The strip with `style` added to the style of its cells `start` to `end`."""
    width = strip.cell_length
    start, end = max(0, start), min(end, width)
    if end <= start:
        return strip
    middle = [Segment(text, (own or Style.null()) + style) for text, own, _ in strip.crop(start, end)]
    return Strip.join([strip.crop(0, start), Strip(middle), strip.crop(end, width)])


def _write_over(strip: Strip, text: str, style: Style, at: int) -> Strip:
    """The strip with `text` written over its cells from `at` on."""
    width = strip.cell_length
    return Strip.join([strip.crop(0, at), Strip([Segment(text, style)]), strip.crop(min(width, at + len(text)), width)])


def _dimmed(strip: Strip, links: list[LineArea], appearance: Appearance) -> Strip:
    """All but the links in `ink-faint`, neither bold nor underlined."""
    faint = appearance.style_over(appearance.faint, bold=False, underline=False)
    at = 0
    for start, width, _ in [*sorted(links), (strip.cell_length, 0, -1)]:
        strip = _restyled(strip, faint, at, start)
        at = start + width
    return strip


def _marked(
    strip: Strip, y: int, layout: StoryLayout, number: int, here: list[LineArea], appearance: Appearance
) -> Strip:
    """The strip with the mark of the target that Tab has reached, where that is on this line."""
    target = layout.targets[number]
    if not target.areas:
        return strip
    bar = appearance.style(appearance.spot)
    if target.kind in (TargetKind.RELATED, TargetKind.MORE):
        if y in item_lines(layout, number):
            strip = _restyled(
                strip, appearance.style_over(bg=appearance.surface), layout.left, layout.left + layout.measure
            )
            bar = appearance.style(appearance.spot, bg=appearance.surface)
            strip = _write_over(strip, appearance.glyphs.bar, bar, layout.left)
            for at, width, owner in here:
                if owner == number and at > layout.left + 1:
                    strip = _restyled(
                        strip, appearance.style_over(appearance.bright, bg=appearance.surface), at, at + width
                    )
    elif target.kind is TargetKind.TABLE:
        if any(owner == number for _, _, owner in here) and layout.left >= 2:
            strip = _write_over(strip, appearance.glyphs.bar, bar, layout.left - 2)
    else:
        for at, width, owner in here:
            if owner == number:
                strip = _restyled(
                    strip, appearance.style_over(appearance.paper, bg=appearance.link, underline=False), at, at + width
                )
    return strip


def _lettered(
    strip: Strip, y: int, layout: StoryLayout, letters: Mapping[int, str], here: list[LineArea], appearance: Appearance
) -> Strip:
    """Every link's letter in the cell before it; two letters cover that cell and the first of the link.

    Where that cell belongs to another link (a footnote's mark after a link), the letter covers the link's first cell.
    """
    style = appearance.style(appearance.paper, bold=True, bg=appearance.gold)
    strip = _dimmed(strip, here, appearance)
    for at, _, number in here:
        letter = letters.get(number)
        if letter and layout.targets[number].areas[0][:2] == (y, at):
            taken = any(start + size == at for start, size, _ in here)
            strip = _write_over(strip, letter, style, at if taken else max(0, at - 1))
    return strip


def line_strip(
    layout: StoryLayout, y: int, width: int, appearance: Appearance, overlay: Overlay, here: list[LineArea]
) -> Strip:
    """Line `y` of the story, `width` cells wide. Below the last line: blank."""
    paper = appearance.style(appearance.ink)
    if y >= len(layout.lines):
        return Strip([Segment(" " * width, paper)], width)
    strip = Strip(layout.lines[y].segments).adjust_cell_length(width, paper)
    if overlay.letters is not None:
        return _lettered(strip, y, layout, overlay.letters, here, appearance)
    if overlay.current is not None:
        strip = _marked(strip, y, layout, overlay.current, here, appearance)
    return strip


def with_selection(strip: Strip, span: tuple[int, int], style: Style) -> Strip:
    """The strip with characters `span[0]` to `span[1]` (-1: the end of the text) in the selection's style."""
    text = strip.text
    start, end = span
    stop = len(text.rstrip()) if end == -1 else end
    if start >= stop:
        return strip
    return _restyled(strip, style, cell_len(text[:start]), cell_len(text[:stop]))

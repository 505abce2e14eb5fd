"""A scrollbar as thin as a rule: the rule between two panes, heavy where the visible part is.

`use_thin_scrollbar` gives it to a widget. The thumb and the background have the colours that the widget's styles give
its scrollbar; the track is drawn in `rule`, which Textual has no style for, by blending.
"""

from math import ceil
from typing import ClassVar

from rich.color import Color, blend_rgb
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBarRender

from reader.ui.theme.glyphs import ASCII, Glyphs


def thumb(size: int, virtual_size: float, window_size: float, position: float) -> tuple[int, int]:
    """The first row of the thumb and the one after its last, in a track of `size` rows; (0, 0) where all is in view.

    It touches an end of the track only at that end of the text.
    """
    if size <= 0 or not window_size or virtual_size <= window_size:
        return 0, 0
    length = min(size, max(1, round(size * window_size / virtual_size)))
    share = min(1.0, max(0.0, position / (virtual_size - window_size)))
    start = round((size - length) * share)
    if size - length >= 2 and 0 < share < 1:
        start = min(max(start, 1), size - length - 1)
    return start, start + length


class ThinScrollbar(ScrollBarRender):
    """A thumb `┃` on a blank track: the article's."""

    TRACK: ClassVar[str] = " "
    THUMB: ClassVar[str] = "┃"

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color = Color.parse("#000000"),  # noqa: B008 (Textual's own signature) (Textual's signature)
        bar_color: Color = Color.parse("#ffffff"),  # noqa: B008 (Textual's own signature)
    ) -> Segments:
        """The rows of the bar, each with the meta by which Textual scrolls and grabs."""
        start, end = thumb(size, virtual_size, window_size, position)
        track = _track_colour(back_color, bar_color)
        glyph, heavy = (cls.TRACK, cls.THUMB) if vertical else (" ", "━")
        scrolls = end > start

        def row(text: str, colour: Color, action: str) -> Segment:
            style = Style(color=colour, bgcolor=back_color, meta={"@mouse.down": action} if scrolls else None)
            return Segment(text * thickness if vertical else text, style)

        above, below = row(glyph, track, "scroll_up"), row(glyph, track, "scroll_down")
        rows = [above] * start + [row(heavy, bar_color, "grab")] * (end - start) + [below] * (ceil(size) - end)
        if vertical:
            return Segments(rows, new_lines=True)
        return Segments([*rows, Segment.line()] * thickness, new_lines=False)


class ThinScrollbarWithTrack(ThinScrollbar):
    """A thumb `┃` on a thin rule `│`: where the scrollbar is the rule between two panes."""

    TRACK: ClassVar[str] = "│"


class AsciiScrollbar(ThinScrollbar):
    """The same where there is ASCII alone."""

    THUMB: ClassVar[str] = ASCII.thumb


class AsciiScrollbarWithTrack(AsciiScrollbar):
    """The same, with its track."""

    TRACK: ClassVar[str] = ASCII.column


def thin_scrollbar(glyphs: Glyphs, *, track: bool = False) -> type[ThinScrollbar]:
    """The scrollbar for these glyphs; `track`: it is the rule between two panes."""
    if glyphs.plain:
        return AsciiScrollbarWithTrack if track else AsciiScrollbar
    return ThinScrollbarWithTrack if track else ThinScrollbar


def use_thin_scrollbar(view: ScrollView, glyphs: Glyphs, *, track: bool = False) -> None:
    """Give a widget that scrolls the thin scrollbar, with a track or without."""
    view.vertical_scrollbar.renderer = thin_scrollbar(glyphs, track=track)  # type: ignore[misc]  # Textual documents it
    view.vertical_scrollbar.refresh()


def _track_colour(back: Color, bar: Color) -> Color:
    """The colour of `rule`, from the background and the thumb's `ink-faint`: 36 % of the way, in our themes."""
    if back.triplet is None or bar.triplet is None:
        return bar
    return Color.from_triplet(blend_rgb(back.triplet, bar.triplet, 0.36))

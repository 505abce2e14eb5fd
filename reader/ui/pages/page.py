"""A page over the whole screen: title left, a thin rule, lines in a centred column that scroll, keys at the foot.

Help, failing sources and the log are such pages: each says what its lines are and what its keys do.
"""

from collections.abc import Callable

from rich.segment import Segment
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

from reader.ui.base.error_boundary import ErrorBoundary
from reader.ui.base.fixed_lines import FixedLines
from reader.ui.base.lines_view import LinesView
from reader.ui.text.cells import cut
from reader.ui.text.key_hints import hint_segments
from reader.ui.theme.theme import Appearance

COLUMN = 88
"""Cells of the centred column."""


class ScrollingLines(LinesView):
    """Lines in a centred column; those of the item under the cursor stay in view."""

    def __init__(self, appearance: Callable[[], Appearance], draw: Callable[[int], list[list[Segment]]]) -> None:
        """`draw` gets the width of the column in cells and returns all lines."""
        super().__init__(appearance)
        self._draw = draw
        self._lines: list[list[Segment]] = []

    @property
    def column(self) -> int:
        """The width of the column, in cells."""
        return max(1, min(COLUMN, self.scrollable_content_region.width - 4))

    def on_resize(self) -> None:
        """Another width, other lines."""
        self.redraw()

    def redraw(self) -> None:
        """Make the lines anew."""
        self._lines = self._draw(self.column)
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines))
        self.refresh()

    def reveal(self, first: int, last: int) -> None:
        """Scroll as little as shows the lines from `first` to `last`; the first, where not all fit."""
        super().reveal(first, min(last, first + self.size.height - 1))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        appearance, width, index = self._appearance(), self.scrollable_content_region.width, y + round(self.scroll_y)
        ground = appearance.style(appearance.ink)
        line = self._lines[index] if index < len(self._lines) else []
        left = max(2, (width - self.column) // 2)
        return Strip([Segment(" " * left, ground), *line]).adjust_cell_length(width, ground)


class FullScreenPage(ErrorBoundary, Screen[None], inherit_bindings=False):
    """A page: its title at the top, its keys at the foot, the body of a subclass between."""

    CSS_PATH = "../theme/pages.tcss"

    def __init__(self, appearance: Callable[[], Appearance], *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self.appearance = appearance

    def title_words(self) -> tuple[str, str]:
        """The title, and what stands dim beside it."""
        raise NotImplementedError

    def key_words(self) -> list[tuple[str, str]]:
        """The keys at the foot, with what they do."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """What stands between."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Title, body, keys."""
        self._top, self._bottom = FixedLines(self._head, self.appearance, 3), FixedLines(self._foot, self.appearance, 2)
        yield self._top
        yield from self.body()
        yield self._bottom

    def retitle(self) -> None:
        """Draw title and keys anew."""
        self._top.refresh()
        self._bottom.refresh()

    def _head(self, y: int, width: int) -> list[Segment]:
        appearance = self.appearance()
        if y == 1:
            return [Segment(appearance.glyphs.thin * width, appearance.style(appearance.rule))]
        if y:
            return []
        title, beside = self.title_words()
        return [
            Segment(f"  {cut(title, width - 4)}", appearance.style(appearance.bright, bold=True)),
            Segment(f"   {cut(beside, max(0, width - len(title) - 7))}", appearance.style(appearance.dim)),
        ]

    def _foot(self, y: int, width: int) -> list[Segment]:
        appearance = self.appearance()
        if y == 0:
            return [Segment(appearance.glyphs.thin * width, appearance.style(appearance.rule))]
        return hint_segments(self.key_words(), appearance)

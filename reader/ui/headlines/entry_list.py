"""The list of headlines, by Textual's line API: 200,000 rows cost what the visible ones cost.

It holds a listing (ids and times) and the rows it has drawn; rows are read by id, sixty at a time, when a line of
them is drawn. It never awaits and never reads a body. It knows nothing of commands or of the network: its methods
move the cursor, its messages say what was chosen.
"""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import get_args

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from reader.store import Listing, Row
from reader.ui.base.lines_view import LinesView
from reader.ui.headlines.days import ListLayout, list_layout
from reader.ui.headlines.rows import HEIGHTS, Cursor, Density, RowStyle, density_for, heading_line, row_lines
from reader.ui.text.clicks import press_clicked
from reader.ui.text.highlight import highlighted
from reader.ui.text.key_markup import sentence_lines
from reader.ui.theme.theme import Appearance

ROWS_AT_ONCE = 60

EMPTY = Listing(array("q"), array("q"))


@dataclass(frozen=True, slots=True)
class ListOptions:
    """How a list is shown: whether several papers are in it, whether it is by time, of which one source it is, and the
    sentence shown where it is empty (keys between stars)."""

    mixed: bool = True
    by_time: bool = True
    source: int | None = None
    empty: str = ""


class EntryList(LinesView):
    """Headlines, newest first, under their days. The cursor is on a row, never on a heading."""

    class HeadlineClicked(Message):
        """A headline was clicked: open it."""

        def __init__(self, page: int) -> None:
            self.page = page
            super().__init__()

    class CursorMoved(Message):
        """The cursor is on another row, or other rows are shown."""

    def __init__(
        self,
        rows: Callable[[Sequence[int], int | None], dict[int, Row]],
        clock: Callable[[], float],
        zone: tzinfo | None,
        appearance: Callable[[], Appearance],
        density: str = "auto",
        *,
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
    ) -> None:
        """`rows` reads rows by page id (and the source they are shown for); `appearance` gives the colours in use."""
        super().__init__(appearance, id=id)
        self._read = rows
        self._clock = clock
        self._zone = zone
        self._setting = density
        self.listing = EMPTY
        self.options = ListOptions()
        self.offline = False
        self.cursor = 0
        self.highlighted_words: tuple[str, ...] = ()
        self._rows: dict[int, Row] = {}
        self._strips: dict[tuple[int, Cursor], list[Strip]] = {}
        self._list_layout = ListLayout(0, 1)
        self._row_style: RowStyle | None = None

    # What is shown

    def show(
        self, listing: Listing, options: ListOptions, *, keep: int | None = None, wanted: Sequence[str] = ()
    ) -> None:
        """Show a listing from its top, or with the cursor on page `keep`, at the same height of the pane.

        The folded words of `wanted` are highlighted.
        """
        self.highlighted_words = tuple(wanted)
        height = self._list_layout.line_of(self.cursor) - round(self.scroll_y) if len(self.listing) else 0
        self.listing, self.options = listing, options
        self.cursor = 0
        self._rows.clear()
        self._measure()
        kept = keep is not None and keep in listing.pages
        if kept and keep is not None:
            self.cursor = listing.pages.index(keep)
        self.scroll_to(y=self._list_layout.line_of(self.cursor) - height if kept else 0, animate=False)
        self._reveal()
        self.refresh()
        self.post_message(self.CursorMoved())

    def reload_rows(self, pages: Sequence[int] | None = None) -> None:
        """Read these pages' rows (None: all) from the library again when they are next drawn."""
        if pages is None:
            self._rows.clear()
            self._strips.clear()
        else:
            for page in pages:
                self._rows.pop(page, None)
                self._drop_strips(page)
        self.refresh()

    def replace_row(self, row: Row) -> None:
        """Draw this row as given: with a change of status that the library does not have yet."""
        if row.page in self._rows:
            self._rows[row.page] = row
            self._drop_strips(row.page)
            self.refresh()

    def set_offline(self, offline: bool) -> None:
        """Rows that are not kept say so while there is no network."""
        if offline != self.offline:
            self.offline = offline
            self.restyle()

    def set_density(self, setting: str) -> None:
        """Show rows of another density (`reader.density`), the cursor's row in view."""
        self._setting = setting
        self._measure()
        self._reveal()
        self.refresh()

    def restyle(self) -> None:
        """Draw everything again: another theme, another day, another size."""
        self._measure()
        self.refresh()

    @property
    def page(self) -> int | None:
        """The page under the cursor, None in an empty list."""
        return self.listing.pages[self.cursor] if len(self.listing) else None

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.row_of(self.cursor)

    def row_of(self, index: int) -> Row | None:
        """The row at an index, read with its neighbours if need be; None past either end."""
        if not 0 <= index < len(self.listing):
            return None
        page = self.listing.pages[index]
        if page not in self._rows:
            start = max(0, index - ROWS_AT_ONCE // 3)
            wanted = [p for p in self.listing.pages[start : start + ROWS_AT_ONCE] if p not in self._rows]
            self._rows.update(self._read(wanted, self.options.source))
        return self._rows.get(page)

    # The cursor

    def move(self, rows: int) -> None:
        """Move the cursor so many rows down (up: negative), as far as there are rows."""
        self.go(self.cursor + rows)

    def go(self, index: int) -> None:
        """Put the cursor on the row at an index, or on the nearest there is, and show it."""
        index = max(0, min(index, len(self.listing) - 1))
        if not len(self.listing) or index == self.cursor:
            self._reveal()
            return
        before, self.cursor = self.cursor, index
        height = self._list_layout.height
        for row in (before, index):
            self.refresh_lines(self._list_layout.line_of(row), height)
        self._reveal()
        self.post_message(self.CursorMoved())

    def go_to_page(self, page: int) -> bool:
        """Put the cursor on a page's row; False where the list has none."""
        if page not in self.listing.pages:
            return False
        self.go(self.listing.pages.index(page))
        return True

    def page_by(self, share: float) -> None:
        """Move by a share of the pane's height (1.0: a page on, -0.5: half a page back)."""
        rows = max(1, int(abs(share) * self.size.height / self._list_layout.height) - (abs(share) >= 1))
        rows = rows if share > 0 else -rows
        target = round(self.scroll_y) + rows * self._list_layout.height
        self.scroll_to(y=max(0, min(target, self.max_scroll_y)), animate=False)
        self.move(rows)

    def _reveal(self) -> None:
        """Scroll as little as shows the whole row under the cursor, and its day's heading where it is the first."""
        if not len(self.listing):
            return
        first = self._list_layout.line_of(self.cursor)
        last = first + self._list_layout.height - (self._list_layout.height > 2) - 1
        if self.cursor in self._list_layout.starts:
            first = self._list_layout.tops[self._list_layout.starts.index(self.cursor)]
        self.reveal(first, last)

    # Drawing

    @property
    def density(self) -> Density:
        """The density in use at this size."""
        return density_for(self._setting, self.size.width, self.size.height)

    def _measure(self) -> None:
        now = datetime.fromtimestamp(self._clock(), self._zone)
        density = self.density
        options = self.options
        self._strips.clear()
        width = self.scrollable_content_region.width  # the pane without its rule
        self._row_style = RowStyle(
            self._appearance(), width, density, options.mixed, options.by_time, self.offline, now, self._zone
        )
        self._list_layout = list_layout(
            self.listing.times,
            HEIGHTS[density],
            zone=self._zone,
            headings=options.by_time,
            blank_after=density == "comfortable",
            tight=density == "compact",
        )
        self.virtual_size = Size(width, self._list_layout.total)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the rows out for the new size, keeping the cursor's row in view."""
        self._measure()
        self._reveal()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the pane."""
        if self._row_style is None or self._row_style.width != self.scrollable_content_region.width:
            self._measure()  # the first frame comes before the event that tells the size
        style = self._row_style
        if style is None or not style.width:
            return Strip.blank(self.size.width)
        if not len(self.listing):
            return self._empty_line(y, style)
        line = y + round(self.scroll_y)
        at = self._list_layout.row_at(line)
        if at is not None:
            index, part = at
            cursor: Cursor = "none" if index != self.cursor else "here" if self.has_focus else "faint"
            strips = self._row_strips(index, cursor, style)
            if part < len(strips):
                return strips[part]
        day = self._list_layout.heading_at(line)
        if day is not None:
            return Strip(heading_line(day, style), style.width)
        return Strip.blank(style.width, style.appearance.style(style.appearance.ink))

    def _row_strips(self, index: int, cursor: Cursor, style: RowStyle) -> list[Strip]:
        page = self.listing.pages[index]
        strips = self._strips.get((page, cursor))
        if strips is None:
            row = self.row_of(index)
            lines = row_lines(row, style, cursor) if row else []
            if self.highlighted_words:
                lines = _highlight_row(lines, self.highlighted_words, style)
            strips = [Strip(line, style.width) for line in lines]
            if len(self._strips) > 2000:
                self._strips.clear()
            self._strips[page, cursor] = strips
        return strips

    def _drop_strips(self, page: int) -> None:
        for cursor in get_args(Cursor):
            self._strips.pop((page, cursor), None)

    def _empty_line(self, y: int, style: RowStyle) -> Strip:
        appearance = style.appearance
        lines = sentence_lines(self.options.empty, style.width - 6, appearance)
        segments = [Segment("  ", appearance.style(appearance.dim)), *lines[y]] if y < len(lines) else []
        return Strip(segments).adjust_cell_length(style.width, appearance.style(appearance.dim))

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """A click on a headline opens it."""
        at = self._list_layout.row_at(event.y + round(self.scroll_y))
        if at is not None and event.button == 1:
            event.stop()
            self.go(at[0])
            self.post_message(self.HeadlineClicked(self.listing.pages[at[0]]))
        elif at is None:
            press_clicked(self, event)


def _highlight_row(lines: list[list[Segment]], wanted: Sequence[str], style: RowStyle) -> list[list[Segment]]:
    """The lines of a row with these words highlighted in headline and summary, not in the line of facts under them."""
    texts = [line for line in lines if len(line) > 2]
    shown = texts if len(texts) == 1 else texts[:-1]
    return [
        [*line[:2], *highlighted(line[2], wanted, style.appearance), *line[3:]]
        if any(line is text for text in shown)
        else line
        for line in lines
    ]

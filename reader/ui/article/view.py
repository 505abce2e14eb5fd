"""The article pane: draws a story's lines, moves through it, reaches its links. The line API: no widget per paragraph.

What a story looks like is made in `render`, and how far a step or a page goes in `scrolling`; this knows only lines,
spots and where the reader is. It opens nothing: `Follow` says what a person asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from reader.ui.article.layout.document import Layout, Sheet, Spot, SpotKind, lay_out, lay_out_sentence
from reader.ui.article.link_letters import Letters, letters_for
from reader.ui.article.links import Stretch, counterpart, in_sight, leads, next_spot, stretches
from reader.ui.article.scrolling import Scrolling
from reader.ui.article.strip import Marks, selected, strip_of
from reader.ui.theme.scrollbar import hair
from reader.ui.theme.theme import Look, look_of, variable_defaults

NARROWEST, WIDEST = 66, 80
"""The reader's measure, in cells."""

SIDEWAYS = 8
"""Cells that a wide table moves at a time."""


class ArticleView(Scrolling, can_focus=True, inherit_bindings=False):
    """One story, or a sentence where there is none."""

    DEFAULT_CSS = """
    ArticleView { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """

    @dataclass
    class Follow(Message):
        """A person asked for what a link leads to; `browser`: outside, with a capital letter or Ctrl+click."""

        spot: Spot
        browser: bool = False

    class Moved(Message):
        """The place in the story is another, or the story."""

        @staticmethod
        def can_replace(message: Message) -> bool:
            """Only the last of several counts."""
            return isinstance(message, ArticleView.Moved)

    @dataclass
    class Hints(Message):
        """The letters have come up, or gone."""

        active: bool

    @dataclass
    class Measured(Message):
        """The reader has set another measure, in cells."""

        measure: int

    def __init__(
        self,
        *,
        measure: int = 72,
        look: Callable[[], Look] | None = None,
        id: str | None = None,  # noqa: A002 (Textual's name)
    ) -> None:
        """`look` gives the colours in use; without it they are those of the app's theme."""
        super().__init__(id=id)
        self._look_in_use = look
        self.measure = min(WIDEST, max(NARROWEST, measure))
        self.layout_of_story = Layout()
        self._sheet: Sheet | None = None
        self._empty = ""
        self._look: Look | None = None
        self._place = 0
        self._laying = False
        self._current: int | None = None
        self._letters: Letters | None = None
        self._offsets: dict[int, int] = {}
        self._stretches: dict[int, list[Stretch]] = {}
        self._strips: dict[int, Strip] = {}

    # What is shown

    def show(self, sheet: Sheet, *, place: int = 0) -> None:
        """Show a story from `place`, as the property of that name told it, at whatever width."""
        self._sheet, self._place = sheet, max(0, place)
        self._current, self._offsets = None, {}
        self._end_hints()
        if self.is_attached:
            self.screen.selections.pop(self, None)
        self._lay()

    def update(self, sheet: Sheet) -> None:
        """Show newer text or newer states of the same story; the words at the top stay there."""
        if self._sheet is None:
            self.show(sheet)
            return
        self._sheet = sheet
        self._lay()

    def show_empty(self, text: str) -> None:
        """Show a sentence in place of a story; keys stand in it between stars (`*r*`)."""
        if self._sheet is None and self._empty == text:
            return
        self._sheet, self._empty, self._place, self._current = None, text, 0, None
        self._end_hints()
        self._lay()

    @property
    def place(self) -> int:
        """What is at the top, as one number: a block, and how far into it (`Layout.place_at`). 0: the very top."""
        return self._place

    @property
    def margin(self) -> tuple[int, int]:
        """Where the text begins, and the measure it has, in cells."""
        return self.layout_of_story.left, self.layout_of_story.measure

    @property
    def percent(self) -> int:
        """How much of the story's text has been read: 0 at its top, 100 only when the end of it has come in sight.

        Related stories do not count: at 100 there may still be some below.
        """
        read = self.layout_of_story.read(self.scroll_offset.y, self.size.height)
        return 100 if read >= 1 else min(99, round(100 * read))

    @property
    def minutes_left(self) -> int:
        """Minutes of the story that are still to be read, rounded up; 0 where its length is not known."""
        sheet = self._sheet
        minutes = ((sheet.article.minutes if sheet.article else 0) or sheet.minutes or 0) if sheet else 0
        return ceil(minutes * (1 - self.layout_of_story.read(self.scroll_offset.y, self.size.height)))

    # Laying out

    @property
    def look(self) -> Look:
        """The colours of the theme in use."""
        if self._look is None and self._look_in_use is not None:
            self._look = self._look_in_use()
        if self._look is None:
            self._look = look_of({**variable_defaults(self.app.current_theme), **self.app.theme_variables})
        return self._look

    @property
    def room(self) -> int:
        """The cells of a row: the pane's, less its scrollbar's (which `size` counts)."""
        return max(0, self.size.width - self.scrollbar_size_vertical)

    def _lay(self) -> None:
        """Lay out for the size at hand; what was at the top comes there again."""
        width = self.room
        if width < 4 or not self.is_attached:
            return
        place, before = self._place, self.layout_of_story
        self._laying = True
        try:
            self.layout_of_story = self._laid(width)
            if self._current is not None:
                self._current = counterpart(before, self._current, self.layout_of_story)
            if leads(before) != leads(self.layout_of_story):
                self._end_hints()  # their letters stand for numbers that are others' now
            self._stretches = stretches(self.layout_of_story)
            self._strips.clear()
            self.virtual_size = Size(width, len(self.layout_of_story.lines))
            self.scroll_to(y=self.layout_of_story.line_of(place), animate=False, force=True)
        finally:
            self._laying = False
        self._place = place
        self.refresh()
        self.post_message(self.Moved())

    def _laid(self, width: int) -> Layout:
        if self._sheet is not None:
            return lay_out(self._sheet, width, self.measure, self.look, self._offsets)
        return lay_out_sentence(self._empty, width, self.measure, self.look)

    def on_mount(self) -> None:
        """A scrollbar as thin as a rule; its track is blank."""
        self.vertical_scrollbar.renderer = hair(self.look.glyphs)  # type: ignore[misc]  # as Textual's own docstring does it

    def on_resize(self, event: events.Resize) -> None:
        """Another width, other lines; the words at the top stay there."""
        self._lay()

    def notify_style_update(self) -> None:
        """Another theme: other colours."""
        super().notify_style_update()
        old, self._look = self._look, None
        if self.is_attached and old is not None and old != self.look:
            self._lay()

    def widen(self, step: int) -> None:
        """Set another measure, 66 to 80 cells."""
        measure = min(WIDEST, max(NARROWEST, self.measure + step))
        if measure != self.measure:
            self.measure = measure
            self._lay()
            self.post_message(self.Measured(measure))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One row of the pane, as wide as the pane."""
        number = self.scroll_offset.y + y
        width = self.room
        strip = self._strips.get(number)
        if strip is None or strip.cell_length != width:
            marks = Marks(self._current, self._letters.shown if self._letters else None)
            here = self._stretches.get(number, [])
            strip = strip_of(self.layout_of_story, number, width, self.look, marks, here)
            self._strips[number] = strip
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(number)) is not None:
            strip = selected(strip, span, self.screen.get_component_rich_style("screen--selection"))
        return strip.apply_offsets(0, number)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text, without the margin."""
        text = "\n".join(line.text for line in self.layout_of_story.lines)
        margin = " " * self.layout_of_story.left
        rows = selection.extract(text).split("\n")
        return "\n".join(row.removeprefix(margin).rstrip() for row in rows), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()

    def _redraw(self) -> None:
        self._strips.clear()
        self.refresh()

    # Moving

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The place follows the scrolling, whoever scrolls."""
        super().watch_scroll_y(old_value, new_value)
        if not self._laying and round(old_value) != round(new_value):
            self._place = self.layout_of_story.place_at(round(new_value))
            self._end_hints()
            self.post_message(self.Moved())

    def page_down(self) -> bool:
        """Turn a page. False at the very end, below the last related story, where nothing moves."""
        if self._sheet is None or self.scroll_offset.y >= self.max_scroll_y:
            return False
        self.scroll_pages(1.0)
        return True

    # Links

    @property
    def current(self) -> Spot | None:
        """The link that Tab has reached."""
        return None if self._current is None else self.layout_of_story.spots[self._current]

    def spot(self, digit: int) -> Spot | None:
        """The related story of that number, 1 to 9."""
        return next((spot for spot in self.layout_of_story.spots if spot.digit == digit), None)

    def next_link(self, step: int) -> None:
        """Go to the next link or wide table, or (-1) the one before; from none, to the nearest one in sight.

        What is not in sight is brought there. After the last comes the first.
        """
        spot = next_spot(self.layout_of_story, self.current, *self._sight, step)
        if spot is not None:
            self._current = spot.number
            self._reveal(spot)
            self._redraw()

    @property
    def _sight(self) -> tuple[int, int]:
        """The first line in sight, and the one after the last."""
        return self.scroll_offset.y, self.scroll_offset.y + self.size.height

    def _reveal(self, spot: Spot) -> None:
        first, last = spot.pieces[0][0], spot.pieces[-1][0]
        if spot.kind in (SpotKind.RELATED, SpotKind.MORE):
            last += 2  # its section, age and state
        top, height = self.scroll_offset.y, self.size.height
        if first < top or last >= top + height:
            self._go(max(0, first - height // 3))

    def leave_link(self) -> None:
        """Let go of the link that Tab has reached."""
        if self._current is not None:
            self._current = None
            self._redraw()

    def follow_current(self) -> None:
        """Ask for what the link that Tab has reached leads to."""
        if (spot := self.current) is not None:
            self._follow(spot, browser=False)

    def _follow(self, spot: Spot, *, browser: bool) -> None:
        """A footnote's mark leads to the note, here; everything else is asked for."""
        if spot.kind is SpotKind.FOOTNOTE:
            if spot.target is not None:
                self._go(max(0, spot.target - self.size.height // 3))
        elif spot.url:
            self.post_message(self.Follow(spot, browser))

    def sideways(self, step: int) -> bool:
        """Move the wide table that Tab has reached; False where it has reached none."""
        spot = self.current
        if spot is None or spot.kind is not SpotKind.TABLE:
            return False
        tables = [other.number for other in self.layout_of_story.spots if other.kind is SpotKind.TABLE]
        order = tables.index(spot.number)
        old = self._offsets.get(order, 0)
        self._offsets[order] = max(0, old + step * SIDEWAYS)
        before = self.layout_of_story
        self._lay()
        if step > 0 and self.layout_of_story.lines == before.lines:
            self._offsets[order] = old
        return True

    def on_click(self, event: events.Click) -> None:
        """A click on a link follows it; with Ctrl, outside."""
        number = event.style.meta.get("spot")
        if event.button != 1 or self.text_selection is not None or not isinstance(number, int):
            return
        if 0 <= number < len(self.layout_of_story.spots):
            self._follow(self.layout_of_story.spots[number], browser=event.ctrl)

    # Letters

    def start_hints(self) -> bool:
        """Put letters on the links in sight. False where there is none."""
        seen = [spot.number for spot in in_sight(self.layout_of_story, *self._sight)]
        if not seen:
            return False
        self._letters = letters_for(seen)
        self._redraw()
        self.post_message(self.Hints(active=True))
        return True

    @property
    def hinting(self) -> bool:
        """Whether letters are up, and the next keys are theirs."""
        return self._letters is not None

    def _end_hints(self) -> None:
        if self._letters is not None:
            self._letters = None
            self._redraw()
            self.post_message(self.Hints(active=False))

    def take_key(self, key: str) -> bool:
        """Give a key to the letters, if they are up. False where they are not: the key is someone else's.

        A letter chooses, a capital chooses for the browser; Esc and any other key leave.
        """
        if self._letters is None:
            return False
        outcome = self._letters.press(key)
        if isinstance(outcome, Letters):
            self._letters = outcome
            self._redraw()
            return True
        self._end_hints()
        if outcome is not None:
            self._follow(self.layout_of_story.spots[outcome], browser=key.isupper())
        return True

    def on_key(self, event: events.Key) -> None:
        """While letters are up, every key is theirs."""
        if self.take_key(event.character if event.is_printable and event.character else event.key):
            event.stop()
            event.prevent_default()

"""A page over the whole screen: title left, a thin rule, lines in a centred column that scroll, keys at the foot.

Help, failing sources and the log are such pages: each says what its lines are and what its keys do.
"""

from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

from reader.commands import Command, key_name
from reader.ui.base.dead_keys import AnsweringScreen, StrayText
from reader.ui.base.error_boundary import ErrorBoundary
from reader.ui.base.fixed_lines import FixedLines
from reader.ui.base.key_names import key_of
from reader.ui.base.lines_view import LinesView
from reader.ui.text.cells import cut
from reader.ui.text.key_hints import hint_segments
from reader.ui.theme.theme import Appearance
from reader.words import help_pages as help_pages_words

COLUMN = 88
"""Cells of the centred column."""


class ScrollingLines(LinesView):
    """Lines in a centred column; those of the item under the cursor stay in view."""

    def __init__(
        self, appearance: Callable[[], Appearance], draw: Callable[[int], list[list[Segment]]], *, at_end: bool = False
    ) -> None:
        """`draw` gets the width of the column in cells and returns all lines. `at_end`: the last ones come in view."""
        super().__init__(appearance)
        self._draw = draw
        self._at_end = at_end
        self._lines: list[list[Segment]] = []

    @property
    def column(self) -> int:
        """The width of the column, in cells."""
        return max(1, min(COLUMN, self.scrollable_content_region.width - 4))

    def on_resize(self) -> None:
        """Another width, other lines."""
        self.redraw()

    def redraw(self) -> None:
        """Make the lines anew. None, before the first layout: at no width they would stand one letter below another."""
        self._lines = self._draw(self.column) if self.size.width else []
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines))
        if self._lines and self._at_end:
            self._at_end = False
            self.scroll_to(y=len(self._lines), animate=False, immediate=True, force=True)
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


def why_dead(key: str, commands: Sequence[Command]) -> str:
    """Why a key does nothing on a page: the command that it has elsewhere, if any. `key` as `key_of` names it. Pure."""
    command = next((command for command in commands if key in command.keys), None)
    return help_pages_words.does_nothing_here(key_name(key), command)


class FullScreenPage(AnsweringScreen, ErrorBoundary, Screen[None], inherit_bindings=False):
    """A page: its title at the top, its keys at the foot, the body of a subclass between.

    A key that means nothing on it says so at its foot. `commands` are those of the reader, with the keys they have.
    """

    CSS_PATH = "../theme/pages.tcss"

    def __init__(
        self,
        appearance: Callable[[], Appearance],
        commands: Sequence[Command],
        *,
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        super().__init__(id=id)
        self.appearance = appearance
        self.commands = commands
        self._stray = StrayText()
        self._search_key = ""

    def press(self, key: str) -> bool:
        """Do what a key does here, named as `key_of` names it; False where it does nothing."""
        raise NotImplementedError

    def on_key(self, event: events.Key) -> None:
        """A key that does nothing here says so, and the words that were typed for a search run no commands."""
        event.stop()
        event.prevent_default()
        key = key_of(event.key, event.character)
        if not self.press(key):
            self.say_why(why_dead(key, self.commands))
            if key == "/" or any(key in command.keys for command in self.commands if command.id == "narrow"):
                self._stray.begin()
                self._search_key = key_name(key)

    def is_stray(self, event: events.Key) -> bool:
        """Letters behind a `/` that does nothing here; they are shown."""
        stray = self._stray.takes(key_of(event.key, event.character), printable=event.is_printable)
        if stray:
            typed = self._stray.typed
            self.answer = help_pages_words.not_searched_here(self._search_key + typed) if typed else ""
            self.draw_answer()
        return stray

    def draw_answer(self) -> None:
        """Draw the foot anew."""
        self._bottom.refresh()

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
        if self.answer:
            return [Segment(f"  {cut(self.answer, width - 4)}", appearance.style(appearance.ink))]
        return hint_segments(self.key_words(), appearance)

"""A field in the footer's place: what filters a list, what is looked for among the keys."""

from collections.abc import Callable, Mapping, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.strip import Strip
from textual.widget import Widget

from reader.ui.base.text_field import TextField
from reader.ui.text.clicks import press_clicked
from reader.ui.text.key_hints import hint_segments
from reader.ui.theme.theme import Appearance

LEFT = 4
"""The cell in which the field begins."""


class FieldLine(Widget, can_focus=False):
    """A line to type in, how many fit it, and the keys; with the hairline that the footer has.

    `typed` gets what stands in the field whenever that differs; `acts` are the keys that do something, by Textual's
    names: `enter` and whatever else means nothing in a field.
    """

    ALLOW_SELECT = False

    def __init__(
        self,
        appearance: Callable[[], Appearance],
        keys: Callable[[], Sequence[tuple[str, str]]],
        typed: Callable[[str], None],
        acts: Mapping[str, Callable[[], None]],
        *,
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        super().__init__(id=id)
        self._appearance = appearance
        self._keys = keys
        self._typed = typed
        self._acts = acts
        self.field = TextField()
        self._hairline = True
        self._right = ""

    def compose(self) -> ComposeResult:
        """The field; all else is drawn."""
        yield self.field

    def show(self, *, hairline: bool, right: str) -> None:
        """Lay the field out. `right`: how many of how many."""
        self._hairline, self._right = hairline, right
        self.styles.height = 2 if hairline else 1
        self.field.styles.margin = (1 if hairline else 0, 0, 0, LEFT)
        self.field.styles.width = max(8, self.app.size.width - LEFT - self._ending(self._appearance())[1] - 2)
        self.refresh()

    def _ending(self, appearance: Appearance) -> tuple[list[Segment], int]:
        segments = [
            Segment(f"  {self._right} ", appearance.style(appearance.dim)),
            *hint_segments(self._keys(), appearance),
            Segment("  ", appearance.style(appearance.dim)),
        ]
        return segments, sum(cell_len(segment.text) for segment in segments)

    def render_line(self, y: int) -> Strip:
        """Draw the hairline, or what stands beside the field."""
        appearance, width = self._appearance(), self.size.width
        if self._hairline and y == 0:
            return Strip([Segment(appearance.glyphs.thin * width, appearance.style(appearance.rule))], width)
        ending, taken = self._ending(appearance)
        lead = Segment("  / ", appearance.style(appearance.ink, bold=True))
        gap = Segment(" " * max(0, width - LEFT - taken), appearance.style(appearance.ink))
        return Strip([lead, gap, *ending]).adjust_cell_length(width, appearance.style(appearance.ink))

    @on(TextField.Changed)
    def _changed(self, event: TextField.Changed) -> None:
        event.stop()
        self._typed(event.value)

    @on(TextField.Submitted)
    def _submitted(self, event: TextField.Submitted) -> None:
        event.stop()
        self._acts["enter"]()

    def on_click(self, event: events.Click) -> None:
        """A click on a key presses it."""
        press_clicked(self, event)

    def on_key(self, event: events.Key) -> None:
        """What the field has not taken acts here; nothing goes on to the screen, where it would be a command."""
        event.stop()
        event.prevent_default()
        if event.key in self._acts:
            self._acts[event.key]()

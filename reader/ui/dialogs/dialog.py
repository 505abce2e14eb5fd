"""The dialog base: a box that floats over what it covers, under a heavy rule; fields, sentences, keys at its foot.

A dialog is as high from the first moment on as it will be: nothing in it moves because an answer came. Under an ANSI
theme, whose colours cannot be dimmed, it takes the whole width between two rules.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from reader import words
from reader.ui.base.error_boundary import ErrorBoundary
from reader.ui.base.fixed_lines import PanelLines
from reader.ui.base.host import Host
from reader.ui.text.cells import cut, pad
from reader.ui.text.key_hints import fitting, hint_segments
from reader.ui.theme.theme import Appearance

_log = logging.getLogger("newsstand.ui")

T = TypeVar("T")

WIDE = 66
"""Cells of a dialog from which on it has its full padding, and columns beside each other."""

PADDING, TIGHT = 3, 1
LABEL_CELLS = 14


def padding(width: int) -> int:
    """The cells left free at both sides of a dialog of `width` cells. Pure."""
    return PADDING if width >= WIDE else TIGHT


def on_ground(segments: Iterable[Segment], ground: str) -> list[Segment]:
    """The same text on another ground: what was drawn for paper, drawn on a dialog. Pure."""
    back = Style(bgcolor=ground)
    return [Segment(text, (style or Style()) + back) for text, style, _ in segments]


class Dialog(ErrorBoundary, ModalScreen[T], inherit_bindings=False):
    """A dialog of `cells` by `rows` at most. A subclass says its body and its keys, and what they do.

    Workers are started with `begin`: an unforeseen error in one is said in `show_error`.
    """

    CSS_PATH = "../theme/pages.tcss"
    cells = 92
    rows = 24

    def __init__(self, host: Host, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self.host = host
        self.appearance = host.appearance

    def body(self) -> ComposeResult:
        """What stands between the rule and the keys."""
        raise NotImplementedError

    def key_words(self) -> list[tuple[str, str]]:
        """The keys at the foot, with what they do; the one that leads out last."""
        raise NotImplementedError

    def show_error(self, sentence: str) -> None:
        """Say what went wrong, in the dialog."""
        raise NotImplementedError

    @property
    def low(self) -> bool:
        """Whether lines are so few that blank ones are left out."""
        return self.app.size.height < self.rows + 2

    def compose(self) -> ComposeResult:
        """Rule, body, keys."""
        self._keys = PanelLines(self._foot, self.appearance)
        with Vertical(id="dialog"):
            yield PanelLines(self._rule, self.appearance)
            yield from self.body()
            yield self._keys
            yield PanelLines(self._edge, self.appearance)

    def on_mount(self) -> None:
        """Find its size."""
        self.fit()

    def on_resize(self) -> None:
        """Another screen, another size."""
        self.fit()

    def fit(self) -> None:
        """Fit the dialog into the screen."""
        self.set_class(self.appearance().ansi, "-flat")
        self.set_class(self.low, "-low")
        self.set_class(min(self.cells, self.app.size.width) < WIDE, "-tight")
        box = self.query_one("#dialog")
        box.styles.width = "100%" if self.has_class("-flat") else min(self.cells, self.app.size.width)
        box.styles.height = min(self.rows, self.app.size.height)

    def redraw(self) -> None:
        """Draw all of it anew."""
        for part in self.query(PanelLines):
            part.refresh()
        for label in self.query(FieldLabel):
            label.refresh()

    def on_descendant_focus(self) -> None:
        """Other keys, another label."""
        self.redraw()

    def begin(self, work: "Callable[[], Awaitable[None]]", group: str) -> None:
        """Run something beside the keys; what of the same group still runs is given up."""
        self.run_worker(work, group=group, exclusive=True, exit_on_error=False)

    async def wait_written(self, work: Awaitable[None]) -> None:
        """Wait for what a person asked to be written. What goes wrong is said here, or where the dialog was.

        Run it with `host.start`: it goes on when the dialog is left.
        """
        try:
            await work
        except Exception as error:  # noqa: BLE001 # whatever it is, the dialog must not stay as if it were writing
            _log.error("what a dialog writes failed", exc_info=error)
            self.host.changed()
            if self.is_attached:
                self.show_error(words.error_message(error))
            else:
                self.host.say(words.error_message(error), "error")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker has failed: an unforeseen error, or one of the library."""
        if event.state is WorkerState.ERROR:
            _log.error("%s failed", event.worker.group, exc_info=event.worker.error)
            self.show_error(words.error_message(event.worker.error))

    def _rule(self, y: int, width: int) -> list[Segment]:
        return heavy_rule(width, self.appearance())

    def _edge(self, y: int, width: int) -> list[Segment]:
        return self._rule(y, width) if self.has_class("-flat") else []

    def _foot(self, y: int, width: int) -> list[Segment]:
        appearance, left = self.appearance(), padding(width)
        return hint_segments(
            fitting(self.key_words(), width - 2 * left), appearance, left=left, ground=appearance.panel
        )


def heavy_rule(width: int, appearance: Appearance) -> list[Segment]:
    """The top edge of a dialog."""
    return [Segment(appearance.glyphs.heavy * width, appearance.style(appearance.ink, bg=appearance.panel))]


def title_line(title: str, beside: str, width: int, appearance: Appearance) -> list[Segment]:
    """A dialog's title, and what it is about, dim beside it where there is room."""
    left = padding(width)
    room = width - 2 * left
    shown = cut(title, room)
    rest = cut(beside, max(0, room - cell_len(shown) - 3))
    return [
        Segment(" " * left, appearance.style(appearance.ink, bg=appearance.panel)),
        Segment(shown, appearance.style(appearance.bright, bold=True, bg=appearance.panel)),
        Segment(f"   {rest}" if rest else "", appearance.style(appearance.dim, bg=appearance.panel)),
    ]


class FieldLabel(Widget, can_focus=False):
    """The name of a field, at its left; it brightens with the field in focus."""

    ALLOW_SELECT = False

    def __init__(self, text: str, appearance: Callable[[], Appearance], cells: int = LABEL_CELLS) -> None:
        super().__init__()
        self._text = text
        self._appearance = appearance
        self.styles.width = cells
        self.styles.height = 1

    def render_line(self, y: int) -> Strip:
        """Draw it."""
        appearance = self._appearance()
        here = self.parent is not None and any(child.has_focus for child in self.parent.children)
        style = appearance.style(appearance.ink if here else appearance.dim, bold=here, bg=appearance.panel)
        return Strip([Segment(pad(self._text, self.size.width), style)])

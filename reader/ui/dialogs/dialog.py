"""The dialog base: a sheet that floats over what it covers, under a heavy rule; fields, sentences, keys at its foot.

A sheet is as high from the first moment on as it will be: nothing in it moves because an answer came. Under an ANSI
theme, whose colours cannot be dimmed, it takes the whole width between two rules.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from reader import words
from reader.text import clean_line
from reader.ui.base.recovery import Steady
from reader.ui.main.footer import fitting, hint_segments
from reader.ui.text.cells import cut, pad
from reader.ui.theme.theme import Look

if TYPE_CHECKING:
    from reader.ui.main.screen import Panes

Line = list[Segment]
T = TypeVar("T")

WIDE = 66
"""Cells of a sheet from which on it has its full padding, and columns beside each other."""

PADDING, TIGHT = 3, 1
LABEL_CELLS = 14


def padding(width: int) -> int:
    """The cells left free at both sides of a sheet of `width` cells. Pure."""
    return PADDING if width >= WIDE else TIGHT


def on_ground(segments: Iterable[Segment], ground: str) -> Line:
    """The same text on another ground: what was drawn for paper, drawn on a sheet. Pure."""
    back = Style(bgcolor=ground)
    return [Segment(text, (style or Style()) + back) for text, style, _ in segments]


class Part(Widget, can_focus=False):
    """Lines of a sheet that are drawn, not typed into: `draw` gets the line and the width in cells, edges included."""

    ALLOW_SELECT = False

    def __init__(self, draw: Callable[[int, int], Line], look: Callable[[], Look], height: int | None = 1) -> None:
        """`height` None: as high as there is room."""
        super().__init__()
        self._draw = draw
        self._look = look
        self.styles.height = "1fr" if height is None else height

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        look, width = self._look(), self.size.width
        return Strip(self._draw(y, width)).adjust_cell_length(width, look.style(look.ink, bg=look.panel))


class Line1(Input):
    """A field of one line. Several pasted lines become one, with blanks between; what a paste hides is cleaned off."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_position = len(value)

    def _on_paste(self, event: events.Paste) -> None:
        self.insert_text_at_cursor(clean_line(" ".join(event.text.split())))
        event.stop()
        event.prevent_default()


class Sheet(Steady, ModalScreen[T], inherit_bindings=False):
    """A dialog of `cells` by `rows` at most. A subclass says its body and its keys, and what they do.

    Workers are started with `begin`: what goes wrong in one that nobody foresaw is said in `trouble`.
    """

    CSS_PATH = "../theme/pages.tcss"
    cells = 92
    rows = 24

    def __init__(self, panes: "Panes", *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self.panes = panes
        self.look: Callable[[], Look] = panes.app.look

    def body(self) -> ComposeResult:
        """What stands between the rule and the keys."""
        raise NotImplementedError

    def key_words(self) -> list[tuple[str, str]]:
        """The keys at the foot, with what they do; the one that leads out last."""
        raise NotImplementedError

    def trouble(self, sentence: str) -> None:
        """Say what went wrong, in the sheet."""
        raise NotImplementedError

    @property
    def low(self) -> bool:
        """Whether lines are so few that blank ones are left out."""
        return self.app.size.height < self.rows + 2

    def compose(self) -> ComposeResult:
        """Rule, body, keys."""
        self._keys = Part(self._foot, self.look)
        with Vertical(id="sheet"):
            yield Part(self._rule, self.look)
            yield from self.body()
            yield self._keys
            yield Part(self._edge, self.look)

    def on_mount(self) -> None:
        """Find its size."""
        self.fit()

    def on_resize(self) -> None:
        """Another screen, another size."""
        self.fit()

    def fit(self) -> None:
        """Fit the sheet into the screen."""
        self.set_class(getattr(self.look(), "ansi", False), "-flat")
        self.set_class(self.low, "-low")
        self.set_class(min(self.cells, self.app.size.width) < WIDE, "-tight")
        sheet = self.query_one("#sheet")
        sheet.styles.width = "100%" if self.has_class("-flat") else min(self.cells, self.app.size.width)
        sheet.styles.height = min(self.rows, self.app.size.height)

    def redraw(self) -> None:
        """Draw all of it anew."""
        for part in self.query(Part):
            part.refresh()

    def begin(self, work: "Callable[[], Awaitable[None]]", group: str) -> None:
        """Run something beside the keys; what of the same group still runs is given up."""
        self.run_worker(work, group=group, exclusive=True, exit_on_error=False)

    async def written(self, work: Awaitable[None]) -> None:
        """Wait for what a person asked to be written. What goes wrong is said here, or where the sheet was.

        Run it on the panes: it goes on when the sheet is left.
        """
        try:
            await work
        except Exception as error:  # noqa: BLE001 # whatever it is, the sheet must not stay as if it were writing
            self.log_error("what a sheet writes", error)
            self.panes.changed()
            if self.is_attached:
                self.trouble(words.trouble(error))
            else:
                self.panes.say(words.trouble(error), "error")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker has failed over something nobody foresaw, or over the library."""
        if event.state is WorkerState.ERROR:
            self.log_error(event.worker.group, event.worker.error)
            self.trouble(words.trouble(event.worker.error))

    def log_error(self, what: str, error: BaseException | None) -> None:
        """Write it where who looks after the program finds it."""
        import logging

        logging.getLogger("newsstand.ui").error("%s failed", what, exc_info=error)

    def _rule(self, y: int, width: int) -> Line:
        look = self.look()
        return [Segment(look.glyphs.heavy * width, look.style(look.ink, bg=look.panel))]

    def _edge(self, y: int, width: int) -> Line:
        return self._rule(y, width) if self.has_class("-flat") else []

    def _foot(self, y: int, width: int) -> Line:
        look, left = self.look(), padding(width)
        return hint_segments(fitting(self.key_words(), width - 2 * left), look, left=left, ground=look.panel)


def title_line(title: str, beside: str, width: int, look: Look) -> Line:
    """A sheet's title, and what it is about, dim beside it where there is room."""
    left = padding(width)
    room = width - 2 * left
    shown = cut(title, room)
    rest = cut(beside, max(0, room - cell_len(shown) - 3))
    return [
        Segment(" " * left, look.style(look.ink, bg=look.panel)),
        Segment(shown, look.style(look.bright, bold=True, bg=look.panel)),
        Segment(f"   {rest}" if rest else "", look.style(look.dim, bg=look.panel)),
    ]


class Label(Widget, can_focus=False):
    """The name of a field, at its left; it brightens with the field in focus."""

    ALLOW_SELECT = False

    def __init__(self, text: str, look: Callable[[], Look], cells: int = LABEL_CELLS) -> None:
        super().__init__()
        self._text = text
        self._look = look
        self.styles.width = cells
        self.styles.height = 1

    def render_line(self, y: int) -> Strip:
        """Draw it."""
        look = self._look()
        here = self.parent is not None and any(child.has_focus for child in self.parent.children)
        style = look.style(look.ink if here else look.dim, bold=here, bg=look.panel)
        return Strip([Segment(pad(self._text, self.size.width), style)])

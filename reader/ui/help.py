"""The page of all keys, made from the table of commands: as many columns as fit, group by group."""

from collections.abc import Callable
from itertools import combinations, pairwise

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader import words
from reader.commands import COMMANDS, Command, key_name
from reader.ui.cells import pad
from reader.ui.footer import hint
from reader.ui.keys import key_of
from reader.ui.look import Look
from reader.ui.page import Page
from reader.ui.scrollbar import Hair

COLUMN, GAP = 36, 4
KEY_CELLS = 12
COLUMN_AT_MOST = 3

Cell = tuple[str, str]
"""Keys and what they do; a heading has no keys."""


def written(command: Command) -> str:
    """The keys of a command as the page shows them: as many as fit their column."""
    if len(command.keys) > 2 and command.keys[0].isdigit():
        return hint(command)[0]
    shown = ""
    for key in command.keys:
        longer = f"{shown} {key_name(key)}".strip()
        if len(longer) > KEY_CELLS - 1:
            break
        shown = longer
    return shown or (key_name(command.keys[0]) if command.keys else "")


def groups() -> list[list[Cell]]:
    """The commands group by group, each with its heading."""
    found: dict[str, list[Cell]] = {}
    for command in COMMANDS:
        found.setdefault(command.group, []).append((written(command), command.label))
    return [[("", name), *cells] for name, cells in found.items()]


def columns(width: int) -> list[list[Cell]]:
    """Put the groups into as many columns as fit `width` cells, about equally long, in their order. Pure."""
    count = max(1, min(COLUMN_AT_MOST, (width - 2 + GAP) // (COLUMN + GAP)))
    blocks = [[block[0], ("", "-"), *block[1:], ("", "")] for block in groups()]
    ways = combinations(range(1, len(blocks)), count - 1)
    divided = ([blocks[a:b] for a, b in pairwise((0, *way, len(blocks)))] for way in ways)
    best = min(divided, key=lambda way: max(sum(map(len, column)) for column in way))
    return [[cell for block in column for cell in block][:-1] for column in best]


class KeysPage(ScrollView, can_focus=True, inherit_bindings=False):
    """The columns of keys, which scroll where the screen is too low."""

    def __init__(self, look: Callable[[], Look]) -> None:
        super().__init__()
        self._look = look
        self._columns = columns(80)

    def on_mount(self) -> None:
        """The scrollbar is a hairline here too."""
        self.vertical_scrollbar.renderer = Hair  # type: ignore[misc]  # as Textual's own docstring does it

    def on_resize(self, event: events.Resize) -> None:
        """Another width, other columns."""
        self._columns = columns(self.scrollable_content_region.width)
        self.virtual_size = Size(self.scrollable_content_region.width, max(len(column) for column in self._columns))

    def render_line(self, y: int) -> Strip:
        """Draw one line of every column."""
        look, width, line = self._look(), self.scrollable_content_region.width, y + round(self.scroll_y)
        each = min(COLUMN, max(16, width - 4))
        whole = len(self._columns) * (each + GAP) - GAP
        segments = [Segment(" " * max(2, (width - whole) // 2), look.style(look.ink))]
        for index, column in enumerate(self._columns):
            segments += self._cell(column[line] if line < len(column) else ("", ""), each, look)
            if index < len(self._columns) - 1:
                segments.append(Segment(" " * GAP, look.style(look.ink)))
        return Strip(segments).adjust_cell_length(width, look.style(look.ink))

    def _cell(self, cell: Cell, width: int, look: Look) -> list[Segment]:
        keys, label = cell
        if label == "-":
            return [Segment("─" * width, look.style(look.rule))]
        if not keys:
            return [Segment(pad(label, width), look.style(look.bright, bold=True))]
        return [
            Segment(pad(keys, KEY_CELLS), look.style(look.ink, bold=True)),
            Segment(pad(label, width - KEY_CELLS), look.style(look.dim)),
        ]


class Help(Page):
    """All keys, on a page of their own."""

    def __init__(self, look: Callable[[], Look]) -> None:
        super().__init__(look, id="help")

    def body(self) -> ComposeResult:
        """The columns."""
        self._page = KeysPage(self.look)
        yield self._page

    def title_words(self) -> tuple[str, str]:
        """What this is."""
        return words.keys_title()

    def key_words(self) -> list[tuple[str, str]]:
        """The keys of this page itself."""
        return [("j k", words.label("scroll")), (":", words.label("palette")), ("? Esc", words.label("back"))]

    def on_key(self, event: events.Key) -> None:
        """Scroll, or go back to reading."""
        event.stop()
        event.prevent_default()
        key = key_of(event.key, event.character)
        steps = {"j": 1, "down": 1, "k": -1, "up": -1, "space": 10, "ctrl+f": 10, "pagedown": 10, "ctrl+d": 5,
                 "ctrl+b": -10, "pageup": -10, "ctrl+u": -5, "G": 999, "end": 999, "g": -999, "home": -999}  # fmt: skip
        if key in steps:
            self._page.scroll_to(y=self._page.scroll_y + steps[key], animate=False)
        elif key in ("?", "escape", "q", "enter", "backspace", "h"):
            self.dismiss()
        elif key == ":":
            self.dismiss()
            self.app.call_next(self.app.panes.actions.run, "palette")  # type: ignore[attr-defined]  # NewsstandApp

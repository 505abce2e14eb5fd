"""The page of the log: its last lines, wrapped to the screen, the newest in view. It follows nothing."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import ComposeResult

from reader import words
from reader.commands import COMMANDS, Command
from reader.text import clean
from reader.ui.pages.page import FullScreenPage, ScrollingLines
from reader.ui.text.cells import wrap
from reader.ui.theme.theme import Appearance
from reader.words import help_pages as help_pages_words

AT_MOST = 200_000
"""Bytes that are read from the end of the file: what happened lately."""

LINES_AT_MOST = 40
"""Lines on the screen for one line of the log: a page of HTML in it is not worth more."""

_BEGINS = re.compile(r"\d{4}-\d\d-\d\d[ T]")
_LOUD = re.compile(r"\b(?:WARNING|ERROR|CRITICAL)\b")


def tail(path: Path, limit: int = AT_MOST) -> tuple[list[str], bool]:
    """Return the last whole lines of a file, cleaned, within `limit` bytes, and whether any were left out.

    OSError passes. Bytes that are no UTF-8 are shown as replacement characters.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - limit))
        data = file.read(limit)
    if size > limit:
        data = data.partition(b"\n")[2]
    text = clean(data.decode("utf-8", errors="replace")).strip("\n")
    return (text.split("\n") if text else []), size > limit


def log_lines(lines: list[str], width: int, appearance: Appearance) -> list[list[Segment]]:
    """Draw lines of a log: a time at their beginning is dim, an error is in `spot`, what belongs to it is indented."""
    drawn: list[list[Segment]] = []
    for text in lines:
        begins = _BEGINS.match(text) is not None
        loud = begins and _LOUD.search(text[:60]) is not None
        colour = appearance.spot if loud else appearance.ink if begins else appearance.soft
        bold = loud and "WARNING" not in text[:60]
        indent = len(text) - len(text.lstrip(" "))
        for part in wrap(text.strip(), width - min(indent, width // 2), LINES_AT_MOST):
            left = " " * (min(indent, width // 2) if begins or indent else 0)
            drawn.append([Segment(left + part, appearance.style(colour, bold=bold))])
    return drawn


class LogPage(FullScreenPage):
    """The log's last lines."""

    def __init__(
        self, appearance: Callable[[], Appearance], path: Path | None, commands: Sequence[Command] = COMMANDS
    ) -> None:
        """`path` is the log's file; None where none is written."""
        super().__init__(appearance, commands, id="log")
        self._path = path
        self._read: list[str] = []
        self._cut = False
        self._fault = ""

    def body(self) -> ComposeResult:
        """The lines."""
        self._lines = ScrollingLines(self.appearance, self._draw, at_end=True)
        yield self._lines

    def on_mount(self) -> None:
        """Read the file once, and show its end."""
        self._lines.focus()
        if self._path is not None:
            try:
                self._read, self._cut = tail(self._path)
            except FileNotFoundError:
                pass
            except OSError:
                self._fault = help_pages_words.log_unreadable()
        self._lines.redraw()

    def _to_end(self) -> None:
        self._lines.scroll_to(y=self._lines.virtual_size.height, animate=False, immediate=True)

    def title_words(self) -> tuple[str, str]:
        """What this is, and where."""
        return help_pages_words.log_title(), str(self._path or "")

    def key_words(self) -> list[tuple[str, str]]:
        """The keys at the foot."""
        return [
            ("j k", help_pages_words.keys("scroll")),
            ("gg G", f"{help_pages_words.keys('top')}, {help_pages_words.keys('end')}"),
            ("Esc", words.label("back")),
        ]

    def _draw(self, width: int) -> list[list[Segment]]:
        appearance = self.appearance()
        lines: list[list[Segment]] = [
            [Segment(part, appearance.style(appearance.dim))] for part in wrap(help_pages_words.log_advice(), width, 8)
        ]
        lines.append([])
        if self._path is not None and cell_len(str(self._path)) > self.size.width - 20:
            lines += [[Segment(part, appearance.style(appearance.ink))] for part in wrap(str(self._path), width, 6)] + [
                []
            ]
        if self._cut:
            lines += [[Segment(help_pages_words.log_left_out(), appearance.style(appearance.dim, italic=True))], []]
        if self._read:
            return lines + log_lines(self._read, width, appearance)
        said = self._fault or help_pages_words.no_log(self._path is not None)
        return [*lines, [Segment(said, appearance.style(appearance.ink))]]

    def press(self, key: str) -> bool:
        """Scroll, or go back."""
        page = max(1, self._lines.size.height - 1)
        steps = {
            "j": 1,
            "down": 1,
            "k": -1,
            "up": -1,
            "space": page,
            "ctrl+f": page,
            "pagedown": page,
            "ctrl+b": -page,
            "pageup": -page,
            "ctrl+d": page // 2,
            "ctrl+u": -page // 2,
        }
        if key in steps:
            self._lines.scroll_to(y=self._lines.scroll_y + steps[key], animate=False)
        elif key in ("G", "end"):
            self._to_end()
        elif key in ("g", "home"):
            self._lines.scroll_to(y=0, animate=False)
        elif key in ("escape", "q", "enter", "backspace", "h"):
            self.dismiss()
        else:
            return False
        return True

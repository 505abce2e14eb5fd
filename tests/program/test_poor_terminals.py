"""Terminals that can do little: few colours, ASCII, few columns, dumb ones. The real program, in a pseudo-terminal."""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from reader.demo.server import DemoServer
from reader.store import Library
from reader.ui.theme.glyphs import UNICODE
from tests import add_source
from tests.pseudo_terminal import Terminal

MARKS = set("●○★▌─━│┃·›■▾▸↑‹")
"""Marks of the interface that no story of the demo has."""


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoServer]:
    with DemoServer() as demo:
        yield demo


@pytest.fixture
def library(tmp_path: Path, demo: DemoServer) -> Path:
    with Library.open(tmp_path / "library.db") as library:
        for paper in demo.papers:
            add_source(library, paper.feed_url, paper.name, short=paper.short, home=paper.home, folder=paper.folder)
    return tmp_path / "library.db"


def reader(library: Path, environment: Mapping[str, str] | None = None, columns: int = 80, rows: int = 24) -> Terminal:
    around = {"HOME": str(library.parent), "XDG_CONFIG_HOME": "", "LC_ALL": "C.UTF-8", **(environment or {})}
    command = [sys.executable, "-m", "reader", "--library", str(library)]
    return Terminal(command, columns=columns, rows=rows, environment=around)


def colours(terminal: Terminal) -> set[str]:
    """Return the SGR parameters that were received, one by one; colours with a number or three keep them."""
    styles = b";".join(re.findall(rb"\x1b\[([\d;]*)m", terminal.received)).decode()
    numbered = r"[34]8;(?:5;\d+|2;\d+;\d+;\d+)"
    return {*re.findall(numbered, styles), *re.sub(numbered, "", styles).split(";")} - {""}


def read_a_story(terminal: Terminal, unread: str) -> str:
    """Wait for headlines, open one, read to its end and return the screen."""
    terminal.wait(lambda screen: re.search(rf"^.{{2}}{unread} \w", screen.text(), re.M) is not None, seconds=60)
    terminal.write("\r")
    terminal.wait(lambda screen: "min" in screen.text())
    terminal.rest()
    return terminal.text()


@pytest.mark.parametrize(
    "environment", [{"TERM": "xterm", "COLORTERM": ""}, {"TERM": "linux", "COLORTERM": ""}], ids=["xterm", "console"]
)
def test_sixteen_colours_are_the_terminals_own(library: Path, environment: dict[str, str]) -> None:
    terminal = reader(library, environment)
    try:
        read_a_story(terminal, "o" if environment["TERM"] == "linux" else "●")
        seen = colours(terminal)
        assert not {colour for colour in seen if colour.startswith(("38;", "48;"))}
        assert {"39", "49", "2", "91"} <= seen  # its own ink and ground, dim, bright red
        assert "3" not in seen  # nothing slants: some terminals reverse it
        assert "7" in seen  # the headline under the cursor
    finally:
        terminal.close()


def test_no_color_is_the_same_without_colours(library: Path) -> None:
    terminal = reader(library, {"NO_COLOR": "1"})
    try:
        read_a_story(terminal, "●")
        seen = colours(terminal)
        assert {"1", "2", "7"} <= seen
        assert not {colour for colour in seen if re.match(r"[34][0-7]$|9[0-7]$|10[0-7]$|[34]8;", colour)}
    finally:
        terminal.close()


def test_in_ascii_nothing_is_drawn_that_ascii_lacks(library: Path) -> None:
    terminal = reader(library, {"LC_ALL": "C"}, columns=120, rows=40)
    try:
        story = read_a_story(terminal, "o")
        terminal.write("G")
        terminal.rest()
        end = terminal.text()
        for keys in ("h", "h", "?"):
            terminal.write(keys)
            terminal.rest()
            end += terminal.text()
        assert not MARKS & set(story + end)
        assert UNICODE.unread in MARKS
        assert "Nhật báo" in story + end  # what papers write is never changed
    finally:
        terminal.close()


@pytest.mark.parametrize(
    ("columns", "rows"),
    [(40, 20), (20, 10), *(pytest.param(columns, 24, marks=pytest.mark.long) for columns in (40, 20))],
)
def test_a_narrow_terminal_shows_one_pane_and_nothing_goes_wrong(library: Path, columns: int, rows: int) -> None:
    terminal = reader(library, columns=columns, rows=rows)
    try:
        read_a_story(terminal, "●")
        for keys in ("G", "h", "h", "j", "l", "?", "q", "/", "\x1b", ":", "\x1b", "!", "\x1b"):
            terminal.write(keys)
            terminal.rest()
        assert b"Traceback" not in terminal.received
        assert not terminal.ended()
        terminal.write("Q")
        assert terminal.end() == 0
    finally:
        terminal.close()


def test_a_dumb_terminal_is_told_what_else_there_is(library: Path) -> None:
    terminal = reader(library, {"TERM": "dumb"})
    assert terminal.end() == 2
    assert b"newsstand list" in terminal.received

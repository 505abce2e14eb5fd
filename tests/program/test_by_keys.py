"""The real program in a real pseudo-terminal, by keys alone: what README's first command gives a newcomer."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fetch.scripted_server import Server, reply
from tests.pseudo_terminal import Terminal
from tests.sample_paper import feed

ENTER, ALT_LEFT = "\r", "\x1b[1;3D"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A home of its own, with nothing in it; temporary files go there too, so that one can see what is left behind."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    return {
        "HOME": str(tmp_path),
        "TMPDIR": str(temporary),
        "XDG_DATA_HOME": "",
        "XDG_CONFIG_HOME": "",
        "XDG_STATE_HOME": "",
    }


def demo(home: dict[str, str], *arguments: str, columns: int = 120, rows: int = 40) -> Terminal:
    command = [sys.executable, "-m", "reader", "demo", *arguments]
    return Terminal(command, columns=columns, rows=rows, environment=home)


@pytest.fixture(params=[(), ("--offline",)], ids=["online", "offline"])
def reader(request: pytest.FixtureRequest, home: dict[str, str]) -> Iterator[Terminal]:
    terminal = demo(home, *request.param)
    try:
        terminal.wait(lambda screen: "●" in screen.text(), seconds=60)
        yield terminal
    finally:
        terminal.close()


def title(terminal: Terminal) -> str:
    """Return the title row's right half: paper and section, or the trail."""
    return terminal.screen.display[2].split("│")[-1].strip()


def headline(terminal: Terminal) -> str:
    """Return the headline in the article's pane, its lines as one; "" where the top of the story is not on screen."""
    right = [re.split("[┃│]   ", line)[-1][:70].strip(" ┃│") for line in terminal.screen.display[3:16]]
    kicker = next((number for number, line in enumerate(right) if line.endswith("━━━")), None)
    lines = [] if kicker is None else right[kicker + 2 :]
    return " ".join(lines[: lines.index("")]) if "" in lines else ""


def press(terminal: Terminal, keys: str, seen: str) -> None:
    """Type, and wait until the pattern stands on the screen."""
    terminal.write(keys)
    terminal.wait(lambda screen: re.search(seen, screen.text()) is not None)


def open_related(terminal: Terminal) -> str:
    """Go to the end of the story, open related story 1, and return its headline."""
    before = headline(terminal)
    for _ in range(20):  # the full text may come after the first G, and moves nothing then
        terminal.write("G")
        terminal.rest()
        if "100%" in title(terminal) and re.search(r"\d+ stories", terminal.text()):
            break
    terminal.write("1")
    terminal.wait(lambda screen: headline(screen) not in ("", before) and "min left" in title(screen))
    return headline(terminal)


def test_a_morning_by_keys(reader: Terminal, home: dict[str, str]) -> None:
    reader.write("j")
    reader.wait(lambda screen: "▌" in screen.screen.display[9] + screen.screen.display[10])
    press(reader, ENTER, r"\d+ min left")
    first = headline(reader)
    second = open_related(reader)
    assert "›" in title(reader)
    third = open_related(reader)
    assert first != second != third  # the third may lead back to the first
    reader.write("H")
    reader.wait(lambda screen: "stories" in screen.text() and headline(screen) == "")  # back where its end was read
    reader.write("gg")
    reader.wait(lambda screen: headline(screen) == second)
    reader.write(ALT_LEFT)
    reader.wait(lambda screen: "stories" in screen.text() and headline(screen) == "")
    reader.write("gg")
    reader.wait(lambda screen: headline(screen) == first)
    reader.write("Q")
    assert reader.end() == 0
    assert not list(Path(home["TMPDIR"]).iterdir())
    assert not (Path(home["HOME"]) / ".local").exists()


def test_the_terminal_is_left_as_it_was(home: dict[str, str]) -> None:
    terminal = demo(home, columns=80, rows=24)
    terminal.wait(lambda screen: "●" in screen.text(), seconds=60)
    terminal.write("\x03")
    terminal.rest()
    if not terminal.ended():
        terminal.write("Q")
    terminal.end()
    assert b"\x1b[?1049l" in terminal.received  # back from the alternate screen
    assert b"\x1b[?25h" in terminal.received  # with the cursor shown


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_ends_it_leaves_nothing_behind(home: dict[str, str], name: signal.Signals) -> None:
    terminal = demo(home)
    terminal.wait(lambda screen: "●" in screen.text(), seconds=60)
    os.kill(terminal.pid, name)
    terminal.end()
    assert b"\x1b[?1049l" in terminal.received
    assert not list(Path(home["TMPDIR"]).iterdir())


HOSTILE = (
    "Buy [/] [@click=app.quit]now[/] \x1b]0;pwned\x07 &amp;#8238;drow &#155;31m &#x202E;evil \x9d0;pwned\x9c"
    + "x" * 10_000
)


def test_hostile_words_reach_the_terminal_as_plain_text(home: dict[str, str], server: Server) -> None:
    body = "".join(
        f"<p>{HOSTILE[:120]} and the ferry came in on the flood, {n} crates in all, one by one.</p>" for n in range(9)
    )
    targets = ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x")
    link = " ".join(f"<a href='{target}'>link</a>" for target in targets)
    document = f"<html><body><article><h1>{HOSTILE[:120]}</h1>{body}<p>Three {link} links.</p></article></body></html>"
    story = server.says("/1", reply(document.encode(), headers={"Content-Type": "text/html; charset=utf-8"}))
    library = f"{home['HOME']}/library.db"
    add = [sys.executable, "-m", "reader", "--library", library, "add", server.says("/feed", feed((HOSTILE, story)))]
    subprocess.run(add, check=True, capture_output=True)
    terminal = Terminal([sys.executable, "-m", "reader", "--library", library], environment=home)
    terminal.wait(lambda screen: "[@click=app.quit]now[/]" in screen.text(), seconds=60)
    press(terminal, ENTER, "three links|crates in all")
    terminal.write("ff")
    terminal.rest()
    terminal.write("\x1b")
    terminal.rest()
    assert not terminal.ended()
    for bad in ("\x1b]0;pwned", "pwned\x07", "\u202e", "\x9d", "\x9b"):
        assert bad.encode() not in terminal.received
    terminal.write("Q")
    assert terminal.end() == 0

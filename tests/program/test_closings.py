"""A program that is ended in any way, at any moment after its start, is gone soon, and leaves nothing behind.

Two seconds are the limit, or as much longer as this machine needs now for a first frame. `tests/long` has many more.
"""

import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.fetch.scripted_server import Server
from tests.program.closings import WAYS, Home, Way, assert_library_is_whole

SECONDS = 2.0
USUAL_START = 0.6
"""Seconds to the first frame on a machine with nothing else to do."""


IN_THE_SUITE: tuple[Way, ...] = ("terminal", "stdin", "SIGHUP", "SIGTERM")


def others(every: Iterable[str], here: Iterable[str]) -> list[object]:
    """Those that only the long run takes."""
    return [pytest.param(one, marks=pytest.mark.long) for one in every if one not in here]


@pytest.fixture
def home(tmp_path: Path, server: Server) -> Iterator[Home]:
    """A library of papers that are due, so that a refresh begins with the reader."""
    home = Home(tmp_path)
    home.fill(server)
    yield home
    home.remove()


def limit_of(start: float) -> float:
    """Return the seconds in which all must be gone, where a first frame takes so many."""
    return SECONDS * max(1.0, start / USUAL_START)


@pytest.mark.parametrize("way", [*IN_THE_SUITE, *others(WAYS, IN_THE_SUITE)])
def test_a_reader_that_is_ended_is_gone_and_leaves_nothing(home: Home, way: Way) -> None:
    start = home.seconds_to_first_frame()
    for share in (0.2 + 0.12 * WAYS.index(way), 1.0 + 0.1 * WAYS.index(way)):  # while it starts, and while it refreshes
        home.make_due()
        ended = home.end_at(way, share * start)
        assert ended.is_clean(limit_of(start)), ended
        assert b"Traceback" not in ended.wrote
    assert_library_is_whole(home.library)


@pytest.mark.parametrize("way", ["terminal", "SIGTERM"])
def test_a_mark_that_is_on_the_screen_is_in_the_library(home: Home, way: Way) -> None:
    start = home.seconds_to_first_frame()
    with closing(sqlite3.connect(home.library)) as con, con:
        con.execute("UPDATE sources SET due_at = 4000000000")
    subprocess.run([*home.program, "refresh", "--all", "--no-stories"], env=home.environment, check=True)
    program = home.start(way=way)
    program.wait_for(b"Story")
    os.write(program.keys, b"*")
    program.wait_for("★".encode())
    program.end(way)
    gone, left = program.until_gone()
    program.close("keys", "screen")
    assert (gone or 0) <= limit_of(start)
    assert (left, home.left()) == ((), ())
    with closing(sqlite3.connect(home.library)) as con:
        assert con.execute("SELECT count(*) FROM statuses WHERE starred_at IS NOT NULL").fetchone() == (1,)
        assert con.execute("SELECT act FROM acts").fetchall()[-1:] == [("star",)]


def test_one_that_was_suspended_ends_when_it_goes_on(home: Home) -> None:
    program = home.start()
    start = program.wait_for(b"\x1b[?2026l")
    os.kill(program.process.pid, signal.SIGTSTP)
    assert os.WIFSTOPPED(os.waitpid(program.process.pid, os.WUNTRACED)[1])
    os.kill(program.process.pid, signal.SIGTERM)
    os.kill(program.process.pid, signal.SIGCONT)
    gone, left = program.until_gone()
    program.close("keys", "screen")
    assert (gone or 0) <= limit_of(start)
    assert (left, home.left()) == ((), ())


def test_the_demo_takes_its_folder_with_it(home: Home) -> None:
    start = home.seconds_to_first_frame("demo")
    moments: tuple[tuple[float, Way], ...] = ((0.5, "terminal"), (0.8, "SIGTERM"), (1.5, "terminal"))
    for share, way in moments:
        ended = home.end_at(way, share * start, "demo")
        assert ended.is_clean(limit_of(start)), ended


COMMANDS = {
    "refresh": ("refresh", "--all", "--json"),
    "offline": ("offline", "--json"),
    "list": ("list", "--json"),
    "import": ("import", "subscriptions.opml", "--json"),
}


@pytest.mark.parametrize("name", ["refresh", *others(COMMANDS, ("refresh",))])
@pytest.mark.parametrize("how", ["pipe", "SIGTERM", *others(("SIGINT", "SIGHUP", "SIGINT twice"), ())])
def test_a_command_that_is_ended_is_gone_and_leaves_nothing(home: Home, name: str, how: str) -> None:
    """`pipe`: whoever read its output has gone."""
    start = home.seconds_to_help()
    outlines = "".join(f'<outline type="rss" xmlUrl="https://paper{n}.example/rss"/>' for n in range(500))
    home.folder.joinpath("subscriptions.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    for share in (0.6, 2.0, 8.0) if name in ("refresh", "offline") else (0.6, 2.0):
        ended = home.end_command(how, share * start, *COMMANDS[name])
        if ended.gone is None or ended.gone > SECONDS:
            start = max(start, home.seconds_to_help())  # the machine may have become busier
        assert ended.is_clean(SECONDS * max(1.0, start / 0.15)), ended
        assert ended.code in (0, 1, 128 + signal.SIGPIPE, 128 + signal.SIGTERM, 130, 129, -2, -15, -1), ended
        if share > 1:
            assert b"Traceback" not in ended.wrote, ended.wrote.decode()
    assert_library_is_whole(home.library)

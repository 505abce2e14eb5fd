"""Two hundred closings, swept over the first two seconds of the reader, of the demo and of the command line."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fetch.scripted_server import Server
from tests.program.closings import WAYS, Ended, Home, assert_library_is_whole

pytestmark = pytest.mark.long

TIMES = int(os.environ.get("NEWSSTAND_LONG", "200"))
SECONDS = 2.0
"""Of the start in which the programs are ended, and in which all of each must be gone: on a machine with nothing else
to do, where a first frame takes USUAL_START. What takes longer there gives both as much longer."""
USUAL_START = 0.6


@pytest.fixture
def home(tmp_path: Path, server: Server) -> Iterator[Home]:
    home = Home(tmp_path)
    home.fill(server)
    yield home
    home.remove()


def report(kind: str, seen: list[Ended], slower: float) -> None:
    """Print the figures for the document of promises."""
    gone = sorted(ended.gone if ended.gone is not None else float("inf") for ended in seen)
    bad = sum(not ended.is_clean(SECONDS * slower) for ended in seen)
    print(  # noqa: T201 # the summary of a long run
        f"{kind}: {len(seen)} closings, {bad} not clean; gone after {gone[len(gone) // 2]:.2f} s (median), "
        f"{gone[-1]:.2f} s (longest), on a machine {slower:.1f} x slower than usual"
    )


def semaphores() -> set[str]:
    """Return the names of semaphores there are, where they are files."""
    folder = Path("/dev/shm")  # noqa: S108 # Linux has them there
    return {file.name for file in folder.glob("sem.mp-*")} if folder.is_dir() else set()


def test_two_hundred_closings_of_the_reader(home: Home) -> None:
    seen: list[Ended] = []
    slower = max(1.0, home.seconds_to_first_frame() / USUAL_START)
    before = semaphores()
    for number in range(TIMES):
        home.make_due()
        seen.append(home.end_at(WAYS[number % len(WAYS)], SECONDS * slower * number / TIMES))
    report("reader", seen, slower)
    assert [ended for ended in seen if not ended.is_clean(SECONDS * slower)] == []
    assert_library_is_whole(home.library)
    time.sleep(1)
    assert semaphores() <= before or "PYTEST_XDIST_WORKER" in os.environ  # others make some beside this


def test_closings_of_the_demo(home: Home) -> None:
    times = max(8, TIMES // 8)
    slower = max(1.0, home.seconds_to_first_frame("demo") / (USUAL_START * 1.5))
    seen = [
        home.end_at(WAYS[number % len(WAYS)], SECONDS * 1.5 * slower * number / times, "demo")
        for number in range(times)
    ]
    report("demo", seen, slower)
    assert [ended for ended in seen if not ended.is_clean(SECONDS * slower)] == []


def test_closings_of_the_command_line(home: Home) -> None:
    commands = (("refresh", "--all", "--json"), ("list", "--json"), ("offline", "--json"), ("sources",))
    ways = ("pipe", "SIGTERM", "SIGINT", "SIGHUP", "SIGINT twice")
    slower = max(1.0, home.seconds_to_help() / 0.15)
    seen: list[Ended] = []
    for number in range(max(20, TIMES // 2)):
        home.make_due()
        at = SECONDS * slower * number / max(20, TIMES // 2)
        seen.append(home.end_command(ways[number % 5], at, *commands[number % 4]))
    report("command line", seen, slower)
    assert [ended for ended in seen if not ended.is_clean(SECONDS * slower)] == []
    assert_library_is_whole(home.library)

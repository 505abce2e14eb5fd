"""Backups killed and on full disks, over and over; and how long a reader waits while one is made of 50,000 headlines.

`NEWSSTAND_LONG` says how many of each.
"""

import os
import sqlite3
import statistics
import threading
import time
from pathlib import Path

import pytest

from benchmarks.library import make_library
from reader.store import Library, View, backups
from tests.program.backups_in_trouble import kill_backups, kill_restores, on_a_full_disk
from tests.store.migrations.old_libraries import content, old_library
from tests.store.migrations.test_versions import is_as_it_was_or_upgraded, kill_in_the_midst

pytestmark = pytest.mark.long

TIMES = int(os.environ.get("NEWSSTAND_LONG", "40"))
LONGEST = 0.05
"""Seconds that a backup may keep a read or a mark of the reader waiting, beyond what these take without it."""


def test_backups_killed_at_any_moment(tmp_path: Path) -> None:
    kill_backups(tmp_path, TIMES, seed=11)


def test_restores_killed_at_any_moment(tmp_path: Path) -> None:
    assert kill_restores(tmp_path, TIMES, seed=12) == {"Heron", "Curlew"}


def test_upgrades_killed_at_any_moment(tmp_path: Path) -> None:
    seen = set()
    for number in range(TIMES):
        path = old_library(tmp_path / str(number) / "library.db", 1)
        before = content(path)
        kill_in_the_midst(path, 2.0 * number / TIMES)
        seen.add(is_as_it_was_or_upgraded(path, before))
    assert 1 in seen


@pytest.mark.parametrize("what", ["backup", "restore", "upgrade"])
def test_full_disks(tmp_path: Path, what: str) -> None:
    said = []
    for number in range(TIMES):
        folder = tmp_path / str(number)
        folder.mkdir()
        said.append(on_a_full_disk(what, folder, number * 3_000_000 // TIMES))
    assert any("disk is full" in one for one in said)


def longest(library: Library, until: threading.Event) -> tuple[float, float, int]:
    """Mark and read until that is set; return the median, the longest time, and how many there were."""
    times: list[float] = []
    pages = library.listing(View("unread")).pages[:500]
    while not until.is_set():
        begun = time.perf_counter()
        library.mark_read([pages[len(times) % 500]], len(times) % 1000 < 500)
        library.rows(pages[:60])
        times.append(time.perf_counter() - begun)
    return statistics.median(times), max(times), len(times)


def test_a_reader_waits_for_no_backup_of_fifty_thousand_headlines(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    make_library(path, 50_000, 100)
    with Library.open(path) as library:
        alone = threading.Event()
        threading.Timer(3, alone.set).start()
        without = longest(library, alone)
        ended = threading.Event()
        took: list[float] = []

        def make() -> None:
            begun = time.perf_counter()
            backups.make(path, now=1_700_000_000)
            took.append(time.perf_counter() - begun)
            ended.set()

        threading.Thread(target=make).start()
        beside = longest(library, ended)
    print(  # noqa: T201 # a figure for docs/trust.md
        f"backup of {path.stat().st_size / 1e6:.0f} MB: {took[0]:.1f} s; a mark and sixty rows: "
        f"{without[0] * 1000:.1f} ms (longest {without[1] * 1000:.0f}) without, "
        f"{beside[0] * 1000:.1f} ms (longest {beside[1] * 1000:.0f}) beside it"
    )
    assert beside[1] < max(LONGEST, without[1] + LONGEST)
    con = sqlite3.connect(backups.listed(path)[0].file)
    assert con.execute("SELECT count(*) FROM entries").fetchone() == (50_000,)
    con.close()

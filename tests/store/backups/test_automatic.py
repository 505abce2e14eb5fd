"""Backups are made by themselves: each week, with the first start of a day; and never at the cost of something else."""

import logging
import shutil
import sqlite3
import threading
from pathlib import Path
from typing import NamedTuple

import pytest

from reader.store import Library, backups
from reader.store.backups.files import DAY
from reader.store.library_file import opening
from tests.store.conftest import NOW, Clock
from tests.store.sample_library import SampleLibrary, story


def days_of(path: Path) -> list[int]:
    """After how many days from the first moment each backup was made."""
    return [(one.made_at - NOW) // DAY for one in reversed(backups.listed(path))]


def start(path: Path, clock: Clock, keep: int = 3, days: int = 7) -> bool:
    """Open the library as a start of the reader does; say whether the settings were asked for at all."""
    asked = []
    with SampleLibrary(path, clock) as sample:

        def settings() -> tuple[int, int]:
            asked.append(1)
            return keep, days

        sample.library.back_up_daily(settings)
    return bool(asked)


@pytest.fixture
def used(path: Path, clock: Clock) -> Path:
    with SampleLibrary(path, clock) as sample:
        sample.lists(sample.subscribe(), story("a"))
    return path


def test_one_a_week_and_three_are_kept(used: Path, clock: Clock) -> None:
    for day in range(40):
        clock.now = NOW + day * DAY
        assert start(used, clock)
        assert not start(used, clock)  # the second start of a day asks for nothing
        assert days_of(used) == [0, 7, 14, 21, 28, 35][: day // 7 + 1][-3:]
    with Library.open(backups.listed(used)[0].file) as library:
        assert len(library.entries()) == 1
    assert {one.kind for one in backups.listed(used)} == {backups.Kind.AUTOMATIC}


def test_one_made_by_hand_counts_as_the_last(used: Path, clock: Clock) -> None:
    backups.make(used, now=NOW)
    for day in range(9):
        clock.now = NOW + day * DAY
        start(used, clock)
    assert days_of(used) == [0, 7]


@pytest.mark.parametrize(("keep", "days"), [(0, 7), (3, 0)])
def test_the_settings_turn_them_off(used: Path, clock: Clock, keep: int, days: int) -> None:
    start(used, clock, keep, days)
    assert days_of(used) == []


def test_none_is_made_of_a_library_with_nothing_in_it(path: Path, clock: Clock) -> None:
    assert not start(path, clock)
    with SampleLibrary(path, clock) as sample:
        sample.library.save([sample.library.ensure_page("https://heron.example/a")])
    assert start(path, clock)
    assert days_of(path) == [0]


def test_a_clock_that_was_set_back_keeps_none_from_being_made(used: Path, clock: Clock) -> None:
    clock.now = NOW + 400 * DAY
    start(used, clock)
    clock.now = NOW
    start(used, clock)
    assert sorted(days_of(used)) == [0, 400]


class Usage(NamedTuple):
    """As `shutil.disk_usage` has it."""

    total: int
    used: int
    free: int


def test_none_is_made_where_it_would_fill_the_disk(
    used: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - 10**6, 10**6))
    with caplog.at_level(logging.WARNING):
        start(used, clock)
    assert "too little room" in caplog.text
    assert days_of(used) == []


def test_where_none_can_be_made_the_library_opens_all_the_same(
    used: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    backups.folder_of(used).write_text("in the way")
    assert start(used, clock)
    assert "no backup was made" in caplog.text


def test_a_library_that_another_process_writes_to_opens_all_the_same(
    used: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY", 0.05)
    con = sqlite3.connect(used, isolation_level=None)
    con.execute("BEGIN IMMEDIATE")
    assert not start(used, clock)
    con.execute("ROLLBACK")
    con.close()
    assert start(used, clock)


def test_a_damaged_library_pushes_no_good_backup_out(used: Path, clock: Clock) -> None:
    for week in range(3):
        clock.now = NOW + week * 7 * DAY
        start(used, clock)
    good = days_of(used)
    con = sqlite3.connect(used)
    con.execute("PRAGMA writable_schema = ON")
    con.execute("UPDATE sqlite_master SET rootpage = 3 WHERE name = 'entries_page'")  # two trees in one page
    con.commit()
    con.close()
    for week in range(3, 9):
        clock.now = NOW + week * 7 * DAY
        assert backups.make_due(used, keep=3, days=7, now=clock.now) is None
    assert days_of(used) == good == [0, 7, 14]


def test_of_two_that_make_one_at_once_one_is_kept(used: Path, clock: Clock) -> None:
    barrier = threading.Barrier(4)

    def make() -> None:
        barrier.wait()
        backups.make_due(used, keep=3, days=7, now=NOW)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= len(days_of(used)) <= 2  # the last question and the name are not one act

"""What becomes of acts that are handed over just before the process ends: written, or told."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from reader import shutdown
from reader.errors import LibraryError
from reader.store import Library
from tests import ROOT


def fails() -> None:
    raise LibraryError("The disk is full: nothing is written.")


async def test_what_failed_since_one_left_is_told(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        for _ in range(2):
            library.writing(fails)
        library.leave()
        library.writing(library.remember, "key", "value")
        library.writing(fails)
    await asyncio.sleep(0)
    told = library.lost()
    assert told is not None
    assert "The last 3 changes were not saved. The disk is full" in told


async def test_what_failed_long_before_was_seen_and_without_leaving_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path / "library.db") as library:
        with pytest.raises(LibraryError):
            await library.writing(fails)
        assert library.lost() is None
        now = time.monotonic
        monkeypatch.setattr(time, "monotonic", lambda: now() + 60)
        library.leave()
        assert library.lost() is None


async def test_at_the_end_of_the_process_what_was_handed_over_is_written_and_the_file_closed(tmp_path: Path) -> None:
    """Other threads may be at anything then: here a read that would take minutes, which is given up."""
    path = tmp_path / "library.db"
    acts = len(shutdown._state.acts)
    library = Library.open(path)
    act, _ = shutdown._state.acts[-1]
    assert len(shutdown._state.acts) == acts + 1
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    begun = threading.Event()

    def slow() -> None:
        def count(con: sqlite3.Connection) -> None:
            begun.set()
            con.execute(numbers).fetchone()

        library._db.read(count)

    reading = [asyncio.ensure_future(library.reading(slow)) for _ in range(3)]
    assert await asyncio.to_thread(begun.wait, 20)
    for number in range(50):
        library.writing(library.remember, "key", str(number))
    assert await asyncio.to_thread(act) is None
    await asyncio.gather(*reading, return_exceptions=True)
    assert os.listdir(tmp_path) == ["library.db"]  # noqa: PTH208 # quick, beside a loop that nobody waits for
    with closing(sqlite3.connect(path)) as con:
        assert con.execute("SELECT value FROM facts WHERE key = 'key'").fetchone() == ("49",)
    library.close()
    assert len(shutdown._state.acts) == acts


async def test_what_another_process_keeps_from_being_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.store.database.BUSY", 0.3)
    path = tmp_path / "library.db"
    library = Library.open(path)
    act, _ = shutdown._state.acts[-1]
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr("reader.store.database.BUSY", 0.05)
        acts = [library.writing(library.remember, "key", "value") for _ in range(2)]
        told = await asyncio.to_thread(act)
        other.execute("ROLLBACK")
    await asyncio.gather(*acts, return_exceptions=True)
    assert told is not None
    assert "not saved" in told or "may not be saved" in told
    library.close()


def test_one_that_is_ended_while_it_opens_the_library_leaves_nothing_beside_it(tmp_path: Path) -> None:
    """The signal comes when all connections are open, and nothing else knows of them yet."""
    program = """
import os, signal, sys
from pathlib import Path
from reader import shutdown
from reader.store import Library
from reader.store.library_file.opening import LibraryFile
open_all = LibraryFile.__init__
def asked(*arguments):
    open_all(*arguments)
    os.kill(os.getpid(), signal.SIGTERM)
shutdown.prepare()
LibraryFile.__init__ = asked
try:
    Library.open(Path(sys.argv[1]))
except SystemExit as end:
    shutdown.finish(end.code)
"""
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "library.db")], cwd=ROOT, check=False)
    assert done.returncode == 128 + signal.SIGTERM
    assert [path.name for path in tmp_path.iterdir()] == ["library.db"]

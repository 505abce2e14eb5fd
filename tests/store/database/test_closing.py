"""A library that is closed while others read: they finish, or are told; the process lives."""

import sqlite3
import threading
import time
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.store import Library


def test_closing_waits_for_whoever_reads_in_another_thread(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db")
    inside, go_on = threading.Event(), threading.Event()
    found: list[int] = []

    def slow(con: sqlite3.Connection) -> int:
        inside.set()
        go_on.wait(10)
        (pages,) = con.execute("SELECT count(*) FROM pages").fetchone()
        assert isinstance(pages, int)
        return pages

    reader = threading.Thread(target=lambda: found.append(library._db.read(slow)))
    reader.start()
    inside.wait(10)
    closing = threading.Thread(target=library.close)
    closing.start()
    closing.join(0.2)
    assert closing.is_alive()
    go_on.set()
    closing.join(10)
    reader.join(10)
    assert found == [0]
    with pytest.raises(LibraryError, match="closed"):
        library.sources()


def test_threads_that_read_while_it_is_closed_never_crash(tmp_path: Path) -> None:
    for _ in range(20):
        library = Library.open(tmp_path / "library.db")
        library.add_source("https://gull.example/rss", "The Gull")
        told = threading.Event()

        def read(library: Library = library, told: threading.Event = told) -> None:
            try:
                while True:
                    library.sources()
            except LibraryError:
                told.set()

        threads = [threading.Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        time.sleep(0.005)
        library.close()
        for thread in threads:
            thread.join(10)
        assert told.is_set()

"""A library that is closed while others read: they finish, or are told; the process lives."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.store import Library
from tests import add_source


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
        add_source(library, "https://gull.example/rss", "The Gull")
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


@pytest.mark.parametrize("thread", ["writing", "reading", "shared"])
async def test_what_the_library_runs_cannot_close_it(tmp_path: Path, thread: str) -> None:
    ways: dict[str, Callable[[Library], Awaitable[None]]] = {
        "writing": lambda library: library.writing(library.close),
        "reading": lambda library: library.reading(library.close),
        "shared": lambda library: asyncio.to_thread(library._db.read, lambda _: library.close()),
    }
    with Library.open(tmp_path / "library.db") as library:
        with pytest.raises(RuntimeError, match="cannot be closed by what it runs"):
            await asyncio.wait_for(ways[thread](library), 20)
        library.remember("key", "value")  # all of it works as before
        assert await library.reading(library.recall, "key") == library.recall("key") == "value"


@pytest.mark.parametrize("name", ["library-write", "library-read"])
async def test_a_thread_that_cannot_be_started_is_no_closed_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    start = threading.Thread.start

    def refuse(thread: threading.Thread) -> None:
        if thread.name.startswith(name):
            raise RuntimeError("can't start new thread")
        start(thread)

    done: list[str] = []
    with Library.open(tmp_path / "library.db") as library:
        hand_over = library.writing if name == "library-write" else library.reading
        with monkeypatch.context() as patched:
            patched.setattr(threading.Thread, "start", refuse)
            with pytest.raises(LibraryError, match=r"library\.db.* can't start new thread"):
                await hand_over(done.append, "refused")
        await hand_over(done.append, "later")
        assert done == ["later"]  # what was refused is not run behind the back of whoever was told so
    with pytest.raises(LibraryError, match="closed"):
        await hand_over(done.append, "too late")

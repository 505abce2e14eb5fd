"""A library is read where there is no room beside it: by one connection that has it for itself."""

import multiprocessing
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from reader.store import Library
from reader.store.library_file.room import read_alone


def killed(path: Path) -> None:
    """Mark pages in a process that is then killed: they stand in the write-ahead log alone."""
    started = multiprocessing.get_context("fork").Process(target=_mark_and_die, args=(path,))
    started.start()
    started.join()


def _mark_and_die(path: Path) -> None:
    library = Library.open(path)
    library.star(library.ensure_pages([(f"https://heron.example/{n}", "Heron") for n in range(200)]))
    os._exit(0)


def starred(con: sqlite3.Connection) -> int:
    found: int = con.execute("SELECT count(*) FROM statuses WHERE starred_at IS NOT NULL").fetchone()[0]
    return found


def test_what_stands_in_the_log_alone_is_read_and_stays_there(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    killed(path)
    before = {file.name: file.read_bytes() for file in tmp_path.glob("*.db*")}
    with closing(read_alone(path, 0)) as con:
        assert starred(con) == 200
        con.execute("BEGIN")
        with pytest.raises(sqlite3.OperationalError):
            con.execute("DELETE FROM statuses")
    con.close()  # twice is once
    assert {file.name: file.read_bytes() for file in tmp_path.glob("*.db*")} == before


def test_nobody_writes_while_it_is_read_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library.open(path).close()
    with closing(read_alone(path, 0)) as con:
        assert starred(con) == 0
        script = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('DELETE FROM facts')"
        done = subprocess.run([sys.executable, "-c", script, str(path)], stderr=subprocess.PIPE, text=True, check=False)
        assert "database is locked" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["library.db"]
    with Library.open(path) as library:
        library.remember("measure", "60")


def test_it_waits_for_who_has_the_library_open_and_then_gives_up(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library.open(path), pytest.raises(sqlite3.OperationalError, match="locked"):
        read_alone(path, 0.05)
    first = read_alone(path, 0)
    threading.Timer(0.1, first.close).start()
    read_alone(path, 10).close()


def test_threads_that_ask_the_same_at_a_time_each_get_their_own_answer(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    killed(path)
    wrong: list[object] = []

    def ask(con: sqlite3.Connection, page: int) -> None:
        for _ in range(300):
            found = con.execute("SELECT page FROM statuses WHERE page = ?", (page,)).fetchone()
            if found != (page,):
                wrong.append(found)

    with closing(read_alone(path, 0)) as con:
        threads = [threading.Thread(target=ask, args=(con, page)) for page in (1, 2, 3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []

"""What lies on the disk, and what a library says when it cannot be used."""

import functools
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import textwrap
import threading
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

import pytest

from reader.errors import DiskFull, LibraryError, LibraryTooNew
from reader.store import Library, View, journal
from reader.store.library_file import exclusive, opening
from tests import present
from tests.store.conftest import Clock
from tests.store.sample_library import SampleLibrary, story


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_its_owner_can_read_a_library(path: Path) -> None:
    with Library.open(path) as library:
        library.ensure_page("https://harbour.example/a")
        assert mode(path.parent) == 0o700
        assert {mode(file) for file in path.parent.iterdir()} == {0o600}
        assert len(list(path.parent.iterdir())) == 3


def test_a_closed_library_is_one_file_and_says_so_when_used(path: Path) -> None:
    library = Library.open(path)
    library.close()
    library.close()
    assert [file.name for file in path.parent.iterdir()] == ["library.db"]
    for use in (library.sources, library.data_version, lambda: library.star([1])):
        with pytest.raises(LibraryError, match=r"library\.db"):
            use()


def test_every_connection_is_set_up_to_lose_nothing(sample: SampleLibrary) -> None:
    def pragma(con: sqlite3.Connection, name: str) -> int | str:
        (value,) = con.execute(f"PRAGMA {name}").fetchone()
        assert isinstance(value, int | str)
        return value

    sample.library._db.write(lambda con: None)
    writer = sample.library._db._writer
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    assert {name: pragma(writer, name) for name in expected} == expected
    assert 100 <= int(pragma(writer, "wal_autocheckpoint")) <= 4000
    with pytest.raises(LibraryError):
        sample.library._db.read(lambda con: con.execute("DELETE FROM pages"))


def test_a_library_of_a_newer_newsstand_is_refused_untouched(path: Path) -> None:
    Library.open(path).close()
    con = sqlite3.connect(path)
    con.execute("PRAGMA user_version = 999")
    con.close()
    before = path.read_bytes()
    with pytest.raises(LibraryTooNew, match=r"library\.db.*newer Newsstand"):
        Library.open(path)
    assert path.read_bytes() == before


def test_an_sqlite_file_of_another_program_is_refused_untouched(path: Path) -> None:
    path.parent.mkdir()
    con = sqlite3.connect(path)
    con.execute("CREATE TABLE theirs (x)")
    con.close()
    before = path.read_bytes()
    with pytest.raises(LibraryError, match=r"library\.db.*another program"):
        Library.open(path)
    assert path.read_bytes() == before


def test_what_is_no_library_is_named(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Dear diary, today I read the news." * 50)
    with pytest.raises(LibraryError, match=r"library\.db.*not a Newsstand library"):
        Library.open(path)
    assert path.read_text().startswith("Dear diary")
    path.unlink()
    path.mkdir()
    with pytest.raises(LibraryError, match=r"library\.db.*folder"):
        Library.open(path)


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "share").write_text("x")
    with pytest.raises(LibraryError, match=r"share/library\.db"):
        Library.open(tmp_path / "share" / "library.db")


def test_a_damaged_library_is_named_and_not_a_traceback_of_sqlite(
    sample: SampleLibrary, path: Path, clock: Clock
) -> None:
    sample.lists(sample.subscribe(), *(story(str(n), summary="x" * 500) for n in range(200)))
    sample.library.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))

    def use() -> None:
        with Library.open(path) as library:
            library.listing(View("unread"))
            library.mark_read([1])

    with pytest.raises(LibraryError, match=r"library\.db"):
        use()


@pytest.mark.parametrize("lost", ["acts", "acts_state"])
def test_a_library_whose_journal_is_damaged_is_read_all_the_same(
    sample: SampleLibrary, path: Path, clock: Clock, lost: str
) -> None:
    sample.lists(sample.subscribe(), story("dyke"))
    sample.library.star([sample.page("dyke")])
    sample.library.close()
    with closing(sqlite3.connect(path)) as con:
        ((root,),) = con.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (lost,)).fetchall()
        ((size,),) = con.execute("PRAGMA page_size").fetchall()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with SampleLibrary(path, clock) as again:
        assert again.titles("starred") == ["Story dyke"]
        assert [source.title for source in again.library.sources()] == ["Harbour"]
        assert again.library.damaged
        with pytest.raises(LibraryError, match="damaged"):
            again.library.undo()


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes anywhere: see the next test")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(LibraryError, match=r"library\.db"):
        Library.open(folder / "library.db")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that even root cannot write: /proc")
def test_a_folder_that_nobody_can_write_is_named() -> None:
    with pytest.raises(LibraryError, match=r"library\.db"):
        Library.open(Path("/proc/self/library.db"))


def test_a_full_disk_keeps_what_was_marked(sample: SampleLibrary) -> None:
    paper = sample.subscribe()
    sample.lists(paper, story("a"))
    sample.library.star([sample.page("a")])
    writer = sample.library._db._writer
    size = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {size}")
    with pytest.raises(DiskFull, match="disk is full"):
        sample.lists(paper, *(story(f"b{n}", summary="x" * 3000) for n in range(100)))
    assert sample.titles("source", source=paper.id) == ["Story a"]
    assert sample.titles("starred") == ["Story a"]
    writer.execute("PRAGMA max_page_count = 100000")
    assert sample.lists(paper, story("b")) == (1, 0)


def test_a_second_process_waits_for_the_first_to_have_written(sample: SampleLibrary, path: Path, clock: Clock) -> None:
    """Another process holds the lock until it has seen us waiting; the mark is then made."""
    sample.lists(sample.subscribe(), story("a"))
    page = sample.page("a")
    script = f"""
        import sqlite3, sys
        con = sqlite3.connect({str(path)!r}, isolation_level=None)
        con.execute("BEGIN IMMEDIATE")
        con.execute("INSERT INTO facts VALUES ('who', 'the other')")
        print("locked", flush=True)
        sys.stdin.readline()
        con.execute("COMMIT")
    """  # noqa: S608  # our own path, in our own script
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert present(other.stdout).readline() == "locked\n"
        begun, done = threading.Event(), threading.Event()

        def mark() -> None:
            begun.set()
            sample.library.mark_read([page])
            done.set()

        thread = threading.Thread(target=mark)
        thread.start()
        assert begun.wait(5)
        assert not done.wait(0.2)
        assert sample.titles() == ["Story a"]  # reading goes on meanwhile
        present(other.stdin).write("\n")
        present(other.stdin).flush()
        thread.join(8)
        assert done.is_set()
    assert sample.titles() == []
    assert sample.library.recall("who") == "the other"


def test_a_lock_that_is_never_let_go_is_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY", 0.05)
    with Library.open(path) as library:
        con = sqlite3.connect(path, isolation_level=None)
        con.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="another Newsstand"):
            library.ensure_page("https://harbour.example/a")
        con.execute("ROLLBACK")
        con.close()
        assert library.ensure_page("https://harbour.example/a") == 1


def test_two_that_make_the_same_library_at_once_both_open_it(path: Path) -> None:
    script = f"from pathlib import Path; from reader.store import Library; Library.open(Path({str(path)!r})).close()"
    children = [subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE) for _ in range(4)]
    faults = [child.communicate()[1] for child in children]
    assert faults == [b""] * 4
    with Library.open(path) as library:
        assert library.sources() == []


def test_a_failed_write_leaves_nothing_behind_and_the_writer_at_work(sample: SampleLibrary) -> None:
    def half(con: sqlite3.Connection) -> None:
        con.execute("INSERT INTO facts VALUES ('half', 'done')")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sample.library._db.write(half)
    assert sample.library.recall("half") is None
    sample.library.remember("whole", "done")
    sample.library.remember("whole", "again")
    assert sample.library.recall("whole") == "again"


def test_many_threads_read_and_mark_at_once(sample: SampleLibrary) -> None:
    sample.lists(sample.subscribe(), *(story(str(n)) for n in range(40)))
    pages = list(sample.library.listing(View("unread")).pages)
    threads = [threading.Thread(target=sample.library.mark_read, args=([page],)) for page in pages]
    readers = [threading.Thread(target=sample.library.rows, args=(pages,)) for _ in range(20)]
    for thread in threads + readers:
        thread.start()
    for thread in threads + readers:
        thread.join(20)
    assert sample.library.counts(today=0).unread == 0
    connections: list[sqlite3.Connection] = []
    late = [threading.Thread(target=sample.library._db.read, args=(connections.append,)) for _ in range(3)]
    for thread in late:
        thread.start()
        thread.join(5)
    assert len(set(connections)) == 1  # none is left behind by a thread that has ended


def test_a_library_can_be_carried_elsewhere(sample: SampleLibrary, path: Path, tmp_path: Path, clock: Clock) -> None:
    sample.lists(sample.subscribe(), story("a"))
    sample.library.close()
    shutil.copy(path, tmp_path / "copy.db")
    with SampleLibrary(tmp_path / "copy.db", clock) as other:
        assert other.titles() == ["Story a"]


class CountedConnection(sqlite3.Connection):
    """Knows which of its kind are open, and fails to execute what `fails` says, from the `after`-th connection on."""

    opened: ClassVar[list["CountedConnection"]] = []
    fails = ""
    after = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened.append(self)
        self.number = len(self.opened)

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        if self.fails and self.fails in statement and self.number >= self.after:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error
        return super().execute(statement, *values)

    def is_open(self) -> bool:
        try:
            self.total_changes  # noqa: B018  # raises where the connection is closed
        except sqlite3.ProgrammingError:
            return False
        return True


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> type[CountedConnection]:
    connect = functools.partial(sqlite3.connect, factory=CountedConnection)
    monkeypatch.setattr(sqlite3, "connect", connect)
    monkeypatch.setattr(CountedConnection, "opened", [])
    return CountedConnection


@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_library_that_cannot_be_opened_leaves_no_connection_open(
    path: Path, counted: type[CountedConnection], monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(counted, "fails", "cache_size")
    monkeypatch.setattr(counted, "after", after)
    with pytest.raises(LibraryError):
        Library.open(path)
    assert len(counted.opened) >= after
    assert not any(con.is_open() for con in counted.opened)


def test_a_library_that_fails_while_it_is_opened_is_closed_again(
    path: Path, counted: type[CountedConnection], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(journal.open_tokens)

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(journal, "enter", fail)
    with pytest.raises(KeyboardInterrupt):
        Library.open(path)
    assert counted.opened
    assert not any(con.is_open() for con in counted.opened)
    assert not exclusive._open_here[present(exclusive.identity(path))]
    assert journal.open_tokens == before


def test_a_library_that_is_open_has_three_connections_until_it_is_closed(
    path: Path, counted: type[CountedConnection]
) -> None:
    library = Library.open(path)
    assert sum(con.is_open() for con in counted.opened) == 3
    library.close()
    assert not any(con.is_open() for con in counted.opened)

"""Connections, the writing thread and the reading one, and SQLite's errors as sentences. Knows no table.

One connection writes, in one thread, and every transaction of it is BEGIN IMMEDIATE: a deferred one that reads and
then writes fails at once when another process wrote in between, whatever the busy timeout. Each thread that reads
has a read-only connection of its own; WAL lets them read while the writer writes.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from reader.errors import DiskFull, LibraryError, LibraryTooNew
from reader.store import migrations
from reader.words import library as words

P = ParamSpec("P")
T = TypeVar("T")

BUSY = 10.0
"""Seconds to wait for another process that is writing."""

_REASONS = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "not a library",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_CANTOPEN: "cannot open",
    sqlite3.SQLITE_PERM: "not allowed",
    sqlite3.SQLITE_IOERR: "disk",
}
"""Why a library cannot be used, by SQLite's code: names that `reader.words.library` has sentences for."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise LibraryError (DiskFull where it is that), naming the path, for what SQLite or the disk raises."""
    try:
        yield
    except sqlite3.Error as error:
        code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
        full = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_SHMSIZE  # no room to open it, even
        if code == sqlite3.SQLITE_FULL or full:
            raise DiskFull(words.disk_full(path)) from error
        known = _REASONS.get(code)
        reason = str(error).rstrip(".") if known is None else words.why(known, BUSY)
        raise LibraryError(words.cannot_be_used(path, reason)) from error
    except OSError as error:
        raise LibraryError(words.cannot_be_used(path, error.strerror or error)) from error


class Database:
    """The file, its writing thread and its reading thread. `close` ends both; after it nothing works."""

    def __init__(self, path: Path) -> None:
        """Open or create `path` (0600, its folder 0700) and bring it to our version. LibraryError, LibraryTooNew.

        One of our version that is there but cannot be written (a read-only disk, somebody else's file) is opened for
        reading: `read_only`.
        """
        self.path = path
        self.read_only = False
        self._how = "mode=ro"
        self._local = threading.local()
        self._readers: dict[threading.Thread, sqlite3.Connection] = {}
        self._lock = threading.Lock()
        self._watch_lock = threading.Lock()
        self._idle = threading.Condition()
        self._reads = 0
        self._shut = False
        self.closed = False
        with translated(path):
            if path.is_dir():
                raise LibraryError(words.cannot_be_used(path, words.why("folder")))
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            self._writer = sqlite3.connect(path, timeout=BUSY, isolation_level=None, check_same_thread=False)
            try:
                self._open()
                self._watch = self._connect()
            except BaseException:
                self._writer.close()
                raise
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="library-write")
        self.reading = ThreadPoolExecutor(1, thread_name_prefix="library-read")

    def _open(self) -> None:
        try:
            try:
                self._prepare()
                # SQLite opens what cannot be written too, where it needs nothing beside it: its first write would fail.
                self.read_only = not os.access(self.path, os.W_OK)
            except sqlite3.OperationalError as error:
                code = (error.sqlite_errorcode or 0) & 0xFF
                if code not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                    raise
                number = self._version_as_it_lies()
                if number == 0:
                    raise
                if number < migrations.VERSION:
                    raise LibraryError(words.too_old(number)) from None
                self.read_only = True
        except LibraryTooNew as error:
            raise LibraryTooNew(words.cannot_be_used(self.path, error)) from None
        except LibraryError as error:
            raise LibraryError(words.cannot_be_used(self.path, error)) from None

    def _version_as_it_lies(self) -> int:
        """Return the version of a library that cannot be written; 0 where it cannot be read either.

        Beside a file that nobody can write there may be no shared memory for WAL: then it is read as one that never
        changes. That would leave out what stands in a WAL beside it, so there it is a LibraryError.
        """
        for how in ("mode=ro", "mode=ro&immutable=1"):
            self._how = how
            if how != "mode=ro" and self._has_wal():
                raise LibraryError(words.unread_wal(self.path.name))
            with suppress(sqlite3.Error):
                con = self._connect()
                try:
                    return migrations.version(con)
                finally:
                    con.close()
        return 0

    def _has_wal(self) -> bool:
        wal = self.path.with_name(f"{self.path.name}-wal")
        return wal.is_file() and wal.stat().st_size > 0

    def _prepare(self) -> None:
        con = self._writer
        if self._has_wal():  # one who may write puts it into the file at closing: not into a newer library
            with suppress(sqlite3.Error), closing(self._connect()) as reader:
                migrations.version(reader)
        migrations.version(con)  # before any write: a newer library stays untouched
        con.execute("PRAGMA journal_mode = WAL")
        con.execute("PRAGMA synchronous = FULL")
        con.execute("PRAGMA journal_size_limit = 33554432")
        con.execute("PRAGMA cache_size = -16384")
        con.execute("PRAGMA temp_store = MEMORY")
        migrations.migrate(con)
        con.execute("PRAGMA foreign_keys = ON")

    def _connect(self) -> sqlite3.Connection:
        con = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?{self._how}",
            uri=True, timeout=BUSY, isolation_level=None, check_same_thread=False, cached_statements=256,
        )  # fmt: skip
        con.execute("PRAGMA cache_size = -16384")
        return con

    def reader(self) -> sqlite3.Connection:
        """Return this thread's read-only connection."""
        con: sqlite3.Connection | None = getattr(self._local, "con", None)
        if con is None:
            if self.closed:
                raise LibraryError(words.closed(self.path))
            con = self._local.con = self._connect()
            with self._lock:
                for thread in [thread for thread in self._readers if not thread.is_alive()]:
                    self._readers.pop(thread).close()
                self._readers[threading.current_thread()] = con
        return con

    def read(self, do: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return `do(connection, ...)`, on this thread's own connection. `close` waits until it has returned."""
        with self._idle:
            if self._shut:
                raise LibraryError(words.closed(self.path))
            self._reads += 1
        try:
            with translated(self.path):
                return do(self.reader(), *args, **kwargs)
        finally:
            with self._idle:
                self._reads -= 1
                self._idle.notify_all()

    def stream(
        self, do: Callable[Concatenate[sqlite3.Connection, P], Iterator[T]], *args: P.args, **kwargs: P.kwargs
    ) -> Iterator[T]:
        """Yield from `do(connection, ...)`, on this thread's own connection."""
        with translated(self.path):
            yield from do(self.reader(), *args, **kwargs)

    def must_be_writable(self) -> None:
        """Raise LibraryError for a library that can only be read."""
        if self.read_only:
            raise LibraryError(words.read_only(self.path))

    def write(self, do: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `do(connection, ...)` as one transaction in the writing thread; return when it is on the disk.

        Whatever is raised, nothing of it was written.
        """

        def transaction() -> T:
            con = self._writer
            con.execute("BEGIN IMMEDIATE")
            try:
                result = do(con, *args, **kwargs)
                con.execute("COMMIT")
            except BaseException:
                if con.in_transaction:
                    con.execute("ROLLBACK")
                raise
            return result

        if self.closed:
            raise LibraryError(words.closed(self.path))
        self.must_be_writable()
        with translated(self.path):
            return self._writing.submit(transaction).result()

    def data_version(self) -> int:
        """A number that changes whenever anyone, in any process, has written."""
        with translated(self.path), self._watch_lock:
            number: int = self._watch.execute("PRAGMA data_version").fetchone()[0]
            return number

    def close(self) -> None:
        """Finish what is being written and close every connection. Twice is once."""
        if self.closed:
            return
        self.closed = True
        self._writing.shutdown(wait=True)
        self.reading.shutdown(wait=True)
        with self._idle:  # a connection closed under a thread that reads from it crashes the process
            self._shut = True
            self._idle.wait_for(lambda: not self._reads)
        with self._lock:
            for con in self._readers.values():
                con.close()
            self._readers.clear()
        with self._watch_lock:
            self._watch.close()
        self._writer.close()

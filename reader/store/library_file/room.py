"""What is done where the disk has no room: how SQLite says it, and how a library is read without a file beside it.

In WAL mode whoever opens a library first makes its shared memory (`-shm`, 32 kB), also to read. A connection that has
the file for itself keeps that in its own memory (https://www.sqlite.org/wal.html, section 8), and reads the write-ahead
log all the same.
"""

import errno
import random
import sqlite3
import time
from pathlib import Path

from reader.words import library as library_words
from reader.words.datetimes import size

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
"""The system's numbers for a full disk: there is no room, or none for this person."""

_WRITES = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_TRUNCATE, sqlite3.SQLITE_IOERR_SHMSIZE)
"""SQLite's codes for a write that the system refused. It does not say why."""

_NEAR = 1 << 20
"""So many bytes below the limit a file may lie that has reached it: what was to be written, or was taken back."""


def is_no_room(error: BaseException) -> bool:
    """Say whether SQLite means by an error that there is no room on the disk."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    full = (code & 0xFF) == sqlite3.SQLITE_FULL or code == sqlite3.SQLITE_IOERR_SHMSIZE
    return isinstance(error, sqlite3.Error) and full


def is_refused_write(error: BaseException) -> bool:
    """Say whether SQLite means by an error that the system refused a write, for whatever reason."""
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", None) in _WRITES


def too_large(error: BaseException, *files: Path) -> str | None:
    """Say that a file would become larger than this process may make one (`ulimit -f`, setrlimit(2)), where an error
    means that; None where it does not. `files`: the largest of those that were written, or of which one was a copy."""
    limit = _limit()
    if getattr(error, "errno", None) == errno.EFBIG:
        return library_words.too_large(None if limit is None else size(limit))
    if limit is None or not is_refused_write(error):
        return None
    largest = max((_size(Path(f"{file}{end}")) for file in files for end in ("", "-wal")), default=0)
    return library_words.too_large(size(limit)) if largest + _NEAR >= limit else None


def _limit() -> int | None:
    try:
        import resource
    except ImportError:  # not on Unix
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    return None if soft == resource.RLIM_INFINITY else soft


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


class LoneConnection(sqlite3.Connection):
    """A connection that reads, and keeps everybody else from opening the library until it is closed."""

    def close(self) -> None:
        """Close it; twice is once. What stands in the write-ahead log stays there: SQLite would put it into the file,
        and begins to, but an interrupt ends that before the first page."""
        try:
            self.interrupt()
        except sqlite3.ProgrammingError:  # it is closed
            return
        super().close()


def read_alone(path: Path, seconds: float) -> LoneConnection:
    """Return a connection to a library that nobody else has open, with its write-ahead log, for any thread.

    It makes nothing beside the file but an empty `-wal`, which takes no room. So long another is waited for at most;
    then sqlite3.OperationalError (busy), as for whatever else SQLite finds.
    """
    until = time.monotonic() + seconds
    while True:
        # Compiled statements are not kept: two threads may ask the same at a time, and must not be given the same one.
        con = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=0,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=0,
            factory=LoneConnection,
        )
        try:
            con.execute("PRAGMA locking_mode = EXCLUSIVE")  # before it reads: then it needs no shared memory
            con.execute("PRAGMA query_only = ON")
            con.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            con.close()  # with its lock: of two that wait for each other neither would get it
            busy = ((error.sqlite_errorcode or 0) & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy or time.monotonic() >= until:
                raise
            time.sleep(random.uniform(0.01, 0.1))  # noqa: S311 # nobody gains by guessing it
        except BaseException:
            con.close()
            raise
        else:
            return con

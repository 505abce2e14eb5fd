"""Whether an open library is whole: SQLite's own check, in a thread of its own, beside whatever reads.

`PRAGMA quick_check` reads every page (0.13 s for 50,000 entries, 97 MB, once they are in the system's memory), and
`PRAGMA integrity_check` also holds each index against its table (0.37 s more). Both only read.
"""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress

DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""SQLite's codes for a file that is not as it wrote it."""


FAULTS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite's module raises over a file: the second where SQLite's own sentence quotes bytes that are no UTF-8."""


def is_damage(error: BaseException) -> bool:
    """Say whether an error of SQLite means that the file is damaged."""
    if isinstance(error, UnicodeDecodeError):
        return True
    code = getattr(error, "sqlite_errorcode", None) or 0
    return isinstance(error, sqlite3.Error) and (code & 0xFF) in DAMAGE


_CIRCUMSTANCES = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    )
)


def is_circumstance(error: BaseException) -> bool:
    """Say whether an error of SQLite comes from the disk, the system or another program, and says nothing about what is
    in the file."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    return isinstance(error, sqlite3.Error) and (code & 0xFF) in _CIRCUMSTANCES


def is_whole(con: sqlite3.Connection, check: str = "quick_check") -> bool:
    """Run one of SQLite's checks over the whole file. What cannot be asked (a busy file, an interrupted check) is taken
    for whole: it is no sign of damage."""
    try:
        rows = con.execute(f"PRAGMA {check}(1)").fetchall()
    except FAULTS as error:
        return not is_damage(error)
    return rows == [("ok",)]


class BackgroundCheck:
    """One check of a library that is open. `damaged` is called in the check's thread where it is not whole."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], damaged: Callable[[], None]) -> None:
        """Start it. LibraryError never: what cannot be checked is not."""
        self._connect = connect
        self._damaged = damaged
        self._con: sqlite3.Connection | None = None
        self._lock = threading.Lock()
        self._stopped = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="library-check", daemon=True)
        try:
            self._thread.start()
        except RuntimeError:  # no thread is to be had
            self._ended.set()

    def _run(self) -> None:
        try:
            with suppress(*FAULTS), closing(self._connect()) as con:
                with self._lock:
                    self._con = None if self._stopped else con
                if self._con is not None and not (is_whole(con) and is_whole(con, "integrity_check")):
                    self._damaged()
                with self._lock:
                    self._con = None
        finally:
            self._ended.set()

    @property
    def ended(self) -> bool:
        """Whether it is through."""
        return self._ended.is_set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it is through, so long at most."""
        self._ended.wait(seconds)

    def stop(self) -> None:
        """Break it off, and wait until its connection is closed: some milliseconds."""
        with self._lock:
            self._stopped = True
            if self._con is not None:
                self._con.interrupt()
        self._ended.wait()

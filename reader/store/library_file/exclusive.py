"""Who has a library open: SQLite's own locks on the file, asked and taken without SQLite.

In WAL mode each connection holds a shared lock on the file for as long as it is open. POSIX locks are a process's, not
a descriptor's: closing any descriptor of a file drops all locks that the process has on it. So nothing here opens the
file while this process has it open in a `Database` (`entered`, `left`).
"""

import fcntl
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reader.errors import LibraryError
from reader.words import library as library_words

_FIRST_LOCK, _LOCKS = 0x40000000, 512
"""SQLite's bytes to lock: pending, reserved, and 510 that share (https://sqlite.org/fileformat2.html, os_unix.c)."""

_open_here: Counter[tuple[int, int]] = Counter()


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from any other (device and inode); None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def entered(path: Path) -> tuple[int, int] | None:
    """Remember that this process has the library open. Give what is returned to `left`."""
    found = identity(path)
    if found is not None:
        _open_here[found] += 1
    return found


def left(opened: tuple[int, int] | None) -> None:
    """The library was closed."""
    if opened is not None:
        _open_here[opened] -= 1
        if _open_here[opened] <= 0:
            del _open_here[opened]


def is_open_here(path: Path) -> bool:
    """Whether this process has the library open."""
    return _open_here[identity(path) or (0, 0)] > 0


def wal_of(path: Path) -> Path:
    """The write-ahead log beside a library."""
    return path.with_name(f"{path.name}-wal")


def has_wal(path: Path) -> bool:
    """Whether something stands in the write-ahead log."""
    with suppress(OSError):
        return wal_of(path).stat().st_size > 0
    return False


def was_left_open(path: Path) -> bool:
    """Whether whoever wrote to the library last was killed before it was closed: there is a write-ahead log, which the
    last one to close takes away, and nobody has the library open. Call it before it is opened."""
    if not has_wal(path) or is_open_here(path):
        return False
    try:
        opened = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKS, _FIRST_LOCK)
    except OSError:
        return False
    finally:
        os.close(opened)  # with its lock
    return True


@contextmanager
def alone(path: Path, in_use: Callable[[Path], str] = library_words.in_use) -> Iterator[int]:
    """Keep everybody else from opening the library; give a descriptor to read it by. LibraryError while another has it
    open, in the words of `in_use`. Whoever tries meanwhile waits as for any writer, and sees by `identity` that another
    file has taken its place.

    Nothing in this process may open and close the file within: that would give the lock away.
    """
    if is_open_here(path):
        raise LibraryError(in_use(path))
    opened = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        try:
            fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKS, _FIRST_LOCK)
        except BlockingIOError as error:
            raise LibraryError(in_use(path)) from error
        yield opened
    finally:
        os.close(opened)

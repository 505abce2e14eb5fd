"""One library to one new file: online, checked, on the disk before it has its name, and never over another file.

The copy is made by SQLite's backup API (https://www.sqlite.org/backup.html) within one read transaction of its own: in
WAL mode that keeps no writer waiting, and what is written meanwhile neither gets into the copy nor starts it anew.
"""

import errno
import os
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path

from reader.errors import DiskFull, LibraryDamaged, LibraryError, LibraryTooNew, Misuse, NotFound
from reader.safe_files import new_file, sync
from reader.store import migrations
from reader.store.backups import files
from reader.store.backups.files import Backup, Kind
from reader.store.library_file import exclusive, room
from reader.store.library_file.opening import BUSY, doctor, library_errors, must_be_a_file
from reader.words import library as library_words

STEP = 128
"""Pages that are copied at once: half a megabyte; between two steps it may be stopped."""

SYNCED = 16
"""Steps after which what was copied is sent to the disk: much at once would keep the reader's own writes waiting."""

_INSTRUCTIONS = 20_000
"""Of SQLite's machine, between two questions whether to stop while a copy is checked."""


class StoppedError(Exception):
    """Whoever wanted the copy wants it no more. Nothing of it is left."""


def make(
    library: Path,
    target: Path | None = None,
    *,
    now: float,
    kind: Kind = Kind.MANUAL,
    force: bool = False,
    stop: threading.Event | None = None,
    unless: Callable[[], bool] | None = None,
) -> Backup:
    """Copy a library, open or not, to `target` (None: a dated file in its own folder of backups), mode 0600.

    The copy is whole (`PRAGMA integrity_check`) and on the disk before it has that name; where anything fails, nothing
    of it is left and what was there stays. `force`: replace a file that is there. `stop`, once set, ends it with
    StoppedError, and so does `unless`, asked at the end, where it says so. Links are not followed.

    Misuse for a target that cannot be one, NotFound where there is no library, LibraryTooNew, LibraryError (DiskFull)
    where it cannot be read, is damaged, or the copy cannot be written.
    """
    _must_be_there(library)
    if target is None:
        folder = files.folder_of(library)
        with writing(folder):
            make_folder(folder)
    else:
        with writing(target):
            must_be_free(target, library, force=force)
        folder = target.parent
    with writing(target or folder), new_part(folder) as part:
        with opened(library) as source:
            copy(source, part, stop, of=library, to=target or folder)
        if unless is not None and unless():
            raise StoppedError
        placed = named(part, folder, kind, now) if target is None else _placed(part, target, force=force)
    return files.described(placed)


def _must_be_there(library: Path) -> None:
    with library_errors(library):
        try:
            found = library.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise NotFound(library_words.nothing_to_back_up(library)) from None
    must_be_a_file(library)
    if found.st_size == 0:
        raise NotFound(library_words.nothing_to_back_up(library))


def make_folder(folder: Path) -> None:
    """Make the folder of backups, for its owner alone. Whatever else is there under its name is an OSError."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))


def must_be_free(target: Path, library: Path, *, force: bool) -> None:
    """Raise Misuse where no backup can be written to `target`: something is there that must not be replaced."""
    name = target.name
    if name == "-":
        raise Misuse(library_words.no_backup_there(target, "name"))
    beside = {library.name + end for end in ("", "-wal", "-shm", "-journal", ".credentials", ".log", ".backups")}
    if name in beside and _is_same(target.parent, library.parent):
        raise Misuse(library_words.no_backup_there(target, "own"))
    if target.is_symlink():
        raise Misuse(library_words.no_backup_there(target, "link"))
    if target.is_dir():
        raise Misuse(library_words.no_backup_there(target, "folder"))
    if os.path.lexists(target):
        if not files.is_regular(target):
            raise Misuse(library_words.no_backup_there(target, "special"))
        if _is_same(target, library):
            raise Misuse(library_words.no_backup_there(target, "own"))
        if not force:
            raise Misuse(library_words.no_backup_there(target, "exists"))
    for end in ("-wal", "-journal"):  # SQLite would take what stands in it for a part of the backup
        if os.path.lexists(f"{target}{end}"):
            raise Misuse(library_words.no_backup_there(target, "in use"))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except FileNotFoundError:
        return False


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Raise LibraryError (DiskFull), naming the target, for what the disk raises while a copy is written."""
    try:
        yield
    except OSError as error:
        if error.errno in room.NO_ROOM:
            raise DiskFull(library_words.no_room(target)) from error
        reason = room.too_large(error) or error.strerror or error
        raise LibraryError(library_words.cannot_be_written(target, reason)) from error
    except ValueError as error:  # a NUL in the name
        raise LibraryError(library_words.cannot_be_written(target, error)) from error


@contextmanager
def new_part(folder: Path) -> Iterator[Path]:
    """Make an empty file (0600) of a name that nobody can know before; take it away if it is still there after."""
    part = folder / f"{files.PART}{os.urandom(8).hex()}.part"
    os.close(new_file(part, private=True))
    try:
        yield part
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                os.unlink(f"{part}{end}")  # noqa: PTH108 # a name with an end to it


@contextmanager
def opened(library: Path, *, newer: bool = False) -> Iterator[sqlite3.Connection]:
    """Give a connection that reads a library as it lies, and leave nothing new beside it.

    LibraryTooNew for one of a newer Newsstand (`newer`: that one too), LibraryError for what is none of ours.
    """
    with library_errors(library):
        con = _connected(library)
        try:
            try:
                migrations.version(con)
            except LibraryTooNew as error:
                if not newer:
                    raise LibraryTooNew(library_words.cannot_be_used(library, error)) from None
            except LibraryDamaged as error:
                raise LibraryDamaged(library_words.cannot_be_used(library, error) + doctor(library)) from None
            except LibraryError as error:
                raise LibraryError(library_words.cannot_be_used(library, error)) from None
            if newer or migrations.stored_version(con) <= migrations.VERSION:
                con = _writable(library, con)
            yield con
        finally:
            con.close()


def _connected(library: Path) -> sqlite3.Connection:
    """Connect for reading only. Where nobody can write beside the file, it is read as one that never changes, unless a
    WAL has what is missing in it; where there is no room beside it, as the only one who has it open."""
    for how in ("mode=ro", "mode=ro&immutable=1"):
        con = sqlite3.connect(f"{library.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
        try:
            con.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            con.close()
            if room.is_no_room(error):
                return room.read_alone(library, BUSY)
            beside = (error.sqlite_errorcode or 0) & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
            if not beside or "immutable" in how:
                raise
            if exclusive.has_wal(library):
                why = library_words.unread_wal(library.name)
                raise LibraryError(library_words.cannot_be_used(library, why)) from None
        except BaseException:
            con.close()
            raise
        else:
            return con
    raise AssertionError  # the second way returns or raises


def _writable(library: Path, con: sqlite3.Connection) -> sqlite3.Connection:
    """Return a connection that takes the files of the WAL away at its end, as the last one should, where that can be.

    One that may only read leaves them. Nothing is written through it."""
    may_write = os.access(library, os.W_OK) and os.access(library.parent, os.W_OK)
    if not may_write or isinstance(con, room.LoneConnection):
        return con
    better = sqlite3.connect(library, isolation_level=None)
    try:
        better.execute("SELECT count(*) FROM sqlite_master").fetchone()
        better.execute("PRAGMA query_only = ON")
    except sqlite3.Error:
        better.close()
        return con
    con.close()
    return better


def copy(source: sqlite3.Connection, part: Path, stop: threading.Event | None = None, *, of: Path, to: Path) -> None:
    """Copy what is in a library to an empty file, check it, and see to it that it is on the disk.

    LibraryDamaged where the copy is, as the library `of` was before it; LibraryError (DiskFull) where it cannot be
    written, which names `to`. sqlite3.Error for what cannot be read.
    """
    done = 0

    def step(_status: int, _left: int, _all: int) -> None:
        nonlocal done
        done += 1
        if stop is not None and stop.is_set():
            raise StoppedError
        if done % SYNCED == 0:
            sync(part)

    with writing(to), _target(part, of) as target:
        if not source.in_transaction:
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it stands still
        try:
            source.backup(target, pages=STEP, progress=step)
        finally:
            if source.in_transaction:
                source.execute("ROLLBACK")
        target.execute("PRAGMA journal_mode = DELETE")  # one file, to which nothing beside it ever belongs
        must_be_whole(target, stop, of=of)
        sync(part)


@contextmanager
def _target(part: Path, of: Path) -> Iterator[sqlite3.Connection]:
    """Connect to a file that nobody else knows and that is thrown away where anything fails: it needs no journal. `of`:
    what is copied to it, which is as large. OSError for what cannot be written."""
    with closing(sqlite3.connect(part, isolation_level=None)) as target:
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        with refused_writes(of, part):
            yield target


@contextmanager
def refused_writes(*files: Path) -> Iterator[None]:
    """Raise OSError, for `writing` to name the file, where SQLite means that the system refused a write: it says so in
    the same words of any file. `files`: the one that is written, and of which it is a copy."""
    try:
        yield
    except sqlite3.Error as error:
        if room.is_no_room(error):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        if room.is_refused_write(error):
            number = errno.EIO if room.too_large(error, *files) is None else errno.EFBIG
            raise OSError(number, os.strerror(number)) from error
        raise


def must_be_whole(con: sqlite3.Connection, stop: threading.Event | None = None, *, of: Path) -> None:
    """Raise LibraryDamaged, naming it, where SQLite finds a fault in its structure. StoppedError: see `make`."""
    con.set_progress_handler(lambda: int(stop is not None and stop.is_set()), _INSTRUCTIONS)
    try:
        found = con.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.OperationalError:
        if stop is not None and stop.is_set():
            raise StoppedError from None
        raise
    finally:
        con.set_progress_handler(None, 0)
    if found != "ok":
        raise LibraryDamaged(library_words.damaged_backup(of) + doctor(of))


def _placed(part: Path, target: Path, *, force: bool) -> Path:
    """Give a whole copy the name that was asked for. Misuse where another has it by now."""
    if force:
        part.replace(target)
    elif not rename_new(part, target):
        raise Misuse(library_words.no_backup_there(target, "exists"))
    sync(target.parent)
    return target


def named(part: Path, folder: Path, kind: Kind, now: float) -> Path:
    """Give a whole copy a dated name in a folder of backups; return its path."""
    while not rename_new(part, place := free_place(folder, kind, now)):
        pass  # another process has just taken it
    sync(folder)
    return place


def free_place(folder: Path, kind: Kind, now: float) -> Path:
    """Return the path of a backup that is made now, which no file has yet."""
    places = (folder / files.name_of(kind, now, number) for number in count(1))
    return next(place for place in places if not os.path.lexists(place))


def rename_new(part: Path, target: Path) -> bool:
    """Rename a file where there is none of the new name yet; say whether it was so. Nothing is ever replaced, but on
    disks that know no hard links, in the moment between question and act."""
    try:
        os.link(part, target, follow_symlinks=False)
    except FileExistsError:
        return False
    except OSError:
        if os.path.lexists(target):
            return False
        part.rename(target)
        return True
    part.unlink()
    return True

"""A backup in the place of the library: checked as a whole first, and never while anyone has the library open.

What comes back is first copied beside the library, checked and upgraded there, and then written into the library's own
file, in one transaction under SQLite's exclusive lock. The file is not replaced: a process that is just opening it
would go on with the one that has no name any more, and a WAL that is left beside it would be read as a part of the new
one (https://www.sqlite.org/howtocorrupt.html, sections 2.3 and 2.4). Only one that SQLite cannot read is moved aside.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from reader.errors import LibraryDamaged, LibraryError, Misuse, NotFound
from reader.safe_files import sync
from reader.store import migrations
from reader.store.backups import files
from reader.store.backups.copying import (
    copy,
    free_place,
    make_folder,
    must_be_whole,
    named,
    new_part,
    opened,
    refused_writes,
    rename_new,
    writing,
)
from reader.store.backups.files import Kind
from reader.store.library_file import exclusive, watch
from reader.store.library_file.opening import doctor, library_errors, must_be_a_file
from reader.words import library as library_words

WAITS = 1.0
"""Seconds to wait for a command that has the library open and is about to end."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is in a file that can be restored: when it was made (UTC seconds), its version, and how much of what."""

    file: Path
    made_at: int
    version: int
    sources: int
    headlines: int
    starred: int
    saved: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where that is kept which was there before; None where there was nothing."""

    content: Content
    kept: Path | None


def check(file: Path, library: Path) -> Content:
    """Return what is in a backup, once it has proved to be whole: a library of ours, without a fault in its structure.

    Changes nothing. NotFound, Misuse where it is the library itself; LibraryTooNew, LibraryError for what is wrong.
    """
    _must_be_another_file(file, library)
    with opened(file) as con:
        must_be_whole(con, of=file)
        _must_have_tables(con, file)
        return _content(con, file)


def restore(file: Path, library: Path, *, now: float) -> Restored:
    """Put what is in a backup in the place of the library, of today's version; keep what was there in its backups.

    All of it or nothing, also where the process is killed: until the last moment the library is what it was. Raises as
    `check` does, and LibraryError where another process has the library open, or there is no room (DiskFull).
    """
    _must_be_another_file(file, library)
    folder = files.folder_of(library)
    with writing(library):
        library = library.resolve()  # a link to it stays one
        library.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.remove_parts(library.parent, now)
        must_be_a_file(library)
    with writing(library.parent), new_part(library.parent) as part:
        with opened(file) as source:
            copy(source, part, of=file, to=library.parent)
        content = _upgraded(part, file)
        make_folder(folder)
        if library.exists() and library.stat().st_size:
            return Restored(content, _replaced(part, library, folder, now))
        _move_aside(library, folder, now)
        if not rename_new(part, library):  # somebody has just made one
            raise LibraryError(library_words.open_elsewhere(library))
        sync(library.parent)
        return Restored(content, None)


def _must_be_another_file(file: Path, library: Path) -> None:
    try:
        found = file.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise NotFound(library_words.no_backup(file)) from None
    except OSError as error:
        raise LibraryError(library_words.cannot_be_used(file, error.strerror or error)) from error
    if not files.is_regular(file.resolve()):
        raise Misuse(library_words.no_backup(file, regular=False))
    if found.st_size == 0:
        raise LibraryError(library_words.cannot_be_used(file, library_words.why("not a library")))
    if library.exists() and file.samefile(library):
        raise Misuse(library_words.same_file(file))


def _content(con: sqlite3.Connection, file: Path) -> Content:
    def count(what: str) -> int:
        found: int = con.execute(f"SELECT count(*) FROM {what}").fetchone()[0]  # noqa: S608 # the words of this module
        return found

    return Content(
        file,
        files.described(file).made_at,
        migrations.stored_version(con),
        count("sources WHERE removed_at IS NULL"),
        count("entries"),
        count("statuses WHERE starred_at IS NOT NULL"),
        count("statuses WHERE saved_at IS NOT NULL"),
    )


def _must_have_tables(con: sqlite3.Connection, file: Path) -> None:
    """Raise LibraryError where a table is missing that libraries of every version have."""
    names = {name for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    missing = {"sources", "pages", "aliases", "entries", "listed", "articles", "statuses", "acts", "journal"} - names
    if missing:
        raise LibraryError(library_words.lacks(file, sorted(missing)[0]) + doctor(file))


def _upgraded(part: Path, file: Path) -> Content:
    """Bring a copy to today's version; return what was in it before. LibraryError where it is not as libraries are."""
    with library_errors(file), closing(sqlite3.connect(part, isolation_level=None)) as con:
        _must_have_tables(con, file)
        content = _content(con, file)
        with writing(part.parent), refused_writes(part, file):
            migrations.migrate(con)
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
            migrations.migrate(fresh)
            found = migrations.columns(con)
            for table, columns in migrations.columns(fresh).items():
                if columns - found.get(table, frozenset()):
                    raise LibraryError(library_words.lacks(file, table) + doctor(file))
        must_be_whole(con, of=file)
    return content


def _replaced(part: Path, library: Path, folder: Path, now: float) -> Path:
    """Write the copy into the library's file; return where what was there is kept."""
    try:
        with library_errors(library), _alone(library) as con:
            kept = _kept(con, library, folder, now)
            with closing(sqlite3.connect(f"{part.absolute().as_uri()}?mode=ro", uri=True)) as source:
                source.backup(con, pages=1024)
    except LibraryError as error:
        if not isinstance(error, LibraryDamaged) and not watch.is_damage(error.__cause__ or error):
            raise
        return _swapped(part, library, folder, now)
    return kept


@contextmanager
def _alone(library: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection to a library that nobody else has open, or can open before it is closed.

    LibraryError where somebody has; also for a file of another program.
    """
    with closing(sqlite3.connect(library, isolation_level=None, timeout=WAITS)) as con:
        made_by = con.execute("PRAGMA application_id").fetchone()[0]
        if made_by != migrations.APPLICATION_ID and con.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise LibraryError(library_words.cannot_be_used(library, library_words.why("other program")))
        con.execute("PRAGMA synchronous = FULL")
        con.execute("PRAGMA locking_mode = EXCLUSIVE")  # what is locked from here on stays so until it is closed
        try:
            con.execute("PRAGMA journal_mode = DELETE")  # refused while any other connection has the WAL open
            con.execute("BEGIN EXCLUSIVE")
            con.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if (error.sqlite_errorcode or 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise LibraryError(library_words.open_elsewhere(library)) from None
            raise
        yield con


def _kept(con: sqlite3.Connection, library: Path, folder: Path, now: float) -> Path:
    """Copy the library as it is into its backups; return the copy. LibraryDamaged where it is not whole."""
    with writing(folder), new_part(folder) as part:
        copy(con, part, of=library, to=folder)
        return named(part, folder, Kind.RESTORE, now)


def _swapped(part: Path, library: Path, folder: Path, now: float) -> Path:
    """Put the copy in the place of a library that SQLite cannot read, and that nobody has open."""
    with writing(library), exclusive.alone(library, library_words.open_elsewhere):
        kept = _move_aside(library, folder, now)
        part.replace(library)
        sync(library.parent)
        assert kept is not None  # noqa: S101 # it is there
        return kept


def _move_aside(library: Path, folder: Path, now: float) -> Path | None:
    """Give the library a second name among its backups, before another file gets its first; return it, None for no
    library. What SQLite left beside it is moved with it: beside another file it would be read as a part of that."""
    place = None
    if library.exists() and library.stat().st_size:
        place = free_place(folder, Kind.RESTORE, now)
        try:
            os.link(library, place)
        except OSError:  # a disk that knows no hard links
            library.rename(place)
    else:
        library.unlink(missing_ok=True)
    aside = place or free_place(folder, Kind.RESTORE, now)
    for end in ("-wal", "-journal", "-shm"):
        beside = library.with_name(library.name + end)
        if os.path.lexists(beside):
            beside.replace(aside.with_name(aside.name + end))
    sync(folder)
    return place

"""The library's file: found, made where there is none, brought to our version, and opened by three connections.

What cannot be written is opened for reading, what is damaged as far as it can be read. SQLite's errors are sentences
here (`library_errors`). Knows no table but those that say whether anything can be read.
"""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from pathlib import Path

from reader.config.paths import unless_default
from reader.errors import DiskFull, LibraryDamaged, LibraryError, LibraryTooNew
from reader.safe_files import new_file
from reader.store import migrations
from reader.store.library_file import exclusive, room, watch
from reader.store.library_file.header import LENGTH, holds_our_schema, is_intact, version_in
from reader.words import library as library_words

BUSY = 10.0
"""Seconds to wait for another process that is writing."""

CACHE = 2048
"""Kilobytes of the file that each connection keeps in memory. The system keeps them, too: with eight times as much
nothing was quicker, and a reader that stayed open had filled all of it within half an hour."""

lenient_text = partial(str, encoding="utf-8", errors="replace")
"""How text is read: bytes that are no UTF-8, in a damaged library, cost themselves and not the row."""

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
def library_errors(path: Path) -> Iterator[None]:
    """Raise LibraryError (DiskFull where it is that), naming the path, for what SQLite or the disk raises."""
    try:
        yield
    except watch.FAULTS as error:
        if (large := room.too_large(error, path)) is not None:
            raise LibraryError(library_words.cannot_be_used(path, large)) from error
        if room.is_no_room(error):
            raise DiskFull(library_words.disk_full(path)) from error
        code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
        name = getattr(error, "sqlite_errorname", None) or type(error).__name__
        known = _REASONS.get(code)
        if known is None and watch.is_damage(error):
            known = "damaged"
        ours = watch.is_damage(error) and _may_be_repaired(path)
        known = "damaged" if ours else known
        reason = library_words.unexpected(name) if known is None else library_words.why(known, BUSY)
        hint = doctor(path) if known is None or ours else ""
        raise LibraryError(library_words.cannot_be_used(path, reason) + hint) from error
    except OSError as error:
        if error.errno in room.NO_ROOM:
            raise DiskFull(library_words.disk_full(path)) from error
        why = room.too_large(error) or error.strerror or error
        raise LibraryError(library_words.cannot_be_used(path, why)) from error


def doctor(path: Path) -> str:
    """Return what stands after an error that `newsstand doctor` helps with: the command, for this library."""
    return library_words.doctor(unless_default(path))


def _may_be_repaired(path: Path) -> bool:
    """Whether it is a library of ours, or was one: `doctor` says of others only that they are none."""
    if exclusive.is_open_here(path):
        return True
    try:
        with path.open("rb") as stream:
            head = stream.read(LENGTH)
        return version_in(head) is not None or holds_our_schema(path)
    except OSError:
        return True


def must_be_a_file(path: Path) -> None:
    """Raise LibraryError for what is there and is no file: a folder, a device, a pipe. Links are followed."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # there is none, or whoever opens it says why not
        return
    if not stat.S_ISREG(mode):
        reason = library_words.why("folder" if stat.S_ISDIR(mode) else "special")
        raise LibraryError(library_words.cannot_be_used(path, reason))


def _must_be_no_planted_link(path: Path) -> None:
    """Raise LibraryError where SQLite would write through a link that nobody may have meant.

    A link of one's own to a library that is there is meant: people keep theirs in another folder. One to anything else,
    or to nothing, would have SQLite make or change a file that somebody else chose.
    """
    if path.is_symlink():
        try:
            trusted = path.lstat().st_uid in (os.geteuid(), 0)
            with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as stream:
                header = stream.read(LENGTH)
        except FileNotFoundError:
            header, trusted = b"", False
        if not trusted or version_in(header) is None:
            raise LibraryError(library_words.cannot_be_used(path, library_words.why("link")))
    real = os.path.realpath(path)
    if any(os.path.islink(f"{real}{end}") for end in ("-wal", "-shm", "-journal")):  # noqa: PTH114 # names with an end
        raise LibraryError(library_words.cannot_be_used(path, library_words.why("link beside")))


def _must_not_be_a_log_alone(path: Path) -> None:
    """Raise LibraryError where only the write-ahead log has anything in it: SQLite would make a new library, and remove
    the log. (Of one that is being made just now the file has a page before its log has anything.)"""
    if not exclusive.has_wal(path):
        return
    try:
        empty = path.stat().st_size == 0
    except FileNotFoundError:
        raise LibraryError(library_words.cannot_be_used(path, library_words.why("log of none"))) from None
    if empty:
        raise LibraryDamaged(library_words.cannot_be_used(path, library_words.why("log alone")) + doctor(path))


def _head_is_intact(path: Path) -> bool:
    """Look into the file, where this process has it not open: closing it would give the locks away. What cannot be read
    is said by SQLite."""
    if exclusive.is_open_here(path):
        return True
    try:
        with path.open("rb") as stream:
            return is_intact(stream.read(LENGTH))
    except OSError:
        return True


class LibraryFile:
    """The file while it is open: `writer`, and two that read, `reader` and `shared`.

    `read_only`: it cannot be written. `damaged`: SQLite has found a fault in it as it was opened. `is_new`: it was made
    just now. `refusal`: why nothing can be written where there was no room to open it as usual; then the three are one
    connection, and nobody else can open the library.
    """

    def __init__(self, path: Path, before_upgrade: Callable[[], None]) -> None:
        """Open it, or make it (0600, its folder 0700). LibraryError, LibraryTooNew.

        `before_upgrade` is called before anything is written to one of an older version; what it raises leaves that
        one as it was.
        """
        self.path = path
        self.read_only = False
        self.damaged = False
        self.is_new = False
        self.refusal: LibraryError | None = None
        self._how = "mode=ro"
        self._before_upgrade = before_upgrade
        with library_errors(path), ExitStack() as opened:  # which closes them again where anything fails
            must_be_a_file(path)
            _must_be_no_planted_link(path)
            _must_not_be_a_log_alone(path)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with suppress(FileExistsError):
                os.close(new_file(path, private=True))
            crashed, self._intact = exclusive.was_left_open(path), _head_is_intact(path)
            opened.callback(exclusive.left, exclusive.entered(path))
            try:
                self._open_all(crashed)
            except watch.FAULTS as error:
                if not room.is_no_room(error):
                    raise
                self._read_alone(crashed, error)
            opened.pop_all()
        self._identity = exclusive.identity(path)

    def _open_all(self, crashed: bool) -> None:
        """Open the three connections."""
        with ExitStack() as opened:
            # Closed last where anything fails: the last one who may write puts the write-ahead log into the file, and
            # into a damaged or a newer library nothing is put.
            first = self._first_connection()
            opened.callback(_close, first)
            self.writer = sqlite3.connect(self.path, timeout=BUSY, isolation_level=None, check_same_thread=False)
            self.writer.text_factory = lenient_text
            opened.enter_context(closing(self.writer))
            try:
                self._open(crashed)
            except watch.FAULTS as error:
                if room.is_no_room(error):  # the library is sound: the writer may close last, and takes its log away
                    _close(first)
                raise
            self.reader = opened.enter_context(closing(self.connect()))
            self.shared = opened.enter_context(closing(self.connect()))
            if self.read_only:  # what only reads in the writing thread works there too
                self.writer.close()
                self.writer = opened.enter_context(closing(self.connect()))
            _close(first)
            opened.pop_all()

    def _read_alone(self, crashed: bool, refused: Exception) -> None:
        """Read the library with one connection that needs no room beside it. `refused`: SQLite's error for the lack of
        it, raised where that one is of no use either: for a new library, or one that has to be upgraded."""
        con = room.read_alone(self.path, BUSY)
        with ExitStack() as opened:
            opened.enter_context(closing(con))
            con.text_factory = lenient_text
            con.execute(f"PRAGMA cache_size = {-CACHE}")
            with self._named():
                if migrations.version(con) != migrations.VERSION:
                    raise refused
            if not self._intact or (crashed and not watch.is_whole(con)):
                self.damaged = True
                con.execute("PRAGMA writable_schema = ON")  # as in `connect`
            try:
                with library_errors(self.path):
                    raise refused
            except LibraryError as error:
                self.refusal = error
            self.read_only = True
            self.writer = self.reader = self.shared = con
            opened.pop_all()

    def close(self, *, damaged: bool) -> None:
        """Close every connection. Twice is once. `damaged`: a fault was found in it, at its opening or since."""
        opened, self._identity = self._identity, None
        exclusive.left(opened)
        # The last to close puts the write-ahead log into the file: into a damaged one nothing is put.
        last = (self.reader, self.shared)
        for con in (self.writer, *last) if damaged else (*last, self.writer):
            con.close()

    def connect(self) -> sqlite3.Connection:
        """Return one more connection that reads, for any one thread at a time."""
        con = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?{self._how}",
            uri=True,
            timeout=BUSY,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        con.text_factory = lenient_text
        try:
            con.execute(f"PRAGMA cache_size = {-CACHE}")
            if self.damaged:
                con.execute("PRAGMA writable_schema = ON")  # it can write nothing: what is broken is read all the same
        except BaseException:
            con.close()
            raise
        return con

    def _first_connection(self) -> sqlite3.Connection | None:
        """Return a connection that reads, to the file that has this name now: where a repair or a restored backup took
        its place while we waited for it, to the new one. None where it cannot be read so (a read-only disk).
        LibraryError, LibraryTooNew for one that is not ours."""
        while True:
            before = exclusive.identity(self.path)
            con = None
            try:
                with suppress(*watch.FAULTS, LibraryDamaged), self._named():
                    con = self.connect()
                    migrations.version(con)  # from now on it holds its lock: nobody replaces the file
            except BaseException:
                _close(con)
                raise
            if exclusive.identity(self.path) == before:
                return con
            _close(con)

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Name the library where it is not ours or too new."""
        try:
            yield
        except LibraryTooNew as error:
            raise LibraryTooNew(library_words.cannot_be_used(self.path, error)) from None
        except LibraryDamaged as error:
            raise LibraryDamaged(library_words.cannot_be_used(self.path, error) + doctor(self.path)) from None
        except LibraryError as error:
            raise LibraryError(library_words.cannot_be_used(self.path, error)) from None

    def _open(self, crashed: bool) -> None:
        with self._named():
            try:
                self._prepare(crashed)
                # SQLite opens what cannot be written too, where it needs nothing beside it: its first write would fail.
                self.read_only = self.damaged or not os.access(self.path, os.W_OK)
            except LibraryDamaged:
                if not self._can_be_read_in_part():
                    raise
                self.read_only = self.damaged = True
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                if watch.is_damage(error) and self._can_be_read_in_part():
                    self.read_only = self.damaged = True
                    return
                code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
                if code not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                    raise
                try:
                    number = self._version_as_it_lies()
                except LibraryDamaged:
                    if not self._can_be_read_in_part():
                        raise
                    self.read_only = self.damaged = True
                    return
                if number == 0:
                    raise
                if number < migrations.VERSION:
                    raise LibraryError(library_words.too_old(number)) from None
                self.read_only = True

    def _can_be_read_in_part(self) -> bool:
        """Whether a damaged library with the tables of our version gives anything at all. From now on what SQLite would
        refuse as a whole (a file that is shorter than it says, a schema with a fault) is read as far as it goes."""
        self.damaged = True
        with suppress(*watch.FAULTS), closing(self.connect()) as con:
            try:
                number = migrations.version(con)
            except LibraryDamaged:  # then the tables say it
                number = 0
            if number == migrations.VERSION or migrations.version_by_tables(con) == migrations.VERSION:
                con.execute("SELECT id FROM sources LIMIT 1").fetchall()
                con.execute("SELECT id FROM pages WHERE unread = 1 LIMIT 1").fetchall()
                return True
        self.damaged = False
        return False

    def _version_as_it_lies(self) -> int:
        """Return the version of a library that cannot be written; 0 where it cannot be read either.

        Beside a file that nobody can write there may be no shared memory for WAL: then it is read as one that never
        changes. That would leave out what stands in a WAL beside it, so there it is a LibraryError.
        """
        for how in ("mode=ro", "mode=ro&immutable=1"):
            self._how = how
            if how != "mode=ro" and exclusive.has_wal(self.path):
                raise LibraryError(library_words.unread_wal(self.path.name))
            with suppress(*watch.FAULTS):
                con = self.connect()
                try:
                    return migrations.version(con)
                finally:
                    con.close()
        return 0

    def _may_write(self) -> bool:
        return os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK)

    def _prepare(self, crashed: bool) -> None:
        con = self.writer
        if not self._intact:
            raise LibraryDamaged(library_words.why("damaged"))
        number = migrations.version(con)  # before any write: a newer library stays untouched
        self.is_new = number == 0
        if (crashed or 0 < number < migrations.VERSION) and not watch.is_whole(con):
            if number < migrations.VERSION:
                raise LibraryDamaged(library_words.why("damaged"))
            self.damaged = True
            return
        if 0 < number < migrations.VERSION and migrations.version_by_tables(con) not in (None, number):
            raise LibraryDamaged(library_words.why("damaged"))  # its upgrade would fail, each time it is opened
        if 0 < number < migrations.VERSION and self._may_write():
            self._before_upgrade()
        if number == 0:
            con.execute("PRAGMA auto_vacuum = INCREMENTAL")  # of a file that is there only VACUUM changes it
        con.execute("PRAGMA journal_mode = WAL")
        con.execute("PRAGMA synchronous = FULL")
        con.execute("PRAGMA journal_size_limit = 33554432")
        con.execute(f"PRAGMA cache_size = {-CACHE}")
        con.execute("PRAGMA temp_store = MEMORY")
        migrations.migrate(con)
        con.execute("PRAGMA foreign_keys = ON")


def _close(con: sqlite3.Connection | None) -> None:
    if con is not None:
        con.close()

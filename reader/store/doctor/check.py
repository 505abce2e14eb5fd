"""What is wrong with a library: SQLite's own checks, and whether what follows from others does. It only reads."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reader.errors import LibraryError, LibraryTooNew
from reader.store import codec, migrations
from reader.store.doctor import salvage
from reader.store.doctor.raw import PageFile
from reader.store.doctor.rebuild import EMPTY_PAGES, LAST_OF_JOURNAL, UNCLEAN
from reader.store.library_file import exclusive, room, watch
from reader.store.library_file.header import LENGTH, MAGIC, holds_our_schema, is_intact, version_in
from reader.store.library_file.opening import BUSY, lenient_text, library_errors, must_be_a_file
from reader.store.library_file.watch import FAULTS
from reader.store.pages import link_number
from reader.text import clean_line
from reader.words import library as library_words

MOST_DETAILS = 20
"""Sentences of SQLite that are kept of one check; the first says as much as the hundredth."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of thing that is wrong, and how often. `kind` is a name that `words.library.finding` has a sentence for;
    `what` names a table where that matters; `details` are SQLite's own sentences, cleaned. Of `version` the count is
    the version that the file says it has."""

    kind: str
    count: int = 1
    what: str = ""
    details: tuple[str, ...] = ()


State = Literal["sound", "damaged", "old"]


def look(path: Path) -> State:
    """Say what lies at a path: a library that SQLite can open (`sound` as far as that goes, `old` for an older
    version), or one whose first bytes are damaged.

    LibraryError, each with a sentence of its own, for no file, an empty file, a folder, a device, no SQLite file,
    another program's; LibraryTooNew for a newer version.
    """
    try:
        must_be_a_file(path)
        with path.open("rb") as opened:
            head = opened.read(LENGTH)
    except FileNotFoundError as error:
        raise LibraryError(library_words.no_library(path)) from error
    except OSError as error:
        raise LibraryError(library_words.cannot_be_used(path, error.strerror or error)) from error
    if not head and not exclusive.has_wal(path):
        raise LibraryError(library_words.empty_file(path))
    if not head:
        return "damaged"  # what was in it stands in the write-ahead log, as far as it goes
    wal = exclusive.wal_of(path)
    if head.startswith(MAGIC) and not version_in(head) and wal.is_file():
        # Of a new library the log alone says it: its first page was written before it had tables.
        head = PageFile(path).page(1)[:LENGTH]
    number = version_in(head) or 0
    if migrations.VERSION < number <= migrations.SANE_VERSION:
        newer = library_words.too_new(number, migrations.VERSION)
        raise LibraryTooNew(library_words.cannot_be_used(path, newer))
    if 0 < number <= migrations.VERSION and not is_intact(head):
        return "damaged"
    if 0 < number <= migrations.VERSION:
        return "sound" if number == migrations.VERSION else "old"
    if holds_our_schema(path, *([wal] if wal.is_file() else [])):
        return "damaged"
    reason = "other program" if head.startswith(MAGIC) else "not a library"
    raise LibraryError(library_words.cannot_be_used(path, library_words.why(reason)))


def check(path: Path) -> tuple[Finding, ...]:
    """Return all that is wrong with a library; () where it is well. Nothing is written. As `look` raises."""
    if look(path) == "damaged":
        return (Finding("header" if path.stat().st_size else "emptied"),)
    with library_errors(path):
        try:
            con = _reading(path)
        except FAULTS as error:
            _must_be_the_file(error)
            return (Finding("integrity", 1, "", _details((error,))),)
        with closing(con):
            found = _integrity(con)
            con.execute("PRAGMA writable_schema = ON")  # what is broken is read all the same, as far as it goes
            try:
                number = migrations.stored_version(con)
                if not found and migrations.version_by_tables(con) != number:
                    return (Finding("version", number),)
                if number < migrations.VERSION:
                    return found or (Finding("old"),)
                return (*found, *_follows(con))
            except FAULTS as error:
                _must_be_the_file(error)
                return found or (Finding("integrity"),)


def _must_be_the_file(error: BaseException) -> None:
    """Raise an error of SQLite's again that is no fault of the file: a full or failing disk, another writer."""
    if watch.is_circumstance(error):
        raise error


def _reading(path: Path) -> sqlite3.Connection:
    """A connection for reading. Where nothing stands in a log beside the file, SQLite may write: it never does, and
    takes the files away that it makes for itself. Where there is no room for these it is the only one."""
    mode = "ro" if exclusive.has_wal(path) else "rw"
    con = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY, isolation_level=None)
    con.text_factory = lenient_text
    try:
        con.execute("PRAGMA query_only = ON")
        con.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        con.close()
        if room.is_no_room(error):
            con = room.read_alone(path, BUSY)
            con.text_factory = lenient_text
            return con
        if (error.sqlite_errorcode & 0xFF) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        if exclusive.has_wal(path):  # never without what stands in it
            raise LibraryError(library_words.cannot_be_used(path, library_words.unread_wal(path.name))) from None
        # A folder that cannot be written.
        con = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
        con.text_factory = lenient_text
    except BaseException:
        con.close()
        raise
    return con


def _details(said: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(clean_line(str(line), 200) for line in said[:MOST_DETAILS])


def _integrity(con: sqlite3.Connection) -> tuple[Finding, ...]:
    try:
        said = [row[0] for row in con.execute("PRAGMA integrity_check(1000)")]
    except FAULTS as error:
        _must_be_the_file(error)
        said = [error]
    if said == ["ok"]:
        return ()
    return (Finding("integrity", len(said), "", _details(tuple(said))),)


_EXPECTED = (
    "SELECT e.source, e.page, min(e.time), max(e.id), st.read_at IS NULL FROM entries e "
    "JOIN sources s ON s.id = e.source AND s.removed_at IS NULL LEFT JOIN statuses st ON st.page = e.page "
    "GROUP BY e.source, e.page"
)
_LISTED = "SELECT source, page, time, entry, unread FROM listed"

_FOLLOWS = {
    "lists": f"SELECT (SELECT count(*) FROM ({_EXPECTED} EXCEPT {_LISTED})) + "  # noqa: S608  # constants of ours
    f"(SELECT count(*) FROM ({_LISTED} EXCEPT {_EXPECTED}))",
    "flags": "SELECT count(*) FROM pages p WHERE listed <> EXISTS (SELECT 1 FROM listed l WHERE l.page = p.id) "
    "OR unread <> EXISTS (SELECT 1 FROM listed l WHERE l.page = p.id AND l.unread = 1)",
    "entries": "SELECT count(*) FROM pages p LEFT JOIN entries e ON e.id = p.entry "
    "WHERE (p.entry IS NOT NULL AND e.page IS NOT p.id) "
    "OR (p.entry IS NULL AND EXISTS (SELECT 1 FROM entries x WHERE x.page = p.id))",
    "kept": "SELECT count(*) FROM pages p LEFT JOIN articles a ON a.id = p.article "
    "WHERE p.merged_into IS NULL AND (p.article IS NULL) <> (p.kept_at IS NULL) "
    "OR (p.article IS NOT NULL AND p.merged_into IS NULL AND a.page IS NOT p.id)",
    "merged": "SELECT count(*) FROM pages p JOIN pages q ON q.id = p.merged_into "
    "WHERE q.merged_into IS NOT NULL OR q.id = p.id",
    "journal": " + ".join(
        f"(SELECT count(*) FROM {LAST_OF_JOURNAL.format(name)})"  # noqa: S608  # names from the line below
        for name in ("read_at", "starred_at", "saved_at")
    ),
    "acts": "SELECT count(*) FROM acts a WHERE act IN ('read', 'unread', 'star', 'unstar', 'save', 'unsave') "
    "AND pages <> (SELECT count(DISTINCT page) FROM journal j WHERE j.act = a.id)",
    "empty": f"SELECT count(*) {EMPTY_PAGES}",  # a constant of ours
}
"""What must not be, by the name of its finding: each counts rows."""


def _follows(con: sqlite3.Connection) -> tuple[Finding, ...]:
    found: list[Finding] = []
    orphans = Counter(row[0] for row in con.execute("PRAGMA foreign_key_check"))
    found += [Finding("orphans", count, clean_line(str(table))) for table, count in orphans.items()]
    for kind, query in _FOLLOWS.items():
        (count,) = con.execute(query if query.startswith("SELECT") else f"SELECT {query}").fetchone()
        if count:
            found.append(Finding(kind, count))
    links = con.execute("SELECT link, link_key FROM entries WHERE link IS NOT NULL")
    if wrong := sum(_number(link) != number for link, number in links):
        found.append(Finding("links", wrong))
    return (*found, *_values(con))


def _number(link: object) -> int | None:
    try:
        return link_number(str(link))
    except ValueError:
        return None


_JSON: dict[tuple[str, str], Callable[[str], bool]] = {
    ("sources", "categories"): lambda text: bool(codec.strings(text)) or text == "[]",
    ("sources", "headers"): lambda text: bool(codec.headers(text)) or text == "[]",
    ("sources", "failure"): lambda text: codec.failure(text) is not None,
    ("sources", "kind"): lambda text: codec.source_kind(text).value == text,
    ("entries", "authors"): lambda text: bool(codec.strings(text)) or text == "[]",
    ("entries", "attachments"): codec.has_attachments,
    ("articles", "fields"): lambda text: codec.has_fields(text) or codec.no_fields() == text,
    ("statuses", "tags"): lambda text: bool(codec.strings(text)) or text == "[]",
}
"""Columns that hold more than text: whether a value can be read."""


def _values(con: sqlite3.Connection) -> list[Finding]:
    """Values that no column of ours may hold: of another type, no UTF-8, no JSON, and what a terminal would act on."""
    wrong: Counter[str] = Counter()
    known = salvage.tables(con)
    con.text_factory = bytes
    for table in known.values():
        columns = [column for column in table.columns if column.kind in ("TEXT", "INTEGER", "REAL")]
        for row in con.execute(f"SELECT {', '.join(column.name for column in columns)} FROM {table.name}"):  # noqa: S608  # names of our schema
            for column, value in zip(columns, row, strict=True):
                if value is not None and not _may_be(table.name, column, value):
                    wrong[table.name] += 1
    con.text_factory = lenient_text
    return [Finding("values", count, table) for table, count in wrong.items()]


def _may_be(table: str, column: salvage.Column, value: object) -> bool:
    if column.kind != "TEXT":
        return isinstance(value, int | float)
    if not isinstance(value, bytes):
        return False
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return False
    if column.name not in ("content", "rules") and UNCLEAN.search(text):
        return False
    rule = _JSON.get((table, column.name))
    return rule is None or bool(rule(text))

"""From whatever version a library has to the one this Newsstand knows: numbered steps, all or none.

`schema.sql` is always the newest schema. A new step gets the next number, changes `schema.sql` in the same commit,
and never changes once released; a test holds that both ways end in the same schema.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from reader.errors import LibraryDamaged, LibraryError, LibraryTooNew
from reader.store.pages import link_number
from reader.words import library as library_words

APPLICATION_ID = 0x4E455753
"""`NEWS`: stands in the header of the file (PRAGMA application_id), so that we know our own."""

VERSION = 8
"""The version of `schema.sql` (PRAGMA user_version)."""

SANE_VERSION = VERSION + 1000
"""A version above this was made by no Newsstand: the number itself is damaged."""

_ALL_ATTACHMENTS = """
    ALTER TABLE entries RENAME COLUMN enclosure TO attachments;
    UPDATE entries SET attachments = iif(
        json_valid(attachments), json_object('enclosures', json_array(json(attachments))), NULL
    ) WHERE attachments IS NOT NULL;
"""
"""An entry had one enclosure; it has all of them, and its discussion."""

_HEADERS_AND_CREDENTIALS = """
    ALTER TABLE sources ADD COLUMN headers TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE sources ADD COLUMN credentials TEXT;
    CREATE INDEX sources_credentials ON sources(id) WHERE credentials IS NOT NULL;
    """

_FAILED_STORIES = """
    CREATE TABLE failed_stories (
        key     TEXT PRIMARY KEY,
        failure TEXT NOT NULL,
        until   INTEGER NOT NULL,
        again_at INTEGER NOT NULL,
        tries   INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

_PRUNING = """
    ALTER TABLE sources ADD COLUMN keep_days INTEGER;
    ALTER TABLE sources ADD COLUMN keep_megabytes INTEGER;
    ALTER TABLE pages ADD COLUMN pruned_at INTEGER;
    CREATE TABLE pruned_entries (
        source INTEGER NOT NULL REFERENCES sources(id),
        number INTEGER NOT NULL,
        page   INTEGER NOT NULL REFERENCES pages(id),
        PRIMARY KEY (source, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE pruned_addresses (
        number INTEGER PRIMARY KEY,
        page   INTEGER NOT NULL REFERENCES pages(id)
    ) STRICT;
    CREATE TABLE open_stories (
        process TEXT NOT NULL,
        page    INTEGER NOT NULL REFERENCES pages(id),
        PRIMARY KEY (process, page)
    ) STRICT, WITHOUT ROWID;
    """
"""Adds columns and empty tables only: as quick for a large library as for a small one."""

_WHAT_SOURCES_COST = """
    ALTER TABLE sources ADD COLUMN took REAL;
    ALTER TABLE sources ADD COLUMN parse_seconds REAL;
    """

MIGRATIONS: dict[int, str] = {
    2: """
    ALTER TABLE sources ADD COLUMN stories INTEGER;
    ALTER TABLE sources ADD COLUMN feed_text INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE sources ADD COLUMN browser INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE sources ADD COLUMN user_agent TEXT;
    ALTER TABLE sources ADD COLUMN seconds REAL;
    ALTER TABLE sources ADD COLUMN categories TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE sources ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX statuses_saved ON statuses(saved_at) WHERE saved_at IS NOT NULL;
    """,
    3: """
    -- http and https are one address. Where each had a page of its own, the key under http stays: the next refresh
    -- makes one of the two (merging.unite_schemes).
    UPDATE OR IGNORE aliases SET key = 'https' || substr(key, 5) WHERE key >= 'http://' AND key < 'http:0';
    UPDATE articles SET claim = 'https' || substr(claim, 5) WHERE claim >= 'http://' AND claim < 'http:0';
    UPDATE entries SET link_key = link_number(link) WHERE link_key IS NOT NULL AND link LIKE 'http:%';
    CREATE TABLE robots (
        origin TEXT PRIMARY KEY,
        rules  TEXT NOT NULL,
        until  INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """,
    4: _ALL_ATTACHMENTS,
    5: _HEADERS_AND_CREDENTIALS,
    6: _FAILED_STORIES,
    7: _PRUNING,
    8: _WHAT_SOURCES_COST,
}
"""SQL that brings version N - 1 to N, under N."""


def statements(script: str) -> Iterator[str]:
    """Split SQL into its statements: `executescript` would commit in the middle of our transaction."""
    pending = ""
    for part in re.split(r"(?<=;)", script):
        pending += part
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def schema() -> str:
    """Return the text of `schema.sql`."""
    return Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")


def stored_version(con: sqlite3.Connection) -> int:
    """Return the version that a file says it has, whoever made it; 0 for none. Reads only."""
    number: int = con.execute("PRAGMA user_version").fetchone()[0]
    return number


def version(con: sqlite3.Connection) -> int:
    """Return the version of a library, 0 for a new file. Reads only.

    LibraryTooNew for one made by a newer Newsstand, LibraryError for an SQLite file of somebody else's, LibraryDamaged
    for a version that no Newsstand gave: a negative one, one far above ours, or 0 where there are tables of ours.
    """
    number = stored_version(con)
    made_by: int = con.execute("PRAGMA application_id").fetchone()[0]
    tables: int = con.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if made_by != APPLICATION_ID and (tables or number or made_by):
        raise LibraryError(library_words.why("other program"))
    if number < 0 or number > SANE_VERSION or (number == 0 and tables):
        raise LibraryDamaged(library_words.why("damaged"))
    if number > VERSION:
        raise LibraryTooNew(library_words.too_new(number, VERSION))
    return number


def migrate(con: sqlite3.Connection) -> None:
    """Bring the library to `VERSION`, or leave it as it was: all steps that it needs are one transaction.

    Two processes may try at once: each asks again inside its transaction.
    """
    if version(con) == VERSION:
        return
    con.create_function("link_number", 1, link_number, deterministic=True)
    con.execute("BEGIN IMMEDIATE")
    try:
        number = version(con)
        if number == 0:
            _run(con, schema())
        for target in range(number + 1, VERSION + 1) if number else ():
            _run(con, MIGRATIONS[target])
        con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        con.execute(f"PRAGMA user_version = {VERSION}")
        con.execute("COMMIT")
    except BaseException:
        if con.in_transaction:
            con.execute("ROLLBACK")
        raise


def _run(con: sqlite3.Connection, script: str) -> None:
    for statement in statements(script):
        con.execute(statement)


def columns(con: sqlite3.Connection) -> dict[str, frozenset[str]]:
    """Return the names of all columns, by table. Reads only."""
    found: dict[str, set[str]] = {}
    query = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
    for table, column in con.execute(query):
        found.setdefault(table, set()).add(column)
    return {table: frozenset(names) for table, names in found.items()}


_MAKES = re.compile(r'CREATE (TABLE "?(?!sqlite_)\w+"?\s*\(|(UNIQUE )?INDEX )')
"""What is run of a schema that may be anything: nothing that would ask a row or another file."""


def version_by_tables(con: sqlite3.Connection) -> int | None:
    """Return the version whose tables these are: one from which the steps lead to our schema, tried on the bare tables
    in memory. The one that the file says it has, where that can be; None where there is none. Reads only. sqlite3.Error
    for a schema that cannot be read."""
    said = stored_version(con)
    made = [sql for (sql,) in con.execute("SELECT sql FROM sqlite_master ORDER BY type <> 'table', rowid")]
    with closing(sqlite3.connect(":memory:")) as fresh:
        _run(fresh, schema())
        wanted = columns(fresh)
    for number in sorted(range(1, VERSION + 1), key=lambda number: (number != said, -number)):
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as bare:
            bare.create_function("link_number", 1, link_number, deterministic=True)
            try:
                for sql in made:
                    if isinstance(sql, str) and _MAKES.match(sql):
                        bare.execute(sql)
                for target in range(number + 1, VERSION + 1):
                    _run(bare, MIGRATIONS[target])
            except sqlite3.Error:
                continue
            found = columns(bare)
            if all(names <= found.get(table, frozenset()) for table, names in wanted.items()):
                return number
    return None

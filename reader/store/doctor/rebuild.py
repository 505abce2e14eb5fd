"""A new library from the rows of a damaged one: each made fit for its column, what they name made where it is lost, and
all that follows from others written anew. It writes the new file alone.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from reader.store import codec, migrations
from reader.store.doctor import salvage
from reader.store.doctor.raw import PageFile, Value
from reader.store.doctor.salvage import Row, Table
from reader.store.library_file.opening import lenient_text
from reader.store.library_file.watch import FAULTS
from reader.store.pages import link_number, update_derived
from reader.text import clean, clean_line, urls
from reader.words import library as library_words

FIRST = ("statuses", "sources")
"""Read before all else, and row by row: what a person did and chose is nowhere else."""

DERIVED = ("listed",)
"""Tables that follow from others: they are made anew."""

UNCLEAN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What text that passed `clean` never has."""

_AS_THEY_CAME = ("content", "rules")
"""Columns of outside text that is cleaned only when it is read."""

_STATES = ("done", "undone", "left")
_WHYS = ("link", "redirect", "canonical", "own")


@dataclass(slots=True)
class Rebuilt:
    """What went into the new library: rows by table, what was made for rows whose own was lost, and of how many rows
    that could not be saved something else tells that they were there (`_count_lost`); there may have been more."""

    rows: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)


def _list_or_nothing(value: Value) -> Value:
    return codec.to_json(codec.strings(value))


_FITTED: dict[tuple[str, str], Callable[[Value], Value]] = {
    ("sources", "kind"): lambda value: codec.source_kind(value).value,
    ("sources", "categories"): _list_or_nothing,
    ("sources", "headers"): lambda value: codec.to_json(codec.headers(value)),
    ("sources", "failure"): lambda value: value if codec.failure(value) is not None else None,
    ("entries", "authors"): _list_or_nothing,
    ("entries", "attachments"): lambda value: value if codec.has_attachments(value) else None,
    ("articles", "fields"): lambda value: value if codec.has_fields(value) else codec.no_fields(),
    ("statuses", "tags"): _list_or_nothing,
    ("statuses", "read_at"): codec.flag,
    ("statuses", "starred_at"): codec.flag,
    ("statuses", "saved_at"): codec.flag,
    ("aliases", "why"): lambda value: value if value in _WHYS else "link",
    ("acts", "state"): lambda value: value if value in _STATES else "left",
}
"""What a column may hold, where its type does not say it."""

_NEEDED = {
    "entries": ("page", "source"),
    "aliases": ("key", "page"),
    "journal": ("act", "property"),
    "articles": ("page", "markdown"),
    "facts": ("key",),
    "robots": ("origin",),
    "failed_stories": ("key", "failure"),
}
"""Columns without which a row says nothing: where they are lost, it is."""


_NUMBERS_ALONE = ("pruned_entries", "pruned_addresses", "open_stories")
"""Tables whose rows cannot be told from those of an index by what they hold: only SQLite says where they are."""


def fitted(table: Table, row: Row) -> Row | None:
    """Return a row that the schema takes: a value of the wrong type is NULL, or the column's default where there must
    be one. None where the row says nothing without it."""
    if any(not isinstance(row.get(name), _TYPES[_kind(table, name)]) for name in _NEEDED.get(table.name, ())):
        return None
    values: Row = {}
    for column in table.columns:
        value = row.get(column.name, column.default)
        rule = _FITTED.get((table.name, column.name))
        if rule is not None:
            values[column.name] = rule(value)
            continue
        if isinstance(value, bytes) and column.kind == "TEXT":
            value = value.decode("utf-8", "replace")
        if not isinstance(value, (*_TYPES[column.kind], type(None))):
            value = column.default
        if isinstance(value, str) and column.name not in _AS_THEY_CAME and UNCLEAN.search(value):
            value = clean(value) if "\n" in value else clean_line(value)
        if value is None and column.required:
            value = column.default if column.default is not None else 0 if column.kind == "INTEGER" else ""
        values[column.name] = value
    number = values.get(table.key)
    if table.name == "sources" and not values["url"]:
        values["url"] = f"lost:{number!r}"
    if table.name == "entries" and not values["guid"]:
        values["guid"] = f"lost:{number!r}"
    return values


_TYPES: dict[str, tuple[type, ...]] = {
    "INTEGER": (int,),
    "TEXT": (str,),
    "REAL": (float, int),
    "ANY": (int, float, str, bytes),
}


def _kind(table: Table, name: str) -> str:
    return next(column.kind for column in table.columns if column.name == name)


def rebuild(damaged: Path, new: Path) -> Rebuilt:
    """Fill the new file with what the damaged one gives; both are ours alone. sqlite3.Error where the new one cannot be
    written (a full disk)."""
    file = PageFile(damaged)
    con = sqlite3.connect(new, isolation_level=None)
    try:
        con.execute("PRAGMA journal_mode = OFF")  # it is nobody's until it is whole
        con.execute("PRAGMA synchronous = OFF")
        con.execute("PRAGMA foreign_keys = OFF")
        migrations.migrate(con)
        schema = {name: table for name, table in salvage.tables(con).items() if name not in DERIVED}
        done = Rebuilt()
        con.execute("BEGIN")
        _fill(con, damaged, file, schema, done)
        _count_lost(con, done)
        _mend(con, done)
        _derive(con)
        con.execute("COMMIT")
        for name in schema:
            (done.rows[name],) = con.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608  # names of our schema
    finally:
        con.close()
    return done


def _fill(con: sqlite3.Connection, damaged: Path, file: PageFile, schema: dict[str, Table], done: Rebuilt) -> None:
    old = sqlite3.connect(damaged, isolation_level=None)
    old.text_factory = lenient_text
    try:
        try:
            old.execute("PRAGMA writable_schema = ON")
            old.execute("PRAGMA cell_size_check = ON")
        except FAULTS:
            pass
        for name in (*FIRST, *(name for name in schema if name not in FIRST)):
            _insert(con, schema[name], salvage.by_sqlite(old, schema[name], each=name in FIRST))
        _keep_numbers(con, old)
        _keep_named(con, old)
    finally:
        old.close()
    known = {
        name: {key for (key,) in con.execute(f"SELECT {table.key} FROM {name}")}  # noqa: S608  # names of our schema
        for name, table in schema.items()
    }
    told = {name: table for name, table in schema.items() if name not in _NUMBERS_ALONE}
    for name, row in salvage.by_pages(file, told):
        if row.get(schema[name].key) not in known[name]:
            _insert(con, schema[name], (row,))


def _insert(con: sqlite3.Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert what is not there yet."""
    names = ", ".join(table.names)
    marks = ", ".join(f":{name}" for name in table.names)
    statement = f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608  # names of our schema
    for row in rows:
        values = fitted(table, row)
        if values is not None:
            con.execute(statement, values)


def _keep_numbers(con: sqlite3.Connection, old: sqlite3.Connection) -> None:
    """No id is used again: go on counting where the damaged library was."""
    try:
        found = old.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
    except FAULTS:
        return
    for name, number in found:
        if isinstance(number, int) and 0 < number < 1 << 40:
            con.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (number, name))


_WITNESSES = {
    "entries": (
        "SELECT id FROM entries INDEXED BY entries_page",
        "SELECT id FROM entries INDEXED BY entries_link WHERE link_key IS NOT NULL",
        "SELECT id FROM entries INDEXED BY sqlite_autoindex_entries_1",
        "SELECT entry FROM listed",
        "SELECT entry FROM pages WHERE entry IS NOT NULL",
    ),
    "articles": (
        "SELECT id FROM articles INDEXED BY articles_page",
        "SELECT id FROM articles INDEXED BY articles_claim WHERE claim IS NOT NULL",
        "SELECT article FROM pages WHERE article IS NOT NULL",
    ),
}
"""Where the number of a row stands beside its own place."""


def _keep_named(con: sqlite3.Connection, old: sqlite3.Connection) -> None:
    """Write down which rows the damaged library names elsewhere, as far as each place can be read."""
    con.execute("CREATE TEMP TABLE named (name TEXT, id INTEGER, place INTEGER, PRIMARY KEY (name, id, place))")
    for name, queries in _WITNESSES.items():
        for place, query in enumerate(queries):
            with suppress(*FAULTS):
                for (number,) in old.execute(query):
                    if isinstance(number, int):
                        con.execute("INSERT OR IGNORE INTO named VALUES (?, ?, ?)", (name, number, place))


def _count_lost(con: sqlite3.Connection, done: Rebuilt) -> None:
    """Count the rows that were there and are not saved: their number was once given, and stands in two places at least.
    What stands in one alone may be damaged itself."""
    for name in _WITNESSES:
        (done.lost[name],) = con.execute(
            "SELECT count(*) FROM (SELECT id FROM named WHERE name = :name AND id BETWEEN 1 AND "  # noqa: S608  # ours
            "coalesce((SELECT seq FROM sqlite_sequence WHERE name = :name), 0) "
            f"AND id NOT IN (SELECT id FROM {name}) GROUP BY id HAVING count(*) > 1)",
            {"name": name},
        ).fetchone()


_LOST_PAGES = """
INSERT INTO pages (id, url, time, title)
SELECT lost.page,
    coalesce((SELECT link FROM entries e WHERE e.page = lost.page AND link IS NOT NULL ORDER BY id DESC LIMIT 1),
        (SELECT url FROM articles a WHERE a.page = lost.page ORDER BY id DESC LIMIT 1),
        (SELECT key FROM aliases k WHERE k.page = lost.page AND why <> 'own' ORDER BY why = 'link' DESC LIMIT 1), ''),
    coalesce((SELECT min(time) FROM entries e WHERE e.page = lost.page),
        (SELECT min(kept_at) FROM articles a WHERE a.page = lost.page),
        (SELECT coalesce(read_at, starred_at, saved_at) FROM statuses s WHERE s.page = lost.page), 0),
    CASE WHEN EXISTS (SELECT 1 FROM entries e WHERE e.page = lost.page) THEN NULL
        ELSE coalesce((SELECT title FROM articles a WHERE a.page = lost.page ORDER BY id DESC LIMIT 1), :title) END
FROM (SELECT page FROM statuses UNION SELECT page FROM entries UNION SELECT page FROM articles
    UNION SELECT page FROM journal WHERE page IS NOT NULL) lost
WHERE lost.page > 0 AND NOT EXISTS (SELECT 1 FROM pages p WHERE p.id = lost.page)
"""

_LOST_STATUSES = """
INSERT INTO statuses (page, {name}) SELECT page, new FROM (
    SELECT page, new, max(id) FROM journal WHERE property = '{name}' AND page IS NOT NULL GROUP BY page
) WHERE typeof(new) = 'integer' AND page NOT IN (SELECT page FROM known)
ON CONFLICT (page) DO UPDATE SET {name} = excluded.{name}
"""
"""What the journal says of pages whose status is lost."""

_LOST_TIMES = """
UPDATE statuses SET {name} = coalesce((
    SELECT new FROM journal WHERE property = '{name}' AND page = statuses.page AND typeof(new) = 'integer'
    ORDER BY id DESC LIMIT 1), {name}) WHERE {name} = 0
"""

EMPTY_PAGES = (
    "FROM pages p WHERE merged_into IS NULL AND pruned_at IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.page = p.id) "
    "AND NOT EXISTS (SELECT 1 FROM aliases k WHERE k.page = p.id) "
    "AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.page = p.id) "
    "AND NOT EXISTS (SELECT 1 FROM statuses s WHERE s.page = p.id) "
    "AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.page = p.id) "
    "AND NOT EXISTS (SELECT 1 FROM pages m WHERE m.merged_into = p.id)"
)
"""Pages of which nothing is left but their address."""

LAST_OF_JOURNAL = (
    "(SELECT page, new, max(id) FROM journal WHERE property = '{0}' AND page IS NOT NULL GROUP BY page) j "
    "LEFT JOIN statuses st ON st.page = j.page WHERE st.{0} IS NOT j.new"
)
"""What the journal says last of each page's mark, beside its status, where the two differ."""

_ROOTS = """
WITH RECURSIVE way (id, at, steps) AS (
    SELECT id, merged_into, 1 FROM pages WHERE merged_into IS NOT NULL
    UNION ALL SELECT way.id, p.merged_into, steps + 1 FROM way JOIN pages p ON p.id = way.at
    WHERE p.merged_into IS NOT NULL AND steps < 50
) SELECT id, at, max(steps) FROM way GROUP BY id
"""


def _mend(con: sqlite3.Connection, done: Rebuilt) -> None:
    """Make what rows name and is lost; take back what is in nobody's power to make."""
    for name in ("page", "source"):
        con.execute(f"DELETE FROM entries WHERE {name} <= 0")  # noqa: S608  # names from the line above
    con.execute("CREATE TEMP TABLE known AS SELECT page FROM statuses")
    con.execute(
        "INSERT INTO acts (id, act, at, who, process, state) SELECT j.act, "
        "CASE max(j.property) WHEN 'read_at' THEN 'read' WHEN 'starred_at' THEN 'star' WHEN 'saved_at' THEN 'save' "
        "ELSE 'edit' END, coalesce(max(iif(typeof(j.new) = 'integer', j.new, 0)), 0), 'doctor', '0:lost', 'left' "
        "FROM journal j WHERE j.act > 0 AND NOT EXISTS (SELECT 1 FROM acts a WHERE a.id = j.act) GROUP BY j.act"
    )
    con.execute("DELETE FROM journal WHERE act NOT IN (SELECT id FROM acts)")
    con.execute("UPDATE acts SET of = NULL WHERE of NOT IN (SELECT id FROM acts)")
    for name in ("read_at", "starred_at", "saved_at"):
        done.made["statuses"] += con.execute(_LOST_STATUSES.format(name=name)).rowcount
        con.execute(_LOST_TIMES.format(name=name))
    done.made["pages"] += con.execute(_LOST_PAGES, {"title": library_words.lost_story()}).rowcount
    con.execute("DELETE FROM aliases WHERE page NOT IN (SELECT id FROM pages)")
    _agree_with_journal(con)
    con.execute("UPDATE journal SET page = NULL WHERE page NOT IN (SELECT id FROM pages)")
    for name in _NUMBERS_ALONE:
        con.execute(f"DELETE FROM {name} WHERE page NOT IN (SELECT id FROM pages)")  # noqa: S608  # names of our schema
    con.execute("DELETE FROM pruned_entries WHERE source NOT IN (SELECT id FROM sources)")
    con.execute("DELETE FROM statuses WHERE page NOT IN (SELECT id FROM pages)")  # ids below 1 are no pages
    lost = con.execute(
        "SELECT DISTINCT source FROM entries WHERE source NOT IN (SELECT id FROM sources) "
        "UNION SELECT DISTINCT source FROM journal WHERE source > 0 AND source NOT IN (SELECT id FROM sources)"
    ).fetchall()
    for (number,) in lost:
        _make_source(con, number)
    done.made["sources"] += len(lost)
    con.execute("UPDATE journal SET source = NULL WHERE source NOT IN (SELECT id FROM sources)")
    con.execute(
        "UPDATE pages SET merged_into = NULL WHERE merged_into = id OR merged_into NOT IN (SELECT id FROM pages)"
    )
    for page, at, steps in con.execute(_ROOTS).fetchall():
        if steps > 1:
            con.execute("UPDATE pages SET merged_into = ? WHERE id = ?", (at if steps < 50 else None, page))
    links = con.execute("SELECT id, link, link_key FROM entries WHERE link IS NOT NULL").fetchall()
    wrong = [(number, id_) for id_, link, known in links if (number := _link_number(link)) != known]
    con.executemany("UPDATE entries SET link_key = ? WHERE id = ?", wrong)
    # An address under which its page is not found would be another page when it comes again.
    for page, link in con.execute(
        "SELECT e.page, e.link FROM entries e WHERE e.link IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM aliases a WHERE a.page = e.page)"
    ).fetchall():
        _make_alias(con, page, link)
    for page, url in con.execute(f"SELECT p.id, p.url {EMPTY_PAGES}").fetchall():  # a constant of ours
        if url:
            _make_alias(con, page, url)
    con.execute(f"DELETE FROM pages WHERE id IN (SELECT p.id {EMPTY_PAGES})")  # noqa: S608  # the same


def _agree_with_journal(con: sqlite3.Connection) -> None:
    """Where the journal says another mark than the status: a mark that either has stays, and what the status says is
    written into the journal, as an act of ours."""
    act = None
    for name in ("read_at", "starred_at", "saved_at"):
        differing = con.execute(f"SELECT j.page, j.new, st.{name} FROM {LAST_OF_JOURNAL.format(name)}").fetchall()  # noqa: S608  # names from the line above
        for page, said, mark in differing:
            if mark is None and isinstance(said, int):
                con.execute(
                    f"INSERT INTO statuses (page, {name}) VALUES (?, ?) "  # noqa: S608  # the same
                    f"ON CONFLICT (page) DO UPDATE SET {name} = excluded.{name}",
                    (page, said),
                )
                continue
            if act is None:
                now = "(SELECT coalesce(max(at), 0) FROM acts)"
                act = con.execute(
                    f"INSERT INTO acts (act, at, who, process, state) VALUES ('repair', {now}, 'doctor', '0:', 'left')"  # noqa: S608  # the line above
                ).lastrowid
            con.execute(
                "INSERT INTO journal (act, page, property, old, new) VALUES (?, ?, ?, ?, ?)",
                (act, page, name, said, mark),
            )


def _make_alias(con: sqlite3.Connection, page: int, url: str) -> None:
    """Let a page be found by an address, where no other page is and it is one."""
    with suppress(ValueError):
        con.execute("INSERT OR IGNORE INTO aliases VALUES (?, ?, 'link')", (urls.page_key(url), page))


def _link_number(link: str) -> int | None:
    try:
        return link_number(link)
    except ValueError:
        return None


def _make_source(con: sqlite3.Connection, number: int) -> None:
    """A source whose row is lost: what the journal knows of it, as one that was removed."""
    facts = dict(
        con.execute(
            "SELECT property, new FROM journal WHERE source = ? AND typeof(new) = 'text' ORDER BY id", (number,)
        ).fetchall()
    )
    con.execute(
        "INSERT OR IGNORE INTO sources (id, url, title, kind, folder, position, added_at, removed_at) "
        "VALUES (?, ?, ?, 'feed', ?, 0, 0, 0)",
        (
            number,
            f"lost:{number!r}" if not facts.get("url") else facts["url"],
            facts.get("title") or library_words.lost_source(number),
            facts.get("folder"),
        ),
    )


def _derive(con: sqlite3.Connection) -> None:
    """Write anew what follows from others: lists, flags, what pages say of their articles."""
    con.execute("UPDATE pages SET entry = NULL, listed = 0, unread = 0, article = NULL, kept_at = NULL, minutes = NULL")
    update_derived(con, [page for (page,) in con.execute("SELECT id FROM pages")])
    con.execute(
        "UPDATE pages SET (article, kept_at, minutes, title, summary, section) = "
        "(SELECT id, kept_at, minutes, title, lede, section FROM articles WHERE page = pages.id "
        "ORDER BY id DESC LIMIT 1) "
        "WHERE id IN (SELECT page FROM articles)"
    )
    con.execute(
        "UPDATE acts SET pages = (SELECT count(DISTINCT page) FROM journal j WHERE j.act = acts.id) "
        "WHERE act IN ('read', 'unread', 'star', 'unstar', 'save', 'unsave', 'marks')"
    )

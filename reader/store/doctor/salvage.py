"""Whatever rows a damaged library still gives: through SQLite by ranges around the damage, then from the bare pages.

It reads a copy that is nobody's library, and decides nothing about what the rows mean: `rebuild` does.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from reader.store.doctor.raw import PageFile, Record, Value
from reader.store.library_file.watch import FAULTS

Row = dict[str, Value]

_HIGHEST = 1 << 40
"""No id of ours is as high: a row that claims a higher one is damaged itself."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the schema. `kind` is INTEGER, TEXT, REAL or ANY; `default` is the one of the schema, as a value."""

    name: str
    kind: str
    required: bool
    default: Value


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the schema. `rowid`: the column that is its rowid, None for a table without one."""

    name: str
    columns: tuple[Column, ...]
    rowid: str | None
    key: str

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)


def tables(con: sqlite3.Connection) -> dict[str, Table]:
    """Return the tables of a sound library, by name."""
    found = {}
    for name, sql in con.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ):
        rows = con.execute(f"PRAGMA table_info({name})").fetchall()
        keys = [column for _, column, _, _, _, place in sorted(rows, key=lambda row: row[5]) if place]
        rowid = None if "WITHOUT ROWID" in sql else keys[0] if len(keys) == 1 else None
        columns = tuple(
            Column(column, kind, bool(required) and column != rowid, _default(default))
            for _, column, kind, required, default, _ in rows
        )
        found[name] = Table(name, columns, rowid, keys[0])
    return found


def _default(sql: str | None) -> Value:
    if sql is None:
        return None
    return sql.strip("'") if sql.startswith("'") else int(sql)


def readable_columns(con: sqlite3.Connection, table: Table) -> list[str]:
    """Return the columns that the damaged library has of a table, as far as its schema can be read."""
    try:
        there = {row[1] for row in con.execute(f"PRAGMA table_info({table.name})")}
    except FAULTS:
        return []
    return [name for name in table.names if name in there]


def by_sqlite(con: sqlite3.Connection, table: Table, *, each: bool) -> Iterator[Row]:
    """Yield the rows of a table that SQLite gives: around damage range by range, and a row with a damaged field without
    it. Some may come twice. `each`: first those that are found by their id, one by one."""
    columns = readable_columns(con, table)
    if not columns or table.key not in columns:
        return
    if table.rowid is None:
        for order in ("ASC", "DESC"):
            yield from _until_damage(con, table, columns, f"ORDER BY {table.key} {order}", ())
        return
    low, high = _ends(con, table)
    if each:
        query = f"SELECT {', '.join(columns)} FROM {table.name} WHERE {table.key} = ?"  # noqa: S608  # names of our schema
        for number in range(max(low, 0), min(high, _HIGHEST) + 1):
            try:
                row = con.execute(query, (number,)).fetchone()
            except FAULTS:
                row = _field_by_field(con, table, columns, number)
            if row is not None:
                yield dict(zip(columns, row, strict=True))
    yield from _between(con, table, columns, low, high)


def _ends(con: sqlite3.Connection, table: Table) -> tuple[int, int]:
    """Return the first and the last id, as far as anything says; what others name of it counts."""
    found = [1]
    for query in (
        f"SELECT min({table.key}), max({table.key}) FROM {table.name}",  # noqa: S608  # names of our schema
        f"SELECT seq, 1 FROM sqlite_sequence WHERE name = '{table.name}'",  # noqa: S608
        "SELECT seq, 1 FROM sqlite_sequence WHERE name = 'pages'",
        f"SELECT {table.key}, 1 FROM {table.name} ORDER BY {table.key} DESC LIMIT 1",  # noqa: S608
    ):
        try:
            for row in con.execute(query):
                found += [number for number in row if isinstance(number, int) and number < _HIGHEST]
        except FAULTS:
            continue
    return min(found), max(found) + 100


def _until_damage(
    con: sqlite3.Connection, table: Table, columns: Sequence[str], rest: str, values: tuple[int, ...]
) -> Iterator[Row]:
    """Yield rows until SQLite meets damage; then end, without a word."""
    try:
        for row in con.execute(f"SELECT {', '.join(columns)} FROM {table.name} {rest}", values):  # noqa: S608  # names of our schema
            yield dict(zip(columns, row, strict=True))
    except FAULTS:
        return


def _between(con: sqlite3.Connection, table: Table, columns: list[str], low: int, high: int) -> Iterator[Row]:
    """Yield the rows with ids from `low` to `high`, halving the range where damage is."""
    query = f"SELECT {', '.join(columns)} FROM {table.name} WHERE {table.key} BETWEEN ? AND ? ORDER BY {table.key}"  # noqa: S608
    place = columns.index(table.key)
    ranges = [(low, high)]
    while ranges:
        low, high = ranges.pop()
        if low > high:
            continue
        try:
            for row in con.execute(query, (low, high)):
                yield dict(zip(columns, row, strict=True))
                if isinstance(row[place], int) and low <= row[place] <= high:
                    low = row[place] + 1
        except FAULTS:
            if low < high:
                middle = (low + high) // 2
                ranges += [(middle + 1, high), (low, middle)]
            elif low == high and (found := _field_by_field(con, table, columns, low)) is not None:
                yield dict(zip(columns, found, strict=True))


def _field_by_field(
    con: sqlite3.Connection, table: Table, columns: Sequence[str], number: int
) -> tuple[Value, ...] | None:
    """Return a row that cannot be read as a whole, with None for the fields that cannot; None where there is none."""
    found: list[Value] = []
    try:
        if con.execute(f"SELECT 1 FROM {table.name} WHERE {table.key} = ?", (number,)).fetchone() is None:  # noqa: S608  # names of our schema
            return None
    except FAULTS:  # its page is out of reach: no field of it can be read
        return None
    for column in columns:
        try:
            row = con.execute(f"SELECT {column} FROM {table.name} WHERE {table.key} = ?", (number,)).fetchone()  # noqa: S608  # names of our schema
        except FAULTS:
            row = (None,)
        if row is None:
            return None
        found.append(number if column == table.key else row[0])
    if all(value is None for column, value in zip(columns, found, strict=True) if column != table.key):
        return None
    return tuple(found)


def by_pages(file: PageFile, schema: dict[str, Table]) -> Iterator[tuple[str, Row]]:
    """Yield the rows that stand on the pages, whether SQLite can reach them or not: the table of each page is told by
    the shape of its rows."""
    for records in file.records():
        first = list(islice(records, 8))
        table = _table_of(first, schema)
        if table is None:
            continue
        for record in chain(first, records):
            if len(record.fields) > len(table.columns) or (record.rowid is None) != (table.rowid is None):
                continue
            if table.name == "articles" and not record.whole:
                continue  # half a story is none
            row: Row = dict(zip(table.names, record.fields, strict=False))
            if table.rowid is not None:
                if record.rowid is None or not 0 < record.rowid < _HIGHEST:
                    continue
                row[table.rowid] = record.rowid
            yield table.name, row


def _table_of(records: Sequence[Record], schema: dict[str, Table]) -> Table | None:
    """Return the table that most of these records of one page fit."""
    scores: dict[str, int] = {}
    for record in records:
        fitting = [table for table in schema.values() if _fits(record, table)]
        exact = [table for table in fitting if len(table.columns) == len(record.fields)]
        for table in exact or fitting:
            scores[table.name] = scores.get(table.name, 0) + 1
    best = max(scores, key=lambda name: scores[name], default=None)
    return schema[best] if best is not None and scores[best] * 2 >= len(records) else None


_PYTHON_TYPES: dict[str, tuple[type, ...]] = {"INTEGER": (int,), "TEXT": (str,), "REAL": (float, int)}

_LOOKS: dict[str, Callable[[tuple[Value, ...]], bool]] = {
    "aliases": lambda fields: fields[2] in ("link", "redirect", "canonical", "own"),
    "robots": lambda fields: "://" in str(fields[0]),
    "failed_stories": lambda fields: str(fields[1]).startswith("{"),
    "acts": lambda fields: ":" in str(fields[4]),
}
"""What tells a table's rows from those of an index with the same types."""


def _fits(record: Record, table: Table) -> bool:
    if (record.rowid is None) != (table.rowid is None) or len(record.fields) > len(table.columns):
        return False
    for place, column in enumerate(table.columns):
        if place >= len(record.fields):
            if record.whole and column.required and column.default is None:
                return False
            continue
        value = record.fields[place]
        if column.name == table.rowid:
            if value is not None:
                return False
        elif value is None:
            if column.required:
                return False
        elif not isinstance(value, _PYTHON_TYPES.get(column.kind, (object,))):
            return False
    looks = _LOOKS.get(table.name)
    return looks is None or len(record.fields) < len(table.columns) or looks(record.fields)

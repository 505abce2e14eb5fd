"""Listings as JSON, one object a line, made by SQLite itself: 20,000 of them cost no Python object each."""

import sqlite3
from collections.abc import Iterator, Sequence

from reader.store import lists
from reader.store.selection import Selection
from reader.store.values import Row

CHUNK = 500
"""Lines that are handed on at once."""

_FIELDS = (
    "'id', p.id, 'title', coalesce(nullif(e.title, ''), p.title, p.url), 'url', p.url, 'paper', s.title, "
    "'source', CASE WHEN s.removed_at IS NULL THEN s.id END, 'section', coalesce(e.section, p.section), "
    "'summary', coalesce(e.summary, p.summary), 'time', strftime('%Y-%m-%dT%H:%M:%SZ', p.time, 'unixepoch'), "
    "'read', json(iif(st.read_at IS NULL, 'false', 'true')), "
    "'starred', json(iif(st.starred_at IS NULL, 'false', 'true')), "
    "'saved', json(iif(st.saved_at IS NULL, 'false', 'true')), "
    "'kept', json(iif(p.kept_at IS NULL, 'false', 'true')), "
    "'updated', json(iif(st.read_at IS NOT NULL AND p.changed_at > st.read_at, 'true', 'false')), "
    "'minutes', iif(p.kept_at IS NULL, NULL, p.minutes)"
)

NAMES = ("id", "title", "url", "paper", "source", "section", "summary", "time", "read", "starred", "saved", "kept",
         "updated", "minutes")  # fmt: skip
"""The fields of one line, in their order."""


def json_lines(con: sqlite3.Connection, selection: Selection, limit: int | None) -> Iterator[str]:
    """Yield the lines of what fits, newest first, some hundred to a text that ends with a line's end."""
    if selection.beyond_lists:  # a page that no source lists has its paper from its host
        for row in lists.selected(con, selection, limit):
            yield _line(row)
        return
    where, values = selection.where()
    found = con.execute(
        f"SELECT json_object({_FIELDS}) FROM pages p {selection.entry} "  # noqa: S608  # constants of ours
        f"LEFT JOIN sources s ON s.id = e.source LEFT JOIN statuses st ON st.page = p.id "
        f"WHERE {where} ORDER BY p.time DESC, p.id DESC LIMIT :limit",
        {**values, "limit": -1 if limit is None else limit},
    )
    while rows := found.fetchmany(CHUNK):
        yield "".join(_ended(rows))


def _ended(rows: Sequence[tuple[str]]) -> Iterator[str]:
    for (line,) in rows:
        yield line
        yield "\n"


def _line(row: Row) -> str:
    from datetime import UTC, datetime

    from reader.store.codec import to_json

    values = (row.page, row.title, row.url, row.paper, row.source, row.section, row.summary,
              datetime.fromtimestamp(row.time, UTC), row.read, row.starred, row.saved, row.kept, row.changed,
              row.minutes)  # fmt: skip
    return to_json(dict(zip(NAMES, values, strict=True))) + "\n"

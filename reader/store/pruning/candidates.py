"""Which pages may go. Reads only.

A page's days count from when anything last happened to it: an entry of it was first seen or changed, its text was
kept, or a person read it. What its paper printed as its date says nothing: an old story may be new here.
"""

import json
import sqlite3
from collections.abc import Collection, Sequence

from reader.store.pruning.values import DAY, Bounds, Candidate

_FOR_EVER = 1 << 40  # days

_SEEN = (
    "max(coalesce(max(e.first_seen), 0), coalesce(max(e.changed_at), 0), coalesce(p.changed_at, 0), "
    "coalesce(p.kept_at, 0), coalesce(st.read_at, 0), iif(e.id IS NULL, p.time, 0))"
)
_DAYS = f"max(coalesce(nullif(coalesce(s.keep_days, :days), 0), {_FOR_EVER}))"
_TEXT = (
    "(SELECT coalesce(sum(length(CAST(markdown AS BLOB)) + length(CAST(fields AS BLOB)) + 300), 0) "
    "FROM articles WHERE page = p.id) + coalesce(sum(length(CAST(e.content AS BLOB))), 0)"
)
_REST = (
    "600 + coalesce(sum(500 + length(CAST(e.title AS BLOB)) + length(CAST(coalesce(e.summary, '') AS BLOB)) "
    "+ length(CAST(coalesce(e.attachments, '') AS BLOB))), 0)"
)
_QUERY = (
    "SELECT p.id, {seen}, {days}, st.read_at IS NULL AND e.id IS NOT NULL, "
    "(SELECT count(*) FROM articles WHERE page = p.id), count(e.id), coalesce(max(e.content IS NOT NULL), 0), "
    "{text}, {rest}, json_group_array(DISTINCT s.id) FROM {of} "
    "LEFT JOIN statuses st ON st.page = p.id LEFT JOIN entries e ON e.page = p.id "
    "LEFT JOIN sources s ON s.id = e.source "
    "WHERE p.merged_into IS NULL AND p.pruned_at IS NULL "
    "AND st.starred_at IS NULL AND st.saved_at IS NULL AND coalesce(st.tags, '[]') = '[]' GROUP BY p.id"
)
_ALL = "(SELECT * FROM pages WHERE id > :after ORDER BY id LIMIT :limit) p"
_ASKED = "json_each(:pages) j CROSS JOIN pages p ON p.id = j.value"
_PLAIN, _SIZED, _ASKED_FOR = (
    _QUERY.format(seen=_SEEN, days=_DAYS, text=text, rest=rest, of=of)
    for text, rest, of in (("0", "0", _ALL), (_TEXT, _REST, _ALL), (_TEXT, _REST, _ASKED))
)


def candidates(
    con: sqlite3.Connection,
    bounds: Bounds,
    now: int,
    open_pages: Collection[int],
    *,
    after: int,
    limit: int,
    sized: bool,
) -> tuple[list[Candidate], int | None]:
    """Return which of the next `limit` pages behind the id `after` may go, and the last id looked at; None at the end.

    With `sized` their bytes are counted, which reads all their texts.
    """
    last = con.execute(
        "SELECT max(id) FROM (SELECT id FROM pages WHERE id > ? ORDER BY id LIMIT ?)", (after, limit)
    ).fetchone()[0]
    if last is None:
        return [], None
    rows = con.execute(_SIZED if sized else _PLAIN, {"days": bounds.days, "after": after, "limit": limit})
    return [found for row in rows if (found := _candidate(row, now, open_pages)) is not None], last


def candidates_among(
    con: sqlite3.Connection, bounds: Bounds, now: int, open_pages: Collection[int], pages: Sequence[int]
) -> list[Candidate]:
    """Return which of these pages may go now, with their sizes: also within the transaction that takes them."""
    rows = con.execute(_ASKED_FOR, {"days": bounds.days, "pages": json.dumps(list(pages))})
    return [found for row in rows if (found := _candidate(row, now, open_pages)) is not None]


def _candidate(row: Sequence[int], now: int, open_pages: Collection[int]) -> Candidate | None:
    page, seen, days, unread, articles, entries, content, text, rest, sources = row
    expired = seen < now - days * DAY
    if page in open_pages or (unread and not expired):
        return None
    listed_by = tuple(number for number in json.loads(str(sources)) if number is not None)
    return Candidate(page, seen, expired, articles, entries, bool(articles or content), text, rest, listed_by)


def pages_of_source(con: sqlite3.Connection, source: int) -> list[int]:
    """Return the pages of a source's entries, each once."""
    return [page for (page,) in con.execute("SELECT DISTINCT page FROM entries WHERE source = ?", (source,))]


def size_of_pages(con: sqlite3.Connection, pages: Sequence[int]) -> int:
    """Return how many bytes these pages take, about: protected ones too."""
    total = 0
    query = (
        f"SELECT {_TEXT} + {_REST} FROM json_each(:pages) j CROSS JOIN pages p ON p.id = j.value "  # noqa: S608  # constants of ours
        "LEFT JOIN entries e ON e.page = p.id GROUP BY p.id"
    )
    for (size,) in con.execute(query, {"pages": json.dumps(list(pages))}):
        total += size
    return total

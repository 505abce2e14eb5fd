"""Pages and the keys under which they are found; what follows from entries, sources and statuses (`update_derived`).

Functions over a connection, called inside a transaction where they write.
"""

import json
import sqlite3
from collections.abc import Iterable

from reader.store.pruning.traits import key_number
from reader.text import fold, urls


def own_key(source: int, guid: str) -> str:
    """The key of a page that belongs to one entry alone: its link is shared, or the source's home, or not there."""
    return f"entry:{source}:{guid}"


def link_number(link: str) -> int:
    """Return a number of 64 bits, signed as SQLite has them, for the page that a link leads to: `entries.link_key`."""
    import hashlib  # loads OpenSSL, which no first paint needs

    key = urls.page_key(link).encode()
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big", signed=True)


def find(con: sqlite3.Connection, url: str) -> int | None:
    """Return the page of an address, in whatever spelling, or None."""
    row = con.execute("SELECT page FROM aliases WHERE key = ?", (urls.page_key(url),)).fetchone()
    return row[0] if row else None


def live(con: sqlite3.Connection, page: int) -> int | None:
    """Return the page that `page` is now: itself, or the one it was merged into. None where there is none."""
    row = con.execute("SELECT coalesce(merged_into, id) FROM pages WHERE id = ?", (page,)).fetchone()
    return row[0] if row else None


def make(con: sqlite3.Connection, url: str, key: str, why: str, now: int, title: str | None = None) -> int:
    """Make a page with its first key; return its id."""
    page = con.execute("INSERT INTO pages (url, time, title) VALUES (?, ?, ?)", (url, now, title)).lastrowid
    assert page is not None  # noqa: S101  # an INSERT has one; for the type checker
    con.execute("INSERT INTO aliases (key, page, why) VALUES (?, ?, ?)", (key, page, why))
    return page


def revive(con: sqlite3.Connection, key: str, url: str, why: str, now: int) -> int | None:
    """Return the page that was pruned under a key, found under it again from now on; None where there was none.

    It has its id and its status still.
    """
    number = key_number(key)
    row = con.execute(
        "SELECT coalesce(p.merged_into, p.id), p.pruned_at IS NOT NULL FROM pruned_addresses a "
        "JOIN pages p ON p.id = a.page WHERE a.number = ?",
        (number,),
    ).fetchone()
    if row is None:
        return None
    con.execute("DELETE FROM pruned_addresses WHERE number = ?", (number,))
    con.execute("INSERT OR IGNORE INTO aliases (key, page, why) VALUES (?, ?, ?)", (key, row[0], why))
    if row[1]:
        con.execute("UPDATE pages SET url = ?, time = ?, pruned_at = NULL WHERE id = ?", (url, now, row[0]))
    page: int = row[0]
    return page


def ensure(con: sqlite3.Connection, url: str, now: int, title: str | None = None) -> int:
    """Return the page of an address, making one where there is none. A title only fills an empty one."""
    page = find(con, url)
    if page is None:
        page = revive(con, urls.page_key(url), url, "link", now)
    if page is None:
        return make(con, url, urls.page_key(url), "link", now, title)
    if title:
        con.execute("UPDATE pages SET title = ? WHERE id = ? AND title IS NULL", (title, page))
    return page


def is_own(con: sqlite3.Connection, page: int) -> bool:
    """Say whether the page belongs to one entry alone. Such a page is never one with another by its address."""
    found = con.execute("SELECT 1 FROM aliases WHERE page = ? AND why = 'own' LIMIT 1", (page,)).fetchone()
    return found is not None


def plain(title: str | None) -> str:
    """A title as it is compared: two spellings of one headline are equal."""
    return " ".join(fold(title or "").split())


def titles(con: sqlite3.Connection, page: int) -> set[str]:
    """Return every title under which the page is known, for comparing."""
    found = con.execute(
        "SELECT title FROM entries WHERE page = :page UNION SELECT title FROM articles WHERE page = :page "
        "UNION SELECT title FROM pages WHERE id = :page",
        {"page": page},
    )
    return {plain(title) for (title,) in found} - {""}


def could_be_one(con: sqlite3.Connection, one: int, other: int) -> bool:
    """Say whether two pages that share an address may be one story: they share a title too, and no source lists them
    under differing ones (a paper that sends all its gone stories to one notice would make one of them)."""
    if is_own(con, one) or is_own(con, other) or not titles(con, one) & titles(con, other):
        return False
    return not listed_apart(con, one, other)


def listed_apart(con: sqlite3.Connection, one: int, other: int) -> bool:
    """Say whether a source lists two pages under differing titles."""
    both = con.execute(
        "SELECT a.title, b.title FROM entries a JOIN entries b ON b.source = a.source AND b.page = ? WHERE a.page = ?",
        (other, one),
    ).fetchall()
    return any(plain(a) != plain(b) for a, b in both)


def touch(con: sqlite3.Connection, pages: Iterable[int]) -> None:
    """Fill the temporary table `touched` with what these pages are now. Unknown ids are left out, and pruned ones."""
    _fill_touched(
        con,
        "SELECT coalesce(p.merged_into, p.id) FROM json_each(?) j CROSS JOIN pages p ON p.id = j.value "
        "WHERE p.pruned_at IS NULL",
        pages,
    )


def _fill_touched(con: sqlite3.Connection, select: str, pages: Iterable[int]) -> None:
    con.execute("CREATE TEMP TABLE IF NOT EXISTS touched (page INTEGER PRIMARY KEY)")
    con.execute("DELETE FROM touched")
    con.execute(f"INSERT OR IGNORE INTO touched {select}", (json.dumps(list(pages)),))  # constants of ours


def update_derived(con: sqlite3.Connection, pages: Iterable[int]) -> None:
    """Bring `listed` and the pages' time, entry, listed and unread up to what entries, sources and statuses say."""
    _fill_touched(con, "SELECT value FROM json_each(?)", pages)
    con.execute("DELETE FROM listed WHERE page IN (SELECT page FROM touched)")
    con.execute(
        "INSERT INTO listed (source, page, time, entry, unread) "
        "SELECT e.source, e.page, min(e.time), max(e.id), st.read_at IS NULL "
        "FROM touched t CROSS JOIN entries e ON e.page = t.page "
        "JOIN sources s ON s.id = e.source AND s.removed_at IS NULL "
        "LEFT JOIN statuses st ON st.page = e.page GROUP BY e.source, e.page"
    )
    con.execute(
        "UPDATE pages SET "
        "time = coalesce((SELECT min(time) FROM listed WHERE page = pages.id), time), "
        # That of the paper on whose site it stands, then the newest: a reprint is called by the paper that wrote it.
        "entry = coalesce((SELECT l.entry FROM listed l "
        "JOIN sources s ON s.id = l.source JOIN pages p ON p.id = l.page "
        "WHERE l.page = pages.id ORDER BY instr(p.url, rtrim(s.home, '/') || '/') = 1 DESC, l.entry DESC LIMIT 1), "
        "(SELECT max(id) FROM entries WHERE page = pages.id)), "
        "listed = EXISTS (SELECT 1 FROM listed WHERE page = pages.id), "
        "unread = EXISTS (SELECT 1 FROM listed WHERE page = pages.id AND unread = 1) "
        "WHERE id IN (SELECT page FROM touched)"
    )


def update_from_article(con: sqlite3.Connection, page: int) -> None:
    """Bring what a page says of its kept article up to its newest version."""
    con.execute(
        "UPDATE pages SET (article, kept_at, minutes, title, summary, section) = "
        "(SELECT id, kept_at, minutes, title, lede, section FROM articles WHERE page = pages.id "
        "ORDER BY id DESC LIMIT 1) "
        "WHERE id = ? AND EXISTS (SELECT 1 FROM articles WHERE page = pages.id)",
        (page,),
    )

"""Sources: what one subscribes to. Acts of a person are journalled; what a visit found out is not."""

import sqlite3
from collections.abc import Sequence

from reader.models import Source, SourceKind
from reader.store import codec, journal
from reader.store.codec import SOURCE_COLUMNS
from reader.store.journal import Hand

_SELECT = f"SELECT {SOURCE_COLUMNS} FROM sources"  # noqa: S608  # a constant of ours


def get(con: sqlite3.Connection, source: int) -> Source | None:
    """Return a source, a removed one too."""
    row = con.execute(f"{_SELECT} WHERE id = ?", (source,)).fetchone()
    return codec.source(row) if row else None


def by_url(con: sqlite3.Connection, url: str) -> Source | None:
    """Return the source at exactly this address, a removed one too."""
    row = con.execute(f"{_SELECT} WHERE url = ?", (url,)).fetchone()
    return codec.source(row) if row else None


def every(con: sqlite3.Connection) -> list[Source]:
    """Return the sources that are not removed: those in no folder first, then folder by folder."""
    found = con.execute(f"{_SELECT} WHERE removed_at IS NULL ORDER BY folder IS NOT NULL, folder, position, id")
    return [codec.source(row) for row in found]


def due(con: sqlite3.Connection, now: int, *, all_of: bool, ids: Sequence[int] | None) -> list[Source]:
    """Return the sources to visit, those that have waited longest first. Sources named by id are due when named."""
    found = [codec.source(row) for row in con.execute(f"{_SELECT} WHERE removed_at IS NULL ORDER BY due_at, id")]
    if ids is not None:
        return [source for source in found if source.id in set(ids)]
    return [source for source in found if all_of or source.due_at <= now]


def add(
    con: sqlite3.Connection, hand: Hand, now: int, url: str, title: str, kind: SourceKind, facts: dict[str, object]
) -> Source:
    """Subscribe; return the source. One that is there is returned as it is; a removed one comes back with its entries.

    `facts`: short, home, folder, language, press, interval.
    """
    old = by_url(con, url)
    if old is None:
        source = con.execute(
            "INSERT INTO sources (url, title, kind, short, home, folder, language, press, interval, position, "
            "added_at, removed_at) VALUES (:url, :title, :kind, :short, :home, :folder, :language, :press, :interval, "
            "(SELECT coalesce(max(position), 0) + 1 FROM sources WHERE folder IS :folder), :now, :now)",
            {"url": url, "title": title, "kind": kind.value, "now": now, **facts},
        ).lastrowid
        assert source is not None  # noqa: S101  # an INSERT has one; for the type checker
        _change(con, hand, now, "add", source, {"removed_at": (now, None)})
    elif old.removed_at is not None:
        source = old.id
        _change(con, hand, now, "add", source, {"removed_at": (old.removed_at, None)})
        con.execute("UPDATE sources SET due_at = 0 WHERE id = ?", (source,))
    else:
        return old
    added = get(con, source)
    assert added is not None  # noqa: S101  # just written
    return added


def _change(
    con: sqlite3.Connection,
    hand: Hand,
    now: int,
    act: str,
    source: int,
    values: dict[str, tuple[int | str | None, int | str | None]],
) -> None:
    changed = {name: pair for name, pair in values.items() if pair[0] != pair[1]}
    if not changed:
        return
    number = journal.begin(con, hand, act, now)
    for name, (old, new) in changed.items():
        journal.note_source(con, number, source, name, old, new)
    journal.finish(con, hand, number, 1)


def remove(con: sqlite3.Connection, hand: Hand, now: int, source: int) -> None:
    """Unsubscribe. Its entries leave the lists; what was starred or kept stays there; undo brings all back."""
    old = get(con, source)
    if old is not None and old.removed_at is None:
        _change(con, hand, now, "remove", source, {"removed_at": (None, now)})


def rename(con: sqlite3.Connection, hand: Hand, now: int, source: int, title: str) -> None:
    """Give a source the person's own name for it."""
    old = get(con, source)
    if old is not None:
        _change(con, hand, now, "rename", source, {"title": (old.title, title)})


def move(con: sqlite3.Connection, hand: Hand, now: int, source: int, folder: str | None) -> None:
    """Put a source at the end of a folder; None is no folder."""
    row = con.execute("SELECT folder, position FROM sources WHERE id = ?", (source,)).fetchone()
    if row is None or row[0] == folder:
        return
    last = con.execute("SELECT coalesce(max(position), 0) + 1 FROM sources WHERE folder IS ?", (folder,)).fetchone()[0]
    _change(con, hand, now, "move", source, {"folder": (row[0], folder), "position": (row[1], last)})


def keep_moved(con: sqlite3.Connection, source: int, url: str) -> bool:
    """The server says that the source has moved for good. False where another source already has that address."""
    if by_url(con, url) is not None:
        return False
    con.execute("UPDATE sources SET url = ? WHERE id = ?", (url, source))
    return True

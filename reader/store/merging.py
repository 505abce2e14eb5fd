"""Two pages that prove to be one. The older id stays; what was moved is written in the journal."""

import json
import sqlite3

from reader.store.journal import Actor, begin
from reader.store.pages import update_derived, update_from_article

_KEYS = {"aliases": "key", "entries": "id", "articles": "id"}
"""Tables whose rows move, and what names a row of each."""


def merge(con: sqlite3.Connection, actor: Actor, at: int, one: int, other: int) -> int:
    """Make two live pages one; return the id that stays.

    Statuses are united: read, starred and saved if either is. Entries, articles and aliases move; the rows of the act
    in the journal name them, as JSON lists.
    """
    winner, loser = min(one, other), max(one, other)
    if winner == loser:
        return one
    act = begin(con, actor, "merge", at, pages=2)
    _unite(con, act, winner, loser)
    rows: list[tuple[str, object, object]] = [("merged_into", None, winner)]
    for table, key in _KEYS.items():
        moved = [value for (value,) in con.execute(f"SELECT {key} FROM {table} WHERE page = ?", (loser,))]  # noqa: S608 (names of our own tables)  # names from _KEYS
        con.execute(f"UPDATE {table} SET page = ? WHERE page = ?", (winner, loser))  # noqa: S608 (names of our own tables)
        rows.append((table, json.dumps(moved), None))
    merged = [page for (page,) in con.execute("SELECT id FROM pages WHERE merged_into = ?", (loser,))]
    rows.append(("merged", json.dumps(merged), None))
    con.executemany(
        "INSERT INTO journal (act, page, property, old, new) VALUES (?, ?, ?, ?, ?)",
        [(act, loser, *row) for row in rows],
    )
    con.execute("UPDATE pages SET merged_into = ? WHERE id = ? OR merged_into = ?", (winner, loser, loser))
    con.execute(
        "UPDATE pages SET changed_at = (SELECT max(changed_at) FROM pages WHERE id IN (:winner, :loser)) "
        "WHERE id = :winner",
        {"winner": winner, "loser": loser},
    )
    update_derived(con, (winner, loser))
    update_from_article(con, winner)
    return winner


def _unite(con: sqlite3.Connection, act: int, winner: int, loser: int) -> None:
    names = ("read_at", "starred_at", "saved_at", "place")
    select = f"SELECT {', '.join(names)} FROM statuses WHERE page = ?"  # noqa: S608 (names of our own tables)  # names from the line above
    nothing = (None, None, None, 0)
    mine = con.execute(select, (winner,)).fetchone() or nothing
    theirs = con.execute(select, (loser,)).fetchone() or nothing
    united = (*(a if a is not None else b for a, b in zip(mine[:3], theirs[:3], strict=True)), mine[3] or theirs[3])
    if united == tuple(mine):
        return
    con.execute(
        "INSERT INTO statuses (page, read_at, starred_at, saved_at, place) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (page) DO UPDATE SET read_at = excluded.read_at, starred_at = excluded.starred_at, "
        "saved_at = excluded.saved_at, place = excluded.place",
        (winner, *united),
    )
    con.executemany(
        "INSERT INTO journal (act, page, property, old, new) VALUES (?, ?, ?, ?, ?)",
        [(act, winner, name, old, new) for name, old, new in zip(names, mine, united, strict=True) if old != new],
    )

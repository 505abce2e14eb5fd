"""Two pages that prove to be one, and the way back. The older id stays; what was moved is written in the journal."""

import json
import sqlite3
from typing import Protocol

from reader.store import codec
from reader.store.pages import settle, settle_article

MOVED = ("aliases", "entries", "articles", "merged")
"""Properties of a merge's journal rows: what was moved, as JSON lists, so that it can be moved back."""

_KEYS = {"aliases": ("aliases", "key"), "entries": ("entries", "id"), "articles": ("articles", "id")}


class Hand(Protocol):
    """Who acts (see journal.Hand)."""

    @property
    def who(self) -> str: ...
    @property
    def process(self) -> str: ...


def was_parted(con: sqlite3.Connection, winner: int, loser: int) -> bool:
    """Say whether a person took this very merge back: then it is not done again."""
    found = con.execute(
        "SELECT 1 FROM journal j JOIN acts a ON a.id = j.act WHERE j.page = ? AND j.property = 'merged_into' "
        "AND j.new = ? AND a.act = 'merge' AND a.state <> 'done'",
        (loser, winner),
    ).fetchone()
    return found is not None


def merge(con: sqlite3.Connection, hand: Hand, at: int, one: int, other: int) -> int:
    """Make two live pages one; return the id that stays, or `one` where a person parted them before.

    Statuses are united: read, starred and saved if either is, and all tags. Entries, articles and aliases move.
    """
    winner, loser = min(one, other), max(one, other)
    if winner == loser or was_parted(con, winner, loser):
        return one
    act = con.execute(
        "INSERT INTO acts (act, at, who, process, pages) VALUES ('merge', ?, ?, ?, 2)", (at, hand.who, hand.process)
    ).lastrowid
    _unite(con, act, winner, loser)
    rows: list[tuple[str, object, object]] = [("merged_into", None, winner)]
    for name, (table, key) in _KEYS.items():
        moved = [value for (value,) in con.execute(f"SELECT {key} FROM {table} WHERE page = ?", (loser,))]  # noqa: S608  # names from _KEYS
        con.execute(f"UPDATE {table} SET page = ? WHERE page = ?", (winner, loser))  # noqa: S608
        rows.append((name, json.dumps(moved), None))
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
    settle(con, (winner, loser))
    settle_article(con, winner)
    return winner


def part(con: sqlite3.Connection, winner: int, loser: int, moved: dict[str, list[object]]) -> None:
    """Move back what a merge had moved. What the winner got since stays with it; statuses are the journal's affair."""
    for name, (table, key) in _KEYS.items():
        con.executemany(
            f"UPDATE {table} SET page = ? WHERE {key} = ? AND page = ?",  # noqa: S608  # names from _KEYS
            [(loser, value, winner) for value in moved[name]],
        )
    con.executemany("UPDATE pages SET merged_into = ? WHERE id = ?", [(loser, page) for page in moved["merged"]])
    con.execute("UPDATE pages SET merged_into = NULL WHERE id = ?", (loser,))
    settle(con, (winner, loser))
    for page in (winner, loser):
        con.execute(
            "UPDATE pages SET article = NULL, kept_at = NULL, minutes = NULL "
            "WHERE id = ? AND NOT EXISTS (SELECT 1 FROM articles WHERE page = pages.id)",
            (page,),
        )
        settle_article(con, page)


def _unite(con: sqlite3.Connection, act: int | None, winner: int, loser: int) -> None:
    select = "SELECT read_at, starred_at, saved_at, tags, place FROM statuses WHERE page = ?"
    nothing = (None, None, None, "[]", 0)
    mine = con.execute(select, (winner,)).fetchone() or nothing
    theirs = con.execute(select, (loser,)).fetchone() or nothing
    tags = codec.strings(mine[3]) + tuple(tag for tag in codec.strings(theirs[3]) if tag not in codec.strings(mine[3]))
    united = (
        *(a if a is not None else b for a, b in zip(mine[:3], theirs[:3], strict=True)),
        codec.to_json(tags),
        mine[4] or theirs[4],
    )
    if united == tuple(mine):
        return
    con.execute(
        "INSERT INTO statuses (page, read_at, starred_at, saved_at, tags, place) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (page) DO UPDATE SET read_at = excluded.read_at, starred_at = excluded.starred_at, "
        "saved_at = excluded.saved_at, tags = excluded.tags, place = excluded.place",
        (winner, *united),
    )
    names = ("read_at", "starred_at", "saved_at", "tags", "place")
    con.executemany(
        "INSERT INTO journal (act, page, property, old, new) VALUES (?, ?, ?, ?, ?)",
        [(act, winner, name, old, new) for name, old, new in zip(names, mine, united, strict=True) if old != new],
    )

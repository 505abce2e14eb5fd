"""Two pages that prove to be one. The older id stays; what was moved is written in the journal."""

import json
import sqlite3

from reader.store.journal import Actor, begin
from reader.store.pages import is_own, link_number, listed_apart, update_derived, update_from_article
from reader.text import urls

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


_RENEWED = "keys without the port of https"
"""The fact that says that `renew_keys` is done."""


def renew_keys(con: sqlite3.Connection) -> None:
    """Bring the keys of an older Newsstand to what `urls.page_key` makes of them now, once for a library.

    It kept the port 443 of an address with http. Where another page has the new key, the old one gets http in place of
    https: `unite_schemes` makes one of the two. No step of the migrations, for the tables stay as they are, and they
    are what tells a damaged version from a true one.
    """
    if con.execute("SELECT 1 FROM facts WHERE key = ?", (_RENEWED,)).fetchone():
        return
    kept = "https://*:443/*"
    for key, page in con.execute("SELECT key, page FROM aliases WHERE key GLOB ?", (kept,)).fetchall():
        new = urls.page_key(key)
        if new == key:
            continue
        taken = con.execute("SELECT 1 FROM aliases WHERE key = ?", (new,)).fetchone()
        renewed = new.replace("https", "http", 1) if taken else new
        con.execute("UPDATE OR IGNORE aliases SET key = ? WHERE key = ?", (renewed, key))
        links = con.execute("SELECT id, link FROM entries WHERE page = ? AND link_key IS NOT NULL", (page,)).fetchall()
        con.executemany(
            "UPDATE entries SET link_key = ? WHERE id = ?", [(link_number(link), entry) for entry, link in links]
        )
    for (claim,) in con.execute("SELECT DISTINCT claim FROM articles WHERE claim GLOB ?", (kept,)).fetchall():
        con.execute("UPDATE articles SET claim = ? WHERE claim = ?", (urls.page_key(claim), claim))
    con.execute("INSERT INTO facts VALUES (?, '1')", (_RENEWED,))


def unite_schemes(con: sqlite3.Connection, actor: Actor, at: int) -> None:
    """Make one of pages that an older Newsstand kept apart, one found under http and one under https.

    The migration to version 3 and `renew_keys` leave the http key where the https key was another page's: nowhere else
    is there one.
    Two that one source lists under differing titles stay two.
    """
    pairs = con.execute(
        "SELECT a.key FROM aliases a JOIN aliases b ON b.key = 'https' || substr(a.key, 5) "
        "WHERE a.key >= 'http://' AND a.key < 'http:0'"
    ).fetchall()
    for (key,) in pairs:  # each asked anew: a merge before it moves keys
        page = con.execute("SELECT page FROM aliases WHERE key = ?", (key,)).fetchone()[0]
        other = con.execute("SELECT page FROM aliases WHERE key = 'https' || substr(?, 5)", (key,)).fetchone()[0]
        if page != other and (is_own(con, page) or is_own(con, other) or listed_apart(con, page, other)):
            continue
        merge(con, actor, at, page, other)
        con.execute("DELETE FROM aliases WHERE key = ?", (key,))


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

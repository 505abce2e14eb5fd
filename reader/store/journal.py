"""The journal: every act of a person as rows, in the transaction that changes the status; undo and redo.

An act is one row of `acts` and a row of `journal` for each thing it changed, with the old and the new value. Undo
writes the opposite rows under an act of its own, and only where the value is still what the act set and nobody else
has set it since: what another process did is not its to take back. One undoes one's own acts: those of the same `who`
(the reader, the command line) by this library, or by one that was closed before this one was opened. Of two windows
that were open at once neither ever undoes what the other did, also when that is closed.
"""

import json
import os
import re
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from reader.store.pages import touch, update_derived
from reader.store.values import Act

Property = Literal["read_at", "starred_at", "saved_at"]

_STATUS = ("read_at", "starred_at", "saved_at")
_SOURCE = (
    "removed_at",
    "title",
    "folder",
    "position",
    "url",
    "interval",
    "stories",
    "feed_text",
    "browser",
    "user_agent",
    "seconds",
    "categories",
    "headers",
    "credentials",
    "keep_days",
    "keep_megabytes",
)
_NEWEST = 500
"""Acts of either state that are looked at for who has the library open."""
_PROCESS = re.compile(r"([1-9][0-9]{0,18}):(.*)", re.ASCII | re.DOTALL)
_NOT_UNDONE = ("merge", "undo", "redo")

open_tokens: set[str] = set()
"""Tokens of the libraries that are open in this very process."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: `who` is reader, cli or the like; `process` is PID:TOKEN, another for each opened library.

    `since` is the last act there was when this library was opened, `beside` the processes that had theirs open then.
    """

    who: str
    process: str
    since: int = 0
    beside: frozenset[str] = frozenset()


def enter(con: sqlite3.Connection, who: str, process: str) -> Actor:
    """Return who acts in a library that is opened now, as `process`."""
    since: int = con.execute("SELECT coalesce(max(id), 0) FROM acts").fetchone()[0]
    newest = "SELECT process FROM acts WHERE who = ? AND state = ? ORDER BY id DESC LIMIT ?"
    processes = {
        process for state in ("done", "undone") for (process,) in con.execute(newest, (who, state, _NEWEST)).fetchall()
    }
    return Actor(who, process, since, frozenset(filter(is_running, processes)))


def is_mine(actor: Actor, act: int, process: str) -> bool:
    """Say whether an act of `process` is one's own: of this library, or of one that was closed before it was opened."""
    if process == actor.process:
        return True
    return act <= actor.since and process not in actor.beside and not is_running(process)


def is_running(process: str) -> bool:
    """Say whether the library that `process` names (`Actor.process`) is open: its process is there, as far as we may
    know, and where it is this one, that library is not closed. False for what names none."""
    named = _PROCESS.fullmatch(str(process))  # in a damaged library a text may be anything, None too
    if named is None:
        return False
    pid, token = int(named[1]), named[2]
    if pid == os.getpid():
        return token in open_tokens
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):  # the second for a number that no process has
        return False
    except OSError:
        return True
    return True


def begin(con: sqlite3.Connection, actor: Actor, act: str, at: int, *, of: int | None = None, pages: int = 0) -> int:
    """Write the head of an act; return its id. `of`: the act that it undoes or does again."""
    row = con.execute(
        "INSERT INTO acts (act, at, who, process, of, pages) VALUES (?, ?, ?, ?, ?, ?)",
        (act, at, actor.who, actor.process, of, pages),
    )
    assert row.lastrowid is not None  # noqa: S101  # an INSERT has one; for the type checker
    return row.lastrowid


def finish(con: sqlite3.Connection, actor: Actor, act: int, things: int) -> None:
    """Write down how many things the act touched. What was undone before it can no longer be done again."""
    con.execute("UPDATE acts SET pages = ? WHERE id = ?", (things, act))
    undone = con.execute("SELECT id, process FROM acts WHERE who = ? AND state = 'undone'", (actor.who,)).fetchall()
    left = [(number,) for number, process in undone if is_mine(actor, number, process)]
    con.executemany("UPDATE acts SET state = 'left' WHERE id = ? AND act <> 'merge'", left)


def mark(
    con: sqlite3.Connection,
    actor: Actor,
    at: int,
    act: str,
    wanted: Mapping[Property, tuple[Iterable[int], int | None]],
) -> Act:
    """Set properties of many pages, each to its value, as one act. Only what changes is touched and written down.

    Marking read what was read before its words changed sets the time anew. Unknown pages are left out.
    """
    number = begin(con, actor, act, at)
    counts = [_marked(con, number, name, pages, value) for name, (pages, value) in wanted.items()]
    if not any(counts):
        con.execute("DELETE FROM acts WHERE id = ?", (number,))
        return Act(0, act, at, 0)
    count = sum(counts) if len(counts) == 1 else _pages_of(con, number)
    finish(con, actor, number, count)
    return Act(number, act, at, count)


def _marked(con: sqlite3.Connection, act: int, name: Property, pages: Iterable[int], value: int | None) -> int:
    touch(con, pages)
    if value is None:
        differs = f"st.{name} IS NOT NULL"
    elif name == "read_at":
        differs = "(st.read_at IS NULL OR p.changed_at > st.read_at)"
    else:
        differs = f"st.{name} IS NULL"
    count = con.execute(
        f"INSERT INTO journal (act, page, property, old, new) SELECT :act, t.page, :name, st.{name}, :new "  # noqa: S608  # names from _STATUS
        f"FROM touched t CROSS JOIN pages p ON p.id = t.page LEFT JOIN statuses st ON st.page = t.page "
        f"WHERE {differs}",
        {"act": act, "name": name, "new": value},
    ).rowcount
    if count:
        _apply_statuses(con, act, name)
    return count


def _pages_of(con: sqlite3.Connection, act: int) -> int:
    """How many pages an act touched, each once, however many properties of it."""
    query = "SELECT count(DISTINCT page) FROM journal WHERE act = ? AND page IS NOT NULL"
    count: int = con.execute(query, (act,)).fetchone()[0]
    return count


def note_source(
    con: sqlite3.Connection, act: int, source: int, name: str, old: float | str | None, new: float | str | None
) -> None:
    """Write down and carry out one change of a source: one of `_SOURCE`."""
    con.execute(
        "INSERT INTO journal (act, source, property, old, new) VALUES (?, ?, ?, ?, ?)", (act, source, name, old, new)
    )
    _apply_source(con, source, name, new)


def _apply_source(con: sqlite3.Connection, source: int, name: str, value: object) -> None:
    assert name in _SOURCE  # noqa: S101  # the name becomes SQL
    con.execute(f"UPDATE sources SET {name} = ? WHERE id = ?", (value, source))  # noqa: S608  # asserted above
    if name == "removed_at":
        pages = con.execute("SELECT DISTINCT page FROM entries WHERE source = ?", (source,))
        update_derived(con, [page for (page,) in pages])
    if name == "interval" and value is not None:  # sooner than was thought, but not sooner than a server asked for
        con.execute(
            "UPDATE sources SET due_at = min(due_at, coalesce(asked_at, 0) + ?) WHERE id = ? AND failure IS NULL",
            (value, source),
        )
    if name in ("credentials", "headers", "user_agent"):  # what a server refused it may give now
        con.execute("UPDATE sources SET due_at = 0 WHERE id = ? AND failure IS NOT NULL", (source,))
    if name == "url":  # another document: what was known of the old one says nothing about it
        con.execute(
            "UPDATE sources SET etag = NULL, last_modified = NULL, body_hash = NULL, due_at = 0, failure = NULL, "
            "failed_since = NULL, tries = 0 WHERE id = ?",
            (source,),
        )


def _apply_statuses(con: sqlite3.Connection, act: int, name: str) -> None:
    """Set in `statuses` what the act's rows say, and the unread flags that follow."""
    con.execute(
        f"INSERT INTO statuses (page, {name}) SELECT page, new FROM journal WHERE act = ? AND property = ? "  # noqa: S608  # names from _STATUS
        f"ON CONFLICT (page) DO UPDATE SET {name} = excluded.{name}",
        (act, name),
    )
    if name == "read_at":
        for table, page, flag in (("pages", "pages.id", "listed"), ("listed", "listed.page", "1")):
            con.execute(
                f"UPDATE {table} SET unread = {flag} AND "  # noqa: S608  # names from the line above
                f"(SELECT read_at FROM statuses WHERE page = {page}) IS NULL "
                f"WHERE {page} IN (SELECT page FROM journal WHERE act = ? AND property = 'read_at')",
                (act,),
            )


def _opposite(con: sqlite3.Connection, actor: Actor, at: int, kind: str, act: int) -> tuple[int, int | None, int]:
    """Carry out the opposite of what was last done of `act` (by itself, its undo or its redo); return on how many pages
    or sources, the first of the sources, and how many pages have been pruned since.

    A value that is no longer what was set then is left alone, one that another has set since, if to the same, and a
    page that was pruned.
    """
    last: int = con.execute("SELECT max(id) FROM acts WHERE id = :act OR of = :act", {"act": act}).fetchone()[0]
    others = json.dumps(_of_others(con, actor, last))
    number = begin(con, actor, kind, at, of=act)
    counts = []
    for name in _STATUS:
        done = con.execute(
            "INSERT INTO journal (act, page, property, old, new) "  # noqa: S608  # names from _STATUS
            "SELECT :number, coalesce(p.merged_into, p.id), j.property, j.new, j.old "
            "FROM journal j CROSS JOIN pages p ON p.id = j.page "
            "LEFT JOIN statuses st ON st.page = coalesce(p.merged_into, p.id) "
            f"WHERE j.act = :last AND j.property = :name AND st.{name} IS j.new AND p.pruned_at IS NULL "
            "AND coalesce(p.merged_into, p.id) NOT IN (SELECT coalesce(q.merged_into, q.id) FROM json_each(:others) a "
            "CROSS JOIN journal k ON k.act = a.value CROSS JOIN pages q ON q.id = k.page WHERE k.property = :name) "
            "GROUP BY coalesce(p.merged_into, p.id)",
            {"number": number, "last": last, "name": name, "others": others},
        ).rowcount
        if done:
            _apply_statuses(con, number, name)
            counts.append(done)
    sources = "SELECT source, property, old, new FROM journal WHERE act = ? AND source IS NOT NULL ORDER BY id DESC"
    of_sources = (
        "SELECT DISTINCT k.source, k.property FROM json_each(?) a CROSS JOIN journal k ON k.act = a.value "
        "WHERE k.source IS NOT NULL"
    )
    set_since = set(con.execute(of_sources, (others,)))  # once: the others may have marked thousands
    touched: dict[int, None] = {}
    made_room: dict[int, None] = {}
    for source, name, old, new in con.execute(sources, (last,)).fetchall():
        if (source, name) in set_since:
            continue
        current = con.execute(f"SELECT {name} FROM sources WHERE id = ?", (source,)).fetchone()[0]  # noqa: S608  # from our own journal
        if current == new and (name != "url" or _free_address(con, number, old, new)):
            note_source(con, number, source, name, new, old)
            (made_room if name == "position" else touched)[source] = None
    count = sum(counts) if len(counts) <= 1 else _pages_of(con, number)
    count += len(touched) or bool(made_room)  # however many make room: one is moved
    con.execute("UPDATE acts SET pages = ? WHERE id = ?", (count, number))
    con.execute("UPDATE acts SET state = ? WHERE id = ?", ("undone" if kind == "undo" else "done", act))
    pruned: int = con.execute(
        "SELECT count(DISTINCT j.page) FROM journal j JOIN pages p ON p.id = j.page "
        "WHERE j.act = ? AND p.pruned_at IS NOT NULL",
        (last,),
    ).fetchone()[0]
    return count, next(iter(touched or made_room), None), pruned


def _of_others(con: sqlite3.Connection, actor: Actor, after: int) -> list[int]:
    """The acts after `after` that are not one's own. A merge of two pages is nobody's."""
    acts = con.execute("SELECT id, who, process FROM acts WHERE id > ? AND act <> 'merge'", (after,)).fetchall()
    return [number for number, who, process in acts if who != actor.who or not is_mine(actor, number, process)]


def _free_address(con: sqlite3.Connection, act: int, url: str, left: str) -> bool:
    """Free an address that an undo gives back. A removed source that has it by now takes the one that is left for it.

    False where a source that is not removed has it: then all stays as it is.
    """
    holder = con.execute("SELECT id, removed_at FROM sources WHERE url = ?", (url,)).fetchone()
    if holder is None:
        return True
    if holder[1] is None:
        return False
    # An address stands once: both are on their way for a moment.
    con.execute("UPDATE sources SET url = '' WHERE url = ?", (left,))
    note_source(con, act, holder[0], "url", url, left)
    return True


def _own(con: sqlite3.Connection, actor: Actor, state: str, *, after: int = 0, newest: bool) -> tuple[int, str] | None:
    found = con.execute(
        f"SELECT id, act, process FROM acts WHERE who = ? AND state = ? AND id > ? AND act NOT IN {_NOT_UNDONE} "  # noqa: S608  # constants of ours
        f"ORDER BY id {'DESC' if newest else 'ASC'}",
        (actor.who, state, after),
    )
    for number, act, process in found:
        if is_mine(actor, number, process):
            return number, act
    return None


def undo(con: sqlite3.Connection, actor: Actor, at: int) -> Act | None:
    """Take back one's newest act that still has an effect; None where there is none. Merges are not among them."""
    while found := _own(con, actor, "done", newest=True):
        number, act = found
        count, source, pruned = _opposite(con, actor, at, "undo", number)
        if count or pruned:
            return Act(number, act, at, count, source, pruned)
    return None


def redo(con: sqlite3.Connection, actor: Actor, at: int) -> Act | None:
    """Do again what one took back last; None where nothing was, or where a newer act came after."""
    while True:
        last = _own(con, actor, "done", newest=True)
        found = _own(con, actor, "undone", after=last[0] if last else 0, newest=False)
        if not found:
            return None
        number, act = found
        count, source, pruned = _opposite(con, actor, at, "redo", number)
        if count or pruned:
            return Act(number, act, at, count, source, pruned)


def forget(token: str) -> None:
    """A library of this process was closed: its acts are any later library's own."""
    with suppress(KeyError):
        open_tokens.remove(token)

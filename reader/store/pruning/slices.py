"""Taking what may go, a little in each transaction, so that nobody who writes waits for long."""

import json
import sqlite3
import time
from collections import defaultdict
from collections.abc import Sequence

from reader.store.pruning import open_stories, traits
from reader.store.pruning.candidates import candidates_among
from reader.store.pruning.values import Bounds, Candidate, Part, Pruned

LONGEST = 0.008
"""Seconds of work in one transaction, before it is written to the disk."""

AT_ONCE = 32
"""Pages looked at in one transaction."""

_TOGETHER = 4  # pages taken between two looks at the clock
_ACTS_AT_ONCE, _ROWS_AT_ONCE = 50, 1000
_FILE_PAGES_AT_ONCE = 64
_OLD_ACTS = (
    "FROM acts a WHERE of IS NULL AND at < :before "
    "AND NOT EXISTS (SELECT 1 FROM acts o WHERE o.of = a.id AND o.at >= :before)"
)
_LEFT_FREE = 50  # one page in so many of the file is not given back: what comes next takes it


def take(
    con: sqlite3.Connection,
    bounds: Bounds,
    now: int,
    part: Part,
    pages: Sequence[int],
    only_source: int | None,
    wanted: int | None,
) -> tuple[int, dict[int, Pruned]]:
    """Take this part of as many of these pages as time allows, those that may still go; return how many of `pages` have
    been dealt with, and what went, by source. `only_source`: not where another source lists the page too. `wanted`: so
    many bytes are enough."""
    ends = time.perf_counter() + LONGEST
    asked = pages[:AT_ONCE]
    found = {
        candidate.page: candidate
        for candidate in candidates_among(con, bounds, now, open_stories.needed(con), asked)
        if only_source is None or candidate.sources == (only_source,)
    }
    went: defaultdict[int, Pruned] = defaultdict(Pruned)
    dealt = size = 0
    while dealt < len(asked) and (dealt == 0 or time.perf_counter() < ends) and (wanted is None or size < wanted):
        some: list[Candidate] = []
        for page in asked[dealt : dealt + _TOGETHER]:
            dealt += 1
            if page not in found:
                continue
            some.append(found[page])
            for source, pruned in shares(found[page], part).items():
                went[source] += pruned
                size += pruned.size
            if wanted is not None and size >= wanted:
                break
        if some:
            _take(con, now, part, some)
    return dealt, dict(went)


def shares(candidate: Candidate, part: Part) -> dict[int, Pruned]:
    """What goes of a candidate with this part, by source; what several list counts for the first. Pure."""
    source = candidate.sources[0] if candidate.sources else 0
    if part == "versions":
        share = (candidate.articles - 1) / candidate.articles if candidate.articles > 1 else 0
        return {source: Pruned(max(0, candidate.articles - 1), 0, int(candidate.text * share))}
    if part == "texts":
        return {source: Pruned(candidate.articles, 0, candidate.text)}
    return {source: Pruned(candidate.articles, candidate.entries, candidate.text + candidate.rest)}


def _take(con: sqlite3.Connection, now: int, part: Part, taken: Sequence[Candidate]) -> None:
    pages = json.dumps([candidate.page for candidate in taken])
    of_these = "page IN (SELECT value FROM json_each(:pages))"
    values = {"pages": pages, "now": now}
    if part == "versions":
        con.execute(
            f"DELETE FROM articles WHERE {of_these} "  # noqa: S608  # a constant of ours
            "AND id <> (SELECT max(id) FROM articles newest WHERE newest.page = articles.page)",
            values,
        )
        return
    con.execute(f"DELETE FROM articles WHERE {of_these}", values)  # noqa: S608  # a constant of ours
    if part == "texts":
        con.execute(f"UPDATE entries SET content = NULL WHERE content IS NOT NULL AND {of_these}", values)  # noqa: S608  # a constant of ours
        con.execute(
            "UPDATE pages SET article = NULL, kept_at = NULL, minutes = NULL "
            "WHERE id IN (SELECT value FROM json_each(:pages))",
            values,
        )
        return
    traits.remember(con, [candidate.page for candidate in taken])
    for table in ("listed", "entries", "aliases"):
        con.execute(f"DELETE FROM {table} WHERE {of_these}", values)  # noqa: S608  # names from the line above
    con.execute(
        "UPDATE pages SET url = '', entry = NULL, listed = 0, unread = 0, changed_at = NULL, article = NULL, "
        "kept_at = NULL, minutes = NULL, title = NULL, summary = NULL, section = NULL, pruned_at = :now "
        "WHERE id IN (SELECT value FROM json_each(:pages)) OR merged_into IN (SELECT value FROM json_each(:pages))",
        values,
    )


def forget_acts(con: sqlite3.Connection, before: int) -> bool:
    """Take a part of what the journal has of acts that are older than `before` (UTC seconds), with their undoing;
    return whether there may be more. They can be undone no more from the first transaction on."""
    acts = [
        act
        for (act,) in con.execute(
            f"SELECT id {_OLD_ACTS} ORDER BY id LIMIT :most",  # a constant of ours
            {"before": before, "most": _ACTS_AT_ONCE},
        ).fetchall()
    ]
    ends = time.perf_counter() + LONGEST
    for act in acts:
        con.execute("UPDATE acts SET state = 'left' WHERE id = ? AND state <> 'left'", (act,))
        gone = con.execute(
            "DELETE FROM journal WHERE id IN "
            "(SELECT id FROM journal WHERE act IN (SELECT id FROM acts WHERE id = :act OR of = :act) LIMIT :most)",
            {"act": act, "most": _ROWS_AT_ONCE},
        ).rowcount
        if gone < _ROWS_AT_ONCE:
            con.execute("DELETE FROM acts WHERE of = ?", (act,))
            con.execute("DELETE FROM acts WHERE id = ?", (act,))
        if time.perf_counter() > ends:
            break
    return bool(acts)


def has_acts(con: sqlite3.Connection, before: int) -> bool:
    """Say whether `forget_acts` would find any."""
    row = con.execute(
        f"SELECT 1 {_OLD_ACTS} LIMIT 1",  # a constant of ours
        {"before": before},
    ).fetchone()
    return row is not None


def used(con: sqlite3.Connection) -> int:
    """Return how many bytes of the file are in use."""
    count, free, size = (
        con.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int((count - free) * size)


def can_shrink(con: sqlite3.Connection) -> bool:
    """Say whether the file can be made smaller a little at a time. One that was made by an older Newsstand cannot:
    what is free in it is used again, and only VACUUM gives it back."""
    con.execute("PRAGMA schema_version").fetchall()  # reads the file: else it is as this connection saw it last
    return bool(con.execute("PRAGMA auto_vacuum").fetchone()[0] == 2)  # INCREMENTAL


def free(con: sqlite3.Connection) -> int:
    """Return how many bytes `give_back` would give back in all, where the file can be made smaller so."""
    size: int = con.execute("PRAGMA page_size").fetchone()[0]
    return _beyond(con) * size


def _beyond(con: sqlite3.Connection) -> int:
    """How many of the free pages are too many."""
    count: int = con.execute("PRAGMA page_count").fetchone()[0]
    unused: int = con.execute("PRAGMA freelist_count").fetchone()[0]
    return max(0, unused - count // _LEFT_FREE)


def give_back(con: sqlite3.Connection) -> bool:
    """Give some of what is free in the file back to the file system; return whether there may be more."""
    beyond = _beyond(con)
    if not beyond:
        return False
    con.execute(f"PRAGMA incremental_vacuum({min(_FILE_PAGES_AT_ONCE, beyond)})").fetchall()
    return True

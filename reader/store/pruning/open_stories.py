"""Which stories are open in readers, of this process and of others: these are not pruned, nor what they link to.

Each opened library writes down its own; what a process left that has ended says nothing.
"""

import json
import sqlite3
from collections.abc import Iterable

from reader.store.journal import Actor, is_running
from reader.text import urls

_LINKS_AT_MOST = 500  # of one story that are looked up: a page of links must not make a transaction long


def keep_open(con: sqlite3.Connection, actor: Actor, pages: Iterable[int]) -> None:
    """Write down that this library's reader has just these pages open; those it had before are closed."""
    con.execute("DELETE FROM open_stories WHERE process = ?", (actor.process,))
    con.executemany(
        "INSERT OR IGNORE INTO open_stories (process, page) VALUES (?, ?)",
        [(actor.process, page) for page in dict.fromkeys(pages)],
    )


def close_ended(con: sqlite3.Connection) -> None:
    """Forget what was open in processes that have ended."""
    ended = [
        (process,)
        for (process,) in con.execute("SELECT DISTINCT process FROM open_stories").fetchall()
        if not is_running(process)
    ]
    con.executemany("DELETE FROM open_stories WHERE process = ?", ended)


def needed(con: sqlite3.Connection) -> set[int]:
    """Return the pages that are open in some reader, and those that their articles link to."""
    opened = {
        page
        for process, page in con.execute(
            "SELECT o.process, coalesce(p.merged_into, p.id) FROM open_stories o JOIN pages p ON p.id = o.page"
        ).fetchall()
        if is_running(process)
    }
    if not opened:
        return opened
    texts = con.execute(
        "SELECT a.fields FROM json_each(?) j CROSS JOIN pages p ON p.id = j.value JOIN articles a ON a.id = p.article",
        (json.dumps(list(opened)),),
    )
    keys = {urls.page_key(url) for (fields,) in texts.fetchall() for url in _links(fields)}
    found = con.execute(
        "SELECT a.page FROM json_each(?) j CROSS JOIN aliases a ON a.key = j.value", (json.dumps(list(keys)),)
    )
    return opened | {page for (page,) in found}


def _links(fields: str) -> list[str]:
    try:
        links = json.loads(fields).get("links", [])
    except (ValueError, AttributeError):  # what another version wrote and this one cannot read has no links
        return []
    return [link["url"] for link in links[:_LINKS_AT_MOST] if isinstance(link, dict) and "url" in link]

"""Stories that were asked for and are not to be had, by their address: what was wrong, and when to ask again."""

import json
import sqlite3
from collections.abc import Sequence

from reader.models import Failure
from reader.store import codec
from reader.store.values import FailedStory
from reader.text import urls

_REMEMBERED = 30 * 86400  # seconds after `again_at` for which it is known how often a story was asked for in vain


def told(con: sqlite3.Connection, asked: Sequence[str], now: int) -> dict[str, Failure]:
    """Return why the stories at these addresses are not to be had, by the address as asked, as far as it is told."""
    keys = {url: urls.page_key(url) for url in asked}
    found = con.execute(
        "SELECT f.key, f.failure FROM json_each(?) j CROSS JOIN failed_stories f ON f.key = j.value WHERE f.until > ?",
        (json.dumps(list(set(keys.values()))), now),
    )
    failures = {key: codec.failure(text) for key, text in found}
    return {url: failure for url, key in keys.items() if (failure := failures.get(key)) is not None}


def get(con: sqlite3.Connection, url: str) -> FailedStory | None:
    """Return what is kept of the story at an address; None where it came, or nobody asked for it lately."""
    query = "SELECT failure, until, again_at, tries FROM failed_stories WHERE key = ?"
    row = con.execute(query, (urls.page_key(url),)).fetchone()
    failure = None if row is None else codec.failure(row[0])
    return None if failure is None else FailedStory(failure, *row[1:])


def keep(con: sqlite3.Connection, url: str, failed: FailedStory | None, now: int) -> None:
    """Keep what is known of the story at an address; None: it came. What is very old is forgotten."""
    key = urls.page_key(url)
    con.execute("DELETE FROM failed_stories WHERE key = ? OR max(until, again_at + ?) <= ?", (key, _REMEMBERED, now))
    if failed is not None:
        con.execute(
            "INSERT INTO failed_stories VALUES (?, ?, ?, ?, ?)",
            (key, codec.to_json(failed.failure), failed.until, failed.again_at, failed.tries),
        )

"""By what a pruned entry is known again when its source still lists it: a few numbers of 64 bits in place of its words.

They say what `news.identity` asks of kept entries: one guid with one title or one address; or another guid with the
same title, summary, time and place. An entry that only shares its guid with a pruned one is another story, for some
papers use one again.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence

from reader.models import Entry
from reader.store.codec import seconds_and_offset, to_json
from reader.text import urls

_LINK_IN_GUID = re.compile(r"(?: \d+)? https?://\S*\Z")  # the feed parser writes so where several entries share a guid


def key_number(key: str) -> int:
    """Return a number of 64 bits, signed as SQLite has them, for a key of `aliases`."""
    import hashlib  # loads OpenSSL, which no first paint needs

    return int.from_bytes(
        hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True
    )


def trait_numbers(
    guid: str, title: str, link: str | None, summary: str | None, published: int | None
) -> tuple[int, ...]:
    """Return what an entry is known by. `published` in UTC seconds. Pure."""
    base = _LINK_IN_GUID.sub("", guid).removesuffix(f" {title}") if " " in guid else guid
    base = f"https:{base[5:]}" if base.startswith("http:") else base
    said = " ".join(title.casefold().split())
    key = urls.page_key(link) if link else ""
    traits: list[tuple[str, ...]] = [("title", base, said), ("address", base, key)]
    if link:
        # Without a time, parameters may be all that tells one story from the next of the same title.
        place = urls.parted(link)[0] if published is not None else key
        traits.append(("text", said, place, summary or "", str(published)))
    return tuple(key_number("\1".join(trait)) for trait in traits)


def pruned_guids(con: sqlite3.Connection, source: int, entries: Sequence[Entry]) -> set[str]:
    """Return the guids of those entries that were in this source, and were pruned."""
    numbers: dict[int, set[str]] = {}
    for entry in entries:
        published = seconds_and_offset(entry.published)[0]
        for number in trait_numbers(entry.guid, entry.title, entry.link, entry.summary, published):
            numbers.setdefault(number, set()).add(entry.guid)
    found = con.execute(
        "SELECT p.number FROM json_each(?) j CROSS JOIN pruned_entries p ON p.source = ? AND p.number = j.value",
        (to_json(list(numbers)), source),
    )
    return {guid for (number,) in found for guid in numbers[number]}


def remember(con: sqlite3.Connection, pages: Iterable[int]) -> None:
    """Write down what the entries of these pages are known by, and their addresses, before they go."""
    listed = to_json(list(pages))
    entries = con.execute(
        "SELECT e.source, e.page, e.guid, e.title, e.link, e.summary, e.published "
        "FROM json_each(?) j CROSS JOIN entries e ON e.page = j.value",
        (listed,),
    ).fetchall()
    con.executemany(
        "INSERT OR REPLACE INTO pruned_entries (source, number, page) VALUES (?, ?, ?)",
        [(source, number, page) for source, page, *words in entries for number in trait_numbers(*words)],
    )
    aliases = con.execute(
        "SELECT a.key, a.page FROM json_each(?) j CROSS JOIN aliases a ON a.page = j.value", (listed,)
    ).fetchall()
    con.executemany(
        "INSERT OR REPLACE INTO pruned_addresses (number, page) VALUES (?, ?)",
        [(key_number(key), page) for key, page in aliases],
    )


def forget_unread(con: sqlite3.Connection, source: int) -> None:
    """A person subscribes anew to a source of which nothing is left: what was never read of it may come again."""
    con.execute(
        "DELETE FROM pruned_entries WHERE source = :source "
        "AND NOT EXISTS (SELECT 1 FROM entries WHERE source = :source) "
        "AND page NOT IN (SELECT page FROM statuses WHERE read_at IS NOT NULL)",
        {"source": source},
    )

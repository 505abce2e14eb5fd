"""What one visit to a source brought: entries and their pages, in one transaction. The deciding is done elsewhere."""

import hashlib
import sqlite3
from collections.abc import Sequence

from reader import urls
from reader.models import Entry, Failure, Source
from reader.store import codec, sources
from reader.store.merging import Hand, merge
from reader.store.pages import could_be_one, find, is_own, live, make, own_key, plain, settle
from reader.store.values import FeedChanges, OldEntry, digest


def link_key(link: str | None) -> int | None:
    """Return a number that two spellings of one link share, for finding who else has it."""
    return hashed(urls.canonical(link)) if link else None


def hashed(key: str) -> int:
    """Return a number of 64 bits, signed as SQLite has them, for a canonical address."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def old_entries(con: sqlite3.Connection, source: int) -> dict[str, OldEntry]:
    """Return what is kept of a source, by guid, for `decide`."""
    found = con.execute("SELECT guid, id, digest FROM entries WHERE source = ?", (source,))
    return {guid: OldEntry(number, known) for guid, number, known in found}


def keep_feed(con: sqlite3.Connection, hand: Hand, source_id: int, changes: FeedChanges, now: int) -> tuple[int, int]:
    """Keep new and changed entries, their pages, and the source's facts; return how many were (new, changed).

    An entry that another process has kept meanwhile is taken as changed, or as the same. What is read stays read.
    """
    source = sources.get(con, source_id)
    if source is None:
        return 0, 0
    home = changes.home or source.home
    shared = _shared(changes.new)
    touched: set[int] = set()
    new = changed = 0
    for entry in changes.new:
        kept = con.execute(
            "SELECT id, digest FROM entries WHERE source = ? AND guid = ?", (source_id, entry.guid)
        ).fetchone()
        if kept is None:
            page = _page(con, source, home, entry, shared, now)
            _insert(con, source_id, page, entry, now)
            touched.add(page)
            new += 1
        elif kept[1] != digest(entry):
            touched |= _replace(con, hand, source, home, kept[0], entry, now)
            changed += 1
    for number, entry in changes.changed:
        pages = _replace(con, hand, source, home, number, entry, now)
        touched |= pages
        changed += bool(pages)
    settle(con, touched)
    _facts(con, source, changes, now)
    return new, changed


def _facts(con: sqlite3.Connection, source: Source, changes: FeedChanges, now: int) -> None:
    title = changes.title if source.title in ("", source.url) and changes.title else source.title
    con.execute(
        "UPDATE sources SET title = ?, home = coalesce(?, home), language = coalesce(language, ?), etag = ?, "
        "last_modified = ?, body_hash = ?, due_at = ?, asked_at = ?, answered_at = ? WHERE id = ?",
        (title, changes.home, changes.language, changes.etag, changes.last_modified, changes.body_hash,
         changes.due_at, now, now, source.id),
    )  # fmt: skip
    trouble(con, source.id, changes.fault, now)


def trouble(con: sqlite3.Connection, source: int, failure: Failure | None, now: int) -> None:
    """Keep a source's trouble and since when it has had any, or that it has none."""
    con.execute(
        "UPDATE sources SET failure = :failure, "
        "failed_since = CASE WHEN :failure IS NULL THEN NULL ELSE coalesce(failed_since, :now) END WHERE id = :source",
        {"failure": codec.to_json(failure) if failure else None, "now": now, "source": source},
    )


def keep_same(
    con: sqlite3.Connection, source: int, validators: tuple[str | None, str | None, str | None], due_at: int, now: int
) -> None:
    """A visit found nothing new. Validators (etag, last_modified, body_hash) that are None keep what is there."""
    con.execute(
        "UPDATE sources SET etag = coalesce(?, etag), last_modified = coalesce(?, last_modified), "
        "body_hash = coalesce(?, body_hash), due_at = ?, asked_at = ?, answered_at = ? WHERE id = ?",
        (*validators, due_at, now, now, source),
    )
    trouble(con, source, None, now)


def keep_failure(con: sqlite3.Connection, source: int, failure: Failure, due_at: int, now: int) -> None:
    """A visit failed."""
    con.execute("UPDATE sources SET due_at = ?, asked_at = ? WHERE id = ?", (due_at, now, source))
    trouble(con, source, failure, now)


def _shared(entries: Sequence[Entry]) -> set[int]:
    """Return the links (by key) that stand under two differing titles among these entries."""
    seen: dict[int, str] = {}
    shared = set()
    for entry in entries:
        key = link_key(entry.link)
        if key is not None and seen.setdefault(key, plain(entry.title)) != plain(entry.title):
            shared.add(key)
    return shared


def _is_home(link: str, source: Source, home: str | None) -> bool:
    """Say whether a link leads to the source's own front page, or to the source itself."""
    if urls.canonical(link) in {urls.canonical(known) for known in (home, source.url) if known}:
        return True
    return urls.is_home(link) and urls.same_site(link, home or source.url)


def _page(con: sqlite3.Connection, source: Source, home: str | None, entry: Entry, shared: set[int], now: int) -> int:
    """Return the page of a new entry: its link's, or one of its own where the link is not its alone.

    The same link and title under a new guid is the same story: papers change guids, and what was read stays read.
    """
    key = link_key(entry.link)
    if entry.link and key is not None and not _is_home(entry.link, source, home):
        siblings = con.execute(
            "SELECT title, page FROM entries WHERE source = ? AND link_key = ?", (source.id, key)
        ).fetchall()
        twin = next((page for title, page in siblings if plain(title) == plain(entry.title) != ""), None)
        if twin is not None:
            return int(twin)
        if not siblings and key not in shared:
            found = find(con, entry.link)
            return found if found is not None else make(con, entry.link, urls.canonical(entry.link), "link", now)
    own = own_key(source.id, entry.guid)
    row = con.execute("SELECT page FROM aliases WHERE key = ?", (own,)).fetchone()
    return row[0] if row else make(con, entry.link or "", own, "own", now)


def _values(entry: Entry, first_seen: int) -> tuple[object, ...]:
    published, offset = codec.moment(entry.published)
    return (
        entry.link, link_key(entry.link), entry.title, entry.section,
        first_seen if published is None else min(first_seen, published), published, offset, digest(entry),
        entry.summary, codec.to_json(entry.authors), entry.picture,
        codec.to_json(entry.enclosure) if entry.enclosure else None, entry.content,
    )  # fmt: skip


def _insert(con: sqlite3.Connection, source: int, page: int, entry: Entry, now: int) -> None:
    con.execute(
        "INSERT INTO entries (source, guid, page, first_seen, link, link_key, title, section, time, published, "
        "published_offset, digest, summary, authors, picture, enclosure, content) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (source, entry.guid, page, now, *_values(entry, now)),
    )


def _replace(
    con: sqlite3.Connection, hand: Hand, source: Source, home: str | None, number: int, entry: Entry, now: int
) -> set[int]:
    """Put a changed entry in its old one's place: id, first_seen and page stay. Return the pages that it touches."""
    old = con.execute(
        "SELECT page, first_seen, link, title, summary, content FROM entries WHERE id = ? AND source = ?",
        (number, source.id),
    ).fetchone()
    if old is None:
        return set()
    page, first_seen, link, *words = old
    con.execute(
        "UPDATE entries SET link = ?, link_key = ?, title = ?, section = ?, time = ?, published = ?, "
        "published_offset = ?, digest = ?, summary = ?, authors = ?, picture = ?, enclosure = ?, content = ?, "
        "changed_at = ? WHERE id = ?",
        (*_values(entry, first_seen), now, number),
    )
    if words != [entry.title, entry.summary, entry.content]:
        con.execute("UPDATE pages SET changed_at = ? WHERE id = ?", (now, page))
    if entry.link and entry.link != link and not _is_home(entry.link, source, home):
        page = _moved(con, hand, source.id, page, number, entry, now)
    return {old[0], page}


def _moved(con: sqlite3.Connection, hand: Hand, source: int, page: int, number: int, entry: Entry, now: int) -> int:
    """An entry has a new link: it is one more alias of its page, unless it is another entry's, or another story's."""
    assert entry.link  # noqa: S101  # the caller asked
    others = con.execute(
        "SELECT 1 FROM entries WHERE source = ? AND link_key = ? AND id <> ?", (source, link_key(entry.link), number)
    ).fetchone()
    if others or is_own(con, page):
        return page
    found = find(con, entry.link)
    if found is None:
        con.execute("INSERT INTO aliases VALUES (?, ?, 'link')", (urls.canonical(entry.link), page))
        con.execute("UPDATE pages SET url = ? WHERE id = ?", (entry.link, page))
    elif found != page and could_be_one(con, page, found):
        return merge(con, hand, now, page, found)
    return live(con, page) or page

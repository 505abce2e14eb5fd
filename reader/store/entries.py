"""What one visit to a source brought: entries and their pages, in one transaction. The deciding is done elsewhere."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from reader.models import Entry, Failure, FailureKind, Source
from reader.store import codec, sources
from reader.store.codec import to_json
from reader.store.journal import Actor
from reader.store.merging import merge
from reader.store.pages import could_be_one, is_own, make, own_key, plain, update_derived
from reader.store.values import FeedChanges, OldEntry, digest
from reader.text import urls


def hashed(key: str) -> int:
    """Return a number of 64 bits, signed as SQLite has them, for a canonical link: who else in a source has it."""
    import hashlib  # loads OpenSSL, which no first paint needs

    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


@dataclass(frozen=True, slots=True)
class _Visit:
    """What is the same for all entries of one visit. `homes`: canonical addresses at which no story stands."""

    source: int
    front: str
    homes: frozenset[str]
    now: int


@dataclass(frozen=True, slots=True)
class _Listed:
    """An entry with its canonical link and that link's number: made once, for they are asked for often."""

    entry: Entry
    key: str | None
    number: int | None


def _listed(entry: Entry) -> _Listed:
    key = urls.canonical(entry.link) if entry.link else None
    return _Listed(entry, key, hashed(key) if key else None)


def old_entries(con: sqlite3.Connection, source: int) -> dict[str, OldEntry]:
    """Return what is kept of a source, by guid, for `decide`."""
    found = con.execute("SELECT guid, id, digest FROM entries WHERE source = ?", (source,))
    return {guid: OldEntry(number, known) for guid, number, known in found}


def keep_feed(
    con: sqlite3.Connection, actor: Actor, source_id: int, changes: FeedChanges, now: int, asked: str | None = None
) -> tuple[int, int]:
    """Keep new and changed entries, their pages, and the source's facts; return how many were (new, changed).

    An entry that another process has kept meanwhile is taken as changed, or as the same. What is read stays read.
    """
    source = sources.get(con, source_id)
    if source is None or not sources.is_as_asked(con, source_id, asked):
        return 0, 0
    front = changes.home or source.home or source.url
    visit = _Visit(source_id, front, frozenset({urls.canonical(front), urls.canonical(source.url)}), now)
    kept = _kept(con, source_id, changes.new)
    fresh = {entry.guid: entry for entry in reversed(changes.new) if entry.guid not in kept}
    new = [_listed(entry) for entry in reversed(fresh.values())]
    touched = _insert(con, visit, new)
    replaced = [
        (kept[entry.guid].id, entry)
        for entry in changes.new
        if entry.guid in kept and kept[entry.guid].digest != digest(entry)
    ]
    changed = 0
    for number, entry in (*replaced, *changes.changed):
        pages = _replace(con, actor, visit, number, _listed(entry))
        touched |= pages
        changed += bool(pages)
    update_derived(con, touched)
    _facts(con, source, changes, now)
    return len(new), changed


def _kept(con: sqlite3.Connection, source: int, entries: Sequence[Entry]) -> dict[str, OldEntry]:
    found = con.execute(
        "SELECT e.guid, e.id, e.digest FROM json_each(?) j CROSS JOIN entries e ON e.source = ? AND e.guid = j.value",
        (to_json([entry.guid for entry in entries]), source),
    )
    return {guid: OldEntry(number, known) for guid, number, known in found}


def _facts(con: sqlite3.Connection, source: Source, changes: FeedChanges, now: int) -> None:
    title = changes.title if source.title in ("", source.url) and changes.title else source.title
    con.execute(
        "UPDATE sources SET title = ?, home = coalesce(?, home), language = coalesce(language, ?), etag = ?, "
        "last_modified = ?, body_hash = ?, due_at = ?, asked_at = ?, answered_at = ? WHERE id = ?",
        (
            title,
            changes.home,
            changes.language,
            changes.etag,
            changes.last_modified,
            changes.body_hash,
            changes.due_at,
            now,
            now,
            source.id,
        ),
    )
    _set_failure(con, source.id, changes.fault, now)


def _set_failure(con: sqlite3.Connection, source: int, failure: Failure | None, now: int) -> None:
    """Keep a source's failure, since when it has failed and how often in a row; or (None) that it answered."""
    con.execute(
        "UPDATE sources SET failure = :failure, "
        "failed_since = CASE WHEN :failure IS NULL THEN NULL ELSE coalesce(failed_since, :now) END, "
        "tries = CASE WHEN :failure IS NULL THEN 0 ELSE tries + 1 END WHERE id = :source",
        {"failure": to_json(failure) if failure else None, "now": now, "source": source},
    )


def keep_same(
    con: sqlite3.Connection,
    source: int,
    validators: tuple[str | None, str | None, str | None],
    due_at: int,
    now: int,
    asked: str | None = None,
) -> None:
    """A visit found nothing new. Validators (etag, last_modified, body_hash) that are None keep what is there."""
    if not sources.is_as_asked(con, source, asked):
        return
    con.execute(
        "UPDATE sources SET etag = coalesce(?, etag), last_modified = coalesce(?, last_modified), "
        "body_hash = coalesce(?, body_hash), due_at = ?, asked_at = ?, answered_at = ? WHERE id = ?",
        (*validators, due_at, now, now, source),
    )
    # A feed that could be read in part is as broken as it was when its bytes are the same.
    broken = con.execute(
        "SELECT 1 FROM sources WHERE id = ? AND json_extract(failure, '$.kind') = ?",
        (source, FailureKind.BROKEN_FEED.value),
    ).fetchone()
    if broken is None:
        _set_failure(con, source, None, now)


def keep_failure(
    con: sqlite3.Connection, source: int, failure: Failure, due_at: int, now: int, asked: str | None = None
) -> None:
    """A visit failed."""
    if not sources.is_as_asked(con, source, asked):
        return
    con.execute("UPDATE sources SET due_at = ?, asked_at = ? WHERE id = ?", (due_at, now, source))
    _set_failure(con, source, failure, now)


def _is_home(visit: _Visit, link: str, key: str) -> bool:
    """Say whether a link leads to the source's own front page, or to the source itself."""
    return key in visit.homes or (urls.is_home(key) and urls.same_site(link, visit.front))


def _insert(con: sqlite3.Connection, visit: _Visit, new: Sequence[_Listed]) -> set[int]:
    """Write new entries, each with its page; return the pages."""
    pages = _pages(con, visit, new)
    con.executemany(
        "INSERT INTO entries (source, guid, page, first_seen, link, link_key, title, section, time, published, "
        "published_offset, digest, summary, authors, picture, enclosure, content) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (visit.source, item.entry.guid, page, visit.now, *_values(item, visit.now))
            for item, page in zip(new, pages, strict=True)
        ],
    )
    return set(pages)


def _pages(con: sqlite3.Connection, visit: _Visit, new: Sequence[_Listed]) -> list[int]:
    """Return the page of each new entry: its link's, or one of its own where the link is not its alone.

    The same link and title under a new guid is the same story: papers change guids, and what was read stays read.
    """
    siblings = _siblings(con, visit.source, new)
    shared = _shared(new)
    keys = [item.key if item.key is not None else own_key(visit.source, item.entry.guid) for item in new]
    found = dict(
        con.execute(
            "SELECT a.key, a.page FROM json_each(?) j CROSS JOIN aliases a ON a.key = j.value",
            (to_json(keys + [own_key(visit.source, item.entry.guid) for item in new]),),
        ).fetchall()
    )
    pages = []
    for item in new:
        entry, title = item.entry, plain(item.entry.title)
        own = own_key(visit.source, entry.guid)
        page = None
        key, why = own, "own"
        if entry.link and item.key and item.number is not None and not _is_home(visit, entry.link, item.key):
            others = siblings.setdefault(item.number, {})
            page = others.get(title) if title else None
            if not others and item.number not in shared:
                key, why = item.key, "link"
        if page is None:
            page = found.get(key)
        if page is None:
            page = found[key] = make(con, entry.link or "", key, why, visit.now)
        if item.number is not None:
            siblings.setdefault(item.number, {}).setdefault(title, page)
        pages.append(page)
    return pages


def _siblings(con: sqlite3.Connection, source: int, new: Sequence[_Listed]) -> dict[int, dict[str, int]]:
    """Return what this source has under the new entries' links: by the link's number, pages by title."""
    found = con.execute(
        "SELECT e.link_key, e.title, e.page FROM json_each(?) j "
        "CROSS JOIN entries e ON e.source = ? AND e.link_key = j.value ORDER BY e.id DESC",
        (to_json([item.number for item in new if item.number is not None]), source),
    )
    siblings: dict[int, dict[str, int]] = {}
    for number, title, page in found:
        siblings.setdefault(number, {})[plain(title)] = page
    return siblings


def _shared(new: Sequence[_Listed]) -> set[int]:
    """Return the links (by number) that stand under two differing titles among these entries."""
    seen: dict[int, str] = {}
    shared = set()
    for item in new:
        title = plain(item.entry.title)
        if item.number is not None and seen.setdefault(item.number, title) != title:
            shared.add(item.number)
    return shared


def _values(item: _Listed, first_seen: int) -> tuple[object, ...]:
    entry = item.entry
    published, offset = codec.seconds_and_offset(entry.published)
    return (
        entry.link,
        item.number,
        entry.title,
        entry.section,
        first_seen if published is None else min(first_seen, published),
        published,
        offset,
        digest(entry),
        entry.summary,
        to_json(entry.authors),
        entry.picture,
        to_json(entry.enclosure) if entry.enclosure else None,
        entry.content,
    )


def _replace(con: sqlite3.Connection, actor: Actor, visit: _Visit, number: int, item: _Listed) -> set[int]:
    """Put a changed entry in its old one's place: id, first_seen and page stay. Return the pages that it touches."""
    entry = item.entry
    old = con.execute(
        "SELECT page, first_seen, link, title, summary, content FROM entries WHERE id = ? AND source = ?",
        (number, visit.source),
    ).fetchone()
    if old is None:
        return set()
    page, first_seen, link, *words = old
    con.execute(
        "UPDATE entries SET link = ?, link_key = ?, title = ?, section = ?, time = ?, published = ?, "
        "published_offset = ?, digest = ?, summary = ?, authors = ?, picture = ?, enclosure = ?, content = ?, "
        "changed_at = ? WHERE id = ?",
        (*_values(item, first_seen), visit.now, number),
    )
    if words != [entry.title, entry.summary, entry.content]:
        con.execute("UPDATE pages SET changed_at = ? WHERE id = ?", (visit.now, page))
    if entry.link and item.key and entry.link != link and not _is_home(visit, entry.link, item.key):
        page = _moved(con, actor, visit, page, number, item)
    return {old[0], page}


def _moved(con: sqlite3.Connection, actor: Actor, visit: _Visit, page: int, number: int, item: _Listed) -> int:
    """An entry has a new link: it is one more alias of its page, unless it is another entry's, or another story's."""
    others = con.execute(
        "SELECT 1 FROM entries WHERE source = ? AND link_key = ? AND id <> ?", (visit.source, item.number, number)
    ).fetchone()
    if others or is_own(con, page):
        return page
    row = con.execute("SELECT page FROM aliases WHERE key = ?", (item.key,)).fetchone()
    if row is None:
        con.execute("INSERT INTO aliases VALUES (?, ?, 'link')", (item.key, page))
        con.execute("UPDATE pages SET url = ? WHERE id = ?", (item.entry.link, page))
    elif row[0] != page and could_be_one(con, page, row[0]):
        return merge(con, actor, visit.now, page, row[0])
    return page

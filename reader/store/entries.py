"""What one visit to a source brought: entries and their pages, in one transaction. `news.refresh` has decided."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from reader.models import Entry, Failure, FailureKind, Source
from reader.store import codec
from reader.store.codec import to_json
from reader.store.journal import Actor
from reader.store.merging import merge, renew_keys, unite_schemes
from reader.store.pages import could_be_one, is_own, link_number, make, own_key, plain, revive, update_derived
from reader.store.pruning.traits import pruned_guids
from reader.store.sources import sources
from reader.store.sources.names import is_ours, tell_apart
from reader.store.values import FeedChanges, NewAddress, OldEntry, digest, earlier_digests
from reader.text import urls

_OLD_COLUMNS = ", ".join(f"e.{name}" for name in OldEntry._fields)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class _Visit:
    """What is the same for all entries of one visit. `homes`: page keys at which no story stands. `listed`: kept
    entries that the document lists beside the new ones."""

    source: int
    front: str
    homes: frozenset[str]
    now: int
    listed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Listed:
    """An entry with its canonical link and that link's number: made once, for they are asked for often."""

    entry: Entry
    key: str | None
    number: int | None


def _listed(entry: Entry) -> _Listed:
    key = urls.page_key(entry.link) if entry.link else None
    return _Listed(entry, key, link_number(entry.link) if entry.link else None)


def old_entries(con: sqlite3.Connection, source: int) -> dict[str, OldEntry]:
    """Return what is kept of a source, by guid, for `decide`."""
    found = con.execute(f"SELECT {_OLD_COLUMNS} FROM entries e WHERE source = ?", (source,))  # noqa: S608  # a constant of ours
    return {known.guid: known for known in map(codec.old_entry, found)}


def keep_feed(
    con: sqlite3.Connection, actor: Actor, source_id: int, changes: FeedChanges, now: int, asked: str | None = None
) -> tuple[int, int]:
    """Keep new and changed entries, their pages, and the source's facts; return how many were (new, changed).

    An entry that another process has kept meanwhile is taken as changed, or as the same. What is read stays read, and
    what was pruned stays away.
    """
    source = sources.get(con, source_id)
    if source is None or not sources.is_as_asked(con, source_id, asked):
        return 0, 0
    front = changes.home or source.home or source.url
    homes = frozenset({urls.page_key(front), urls.page_key(source.url)})
    visit = _Visit(source_id, front, homes, now, frozenset(changes.listed))
    renew_keys(con)
    unite_schemes(con, actor, now)
    kept = _kept(con, source_id, changes.new)
    replaced = [
        (kept[entry.guid].id, entry)
        for entry in changes.new
        if entry.guid in kept and kept[entry.guid].digest != digest(entry)
    ]
    touched: set[int] = set()
    changed = 0
    # Before the new ones: these look at what stands under their links now.
    for number, entry in (*replaced, *changes.changed):
        pages = _replace(con, actor, visit, number, _listed(entry))
        touched |= pages
        changed += bool(pages)
    for new_address in changes.readdressed:
        touched |= _readdress(con, actor, visit, new_address)
    gone = pruned_guids(con, source_id, changes.new)
    fresh = {entry.guid: entry for entry in reversed(changes.new) if entry.guid not in kept and entry.guid not in gone}
    new = [_listed(entry) for entry in reversed(fresh.values())]
    touched |= _insert(con, visit, new)
    update_derived(con, touched)
    _facts(con, source, changes, now)
    return len(new), changed


def _kept(con: sqlite3.Connection, source: int, entries: Sequence[Entry]) -> dict[str, OldEntry]:
    found = con.execute(
        f"SELECT {_OLD_COLUMNS} FROM json_each(?) j CROSS JOIN entries e ON e.source = ? AND e.guid = j.value",  # noqa: S608  # a constant of ours
        (to_json([entry.guid for entry in entries]), source),
    )
    return {known.guid: known for known in map(codec.old_entry, found)}


def _facts(con: sqlite3.Connection, source: Source, changes: FeedChanges, now: int) -> None:
    ours = source.title in ("", source.url)
    if source.answered_at is None and source.failure is not None:  # it was subscribed to although nothing answered
        ours = ours or is_ours(source.title, source.url)
    title = changes.title if ours and changes.title else source.title
    con.execute(
        "UPDATE sources SET title = ?, home = coalesce(?, home), language = coalesce(language, ?), etag = ?, "
        "last_modified = ?, body_hash = ?, due_at = ?, asked_at = ?, answered_at = ?, took = coalesce(?, took), "
        "parse_seconds = coalesce(?, parse_seconds) WHERE id = ?",
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
            changes.took,
            changes.parse_seconds,
            source.id,
        ),
    )
    if title == urls.host(source.url):
        tell_apart(con, {title})
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
    took: float | None = None,
) -> None:
    """A visit found nothing new. Validators (etag, last_modified, body_hash) that are None keep what is there."""
    if not sources.is_as_asked(con, source, asked):
        return
    con.execute(
        "UPDATE sources SET etag = coalesce(?, etag), last_modified = coalesce(?, last_modified), "
        "body_hash = coalesce(?, body_hash), due_at = ?, asked_at = ?, answered_at = ?, took = coalesce(?, took) "
        "WHERE id = ?",
        (*validators, due_at, now, now, took, source),
    )
    # A feed that could be read in part is as broken as it was when its bytes are the same.
    broken = con.execute(
        "SELECT failure FROM sources WHERE id = ?",
        (source,),
    ).fetchone()
    failure = None if broken is None else codec.failure(broken[0])
    if failure is None or failure.kind is not FailureKind.BROKEN_FEED:
        _set_failure(con, source, None, now)


def keep_failure(
    con: sqlite3.Connection, source: int, failure: Failure, due_at: int, now: int, asked: str | None = None
) -> None:
    """A visit failed."""
    if not sources.is_as_asked(con, source, asked):
        return
    con.execute("UPDATE sources SET due_at = ?, asked_at = ? WHERE id = ?", (due_at, now, source))
    _set_failure(con, source, failure, now)


def keep_unreached(con: sqlite3.Connection, source: int, now: int) -> None:
    """A source was not reached, nor was anybody else. One that works is due again by now."""
    con.execute(
        "UPDATE sources SET due_at = min(due_at, ?) WHERE id = ? AND removed_at IS NULL AND failure IS NULL",
        (now, source),
    )


def _is_home(visit: _Visit, link: str, key: str) -> bool:
    """Say whether a link leads to the source's own front page, or to the source itself."""
    return key in visit.homes or (urls.is_home(key) and urls.same_site(link, visit.front))


def _insert(con: sqlite3.Connection, visit: _Visit, new: Sequence[_Listed]) -> set[int]:
    """Write new entries, each with its page; return the pages."""
    pages = _pages(con, visit, new)
    con.executemany(
        "INSERT INTO entries (source, guid, page, first_seen, link, link_key, title, section, time, published, "
        "published_offset, digest, summary, authors, picture, attachments, content) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (visit.source, item.entry.guid, page, visit.now, *_values(item, visit.now))
            for item, page in zip(new, pages, strict=True)
        ],
    )
    return set(pages)


def _pages(con: sqlite3.Connection, visit: _Visit, new: Sequence[_Listed]) -> list[int]:
    """Return the page of each new entry: its link's, or one of its own where the link is not its alone.

    The same link and title under a new guid is the same story: papers change guids, and what was read stays read. Not
    so where both are listed now: then they are two that share a link and a title.
    """
    siblings = _siblings(con, visit, new)
    shared = _shared(new)
    keys = [item.key if item.key is not None else own_key(visit.source, item.entry.guid) for item in new]
    found = dict(
        con.execute(
            "SELECT a.key, a.page FROM json_each(?) j CROSS JOIN aliases a ON a.key = j.value",
            (to_json(keys + [own_key(visit.source, item.entry.guid) for item in new]),),
        ).fetchall()
    )
    taken = _pages_of(con, visit.listed)
    pages = []
    for item in new:
        entry, title = item.entry, plain(item.entry.title)
        own = own_key(visit.source, entry.guid)
        page = None
        key, why = own, "own"
        others: list[_Sibling] = []
        if entry.link and item.key and item.number is not None and not _is_home(visit, entry.link, item.key):
            others = siblings.setdefault(item.number, [])
            page = _same_story(entry, [other for other in others if title and other.title == title])
            if not others and item.number not in shared:
                key, why = item.key, "link"
        if page is None:
            page = found.get(key)
            if page is not None and why == "link" and not _may_take(con, visit, page, item, taken):
                page = None
                if not _free_key(con, key):
                    key, why = own, "own"
                    page = found.get(key)
        if page is None:
            page = revive(con, key, entry.link or "", why, visit.now)
            if page is None or page in taken:
                page = make(con, entry.link or "", key, why, visit.now)
            found[key] = page
        taken.add(page)
        others.append(_Sibling(title, page, entry.link, digest(entry), True))
        pages.append(page)
    return pages


def _pages_of(con: sqlite3.Connection, entries: Iterable[int]) -> set[int]:
    found = con.execute(
        "SELECT e.page FROM json_each(?) j CROSS JOIN entries e ON e.id = j.value", (to_json(list(entries)),)
    )
    return {page for (page,) in found}


def _may_take(con: sqlite3.Connection, visit: _Visit, page: int, item: _Listed, taken: set[int]) -> bool:
    """Say whether the page that a new entry's link leads to is its story, where no other entry has that link.

    It is not where another entry of the document has the page under another address; nor where the address is one that
    the page's entry in this source has left, and its title is another one.
    """
    if page in taken:
        return False
    why = con.execute("SELECT why FROM aliases WHERE key = ?", (item.key,)).fetchone()
    rows = con.execute("SELECT title FROM entries WHERE page = ? AND source = ?", (page, visit.source)).fetchall()
    if rows and why == ("link",) and plain(item.entry.title) not in {plain(title) for (title,) in rows}:
        return False
    if rows:  # it is back at an address that it had
        con.execute("UPDATE pages SET url = ? WHERE id = ?", (item.entry.link, page))
    return True


def _free_key(con: sqlite3.Connection, key: str) -> bool:
    """Take a key from a page that no entry has it from any more; False where one has."""
    row = con.execute("SELECT page FROM aliases WHERE key = ?", (key,)).fetchone()
    if row is None:
        return True
    used = con.execute("SELECT 1 FROM entries WHERE page = ? AND link_key = ?", (row[0], link_number(key))).fetchone()
    last = con.execute("SELECT count(*) FROM aliases WHERE page = ?", row).fetchone()[0] == 1
    if used or last:
        return False
    con.execute("DELETE FROM aliases WHERE key = ?", (key,))
    return True


class _Sibling(NamedTuple):
    """Another entry of this source under a new entry's link. `listed`: in this document."""

    title: str
    page: int
    link: str | None
    digest: str
    listed: bool


def _same_story(entry: Entry, others: Sequence[_Sibling]) -> int | None:
    """Return the page of an entry among those of its link and title that are listed no more: one whose words are the
    same, or else the only one."""
    left = [other for other in others if not other.listed]
    for other in left:
        if other.digest == digest(replace(entry, link=other.link)):
            return other.page
    return left[0].page if len(left) == 1 == len(others) else None


def _siblings(con: sqlite3.Connection, visit: _Visit, new: Sequence[_Listed]) -> dict[int, list[_Sibling]]:
    """Return what this source has under the new entries' links, by the link's number, the oldest first."""
    found = con.execute(
        "SELECT e.link_key, e.id, e.title, e.page, e.link, e.digest FROM json_each(?) j "
        "CROSS JOIN entries e ON e.source = ? AND e.link_key = j.value ORDER BY e.id",
        (to_json(list({item.number for item in new if item.number is not None})), visit.source),
    )
    siblings: dict[int, list[_Sibling]] = {}
    for number, entry, title, page, link, known in found:
        siblings.setdefault(number, []).append(_Sibling(plain(title), page, link, known, entry in visit.listed))
    return siblings


def _shared(new: Sequence[_Listed]) -> set[int]:
    """Return the links (by number) that two of these entries have."""
    times = Counter(item.number for item in new if item.number is not None)
    return {number for number, count in times.items() if count > 1}


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
        codec.attachments_text(entry),
        entry.content,
    )


def _replace(con: sqlite3.Connection, actor: Actor, visit: _Visit, number: int, item: _Listed) -> set[int]:
    """Put a changed entry in its old one's place: id, first_seen and page stay. Return the pages that it touches: none,
    where nothing has changed for a reader."""
    entry = item.entry
    old = con.execute(
        "SELECT page, digest, first_seen, link, title, summary, content FROM entries WHERE id = ? AND source = ?",
        (number, visit.source),
    ).fetchone()
    if old is None:
        return set()
    page, known, first_seen, link, *words = old
    completed = known in earlier_digests(entry)
    con.execute(
        "UPDATE entries SET link = ?, link_key = ?, title = ?, section = ?, time = ?, published = ?, "
        "published_offset = ?, digest = ?, summary = ?, authors = ?, picture = ?, attachments = ?, content = ?, "
        "changed_at = iif(?, changed_at, ?) WHERE id = ?",
        (*_values(item, first_seen), completed, visit.now, number),
    )
    if completed:
        return set()  # an earlier Newsstand kept less of the very same entry
    if words[:2] != [entry.title, entry.summary] or _said(words[2]) != _said(entry.content):
        con.execute("UPDATE pages SET changed_at = ? WHERE id = ?", (visit.now, page))
    if entry.link and entry.link != link:
        page = _moved(con, actor, visit, page, number, item)
    return {old[0], page}


def _readdress(con: sqlite3.Connection, actor: Actor, visit: _Visit, to: NewAddress) -> set[int]:
    """Give an entry another address, and nothing else: no word of it has changed. Return the pages that it touches."""
    item = _listed(to.entry)
    old = con.execute("SELECT page, link FROM entries WHERE id = ? AND source = ?", (to.id, visit.source)).fetchone()
    if old is None or not item.entry.link or not item.key:
        return set()
    con.execute(
        "UPDATE entries SET link = ?, link_key = ?, digest = ? WHERE id = ?",
        (item.entry.link, item.number, digest(item.entry), to.id),
    )
    page: int = old[0]
    page = _moved(con, actor, visit, page, to.id, item)
    former = urls.page_key(old[1]) if old[1] else item.key
    if to.passing and old[1] and former != item.key:
        con.execute(
            "DELETE FROM aliases WHERE key = :key AND page = :page AND why = 'link' "
            "AND EXISTS (SELECT 1 FROM aliases WHERE key = :other AND page = :page) "
            "AND NOT EXISTS (SELECT 1 FROM entries WHERE page = :page AND link_key = :number)",
            {"key": former, "other": item.key, "page": page, "number": link_number(old[1])},
        )
    return {old[0], page}


def _said(content: str | None) -> str:
    """The words of a feed's HTML: its addresses and names of classes can be others at each visit."""
    return " ".join(_TAG.sub(" ", content or "").split())


def _moved(con: sqlite3.Connection, actor: Actor, visit: _Visit, page: int, number: int, item: _Listed) -> int:
    """An entry has a new link: it is one more alias of its page, unless it is another entry's, or another story's."""
    link = item.entry.link or ""
    con.execute(
        "UPDATE pages SET url = ? "
        "WHERE id = ? AND NOT EXISTS (SELECT 1 FROM entries WHERE page = pages.id AND id <> ?)",
        (link, page, number),
    )
    others = con.execute(
        "SELECT 1 FROM entries WHERE source = ? AND link_key = ? AND id <> ?", (visit.source, item.number, number)
    ).fetchone()
    if others or is_own(con, page) or _is_home(visit, link, item.key or ""):
        return page
    row = con.execute("SELECT page FROM aliases WHERE key = ?", (item.key,)).fetchone()
    if row is None:
        con.execute("INSERT INTO aliases VALUES (?, ?, 'link')", (item.key, page))
    if row is None or row[0] == page:  # another address, or under https what was under http
        con.execute("UPDATE pages SET url = ? WHERE id = ?", (link, page))
        return page
    # Two stories of one source are two, wherever their addresses go.
    mine = con.execute("SELECT 1 FROM entries WHERE page = ? AND source = ?", (row[0], visit.source)).fetchone()
    if mine is None and could_be_one(con, page, row[0]):
        return merge(con, actor, visit.now, page, row[0])
    return page

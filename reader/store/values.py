"""The words the library speaks in: views, listings, rows, counts, acts. Frozen, and nothing here touches SQLite."""

from array import array
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from reader import words
from reader.models import Article, Enclosure, Entry, Failure, Link, LinkKind

ViewKind = Literal["unread", "today", "starred", "saved", "kept", "lately", "source", "folder"]


@dataclass(frozen=True, slots=True)
class View:
    """What a list shows. `source` goes with kind "source", `folder` with "folder"."""

    kind: ViewKind
    source: int | None = None
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class FailedStory:
    """A story that was asked for in vain, `tries` times, each after the pause before. UTC seconds: `until` then it is
    told to whoever links to it (0: to nobody), before `again_at` only a person asks for it."""

    failure: Failure
    until: int
    again_at: int = 0
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """Page ids and the time each sorts by (UTC seconds), newest first.

    In "lately" the time is when it was read, in "saved" when it was put there.
    """

    pages: "array[int]"
    times: "array[int]"

    def __len__(self) -> int:
        return len(self.pages)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list; never a body. `paper` is the source's title, or the host of a page that no source lists.

    `time` is UTC seconds. `minutes` is known only of kept stories. `changed`: the words changed since it was read.
    `source` is None where no source lists the page, or its source was removed. `enclosures`,
    `discussion` and `linked` as in `models.Entry`.
    """

    page: int
    url: str
    title: str
    summary: str | None
    source: int | None
    paper: str
    short: str
    brand_colour: str | None
    section: str | None
    time: int
    read: bool
    starred: bool
    saved: bool
    kept: bool
    changed: bool
    minutes: int | None
    entry: int | None
    enclosures: tuple[Enclosure, ...] = ()
    discussion: str | None = None
    linked: tuple[str, ...] = ()

    @property
    def duration(self) -> int | None:
        """Seconds that the first of its files plays, where the feed says so."""
        return next((file.duration for file in self.enclosures if file.duration), None)


def with_attachments(article: Article, row: Row) -> Article:
    """Return an article with what the feed attaches to its entry: files, and the links to what it is about and to its
    discussion."""
    links = [Link(LinkKind.LINKED, words.linked_page(url), url) for url in row.linked]
    if row.discussion:
        links.append(Link(LinkKind.DISCUSSION, words.story_label("discussion"), row.discussion))
    links += [link for link in article.links if link.kind not in (LinkKind.DISCUSSION, LinkKind.LINKED)]
    return replace(article, enclosures=row.enclosures, links=tuple(links))


@dataclass(frozen=True, slots=True)
class Counts:
    """Unread pages in all, of today and per source (one with none is not in `sources`); starred, kept, saved ones.

    `folders` has the folders in which several sources list one story: there each story counts once.
    """

    unread: int
    today: int
    starred: int
    kept: int
    sources: dict[int, int]
    saved: int = 0
    folders: dict[str, int] = field(default_factory=dict)

    def of_folder(self, folder: str | None, of_sources: int) -> int:
        """Unread stories of a folder; `of_sources` is the sum of its sources', which is right for most."""
        return of_sources if folder is None else self.folders.get(folder, of_sources)


@dataclass(frozen=True, slots=True)
class KnownLink:
    """What the library knows of an address that an article links to. `time` is UTC seconds."""

    page: int
    read: bool
    kept: bool
    minutes: int | None
    summary: str | None
    title: str
    section: str | None = None
    time: int | None = None


class Act(NamedTuple):
    """One act of the journal, and how many pages (or sources) it touched.

    An act that found nothing to change is not written down: its `id` and `pages` are 0. For undo and redo, `act` and
    `id` are those of the act that was taken back or done again, `at` is now, `source` is the first source that this
    touched, None where it was about pages, and `pruned` counts the pages that nothing is left of since, so that they
    stay as they are.
    """

    id: int
    act: str
    at: int
    pages: int
    source: int | None = None
    pruned: int = 0


class FeedText(NamedTuple):
    """What a feed itself says in an entry: untrusted HTML (None where that is no more than the summary), the summary,
    the address that links start from, who wrote it."""

    html: str | None
    summary: str | None
    base: str
    authors: tuple[str, ...] = ()


class OldEntry(NamedTuple):
    """What `decide` needs to know of a kept entry. Times in UTC seconds; those seen first in one visit share theirs."""

    id: int
    digest: str
    guid: str
    title: str
    link: str | None = None
    summary: str | None = None
    published: int | None = None
    first_seen: int = 0


class NewAddress(NamedTuple):
    """A kept entry (its id) that its source lists under another address, and otherwise as it was.

    `passing`: the old address was one of a visit only, with a parameter that differs each time, and is forgotten.
    """

    id: int
    entry: Entry
    passing: bool = False


@dataclass(frozen=True, slots=True)
class FeedChanges:
    """What one visit to a source brought, decided: new entries, changed ones under their ids, and the source's facts.

    `listed`: the ids of all kept entries that the document lists, whatever became of them. `fault` is set where the
    document was broken but could be read in part: it is kept as the source's failure. `took` and `parse_seconds` as in
    `Source`; where they are None, what is known stays.
    """

    title: str = ""
    home: str | None = None
    language: str | None = None
    ttl: int | None = None
    new: tuple[Entry, ...] = ()
    changed: tuple[tuple[int, Entry], ...] = ()
    readdressed: tuple[NewAddress, ...] = ()
    listed: tuple[int, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    due_at: int = 0
    fault: Failure | None = None
    took: float | None = None
    parse_seconds: float | None = None


def digest(entry: Entry) -> str:
    """Return a hash over what a reader would notice: title, link, summary, content, section, authors, published; and
    the files, the discussion and what it is about, where there are any."""
    files = [f"{file.url} {file.type} {file.length} {file.duration} {file.title}" for file in entry.enclosures]
    linked = [f"linked {url}" for url in entry.linked]
    return _hash(entry, entry.content, *files, *([entry.discussion] if entry.discussion else []), *linked)


def earlier_digests(entry: Entry) -> tuple[str, str]:
    """Return the hashes that a Newsstand made which kept no short descriptions, and compared no files."""
    return _hash(entry, entry.content), _hash(entry, None)


def _hash(entry: Entry, content: str | None, *more: str) -> str:
    import hashlib

    published = entry.published.isoformat() if entry.published else ""
    parts = (entry.title, entry.link, entry.summary, content, entry.section, "\0".join(entry.authors), published, *more)
    return hashlib.blake2b("\1".join(part or "" for part in parts).encode(), digest_size=16).hexdigest()

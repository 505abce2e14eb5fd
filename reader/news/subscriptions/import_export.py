"""Bring the subscriptions and marks of another reader into the library, and write its own as OPML."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reader.errors import Misuse
from reader.lists import folders, newsboat, opml
from reader.lists.opml import LeftOut, Subscriptions
from reader.models import NewSource, Source
from reader.news.asking import credentials
from reader.news.subscriptions.subscribe import add_with_logins, by_address, edit_source
from reader.store import Library, View
from reader.text import urls
from reader.text.secrets import may_hold_secret

MARKED_AT_MOST = 200
"""Read headlines of one feed that are remembered before the feed lists them: few feeds list more."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list: sources that are new or came back, those that were there, and what was left out."""

    added: tuple[Source, ...]
    known: tuple[Source, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class ImportedMarks:
    """How many stories were marked read and starred; `unknown` are read ones of feeds that are not subscribed to."""

    read: int
    starred: int
    unknown: int


def parse_list(data: bytes, name: str) -> Subscriptions:
    """Return the subscriptions of an OPML document or of newsboat's `urls`, told apart by what is in them.

    Misuse, naming the list, for what is neither.
    """
    text = opml.decoded(data[: opml.LARGEST])
    if newsboat.is_urls(text):
        return _from_urls(newsboat.parse_urls(text), name)
    if "<" not in text[:10_000] and text.strip():
        from reader.words.subscriptions import bad_opml

        raise Misuse(bad_opml(name, "neither"))
    return opml.parse(data, name)


def _from_urls(lines: Iterable[newsboat.UrlsLine], name: str) -> Subscriptions:
    """A feed's first tag is its folder; all are its categories."""
    feeds: dict[str, NewSource] = {}
    left_out = []
    for line in lines:
        key = urls.canonical(line.url)
        if line.why is not None or key in feeds:
            left_out.append(LeftOut(line.url, line.why or "double", line.number))
        else:
            feeds[key] = NewSource(
                line.url,
                line.title or line.url,  # its own takes its place when it is first fetched
                folder=folders.join(line.tags[:1]),
                categories=line.tags,
                login=line.login,
            )
    return Subscriptions(name, tuple(feeds.values()), tuple(left_out))


def import_subscriptions(library: Library, subscriptions: Subscriptions) -> Imported:
    """Subscribe to a list, as one act. What is subscribed already, in whatever spelling, stays as it is."""
    here = by_address(library)
    new = [feed for feed in subscriptions.feeds if urls.canonical(feed.url) not in here]
    known = tuple(here[urls.canonical(feed.url)] for feed in subscriptions.feeds if urls.canonical(feed.url) in here)
    for feed in subscriptions.feeds:
        source = here.get(urls.canonical(feed.url))
        if source is not None and feed.login is not None and source.credentials is None:
            edit_source(library, source.id, login=feed.login)
    added = add_with_logins(library, new)
    return Imported(added, known, subscriptions.left_out)


def write_opml(library: Library, *, passwords: bool = False) -> bytes:
    """Return the sources as OPML 2.0: folders, order and what was chosen for each are all in it.

    Users, passwords and headers that look secret only with `passwords`.
    """
    sources = library.sources()
    if not passwords:
        return opml.write(sources)
    named = {source.credentials for source in sources if source.credentials is not None}
    found = {name: credentials.find(library.path, name) for name in named}
    return opml.write(sources, secrets={name: login for name, login in found.items() if login is not None})


def hold_secrets(sources: Iterable[Source]) -> bool:
    """Say whether a list of these holds what nobody else should read: a query or a token in an address, or headers
    of the person's own, which `write_opml` may write even without passwords. Pure."""
    return any(
        source.headers or may_hold_secret(source.url) or may_hold_secret(source.home or "") for source in sources
    )


def _pages_by_guid(library: Library, source: int) -> dict[str, int]:
    pages = library.listing(View("source", source=source)).pages
    of_entry = {}
    for start in range(0, len(pages), 500):
        rows = library.rows(pages[start : start + 500], source=source).values()
        of_entry.update({row.entry: row.page for row in rows})
    old = library.old_entries(source)
    return {guid: of_entry[entry.id] for guid, entry in old.items() if entry.id in of_entry}


def import_marks(library: Library, cache_db: Path) -> ImportedMarks:
    """Mark read and star what was so in newsboat's `cache.db`, which is only read.

    Stories are found by feed and guid, or by address. Starred ones that are not there yet become pages; so do the
    newest read ones of feeds that are subscribed to, so that they are read when their headlines come. All of it is one
    act. Errors as `newsboat.read_marks` raises them.
    """
    items = newsboat.read_marks(cache_db)
    here = by_address(library)
    guids: dict[int, dict[str, int]] = {}
    addressed = library.known([item.url for item in items if urls.is_web(item.url)])
    read, starred, unknown = list[int](), list[int](), 0
    absent: list[newsboat.NewsboatItem] = []
    remembered: dict[str, int] = {}
    for item in items:
        source = here.get(urls.canonical(item.feed))
        page = None
        if source is not None:
            if source.id not in guids:
                guids[source.id] = _pages_by_guid(library, source.id)
            page = guids[source.id].get(item.guid)
        if page is None and item.url in addressed:
            page = addressed[item.url].page
        if page is not None:
            read += [page] if item.read else []
            starred += [page] if item.starred else []
            continue
        wanted = source is not None and remembered.get(item.feed, 0) < MARKED_AT_MOST
        if urls.is_web(item.url) and (item.starred or wanted):
            remembered[item.feed] = remembered.get(item.feed, 0) + 1
            absent.append(item)
        else:
            unknown += source is None
    made = library.ensure_pages([(item.url, item.title or None) for item in absent])
    read += [page for page, item in zip(made, absent, strict=True) if item.read]
    starred += [page for page, item in zip(made, absent, strict=True) if item.starred]
    return ImportedMarks(*_counted(library, read, starred), unknown)


def _counted(library: Library, read: Sequence[int], starred: Sequence[int]) -> tuple[int, int]:
    """Mark, and return how many pages were marked read and starred that were not so before."""
    rows = library.rows([*read, *starred])
    library.mark_many(read=read, starred=starred)
    unread = {rows[page].page for page in read if page in rows and not rows[page].read}
    plain = {rows[page].page for page in starred if page in rows and not rows[page].starred}
    return len(unread), len(plain)

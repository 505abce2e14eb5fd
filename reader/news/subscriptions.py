"""Subscribe: what stands behind an address, papers of the catalogue, and lists brought from other readers.

What is subscribed already is known under every spelling of its address (`urls.canonical`), and where a feed's address
leads on to it. Nothing here refreshes: what is new is due, and a refresh brings its stories.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import Misuse
from reader.lists import folders, newsboat, opml
from reader.lists.opml import LeftOut, Subscriptions
from reader.models import Failure, Feed, Login, NewSource, Source
from reader.news import credentials
from reader.news.refresh import decide
from reader.news.stories import StoryLoader
from reader.store import Act, Library, View
from reader.text import urls
from reader.text.logins import may_have, split_login, without_logins

if TYPE_CHECKING:
    from reader.fetch import Response
    from reader.fetch.discover import Candidate
    from reader.lists.catalogue import Paper, Section

MARKED_AT_MOST = 200
"""Read headlines of one feed that are remembered before the feed lists them: few feeds list more."""


@dataclass(frozen=True, slots=True)
class AskAs:
    """How a person wants a source to be asked, None and () where nothing is said. `headers` are for its host alone."""

    user_agent: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed one can subscribe to. `feed` is what it holds, None where it was only named; `source`: it is there.

    `answer`: what it came with, so that its server need not send it again. `login` and `ask_as`: what a person gave
    with the address, as far as it may go to this host.
    """

    url: str
    title: str
    feed: Feed | None = None
    source: Source | None = None
    answer: "Response | None" = None
    login: Login | None = None
    ask_as: AskAs = AskAs()


@dataclass(frozen=True, slots=True)
class FoundFeeds:
    """What stands behind `address`, the likeliest first, never none; found in so many seconds."""

    address: str
    offers: tuple[FoundFeed, ...]
    seconds: float = 0


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A source that was added, or was there already (`new` False). `fetched`: its headlines came with finding it.

    `changed`: it was there, and is asked in another way now (its login, its headers, its user agent).
    """

    source: Source
    new: bool
    fetched: bool = False
    changed: bool = False


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


async def find(loader: StoryLoader, address: str, ask_as: AskAs = AskAs()) -> FoundFeeds | Failure:
    """Return every feed behind an address: itself, or those that the page there names, the first few fetched.

    The address of a source that is subscribed is that source, and nobody is asked. User and password in the address are
    sent to its host alone, as the headers of `ask_as` are; no address that is returned has them.
    """
    from reader.fetch.discover import discover, web_address

    began = time.perf_counter()
    address, login = split_login(address)
    sources = await loader.library.reading(loader.library.sources)
    typed = web_address(address)
    if login is not None and typed is not None:
        loader.own_headers.take(typed, login)
    known = None if typed is None else subscribed(sources, typed)
    if typed is not None and known is not None:
        offer = FoundFeed(known.url, known.title, source=known, login=login, ask_as=ask_as)
        return FoundFeeds(typed, (_for_host(offer, typed),), time.perf_counter() - began)
    found = await discover(_Client(loader, ask_as, typed or address), address, work=loader.work)
    if isinstance(found, Failure):
        return replace(found, url=without_logins(found.url))
    offers = [replace(_offer(sources, candidate), login=login, ask_as=ask_as) for candidate in found.feeds]
    return FoundFeeds(found.url, tuple(_for_host(offer, found.url) for offer in offers), time.perf_counter() - began)


async def fetch_offer(loader: StoryLoader, offer: FoundFeed) -> FoundFeed | Failure:
    """Return an offer with what its feed holds; as it is where that is known."""
    if offer.feed is not None:
        return offer
    from reader.fetch.discover import Candidate, fetch_candidate

    client = _Client(loader, offer.ask_as, offer.url)
    found = await fetch_candidate(client, Candidate(offer.url, offer.title), work=loader.work)
    if isinstance(found, Failure):
        return found
    sources = await loader.library.reading(loader.library.sources)
    fetched = replace(_offer(sources, found), login=offer.login, ask_as=offer.ask_as)
    if offer.source is None:
        return _for_host(fetched, offer.url)
    return replace(fetched, url=offer.url, title=offer.title, source=offer.source)


@dataclass(frozen=True, slots=True)
class _Client:
    """The HTTP client as a person wants it to ask: headers of theirs go to the host of `address` alone."""

    loader: StoryLoader
    ask_as: AskAs
    address: str

    async def get(self, url: str, *, accept: str | None = None) -> "Response | Failure":
        """GET, with what is kept for that host besides."""
        from reader.fetch import OwnHeaders

        own = await self.loader.own_headers.headers(url, None)
        own += (OwnHeaders(self.address, self.ask_as.headers),)
        return await self.loader.client.get(url, accept=accept, user_agent=self.ask_as.user_agent, own=own)


def _for_host(offer: FoundFeed, address: str) -> FoundFeed:
    """An offer with what was given for the host of `address`, where it lies there too."""
    if may_have(offer.url, address):
        return offer
    return replace(offer, login=None, ask_as=replace(offer.ask_as, headers=()))


def _offer(sources: Iterable[Source], candidate: "Candidate") -> FoundFeed:
    feed = candidate.feed
    source = subscribed(sources, candidate.url, *([feed.url] if feed else []))
    title = candidate.title or (feed.title if feed else "") or urls.host(candidate.url)
    return FoundFeed(candidate.url, title, feed, source, candidate.answer)


def subscribed(sources: Iterable[Source], *addresses: str) -> Source | None:
    """Return the source that stands at one of these addresses, in whatever spelling; None for none."""
    wanted = {urls.canonical(address) for address in addresses}
    return next((source for source in sources if urls.canonical(source.url) in wanted), None)


def _by_address(library: Library) -> dict[str, Source]:
    return {urls.canonical(source.url): source for source in library.sources()}


class SubscriptionRequest(NamedTuple):
    """An offer that is to be subscribed to, under a name and in a folder of one's own where they are given.

    `paper`: the offer is this paper of the catalogue, or this section of it, which is known better there.
    """

    offer: FoundFeed
    title: str | None = None
    folder: str | None = None
    paper: "Paper | tuple[Paper, Section] | None" = None


def of_catalogue(
    chosen: "Paper | tuple[Paper, Section]",
    *,
    title: str | None = None,
    folder: str | None = None,
    fetched: FoundFeed | None = None,
    ask_as: AskAs = AskAs(),
) -> SubscriptionRequest:
    """Return the request for a paper of the catalogue, or for a section of one; `fetched`: it was looked at already."""
    new = _of_paper(chosen)
    offer = FoundFeed(new.url, new.title, ask_as=ask_as)
    if fetched is not None and fetched.feed is not None:
        offer = replace(offer, feed=fetched.feed, answer=fetched.answer)
    return SubscriptionRequest(offer, title, folder, chosen)


def subscribe_all(library: Library, requests: Sequence[SubscriptionRequest], now: float) -> tuple[Subscribed, ...]:
    """Subscribe to all of these as one act, and keep the headlines that came with finding them; in their order.

    What is there stays as it is, but for how it is asked, where that is said. One that was removed comes back, with its
    headlines and marks; a name or a folder that is asked for it is an act of its own. A paper of the catalogue goes
    into its country's folder where none is asked.
    """
    here = _by_address(library)
    found = [next((here[key] for key in _keys(request.offer) if key in here), None) for request in requests]
    new = {_keys(request.offer)[0]: request for request, known in zip(requests, found, strict=True) if known is None}
    removed = {key for key, request in new.items() if library.source_by_url(request.offer.url) is not None}
    kept = _with_logins(library, [_new(request) for request in new.values()])
    added = dict(zip(new, kept, strict=True))
    for key, request in new.items():
        if key in removed:
            _edit(library, added[key], request)
        if request.offer.feed is not None:
            _keep(library, added[key], request.offer, int(now))
    done = []
    for request, known in zip(requests, found, strict=True):
        changed = known is not None and _edit(library, known, request._replace(title=None, folder=None))
        source = known or added[_keys(request.offer)[0]]
        here_now = library.source(source.id) or source
        done.append(Subscribed(here_now, known is None, request.offer.feed is not None, changed))
    return tuple(done)


def _with_logins(library: Library, wanted: Sequence[NewSource]) -> tuple[Source, ...]:
    """Subscribe to all of these as one act, with the logins that came with them; of those, none is left for nothing.

    One that was removed comes back with the login that is given now.
    """
    names = [None if new.login is None else credentials.keep(library.path, new.login) for new in wanted]
    try:
        named = [new._replace(credentials=name, login=None) for new, name in zip(wanted, names, strict=True)]
        added = library.add_sources(named)
        for source, name in zip(added, names, strict=True):
            if name is not None and source.credentials != name:
                library.edit_source(source.id, credentials=name)
    except BaseException:
        for name in filter(None, names):
            credentials.forget(library.path, name)
        raise
    return added


def _edit(library: Library, source: Source, request: SubscriptionRequest) -> bool:
    """Change of a source that is there what is asked for it, as an act of its own; whether it is anything."""
    asked: dict[str, object] = {
        "title": request.title,
        "folder": request.folder,
        "user_agent": request.offer.ask_as.user_agent,
        "headers": request.offer.ask_as.headers or None,
        "login": request.offer.login,
    }
    changes = {name: value for name, value in asked.items() if value is not None}
    return bool(changes) and edit_source(library, source.id, **changes).pages > 0


def edit_source(library: Library, source: int, **changes: object) -> Act:
    """Change what a person may of a source, as `Library.edit_source` does, and its `login` besides.

    A login that is the one it has changes nothing.
    """
    login = changes.pop("login", None)
    if not isinstance(login, Login):
        return library.edit_source(source, **changes)
    here = library.source(source)
    old = None if here is None or here.credentials is None else credentials.find(library.path, here.credentials)
    if login == old and (here is None or "url" not in changes or may_have(str(changes["url"]), here.url)):
        return library.edit_source(source, **changes)
    name = credentials.keep(library.path, login)
    try:
        return library.edit_source(source, credentials=name, **changes)
    except BaseException:
        credentials.forget(library.path, name)
        raise


def _keys(offer: FoundFeed) -> list[str]:
    """The addresses under which an offer may be subscribed already, its own first."""
    return [urls.canonical(url) for url in (offer.url, offer.feed.url if offer.feed else offer.url)]


def _new(request: SubscriptionRequest) -> NewSource:
    feed = request.offer.feed
    if request.paper is not None:
        new = _of_paper(request.paper)
        return new._replace(
            title=request.title or new.title,
            folder=request.folder or new.folder,
            user_agent=request.offer.ask_as.user_agent,
            headers=request.offer.ask_as.headers,
        )
    return NewSource(
        url=request.offer.url,
        title=request.title or request.offer.title,
        home=feed.home if feed else None,
        language=feed.language if feed else None,
        folder=request.folder,
        user_agent=request.offer.ask_as.user_agent,
        headers=request.offer.ask_as.headers,
        login=request.offer.login,
    )


def _of_paper(chosen: "Paper | tuple[Paper, Section]") -> NewSource:
    from reader.words.catalogue import country_name

    paper, section = chosen if isinstance(chosen, tuple) else (chosen, None)
    return NewSource(
        url=section.feed if section else paper.feed,
        title=f"{paper.name} – {section.name}" if section else paper.name,
        short=None if section else paper.short,
        home=paper.home,
        folder=folders.join([country_name(paper.country)]),
        language=paper.language,
        brand_colour=paper.brand_colour,
    )


def _keep(library: Library, source: Source, offer: FoundFeed, now: int) -> None:
    """Keep what was fetched to find the feed, and by what its server knows it: it is not sent again while it is so."""
    if offer.feed is None:
        return
    known = library.old_entries(source.id)  # of one that was removed and comes back
    answer = offer.answer
    changes = replace(
        decide(offer.feed, known),
        etag=answer.etag if answer else None,
        last_modified=answer.last_modified if answer else None,
        body_hash=answer.body_hash if answer else None,
        due_at=now,  # the next refresh makes its stories readable offline; that was not asked for here
    )
    library.keep_feed(source.id, changes, now=now)


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
    here = _by_address(library)
    new = [feed for feed in subscriptions.feeds if urls.canonical(feed.url) not in here]
    known = tuple(here[urls.canonical(feed.url)] for feed in subscriptions.feeds if urls.canonical(feed.url) in here)
    for feed in subscriptions.feeds:
        source = here.get(urls.canonical(feed.url))
        if source is not None and feed.login is not None and source.credentials is None:
            edit_source(library, source.id, login=feed.login)
    added = _with_logins(library, new)
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
    here = _by_address(library)
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

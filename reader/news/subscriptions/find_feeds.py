"""Find the feeds behind an address that a person typed, and which of them one is subscribed to already.

What is subscribed is known under every spelling of its address (`urls.canonical`), and where a feed's address leads on
to it. Nothing here is written into the library.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from reader.errors import WorkerTimeout
from reader.fetch.politeness.turns import Turn
from reader.models import Failure, FailureKind, Feed, Login, Source
from reader.news.stories import StoryLoader
from reader.news.workers import CpuTime, tried
from reader.text import urls
from reader.text.logins import may_have, split_login, without_logins
from reader.words.failures import worker

if TYPE_CHECKING:
    from reader.fetch import Response
    from reader.fetch.discovery.named_feeds import Candidate

SECONDS = 5.0
"""CPU seconds for all that is parsed behind one address: a person waits for it."""

_PASSING = frozenset(
    (
        FailureKind.WAIT,
        FailureKind.TIMEOUT,
        FailureKind.NO_CONNECTION,
        FailureKind.OFFLINE,
    )
)


@dataclass(frozen=True, slots=True)
class AskAs:
    """How a person wants a source to be asked, None and () where nothing is said. `headers` are for its host alone."""

    user_agent: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed one can subscribe to. `feed` is what it holds, None where it was only named; `source`: it is there.

    `answer`: what it came with, so that its server need not send it again. `login` and `ask_as`: what a person gave
    with the address, as far as it may go to this host. `found_on`: the page that named it, where it was not fetched.
    `failure`: what was met when it was asked.
    """

    url: str
    title: str
    feed: Feed | None = None
    source: Source | None = None
    answer: "Response | None" = None
    login: Login | None = None
    ask_as: AskAs = AskAs()
    found_on: str | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class FoundFeeds:
    """What stands behind `address`, the likeliest first, never none; found in so many seconds."""

    address: str
    offers: tuple[FoundFeed, ...]
    seconds: float = 0


async def find(loader: StoryLoader, address: str, ask_as: AskAs = AskAs()) -> FoundFeeds | Failure:
    """Return every feed behind an address: itself, or those that the page there names, the first few fetched.

    The address of a source that is subscribed is that source, and nobody is asked. User and password in the address are
    sent to its host alone, as the headers of `ask_as` are; no address that is returned has them.
    """
    from reader.fetch.discovery.discover import discover, web_address

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
    found = await discover(_Client(loader, ask_as, typed or address), address, work=_Work(loader).run)
    if isinstance(found, Failure):
        return replace(found, url=without_logins(found.url))
    offers = [
        replace(_offer(sources, candidate), login=login, ask_as=ask_as, found_on=None if candidate.feed else found.url)
        for candidate in found.feeds
    ]
    return FoundFeeds(found.url, tuple(_for_host(offer, found.url) for offer in offers), time.perf_counter() - began)


def unanswered(sources: Iterable[Source], address: str, failure: Failure, ask_as: AskAs = AskAs()) -> FoundFeed | None:
    """Return the offer to subscribe to an address that a person typed as it is, though looking there met `failure`.

    None where asking again later would be no use: nothing is there, or what is there is no feed. Pure.
    """
    from reader.fetch.discovery.discover import web_address

    address, login = split_login(address)
    typed = web_address(address)
    too_costly = failure.kind is FailureKind.CRASHED and failure.seconds is not None  # a refresh gives it more time
    server_failed = failure.kind is FailureKind.HTTP and (failure.status or 0) >= 500
    if typed is None or not (failure.kind in _PASSING or server_failed or too_costly):
        return None
    source = subscribed(sources, typed)
    return FoundFeed(typed, urls.host(typed), source=source, login=login, ask_as=ask_as, failure=failure)


async def fetch_offer(loader: StoryLoader, offer: FoundFeed) -> FoundFeed | Failure:
    """Return an offer with what its feed holds; as it is where that is known."""
    if offer.feed is not None:
        return offer
    from reader.fetch.discovery.discover import fetch_candidate
    from reader.fetch.discovery.named_feeds import Candidate

    client = _Client(loader, offer.ask_as, offer.url)
    found = await fetch_candidate(
        client, Candidate(offer.url, offer.title), work=_Work(loader).run, found_on=offer.found_on
    )
    if isinstance(found, Failure):
        return found
    sources = await loader.library.reading(loader.library.sources)
    fetched = replace(_offer(sources, found), login=offer.login, ask_as=offer.ask_as)
    if offer.source is None:
        return _for_host(fetched, offer.url)
    return replace(fetched, url=offer.url, title=offer.title, source=offer.source)


@dataclass(slots=True)
class _Work:
    """Runs what is to be parsed in worker processes, within SECONDS of CPU time for all of it together.

    What passes them, and all that comes after that, is a WorkerTimeout.
    """

    loader: StoryLoader
    left: float = field(default_factory=lambda: SECONDS)

    async def run(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Return `function(*args, **kwargs)`."""
        error = WorkerTimeout(worker("time", f"{SECONDS:g}"))
        error.seconds, error.begun = SECONDS, self.left > 0
        if not error.begun:
            raise error
        share = CpuTime(self.left, self.left)
        try:
            (result, refused), took = await self.loader.work_in_turn(Turn(), share, tried, function, *args, **kwargs)
        except WorkerTimeout as cause:
            self.left = 0
            raise error from cause
        self.left -= took or 0
        if refused is not None:
            raise refused
        return result


@dataclass(frozen=True, slots=True)
class _Client:
    """The HTTP client as a person wants it to ask: headers of theirs go to the host of `address` alone."""

    loader: StoryLoader
    ask_as: AskAs
    address: str

    async def get(self, url: str, *, accept: str | None = None, found_on: str | None = None) -> "Response | Failure":
        """GET, with what is kept for that host besides."""
        from reader.fetch import OwnHeaders

        own = await self.loader.own_headers.headers(url, None)
        own += (OwnHeaders(self.address, self.ask_as.headers),)
        return await self.loader.client.get(
            url, accept=accept, user_agent=self.ask_as.user_agent, own=own, found_on=found_on
        )


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

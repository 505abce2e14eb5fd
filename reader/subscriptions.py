"""Subscribe: what stands behind an address, papers of the catalogue, and lists brought from other readers.

What is subscribed already is known under every spelling of its address (`urls.canonical`), and where a feed's address
leads on to it. Nothing here refreshes: what is new is due, and a refresh brings its stories.
"""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader import urls
from reader.models import Failure, Feed, Source
from reader.reading import Desk
from reader.store import FeedChanges

if TYPE_CHECKING:
    from reader.fetch.discover import Candidate


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed one can subscribe to. `feed` is what it holds, None where it was only named; `source`: it is there."""

    url: str
    title: str
    feed: Feed | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    """What stands behind `address`, the likeliest first, never none; found in so many seconds."""

    address: str
    offers: tuple[Offer, ...]
    seconds: float = 0


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A source that was added, or was there already (`new` False), and the other feeds that the address names.

    `fetched`: its headlines came with finding it.
    """

    source: Source
    new: bool
    fetched: bool = False
    others: tuple[str, ...] = ()


async def find(desk: Desk, address: str) -> Offers | Failure:
    """Return every feed behind an address: itself, or those that the page there names, the first few fetched.

    The address of a source that is subscribed is that source, and nobody is asked.
    """
    from reader.fetch.discover import discover, web_address

    began = time.perf_counter()
    sources = await asyncio.to_thread(desk.library.sources)
    typed = web_address(address)
    known = None if typed is None else subscribed(sources, typed)
    if typed is not None and known is not None:
        return Offers(typed, (Offer(known.url, known.title, source=known),), time.perf_counter() - began)
    found = await discover(desk.door, address, work=desk.work)
    if isinstance(found, Failure):
        return found
    offers = tuple(_offer(sources, candidate) for candidate in found.feeds)
    return Offers(found.url, offers, time.perf_counter() - began)


async def look_into(desk: Desk, offer: Offer) -> Offer | Failure:
    """Return an offer with what its feed holds; as it is where that is known."""
    if offer.feed is not None:
        return offer
    from reader.fetch.discover import Candidate, look

    found = await look(desk.door, Candidate(offer.url, offer.title), work=desk.work)
    if isinstance(found, Failure):
        return found
    sources = await asyncio.to_thread(desk.library.sources)
    looked = _offer(sources, found)
    return looked if offer.source is None else replace(looked, url=offer.url, title=offer.title, source=offer.source)


def _offer(sources: Iterable[Source], candidate: "Candidate") -> Offer:
    feed = candidate.feed
    source = subscribed(sources, candidate.url, *([feed.url] if feed else []))
    title = candidate.title or (feed.title if feed else "") or urls.host(candidate.url)
    return Offer(candidate.url, title, feed, source)


def subscribed(sources: Iterable[Source], *addresses: str) -> Source | None:
    """Return the source that stands at one of these addresses, in whatever spelling; None for none."""
    wanted = {urls.canonical(address) for address in addresses}
    return next((source for source in sources if urls.canonical(source.url) in wanted), None)


async def subscribe(desk: Desk, offer: Offer, *, title: str | None = None, folder: str | None = None) -> Subscribed:
    """Subscribe to what was offered, and keep the headlines that came with finding it. What is there stays as it is.

    One that was removed comes back, with its headlines and marks.
    """

    def keep() -> Subscribed:
        library, feed = desk.library, offer.feed
        known = subscribed(library.sources(), offer.url, *([feed.url] if feed else []))
        if known is not None:
            return Subscribed(known, new=False)
        source = library.add_source(
            offer.url,
            title or offer.title,
            home=feed.home if feed else None,
            language=feed.language if feed else None,
            folder=folder,
        )
        if feed is not None:
            _keep(desk, source, feed)
        return Subscribed(library.source(source.id) or source, new=True, fetched=feed is not None)

    return await asyncio.to_thread(keep)


async def add(desk: Desk, address: str, *, title: str | None = None, folder: str | None = None) -> Subscribed | Failure:
    """Subscribe to the feed at `address`, or to the first feed that the page there names.

    What is no news source is a Failure.
    """
    found = await find(desk, address)
    if isinstance(found, Failure):
        return found
    first, *others = found.offers
    done = await subscribe(desk, first, title=title, folder=folder)
    return replace(done, others=tuple(offer.url for offer in others))


def _keep(desk: Desk, source: Source, feed: Feed) -> None:
    """Keep what was fetched to find the feed, so that its headlines are there and its server is not asked again now."""
    known = desk.library.old_entries(source.id)  # of one that was removed and comes back
    now = int(desk.clock())
    changes = FeedChanges(
        title=feed.title,
        home=feed.home,
        language=feed.language,
        ttl=feed.ttl,
        new=tuple(entry for entry in feed.entries if entry.guid not in known),
        due_at=now,  # the next refresh makes its stories readable offline; that was not asked for here
        fault=feed.fault,
    )
    desk.library.keep_feed(source.id, changes, now=now)

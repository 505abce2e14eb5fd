"""Subscribe to what is behind an address."""

import asyncio
from dataclasses import dataclass

from reader.models import Failure, Source
from reader.reading import Desk
from reader.urls import host


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A source that was added, or was there already (`new` False), and the other feeds that the address names."""

    source: Source
    new: bool
    others: tuple[str, ...] = ()


async def add(desk: Desk, address: str, *, title: str | None = None, folder: str | None = None) -> Subscribed | Failure:
    """Subscribe to the feed at `address`, or to the first feed that the page there names.

    Does not fetch its headlines into the library: refresh does. What is no news source is a Failure.
    """
    from reader.fetch.discover import discover

    found = await discover(desk.door, address)
    if isinstance(found, Failure):
        return found
    first = found.feeds[0]
    known = await asyncio.to_thread(desk.library.source_by_url, first.url)
    others = tuple(candidate.url for candidate in found.feeds[1:])
    if known is not None and known.removed_at is None:
        return Subscribed(known, new=False, others=others)
    feed = first.feed
    source = await asyncio.to_thread(
        desk.library.add_source,
        first.url,
        title or (feed.title if feed else "") or first.title or host(first.url),
        home=feed.home if feed else None,
        language=feed.language if feed else None,
        folder=folder,
    )
    return Subscribed(source, new=True, others=others)

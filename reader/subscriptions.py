"""Subscribe to what is behind an address."""

import asyncio
from dataclasses import dataclass

from reader.models import Failure, Feed, Source
from reader.reading import Desk
from reader.store import FeedChanges
from reader.urls import host


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A source that was added, or was there already (`new` False), and the other feeds that the address names.

    `fetched`: its headlines came with finding it.
    """

    source: Source
    new: bool
    fetched: bool = False
    others: tuple[str, ...] = ()


async def add(desk: Desk, address: str, *, title: str | None = None, folder: str | None = None) -> Subscribed | Failure:
    """Subscribe to the feed at `address`, or to the first feed that the page there names.

    Its headlines are kept where finding it fetched them. Either way it is due: a refresh brings them, and its stories.
    What is no news source is a Failure.
    """
    from reader.fetch.discover import discover

    found = await discover(desk.door, address, work=desk.work)
    if isinstance(found, Failure):
        return found
    first = found.feeds[0]
    known = await asyncio.to_thread(desk.library.source_by_url, first.url)
    others = tuple(candidate.url for candidate in found.feeds[1:])
    if known is not None and known.removed_at is None:
        return Subscribed(known, new=False, others=others)
    feed = first.feed

    def subscribe() -> Source:
        source = desk.library.add_source(
            first.url,
            title or (feed.title if feed else "") or first.title or host(first.url),
            home=feed.home if feed else None,
            language=feed.language if feed else None,
            folder=folder,
        )
        if feed is not None:
            _keep(desk, source, feed)
        return source

    return Subscribed(await asyncio.to_thread(subscribe), new=True, fetched=feed is not None, others=others)


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

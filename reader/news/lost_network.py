"""Whether the whole network is gone, which is no fault of any source: nobody is to wait longer for it."""

import asyncio
from collections.abc import Iterable, Sequence

from reader.models import FailureKind, Source
from reader.news.stories import NO_NETWORK, StoryLoader, wait_of
from reader.text.urls import host

_NOTICED_WITHIN = 120  # seconds in which one notices by several sources that the network has gone
_WITNESSES = 3  # sources that are asked besides, before it is believed that nothing answers


async def is_lost(loader: StoryLoader, silent: Sequence[Source], answers: int) -> bool:
    """Say whether there is no network, now that a refresh has reached none of its sources; the loader knows it then.

    `silent` are those that it asked, and `answers` what `loader.network.answers` was before. A few others are asked
    first that have answered before: where one does now, the silence is the sources' own. So it is where all that is
    known is a single host that has never answered.
    """
    if loader.network.answers != answers:
        return False
    hosts = {host(source.url) for source in silent}
    witnesses: dict[str, Source] = {}
    for source in await _answered_before(loader):
        if host(source.url) not in hosts and len(witnesses) < _WITNESSES:
            witnesses.setdefault(host(source.url), source)
    await asyncio.gather(*(_ask(loader, source) for source in witnesses.values()))
    if loader.network.answers != answers:
        return False
    if len(hosts) + len(witnesses) < 2 and all(source.answered_at is None for source in silent):
        return False
    loader.network.lost()
    return True


async def probe(loader: StoryLoader, number: int) -> bool:
    """Ask one source whether there is a network again, as cheaply as it can be, and say whether there is; keep nothing.

    It is one that has answered before: another for each `number`, lest it is itself what has gone meanwhile, those
    first that answered last. Where no source ever has, nobody is asked: True, for whatever is due will tell.
    """
    known = await _answered_before(loader)
    if not known:
        return True
    await _ask(loader, known[number % len(known)])
    return loader.offline_since is None


def lost_since(sources: Iterable[Source], since: float) -> list[int]:
    """Return the sources that fail only since the network has gone (UTC seconds), and by their silence. Pure."""
    began = since - _NOTICED_WITHIN
    return [
        source.id
        for source in sources
        if source.failure is not None
        and source.failure.kind in (*NO_NETWORK, FailureKind.OFFLINE)
        and (source.failed_since or 0) >= began
    ]


async def _answered_before(loader: StoryLoader) -> list[Source]:
    """The sources that may tell whether there is a network, those first that answered last."""
    known = [
        source
        for source in await loader.library.reading(loader.library.sources)
        if source.answered_at is not None and wait_of(source, loader.clock()) is None
    ]
    return sorted(known, key=lambda source: source.answered_at or 0, reverse=True)


async def _ask(loader: StoryLoader, source: Source) -> None:
    from reader.fetch import FEEDS

    await loader.get(source.url, source, etag=source.etag, last_modified=source.last_modified, accept=FEEDS)

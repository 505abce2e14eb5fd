"""What to make readable without a network, within budgets: the newest unread stories, and those related to them."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Container, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from reader.models import Article, Failure, FailureKind, LinkKind, RefreshEvent, RefreshStep, Source
from reader.news.stories import NO_NETWORK, Story, StoryLoader
from reader.store import Library, View
from reader.text.urls import host, site

_AT_ONCE = 8
_ENOUGH = 3  # stories in a row that a host would not give: it is gone, and is left alone for this time
_NEWEST, _FEWEST = 20, 3  # stories of a source by which one sees where its paper is
_SILENT = NO_NETWORK | {FailureKind.OFFLINE}


@dataclass(slots=True)
class _Budget:
    """What may still be fetched. Counted when it is spent, so that stories under way may go a little over in bytes."""

    articles: int
    size: int
    misses: Counter[str] = field(default_factory=Counter)
    wanted: set[str] = field(default_factory=set)

    def left(self, url: str) -> bool:
        """Say whether a story at `url` may be asked for."""
        return self.articles > 0 and self.size > 0 and self.misses[host(url)] < _ENOUGH

    def count(self, url: str, failure: Failure | None) -> None:
        """Count a host that does not answer; one that does starts anew, and one that asks us to wait is left alone."""
        silent = failure is not None and failure.kind in _SILENT
        self.misses[host(url)] = self.misses[host(url)] + 1 if silent else 0
        if failure is not None and failure.kind is FailureKind.WAIT:
            self.misses[host(failure.url or url)] = _ENOUGH


async def keep_unread(
    loader: StoryLoader, *, sources: Sequence[int] | None = None, per_source: int | None = None
) -> AsyncGenerator[RefreshEvent, None]:
    """Make the newest unread stories of each source (None: of all) readable offline, and those related to them.

    `per_source` None means as many as the source's own settings say, or else those of the reader. Yields STORY and
    STORY_FAILED; `total` grows as related stories are found. Stories that are kept already cost nothing of the budget.
    """
    await loader.obey_waits()
    settings = loader.config.offline
    budget = _Budget(settings.articles, settings.megabytes * 1_000_000)
    read = await _sites_read(loader.library) if settings.related else frozenset()
    waiting: asyncio.Queue[tuple[str, int | None, bool, str]] = asyncio.Queue()
    for url, page in await _newest_unread(loader, sources, per_source):
        budget.wanted.add(url or f"page {page}")
        waiting.put_nowait((url, page, settings.related, ""))
    total = waiting.qsize()
    events: asyncio.Queue[RefreshEvent] = asyncio.Queue()
    done = 0

    async def keep_one(url: str, page: int | None, related: bool, found_on: str) -> None:
        nonlocal done, total
        story = await loader.kept(url, page=page)
        stale = story is not None and page is not None and await loader.library.reading(loader.library.stale, page)
        wanted = (story is None or stale) and not await loader.gave_up(url, page=page)
        fetched = wanted and budget.left(url)
        if fetched:  # nothing is awaited between these two: others spend the budget too
            budget.articles -= 1
            story = await loader.open(url, page=page, renew=stale, by_hand=False, found_on=found_on)
            budget.size -= story.size
            budget.count(url, story.failure)
        if story is not None and await _goes_on(loader, story) and budget.left(url):
            story = await loader.open_whole(url, page=page, by_hand=False, found_on=found_on)
            budget.size -= story.size
            budget.count(url, story.failure)
            fetched = True
        done += 1
        if story is not None and story.article is not None and related:
            for link in _related(story.article, read):
                if link not in budget.wanted:
                    budget.wanted.add(link)
                    total += 1
                    waiting.put_nowait((link, None, False, story.article.url))
        if fetched and story is not None:
            events.put_nowait(_event(story, done, total, listed=page is not None))

    async def work() -> None:
        while True:
            url, page, related, found_on = await waiting.get()
            try:
                await keep_one(url, page, related, found_on)
            finally:
                waiting.task_done()

    workers = [asyncio.create_task(work()) for _ in range(_AT_ONCE)]
    finished = asyncio.create_task(waiting.join())
    try:
        async for event in _until(finished, events, workers):
            yield event
    finally:
        for task in (*workers, finished):
            task.cancel()
        await asyncio.gather(*workers, finished, return_exceptions=True)


async def _until(
    finished: "asyncio.Task[None]", events: "asyncio.Queue[RefreshEvent]", workers: "list[asyncio.Task[None]]"
) -> AsyncGenerator[RefreshEvent, None]:
    """Yield events until `finished`; a worker that raised raises here, for that is a bug."""
    while True:
        next_event = asyncio.create_task(events.get())
        await asyncio.wait({next_event, finished, *workers}, return_when=asyncio.FIRST_COMPLETED)
        if next_event.done():
            yield next_event.result()
            continue
        next_event.cancel()
        for worker in workers:
            if worker.done():
                worker.result()
        if finished.done() and events.empty():
            return


async def _newest_unread(
    loader: StoryLoader, sources: Sequence[int] | None, per_source: int | None
) -> list[tuple[str, int]]:
    """Return address and page of the newest unread stories of each source, by turns, so that a slow paper's stories
    do not stand before everybody's; and of those that were read and have changed since. A page stands there once."""
    library = loader.library
    by_source: list[list[tuple[str, int]]] = []
    for source in await library.reading(library.sources):
        wanted = loader.config.offline.stories if source.stories is None else source.stories
        limit = wanted if per_source is None else per_source
        if limit and (sources is None or source.id in sources):
            # One source after another: what a person asks for meanwhile has its turn between them.
            by_source.append(await library.reading(_newest_of, library, source.id, limit))
    turns = (story for turn in zip_longest(*by_source) for story in turn if story is not None)
    return list({page: (url, page) for url, page in turns}.values())


def _newest_of(library: Library, source: int, limit: int) -> list[tuple[str, int]]:
    pages = library.listing(View("source", source=source)).pages[: limit * 4]
    rows = library.rows(pages)
    wanted = [rows[page] for page in pages if page in rows and (not rows[page].read or rows[page].changed)]
    return [(row.url, row.page) for row in wanted[:limit]]


async def _goes_on(loader: StoryLoader, story: Story) -> bool:
    """Say whether a story has a page more, that may be asked for."""
    edge = story.article.next if story.article is not None else None
    return edge is not None and not await loader.gave_up(edge.url)


async def _sites_read(library: Library) -> frozenset[str]:
    """Return the sites of the papers one reads: where they are, and where most of their stories stand (feeds are often
    served by another host). Nobody else is asked for a story that no paper lists."""
    read: set[str] = set()
    for source in await library.reading(library.sources):
        read |= await library.reading(_sites_of, library, source)
    return frozenset(read - {""})


def _sites_of(library: Library, source: Source) -> set[str]:
    pages = library.listing(View("source", source=source.id)).pages[:_NEWEST]
    sites = Counter(site(row.url) for row in library.rows(pages).values())
    mostly = {name for name, count in sites.items() if len(pages) >= _FEWEST and 2 * count > len(pages)}
    return {site(source.url), site(source.home or ""), *mostly}


def _related(article: Article, read: Container[str]) -> list[str]:
    """Return the addresses of related stories that may be fetched ahead: those of papers that one reads."""
    links = [link.url for link in article.links if link.kind is LinkKind.RELATED and link.url.startswith("http")]
    return [url for url in links if site(url) in read]


def _event(story: Story, done: int, total: int, *, listed: bool) -> RefreshEvent:
    step = RefreshStep.STORY if story.kept else RefreshStep.STORY_FAILED
    return RefreshEvent(step, page=story.page, failure=story.failure, done=done, total=total, related=not listed)

"""What to make readable without a network, within budgets: the newest unread stories, and those related to them."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field

from reader.models import Article, FailureKind, LinkKind, RefreshEvent, RefreshStep
from reader.reading import Desk, Story
from reader.store import View

_AT_ONCE = 8
_ENOUGH = 5  # stories in a row that the network would not give: it is gone, stop asking


@dataclass(slots=True)
class _Budget:
    """What may still be fetched. Counted when it is spent, so that stories under way may go a little over in bytes."""

    articles: int
    size: int
    misses: int = 0
    wanted: set[str] = field(default_factory=set)

    def left(self) -> bool:
        return self.articles > 0 and self.size > 0 and self.misses < _ENOUGH


async def keep_unread(
    desk: Desk, *, sources: Sequence[int] | None = None, per_source: int | None = None
) -> AsyncGenerator[RefreshEvent, None]:
    """Make the newest unread stories of each source (None: of all) readable offline, and those related to them.

    `per_source` None means as many as the settings say. Yields STORY and STORY_FAILED; `total` grows as related
    stories are found. Stories that are kept already cost nothing of the budget.
    """
    settings = desk.config.offline
    limit = settings.stories if per_source is None else per_source
    budget = _Budget(settings.articles, settings.megabytes * 1_000_000)
    waiting: asyncio.Queue[tuple[str, int | None, bool]] = asyncio.Queue()
    for url, page in await asyncio.to_thread(_newest_unread, desk, sources, limit):
        if url not in budget.wanted:  # a story that two papers list is one
            budget.wanted.add(url)
            waiting.put_nowait((url, page, settings.related))
    events: asyncio.Queue[RefreshEvent] = asyncio.Queue()
    done = 0

    async def keep_one(url: str, page: int | None, related: bool) -> None:
        nonlocal done
        story = await desk.kept(url, page=page)
        fetched = story is None
        if story is None and budget.left():
            budget.articles -= 1
            story = await desk.open(url, page=page)
            budget.size -= story.size
            no_network = story.failure is not None and story.failure.kind is FailureKind.OFFLINE
            budget.misses = budget.misses + 1 if no_network else 0
        done += 1
        if story is not None and story.article is not None and related:
            for link in _related(story.article):
                if link not in budget.wanted:
                    budget.wanted.add(link)
                    waiting.put_nowait((link, None, False))
        if fetched and story is not None:
            events.put_nowait(_event(story, done, len(budget.wanted)))

    async def work() -> None:
        while True:
            url, page, related = await waiting.get()
            try:
                await keep_one(url, page, related)
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


def _newest_unread(desk: Desk, sources: Sequence[int] | None, limit: int) -> list[tuple[str, int]]:
    library = desk.library
    chosen: list[tuple[str, int]] = []
    for source in library.sources():
        if limit and (sources is None or source.id in sources):
            pages = library.listing(View("source", source=source.id)).pages[: limit * 4]
            rows = library.rows(pages)
            unread = [rows[page] for page in pages if page in rows and not rows[page].read]
            chosen += [(row.url, row.page) for row in unread[:limit]]
    return chosen


def _related(article: Article) -> list[str]:
    return [link.url for link in article.links if link.kind is LinkKind.RELATED and link.url.startswith("http")]


def _event(story: Story, done: int, total: int) -> RefreshEvent:
    step = RefreshStep.STORY if story.kept else RefreshStep.STORY_FAILED
    return RefreshEvent(step, page=story.page, failure=story.failure, done=done, total=total)

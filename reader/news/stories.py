"""One story, wherever it is: kept, or fetched, extracted and kept. The only way ui and cli get an article.

A `StoryLoader` holds what that takes: the library, the HTTP client and the worker processes. What is expected to fail
is a `Failure` in the `Story`; only bugs raise.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Coroutine, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from reader import shutdown
from reader.config import Config
from reader.errors import DiskFull, LibraryError, NotAPage, WorkerError
from reader.fetch.politeness.turns import Lane, Turn
from reader.models import Article, Failure, FailureKind, Source
from reader.news import feed_or_page
from reader.news.asking.misses import Misses, is_final, is_lasting
from reader.news.asking.own_headers import OwnHeadersOf
from reader.news.asking.reachability import Reachability
from reader.news.asking.robots import Robots
from reader.news.further_pages import FurtherPages, OnPage, follow, ignore_page
from reader.news.workers import CpuTime, Pool
from reader.store import Library, Row
from reader.store.values import FeedText
from reader.text.urls import absolute_web, host, without_tracking
from reader.text.waits import LONGEST_WAIT, is_over

if TYPE_CHECKING:
    from reader.fetch import HttpClient, Response

_log = logging.getLogger("newsstand.stories")

NO_NETWORK = frozenset((FailureKind.NO_HOST, FailureKind.NO_CONNECTION, FailureKind.TIMEOUT))
"""What a host says by its silence: it is gone, or the network is."""

# The client may say so without asking anybody.
_UNASKED = frozenset((FailureKind.BAD_URL, FailureKind.WAIT, FailureKind.PRIVATE_ADDRESS))
_NOT_BY_ITSELF = frozenset((FailureKind.ROBOTS, FailureKind.PRIVATE_ADDRESS))  # a person may ask for it
_FIRST_SECONDS, _SECONDS_A_BYTE = 1.0, 5e-6  # CPU time after which a page is a costly one
_PAGE_TYPES = ("html", "xml", "text/plain", "octet-stream")


def no_story(article: Article) -> Failure:
    """Say why a page that was read gave no text. Pure."""
    return Failure(FailureKind.LIST_PAGE if article.how == "list" else FailureKind.NO_ARTICLE, article.url)


@dataclass(frozen=True, slots=True)
class Story:
    """What is known of one story. `article` is None where no full text is to be had, and `failure` says why.

    `page` is None where nothing was kept of it. `size` is the bytes of the page that was fetched, 0 if none was.
    """

    url: str
    page: int | None = None
    article: Article | None = None
    kept: bool = False
    failure: Failure | None = None
    size: int = 0


class StoryLoader:
    """Where stories are brought. Made by whoever opens a library, used from one event loop, closed by its maker.

    With `workers=False` CPU work is done in threads: for one story that is quicker.
    """

    def __init__(
        self, library: Library, config: Config, *, clock: Callable[[], float] = time.time, workers: bool = True
    ) -> None:
        self.library = library
        self.config = config
        self.clock = clock
        self.own_headers = OwnHeadersOf(library)
        self.network = Reachability(clock)
        self._client: HttpClient | None = None
        self._pool = Pool() if workers else None
        self._robots = Robots(library, self.get, clock)
        self._misses = Misses(library, clock)
        self._under_way: dict[str | int, asyncio.Task[Story]] = {}
        self._followed: WeakValueDictionary[str | int, asyncio.Lock] = WeakValueDictionary()

    @property
    def offline_since(self) -> datetime | None:
        """Since when nothing answers, None while something does."""
        return self.network.offline_since

    @property
    def client(self) -> "HttpClient":
        """The HTTP client, made when first asked for: httpx takes its time to import."""
        if self._client is None:
            self._client = http_client(self.config, clock=self.clock)
        return self._client

    async def work(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Return `function(*args, **kwargs)`, called in a worker process, or in a thread where there are none."""
        if self._pool is None:
            return await asyncio.to_thread(function, *args, **kwargs)
        return await self._pool.run(function, *args, **kwargs)

    async def work_in_turn(
        self, turn: Turn, share: CpuTime, function: Callable[..., Any], *args: Any, **kwargs: Any
    ) -> tuple[Any, float | None]:
        """Return what `work` does, and the CPU seconds it took (None: nobody measured), when it is its turn. What takes
        more than the first of its `share` begins anew behind the others."""
        if self._pool is None:
            return await asyncio.to_thread(function, *args, **kwargs), None
        return await self._pool.run_in_turn(turn, share, function, *args, **kwargs)

    async def get(self, url: str, source: Source | None = None, **validators: Any) -> "Response | Failure":
        """GET as the source that lists `url` needs it, and remember whether there is a network. What else
        `HttpClient.get` takes goes on to it."""
        own = await self.own_headers.headers(url, source)
        if source is not None:
            validators |= {"user_agent": source.user_agent, "seconds": source.seconds}
        asked = host(url)
        with self.network.asking(asked):
            response = await self.client.get(url, own=own, **validators)
        if isinstance(response, Failure) and response.kind in NO_NETWORK:
            await self.network.could_not_reach(asked)
        elif not isinstance(response, Failure) or response.kind not in _UNASKED:
            self.network.answered(asked)
        return response

    async def obey_waits(self, besides: Collection[int] = ()) -> None:
        """Leave alone the hosts that have asked for a pause, also an earlier process of this library, until it is over:
        all but those of these sources."""
        for source in await self.library.reading(self.library.sources):
            pause = wait_of(source, self.clock())
            if pause is not None and source.id not in besides:
                self.leave_alone([replace(pause, url=pause.url or source.url)])

    def leave_alone(self, failures: Iterable[Failure]) -> None:
        """Leave the hosts alone that have asked for a pause in these failures, until it is over; others say nothing."""
        for failure in failures:
            if failure.kind is FailureKind.WAIT and failure.until is not None:
                self.client.leave_alone(failure.url, failure.until.timestamp(), failure.status or 429)

    async def open(
        self, url: str, *, page: int | None = None, renew: bool = False, by_hand: bool = True, found_on: str = ""
    ) -> Story:
        """Return the story at `url`: as it is kept, else fetched, extracted and kept. Never raises for the expected.

        With `renew` it is fetched though it is kept; where that fails, what is kept is returned. Two that ask for the
        same story at once wait for one fetch; a caller that is cancelled leaves it to go on. Stories that share one
        address, or have none, are told apart by their `page`. What nobody asks for `by_hand` is fetched only where its
        host's robots.txt allows it: else that is a ROBOTS; and never from a private address, unless its source, or the
        story it was `found_on` where it has none, is there too: else that is a PRIVATE_ADDRESS.
        """
        which = _which(url, page)
        task = under_way = self._under_way.get(which)
        if task is None:
            asking = self._safely(url, page, renew, None if by_hand else found_on)
            task = asyncio.create_task(asking, name=f"story {url}")
            self._under_way[which] = task
            task.add_done_callback(lambda _: self._under_way.pop(which, None))
        story = await asyncio.shield(task)
        if by_hand and under_way and story.failure is not None and story.failure.kind in _NOT_BY_ITSELF:
            return await self.open(url, page=page, renew=renew)  # it was under way for nobody yet
        return story

    async def open_whole(
        self,
        url: str,
        *,
        page: int | None = None,
        on_page: OnPage = ignore_page,
        stop: asyncio.Event | None = None,
        by_hand: bool = True,
        found_on: str = "",
    ) -> Story:
        """Return the story with its further pages, 20 at most in all: one kept article, under the first page's page.

        `on_page` gets each page's number before it is asked for, and of how many where its paper says so. Where one
        fails, `failure` says why; those before it are kept, and the article's `next` edge leads to the one that is
        missing. So it is, without a failure, when `stop` is set meanwhile. A caller that is cancelled leaves what was
        kept as it was. `size` counts all pages that were fetched. `by_hand`
        and `found_on` as in `open`; a further page is found on the first. Never raises for the expected.
        """
        story = await self.open(url, page=page, by_hand=by_hand, found_on=found_on)
        async with self._followed.setdefault(_which(url, story.page), asyncio.Lock()):
            # Another may have brought the rest while this one waited.
            kept = await self.kept(url, page=story.page) if story.kept else None
            story = story if kept is None else replace(kept, size=story.size, failure=story.failure)
            if story.article is None or story.article.next is None:
                return story
            try:
                source = await self._source(story.page)
                rest = await self._with_rest(story.article, source, on_page, stop, by_hand=by_hand)
            except WorkerError as error:
                return replace(story, failure=Failure(FailureKind.CRASHED, url, cause=str(error)))
            story = replace(story, size=story.size + rest.size, failure=rest.failure or story.failure)
            if rest.article is story.article:
                return story
            kept = await self._keep(replace(story, failure=None), rest.article)
            return replace(kept, failure=kept.failure or story.failure)

    async def _with_rest(
        self,
        first: Article,
        source: Source | None,
        on_page: OnPage = ignore_page,
        stop: asyncio.Event | None = None,
        *,
        by_hand: bool,
    ) -> FurtherPages:
        def ask(url: str) -> Coroutine[Any, Any, tuple[Article | Failure, int]]:
            return self._page(url, source, first.url, by_hand=by_hand)

        followed = await follow(first, ask, self.work, on_page, stop)
        if followed.failure is not None and is_lasting(followed.failure) and followed.article.next is not None:
            await self._remember(Story(followed.article.next.url, failure=followed.failure))
        return followed

    async def gave_up(self, url: str, *, page: int | None = None) -> bool:
        """Say whether only a person asks for this story now: it was asked for in vain, also by another process."""
        return await self._misses.gave_up(url, page=page)

    def failure_of(self, url: str, *, page: int | None = None) -> Failure | None:
        """Return why there was nothing to read when this loader was last asked for this story; None where there was
        something, or nobody has asked it yet (`Library.failed_stories` has what others found). Asks nobody."""
        return self._misses.failure_of(url, page=page)

    async def _remember(self, story: Story) -> None:
        await self._misses.remember(story.url, story.page, story.failure, shown=story.article is not None)

    async def kept(self, url: str, *, page: int | None = None) -> Story | None:
        """Return the story if it is kept, without asking the network; else None."""

        def look_up() -> Story | None:
            found = page if page is not None else self.library.page_of(url)
            article = None if found is None else self.library.article(found)
            return None if article is None else Story(url, found, article, kept=True)

        return await self.library.reading(look_up)

    async def _safely(self, url: str, page: int | None, renew: bool, found_on: str | None) -> Story:
        """`found_on` is None here, and below, where a person asks."""
        try:
            kept = await self.kept(url, page=page)
            if kept is not None and not renew:
                return kept
            story = await self._fetched(url, page if kept is None else kept.page, found_on)
            await self._remember(story)
            return story if kept is None or story.kept else replace(kept, size=story.size)
        except Exception as error:  # noqa: BLE001 # a bug met by one story must not stop a whole refresh
            _log.exception("%s could not be opened", url)
            crashed = Story(url, page, failure=Failure(FailureKind.CRASHED, url, cause=repr(error)))
            await self._remember(crashed)
            return crashed

    async def _fetched(self, url: str, page: int | None, found_on: str | None) -> Story:
        if page is None:
            page = await self.library.reading(self.library.page_of, url)
        address = absolute_web("", url)
        if address is None:
            failure = Failure(FailureKind.NO_ADDRESS if page is not None and not url else FailureKind.BAD_URL, url)
            return await self._without_page(Story(url, page, failure=failure), await self._of_feed(page))
        source = await self._source(page)
        if source is not None and source.feed_text:
            own = await self._of_feed(page) or await self._of_feed(page, summary=True)
            if own is not None:
                return await self._keep(Story(url, page), own)
        if found_on is not None and source is not None:
            found_on = source.url
        article, size = await self._page(address, source, found_on, by_hand=found_on is None)
        own = await self._of_feed(page)
        story = Story(url, page, size=size)
        if isinstance(article, Failure):
            return await self._without_page(replace(story, failure=article), own)
        article = await self._fuller(page, article, own)
        if not article.markdown:
            return await self._without_page(replace(story, failure=no_story(article)), own)
        kept = await self._kept_of(page, article)
        if kept is not None:
            article, size = await self._instead(kept, article, source, by_hand=found_on is None)
            story = replace(story, size=story.size + size)
        return await self._keep(story, article)

    async def _kept_of(self, page: int | None, article: Article) -> Article | None:
        """What is kept in the place where an article would be kept."""
        kept = await self.kept(article.canonical_url, page=page)
        return None if kept is None else kept.article

    async def _instead(
        self, kept: Article, fresh: Article, source: Source | None, *, by_hand: bool
    ) -> tuple[Article, int]:
        """What to keep where a story's page has come anew, and the bytes that came for it.

        A story of several pages is never replaced by the first one alone: by all of them, or by nothing.
        """
        from reader.extract import pages_in, still_holds

        if fresh.next is None or (pages_in(kept) == 1 and (kept.next is not None or kept.words <= fresh.words)):
            return fresh, 0
        if still_holds(kept, fresh):
            return kept, 0
        try:
            rest = await self._with_rest(fresh, source, by_hand=by_hand)
        except WorkerError as error:
            _log.warning("the pages of %s could not be joined: %s", fresh.url, error)
            return kept, 0
        as_long = kept.next is not None and pages_in(rest.article) >= pages_in(kept)
        complete = rest.failure is None and rest.article.words > fresh.words
        return (rest.article if complete or as_long else kept), rest.size

    async def _page(
        self, address: str, source: Source | None, found_on: str | None, *, by_hand: bool
    ) -> tuple[Article | Failure, int]:
        """What one page says, asked for as its source needs it, and the bytes that came."""
        from reader.fetch import PAGES

        chosen = (source.user_agent, source.seconds) if source is not None else (None, None)
        refusal = None if by_hand else await self._robots.refusal(without_tracking(address), *chosen, found_on)
        if refusal is not None:
            return self._named(refusal), 0
        turn = Turn() if by_hand else Turn(Lane.NEW)
        response = await self.get(without_tracking(address), source, accept=PAGES, turn=turn, found_on=found_on)
        if isinstance(response, Failure):
            return self._named(response), 0
        return await self._extracted(response, turn), len(response.body)

    def _named(self, failure: Failure) -> Failure:
        """Without a network, that is what is wrong, not this one host."""
        if self.offline_since is not None and failure.kind in NO_NETWORK:
            return replace(failure, kind=FailureKind.OFFLINE)
        return failure

    async def _fuller(self, page: int | None, article: Article, own: Article | None) -> Article:
        """What a page says, or what the feed says of it, where that is the story or more of it.

        A page with next to no words and a wall (subscribe, log in, enable JavaScript) give way to any longer text of
        the feed, a summary too; so does the page of a podcast's episode. Where no feed says anything and a wall is all
        there is, there is no text: the wall's words are no story.
        """
        from reader.extract import words_beyond_wall

        held, row = await self._in_feed(page)
        if article.markdown:
            said = words_beyond_wall(article)
            recording = row is not None and feed_or_page.is_recording(row.enclosures)
            summary = held.summary if held is not None else None
            if own is None and (
                said < feed_or_page.STUB_WORDS or recording or feed_or_page.says_far_more(summary, said)
            ):
                own = await self._feed_article(held, row, summary=True)
            if own is None and said == 0 < article.words:
                return replace(article, markdown="")
            article = feed_or_page.fuller(article, own, said, recording=recording)
        if row is None or row.entry is None:
            return article
        return feed_or_page.with_headline(article, row.title, row.paper)

    async def _without_page(self, story: Story, own: Article | None) -> Story:
        """The feed's own text, where the page gave nothing, however short: kept where asking again would not help.

        A summary stands in only for a page that will not come. The few words of a feed whose page was refused or is
        gone are shown, not kept: nobody but the feed says that they are all of it.
        """
        final = story.failure is not None and is_final(story.failure)
        if own is None and final:
            own = await self._of_feed(story.page, summary=True)
        if own is None:
            return story
        if story.failure is None or not final:
            return replace(story, article=own)
        kept = await self._kept_of(story.page, own)
        if kept is not None and kept.words > own.words:
            return story  # the page has gone since: what was read of it is more than the feed has
        if story.failure.kind is FailureKind.HTTP and own.words < feed_or_page.FEED_STORY_WORDS:
            return replace(story, article=own)
        return await self._keep(replace(story, failure=None), own)

    async def _extracted(self, response: "Response", turn: Turn) -> Article | Failure:
        from reader.extract import extract_by, is_later_page

        if response.content_type and not any(kind in response.content_type for kind in _PAGE_TYPES):
            return Failure(FailureKind.NOT_A_PAGE, response.final_url, cause=response.content_type)
        try:
            article: Article
            size = len(response.body)
            article, _ = await self.work_in_turn(
                Turn(turn.lane, size),
                CpuTime(_FIRST_SECONDS + size * _SECONDS_A_BYTE),
                extract_by,
                self.config.rules,
                response.body,
                response.final_url,
                encoding=response.charset,
            )
            if article.canonical_url != article.url and is_later_page(article.url, article.canonical_url):
                # Else the library would take a second page for the first, and show its text in place of that.
                article = replace(article, canonical_url=article.url)
        except NotAPage as error:
            return Failure(FailureKind.NOT_A_PAGE, response.final_url, cause=str(error))
        except WorkerError as error:
            _log.warning("extraction of %s failed: %s", response.final_url, error)
            return Failure(FailureKind.CRASHED, response.final_url, cause=str(error))
        except Exception as error:  # noqa: BLE001 # a bug met by one page must not end what else is under way
            _log.exception("extraction of %s failed", response.final_url)
            return Failure(FailureKind.CRASHED, response.final_url, cause=repr(error))
        return article

    async def _source(self, page: int | None) -> Source | None:
        """The source that lists the page."""

        def look_up() -> Source | None:
            row = None if page is None else self.library.row(page)
            return None if row is None or row.source is None else self.library.source(row.source)

        return await self.library.reading(look_up)

    async def _of_feed(self, page: int | None, *, summary: bool = False) -> Article | None:
        """The feed's own text as an article. What a list shows of it is taken for that only as the `summary`."""
        return await self._feed_article(*await self._in_feed(page), summary=summary)

    async def _in_feed(self, page: int | None) -> tuple[FeedText | None, Row | None]:
        """What its feed gives of a page, and its row; None where there is none."""
        if page is None:
            return None, None
        return await self.library.reading(lambda: (self.library.feed_text(page), self.library.row(page)))

    async def _feed_article(self, held: FeedText | None, row: Row | None, *, summary: bool) -> Article | None:
        if held is None or row is None:
            return None
        html = f"<p>{escape(held.summary or '')}</p>" if summary else held.html
        if html is None:
            return None
        from reader.extract import extract_content

        try:
            article: Article = await self.work(
                extract_content,
                html,
                held.base,
                title=row.title,
                lede=held.summary,
                authors=held.authors,
                section=row.section,
                published=datetime.fromtimestamp(row.time, UTC),
            )
        except (NotAPage, WorkerError) as error:
            _log.warning("the feed's text of page %s failed: %s", row.page, error)
            return None
        return article if article.markdown else None

    async def _keep(self, story: Story, article: Article) -> Story:
        def keep() -> int:
            page = self.library.ensure_page(story.url, title=article.title) if story.page is None else story.page
            return self.library.keep_article(page, article)

        try:
            page = await self.library.writing(keep)
        except LibraryError as error:
            _log.exception("%s cannot be kept", story.url)
            kind = FailureKind.DISK_FULL if isinstance(error, DiskFull) else FailureKind.NOT_KEPT
            return replace(story, article=article, failure=Failure(kind, story.url))
        return replace(story, page=page, article=article, kept=True)

    async def close(self) -> None:
        """End what is under way, the connections and the workers. The library is its opener's to close."""
        for task in list(self._under_way.values()):
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)
        if self._client is not None:
            await self._client.close()
        if self._pool is not None:
            await shutdown.in_thread(self._pool.close)


def wait_of(source: Source, now: float) -> Failure | None:
    """Return the failure with which a source's server has asked for a pause that is not over yet; None for none."""
    failure = source.failure
    if failure is None or failure.kind is not FailureKind.WAIT or failure.until is None:
        return None
    return None if is_over(failure.until.timestamp(), now, LONGEST_WAIT) else failure


def http_client(config: Config, *, clock: Callable[[], float] = time.time) -> "HttpClient":
    """Return an HTTP client with the limits of the settings; whoever asks for one closes it."""
    from reader.fetch import HttpClient, Limits

    network = config.network
    return HttpClient(
        Limits(
            received=network.received * 1_000_000,
            decoded=network.decoded * 1_000_000,
            seconds=network.seconds,
            at_once=network.at_once,
            per_host=network.per_host,
            private=network.private_addresses,
        ),
        clock=clock,
    )


def _which(url: str, page: int | None) -> str | int:
    """What tells a story from others: its page, for two can share one address or have none; else its address."""
    return url if page is None else page

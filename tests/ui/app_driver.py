"""A library that tests fill, and a driver of the app that is open on it: it presses keys and reads the screen."""

import contextlib
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.style import Style
from textual.pilot import Pilot
from textual.worker import WorkerCancelled, WorkerFailed, WorkerState

from reader.models import Article, Entry, Link, LinkKind, Source
from reader.store import FeedChanges, Library, Row, View
from reader.ui.app import NewsstandApp
from tests import add_source
from tests.fetch.scripted_server import reply

GIVE_UP = 20.0
"""Seconds after which a reader that does not become idle is a failure, not something to wait for."""

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2019, 11, 16, 14, 0, tzinfo=HANOI)
BODY = "\n\n".join(
    f"On the {n}th morning the ferry came in on the flood, and the harbour master wrote its crates into the book "
    f"that lies open beside the tide tables, {n + 3} in all, one by one."
    for n in range(4, 24)
)


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    now: float = NOW.timestamp()

    def __call__(self) -> float:
        return self.now


class FilledLibrary:
    """A library being filled, and looked at, beside the reader that is open on it."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        self.clock = clock
        self.library = Library.open(path, clock=clock)

    def paper(self, name: str, *, folder: str | None = None, short: str | None = None, url: str = "") -> Source:
        """Subscribe to a paper; it is not due for an hour."""
        url = url or f"https://{name.lower().replace(' ', '-')}.example/rss"
        source = add_source(self.library, url, name, folder=folder, short=short)
        self.headlines(source)
        return source

    def headlines(self, source: Source, *titles: str, minutes_ago: int = 0, summary: str = "") -> list[int]:
        """Let a paper list these headlines, each a minute older than the one before; return their pages."""
        entries = tuple(
            Entry(
                guid=title,
                link=self.url(source, title),
                title=title,
                summary=summary or f"What became of it: {title.lower()}.",
                section="Harbour",
                published=datetime.fromtimestamp(self.clock.now - 60 * (minutes_ago + n), UTC),
            )
            for n, title in enumerate(titles)
        )
        changes = FeedChanges(title=source.title, new=entries, due_at=int(self.clock.now + 3600))
        self.library.keep_feed(source.id, changes, now=self.clock.now)
        return [page for title in titles if (page := self.library.page_of(self.url(source, title))) is not None]

    def url(self, source: Source, title: str) -> str:
        """The address of a story."""
        return source.url.replace("/rss", "/") + "-".join(title.lower().split())

    def keep(
        self,
        page: int,
        *,
        related: Sequence[tuple[str, str]] = (),
        kind: LinkKind = LinkKind.RELATED,
        body: str = BODY,
    ) -> int:
        """Keep a story's full text, with related stories (or links of another `kind`) as (title, address)."""
        row = self.row(page)
        links = tuple(Link(kind, title, url) for title, url in related)
        article = Article(
            url=row.url,
            canonical_url=row.url,
            site=row.paper,
            title=row.title,
            section=row.section,
            markdown=body,
            links=links,
            words=700,
            minutes=3,
            how="generic",
            lang="en",
            published=datetime.fromtimestamp(row.time, UTC),
        )
        return self.library.keep_article(page, article)

    def row(self, page: int) -> Row:
        """What the library says of a page now."""
        row = self.library.row(page)
        assert row is not None
        return row

    def unread(self) -> int:
        """How much is unread, by the library."""
        return len(self.library.listing(View("unread")))


@dataclass
class AppDriver:
    """Drives an open app by its keys, and reads what it shows."""

    app: NewsstandApp
    pilot: Pilot[None]

    async def press(self, *keys: str) -> None:
        """Press keys one after another, and let each come to its end."""
        for key in keys:
            await self.pilot.press(key)
            await self.wait_until_idle()

    async def wait_until_idle(self) -> None:
        """Wait until nothing runs beside the keys any more. One that another takes the place of is done with."""
        await self.pilot.pause()
        began = time.monotonic()
        while not self.app.main_screen.loaded:
            assert time.monotonic() - began < GIVE_UP, "the reader never became idle"
            await self.pilot.pause()
        while not self.app.all_keys_taken and not self.app._exit:
            await self.pilot.pause()
        while self._is_about_to_lay_out_the_story():
            assert time.monotonic() - began < GIVE_UP, "the story was never laid out"
            await self.pilot.pause()
        while running := [w for w in self.app.workers if w.state in (WorkerState.PENDING, WorkerState.RUNNING)]:
            with contextlib.suppress(WorkerCancelled):
                await self.app.workers.wait_for_complete(running)
            await self.pilot.pause()

    def _is_about_to_lay_out_the_story(self) -> bool:
        """Whether the pane of the story is to be seen at a width for which the next frame lays the story out."""
        screen = self.app.main_screen
        pane = screen.article_pane
        is_laid_out = pane.virtual_size.width == pane.room or pane.room < 4  # a narrower one is never laid out
        return self.app.screen is screen and pane.display and not is_laid_out

    async def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, and wait until the screen has it: Textual waits for more sizes to come."""
        await self.pilot.resize_terminal(columns, rows)
        while self.app.main_screen.extent != (columns, rows):
            await self.pilot.pause()
        await self.wait_until_idle()

    async def fail(self) -> None:
        """Wait as `wait_until_idle` does, where a worker is to fail."""
        with contextlib.suppress(WorkerFailed):
            await self.wait_until_idle()
        await self.wait_until_idle()

    @property
    def lines(self) -> list[str]:
        """The screen as text, line for line."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def footer(self) -> str:
        return self.lines[-1].strip()

    def style_of(self, words: str) -> Style:
        """The style of the first cell of these words."""
        for strip in self.app.screen._compositor.render_strips():
            text = "".join(segment.text for segment in strip)
            if words in text:
                at = text.index(words)
                for segment in strip:
                    if at < len(segment.text):
                        assert segment.style is not None
                        return segment.style
                    at -= len(segment.text)
        raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")


OpenReader = Callable[..., AbstractAsyncContextManager[AppDriver]]


def browser_into(opened: list[str]) -> Callable[[str], bool]:
    """Stands in for `outside.start_browser`: a browser that starts, and what it was handed."""

    def take(url: str) -> bool:
        opened.append(url)
        return True

    return take


def web_page(title: str, *, about: str = "ferry") -> bytes:
    """An answer that is a newspaper's page with one story."""
    body = "".join(f"<p>{text}</p>" for text in BODY.replace("ferry", about).split("\n\n"))
    document = (
        f"<!doctype html><html lang=en><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )
    return reply(document.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def feed(*items: tuple[str, str], title: str = "The Gull") -> bytes:
    """An answer that is a feed with these (headline, address) items."""
    listed = "".join(f"<item><title>{t}</title><link>{u}</link><guid>{u}</guid></item>" for t, u in items)
    document = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{listed}</channel></rss>'
    return reply(document.encode(), headers={"Content-Type": "application/rss+xml"})

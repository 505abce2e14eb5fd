"""Keeping the screen true to the library and the clock: counting again after what was done here, seeing what others
did, refreshing what has become due, and drawing by the settings as they are.

Another process may mark stories, add and remove sources, and bring headlines: all of it is on the screen within two
seconds, and nothing moves that is under the eye. What is new is shown in the title of the list.
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from reader import words
from reader.config.paths import unless_default
from reader.config.values import ReaderSettings
from reader.models import FailureKind, Source
from reader.store import Counts, View
from reader.text.waits import LONGEST_WAIT, is_over
from reader.ui.base.host import Host
from reader.ui.headlines import EntryList, Headlines
from reader.ui.main.refreshing import PAINT_EVERY, Refresher

if TYPE_CHECKING:
    from reader.ui.article.view import ArticleView

CHECK_EVERY = 1.0
"""Seconds between two checks whether another process has changed the library."""

PRUNE_EVERY = 600.0
"""Seconds between two checks whether the library is to be pruned."""

DUE_EVERY = 60.0
"""Seconds between two checks of what is due."""


def _pause(tries: int) -> int:
    """Return the minutes until one looks again whether there is a network, after so many in vain. Pure."""
    return min(5, 1 + tries // 4)


def is_there(view: View, sources: Iterable[Source]) -> bool:
    """Whether a view still has its source, or its folder a source. Pure."""
    if view.kind == "source":
        return any(source.id == view.source for source in sources)
    return view.kind != "folder" or any(source.folder == view.folder for source in sources)


def show_settings(
    before: ReaderSettings,
    after: ReaderSettings,
    headlines: EntryList,
    article: "ArticleView | None",
    restyle: Callable[[], None],
) -> None:
    """Draw by the settings `after` what was drawn by those `before`. `article` is None until it is loaded; `restyle`
    draws all other panes anew. The theme is the app's."""
    if after.density != before.density:
        headlines.set_density(after.density)
    if article is not None and after.measure != before.measure:
        article.set_measure(after.measure)
    if (after.dates, after.clock, after.icons) != (before.dates, before.clock, before.icons):
        restyle()
        if article is not None:
            article.notify_style_update()
            article.set_measure(article.measure)


@dataclass(slots=True)
class Stale:
    """What on the screen the library no longer agrees with."""

    counts: bool = False
    rows: bool = False
    news: bool = False

    def add(self, *, rows: bool, news: bool) -> None:
        """Counts always, and the rest as given."""
        self.counts, self.rows, self.news = True, self.rows or rows, self.news or news


class LiveUpdates:
    """Counts again when something has changed, checks whether something has, and refreshes what is due."""

    def __init__(
        self,
        host: Host,
        headlines: Headlines,
        refresher: Refresher,
        counted: Callable[[Counts], None],
        draw: Callable[[bool], None],
    ) -> None:
        """`counted` takes new counts; `draw` draws them, and with True also rows and sources, which may differ."""
        self._host = host
        self._headlines = headlines
        self._refresher = refresher
        self._counted = counted
        self._draw = draw
        self._stale = Stale()
        self._counting = False
        self._version = 0
        self._offline: datetime | None = None
        self._back: datetime | None = None
        self._tries = 0
        self._try_at = 0.0
        self._waits_over: set[tuple[int, int]] = set()
        self._pruned: str | None = None
        self._pruning = False

    def begin(self) -> None:
        """From now on check what others do. The library's file is checked too, once, beside the keys."""
        self._host.start(self._check_file(), "check")
        self._version = self._host.session.library.data_version()
        self._pruned = self._host.session.library.recall("pruned")

    async def _check_file(self) -> None:
        library = self._host.session.library
        if not library.damaged and await asyncio.to_thread(library.check):
            self.say_why_only_read()

    def say_why_only_read(self) -> None:
        """Say that nothing is saved: the library is damaged, or cannot be written."""
        library = self._host.session.library
        named = unless_default(library.path) is not None
        self._host.say(words.damaged(named=named) if library.damaged else words.read_only(), "error")

    def changed(self, *, rows: bool = True, news: bool = True) -> None:
        """Count again, soon: at most four times a second, however much comes.

        `rows`: what the rows and the sources say may differ; `news`: there may be other rows. What one marked oneself
        is on the screen already: then neither.
        """
        self._stale.add(rows=rows, news=news)
        if not self._counting:
            self._counting = True
            self._host.start(self._count(), "count")

    def check_for_changes(self) -> None:
        """See whether anyone has written, this library's own writes are counted already; and whether there is something
        to fetch that could not be had before: the network is back, or a pause is over that a server asked for."""
        version = self._host.session.library.data_version()
        if version != self._version and not self._counting:
            self._version = version
            self.changed()
        session = self._host.session
        before, self._offline = self._offline, None if session.offline else session.offline_since
        if before is not None and self._offline is None and not session.offline:
            self._back = before
            self._host.retitle()
        if self._offline is not None or session.offline or session.library.read_only:
            return
        if self._back is not None and self._refresher.begin():
            since, self._back = self._back, None
            self._host.start(self._refresher.catch_up(since), "refresh")
        elif self._refresher.waits_are_over and self._refresher.begin():
            self._host.start(self._refresher.keep_waiting(), "refresh")
        elif (waited := self._waited()) and self._refresher.begin():
            self._host.start(self._refresher.refresh_waited(waited), "refresh")

    def _waited(self) -> list[int]:
        """The sources whose servers asked for a pause that is over since the last check. Each pause is given once:
        where the answer to the next visit cannot be kept, that source is due each minute as any other."""
        if self._refresher.busy:
            return []
        now = self._host.session.clock()
        over = {
            (source.id, source.due_at)
            for source in self._host.sources.values()
            if source.failure is not None
            and source.failure.kind is FailureKind.WAIT
            and is_over(source.due_at, now, LONGEST_WAIT)
        }
        known, self._waits_over = self._waits_over, over
        return [source for source, _ in over - known]

    def begin_timers(self, every: Callable[[float, Callable[[], None]], object]) -> None:
        """Check now and then what has changed, what is due, and whether the library is to be pruned."""
        every(CHECK_EVERY, self.check_for_changes)
        every(DUE_EVERY, self.every_minute)
        every(PRUNE_EVERY, self.prune)

    def every_minute(self) -> None:
        """Refresh what has become due; a new day has new headings."""
        self._headlines.restyle()
        self.changed()
        if not self._refresher.busy:
            self._host.start(self.refresh_due(), "refresh")

    async def refresh_due(self) -> None:
        """Refresh what is due, unless nothing could be fetched or kept. Without a network one source is asked, of those
        that have answered before, whether there is one again: each minute, and in the long run each few minutes."""
        session, library = self._host.session, self._host.session.library
        if session.offline or library.read_only:
            return  # nobody asked for it, and nothing could be kept
        if session.offline_since is None:
            self._tries, self._try_at = 0, 0.0
        elif not is_over(self._try_at, session.clock(), LONGEST_WAIT):
            return
        else:
            self._tries += 1
            self._try_at = session.clock() + DUE_EVERY * (_pause(self._tries) - 0.5)  # timers are not exact
            if not await self._refresher.probe():
                return
        if await library.reading(library.due, session.clock()) and self._refresher.begin():
            await self._refresher.refresh()

    async def _count(self) -> None:
        session, library = self._host.session, self._host.session.library
        try:
            while self._stale.counts:
                stale, self._stale = self._stale, Stale()
                began = time.monotonic()
                version = library.data_version()
                self._counted(await library.reading(library.counts, today=session.today()))
                if stale.rows:
                    await self._sources()
                    await self._leave_pruned()
                if stale.news:
                    await self._headlines.check_for_new()
                self._draw(stale.rows)
                self._version = version
                if self._stale.counts or self._refresher.busy:
                    await asyncio.sleep(max(PAINT_EVERY, 3 * (time.monotonic() - began)))
        finally:
            self._counting = False

    def prune(self) -> None:
        """Keep the library within its bounds, where it is time to: a little at a time, beside all else."""
        if not self._pruning and not self._refresher.busy:
            self._pruning = True
            self._host.start(self._prune(), "prune")

    async def _prune(self) -> None:
        from reader.news.pruning import prune_if_wanted

        try:
            report = await prune_if_wanted(self._host.session.library, self._host.session.config)
            if report is not None and (report.total.articles or report.total.entries):
                self.changed()
        finally:
            self._pruning = False

    async def _leave_pruned(self) -> None:
        """Where the library was pruned, here or by another process, what is gone leaves the list; nothing else does."""
        library = self._host.session.library
        pruned = await library.reading(library.recall, "pruned")
        if pruned != self._pruned:
            self._pruned = pruned
            if await library.reading(library.any_pruned, self._headlines.whole.pages):
                await self._headlines.show_new(stay=True)

    async def _sources(self) -> None:
        """Read the sources again. Rows of one that is no more leave the list; its own list gives way to all unread."""
        host, headlines, library = self._host, self._headlines, self._host.session.library
        before = host.sources
        host.sources = {source.id: source for source in await library.reading(library.sources)}
        view = headlines.view
        gone = before.keys() - host.sources.keys()
        if is_there(view, before.values()) and not is_there(view, host.sources.values()):
            name = headlines.name
            await headlines.open(View("unread"), host.sources)
            if host.note is None:
                host.say(words.fell_back(name))
        elif gone:
            await headlines.show_new(stay=True)
        headlines.use_sources(host.sources)

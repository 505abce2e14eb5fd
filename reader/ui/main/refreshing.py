"""Refreshing: what is due now and every minute, what was asked for, and what is to be kept for offline.

One refresh at a time. It says how far it is, what failed, and what came; it draws nothing.
"""

import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader import words
from reader.models import Failure, FailureKind, RefreshEvent, RefreshStep, Source
from reader.ui.base.host import Host
from reader.ui.main.masthead import RefreshProgress

if TYPE_CHECKING:
    from reader.news.stories import StoryLoader


@dataclass(slots=True)
class Tally:
    """What a refresh has brought so far."""

    new: int = 0
    kept: int = 0
    missed: int = 0
    errors: int = 0


class Refresher:
    """Runs refreshes, one at a time: whoever wants one first asks `begin`, and only where it agrees goes on.

    `arrived` is called when the library has something new (True: headlines; False: stories, facts of sources).
    """

    def __init__(self, host: Host, arrived: Callable[[bool], None]) -> None:
        self._host = host
        self._arrived = arrived
        self._queue: list[int] = []
        self._later: list[int] = []
        self._keeps_later = False
        self._visited: set[int] = set()
        self._asked = False
        self.progress: RefreshProgress | None = None
        self._shown = 0.0

    @property
    def busy(self) -> bool:
        """Whether a refresh is running, or about to."""
        return self.progress is not None

    def begin(self) -> bool:
        """Claim the one refresh, before anything is waited for; False where one is running or about to."""
        if self.busy:
            return False
        self.progress = RefreshProgress(0, 0)
        return True

    async def refresh(self, sources: Sequence[int] | None = None, *, every: bool = False) -> Tally:
        """Visit what is due of `sources` (None: all), with `every` all of them; then make stories readable offline.

        `begin` has agreed to it, as to `keep_offline`.
        """

        def begin(loader: "StoryLoader") -> AsyncGenerator[RefreshEvent, None]:
            from reader.news.refresh import refresh

            return refresh(loader, sources=sources, every=every)

        self._asked = every
        return await self._follow(begin)

    async def refresh_asked(self, sources: Sequence[int]) -> None:
        """Visit these sources because a person asked for it, and say what came. `begin` has agreed to it."""
        tally = await self.refresh(sources, every=True)
        if not tally.errors:
            self._host.say(words.refreshed(tally.new))

    async def keep_asked(self) -> None:
        """Make everything unread readable offline, and say what came of it. `begin` has agreed to it."""
        tally = await self.keep_offline()
        self._host.say(words.kept_for_offline(tally.kept, tally.missed))

    def refresh_later(self, sources: Sequence[int]) -> None:
        """After the refresh that is running, visit those of the sources that it has not visited itself."""
        self._later += [source for source in sources if source not in self._later]

    def keep_later(self) -> None:
        """After the refresh that is running, make everything unread readable offline."""
        self._keeps_later = True

    def fetch(self, sources: Sequence[int]) -> None:
        """Visit just these sources beside the keys: now, or after the refresh that is running; say what came."""
        self._queue += [source for source in sources if source not in self._queue]
        self._next()

    def _next(self) -> None:
        if self._queue and self.begin():
            self._host.start(self._fetch(), "refresh")
            return
        later, self._later = [source for source in self._later if source not in self._visited], []
        if later and self.begin():
            self._host.start(self.refresh_asked(later), "refresh")
        elif self._keeps_later and self.begin():
            self._keeps_later = False
            self._host.start(self.keep_asked(), "refresh")

    async def _fetch(self) -> None:
        sources, self._queue = self._queue, []
        tally = await self.refresh(sources, every=True)
        if tally.new and not tally.errors:
            first = await self._host.session.library.reading(self._host.session.library.source, sources[0])
            self._host.say(words.fetched(first.title if first else "", len(sources), tally.new))

    async def keep_offline(self) -> Tally:
        """Make everything unread readable offline."""

        def begin(loader: "StoryLoader") -> AsyncGenerator[RefreshEvent, None]:
            from reader.news.offline import keep_unread

            return keep_unread(loader, per_source=_EVERY_STORY)

        return await self._follow(begin)

    async def _follow(self, begin: "Callable[[StoryLoader], AsyncGenerator[RefreshEvent, None]]") -> Tally:
        tally = Tally()
        self._visited.clear()
        try:
            async with aclosing(begin(await self._host.session.loader())) as events:
                async for event in events:
                    self._take(event, tally)
        finally:
            self.progress = None
            self._arrived(False)
            self._host.retitle()
            self._next()
        return tally

    def _take(self, event: RefreshEvent, tally: Tally) -> None:
        step = event.step
        if event.source is not None and step in (RefreshStep.SAME, RefreshStep.KEPT, RefreshStep.FAILED):
            self._visited.add(event.source.id)
        if step is RefreshStep.FAILED and event.failure is not None:
            tally.errors += 1
            self._say_failed(event.source, event.failure)
        elif step is RefreshStep.KEPT:
            tally.new += event.new
        elif step is RefreshStep.STORY:
            tally.kept += 1
        elif step is RefreshStep.STORY_FAILED:
            tally.missed += 1
        if step in (RefreshStep.SAME, RefreshStep.KEPT):
            self._host.session.offline = False  # a paper has answered
        if event.total and step is not RefreshStep.DONE:
            self.progress = RefreshProgress(event.done, event.total, tally.errors)
        if time.monotonic() - self._shown > _PAINT_EVERY:
            self._shown = time.monotonic()
            self._host.retitle()
        if step in (RefreshStep.KEPT, RefreshStep.STORY, RefreshStep.STORY_FAILED, RefreshStep.FAILED):
            self._arrived(step is RefreshStep.KEPT and event.new > 0)

    def _say_failed(self, source: Source | None, failure: Failure) -> None:
        if self._host.session.offline_since is not None or failure.kind is FailureKind.OFFLINE:
            return
        before = self._failed_before(source)
        if not self._asked and before is not None and (before.kind, before.status) == (failure.kind, failure.status):
            return  # it was so before, and the masthead counts it: nothing new
        kept = source is None or source.answered_at is not None  # of one that never answered nothing is
        sentence = words.failure(failure, zone=self._host.session.zone, promises=kept)
        self._host.say(words.with_name(source.title, sentence) if source else words.capitalized(sentence), "error")

    def _failed_before(self, source: Source | None) -> Failure | None:
        known = self._host.sources.get(source.id) if source is not None else None
        return known.failure if known is not None else None


_PAINT_EVERY = 0.25
"""Seconds between two paintings of the progress bar."""

_EVERY_STORY = 10_000
"""Stories of one source: as many as anyone has unread. The budgets of the settings still hold."""

"""Refreshing: what is due now and every minute, what was asked for, and what is to be kept for offline.

One refresh at a time. It says how far it is, what failed, and what came; it draws nothing.
"""

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from reader import words
from reader.models import Failure, FailureKind, RefreshEvent, RefreshStep
from reader.ui.masthead import Progress
from reader.ui.session import Session

_log = logging.getLogger("newsstand.ui")


@dataclass(slots=True)
class Tally:
    """What a refresh has brought so far."""

    new: int = 0
    kept: int = 0
    missed: int = 0
    errors: int = 0


class Papers:
    """Runs refreshes. `moved` is called at each step, `came` when the library has something new, `failed` with a
    sentence when a source does not answer."""

    def __init__(
        self, session: Session, moved: Callable[[], None], came: Callable[[], None], failed: Callable[[str], None]
    ) -> None:
        self._session = session
        self._moved = moved
        self._came = came
        self._failed = failed
        self.progress: Progress | None = None

    @property
    def busy(self) -> bool:
        """Whether a refresh is running."""
        return self.progress is not None

    async def refresh(self, sources: Sequence[int] | None = None, *, every: bool = False) -> Tally:
        """Visit what is due of `sources` (None: all), with `every` all of them; then make stories readable offline."""
        desk = await self._session.desk()
        from reader.refresh import refresh

        return await self._follow(refresh(desk, sources=sources, every=every))

    async def keep_offline(self) -> Tally:
        """Make everything unread readable offline."""
        desk = await self._session.desk()
        from reader.offline import keep_unread

        return await self._follow(keep_unread(desk, per_source=_MANY))

    async def _follow(self, events: AsyncIterator[RefreshEvent]) -> Tally:
        tally = Tally()
        self.progress = Progress(0, 0)
        try:
            async for event in events:
                self._take(event, tally)
        finally:
            self.progress = None
            self._moved()
        return tally

    def _take(self, event: RefreshEvent, tally: Tally) -> None:
        step = event.step
        if step is RefreshStep.FAILED and event.failure is not None:
            tally.errors += 1
            self._say_failed(event.source.title if event.source else "", event.failure)
        elif step is RefreshStep.KEPT:
            tally.new += event.new
        elif step is RefreshStep.STORY:
            tally.kept += 1
        elif step is RefreshStep.STORY_FAILED:
            tally.missed += 1
        if event.total and step is not RefreshStep.DONE:
            self.progress = Progress(event.done, event.total, tally.errors)
        self._moved()
        if step in (RefreshStep.KEPT, RefreshStep.STORY, RefreshStep.FAILED):
            self._came()

    def _say_failed(self, name: str, failure: Failure) -> None:
        if self._session.offline_since is not None or failure.kind is FailureKind.OFFLINE:
            return
        sentence = words.failure(failure, zone=self._session.zone)
        self._failed(words.with_name(name, sentence) if name else words.capitalized(sentence))


_MANY = 10_000
"""Stories of one source: as many as anyone has unread. The budgets of the settings still hold."""

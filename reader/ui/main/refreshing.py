"""Refreshing: what is due now and every minute, what was asked for, and what is to be kept for offline.

One refresh at a time. It says how far it is, what failed, and what came; it draws nothing.
"""

import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from reader import words
from reader.models import Failure, FailureKind, RefreshEvent, RefreshStep, Source
from reader.text.waits import LONGEST_WAIT, is_over
from reader.ui.base.host import Host
from reader.ui.main.masthead import RefreshProgress

if TYPE_CHECKING:
    from reader.news.stories import StoryLoader


@dataclass(slots=True)
class Tally:
    """What a refresh has brought so far."""

    new: int = 0
    kept: int = 0
    missed: Counter[str] = field(default_factory=Counter)  # stories, by the reason
    first_missed: int | None = None  # its page
    related_missed: Counter[str] = field(default_factory=Counter)  # of stories that no paper lists
    full: int = 0  # stories that came, and the disk was full
    errors: int = 0
    answered: int = 0
    waits: bool = False
    no_headlines_before: list[datetime] = field(default_factory=list)  # of sources that never answered and must wait


class Refresher:
    """Runs refreshes, one at a time: whoever wants one first asks `begin`, and only where it agrees goes on.

    `arrived` is called when the library has something new (True: headlines; False: stories, facts of sources).
    """

    def __init__(self, host: Host, arrived: Callable[[bool], None]) -> None:
        self._host = host
        self._arrived = arrived
        self._queue: list[int] = []
        self._said = ""
        self._later: list[int] = []
        self._keeps_later = False
        self._visited: set[int] = set()
        self._asked = False
        self._probes = 0
        self._keep_at: float | None = None
        self._pauses = 0
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

    async def refresh(self, sources: Sequence[int] | None = None, *, every: bool = False, asked: bool = False) -> Tally:
        """Visit what is due of `sources` (None: all), with `every` all of them; then make stories readable offline.

        `asked`: a person asked for just this, and hears also of what failed before. `begin` has agreed to it, as to
        `keep_offline`.
        """

        def begin(loader: "StoryLoader") -> AsyncGenerator[RefreshEvent, None]:
            from reader.news.refresh import refresh

            return refresh(loader, sources=sources, every=every)

        self._asked = asked
        return await self._follow(begin)

    async def refresh_asked(self, sources: Sequence[int]) -> None:
        """Visit these sources because a person asked for it, and say what came. `begin` has agreed to it."""
        single = len(sources) == 1
        try:
            tally = await self.refresh(sources, every=True, asked=single)
        finally:
            note = self._host.note
            if note is not None and note.text == words.refreshing(len(sources)):
                self._host.end_lasting_note()
        if (tally.answered or not tally.errors) and not (single and tally.waits):
            self._host.say(words.refreshed(tally.new))
        elif self._host.session.offline_since is not None:
            self._host.say(words.no_network())

    async def refresh_waited(self, sources: Sequence[int]) -> None:
        """Visit these sources because the pause is over that their servers asked for. `begin` has agreed to it."""
        await self.refresh(sources, every=True)

    async def keep_asked(self) -> None:
        """Make everything unread readable offline, and say what came of it. `begin` has agreed to it."""
        tally = await self.keep_offline()
        row = None
        if tally.first_missed is not None:
            row = await self._host.session.library.reading(self._host.session.library.row, tally.first_missed)
        which = row.title if row is not None else ""
        said = words.kept_for_offline(
            tally.kept, tally.missed, full=tally.full, which=which, related=tally.related_missed
        )
        self._host.say(said)

    def refresh_later(self, sources: Sequence[int]) -> None:
        """After the refresh that is running, visit those of the sources that it has not visited itself."""
        self._later += [source for source in sources if source not in self._later]

    def keep_later(self) -> None:
        """After the refresh that is running, make everything unread readable offline."""
        self._keeps_later = True

    def fetch(self, sources: Sequence[int], said: str = "") -> None:
        """Visit just these sources beside the keys: now, or after the refresh that is running; say what came.

        `said`: the sentence with which they were subscribed to, which is said again with how long they must wait.
        """
        self._said = said or self._said
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
        said, self._said = self._said, ""
        tally = await self.refresh(sources, every=True)
        if said and tally.no_headlines_before:
            session, until = self._host.session, max(tally.no_headlines_before)
            waiting = len(tally.no_headlines_before)
            self._host.say(f"{said} {words.headlines_after_wait(waiting, len(sources), until, session.now())}")
        elif tally.new and not tally.errors:
            first = await self._host.session.library.reading(self._host.session.library.source, sources[0])
            self._host.say(words.fetched(first.title if first else "", len(sources), tally.new))

    async def keep_offline(self) -> Tally:
        """Make everything unread readable offline."""

        def begin(loader: "StoryLoader") -> AsyncGenerator[RefreshEvent, None]:
            from reader.news.offline import keep_unread

            return keep_unread(loader, per_source=_EVERY_STORY)

        return await self._follow(begin)

    async def probe(self) -> bool:
        """Ask one source that has answered before whether there is a network again; False where there is none."""
        from reader.news.lost_network import probe

        self._probes += 1
        return await probe(await self._host.session.loader(), self._probes)

    async def catch_up(self, since: datetime) -> None:
        """The network is back: visit what failed only for want of it, from `since` on, and what is due. `begin` has
        agreed to it, as to `keep_waiting`."""
        from reader.news.lost_network import lost_since

        self._keep_at = self._host.session.clock()
        library, now = self._host.session.library, int(self._host.session.clock())
        due = [source.id for source in await library.reading(library.due, now)]
        lost = lost_since(await library.reading(library.sources), since.timestamp())
        await self.refresh(list({*due, *lost}), every=True)

    @property
    def waits_are_over(self) -> bool:
        """Whether stories that could not be had may come now: servers asked for a pause that is over."""
        return self._keep_at is not None and is_over(self._keep_at, self._host.session.clock(), LONGEST_WAIT)

    async def keep_waiting(self) -> None:
        """Make the newest unread stories readable offline that had to wait."""

        def begin(loader: "StoryLoader") -> AsyncGenerator[RefreshEvent, None]:
            from reader.news.offline import keep_unread

            return keep_unread(loader)

        self._keep_at = None
        tally = await self._follow(begin)
        self._pauses = self._pauses + 1 if tally.waits and not tally.kept else 0

    def _wait_until(self, until: float) -> None:
        """A server lets no story be had before then: try then, and ever later where that was in vain before."""
        until = max(until, self._host.session.clock() + min(3600, _SHORTEST_PAUSE * 2**self._pauses))
        self._keep_at = until if self._keep_at is None else min(self._keep_at, until)

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
        waits = event.failure is not None and event.failure.kind is FailureKind.WAIT
        tally.waits |= waits
        if step is RefreshStep.FAILED and event.failure is not None:
            tally.errors += not waits
            if waits and event.failure.until is not None and event.source and event.source.answered_at is None:
                tally.no_headlines_before.append(event.failure.until)
            self._say_failed(event.source, event.failure)
        elif step is RefreshStep.KEPT:
            tally.new += event.new
        elif step in (RefreshStep.STORY, RefreshStep.STORY_FAILED) and _is_disk_full(event.failure):
            tally.full += 1
        elif step is RefreshStep.STORY:
            tally.kept += 1
        elif step is RefreshStep.STORY_FAILED:
            reason = words.reason_not_to_be_had(event.failure or Failure(FailureKind.CRASHED))
            if event.related:
                tally.related_missed[reason] += 1
            else:
                tally.missed[reason] += 1
                tally.first_missed = tally.first_missed or event.page
            if event.failure is not None and event.failure.until is not None:
                self._wait_until(event.failure.until.timestamp())
        if step in (RefreshStep.SAME, RefreshStep.KEPT):
            self._host.session.offline = False  # a paper has answered
            tally.answered += 1
        if event.total and step is not RefreshStep.DONE:
            self.progress = RefreshProgress(event.done, event.total, tally.errors)
        if time.monotonic() - self._shown > PAINT_EVERY:
            self._shown = time.monotonic()
            self._host.retitle()
        if step in (RefreshStep.KEPT, RefreshStep.STORY, RefreshStep.STORY_FAILED, RefreshStep.FAILED):
            self._arrived(step is RefreshStep.KEPT and event.new > 0)

    def _say_failed(self, source: Source | None, failure: Failure) -> None:
        if self._host.session.offline_since is not None or failure.kind is FailureKind.OFFLINE:
            return
        before, waits = self._failed_before(source), failure.kind is FailureKind.WAIT
        if not self._asked and (waits or (before is not None and _same(before, failure))):
            return  # it was so before, and the masthead counts it: nothing new; and one that asks us to wait works
        kept = source is None or source.answered_at is not None  # of one that never answered nothing is
        session = self._host.session
        name = source.title if source else ""
        sentence = words.failure(failure, zone=session.zone, promises=kept or waits, now=session.clock(), beside=name)
        self._host.say(
            words.with_name(source.title, sentence) if source else words.capitalized(sentence),
            "result" if waits else "error",
        )

    def _failed_before(self, source: Source | None) -> Failure | None:
        known = self._host.sources.get(source.id) if source is not None else None
        return known.failure if known is not None else None


def _is_disk_full(failure: Failure | None) -> bool:
    return failure is not None and failure.kind is FailureKind.DISK_FULL


def _same(before: Failure, now: Failure) -> bool:
    """Whether a source fails as it did before: a host that does not answer may be silent in one way or another."""
    return (before.kind, before.status) == (now.kind, now.status) or {before.kind, now.kind} <= _SILENT


_SILENT = frozenset((FailureKind.NO_HOST, FailureKind.NO_CONNECTION, FailureKind.TIMEOUT))

_SHORTEST_PAUSE = 15
"""Seconds that stories wait at least whose server has asked for a pause."""

PAINT_EVERY = 0.25
"""Seconds between two paintings of how far a refresh is, and of what it brings."""

_EVERY_STORY = 10_000
"""Stories of one source: as many as anyone has unread. The budgets of the settings still hold."""

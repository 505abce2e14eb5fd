"""What all parts of the interface share while it is open: library, settings, clock, story loader. No widgets."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from reader import shutdown
from reader.config import Config
from reader.models import Failure, FailureKind
from reader.store import Library
from reader.ui.base.backups import Backups

if TYPE_CHECKING:
    from reader.config.chosen import Value
    from reader.news.stories import StoryLoader

_OF_THE_PAGE = frozenset((FailureKind.HTTP, FailureKind.NOT_A_PAGE, FailureKind.NO_ARTICLE, FailureKind.LIST_PAGE))
"""Failures that say something of a page: they hold without a network, too."""


@dataclass(slots=True)
class Session:
    """One opening of the reader. `zone` None is the machine's. `offline`: asked to stay away from the network;
    no more once a refresh that was asked for has found it. `log_path`: where the log is. `wanted`: what is to be opened
    once the reader is left (`demo`), None for nothing.

    The story loader is made when it is first asked for: nothing of the network is imported before the first paint.
    """

    library: Library
    config: Config
    clock: Callable[[], float] = time.time
    zone: tzinfo | None = None
    offline: bool = False
    log_path: Path | None = None
    wanted: str | None = None
    watchers: "list[Callable[[Config, Config], None]]" = field(default_factory=list)
    """Called with the settings before and after each change of one: whoever shows something by them is here."""
    opened: datetime = field(init=False)
    backups: Backups = field(init=False)
    _loader: "StoryLoader | None" = None
    _making: asyncio.Lock = field(default_factory=asyncio.Lock)
    _writer: ThreadPoolExecutor | None = None

    def __post_init__(self) -> None:
        self.opened = self.now()
        self.backups = Backups(self.library, self.clock, lambda: self.config.library)

    def now(self) -> datetime:
        """The time, aware, in the reader's zone."""
        return self.at(self.clock())

    def at(self, seconds: float) -> datetime:
        """UTC seconds as a moment in the reader's zone."""
        return datetime.fromtimestamp(seconds, UTC).astimezone(self.zone)

    def measure(self) -> int:
        """The measure that was set last, else the one of the settings, in cells."""
        set_before = self.library.recall("measure")
        return int(set_before) if set_before and set_before.isdecimal() else self.config.reader.measure

    def choose(self, name: str, value: "Value | None") -> "asyncio.Future[str]":
        """Change a setting from now on, and write it down; None takes the choice back.

        What comes back is "" once it is on the disk, else a sentence that says why it is not kept; it need not be
        awaited. Raises BadSetting where the setting may not have the value, or the user's own file sets it.
        """
        from msgspec.structs import replace

        from reader.config.chosen import keep_choice, with_choice
        from reader.words.settings import nowhere_to_keep

        before, self.config = self.config, with_choice(self.config, name, value)
        if name == "reader.measure" and self.library.recall("measure"):  # what < and > set last gives way
            before = replace(before, reader=replace(before.reader, measure=self.measure()))
            self.library.writing(self.library.remember, "measure", "")
        if self._loader is not None:
            self._loader.config = self.config
        for watcher in self.watchers:
            watcher(before, self.config)
        loop = asyncio.get_running_loop()
        file = self.config.chosen_file
        if file is None:
            nowhere: asyncio.Future[str] = loop.create_future()
            nowhere.set_result(nowhere_to_keep())
            return nowhere
        if self._writer is None:
            self._writer = ThreadPoolExecutor(1, "settings")  # one thread: in the order of the keys
            shutdown.at_end(self._writer.shutdown)
        written = asyncio.wrap_future(self._writer.submit(keep_choice, file, name, value))
        return asyncio.ensure_future(asyncio.shield(written))  # it is written even if whoever awaits it has gone

    def today(self) -> int:
        """UTC seconds at which the reader's day began."""
        now = self.now()
        return int(datetime(now.year, now.month, now.day, tzinfo=self.zone).timestamp())

    async def loader(self) -> "StoryLoader":
        """What loads stories. It and all it imports are loaded in a thread: keys are answered meanwhile."""
        async with self._making:
            if self._loader is None:
                self._loader = await asyncio.to_thread(self._made)
        return self._loader

    def _made(self) -> "StoryLoader":
        from reader.news.stories import StoryLoader

        loader = StoryLoader(self.library, self.config, clock=self.clock)
        _ = loader.client  # made now, not by the first story that wants it: that would load httpx between two keys
        return loader

    @property
    def offline_since(self) -> datetime | None:
        """Since when there is no network, as far as anyone noticed."""
        if self.offline:
            return self.opened
        since = self._loader.offline_since if self._loader is not None else None
        return since.astimezone(self.zone) if since is not None else None

    def failure_of(self, url: str, page: int | None, found_before: Failure | None) -> Failure | None:
        """Why a story that is not kept cannot be had, as far as anyone noticed; None where nobody has.

        `found_before` is what the library has of it (`Library.failed_stories`).
        """
        known = self._loader.failure_of(url, page=page) if self._loader is not None else None
        if known is None or known.kind is FailureKind.OFFLINE:
            known = found_before
        if self.offline_since is None:
            return known
        return known if known is not None and known.kind in _OF_THE_PAGE else Failure(FailureKind.OFFLINE, url)

    async def close(self) -> None:
        """Close the story loader, then the library, once all that was handed over to it is written; so are settings."""
        self.backups.stop()
        try:
            if self._loader is not None:
                await self._loader.close()
        finally:
            if self._writer is not None:
                await shutdown.in_thread(self._writer.shutdown)
            await shutdown.in_thread(self.library.close)

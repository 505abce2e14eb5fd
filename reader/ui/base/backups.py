"""Backups that are made while the reader is open: in a thread of their own, which nobody waits for when it is left."""

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.config.values import LibrarySettings
from reader.errors import LibraryError, NewsstandError
from reader.store import Library

if TYPE_CHECKING:
    from reader.store.backups import Backup

_log = logging.getLogger("newsstand.ui")

WAITS = 0.3
"""Seconds; a disk that is slow to answer leaves a part of a copy, which goes with the next backup after a day."""


@dataclass(slots=True)
class Backups:
    """Makes them, one at a time, through connections of their own, beside the threads of the library."""

    library: Library
    clock: Callable[[], float]
    settings: Callable[[], LibrarySettings]
    _stop: threading.Event = field(default_factory=threading.Event)
    _one: threading.Lock = field(default_factory=threading.Lock)

    def make_due(self) -> None:
        """Begin to make one where it is due; return at once. What went wrong is in the log."""
        threading.Thread(target=self._make_due, name="backup", daemon=True).start()

    def _make_due(self) -> None:
        with self._one:
            if self._stop.is_set():
                return
            try:
                chosen = self.settings()
                self.library.back_up_daily(lambda: (chosen.backups, chosen.backup_days), self._stop)
            except (LibraryError, RuntimeError) as error:  # RuntimeError: the library is being closed
                _log.info("no backup was made: %s", error)

    async def make(self) -> "Backup":
        """Make one now, in the library's folder of backups. LibraryError where it cannot be made."""
        loop = asyncio.get_running_loop()
        made: asyncio.Future[Backup] = loop.create_future()

        def work() -> None:
            try:
                with self._one:
                    backup = self._made()
            except Exception as error:  # noqa: BLE001 # it is raised to whoever waits
                self._tell(loop, made.set_exception, error)
            else:
                self._tell(loop, made.set_result, backup)

        threading.Thread(target=work, name="backup", daemon=True).start()
        return await asyncio.shield(made)

    def _made(self) -> "Backup":
        from reader.store import backups

        try:
            return backups.make(self.library.path, now=self.clock(), stop=self._stop)
        except backups.StoppedError:
            raise LibraryError("") from None  # the reader is being left: nobody sees it
        except OSError as error:
            raise NewsstandError(str(error)) from error

    def _tell(self, loop: asyncio.AbstractEventLoop, tell: Callable[..., None], what: object) -> None:
        if not self._stop.is_set():
            try:
                loop.call_soon_threadsafe(tell, what)
            except RuntimeError:  # the loop has ended: nobody waits any more
                _log.info("a backup ended after the reader: %s", what)

    def stop(self) -> None:
        """End what is being made, and throw it away. It takes some milliseconds; longer than `WAITS` is not waited."""
        self._stop.set()
        if self._one.acquire(timeout=WAITS):
            self._one.release()

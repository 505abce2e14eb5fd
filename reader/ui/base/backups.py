"""Backups that are made while the reader is open: in a thread of their own, which nobody waits for when it is left."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader import shutdown
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
        return await shutdown.in_thread(self._made)

    def _made(self) -> "Backup":
        from reader.store import backups

        try:
            with self._one:
                return backups.make(self.library.path, now=self.clock(), stop=self._stop)
        except backups.StoppedError:
            raise LibraryError("") from None  # the reader is being left: nobody sees it
        except OSError as error:
            raise NewsstandError(str(error)) from error

    def stop(self) -> None:
        """End what is being made, and throw it away. It takes some milliseconds; longer than `WAITS` is not waited."""
        self._stop.set()
        if self._one.acquire(timeout=WAITS):
            self._one.release()

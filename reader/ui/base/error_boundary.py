"""Going on after an unforeseen error: it is logged, reported in one line, and the screen keeps answering.

Textual ends a widget's loop of messages at the first exception, and the app with it. A screen that is an
`ErrorBoundary` loses the one message that failed. In tests that run without a terminal every exception passes, so that
it fails the test.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from textual.message import Message
from textual.message_pump import MessagePump

from reader.errors import LibraryError

_log = logging.getLogger("newsstand.ui")

AT_MOST, WITHIN = 5, 10.0
"""So many faults in so many seconds are borne; more are a reader that cannot go on."""


@contextmanager
def telling(say: Callable[[str, Literal["error"]], object]) -> Iterator[None]:
    """Say what of the library cannot be read, and go on with what can: one list is damaged, the others are not."""
    try:
        yield
    except LibraryError as error:
        _log.exception("the library cannot be read")
        say(str(error), "error")


class ErrorBoundary(MessagePump):
    """For screens, first among their bases."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            unforeseen: Callable[[Exception], bool] | None = getattr(self.app, "unforeseen", None)
            if unforeseen is None or not unforeseen(error):
                raise


class ErrorCount:
    """Counts unforeseen errors, in a sliding stretch of time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: list[float] = []

    def too_many(self) -> bool:
        """Count one more; say whether that is one too many."""
        now = self._clock()
        self._times = [*(at for at in self._times if now - at < WITHIN), now]
        return len(self._times) > AT_MOST

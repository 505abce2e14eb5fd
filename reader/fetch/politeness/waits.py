"""Until when a host is not to be asked, and the slots of one client.

The pure half reads the headers in which a server says when to come back. Times here are UTC seconds.
"""

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime

from reader.fetch.politeness.turns import Held, Slots, Turn
from reader.text.waits import LONGEST_WAIT, is_over


def retry_at(header: str | None, now: float) -> float | None:
    """Return when a Retry-After header (RFC 9110 section 10.2.3) lets one ask again, or None where it says nothing.

    Also None where that time is already past.
    """
    if header is None:
        return None
    value = header.strip()
    at = now + min(int(value[:12]), LONGEST_WAIT) if value.isascii() and value.isdigit() else _http_date(value)
    if at is None or at <= now:
        return None
    return min(at, now + LONGEST_WAIT)


def max_age(headers: Mapping[str, str], now: float) -> int | None:
    """Return for how many more seconds an answer is fresh (RFC 9111 sections 4.2 and 5), or None where it does not say.

    `headers` is looked up in lower case. What must not be kept or must be asked again is fresh for 0 seconds.
    """
    directives = dict(_directives(headers.get("cache-control", "")))
    if "no-cache" in directives or "no-store" in directives:
        return 0
    age = headers.get("age", "").strip()
    spent = int(age[:12]) if age.isascii() and age.isdigit() else 0
    said = directives.get("max-age", "").strip('"')
    if said.isascii() and said.isdigit():
        return max(0, int(said[:12]) - spent)
    if "expires" in headers:
        sent = _http_date(headers.get("date", ""))
        expires = _http_date(headers["expires"])  # `Expires: 0` and other nonsense mean: already stale
        return 0 if expires is None else max(0, int(expires - (now if sent is None else sent)) - spent)
    return None


def _directives(header: str) -> list[tuple[str, str]]:
    pairs = (directive.partition("=") for directive in header.split(","))
    return [(name.strip().lower(), value.strip()) for name, _, value in pairs]


def _http_date(value: str) -> float | None:
    try:
        return parsedate_to_datetime(value.strip()).timestamp()
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


_SILENT_REQUESTS = 4
"""After so many requests in a row without an answer, nobody asks a host in the background for `_SILENT_FOR` seconds."""

_SILENT_FOR = 60.0


class Politeness:
    """The slots and the waits of one client. A host is a name with its port: on one machine two ports are two papers.

    Requests are let in by their turns (`turns.Queue`); a host with many of them takes no slot from the others while
    they wait. Not for more than one event loop.
    """

    def __init__(self, at_once: int, per_host: int, clock: Callable[[], float]) -> None:
        self._slots = Slots(at_once, few=max(1, at_once // 3), per_host=per_host, parked=4 * at_once)
        self._waits: dict[str, tuple[float, int]] = {}
        self._silences: dict[str, tuple[int, float]] = {}
        self._clock = clock

    @asynccontextmanager
    async def slot(self, host: str, turn: Turn) -> AsyncIterator[Held]:
        """Wait for a slot and hold it; `Held.beside` is how many requests to that host were under way before."""
        async with self._slots.slot(host, turn) as held:
            yield held

    def wait(self, host: str) -> tuple[float, int] | None:
        """Return until when `host` is not to be asked and the status with which it said so, or None if it may be."""
        wait = self._waits.get(host)
        if wait is not None and is_over(wait[0], self._clock(), LONGEST_WAIT):
            del self._waits[host]
            return None
        return wait

    def remember(self, host: str, until: float, status: int) -> None:
        """Leave `host` alone until then."""
        self._waits[host] = (until, status)

    def note_silence(self, host: str) -> None:
        """Take note that a request to `host` got no answer."""
        self._silences[host] = (self._silences.get(host, (0, 0.0))[0] + 1, time.monotonic())

    def note_answer(self, host: str) -> None:
        """Take note that `host` has answered, whatever it said."""
        self._silences.pop(host, None)

    def is_silent(self, host: str) -> bool:
        """Whether `host` has lately left so many requests unanswered that the next would wait in vain, too: one host
        can have hundreds of sources."""
        times, last = self._silences.get(host, (0, 0.0))
        return times >= _SILENT_REQUESTS and time.monotonic() - last < _SILENT_FOR

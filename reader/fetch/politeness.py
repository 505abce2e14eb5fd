"""How not to be a nuisance: how many requests at once, and until when a host is not to be asked.

The pure half reads the headers in which a server says when to come back. Times here are UTC seconds.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 7 * 86400
"""Seconds for which a host is left alone at most: a wrong header must not silence a paper for good."""


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


class Politeness:
    """The slots and the waits of one client. A host is a name with its port: on one machine two ports are two papers.

    Waiting requests are let in first come, first served for each host; a host with many of them takes no slot from
    the others while they wait. Not for more than one event loop.
    """

    def __init__(self, at_once: int, per_host: int, clock: Callable[[], float]) -> None:
        self._all = asyncio.Semaphore(at_once)
        self._per_host = per_host
        self._hosts: dict[str, asyncio.Semaphore] = {}
        self._asking: dict[str, int] = {}
        self._waits: dict[str, tuple[float, int]] = {}
        self._clock = clock

    @asynccontextmanager
    async def slot(self, host: str) -> AsyncIterator[int]:
        """Wait for a slot and hold it; gives how many requests to that host were under way before."""
        async with self._hosts.setdefault(host, asyncio.Semaphore(self._per_host)), self._all:
            before = self._asking.get(host, 0)
            self._asking[host] = before + 1
            try:
                yield before
            finally:
                self._asking[host] -= 1

    def wait(self, host: str) -> tuple[float, int] | None:
        """Return until when `host` is not to be asked and the status with which it said so, or None if it may be."""
        wait = self._waits.get(host)
        if wait is not None and wait[0] <= self._clock():
            del self._waits[host]
            return None
        return wait

    def remember(self, host: str, until: float, status: int) -> None:
        """Leave `host` alone until then."""
        self._waits[host] = (until, status)

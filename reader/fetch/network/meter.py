"""What an answer costs besides its bytes: chunks, frames, reads, interim answers, lines of headers. Asks nobody.

A byte in a chunk of its own costs a thousand times what it costs in a large one, and a server chooses which it sends.
"""

import asyncio
import re
from contextvars import ContextVar
from dataclasses import dataclass

_FREE = 500  # parts that cost no pause: nearly every honest answer has fewer
_BURST = 50  # parts between two pauses, some milliseconds of work
_PAUSE = 0.015  # seconds
_BYTES_A_PART = 32  # for so many bytes an answer may have one part more

_BLANK_LINE = re.compile(rb"\n\r?\n")
_INTERIM = re.compile(rb"\s*HTTP/1\.[01][ \t]+1(?!01)\d\d\b")  # 101 is the last word on its connection
_LONGEST_STATUS = 64


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one chain of requests may cost: `parts` are chunks, frames and reads, with one more for each 32 bytes;
    `interim` answers (1xx), `header_lines` and `header_bytes` count for each answer anew, interim ones included."""

    parts: int = 10_000
    interim: int = 20
    header_lines: int = 1000
    header_bytes: int = 100_000


class TooMany(Exception):
    """An answer has more of something than anybody needs. Its text says of what, for the log."""

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(f"more than {limit} {what}")
        self.limit = limit


class Pace:
    """How many exchanges are costly just now, so that all of them together leave time to the others of one loop."""

    def __init__(self) -> None:
        self.costly = 0


class Meter:
    """The cost of one chain of requests, as a context: `with Meter(...)`. Raises TooMany out of whatever counts."""

    def __init__(self, bounds: Bounds, pace: Pace) -> None:
        self.bounds = bounds
        self._pace = pace
        self._parts = self._bytes = 0
        self._pause_at = _FREE

    def end(self) -> None:
        """This exchange takes time from the others no longer."""
        if self._pause_at > _FREE:
            self._pace.costly -= 1
        self._pause_at = _FREE

    async def count(self, parts: int, received: int = 0) -> None:
        """Count parts that have come, and bytes with them; let the others work where it has been many."""
        self._parts += parts
        self._bytes += received
        allowed = self.bounds.parts + self._bytes // _BYTES_A_PART
        if self._parts > allowed:
            raise TooMany("parts", allowed)
        if self._parts >= self._pause_at:
            self._pace.costly += self._pause_at == _FREE
            self._pause_at = self._parts + _BURST
            await asyncio.sleep(_PAUSE * self._pace.costly)


METER: ContextVar[Meter] = ContextVar("METER")
"""Whom connections charge: the chain of requests whose task reads from them."""


class Head:
    """The head of one HTTP/1.1 answer as it comes, with the interim answers before it (RFC 9110 section 15.2)."""

    def __init__(self) -> None:
        self.over = False
        self._lines = self._bytes = self._interim = 0
        self._begin = b""
        self._last = b""

    def feed(self, data: bytes, bounds: Bounds) -> None:
        """Count what has come. Raises TooMany; does nothing once the head of the last answer is all there."""
        at = 0
        while not self.over and at < len(data):
            begin = self._last + data[at:]
            end = _BLANK_LINE.search(begin)
            until = len(data) if end is None else at + end.end() - len(self._last)
            self._begin = (self._begin + data[at:until])[:_LONGEST_STATUS]
            self._bytes += until - at
            self._lines += data.count(b"\n", at, until)
            self._last = b"" if end is not None else begin[-2:]
            at = until
            if self._bytes > bounds.header_bytes:
                raise TooMany("bytes of headers", bounds.header_bytes)
            if self._lines > bounds.header_lines:
                raise TooMany("lines of headers", bounds.header_lines)
            if end is not None:
                self.over = _INTERIM.match(self._begin) is None
                self._interim += not self.over
                self._begin = b""
                if self._interim > bounds.interim:
                    raise TooMany("interim answers", bounds.interim)


class Frames:
    """Where the frames of HTTP/2 begin in what comes (RFC 9113 section 4.1)."""

    def __init__(self) -> None:
        self._header = b""
        self._left = 0

    def feed(self, data: bytes, most: int) -> tuple[int, int]:
        """Return how many frames begin in `data`, at most so many, and where the next one would."""
        at = found = 0
        while at < len(data):
            if self._left:
                step = min(self._left, len(data) - at)
                self._left -= step
                at += step
                continue
            if found == most:
                break
            begin = data[at : at + 9 - len(self._header)]
            self._header += begin
            at += len(begin)
            if len(self._header) == 9:
                self._left = int.from_bytes(self._header[:3])
                self._header = b""
                found += 1
        return found, at

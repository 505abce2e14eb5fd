"""When a source's turn is, by what is known of it. Pure: asks nobody."""

import math

from reader.fetch.politeness.turns import Lane, Turn
from reader.models import FailureKind, Source

SLOW = 3.0
"""Seconds: an answer that took longer is a slow one."""

COSTLY = 1.0
"""CPU seconds: a feed that cost more is a costly one."""

_USUAL = 1.5e-6  # CPU seconds that a byte of an ordinary feed costs

_WORKS = frozenset(
    (
        FailureKind.BROKEN_FEED,
        FailureKind.WAIT,
        FailureKind.OFFLINE,
        FailureKind.NOT_KEPT,
        FailureKind.DISK_FULL,
    )
)
"""What says nothing of whether a source answers quickly."""


def turn_of(source: Source) -> Turn:
    """Return the turn of asking a source: by the seconds that its last answer took, or how long it has been failing.

    One that worked and failed once is as one of which nothing is known: perhaps it was the network.
    """
    if source.failure is not None and source.failure.kind not in _WORKS:
        failed_once = source.answered_at is not None and source.tries < 2
        return Turn(Lane.NEW) if failed_once else Turn(Lane.SLOW, source.tries)
    if source.took is None:
        return Turn(Lane.NEW)
    return Turn(Lane.SLOW if source.took > SLOW else Lane.QUICK, source.took)


def turn_of_parsing(source: Source, size: int, *, whole: bool = True) -> Turn:
    """Return the turn of parsing what a source has sent, `size` bytes: by what its last feed cost, else the shortest
    first, and last those that are not `whole`: what never ends is what costs a parser most. One over which a worker was
    ended, or that cost much, waits for those that do not."""
    if source.failure is not None and source.failure.kind is FailureKind.CRASHED:
        return Turn(Lane.SLOW, source.tries)
    if source.parse_seconds is None:
        return Turn(Lane.NEW, size if whole else math.inf)
    return Turn(Lane.SLOW if source.parse_seconds > COSTLY else Lane.QUICK, source.parse_seconds)


def first_seconds(source: Source, size: int, *, whole: bool = True) -> float:
    """Return the CPU seconds that a feed of `size` bytes has before it must wait for the others: what twice as many
    bytes of an ordinary one cost, or twice what the last one cost. One that is not `whole` has less."""
    usual = 0.1 + 2 * size * _USUAL if whole else 0.05 + size * _USUAL / 2
    return usual if source.parse_seconds is None else max(usual, 2 * min(source.parse_seconds, COSTLY))


def most_seconds(size: int) -> float:
    """Return the CPU seconds after which a feed of `size` bytes is given up: what no ordinary one costs on a machine
    that is ten times slower than ours."""
    return 3 + 10 * size * _USUAL

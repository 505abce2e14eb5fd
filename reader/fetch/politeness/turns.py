"""Who goes next: the queue of all that waits for a slot, by what is known of it, and the slots themselves.

What answered quickly last time goes first; what is known to be slow waits in a queue of its own, with few slots of its
own, so that neither holds up the other. `Queue` decides and waits for nothing; `Slots` waits. Neither asks anybody.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count

ALL_STARTED_IN = 0.4
"""Seconds in which everything that waits is to have had a slot, as far as there is room for what does not give its slot
back."""

_SHORTEST_PATIENCE, _LONGEST_PATIENCE = 0.1, 1.0
_RUNS_AT_LEAST = 4.0  # seconds for which nothing is sent back into the queue


class Lane(IntEnum):
    """What is known of a task, in the order in which they go."""

    PERSON = 0  # a person waits for it
    QUICK = 1  # it was quick last time
    NEW = 2  # nothing is known
    SLOW = 3  # it failed or was slow last time, or turned out to be so


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """A place in the queue: within a lane, what took the fewest seconds last time goes first."""

    lane: Lane = Lane.PERSON
    seconds: float = 0.0


@dataclass(slots=True, eq=False)
class Ticket:
    """One that waits or has a slot. `host` is what may have so many at once."""

    host: str
    turn: Turn
    state: str = "waits"  # then "runs", "parked", "left"

    @property
    def is_slow(self) -> bool:
        """Whether it waits in the queue of the slow ones."""
        return self.turn.lane is Lane.SLOW


class Queue:
    """Decides who goes next; waits for nothing, reads no clock.

    `at_once` of those that are not known as slow run at once, beside them `few` slow ones, and `per_host` of one host.
    One that turns out to be slow is `park`ed, `parked` at most: it goes on, and its slot is the next one's.
    """

    def __init__(self, at_once: int, few: int, per_host: int, parked: int = 0) -> None:
        self._limits = {False: at_once, True: few}
        self._per_host = per_host
        self._most_parked = parked
        self._running = {False: 0, True: 0}
        self._waiting: dict[bool, list[tuple[Turn, int, Ticket]]] = {False: [], True: []}
        self._held_back: dict[str, list[tuple[Turn, int, Ticket]]] = {}
        self._hosts: Counter[str] = Counter()
        self._parked: dict[Ticket, None] = {}
        self._numbers = count()
        self.waiting = 0
        """How many wait that are not known as slow."""

    def add(self, ticket: Ticket) -> None:
        """Let one wait for its turn."""
        self.waiting += not ticket.is_slow
        heappush(self._waiting[ticket.is_slow], (ticket.turn, next(self._numbers), ticket))

    def let_in(self) -> list[Ticket]:
        """Return those that run from now on."""
        let_in: list[Ticket] = []
        for slow, waiting in self._waiting.items():
            while waiting and self._running[slow] < self._limits[slow]:
                entry = heappop(waiting)
                ticket = entry[2]
                if ticket.state == "left":
                    self._bring_back(ticket.host)
                elif self._hosts[ticket.host] >= self._per_host:
                    heappush(self._held_back.setdefault(ticket.host, []), entry)
                else:
                    self._hosts[ticket.host] += 1
                    self._running[slow] += 1
                    self.waiting -= not slow
                    ticket.state = "runs"
                    let_in.append(ticket)
        return let_in

    def leave(self, ticket: Ticket) -> None:
        """One is done, or waits no longer."""
        state, ticket.state = ticket.state, "left"
        if state == "waits":
            self.waiting -= not ticket.is_slow
            return
        if state == "parked":
            del self._parked[ticket]
        else:
            self._running[ticket.is_slow] -= 1
        self._hosts[ticket.host] -= 1
        self._bring_back(ticket.host)

    def park(self, ticket: Ticket) -> bool:
        """Take one out of the slots that does not give its own back; False where too many are parked already."""
        if len(self._parked) >= self._most_parked:
            return False
        self._running[ticket.is_slow] -= 1
        ticket.state = "parked"
        self._parked[ticket] = None
        return True

    def longest_parked(self) -> Ticket | None:
        """Return the one that was parked first, of those for which no person waits."""
        return next((ticket for ticket in self._parked if ticket.turn.lane is not Lane.PERSON), None)

    def beside(self, host: str) -> int:
        """Return how many of one host run."""
        return self._hosts[host]

    def _bring_back(self, host: str) -> None:
        """A host has room for one more: the first of those held back waits for a slot again."""
        held_back = self._held_back.get(host)
        if held_back:
            entry = heappop(held_back)
            heappush(self._waiting[entry[2].is_slow], entry)
        if not held_back:
            self._held_back.pop(host, None)


@dataclass(slots=True, eq=False)
class Held:
    """A slot while it is held. `beside`: how many of the same host had one before. Where there is no room left, `end`
    is called for one that has held it long, which then has been `sent_back`: it is to leave and wait as a slow one."""

    beside: int
    since: float
    end: Callable[[], object] | None = None
    sent_back: bool = field(default=False)


class Slots:
    """The slots of a `Queue`, for one event loop. With `parked` 0 whoever has a slot keeps it."""

    def __init__(self, at_once: int, *, few: int, per_host: int, parked: int = 0) -> None:
        self._queue = Queue(at_once, few, per_host, parked)
        self._at_once = at_once
        self._parks = parked > 0
        self._events: dict[Ticket, asyncio.Event] = {}
        self._held: dict[Ticket, Held] = {}
        self._peak = 0

    @asynccontextmanager
    async def slot(self, host: str, turn: Turn) -> AsyncIterator[Held]:
        """Wait for one's turn, and hold a slot."""
        ticket = Ticket(host, turn)
        event = self._events[ticket] = asyncio.Event()
        loop = asyncio.get_running_loop()
        self._queue.add(ticket)
        self._peak = max(self._peak, self._queue.waiting)
        timer: list[asyncio.TimerHandle] = []
        try:
            self._go_on()
            await event.wait()
            held = self._held[ticket] = Held(self._queue.beside(host) - 1, loop.time())
            if self._parks and not ticket.is_slow:
                timer.append(loop.call_later(_SHORTEST_PATIENCE, self._overdue, ticket, timer))
            yield held
        finally:
            for handle in timer:
                handle.cancel()
            self._held.pop(ticket, None)
            self._events.pop(ticket, None)
            self._queue.leave(ticket)
            self._go_on()

    def _patience(self) -> float:
        """Seconds for which one has a slot to itself: the fewer, the more wait."""
        return max(_SHORTEST_PATIENCE, min(_LONGEST_PATIENCE, ALL_STARTED_IN * self._at_once / max(1, self._peak)))

    def _go_on(self) -> None:
        for ticket in self._queue.let_in():
            self._events[ticket].set()
        if not self._queue.waiting:
            self._peak = 0

    def _overdue(self, ticket: Ticket, timer: list[asyncio.TimerHandle]) -> None:
        """One that has had its slot for long enough goes on beside the slots. How long that is changes with how many
        wait: those that begin first have nobody behind them yet."""
        loop = asyncio.get_running_loop()
        rest = self._held[ticket].since + self._patience() - loop.time()
        if rest > 0:
            timer[:] = [loop.call_later(min(rest, _SHORTEST_PATIENCE), self._overdue, ticket, timer)]
            return
        if not self._queue.park(ticket):
            longest = self._queue.longest_parked()
            held = None if longest is None else self._held[longest]
            if held is not None and held.end is not None and loop.time() - held.since > _RUNS_AT_LEAST:
                held.sent_back = True
                held.end()
                held.end = None
            timer[:] = [loop.call_later(self._patience(), self._overdue, ticket, timer)]
        self._go_on()

"""Whether there is a network at all, judged by which hosts answer and which are silent. Asks nobody."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

_LATELY = 3600  # seconds: who answered within them and does not now is a sign that nothing answers
_UNSURE = 3.0  # seconds that a host's silence waits for what others say, before anybody has answered


class Reachability:
    """What the answers of all hosts say of the network.

    `offline_since` is set when nothing answers any more, and cleared by the next answer: two hosts in a row could not
    be reached, and among them those that answered in the last hour (two are enough). Hosts that were dead while others
    answered say nothing of the network. `answers` counts what has come.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.offline_since: datetime | None = None
        self.answers = 0
        self._clock = clock
        self._silent: set[str] = set()
        self._asking: list[str] = []
        self._answered: dict[str, float] = {}
        self._judged = asyncio.Event()

    @contextmanager
    def asking(self, host: str) -> Iterator[None]:
        """While a host is asked: until then others' silence may yet turn out to be their own."""
        self._asking.append(host)
        try:
            yield
        finally:
            self._asking.remove(host)

    def answered(self, host: str) -> None:
        """Take note that a host has answered, whatever it said."""
        self._silent.clear()
        self._answered[host] = self._clock()
        self.answers += 1
        self.offline_since = None
        self._wake()

    async def could_not_reach(self, host: str) -> None:
        """Take note that a host is silent; return once it is known whether that is the host or the network."""
        self._silent.add(host)
        if self._nothing_answers():
            self.lost()
        self._wake()
        with suppress(TimeoutError):  # whether it is this host or the network, others may be about to tell
            await asyncio.wait_for(self._others_tell(host), _UNSURE)

    def lost(self) -> None:
        """Take note that there is no network, until the next answer."""
        if self.offline_since is None:
            self.offline_since = datetime.fromtimestamp(self._clock(), UTC)

    def _nothing_answers(self) -> bool:
        now = self._clock()
        lately = {name for name, at in self._answered.items() if abs(now - at) < _LATELY}
        silent = len(lately & self._silent)
        if silent > 1:
            return True
        return len(self._silent) > 1 and silent == len(lately) and not self._others_asked()

    def _others_asked(self) -> bool:
        return bool(set(self._asking) - self._silent)

    def _wake(self) -> None:
        self._judged.set()
        self._judged = asyncio.Event()

    async def _others_tell(self, host: str) -> None:
        """Wait while it is open whether there is a network: nobody has answered yet, and others are being asked."""
        while self.offline_since is None and host in self._silent and not self._answered and self._others_asked():
            await self._judged.wait()

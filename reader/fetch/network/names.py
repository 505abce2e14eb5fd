"""Host names to addresses, by the operating system's resolver, in threads that nobody waits for.

A resolver that drops packets keeps `getaddrinfo` for half a minute, and no thread can be stopped. So each lookup has a
daemon thread of its own, which ends when it ends, and whoever asks waits for a few seconds at most. No DNS is spoken
here, and nothing is kept on disk.
"""

import asyncio
import socket
import threading
import time
from contextlib import suppress

from reader.fetch.network.private_addresses import literal_address

KEPT = 60.0
"""Seconds for which an answer is used again. A name that nobody knew is looked up anew each time."""

_AT_MOST = 1000  # names remembered
_THREADS = 100  # lookups at once: those that hang, of sources that were given up, count until they end

_Found = tuple[str, ...] | OSError | ValueError


class LookupTimeout(Exception):
    """The resolver has not answered in time."""


class Names:
    """What was looked up, for one event loop. `seconds`: the longest wait for one lookup."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._known: dict[str, tuple[tuple[str, ...], float]] = {}
        self._under_way: dict[str, asyncio.Future[_Found]] = {}
        self._threads = asyncio.Semaphore(_THREADS)

    async def look_up(self, host: str) -> tuple[str, ...]:
        """Return the addresses of `host`, at least one, the likeliest first; of an address in any spelling itself.

        Raises OSError (`socket.gaierror`) where there are none, ValueError for what cannot be a name, and
        LookupTimeout. Two that ask for the same name share one lookup, also one that others have given up on.
        """
        literal = literal_address(host)
        if literal is not None:
            return (literal,)
        known = self._known.get(host)
        if known is not None and known[1] > time.monotonic():
            return known[0]
        try:
            async with asyncio.timeout(self.seconds):
                found = await asyncio.shield(self._under_way.get(host) or await self._started(host))
        except TimeoutError as error:
            raise LookupTimeout(f"no answer for {host} from the name server in {self.seconds:g} s") from error
        if isinstance(found, tuple):
            return found
        raise found

    def forget(self, host: str) -> None:
        """Look `host` up anew the next time: nothing has answered where it was said to be."""
        self._known.pop(host, None)

    async def _started(self, host: str) -> "asyncio.Future[_Found]":
        await self._threads.acquire()
        if host in self._under_way:  # another has asked while this one waited
            self._threads.release()
            return self._under_way[host]
        loop = asyncio.get_running_loop()
        future = self._under_way[host] = loop.create_future()

        def ended(found: _Found) -> None:
            self._threads.release()
            del self._under_way[host]
            future.set_result(found)
            if isinstance(found, tuple):
                if len(self._known) >= _AT_MOST:
                    self._known.clear()
                self._known[host] = (found, time.monotonic() + KEPT)

        def ask() -> None:
            found: _Found
            try:
                infos = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
                addresses = (str(info[4][0]) for info in infos)
                usual = dict.fromkeys(literal_address(address) or address for address in addresses)
                found = tuple(usual) or OSError(f"{host} has no address")
            except (OSError, ValueError) as error:
                found = error
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(ended, found)

        try:
            threading.Thread(target=ask, name=f"name {host}", daemon=True).start()
        except RuntimeError as error:  # the machine has no thread left
            ended(OSError(str(error)))
        return future

"""TCP and TLS connections for httpcore, to addresses that were looked up and checked here, with their events counted.

A name is looked up once for a connection, and the very address that was checked is connected to: a name server that
says something else a moment later (DNS rebinding) changes nothing. Host and server name (SNI) stay the name's.
"""

import asyncio
import ssl
from collections.abc import Iterable
from contextlib import suppress
from itertools import zip_longest
from typing import Any

import httpcore

from reader.fetch.network.meter import METER, Frames, Head
from reader.fetch.network.names import Names
from reader.fetch.network.private_addresses import is_private

_NEXT_AFTER = 0.25  # seconds until the next address is tried beside the one before (RFC 8305 section 5)
_HEAD_AT_ONCE = 4096  # bytes of headers that are parsed without a look at what they cost
_LINES_A_PART = 4  # lines of headers that cost as much as a chunk
_FRAMES_AT_ONCE = 50

SocketOptions = Iterable[tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]]


class PrivateAddress(Exception):
    """A host is at private addresses alone, where this connection must not go. Its text is the first of them."""


class Connections(httpcore.AsyncNetworkBackend):
    """Makes connections, to public addresses only unless `private`. For one event loop."""

    def __init__(self, names: Names, *, private: bool) -> None:
        self._names = names
        self._private = private
        self._tcp = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 # httpcore calls it so
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of `host` that answers. `timeout` is for all of them, the lookup aside.

        Raises httpcore.ConnectError and httpcore.ConnectTimeout, LookupTimeout and PrivateAddress.
        """
        try:
            found = await self._names.look_up(host)
        except (OSError, ValueError) as error:
            raise httpcore.ConnectError(str(error)) from error
        addresses = found if self._private else tuple(address for address in found if not is_private(address))
        if not addresses:
            raise PrivateAddress(found[0])
        try:
            async with asyncio.timeout(timeout):
                return _Counted(await self._first_of(addresses, port, local_address, socket_options))
        except TimeoutError as error:
            self._names.forget(host)
            raise httpcore.ConnectTimeout(f"none of {len(addresses)} addresses answers") from error
        except httpcore.ConnectError:
            self._names.forget(host)
            raise

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 # httpcore calls it so
        socket_options: SocketOptions | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """No news come from there: raises httpcore.UnsupportedProtocol."""
        raise httpcore.UnsupportedProtocol(f"no sockets of this machine: {path}")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    async def _first_of(
        self, addresses: tuple[str, ...], port: int, local_address: str | None, options: SocketOptions | None
    ) -> httpcore.AsyncNetworkStream:
        """Try one address after another, IPv6 and IPv4 by turns, each a moment after the one before (RFC 8305)."""
        if len(addresses) == 1:
            return await self._tcp.connect_tcp(addresses[0], port, None, local_address, options)
        waiting = _by_turns(addresses)
        trying: set[asyncio.Task[httpcore.AsyncNetworkStream]] = set()
        failures: list[Exception] = []
        try:
            while waiting or trying:
                if waiting:
                    attempt = self._tcp.connect_tcp(waiting.pop(0), port, None, local_address, options)
                    trying.add(asyncio.create_task(attempt))
                done, _ = await asyncio.wait(
                    trying, timeout=_NEXT_AFTER if waiting else None, return_when=asyncio.FIRST_COMPLETED
                )
                for task in done:
                    if task.exception() is None:
                        trying.discard(task)
                        return task.result()
                trying -= done
                failures += [error for task in done if isinstance(error := task.exception(), Exception)]
            raise failures[0]
        finally:
            await _call_off(trying)


async def _call_off(trying: "set[asyncio.Task[httpcore.AsyncNetworkStream]]") -> None:
    """End the attempts that are not needed, and close what they have brought meanwhile."""
    for task in trying:
        task.cancel()
    for task in trying:
        with suppress(asyncio.CancelledError, httpcore.ConnectError):
            await (await task).aclose()


def _by_turns(addresses: Iterable[str]) -> list[str]:
    """The resolver's first choice stays first; then the families take turns (RFC 8305 section 4)."""
    addresses = list(addresses)
    first = ":" in addresses[0]
    same = [address for address in addresses if (":" in address) == first]
    other = [address for address in addresses if (":" in address) != first]
    return [address for pair in zip_longest(same, other) for address in pair if address is not None]


class _Counted(httpcore.AsyncNetworkStream):
    """A connection that charges what comes to the meter of whoever reads, and hands heads and frames on in small
    pieces: httpcore parses all that it is given before anybody else has a turn."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, *, frames: bool = False) -> None:
        self._stream = stream
        self._rest = b""
        self._head = Head()
        self._frames = Frames() if frames else None

    async def read(
        self,
        max_bytes: int,
        timeout: float | None = None,  # noqa: ASYNC109 # httpcore calls it so
    ) -> bytes:
        """Return what has come, b"" at the end. Raises TooMany besides httpcore's own."""
        data = self._rest or await self._stream.read(max_bytes, timeout)
        meter = METER.get()
        if self._frames is not None:
            found, end = self._frames.feed(data, _FRAMES_AT_ONCE)
            await self._charge(data, end, found or 1)
        elif not self._head.over:
            end = min(len(data), _HEAD_AT_ONCE)
            self._head.feed(data[:end], meter.bounds)
            await self._charge(data, end, 1 + data.count(b"\n", 0, end) // _LINES_A_PART)
        else:
            end = len(data)
            await self._charge(data, end, 1)
        return data[:end]

    async def _charge(self, data: bytes, end: int, parts: int) -> None:
        self._rest = data[end:]
        await METER.get().count(parts, end)

    async def write(
        self,
        buffer: bytes,
        timeout: float | None = None,  # noqa: ASYNC109 # httpcore calls it so
    ) -> None:
        """Send; what comes next begins with a head."""
        self._head = Head()
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close at once."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 # httpcore calls it so
    ) -> httpcore.AsyncNetworkStream:
        """Return the same connection under TLS, counted by what is inside."""
        stream = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        tls = stream.get_extra_info("ssl_object")
        return _Counted(stream, frames=tls is not None and tls.selected_alpn_protocol() == "h2")

    def get_extra_info(self, info: str) -> Any:
        """As of the connection itself; what nobody has read makes it readable, and so not fit for the next request."""
        if info == "is_readable" and self._rest:
            return True
        return self._stream.get_extra_info(info)

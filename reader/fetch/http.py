"""The HTTP client: GET, with every limit a reader of news needs.

`HttpClient.get` gives a `Response` or, where something can be expected to fail, a `models.Failure`; only bugs
raise. It keeps no cookies beyond one chain of redirects, follows no meta refresh, asks for no robots.txt by itself
(`news.robots` does), and writes nothing to disk. All of it, decoding included, runs in a thread of its own
(`network.loop_thread`): no server has a way to hold up the loop of whoever asks. Behind it stand several pools of few
connections each: the time that httpcore's pool takes for a request grows with the requests beside it. Its own limits
on connections are therefore off, and ours hold.
"""

import asyncio
import logging
import ssl
import time
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from types import TracebackType
from typing import NamedTuple, Self, cast

import httpcore
import httpx

from reader import __version__
from reader.fetch.content_encoding import ACCEPTED, BadEncoding, Decoding, WindowTooLarge
from reader.fetch.network.connections import Connections, PrivateAddress
from reader.fetch.network.failures import TRANSPORT_ERRORS, cause_of, hung_up, kind_of
from reader.fetch.network.loop_thread import LoopThread
from reader.fetch.network.meter import METER, Bounds, Meter, Pace, TooMany
from reader.fetch.network.names import LookupTimeout, Names
from reader.fetch.network.private_addresses import is_private_host, literal_address
from reader.fetch.network.transport import Transport
from reader.fetch.politeness.turns import Lane, Turn
from reader.fetch.politeness.waits import Politeness, max_age, retry_at
from reader.fetch.proxies import proxy_for
from reader.fetch.response import OwnHeaders, Response, is_whole, known_charset, validator
from reader.models import Failure, FailureKind
from reader.text import clean_line
from reader.text.logins import may_have, without_login, without_logins
from reader.text.urls import absolute, absolute_web
from reader.url_parts import url_parts

USER_AGENT = f"Newsstand/{__version__} (+https://github.com/newsstand-reader/newsstand)"
"""What we say we are, and where whoever minds can complain."""

FEEDS = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.5"
)
"""The Accept header of one who would rather have a feed."""

PAGES = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"
"""The Accept header of one who would rather have a page."""

_log = logging.getLogger("newsstand.fetch")

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PERMANENT = frozenset((301, 308))
_COME_BACK = frozenset((429, 502, 503, 504))  # a Retry-After with one of these is obeyed
_PASSING = frozenset((502, 503, 504))  # without one, these are worth a second try
_SIDE_BY_SIDE = 4  # connections to one host in one transport, before the next transport is taken
_MANY_REDIRECTS = 2  # from so many on a chain waits among what is slow
_BREATH = 1024 * 1024  # bytes decoded without letting the other requests run
_COOKIES = 50  # of one answer (RFC 6265 section 6.1)
_CLOSES_WITHIN = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client allows. `received` and `decoded` in bytes of one body; `seconds` for one whole chain of
    redirects and second tries, from the first lookup of a name to the last byte, waiting for a slot aside; `bounds`
    for its events; `pause` before a second try. What no person waits for has `background_connect_seconds` to connect.
    `at_once` are those that have not yet shown to be slow (`turns.Slots`). `private`: what no person asked for may
    reach private addresses."""

    received: int = 10_000_000
    decoded: int = 30_000_000
    redirects: int = 10
    lookup_seconds: float = 5
    connect_seconds: float = 10
    background_connect_seconds: float = 5
    seconds: float = 20
    at_once: int = 24
    per_host: int = 4
    pause: float = 0.5
    private: bool = False
    bounds: Bounds = field(default_factory=Bounds)


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    location: str


class _Asked(NamedTuple):
    """What goes along a chain of redirects: headers, those for single hosts, cookies, the longest wait for a connection
    in seconds, the turn of the first request, what it may cost, and the address that has led here (None: a person's
    own)."""

    headers: dict[str, str]
    own: Sequence[OwnHeaders]
    cookies: httpx.Cookies
    connect_seconds: float
    turn: Turn
    meter: Meter
    found_on: str | None

    def headers_for(self, url: str) -> httpx.Headers:
        """The headers that this one address gets."""
        headers = httpx.Headers(self.headers)
        for own in self.own:
            if may_have(url, own.address):
                headers.update(dict(own.headers))
        return headers

    def take_cookies(self, response: httpx.Response) -> None:
        """Keep an answer's cookies for the rest of the chain, the first ones where it sends more than browsers keep."""
        cookies = [(name, value) for name, value in response.headers.raw if name.lower() == b"set-cookie"]
        if cookies:
            kept = httpx.Response(response.status_code, headers=cookies[:_COOKIES], request=response.request)
            self.cookies.extract_cookies(kept)


class HttpClient:
    """The one way to the network. Made once, used from one event loop, closed by whoever made it.

    Proxies of the environment (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY) are honoured, except towards loopback.
    `clock` is called in the network's own thread.
    """

    def __init__(self, limits: Limits | None = None, *, clock: Callable[[], float] = time.time) -> None:
        self._limits = limits or Limits()
        self._requests = _Requests(self._limits, clock)
        self._thread = LoopThread("network", self._requests.close)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def leave_alone(self, url: str, until: float, status: int) -> None:
        """Do not ask the host of `url` before then (UTC seconds): it said so with this status to an earlier process."""
        self._thread.call(self._requests.leave_alone, url, until, status)

    async def close(self) -> None:
        """Close every connection, within a second. What is under way ends in a Failure; asking afterwards is a bug and
        raises. Not to have called it keeps no program from ending."""
        await self._thread.stop(_CLOSES_WITHIN)

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str | None = None,
        user_agent: str | None = None,
        seconds: float | None = None,
        own: Sequence[OwnHeaders] = (),
        turn: Turn | None = None,
        found_on: str | None = None,
    ) -> Response | Failure:
        """Ask for `url` and return the whole answer, or what went wrong.

        `etag` and `last_modified` as an earlier Response gave them make the request conditional. `Failure.url` is the
        address that failed, which after a redirect is not the one asked for. A host that asked for a pause is not
        asked before it is over: that is a WAIT, at once. `user_agent` and `seconds` (for the whole answer) are this
        request's own, in place of what all others have. `own` headers go to their hosts alone, wherever a redirect
        leads. `turn` says when it gets its slot; without one a person waits for it.

        `found_on`: the address of the feed or page that named `url`, "" where it is not known, where no person has
        asked for it. Such a request, and every redirect, does not reach a private address unless `found_on` is on that
        host itself: that is a PRIVATE_ADDRESS, and nothing was sent. Behind a proxy, which looks names up itself, that
        is judged by what the address says.
        """
        if self._thread.is_stopped():
            raise RuntimeError("this client is closed")
        headers = {"User-Agent": user_agent or USER_AGENT, "Accept": accept or PAGES, "Accept-Encoding": ACCEPTED}
        if etag := validator(etag):
            headers["If-None-Match"] = etag
        if last_modified := validator(last_modified):
            headers["If-Modified-Since"] = last_modified
        began = time.perf_counter()
        try:
            result = await self._thread.run(self._requests.get, url, headers, own, seconds, turn or Turn(), found_on)
        except asyncio.CancelledError:
            if not self._thread.is_stopped() or _is_cancelled():
                raise
            result = Failure(FailureKind.NO_CONNECTION, url, cause="the client was closed meanwhile")
        took = time.perf_counter() - began
        if isinstance(result, Failure):
            _log.info("%s: %s %s(%.2f s) %s", result.url, result.kind, result.status or "", took, result.cause)
        else:
            _log.debug("%s: %d, %d bytes (%.2f s)", result.final_url, result.status, len(result.body), took)
        return result


class _Requests:
    """What the client does in the network's thread: everything."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._politeness = Politeness(limits.at_once, limits.per_host, clock)
        self._names = Names(limits.lookup_seconds)
        self._pace = Pace()
        self._once_public: dict[str, None] = {}
        self._transports: dict[tuple[str, int, str | None, bool], Transport] = {}
        self._shards = max(1, -(-limits.at_once // _SIDE_BY_SIDE))
        self._tls: ssl.SSLContext | None = None
        self._closed = False

    def leave_alone(self, url: str, until: float, status: int) -> None:
        self._politeness.remember(url_parts(url).netloc.lower(), until, status)

    async def close(self) -> None:
        self._closed = True
        transports, self._transports = list(self._transports.values()), {}
        for transport in transports:
            await transport.aclose()

    async def get(
        self,
        url: str,
        headers: dict[str, str],
        own: Sequence[OwnHeaders],
        seconds: float | None,
        turn: Turn,
        found_on: str | None,
    ) -> Response | Failure:
        meter = Meter(self._limits.bounds, self._pace)
        METER.set(meter)  # this task's own: connections charge whoever reads from them
        limits = self._limits
        usual = limits.connect_seconds if turn.lane is Lane.PERSON else limits.background_connect_seconds
        asked = _Asked(headers, own, httpx.Cookies(), seconds or usual, turn, meter, found_on)
        try:
            return await self._chain(url, asked, seconds or self._limits.seconds)
        finally:
            meter.end()

    async def _chain(self, url: str, asked: _Asked, seconds: float) -> Response | Failure:
        """Follow redirects until something else comes."""
        seen: set[tuple[str, frozenset[tuple[str, str | None]]]] = set()
        address = _askable(url)
        if address is None:
            return Failure(FailureKind.BAD_URL, without_login(url), cause="not an http(s) address")
        first, permanent, left = address, True, seconds
        while True:
            state = (address, frozenset((cookie.name, cookie.value) for cookie in asked.cookies.jar))
            if state in seen or len(seen) > self._limits.redirects:
                cause = f"after {len(seen)} requests, at {address}"
                return Failure(FailureKind.REDIRECT_LOOP, url, cause=cause)
            seen.add(state)
            result, left = await self._twice(address, asked, _turn_after(asked.turn, len(seen) - 1), left)
            if isinstance(result, Failure):
                if result.kind is FailureKind.BAD_URL and address != first:  # of a host that IDNA forbids
                    return replace(result, kind=FailureKind.BAD_REDIRECT)
                whole = result.kind is FailureKind.TIMEOUT and result.seconds is None
                return replace(result, seconds=seconds) if whole else result
            if isinstance(result, Response):
                moved = address if permanent and address != first else None
                return replace(result, url=url, moved_to=moved, took=seconds - left)
            permanent = permanent and result.status in _PERMANENT
            to = absolute(address, result.location)
            if to is None or (to := _askable(to)) is None:
                return Failure(
                    FailureKind.BAD_REDIRECT,
                    address,
                    cause=f"redirected to {clean_line(without_logins(result.location), 200)}",
                )
            asked = asked._replace(found_on=address)
            address = to

    async def _twice(
        self, url: str, asked: _Asked, turn: Turn, left: float
    ) -> tuple[Response | _Redirect | Failure, float]:
        """Ask, and ask once more where the first failure looks like a passing one. Gives the seconds left, too."""
        host = url_parts(url).netloc.lower()
        tried = False
        while True:
            async with self._politeness.slot(host, turn) as held:
                wait = self._politeness.wait(host)
                if wait is not None:
                    return self._wait(url, *wait), left
                if turn.lane is not Lane.PERSON and self._politeness.is_silent(host):
                    return Failure(FailureKind.TIMEOUT, url, cause="the host left others unanswered"), 0
                began = time.perf_counter()
                try:
                    async with asyncio.timeout(left) as limit:
                        held.end = partial(limit.reschedule, 0)
                        result, passing = await self._exchange(url, asked, held.beside)
                        held.end = None
                except TimeoutError:
                    if held.sent_back:  # it waits as a slow one, and is asked anew, with all the time it had
                        turn = Turn(Lane.SLOW, turn.seconds)
                        continue
                    self._politeness.note_silence(host)
                    return Failure(FailureKind.TIMEOUT, url, cause="no whole answer"), 0
                left -= time.perf_counter() - began
            if isinstance(result, Failure) and result.kind is FailureKind.TIMEOUT:
                self._politeness.note_silence(host)
            else:
                self._politeness.note_answer(host)
            if tried or not passing or left <= 0:
                return result, left
            tried = True
            _log.debug("%s: once more, %s", url, result)
            await asyncio.sleep(self._limits.pause)
            left -= self._limits.pause

    def _wait(self, url: str, until: float, status: int) -> Failure:
        at = datetime.fromtimestamp(until, UTC)
        return Failure(FailureKind.WAIT, url, status=status, until=at, cause=f"Retry-After {at.isoformat()}")

    async def _exchange(self, url: str, asked: _Asked, beside: int) -> tuple[Response | _Redirect | Failure, bool]:
        """One request and its answer; with a failure, whether it is one that may have passed a moment later."""
        answered = False
        try:
            request = httpx.Request("GET", url, headers=asked.headers_for(url))
            request.extensions = {"timeout": httpx.Timeout(None, connect=asked.connect_seconds).as_dict()}
            if len(asked.cookies.jar):
                asked.cookies.set_cookie_header(request)
            transport = self._transport(url, beside, private=await self._is_private(request.url, asked.found_on))
            response = await transport.handle_async_request(request)
            answered = True
            response.request = request
            try:
                asked.take_cookies(response)
                return await self._judge(url, request, response, asked.meter)
            finally:
                await response.aclose()
        except (httpx.InvalidURL, UnicodeError) as error:  # a host that IDNA forbids
            return Failure(FailureKind.BAD_URL, url, cause=cause_of(error)), False
        except PrivateAddress as error:
            cause = f"at {error}, from {asked.found_on or 'an address not known'}"
            return Failure(FailureKind.PRIVATE_ADDRESS, url, cause=cause), False
        except TooMany as error:
            return Failure(FailureKind.TOO_MANY_PARTS, url, limit=error.limit, cause=cause_of(error)), False
        except LookupTimeout as error:
            return Failure(FailureKind.TIMEOUT, url, seconds=self._names.seconds, cause=cause_of(error)), False
        except httpcore.ConnectTimeout as error:
            return Failure(FailureKind.TIMEOUT, url, seconds=asked.connect_seconds, cause=cause_of(error)), False
        except (*TRANSPORT_ERRORS, OSError, _CannotConnect) as error:
            kind = kind_of(error, answered)
            if kind is FailureKind.NO_HOST and proxy_for(url):
                kind = FailureKind.NO_CONNECTION  # it is the proxy's name that nobody knows
            return Failure(kind, url, cause=cause_of(error)), not answered and hung_up(error)

    async def _is_private(self, url: httpx.URL, found_on: str | None) -> bool:
        """Say whether a request goes to a private address. Raises PrivateAddress where it must not."""
        host = url.raw_host.decode("ascii")
        found = await self._addresses(str(url), host)
        private = [address for address in found if is_private_host(address)]
        if len(private) < len(found):
            self._once_public[host] = None
            # Of a host that is at both, only the public addresses count where no person has asked.
            return bool(private) and (found_on is None or self._limits.private)
        if found_on is None or self._limits.private:
            return True
        start = (url_parts(found_on).hostname or "").lower()
        # A name that was at a public address before has been turned: that is how strangers reach into a network.
        if start and start not in self._once_public:
            with suppress(OSError, ValueError, LookupTimeout):
                if start == host or not set(private).isdisjoint(await self._addresses(found_on, start)):
                    return True
        raise PrivateAddress(private[0])

    async def _addresses(self, url: str, host: str) -> tuple[str, ...]:
        """The addresses of a host; the host itself, where a proxy looks it up."""
        return (literal_address(host) or host,) if proxy_for(url) else await self._names.look_up(host)

    async def _judge(
        self, url: str, request: httpx.Request, response: httpx.Response, meter: Meter
    ) -> tuple[Response | _Redirect | Failure, bool]:
        status = response.status_code
        if status in _REDIRECTS and "location" in response.headers:
            return _Redirect(status, response.headers["location"]), False
        if status == 304 and {"if-none-match", "if-modified-since"} & request.headers.keys():
            return self._answer(url, response, b"", ""), False
        if 200 <= status < 300:
            return await self._read(url, response, meter), False
        until = retry_at(response.headers.get("retry-after"), self._clock()) if status in _COME_BACK else None
        if until is not None:
            self._politeness.remember(url_parts(url).netloc.lower(), until, status)
            return self._wait(url, until, status), False
        return Failure(FailureKind.HTTP, url, status=status, cause=f"status {status}"), status in _PASSING

    async def _read(self, url: str, response: httpx.Response, meter: Meter) -> Response | Failure:
        """Read and decode the body, a step at a time, and stop at the first limit."""
        too_many = Failure(FailureKind.TOO_LARGE, url, limit=self._limits.received, cause="as received")
        length = response.headers.get("content-length", "")
        if length.isascii() and length.isdigit() and int(length[:20]) > self._limits.received:
            return too_many
        received = decoded = breath = 0
        pieces: list[bytes] = []
        digest = sha256()
        try:
            decoding = Decoding(response.headers.get("content-encoding"))
            async with aclosing(cast("AsyncGenerator[bytes, None]", response.aiter_raw())) as chunks:
                async for chunk in _and_end(chunks):
                    await meter.count(1)
                    received += len(chunk or b"")
                    if received > self._limits.received:
                        return too_many
                    for piece in decoding.finish() if chunk is None else decoding.feed(chunk):
                        decoded += len(piece)
                        if decoded > self._limits.decoded:
                            cause = f"{received} bytes unpack to more"
                            return Failure(FailureKind.TOO_LARGE, url, limit=self._limits.decoded, cause=cause)
                        pieces.append(piece)
                        digest.update(piece)
                        breath += len(piece)
                        if breath >= _BREATH:
                            breath = 0
                            await asyncio.sleep(0)
        except WindowTooLarge as error:
            return Failure(FailureKind.TOO_LARGE, url, limit=self._limits.decoded, cause=cause_of(error))
        except BadEncoding as error:
            return Failure(FailureKind.BAD_ENCODING, url, cause=cause_of(error))
        except (httpcore.RemoteProtocolError, httpcore.ReadError) as error:
            # The length was a wrong one, or the last chunk never came: browsers show what has come.
            with suppress(BadEncoding):
                for piece in decoding.finish():
                    pieces.append(piece)
                    digest.update(piece)
            if not is_whole(b"".join(pieces)):
                raise
            _log.info("%s: the connection ended behind the document's end: %s", url, cause_of(error))
        return self._answer(url, response, b"".join(pieces), digest.hexdigest())

    def _answer(self, url: str, response: httpx.Response, body: bytes, body_hash: str) -> Response:
        headers = response.headers
        kind = clean_line(headers.get("content-type", "").partition(";")[0].lower(), 100)
        return Response(
            url=url,
            final_url=url,
            moved_to=None,
            status=response.status_code,
            body=body,
            content_type=kind or None,
            charset=known_charset(response.charset_encoding),
            etag=validator(headers.get("etag")),
            last_modified=validator(headers.get("last-modified")),
            body_hash=body_hash,
            not_modified=response.status_code == 304,
            max_age=max_age(headers, self._clock()),
            link=headers.get("link", ""),
        )

    def _transport(self, url: str, beside: int, *, private: bool) -> Transport:
        """Return the transport for `url`, the same for the same host so that connections are used again.

        Those that may go to private addresses are never used for others: a connection is not checked again.
        """
        parts = url_parts(url)
        shard = (zlib.crc32(parts.netloc.lower().encode()) + beside // _SIDE_BY_SIDE) % self._shards
        proxy = proxy_for(url)
        which = (parts.scheme, shard, proxy, private or proxy is not None)
        transport = self._transports.get(which)
        if transport is None:
            if self._closed:
                raise _CannotConnect("the client was closed meanwhile")
            connections = Connections(self._names, private=which[-1])
            try:
                transport = Transport(connections, self._trusting(parts.scheme), proxy)
            except (ValueError, ImportError, httpx.InvalidURL) as error:
                raise _CannotConnect(
                    f"the proxy {without_logins(proxy or '')} of the environment cannot be used: {error}"
                ) from error
            self._transports[which] = transport
        return transport

    def _trusting(self, scheme: str) -> ssl.SSLContext:
        """Return whom to trust: for http nobody, as it takes 30 ms to read the authorities and plain HTTP asks none."""
        if scheme == "http":
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._tls = self._tls or httpx.create_ssl_context()
        return self._tls


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def _and_end(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes | None]:
    """Yield what comes, and None when all of it has come."""
    async for chunk in chunks:
        yield chunk
    yield None


class _CannotConnect(Exception):
    """There is no way out: a proxy of a kind that we cannot speak to, or a client closed meanwhile."""


def _turn_after(turn: Turn, redirects: int) -> Turn:
    """The turn of the next request in a chain: each redirect puts it behind those that had fewer."""
    if redirects >= _MANY_REDIRECTS and turn.lane is not Lane.PERSON:
        return Turn(Lane.SLOW, turn.seconds)
    return Turn(turn.lane, turn.seconds + redirects)


def _askable(url: str) -> str | None:
    address = absolute_web("", url)
    return None if address is None else address.partition("#")[0]

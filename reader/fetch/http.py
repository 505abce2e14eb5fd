"""The HTTP client, and the only import of httpx: GET, with every limit a reader of news needs.

`HttpClient.get` gives a `Response` or, where something can be expected to fail, a `models.Failure`; only bugs
raise. It keeps no cookies beyond one chain of redirects, follows no meta refresh, asks for no robots.txt by itself
(`news.robots` does), and writes nothing to disk. Behind it stand several httpx transports of few connections each: the
time that httpx's pool takes for a request grows with the requests beside it. Its own limits on connections are
therefore off, and ours hold.
"""

import asyncio
import logging
import re
import socket
import ssl
import time
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from types import TracebackType
from typing import NamedTuple, Self, cast
from urllib.parse import urldefrag, urlsplit

import httpx

from reader import __version__
from reader.fetch.content_encoding import ACCEPTED, BadEncoding, Decoding, WindowTooLarge
from reader.fetch.politeness.turns import Lane, Turn
from reader.fetch.politeness.waits import Politeness, max_age, retry_at
from reader.fetch.proxies import proxy_for
from reader.fetch.response import OwnHeaders, Response, known_charset, validator
from reader.models import Failure, FailureKind
from reader.text import clean_line
from reader.text.logins import may_have, without_login, without_logins
from reader.text.urls import absolute, absolute_web

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
# The end of a document that is all there, whatever length its server has promised.
_WHOLE = re.compile(rb"(?:</(?:html|rss|feed|rdf:rdf|opml)\s*>)\s*(?:<!--[^<>]*-->\s*)*\Z", re.I)
_END_LOOKED_AT = 1000
_MANY_REDIRECTS = 2  # from so many on a chain waits among what is slow
_BREATH = 1024 * 1024  # bytes decoded without letting the rest of the program run


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client allows. `received` and `decoded` in bytes of one body; `seconds` for one whole chain of
    redirects, from the first connection to the last byte, waiting for a slot aside; `pause` before a second try. What
    no person waits for has `background_connect_seconds` to connect. `at_once` are those that have not yet shown to be
    slow (`turns.Slots`)."""

    received: int = 10_000_000
    decoded: int = 30_000_000
    redirects: int = 10
    connect_seconds: float = 10
    background_connect_seconds: float = 5
    seconds: float = 20
    at_once: int = 24
    per_host: int = 4
    pause: float = 0.5


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    location: str


class _Asked(NamedTuple):
    """What goes along a chain of redirects: headers, those for single hosts, cookies, the longest wait for a
    connection in seconds, and the turn of the first request."""

    headers: dict[str, str]
    own: Sequence[OwnHeaders]
    cookies: httpx.Cookies
    connect_seconds: float
    turn: Turn

    def headers_for(self, url: str) -> httpx.Headers:
        """The headers that this one address gets."""
        headers = httpx.Headers(self.headers)
        for own in self.own:
            if may_have(url, own.address):
                headers.update(dict(own.headers))
        return headers


class HttpClient:
    """The one way to the network. Made once, used from one event loop, closed by whoever made it.

    Proxies of the environment (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY) are honoured, except towards loopback.
    """

    def __init__(self, limits: Limits | None = None, *, clock: Callable[[], float] = time.time) -> None:
        self._limits = limits or Limits()
        self._clock = clock
        self._politeness = Politeness(self._limits.at_once, self._limits.per_host, clock)
        self._transports: dict[tuple[str, int, str | None], httpx.AsyncHTTPTransport] = {}
        self._shards = max(1, -(-self._limits.at_once // _SIDE_BY_SIDE))
        self._tls: ssl.SSLContext | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def leave_alone(self, url: str, until: float, status: int) -> None:
        """Do not ask the host of `url` before then (UTC seconds): it said so with this status to an earlier process."""
        self._politeness.remember(urlsplit(url).netloc.lower(), until, status)

    async def close(self) -> None:
        """Close every connection. What is under way ends in a Failure; asking afterwards is a bug and raises."""
        self._closed = True
        transports, self._transports = list(self._transports.values()), {}
        for transport in transports:
            await transport.aclose()

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
    ) -> Response | Failure:
        """Ask for `url` and return the whole answer, or what went wrong.

        `etag` and `last_modified` as an earlier Response gave them make the request conditional. `Failure.url` is the
        address that failed, which after a redirect is not the one asked for. A host that asked for a pause is not
        asked before it is over: that is a WAIT, at once. `user_agent` and `seconds` (for the whole answer) are this
        request's own, in place of what all others have. `own` headers go to their hosts alone, wherever a redirect
        leads. `turn` says when it gets its slot; without one a person waits for it.
        """
        if self._closed:
            raise RuntimeError("this client is closed")
        headers = {"User-Agent": user_agent or USER_AGENT, "Accept": accept or PAGES, "Accept-Encoding": ACCEPTED}
        if etag := validator(etag):
            headers["If-None-Match"] = etag
        if last_modified := validator(last_modified):
            headers["If-Modified-Since"] = last_modified
        began = time.perf_counter()
        turn = turn or Turn()
        limits = self._limits
        usual = limits.connect_seconds if turn.lane is Lane.PERSON else limits.background_connect_seconds
        asked = _Asked(headers, own, httpx.Cookies(), seconds or usual, turn)
        result = await self._chain(url, asked, seconds or self._limits.seconds)
        took = time.perf_counter() - began
        if isinstance(result, Failure):
            _log.info("%s: %s %s(%.2f s) %s", result.url, result.kind, result.status or "", took, result.cause)
        else:
            _log.debug("%s: %d, %d bytes (%.2f s)", result.final_url, result.status, len(result.body), took)
        return result

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
                whole = result.kind is FailureKind.TIMEOUT and result.seconds is None
                return replace(result, seconds=seconds) if whole else result
            if isinstance(result, Response):
                moved = address if permanent and address != first else None
                return replace(result, url=url, moved_to=moved, took=seconds - left)
            permanent = permanent and result.status in _PERMANENT
            to = absolute(address, result.location)
            if to is None or (to := _askable(to)) is None:
                return Failure(
                    FailureKind.BAD_URL,
                    address,
                    cause=f"redirected to {clean_line(without_logins(result.location), 200)}",
                )
            address = to

    async def _twice(
        self, url: str, asked: _Asked, turn: Turn, left: float
    ) -> tuple[Response | _Redirect | Failure, float]:
        """Ask, and ask once more where the first failure looks like a passing one. Gives the seconds left, too."""
        host = urlsplit(url).netloc.lower()
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
            response = await self._transport(url, beside).handle_async_request(request)
            answered = True
            response.request = request
            try:
                if "set-cookie" in response.headers:
                    asked.cookies.extract_cookies(response)
                return await self._judge(url, request, response)
            finally:
                await response.aclose()
        except (httpx.InvalidURL, UnicodeError) as error:  # a host that IDNA forbids
            return Failure(FailureKind.BAD_URL, url, cause=_cause(error)), False
        except httpx.ConnectTimeout as error:
            return Failure(FailureKind.TIMEOUT, url, seconds=asked.connect_seconds, cause=_cause(error)), False
        except (httpx.TransportError, _CannotConnect) as error:
            kind = _kind(error, answered)
            if kind is FailureKind.NO_HOST and proxy_for(url):
                kind = FailureKind.NO_CONNECTION  # it is the proxy's name that nobody knows
            return Failure(kind, url, cause=_cause(error)), not answered and _hung_up(error)

    async def _judge(
        self, url: str, request: httpx.Request, response: httpx.Response
    ) -> tuple[Response | _Redirect | Failure, bool]:
        status = response.status_code
        if status in _REDIRECTS and "location" in response.headers:
            return _Redirect(status, response.headers["location"]), False
        if status == 304 and {"if-none-match", "if-modified-since"} & request.headers.keys():
            return self._answer(url, response, b"", ""), False
        if 200 <= status < 300:
            return await self._read(url, response), False
        until = retry_at(response.headers.get("retry-after"), self._clock()) if status in _COME_BACK else None
        if until is not None:
            self._politeness.remember(urlsplit(url).netloc.lower(), until, status)
            return self._wait(url, until, status), False
        return Failure(FailureKind.HTTP, url, status=status, cause=f"status {status}"), status in _PASSING

    async def _read(self, url: str, response: httpx.Response) -> Response | Failure:
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
            return Failure(FailureKind.TOO_LARGE, url, limit=self._limits.decoded, cause=_cause(error))
        except BadEncoding as error:
            return Failure(FailureKind.BAD_ENCODING, url, cause=_cause(error))
        except (httpx.RemoteProtocolError, httpx.ReadError) as error:
            # The length was a wrong one, or the last chunk never came: browsers show what has come.
            with suppress(BadEncoding):
                for piece in decoding.finish():
                    pieces.append(piece)
                    digest.update(piece)
            if not is_whole(b"".join(pieces)):
                raise
            _log.info("%s: the connection ended behind the document's end: %s", url, _cause(error))
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
        )

    def _transport(self, url: str, beside: int) -> httpx.AsyncHTTPTransport:
        """Return the transport for `url`, the same for the same host so that connections are used again."""
        parts = urlsplit(url)
        shard = (zlib.crc32(parts.netloc.lower().encode()) + beside // _SIDE_BY_SIDE) % self._shards
        proxy = proxy_for(url)
        transport = self._transports.get((parts.scheme, shard, proxy))
        if transport is None:
            if self._closed:
                raise _CannotConnect("the client was closed meanwhile")
            trusting = self._trusting(parts.scheme)
            limits = httpx.Limits(
                max_connections=None, max_keepalive_connections=2 * _SIDE_BY_SIDE, keepalive_expiry=15
            )
            try:
                transport = httpx.AsyncHTTPTransport(
                    verify=trusting, http2=True, limits=limits, proxy=proxy, trust_env=False
                )
            except (ValueError, ImportError, httpx.InvalidURL) as error:
                raise _CannotConnect(
                    f"the proxy {without_logins(proxy or '')} of the environment cannot be used: {error}"
                ) from error
            self._transports[parts.scheme, shard, proxy] = transport
        return transport

    def _trusting(self, scheme: str) -> ssl.SSLContext:
        """Return whom to trust: for http nobody, as it takes 30 ms to read the authorities and plain HTTP asks none."""
        if scheme == "http":
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._tls = self._tls or httpx.create_ssl_context()
        return self._tls


async def _and_end(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes | None]:
    """Yield what comes, and None when all of it has come."""
    async for chunk in chunks:
        yield chunk
    yield None


def is_whole(body: bytes) -> bool:
    """Say whether a document ends as one that is all there."""
    end = body[-_END_LOOKED_AT:]
    json = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and end.rstrip().endswith(b"}")
    return json or _WHOLE.search(end) is not None


class _CannotConnect(Exception):
    """There is no way out: a proxy of a kind that we cannot speak to, or a client closed meanwhile."""


def _turn_after(turn: Turn, redirects: int) -> Turn:
    """The turn of the next request in a chain: each redirect puts it behind those that had fewer."""
    if redirects >= _MANY_REDIRECTS and turn.lane is not Lane.PERSON:
        return Turn(Lane.SLOW, turn.seconds)
    return Turn(turn.lane, turn.seconds + redirects)


def _askable(url: str) -> str | None:
    address = absolute_web("", url)
    return None if address is None else urldefrag(address).url


def _chain_of(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _kind(error: Exception, answered: bool) -> FailureKind:
    """Say what a transport's exception is to a reader. httpx keeps the operating system's own error as its cause."""
    causes = _chain_of(error)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return FailureKind.TLS
    if any(isinstance(cause, (socket.gaierror, UnicodeError)) for cause in causes):
        return FailureKind.NO_HOST
    if isinstance(error, httpx.ProtocolError) and (answered or not _hung_up(error)):
        return FailureKind.PROTOCOL
    if isinstance(error, httpx.UnsupportedProtocol):
        return FailureKind.BAD_URL
    return FailureKind.NO_CONNECTION


def _hung_up(error: Exception) -> bool:
    """Say whether the connection ended before an answer: an idle one just closed, a server that restarts, a GOAWAY."""
    if isinstance(error, httpx.RemoteProtocolError):
        # h11 and h2 have no class of their own for it in httpx, only these words.
        return any(word in str(error) for word in ("disconnected", "ConnectionTerminated", "StreamReset", "GOAWAY"))
    return isinstance(error, (httpx.ReadError, httpx.WriteError, httpx.CloseError))


def _cause(error: Exception) -> str:
    return clean_line(f"{type(error).__name__}: {error}", 300)

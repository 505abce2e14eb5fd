"""httpcore's pools of connections as a transport of httpx, over our own connections; straight or through a proxy.

As httpx's own transport is, but for two things: connections come from `connections.py`, and what fails is raised as
httpcore's exceptions. It follows no redirect and decodes nothing.
"""

import importlib
import ssl
from collections.abc import AsyncIterable, AsyncIterator

import httpcore
import httpx

from reader.fetch.network.connections import Connections

_KEPT = 8  # idle connections
_KEPT_FOR = 15.0  # seconds


class Transport(httpx.AsyncBaseTransport):
    """One pool. Raises ValueError, ImportError or httpx.InvalidURL for a proxy that cannot be spoken to.

    The pool itself limits nothing: the time that it takes for a request grows with the requests beside it, so whoever
    has several of them counts.
    """

    def __init__(self, connections: Connections, tls: ssl.SSLContext, proxy: str | None) -> None:
        self._pool = _pool(connections, tls, None if proxy is None else httpx.Proxy(proxy))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; the answer's body is to be read, or closed, by whoever asked."""
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=_url(request.url),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    async def aclose(self) -> None:
        """Close every connection; what is under way fails."""
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    def __init__(self, stream: object) -> None:
        if not isinstance(stream, AsyncIterable):
            raise TypeError("an answer without a body to wait for")
        self._stream: AsyncIterable[bytes] = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        if hasattr(self._stream, "aclose"):
            await self._stream.aclose()


def _url(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _pool(connections: Connections, tls: ssl.SSLContext, proxy: httpx.Proxy | None) -> httpcore.AsyncConnectionPool:
    if proxy is None:
        return httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=None,
            max_keepalive_connections=_KEPT,
            keepalive_expiry=_KEPT_FOR,
            http2=True,
            network_backend=connections,
        )
    if proxy.url.scheme in ("http", "https"):
        return httpcore.AsyncHTTPProxy(
            proxy_url=_url(proxy.url),
            proxy_auth=proxy.raw_auth,
            proxy_headers=proxy.headers.raw,
            proxy_ssl_context=proxy.ssl_context,
            ssl_context=tls,
            max_connections=None,
            max_keepalive_connections=_KEPT,
            keepalive_expiry=_KEPT_FOR,
            http2=True,
            network_backend=connections,
        )
    importlib.import_module("socksio")  # raises ImportError, where httpcore would do it at the first request only
    return httpcore.AsyncSOCKSProxy(
        proxy_url=_url(proxy.url),
        proxy_auth=proxy.raw_auth,
        ssl_context=tls,
        max_connections=None,
        max_keepalive_connections=_KEPT,
        keepalive_expiry=_KEPT_FOR,
        http2=True,
        network_backend=connections,
    )

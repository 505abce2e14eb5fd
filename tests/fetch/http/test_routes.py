"""The ways out of the HTTP client: through a proxy or not, over TLS to those one can trust, by HTTP/2."""

import asyncio
import gzip
import os
import ssl
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import pytest

from reader.models import FailureKind
from tests.fetch.http.one_request import answer, failure
from tests.fetch.scripted_server import Server, reply

PEM = Path(__file__).with_name("loopback.pem")


async def test_loopback_is_never_asked_through_a_proxy_and_everything_else_is(
    server: Server, other: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert (await answer(server.says("/", reply(b"direct")))).body == b"direct"
    assert (await answer(f"http://localhost:{server.port}/")).body == b"direct"
    assert (await failure("http://paper.invalid/")).kind is FailureKind.NO_CONNECTION
    monkeypatch.setenv("http_proxy", f"127.0.0.1:{other.port}")
    other.says("http://paper.invalid/news", reply(b"through the proxy"))
    assert (await answer("http://paper.invalid/news")).body == b"through the proxy"
    monkeypatch.setenv("no_proxy", ".example,paper.invalid")
    assert (await failure("http://paper.invalid/news")).kind is FailureKind.NO_HOST


@pytest.mark.parametrize("proxy", ["gopher://127.0.0.1:70", "socks5://127.0.0.1:1080", "http://["])
async def test_a_proxy_of_a_kind_we_cannot_use_is_not_passed_by(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    result = await failure("http://paper.invalid/")
    assert result.kind is FailureKind.NO_CONNECTION


async def test_a_certificate_nobody_vouches_for_is_refused() -> None:
    async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    async with await asyncio.start_server(never, "127.0.0.1", 0, ssl=context) as tls:
        port = tls.sockets[0].getsockname()[1]
        result = await failure(f"https://localhost:{port}/")
    assert result.kind is FailureKind.TLS
    assert "certificate" in result.cause


async def test_http_2_is_spoken_where_the_server_speaks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    body = b"news " * 1000

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        while data := await reader.read(65536):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    headers = [(":status", "200"), ("content-encoding", "gzip"), ("etag", '"h2"')]
                    connection.send_headers(event.stream_id, headers)
                    connection.send_data(event.stream_id, gzip.compress(body), end_stream=True)
            writer.write(connection.data_to_send())
        writer.close()

    monkeypatch.setenv("SSL_CERT_FILE", os.fspath(PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    context.set_alpn_protocols(["h2"])
    async with await asyncio.start_server(speak, "127.0.0.1", 0, ssl=context) as tls:
        result = await answer(f"https://localhost:{tls.sockets[0].getsockname()[1]}/")
    assert (result.body, result.etag) == (body, '"h2"')

"""Connections to the addresses of a name: the next where one is dead, under the name that was asked for."""

import asyncio
import contextlib
import os
import socket
import ssl
from pathlib import Path

import pytest

from reader.fetch.http import Limits
from reader.fetch.network.connections import _by_turns
from reader.models import FailureKind
from tests.fetch.http.one_request import QUICK, answer, failure
from tests.fetch.public_loopback import know_names
from tests.fetch.scripted_server import Server, reply

PEM = Path(__file__).parents[1] / "http/loopback.pem"


async def test_where_the_first_address_refuses_the_next_answers(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    know_names(monkeypatch, {"gull.example": ["127.0.0.8", "127.0.0.9", "127.0.0.1"]})
    server.says("/", reply(b"news"))
    assert (await answer(f"http://gull.example:{server.port}/", QUICK)).body == b"news"
    assert server.asked[0].headers["host"] == f"gull.example:{server.port}"


async def test_where_the_first_address_is_silent_the_next_answers_long_before_its_time(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    know_names(monkeypatch, {"gull.example": ["127.0.0.8", "127.0.0.1"]})
    with contextlib.ExitStack() as until_the_end:
        busy = until_the_end.enter_context(socket.socket())
        busy.bind(("127.0.0.8", server.port))
        busy.listen(0)
        for _ in range(4):  # fill the backlog, so that the kernel leaves the next caller waiting
            caller = until_the_end.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(busy.getsockname())
        server.says("/", reply(b"news"))
        limits = Limits(connect_seconds=60, seconds=60)
        async with asyncio.timeout(30):
            assert (await answer(f"http://gull.example:{server.port}/", limits)).body == b"news"


async def test_where_none_answers_it_is_no_connection_and_the_name_is_looked_up_anew(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = know_names(monkeypatch, {"gull.example": ["127.0.0.8", "127.0.0.9"]})
    result = await failure(f"http://gull.example:{server.port}/", QUICK)
    assert result.kind is FailureKind.NO_CONNECTION
    assert set(asked) == {"gull.example"}


async def test_the_certificate_is_that_of_the_name_and_not_of_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str | None] = []

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply(b"news"))
        writer.close()

    monkeypatch.setenv("SSL_CERT_FILE", os.fspath(PEM))
    know_names(monkeypatch, {"localhost": ["127.0.0.1"], "gull.example": ["127.0.0.1"]})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    async with await asyncio.start_server(speak, "127.0.0.1", 0, ssl=context) as tls:
        port = tls.sockets[0].getsockname()[1]
        assert (await answer(f"https://localhost:{port}/")).body == b"news"
        assert (await failure(f"https://gull.example:{port}/")).kind is FailureKind.TLS
    assert names == ["localhost", "gull.example"]


def test_families_take_turns_behind_the_first_choice() -> None:
    assert _by_turns(["::1", "::2", "::3", "1.1.1.1"]) == ["::1", "1.1.1.1", "::2", "::3"]
    assert _by_turns(["1.1.1.1", "::1", "2.2.2.2"]) == ["1.1.1.1", "::1", "2.2.2.2"]

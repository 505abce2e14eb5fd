"""What servers can send too much of besides bytes: each has a bound and ends before its time."""

import asyncio
import os
import ssl
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import pytest

from reader.fetch.http import HttpClient, Limits
from reader.fetch.network.meter import Bounds
from reader.models import Failure, FailureKind
from tests.fetch.http.one_request import QUICK, answer, failure
from tests.fetch.scripted_server import Call, Server, reply

OK = b"HTTP/1.1 200 OK\r\n"
PATIENT = Limits(seconds=60)
"""So that only a bound can end it, however slow the machine is."""


def endless(start: bytes, piece: bytes) -> tuple[Callable[[Call], None], list[int]]:
    """A script without an end, and how many bytes it could send."""
    sent = [0]

    def script(call: Call) -> None:
        call.send(start)
        with suppress(OSError):
            while not call.server.ended.is_set():
                call.send(piece)
                sent[0] += len(piece)

    return script, sent


@pytest.mark.parametrize(
    ("start", "piece", "what"),
    [
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n" * 500, "parts"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 500, "interim answers"),
        (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 500, "interim answers"),
        (OK, b"X-More: and more\r\n" * 500, "lines of headers"),
        (OK + b"X-Long: ", b"x" * 5000, "bytes of headers"),
    ],
    ids=["one-byte chunks", "100 Continue", "103 Early Hints", "lines of headers", "one long header"],
)
async def test_an_answer_in_parts_without_an_end_is_cut_off_by_their_number(
    server: Server, start: bytes, piece: bytes, what: str
) -> None:
    script, sent = endless(start, piece)
    result = await failure(server.says("/", script), PATIENT)
    assert result.kind is FailureKind.TOO_MANY_PARTS
    assert what in result.cause
    assert sent[0] < 30_000_000  # what two sockets hold, and no more


async def test_bytes_that_come_one_by_one_are_cut_off_by_their_number(server: Server) -> None:
    def trickle(call: Call) -> None:
        call.send(OK + b"\r\n")
        while not call.server.ended.wait(0.001):
            call.send(b"a")

    result = await failure(server.says("/", trickle), Limits(seconds=60, bounds=Bounds(parts=100)))
    assert result.kind is FailureKind.TOO_MANY_PARTS


@pytest.mark.parametrize("size", [100, 1000, 8000])
async def test_an_honest_answer_in_many_chunks_comes_whole(server: Server, size: int) -> None:
    lines = b"".join(b"<p>The ferry is late again, says pier %d.</p>\n" % number for number in range(20_000))
    pieces = [lines[start : start + size] for start in range(0, len(lines), size)]
    body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    url = server.says("/", OK + b"Transfer-Encoding: chunked\r\n\r\n" + body)
    assert (await answer(url, PATIENT)).body == lines


async def test_an_honest_head_of_many_lines_comes_whole(server: Server) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\n" + b"Link: </style.css>; rel=preload\r\n" * 20 + b"\r\n"
    headers = {f"X-{number}": "v" * 60 for number in range(400)} | {"ETag": '"last"'}
    url = server.says("/", hints * 3 + reply(b"\n" * 5000 + b"end", headers=headers))
    result = await answer(url)
    assert (result.etag, result.body) == ('"last"', b"\n" * 5000 + b"end")


async def test_a_connection_is_used_again_after_a_head_in_pieces(server: Server) -> None:
    server.says("/", reply(b"a" * 50_000, headers={f"X-{number}": "v" * 90 for number in range(100)}))
    async with HttpClient(QUICK) as client:
        for _ in range(3):
            assert not isinstance(await client.get(server.url("/")), Failure)
    assert len(server.connections) == 1


@pytest.mark.parametrize("what", ["pings", "empty data", "headers"])
async def test_frames_of_http_2_without_an_end_are_cut_off_by_their_number(
    monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """A frame of nine bytes costs as much as one of sixteen thousand."""
    ping = b"\x00\x00\x08\x06\x00\x00\x00\x00\x00" + bytes(8)

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        with suppress(OSError):
            while data := await reader.read(65536):
                for event in connection.receive_data(data):
                    if isinstance(event, h2.events.RequestReceived):
                        stream = event.stream_id
                        if what != "headers":
                            connection.send_headers(stream, [(":status", "200")])
                            writer.write(connection.data_to_send())
                        empty = bytes(5) + stream.to_bytes(4)
                        interim = b"\x00\x00\x05\x01\x04" + stream.to_bytes(4) + b"\x08\x03100"
                        frame = {"pings": ping, "empty data": b"\x00\x00\x00\x00" + empty[4:], "headers": interim}[what]
                        for _ in range(500):
                            writer.write(frame * 500)
                            await writer.drain()
                            await asyncio.sleep(0)
            writer.close()

    monkeypatch.setenv("SSL_CERT_FILE", os.fspath(Path(__file__).with_name("loopback.pem")))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).with_name("loopback.pem"))
    context.set_alpn_protocols(["h2"])
    async with await asyncio.start_server(speak, "127.0.0.1", 0, ssl=context) as tls:
        result = await failure(f"https://localhost:{tls.sockets[0].getsockname()[1]}/", PATIENT)
    assert result.kind is FailureKind.TOO_MANY_PARTS, result

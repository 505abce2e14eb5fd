"""The HTTP client, where something fails: what is said of it, and what is asked for once more."""

import asyncio
import logging
import socket
import struct

import pytest

from reader.fetch.http import HttpClient
from reader.models import Failure, FailureKind
from tests.fetch.http.one_request import answer, failure, to
from tests.fetch.scripted_server import Call, Script, Server, reply


def hang_up(call: Call) -> None:
    """Close without a word."""


def reset(call: Call) -> None:
    call.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    call.connection.close()


@pytest.mark.parametrize(
    "url",
    ["", "news", "ftp://127.0.0.1/", "http://", "http:///x", "file:///etc/passwd", "http://[::1", "http://\udc80/"],
)
async def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    assert (await failure(url)).kind is FailureKind.BAD_URL


async def test_a_name_nobody_has_is_said_so() -> None:
    assert (await failure("http://no-such-paper.invalid/")).kind is FailureKind.NO_HOST


@pytest.mark.parametrize("name", ["xn--a", "a" * 64 + ".example", ".".join(["long"] * 80), "paper..example"])
async def test_a_name_nobody_can_have_is_a_failure_too(name: str) -> None:
    assert (await failure(f"http://{name}/")).kind in (FailureKind.BAD_URL, FailureKind.NO_HOST)


async def test_a_port_where_nobody_listens_is_no_connection() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        result = await failure(f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert result.kind is FailureKind.NO_CONNECTION
    assert result.cause


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 429, 451, 500, 503])
async def test_an_error_status_is_a_failure_with_its_number(server: Server, status: int) -> None:
    url = server.says("/", reply(b"sorry", status))
    assert await failure(url) == Failure(FailureKind.HTTP, url, status=status, cause=f"status {status}")


async def test_a_failure_after_a_redirect_names_the_address_that_failed(server: Server) -> None:
    server.says("/a", to("/gone"))
    assert (await failure(server.url("/a"))).url == server.url("/gone")


async def test_plain_http_behind_https_is_a_matter_of_tls() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(reply(b"", 400))
        writer.close()

    async with await asyncio.start_server(plain, "127.0.0.1", 0) as listener:
        result = await failure(f"https://127.0.0.1:{listener.sockets[0].getsockname()[1]}/")
    assert result.kind is FailureKind.TLS


@pytest.mark.parametrize(
    "broken",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nnews!\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nnews!\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nnews!",
        b"HTTP/1.1 200 OK\r\nbad header\x00line\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
    ],
)
async def test_a_server_that_breaks_http_is_said_to(server: Server, broken: bytes) -> None:
    result = await failure(server.says("/", lambda call: call.send(broken)))
    assert result.kind is FailureKind.PROTOCOL
    assert len(server.asked) == 1


@pytest.mark.parametrize("leave", [hang_up, reset])
async def test_a_server_that_hangs_up_gets_a_second_chance_and_no_third(server: Server, leave: Script) -> None:
    assert (await answer(server.says("/", leave, reply(b"sorry about that")))).body == b"sorry about that"
    assert (await failure(server.says("/", leave))).kind is FailureKind.NO_CONNECTION
    assert len(server.asked) == 4


async def test_a_connection_reset_in_the_middle_of_a_body_is_not_asked_again(server: Server) -> None:
    def half(call: Call) -> None:
        call.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        reset(call)

    result = await failure(server.says("/", half))
    assert result.kind in (FailureKind.NO_CONNECTION, FailureKind.PROTOCOL)
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_passing_failure_is_asked_about_once_more(server: Server, status: int) -> None:
    assert (await answer(server.says("/", reply(b"", status), reply(b"better")))).body == b"better"


@pytest.mark.parametrize("status", [404, 429, 500])
async def test_a_lasting_failure_is_not(server: Server, status: int) -> None:
    await failure(server.says("/", reply(b"", status)))
    assert len(server.asked) == 1


async def test_every_request_leaves_one_line_in_the_log_and_a_failure_its_cause(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "newsstand.fetch")
    server.says("/", reply(b"news"))
    async with HttpClient() as client:
        await client.get(server.url("/"))
        await client.get(server.url("/gone"))
    fine, failed = (record for record in caplog.records if record.name == "newsstand.fetch")
    assert (fine.levelno, failed.levelno) == (logging.DEBUG, logging.INFO)
    assert server.url("/gone") in failed.getMessage()
    assert "status 404" in failed.getMessage()


WHOLE = ["<rss><channel></channel></rss>\n", "<HTML><body>one</body></HTML >\n<!-- cached -->", '{"items": [1]}']


@pytest.mark.parametrize("body", WHOLE)
async def test_a_document_that_has_ended_is_whole_whatever_length_was_promised(server: Server, body: str) -> None:
    promised = reply(body.encode()).replace(b"Content-Length: %d" % len(body), b"Content-Length: 9999")
    result = await answer(server.says("/length", lambda call: call.send(promised)))
    assert result.body.decode() == body
    chunk = b"%x\r\n%s\r\n" % (len(body), body.encode())
    chunked = b"HTTP/1.1 200 So\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk
    assert (await answer(server.says("/chunked", lambda call: call.send(chunked)))).body.decode() == body


@pytest.mark.parametrize(
    "body", ["<rss><channel><item>", "<html><script>if (a) {b()}", '{"items": [1', "</html><p>more"]
)
async def test_a_document_that_breaks_off_is_none(server: Server, body: str) -> None:
    promised = reply(body.encode()).replace(b"Content-Length: %d" % len(body), b"Content-Length: 9999")
    assert (await failure(server.says("/", lambda call: call.send(promised)))).kind is FailureKind.PROTOCOL

"""The HTTP client, against a real server on loopback: what comes through it."""

import asyncio
import gzip
import hashlib
import socket
import zlib
from collections.abc import Callable
from dataclasses import replace

import brotli
import pytest
import zstandard

import reader
from reader.fetch.http import FEEDS, HttpClient
from reader.fetch.response import Response
from reader.models import FailureKind
from tests.fetch.http.one_request import QUICK, answer, failure
from tests.fetch.scripted_server import PATIENCE, Server, reply


async def test_an_answer_comes_whole_with_all_that_is_known_of_it(server: Server) -> None:
    headers = {
        "Content-Type": 'text/HTML; Charset="Windows-1258"',
        "ETag": 'W/"5"',
        "Last-Modified": "Sun, 01 Mar 2026 11:00:00 GMT",
        "Cache-Control": "public, max-age=600",
    }
    url = server.says("/", reply(b"xin ch\xe0o", headers=headers))
    whole = await answer(url)
    assert 0 < whole.took < PATIENCE
    assert replace(whole, took=0.0) == Response(
        url=url,
        final_url=url,
        moved_to=None,
        status=200,
        body=b"xin ch\xe0o",
        content_type="text/html",
        charset="windows-1258",
        etag='W/"5"',
        last_modified="Sun, 01 Mar 2026 11:00:00 GMT",
        body_hash=hashlib.sha256(b"xin ch\xe0o").hexdigest(),
        not_modified=False,
        max_age=600,
    )


async def test_a_bare_answer_claims_nothing(server: Server) -> None:
    bare = await answer(server.says("/", reply(b"")))
    assert (bare.content_type, bare.charset, bare.etag, bare.last_modified, bare.max_age) == (None,) * 5


async def test_we_say_who_we_are_and_what_we_read(server: Server) -> None:
    await answer(server.says("/", reply(b"")), accept=FEEDS)
    (asked,) = server.asked
    project = "(+https://github.com/newsstand-reader/newsstand)"
    assert asked.headers["user-agent"] == f"Newsstand/{reader.__version__} {project}"
    assert asked.headers["accept-encoding"] == "gzip, deflate, br, zstd"
    assert asked.headers["accept"] == FEEDS
    assert "cookie" not in asked.headers
    async with HttpClient() as client:
        await client.get(server.url("/"), user_agent="Other/1")
    assert server.asked[1].headers["user-agent"] == "Other/1"


async def test_a_charset_that_does_not_exist_is_no_charset(server: Server) -> None:
    url = server.says("/", reply(b"", headers={"Content-Type": "text/html; charset=klingon\xff"}))
    assert (await answer(url)).charset is None


async def test_validators_come_back_and_spare_the_body(server: Server) -> None:
    url = server.says("/", reply(b"", 304, {"ETag": '"6"', "Cache-Control": "max-age=60"}))
    result = await answer(url, etag='"5"', last_modified="Sun, 01 Mar 2026 11:00:00 GMT")
    assert server.asked[0].headers["if-none-match"] == '"5"'
    assert server.asked[0].headers["if-modified-since"] == "Sun, 01 Mar 2026 11:00:00 GMT"
    assert result.not_modified
    assert (result.status, result.body, result.body_hash, result.etag, result.max_age) == (304, b"", "", '"6"', 60)


async def test_a_304_that_nobody_asked_for_is_no_answer(server: Server) -> None:
    result = await failure(server.says("/", reply(b"", 304)))
    assert (result.kind, result.status) == (FailureKind.HTTP, 304)


async def test_a_validator_that_could_not_be_sent_back_is_not_kept(server: Server) -> None:
    url = server.says("/", b'HTTP/1.1 200 OK\r\nETag: "\xe9"\r\nLast-Modified: ' + b"9" * 2000 + b"\r\n\r\n")
    [whole] = server.scripts["/"]
    assert isinstance(whole, bytes)
    server.scripts["/"] = [lambda call: call.send(whole)]
    first = await answer(url)
    assert (first.etag, first.last_modified) == (None, None)
    await answer(url, etag='"é"\r\nX-Evil: 1', last_modified="\udc80")
    assert not {"if-none-match", "if-modified-since", "x-evil"} & server.asked[-1].headers.keys()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, br"])
async def test_a_packed_body_is_unpacked(server: Server, coding: str) -> None:
    body = b"news " * 50_000
    packed = body
    for name in coding.split(", "):
        pack: Callable[[bytes], bytes] = {
            "gzip": gzip.compress,
            "deflate": zlib.compress,
            "br": brotli.compress,
            "zstd": zstandard.ZstdCompressor().compress,
        }[name]
        packed = pack(packed)
    result = await answer(server.says("/", reply(packed, headers={"Content-Encoding": coding})))
    assert result.body == body
    assert result.body_hash == hashlib.sha256(body).hexdigest()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", b"\x89PNG\x00\x01"),
        ("gzip", gzip.compress(b"news" * 1000, mtime=0)[:-9]),
        ("br", b"\xff\x00" * 40),
        ("compress", b"\x1f\x9d\x90n\xca\xdc\x01"),
    ],
    ids=["no gzip", "half a gzip", "no brotli", "nobody's"],
)
async def test_a_body_its_own_coding_cannot_read_is_a_failure(server: Server, coding: str, body: bytes) -> None:
    result = await failure(server.says("/", reply(body, headers={"Content-Encoding": coding})))
    assert result.kind is FailureKind.BAD_ENCODING
    assert result.cause


@pytest.mark.parametrize("coding", ["UTF-8", "none", "binary", "gzip", "br"])
async def test_text_is_read_whatever_coding_its_server_claims(server: Server, coding: str) -> None:
    body = "<p>Phà về bến lúc sáu giờ.</p>".encode() * 40
    result = await answer(server.says("/", reply(body, headers={"Content-Encoding": coding})))
    assert result.body == body
    assert result.body_hash == hashlib.sha256(body).hexdigest()


async def test_connections_are_used_again_and_a_stale_one_does_no_harm(server: Server) -> None:
    accepted = server.connections
    url = server.says("/", reply(b"one"), reply(b"two"))
    async with HttpClient(QUICK) as client:
        await client.get(url)
        await client.get(url)
        assert len(accepted) == 1
        accepted[0].shutdown(socket.SHUT_RDWR)
        third = await client.get(url)
    assert isinstance(third, Response)
    assert len(accepted) == 2


def test_a_door_serves_one_event_loop_after_another_leaving_nothing(server: Server) -> None:
    url = server.says("/", reply(b"again"))
    for _ in range(5):
        assert asyncio.run(answer(url)).body == b"again"

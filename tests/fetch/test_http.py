"""The door to the network, against a real server on loopback: what comes through it, and what is said of the rest."""

import asyncio
import gzip
import hashlib
import logging
import os
import socket
import ssl
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import brotli
import h2.config
import h2.connection
import h2.events
import pytest
import zstandard
from loopback import PATIENCE, Call, Script, Server, reply

import reader
from reader.fetch.answer import Answer
from reader.fetch.http import FEEDS, Door, Limits
from reader.models import Failure, FailureKind

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PEM = Path(__file__).with_name("loopback.pem")
QUICK = Limits(pause=0.001)


class Clock:
    """The one thing that is not real: a time that a test moves by hand."""

    def __init__(self) -> None:
        self.now = NOON.timestamp()

    def __call__(self) -> float:
        return self.now


async def get(url: str, limits: Limits = QUICK, **options: str) -> Answer | Failure:
    async with Door(limits) as door:
        return await door.get(url, **options)


async def answer(url: str, limits: Limits = QUICK, **options: str) -> Answer:
    result = await get(url, limits, **options)
    assert isinstance(result, Answer), result
    return result


async def failure(url: str, limits: Limits = QUICK) -> Failure:
    result = await get(url, limits)
    assert isinstance(result, Failure), result
    return result


def hang_up(call: Call) -> None:
    """Close without a word."""


def reset(call: Call) -> None:
    call.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    call.connection.close()


def silence(call: Call) -> None:
    call.gone()


def to(location: str, status: int = 302, **headers: str) -> bytes:
    return reply(b"", status, {"Location": location, **headers})


# An answer


async def test_an_answer_comes_whole_with_all_that_is_known_of_it(server: Server) -> None:
    headers = {
        "Content-Type": 'text/HTML; Charset="Windows-1258"',
        "ETag": 'W/"5"',
        "Last-Modified": "Sun, 01 Mar 2026 11:00:00 GMT",
        "Cache-Control": "public, max-age=600",
    }
    url = server.says("/", reply(b"xin ch\xe0o", headers=headers))
    assert await answer(url) == Answer(
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
    async with Door() as door:
        await door.get(server.url("/"), user_agent="Other/1")
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
    server.scripts["/"] = [lambda call, whole=server.scripts["/"][0]: call.send(whole)]
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
        ("gzip", b"not gzip"),
        ("gzip", gzip.compress(b"news" * 1000, mtime=0)[:-9]),
        ("br", b"\xff" * 40),
        ("lzw-of-old", b"news"),
    ],
    ids=["no gzip", "half a gzip", "no brotli", "unknown"],
)
async def test_a_body_its_own_coding_cannot_read_is_a_failure(server: Server, coding: str, body: bytes) -> None:
    result = await failure(server.says("/", reply(body, headers={"Content-Encoding": coding})))
    assert result.kind is FailureKind.BAD_ENCODING
    assert result.cause


async def test_connections_are_used_again_and_a_stale_one_does_no_harm(server: Server) -> None:
    accepted = server.connections
    url = server.says("/", reply(b"one"), reply(b"two"))
    async with Door(QUICK) as door:
        await door.get(url)
        await door.get(url)
        assert len(accepted) == 1
        accepted[0].shutdown(socket.SHUT_RDWR)
        third = await door.get(url)
    assert isinstance(third, Answer)
    assert len(accepted) == 2


def test_a_door_serves_one_event_loop_after_another_leaving_nothing(server: Server) -> None:
    url = server.says("/", reply(b"again"))
    for _ in range(5):
        assert asyncio.run(answer(url)).body == b"again"


# Redirects


async def test_a_permanent_redirect_is_reported_and_a_temporary_one_is_not(server: Server) -> None:
    end = server.says("/new", reply(b"here"))
    moved = await answer(server.says("/old", to("/new", 301)))
    assert (moved.url, moved.final_url, moved.moved_to) == (server.url("/old"), end, end)
    for status in (302, 303, 307):
        passing = await answer(server.says("/now", to("new", status)))
        assert (passing.final_url, passing.moved_to) == (end, None)


async def test_only_an_unbroken_chain_of_permanent_redirects_moves_an_address(server: Server, other: Server) -> None:
    end = other.says("/feed", reply(b"here"))
    server.says("/b", to(f"//127.0.0.1:{other.port}/feed#top", 308))
    server.says("/c", to(server.url("/b"), 302))
    assert (await answer(server.says("/a", to("/b", 301)))).moved_to == end
    assert (await answer(server.says("/a", to("/c", 301)))).moved_to is None


async def test_an_address_spelled_oddly_has_not_moved(server: Server) -> None:
    server.says("/a%20b?q=%C4%91", reply(b"here"))
    result = await answer(server.url("/a b?q=đ#x"))
    assert (result.moved_to, result.final_url) == (None, server.url("/a%20b?q=%C4%91"))


async def test_a_redirect_loop_ends_at_once(server: Server) -> None:
    server.says("/b", to("/a"))
    result = await failure(server.says("/a", to("/b")))
    assert result.kind is FailureKind.REDIRECT_LOOP
    assert server.paths() == ["/a", "/b"]


async def test_a_chain_without_end_is_a_loop(server: Server) -> None:
    for number in range(20):
        server.says(f"/{number}", to(f"/{number + 1}"))
    result = await failure(server.url("/0"), Limits(redirects=5))
    assert result.kind is FailureKind.REDIRECT_LOOP
    assert len(server.asked) == 6


async def test_a_paper_that_wants_its_cookie_back_once_gets_it_and_no_longer(server: Server) -> None:
    def door_keeper(call: Call) -> None:
        seen = "seen=1" in call.asked.headers.get("cookie", "")
        call.send(reply(b"inside") if seen else to("/", 302, **{"Set-Cookie": "seen=1; Path=/"}))

    url = server.says("/", door_keeper)
    async with Door(QUICK) as door:
        for _ in range(2):
            result = await door.get(url)
            assert isinstance(result, Answer)
            assert result.body == b"inside"
    assert [asked.headers.get("cookie") for asked in server.asked] == [None, "seen=1", None, "seen=1"]


@pytest.mark.parametrize("location", ["ftp://127.0.0.1/", "javascript:alert(1)", "file:///etc/passwd", "http://[", ""])
async def test_a_redirect_out_of_the_web_is_not_followed(server: Server, location: str) -> None:
    result = await failure(server.says("/", to(location)))
    assert result.kind in (FailureKind.BAD_URL, FailureKind.REDIRECT_LOOP)
    assert len(server.asked) == 1


async def test_a_redirect_to_nowhere_in_particular_is_a_failure(server: Server) -> None:
    result = await failure(server.says("/", reply(b"", 301)))
    assert (result.kind, result.status) == (FailureKind.HTTP, 301)


async def test_a_page_that_refreshes_elsewhere_stays_the_page(server: Server) -> None:
    body = b'<meta http-equiv="refresh" content="0; url=/elsewhere">'
    assert (await answer(server.says("/", reply(body)))).body == body
    assert server.paths() == ["/"]


# Failures


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
async def test_a_passing_trouble_is_asked_about_once_more(server: Server, status: int) -> None:
    assert (await answer(server.says("/", reply(b"", status), reply(b"better")))).body == b"better"


@pytest.mark.parametrize("status", [404, 429, 500])
async def test_a_lasting_trouble_is_not(server: Server, status: int) -> None:
    await failure(server.says("/", reply(b"", status)))
    assert len(server.asked) == 1


async def test_every_request_leaves_one_line_in_the_log_and_a_failure_its_cause(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "newsstand.fetch")
    server.says("/", reply(b"news"))
    async with Door() as door:
        await door.get(server.url("/"))
        await door.get(server.url("/gone"))
    fine, failed = (record for record in caplog.records if record.name == "newsstand.fetch")
    assert (fine.levelno, failed.levelno) == (logging.DEBUG, logging.INFO)
    assert server.url("/gone") in failed.getMessage()
    assert "status 404" in failed.getMessage()


# Time


async def test_silence_ends_in_a_time_out(server: Server) -> None:
    url = server.says("/", silence)
    assert await failure(url, Limits(seconds=0.2)) == Failure(
        FailureKind.TIMEOUT, url, seconds=0.2, cause="no whole answer"
    )


async def test_a_body_that_drips_for_ever_ends_in_a_time_out_too(server: Server) -> None:
    def drip(call: Call) -> None:
        call.send(b"HTTP/1.1 200 OK\r\n\r\n")
        while not call.server.ended.wait(0.01):
            call.send(b".")

    result = await failure(server.says("/", drip), Limits(seconds=0.2))
    assert (result.kind, result.seconds) == (FailureKind.TIMEOUT, 0.2)


async def test_redirects_share_the_time_of_one_answer(server: Server) -> None:
    def slow(call: Call) -> None:
        call.server.ended.wait(0.1)
        call.send(to(f"{call.asked.target}x"))

    for number in range(10):
        server.says("/" + "x" * number, slow)
    assert (await failure(server.url("/"), Limits(seconds=0.25))).kind is FailureKind.TIMEOUT
    assert len(server.asked) <= 3


async def test_a_host_that_does_not_take_the_call_ends_in_a_time_out() -> None:
    with ExitStack() as open_until_the_end:
        busy = open_until_the_end.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):  # fill the backlog, so that the kernel leaves the next caller waiting
            caller = open_until_the_end.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(busy.getsockname())
        result = await failure(f"http://127.0.0.1:{busy.getsockname()[1]}/", Limits(connect_seconds=0.2))
    assert (result.kind, result.seconds) == (FailureKind.TIMEOUT, 0.2)


async def test_waiting_for_a_slot_does_not_count_as_the_servers_time(server: Server) -> None:
    def slow(call: Call) -> None:
        call.server.ended.wait(0.15)
        call.send(reply(b"done"))

    url = server.says("/", slow)
    async with Door(Limits(seconds=0.4, per_host=1)) as door:
        results = await asyncio.gather(*(door.get(url) for _ in range(4)))
    assert all(isinstance(result, Answer) for result in results)


async def test_a_cancelled_request_leaves_its_slot_to_the_next(server: Server) -> None:
    server.says("/slow", silence)
    server.says("/", reply(b"next"))
    async with Door(Limits(per_host=1, at_once=1)) as door:
        slow = asyncio.create_task(door.get(server.url("/slow")))
        waiting = asyncio.create_task(door.get(server.url("/slow")))
        assert await asyncio.to_thread(server.wait_asked, 1)
        waiting.cancel()
        slow.cancel()
        for task in (slow, waiting):
            with pytest.raises(asyncio.CancelledError):
                await task
        assert isinstance(await door.get(server.url("/")), Answer)
    assert server.paths() == ["/slow", "/"]


async def test_closing_the_door_ends_what_is_under_way(server: Server) -> None:
    door = Door(Limits(pause=0.001, seconds=PATIENCE))
    under_way = asyncio.create_task(door.get(server.says("/", silence)))
    assert await asyncio.to_thread(server.wait_asked, 1)
    await door.close()
    result = await under_way
    assert isinstance(result, Failure)
    assert result.kind is FailureKind.NO_CONNECTION
    await door.close()
    with pytest.raises(RuntimeError):
        await door.get(server.url("/"))


# Size


def flood(start: bytes, piece: bytes) -> tuple[Callable[[Call], None], list[int]]:
    sent = [0]

    def script(call: Call) -> None:
        call.send(start)
        while sent[0] < 200_000_000:
            call.send(piece)
            sent[0] += len(piece)

    return script, sent


MB = 1 << 20
CHUNK = b"%x\r\n" % MB + bytes(MB) + b"\r\n"


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", bytes(MB)),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", CHUNK),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 200000000\r\n\r\n", bytes(MB)),
    ],
    ids=["until the end", "in chunks", "announced"],
)
async def test_a_body_of_200_mb_is_cut_at_the_limit(server: Server, start: bytes, piece: bytes) -> None:
    script, sent = flood(start, piece)
    result = await failure(server.says("/", script))
    assert (result.kind, result.limit) == (FailureKind.TOO_LARGE, 10_000_000)
    assert sent[0] < 30_000_000  # what the limit and the buffers of two sockets hold


async def test_a_body_announced_as_too_large_is_not_waited_for(server: Server) -> None:
    def announce(call: Call) -> None:
        call.send(b"HTTP/1.1 200 OK\r\nContent-Length: 200000000\r\n\r\n")
        call.gone()

    assert (await failure(server.says("/", announce), Limits(seconds=2))).kind is FailureKind.TOO_LARGE


@pytest.mark.parametrize("status", [200, 404])
async def test_a_connection_nobody_reads_from_is_closed_at_once(server: Server, status: int) -> None:
    gone = threading.Event()

    def pour(call: Call) -> None:
        with suppress(OSError):
            call.send(b"HTTP/1.1 %d So\r\n\r\n" % status + bytes(2000))
            if call.gone():
                gone.set()

    async with Door(Limits(received=1000)) as door:
        assert isinstance(await door.get(server.says("/", pour)), Failure)
        assert await asyncio.to_thread(gone.wait, 2)


async def test_a_body_as_large_as_allowed_is_taken(server: Server) -> None:
    limits = Limits(received=1000, decoded=2000)
    assert len((await answer(server.says("/", reply(bytes(1000))), limits)).body) == 1000
    packed = {"Content-Encoding": "gzip"}
    assert len((await answer(server.says("/", reply(gzip.compress(bytes(2000)), headers=packed)), limits)).body) == 2000
    assert (await failure(server.says("/", reply(bytes(1001))), limits)).limit == 1000
    assert (await failure(server.says("/", reply(gzip.compress(bytes(2001)), headers=packed)), limits)).limit == 2000


def bomb(coding: str) -> bytes:
    """1 GiB of zeros, packed cheaply."""
    if coding == "gzip":
        packer = zlib.compressobj(9, wbits=31)
        start = packer.compress(bytes(MB)) + packer.flush(zlib.Z_FULL_FLUSH)
        again = packer.compress(bytes(MB)) + packer.flush(zlib.Z_FULL_FLUSH)
        return start + again * 1023  # after a full flush equal input is packed equally
    if coding == "zstd":
        zstd = zstandard.ZstdCompressor(level=1).compressobj()
        return b"".join([*(zstd.compress(bytes(MB)) for _ in range(1024)), zstd.flush()])
    br = brotli.Compressor(quality=1)
    return b"".join([*(br.process(bytes(MB)) for _ in range(1024)), br.finish()])


GROWTH = """
import asyncio, sys
from pathlib import Path
from reader.fetch.http import Door

def peak():
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])

async def main():
    async with Door() as door:
        await door.get(sys.argv[1] + "small")
        before = peak()
        failure = await door.get(sys.argv[1])
        print(failure.kind, failure.limit, peak() - before)

asyncio.run(main())
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from Linux's /proc")
@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
async def test_a_gibibyte_of_zeros_costs_less_than_64_mebibytes(server: Server, coding: str) -> None:
    packed = bomb(coding)
    assert len(packed) < 2_000_000
    url = server.says("/", reply(packed, headers={"Content-Encoding": coding}))
    server.says("/small", reply(packed[:0]))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", GROWTH, url, cwd=Path(reader.__file__).parents[1], stdout=subprocess.PIPE
    )
    kind, limit, growth = (await process.communicate())[0].decode().split()
    assert (kind, limit) == ("too-large", "30000000")
    assert int(growth) < 64 * 1024


# Politeness


@pytest.mark.parametrize("header", ["3600", format_datetime(NOON.replace(hour=13), usegmt=True)])
@pytest.mark.parametrize("status", [429, 503])
async def test_a_host_that_asks_for_an_hour_is_left_alone_for_an_hour(
    server: Server, other: Server, status: int, header: str
) -> None:
    clock = Clock()
    url = server.says("/", reply(b"", status, {"Retry-After": header}), reply(b"welcome"))
    async with Door(QUICK, clock=clock) as door:
        for path in ("/", "/", "/elsewhere"):
            wait = await door.get(server.url(path))
            assert isinstance(wait, Failure)
            assert (wait.kind, wait.status, wait.until) == (FailureKind.WAIT, status, NOON.replace(hour=13))
        assert len(server.asked) == 1
        assert isinstance(await door.get(other.says("/", reply(b"another paper"))), Answer)
        clock.now += 3600
        assert isinstance(await door.get(url), Answer)


async def test_those_who_queued_before_the_host_asked_for_a_pause_obey_it_too(server: Server) -> None:
    url = server.says("/", reply(b"", 429, {"Retry-After": "60"}))
    async with Door(Limits(per_host=1)) as door:
        results = await asyncio.gather(*(door.get(url) for _ in range(5)))
    assert [result.kind for result in results if isinstance(result, Failure)] == [FailureKind.WAIT] * 5
    assert len(server.asked) == 1


async def test_a_redirect_into_a_host_that_wants_its_peace_stops_there(server: Server, other: Server) -> None:
    other.says("/", reply(b"", 429, {"Retry-After": "60"}))
    url = server.says("/", to(other.url("/")))
    async with Door() as door:
        for _ in range(2):
            wait = await door.get(url)
            assert isinstance(wait, Failure)
            assert (wait.kind, wait.url) == (FailureKind.WAIT, other.url("/"))
    assert (len(server.asked), len(other.asked)) == (2, 1)


def together(servers: list[Server], number: int) -> Callable[[Call], None]:
    """Answer only when `number` requests are under way at once, and give one more a moment to show itself."""
    changed = threading.Condition()
    inside: list[Call] = []

    def script(call: Call) -> None:
        with changed:
            inside.append(call)
            changed.notify_all()
            assert changed.wait_for(lambda: len(inside) >= number, PATIENCE)
            changed.wait_for(lambda: len(inside) > number, 0.1)
            inside.remove(call)
        call.send(reply(b"done"))

    return script


async def test_no_more_than_so_many_requests_reach_one_host_at_once(server: Server) -> None:
    url = server.says("/", together([server], 3))
    async with Door(Limits(per_host=3)) as door:
        await asyncio.gather(*(door.get(url) for _ in range(9)))
    assert (server.most, len(server.asked)) == (3, 9)


async def test_no_more_than_so_many_requests_are_under_way_in_all(server: Server, other: Server) -> None:
    script = together([server, other], 4)
    urls = [server.says("/", script), other.says("/", script)]
    async with Door(Limits(per_host=3, at_once=4)) as door:
        results = await asyncio.gather(*(door.get(urls[number % 2]) for number in range(12)))
    assert all(isinstance(result, Answer) for result in results)
    assert server.most <= 3
    assert other.most <= 3
    assert len(server.asked) + len(other.asked) == 12
    assert server.most + other.most >= 4


async def test_a_slow_host_with_many_requests_keeps_no_other_waiting(server: Server, other: Server) -> None:
    server.says("/", silence)
    async with Door(Limits(per_host=2, at_once=3)) as door:
        slow = [asyncio.create_task(door.get(server.url("/"))) for _ in range(10)]
        assert await asyncio.to_thread(server.wait_asked, 2)
        assert isinstance(await door.get(other.says("/", reply(b"quick"))), Answer)
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
    assert len(server.asked) == 2


# Proxies and TLS


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

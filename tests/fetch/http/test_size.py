"""The HTTP client's limits on size: bodies too large, announced as such or packed small, and what they cost."""

import asyncio
import gzip
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import brotli
import pytest
import zstandard

import reader
from reader.fetch.http import HttpClient, Limits
from reader.models import Failure, FailureKind
from tests.fetch.http.one_request import answer, failure
from tests.fetch.scripted_server import Call, Server, reply


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

    async with HttpClient(Limits(received=1000)) as client:
        assert isinstance(await client.get(server.says("/", pour)), Failure)
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
from reader.fetch.http import HttpClient

def peak():
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])

async def main():
    async with HttpClient() as client:
        await client.get(sys.argv[1] + "small")
        before = peak()
        failure = await client.get(sys.argv[1])
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

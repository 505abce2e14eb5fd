"""The thread in which the network runs: nothing there holds up whoever asks, and what is called off is."""

import asyncio
import threading
import time
from contextlib import suppress

import pytest

from reader.fetch.content_encoding import Decoding
from reader.fetch.http import HttpClient, Limits, _Requests
from reader.fetch.network.loop_thread import LoopThread
from reader.fetch.network.meter import Meter
from reader.fetch.politeness.turns import Turn
from reader.fetch.response import Response
from reader.models import Failure, FailureKind
from tests.fetch.http.one_request import silence
from tests.fetch.scripted_server import PATIENCE, Call, Server, reply


async def nothing() -> None:
    """At the end there is nothing to be done."""


async def moored() -> str:
    return "moored"


async def test_decoding_that_takes_its_time_takes_none_from_the_loop_that_asked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network's thread stands still in a decoder, and the loop goes on."""
    decoding, go_on, threads = threading.Event(), threading.Event(), list[str]()
    feed = Decoding.feed

    def stand_still(self: Decoding, data: bytes) -> object:
        threads.append(threading.current_thread().name)
        decoding.set()
        go_on.wait(PATIENCE)
        return feed(self, data)

    monkeypatch.setattr(Decoding, "feed", stand_still)
    async with HttpClient() as client:
        asked = asyncio.create_task(client.get(server.says("/", reply(b"news"))))
        assert await asyncio.to_thread(decoding.wait, PATIENCE)
        for _ in range(100):
            await asyncio.sleep(0)
        assert not asked.done()
        go_on.set()
        assert isinstance(await asked, Response)
    assert set(threads) == {"network"}


async def test_closing_waits_for_no_decoder(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    decoding, go_on = threading.Event(), threading.Event()

    def stand_still(_self: Decoding, _data: bytes) -> object:
        decoding.set()
        go_on.wait(3 * PATIENCE)
        return iter(())

    monkeypatch.setattr(Decoding, "feed", stand_still)
    client = HttpClient()
    asked = asyncio.create_task(client.get(server.says("/", reply(b"news"))))
    assert await asyncio.to_thread(decoding.wait, PATIENCE)
    began = time.monotonic()
    await client.close()
    result = await asked
    took = time.monotonic() - began
    go_on.set()
    assert isinstance(result, Failure)
    assert result.kind is FailureKind.NO_CONNECTION
    assert took < PATIENCE


async def test_whoever_calls_off_a_request_does_not_wait_for_it_and_its_connection_ends(server: Server) -> None:
    gone = threading.Event()

    def wait(call: Call) -> None:
        if call.gone():
            gone.set()

    async with HttpClient() as client:
        asked = asyncio.create_task(client.get(server.says("/", wait)))
        assert await asyncio.to_thread(server.wait_asked, 1)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        assert await asyncio.to_thread(gone.wait, PATIENCE)


async def test_a_request_that_is_called_off_while_the_client_closes_is_called_off(server: Server) -> None:
    client = HttpClient()
    asked = asyncio.create_task(client.get(server.says("/", silence)))
    assert await asyncio.to_thread(server.wait_asked, 1)
    closing = asyncio.create_task(client.close())
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    await closing


async def test_the_thread_ends_with_the_client_and_is_a_daemon(server: Server) -> None:
    before = set(threading.enumerate())
    async with HttpClient() as client:
        assert set(threading.enumerate()) == before  # nobody has asked for anything yet
        await client.get(server.says("/", reply(b"news")))
        (mine,) = [thread for thread in set(threading.enumerate()) - before if thread.name == "network"]
        assert mine.daemon
    await asyncio.to_thread(mine.join, PATIENCE)
    assert not mine.is_alive()


async def test_a_thread_that_was_stopped_runs_nothing_more() -> None:
    thread = LoopThread("quay", nothing)
    assert await thread.run(moored) == "moored"
    await thread.stop(PATIENCE)
    await thread.stop(PATIENCE)
    thread.call(print)
    with pytest.raises(RuntimeError):
        await thread.run(moored)


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n" * 5000),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 5000),
    ],
    ids=["one-byte chunks", "100 Continue"],
)
async def test_beside_a_costly_answer_the_other_requests_of_the_thread_have_their_turns(
    server: Server, start: bytes, piece: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Structural: how many parts are worked on between two turns of another task on the very same loop."""
    parts, longest = 0, 0
    count = Meter.count

    async def counted(self: Meter, found: int, received: int = 0) -> None:
        nonlocal parts
        parts += found
        await count(self, found, received)

    def pour(call: Call) -> None:
        with suppress(OSError):
            call.send(start)
            while not call.server.ended.is_set():
                call.send(piece)

    async def another() -> None:
        nonlocal parts, longest
        while True:
            longest, parts = max(longest, parts), 0
            await asyncio.sleep(0)

    monkeypatch.setattr(Meter, "count", counted)
    requests = _Requests(Limits(seconds=60), time.time)
    other = asyncio.create_task(another())
    result = await asyncio.create_task(requests.get(server.says("/", pour), {}, (), None, Turn(), None))
    other.cancel()
    await requests.close()
    assert isinstance(result, Failure)
    assert result.kind is FailureKind.TOO_MANY_PARTS
    assert longest <= 600

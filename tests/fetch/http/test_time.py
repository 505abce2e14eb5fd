"""The HTTP client's time: what ends in a time-out, what does not count, and what is called off."""

import asyncio
import socket
from contextlib import ExitStack

import pytest

from reader.fetch.http import HttpClient, Limits
from reader.fetch.response import Response
from reader.models import Failure, FailureKind
from tests.fetch.http.one_request import failure, silence, to
from tests.fetch.scripted_server import PATIENCE, Call, Server, reply


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
    async with HttpClient(Limits(seconds=0.4, per_host=1)) as client:
        results = await asyncio.gather(*(client.get(url) for _ in range(4)))
    assert all(isinstance(result, Response) for result in results)


async def test_a_cancelled_request_leaves_its_slot_to_the_next(server: Server) -> None:
    server.says("/slow", silence)
    server.says("/", reply(b"next"))
    async with HttpClient(Limits(per_host=1, at_once=1)) as client:
        slow = asyncio.create_task(client.get(server.url("/slow")))
        waiting = asyncio.create_task(client.get(server.url("/slow")))
        assert await asyncio.to_thread(server.wait_asked, 1)
        waiting.cancel()
        slow.cancel()
        for task in (slow, waiting):
            with pytest.raises(asyncio.CancelledError):
                await task
        assert isinstance(await client.get(server.url("/")), Response)
    assert server.paths() == ["/slow", "/"]


async def test_closing_the_door_ends_what_is_under_way(server: Server) -> None:
    client = HttpClient(Limits(pause=0.001, seconds=PATIENCE))
    under_way = asyncio.create_task(client.get(server.says("/", silence)))
    assert await asyncio.to_thread(server.wait_asked, 1)
    await client.close()
    result = await under_way
    assert isinstance(result, Failure)
    assert result.kind is FailureKind.NO_CONNECTION
    await client.close()
    with pytest.raises(RuntimeError):
        await client.get(server.url("/"))

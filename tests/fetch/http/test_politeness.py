"""The HTTP client among others: hosts that ask for a pause, and how many requests are under way at once."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from reader.fetch.http import HttpClient, Limits
from reader.fetch.response import Response
from reader.models import Failure, FailureKind
from tests.fetch.http.one_request import QUICK, silence, to
from tests.fetch.scripted_server import PATIENCE, Call, Server, reply

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Clock:
    """The one thing that is not real: a time that a test moves by hand."""

    def __init__(self) -> None:
        self.now = NOON.timestamp()

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("header", ["3600", format_datetime(NOON.replace(hour=13), usegmt=True)])
@pytest.mark.parametrize("status", [429, 503])
async def test_a_host_that_asks_for_an_hour_is_left_alone_for_an_hour(
    server: Server, other: Server, status: int, header: str
) -> None:
    clock = Clock()
    url = server.says("/", reply(b"", status, {"Retry-After": header}), reply(b"welcome"))
    async with HttpClient(QUICK, clock=clock) as client:
        for path in ("/", "/", "/elsewhere"):
            wait = await client.get(server.url(path))
            assert isinstance(wait, Failure)
            assert (wait.kind, wait.status, wait.until) == (FailureKind.WAIT, status, NOON.replace(hour=13))
        assert len(server.asked) == 1
        assert isinstance(await client.get(other.says("/", reply(b"another paper"))), Response)
        clock.now += 3600
        assert isinstance(await client.get(url), Response)


async def test_those_who_queued_before_the_host_asked_for_a_pause_obey_it_too(server: Server) -> None:
    url = server.says("/", reply(b"", 429, {"Retry-After": "60"}))
    async with HttpClient(Limits(per_host=1)) as client:
        results = await asyncio.gather(*(client.get(url) for _ in range(5)))
    assert [result.kind for result in results if isinstance(result, Failure)] == [FailureKind.WAIT] * 5
    assert len(server.asked) == 1


async def test_a_redirect_into_a_host_that_wants_its_peace_stops_there(server: Server, other: Server) -> None:
    other.says("/", reply(b"", 429, {"Retry-After": "60"}))
    url = server.says("/", to(other.url("/")))
    async with HttpClient() as client:
        for _ in range(2):
            wait = await client.get(url)
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
    async with HttpClient(Limits(per_host=3)) as client:
        await asyncio.gather(*(client.get(url) for _ in range(9)))
    assert (server.most, len(server.asked)) == (3, 9)


async def test_no_more_than_so_many_requests_are_under_way_in_all(
    server: Server, other: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.fetch.politeness.turns._SHORTEST_PATIENCE", 60.0)  # none shows to be slow
    script = together([server, other], 4)
    urls = [server.says("/", script), other.says("/", script)]
    async with HttpClient(Limits(per_host=3, at_once=4)) as client:
        results = await asyncio.gather(*(client.get(urls[number % 2]) for number in range(12)))
    assert all(isinstance(result, Response) for result in results)
    assert server.most <= 3
    assert other.most <= 3
    assert len(server.asked) + len(other.asked) == 12
    assert server.most + other.most >= 4


async def test_a_slow_host_with_many_requests_keeps_no_other_waiting(server: Server, other: Server) -> None:
    server.says("/", silence)
    async with HttpClient(Limits(per_host=2, at_once=3)) as client:
        slow = [asyncio.create_task(client.get(server.url("/"))) for _ in range(10)]
        assert await asyncio.to_thread(server.wait_asked, 2)
        assert isinstance(await client.get(other.says("/", reply(b"quick"))), Response)
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
    assert len(server.asked) == 2

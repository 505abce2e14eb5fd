"""Names to addresses: with a limit of its own, in threads that nobody waits for."""

import asyncio
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from reader.fetch.http import HttpClient, Limits
from reader.fetch.network.names import LookupTimeout, Names
from reader.models import Failure, FailureKind


class Resolver:
    """A name server in the place of the system's: what it knows, what it is asked, and names it never answers for."""

    def __init__(self) -> None:
        self.known: dict[str, list[str]] = {}
        self.asked: list[str] = []
        self.awake = threading.Event()

    def __call__(self, host: str, port: object, **_: object) -> list[object]:
        self.asked.append(host)
        if host.startswith("silent"):
            self.awake.wait(60)
        if host not in self.known:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in self.known[host]]


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Resolver]:
    resolver = Resolver()
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    yield resolver
    resolver.awake.set()


async def test_an_answer_is_used_again_for_a_while_and_a_failure_is_not(resolver: Resolver) -> None:
    names = Names(seconds=5)
    with pytest.raises(socket.gaierror):
        await names.look_up("gull.example")
    resolver.known["gull.example"] = ["192.0.2.1", "192.0.2.2", "192.0.2.1"]
    for _ in range(3):
        assert await names.look_up("gull.example") == ("192.0.2.1", "192.0.2.2")
    assert resolver.asked == ["gull.example"] * 2
    names.forget("gull.example")
    await names.look_up("gull.example")
    assert resolver.asked == ["gull.example"] * 3


async def test_an_address_is_not_looked_up(resolver: Resolver) -> None:
    names = Names(seconds=5)
    assert await names.look_up("0x7f.1") == ("127.0.0.1",)
    assert await names.look_up("::1") == ("::1",)
    assert resolver.asked == []


async def test_a_name_server_that_is_silent_costs_the_limit_and_one_thread(resolver: Resolver) -> None:
    names = Names(seconds=0.05)
    resolver.known["silent.example"] = ["192.0.2.1"]
    for _ in range(3):
        with pytest.raises(LookupTimeout):
            await names.look_up("silent.example")
    assert resolver.asked == ["silent.example"]
    resolver.awake.set()
    for _ in range(100):  # what it says in the end is taken
        try:
            assert await names.look_up("silent.example") == ("192.0.2.1",)
            break
        except LookupTimeout:
            continue
    assert resolver.asked == ["silent.example"]


async def test_many_silent_names_do_not_keep_the_others_waiting(resolver: Resolver) -> None:
    names = Names(seconds=5)
    resolver.known["gull.example"] = ["192.0.2.1"]
    silent = [asyncio.create_task(names.look_up(f"silent{number}.example")) for number in range(60)]
    await asyncio.sleep(0)
    assert await asyncio.wait_for(names.look_up("gull.example"), 4) == ("192.0.2.1",)
    for task in silent:
        task.cancel()
    await asyncio.gather(*silent, return_exceptions=True)


async def test_two_that_ask_for_one_name_share_the_lookup_and_one_may_leave(resolver: Resolver) -> None:
    names = Names(seconds=5)
    resolver.known["silent.example"] = ["192.0.2.1"]
    first, second = (asyncio.create_task(names.look_up("silent.example")) for _ in range(2))
    await asyncio.sleep(0.01)
    first.cancel()
    resolver.awake.set()
    assert await second == ("192.0.2.1",)
    assert first.cancelled()
    assert resolver.asked == ["silent.example"]


async def test_a_silent_name_server_is_a_time_out_of_the_request(resolver: Resolver) -> None:
    async with HttpClient(Limits(lookup_seconds=0.1)) as client:
        result = await client.get("http://silent.example/feed")
    assert isinstance(result, Failure)
    assert (result.kind, result.seconds) == (FailureKind.TIMEOUT, 0.1)


ENDS = """
import asyncio, socket, threading
socket.getaddrinfo = lambda *_, **__: threading.Event().wait()
from reader.fetch.http import HttpClient, Limits
async def main():
    client = HttpClient(Limits(lookup_seconds=0.1))
    print((await client.get("http://gull.example/feed")).kind)
    under_way = asyncio.create_task(client.get("http://weir.example/feed"))
    await asyncio.sleep(0.01)
    await client.close()
    print((await under_way).kind)
asyncio.run(main())
print("over")
"""


def test_a_program_ends_while_a_lookup_hangs_for_ever() -> None:
    """The event loop's own way to look names up is a thread that `asyncio.run` and the interpreter wait for."""
    ended = subprocess.run([sys.executable, "-c", ENDS], capture_output=True, text=True, timeout=30, check=True)
    assert ended.stdout.split() == ["timeout", "no-connection", "over"]

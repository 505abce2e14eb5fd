"""How much bad sources hold up good ones: twenty papers alone, and beside a hundred bad ones of each kind.

    python benchmarks/hostile.py [--good 20] [--bad 100] [--pairs 5] [--kinds silent,dripping,...] [--keys]

Makes a library with the good sources, and one with the bad ones before them, none of which was ever asked; refreshes
each by turns with the real program and takes the time from its start to the last good source. Prints for each kind the
median of the pairs' ratios (to hold: 1.5), and the most memory of the whole tree of processes (PSS, that is each page
once; to hold: 300 MB). `--keys`: then also what `hostile_keys` beside it measures, where that is there. Exits 1 where
one does not hold. Each source is a host of its own: a port on loopback, served by a process of its own.
"""

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from reader.models import NewSource
from reader.store import Library

RATIO, MEGABYTES = 1.5, 300.0
KINDS = ("silent", "dripping", "redirecting", "costly", "unreachable")
"""What each of the bad ones does: says nothing; sends a byte at a time; leads on and on; sends what takes seconds of
CPU to parse; takes no connection."""

ANSWERS_AFTER = 0.3  # seconds: as a paper some way off does
DRIPS_EVERY = 0.2
LONGEST_RUN = 240.0  # seconds after which a run counts as so long
SAMPLED_EVERY = 0.1


@dataclass(frozen=True)
class Run:
    """One refresh: seconds to the last good source, and the most memory of all its processes in megabytes."""

    seconds: float
    megabytes: float


Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def good_feed(number: int) -> bytes:
    """A feed of thirty notes."""
    items = "".join(
        f"<item><title>Note {note} from pier {number}</title><link>http://pier{number}.example/{note}</link>"
        f"<guid>{number}-{note}</guid><pubDate>Mon, 02 Mar 2026 10:{note % 60:02}:00 GMT</pubDate>"
        f"<description>{'The boats came in late and the gulls were loud. ' * 6}</description></item>"
        for note in range(30)
    )
    channel = f"<title>Pier {number}</title><link>http://pier{number}.example/</link>{items}"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{channel}</channel></rss>'.encode()


def costly_feed(number: int) -> bytes:
    """A small feed that takes feedparser many seconds of CPU: comments that never end."""
    return b"<rss><channel><item><title>" + b"<!-- " * (20_000 + number)


def answer(body: bytes, kind: str = "application/rss+xml") -> bytes:
    """A whole answer, after which the connection is closed."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def handler(kind: str, number: int, port: Callable[[], int]) -> Handler:
    """Return what a host of this kind does with one connection."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            request = await reader.readuntil(b"\r\n\r\n")
            if kind == "silent":
                await reader.read()
            elif kind == "dripping":
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss>")
                while not reader.at_eof():
                    await asyncio.sleep(DRIPS_EVERY)
                    writer.write(b" ")
                    await writer.drain()
            elif kind == "redirecting":
                await asyncio.sleep(ANSWERS_AFTER)
                hop = len(request.split(b" ")[1])
                where = f"http://127.0.0.1:{port()}/{'o' * hop}"
                writer.write(f"HTTP/1.1 302 Found\r\nLocation: {where}\r\nContent-Length: 0\r\n\r\n".encode())
                await writer.drain()
            else:
                await asyncio.sleep(ANSWERS_AFTER)
                writer.write(answer(costly_feed(number) if kind == "costly" else good_feed(number)))
                await writer.drain()
        writer.close()

    return serve


async def serve(kinds: Sequence[tuple[str, int]]) -> None:
    """Serve so many hosts of each kind; print their ports, in their order, and go on until stdin ends."""
    ports: list[int] = []
    kept = []
    for kind, many in kinds:
        for number in range(many):
            if kind == "unreachable":
                kept.append(full := _full_host())
                ports.append(full[0].getsockname()[1])
                continue
            at: list[int] = []
            server = await asyncio.start_server(handler(kind, number, lambda at=at: at[0]), "127.0.0.1", 0)  # type: ignore[misc]
            at.append(server.sockets[0].getsockname()[1])
            ports.append(at[0])
            kept.append(server)  # type: ignore[arg-type]
    print(json.dumps(ports), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    os._exit(0)


def _full_host() -> "list[socket.socket]":
    """A port that takes no more connections: its queue is full, and the kernel drops who knocks."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    knocking = []
    for _ in range(3):
        one = socket.socket()
        one.setblocking(False)
        one.connect_ex(listener.getsockname())
        knocking.append(one)
    return [listener, *knocking]


@contextmanager
def served(kinds: Sequence[tuple[str, int]]) -> Iterator[list[int]]:
    """The ports of hosts of these kinds, in a process of their own."""
    command = [sys.executable, __file__, "--serve", json.dumps(kinds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield json.loads(server.stdout.readline())
        finally:
            server.kill()


def tree(root: int) -> list[int]:
    """The processes that a process has started, and those that these have, and so on."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError, ValueError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def megabytes(root: int) -> float:
    """The memory of a tree of processes: each page once, shared ones by parts (proc(5), smaps_rollup)."""
    total = 0
    for pid in tree(root):
        with suppress(OSError):
            lines = (Path("/proc") / str(pid) / "smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1000


def refresh(home: Path, good: set[str]) -> Run:
    """Refresh a library with the real program until all of the good sources have come, and end it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    environment |= {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    command = [sys.executable, "-m", "reader", "refresh", "--all", "--no-stories", "--json"]
    began = time.monotonic()
    most, last, left = 0.0, LONGEST_RUN, set(good)
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as program:
        ended = threading.Event()

        def sample() -> None:
            nonlocal most
            while not ended.wait(SAMPLED_EVERY):
                most = max(most, megabytes(program.pid))
                if time.monotonic() - began > LONGEST_RUN:
                    program.kill()

        sampler = threading.Thread(target=sample)
        sampler.start()
        assert program.stdout is not None
        for line in program.stdout:
            event = json.loads(line)
            if event["step"] in ("kept", "same"):
                left.discard(event["url"])
            if not left:
                last = time.monotonic() - began
                break
        ended.set()
        sampler.join()
        program.kill()
    return Run(last, most)


def subscribed(home: Path, ports: Sequence[int]) -> list[str]:
    """Make a library with these sources, in this order; return their addresses."""
    urls = [f"http://127.0.0.1:{port}/feed" for port in ports]
    path = home / "data/newsstand/library.db"
    path.parent.mkdir(parents=True)
    with Library.open(path) as library:
        library.add_sources([NewSource(url, url) for url in urls])
    return urls


def pair(kind: str, good: int, bad: int, number: int) -> tuple[Run, Run]:
    """The good sources alone and beside the bad ones, in new libraries; which comes first changes from pair to pair."""
    with tempfile.TemporaryDirectory() as folder, served([(kind, bad), ("good", good)]) as ports:
        runs: dict[str, Run] = {}
        for name in ("alone", "beside") if number % 2 else ("beside", "alone"):
            home = Path(folder) / name
            urls = subscribed(home, ports[bad:] if name == "alone" else ports)
            runs[name] = refresh(home, set(urls[-good:]))
    return runs["alone"], runs["beside"]


def main() -> int:
    """Measure, print, and say by the exit code whether all holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--good", type=int, default=20)
    parser.add_argument("--bad", type=int, default=100)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--keys", action="store_true", help="also the keys of the reader beside a bad source")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        asyncio.run(serve(json.loads(arguments.serve)))
    holds = True
    for kind in arguments.kinds.split(","):
        pairs = [pair(kind, arguments.good, arguments.bad, number) for number in range(arguments.pairs)]
        ratio = statistics.median(beside.seconds / alone.seconds for alone, beside in pairs)
        most = max(run.megabytes for both in pairs for run in both)
        alone, beside = (statistics.median(run.seconds for run in runs) for runs in zip(*pairs, strict=True))
        holds &= ratio <= RATIO and most < MEGABYTES
        print(f"{kind:12} {beside:6.2f} s beside {alone:6.2f} s alone: {ratio:5.2f} (to hold: {RATIO}), {most:4.0f} MB")
    keys = Path(__file__).with_name("hostile_keys.py")
    if arguments.keys and keys.exists():
        holds &= subprocess.run([sys.executable, keys], check=False).returncode == 0
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())

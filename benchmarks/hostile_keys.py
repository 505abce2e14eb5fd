"""How long a key takes while hostile sources are being read: one-byte chunks, endless interim answers, floods, bombs.

    python benchmarks/hostile_keys.py [--keys 80] [--hostile 1] [--kinds chunks,...] [--where thread,loop,process]

Starts the reader over a library of 20,000 entries in a pseudo-terminal and types j and k, by turns with nothing being
read and while so many hostile sources of one kind are read without an end, as one was done with another. Prints for
each kind the 95th percentile from the key to the last byte of the frame that shows its effect, with and without (to
hold: within 50 ms), and the unique memory (PSS) of the reader and its processes. `--where` says where the network runs:
`thread` is the reader as it is, `loop` the interface's own event loop, and `process` a process of its own, as it was
and as it could be. Exits 1 where `thread` does not hold.
"""

import argparse
import asyncio
import gzip
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.interface import cursor, differs, percentile
from benchmarks.library import make_library
from reader.fetch import http
from reader.fetch.politeness.turns import Turn
from reader.fetch.response import Response
from tests.pseudo_terminal import Terminal

MILLISECONDS = 50.0
LONGEST = 5000.0
"""Milliseconds that a key without any effect counts as: it is frozen."""
LIMITS = http.Limits(at_once=64, per_host=64, pause=0.01)
CLIENTS: dict[str, http.HttpClient] = {}
AGAIN = 0.1  # seconds until one is read again that was given up
BLOCK = 10
"""Keys typed until it is switched whether anything is read."""
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"


def endless(start: bytes, piece: bytes, pause: float = 0.0) -> Callable[[socket.socket, str], None]:
    """An answer that begins and does not end."""

    def answer(connection: socket.socket, _path: str) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(piece)
            if pause:
                time.sleep(pause)

    return answer


def bomb(connection: socket.socket, _path: str) -> None:
    """29 MB of nothing in 28 KB, just below what is let in, again and again."""
    body = BOMB
    connection.sendall(OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


def redirect(connection: socket.socket, path: str) -> None:
    """On and on, each time with as many cookies as fit."""
    cookies = b"".join(b"Set-Cookie: c%d=%s\r\n" % (number, b"v" * 20) for number in range(900))
    head = b"HTTP/1.1 302 On\r\nContent-Length: 0\r\nConnection: close\r\n" + cookies
    connection.sendall(head + b"Location: %sx\r\n\r\n" % path.encode())


BOMB = gzip.compress(bytes(29_000_000))
KINDS: dict[str, Callable[[socket.socket, str], None]] = {
    "chunks": endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n" * 4096),
    "interim": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2048),
    "headers": endless(OK, b"X-Much: more\r\n" * 2048),
    "segments": endless(OK + b"\r\n", b"a", 0.0001),
    "drip": endless(OK + b"\r\n", b"<a>", 0.05),
    "bomb": bomb,
    "redirects": redirect,
    "large": endless(OK + b"\r\n", b"<item>words and words</item>\n" * 4096),
}


def serve(kind: str) -> None:
    """Answer every request in the same way; says its port on its first line. Ends with whoever reads that."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(listener.getsockname()[1], flush=True)

    def one(connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection, suppress(OSError):
            path = connection.recv(65536).split(b" ")[1].decode()
            KINDS[kind](connection, path)
            connection.shutdown(socket.SHUT_WR)

    while True:
        threading.Thread(target=one, args=(listener.accept()[0],), daemon=True).start()


@contextmanager
def served(kind: str) -> Iterator[str]:
    """Serve in a process of its own, and give the address."""
    server = subprocess.Popen(
        [sys.executable, __file__, "--serve", kind], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{int(server.stdout.readline())}/"
    finally:
        server.kill()
        server.wait()
        if server.stdout is not None:
            server.stdout.close()


async def read_without_end(where: str, url: str, hostile: int) -> None:
    """Ask for `url` again and again, so many times at once, until this is cancelled."""
    if where == "process":
        child = await asyncio.create_subprocess_exec(
            sys.executable, __file__, "--ask", url, "--hostile", str(hostile), stdout=asyncio.subprocess.PIPE
        )
        assert child.stdout is not None
        try:
            while size := await child.stdout.read(4):
                await child.stdout.readexactly(int.from_bytes(size))  # what came goes over, as it would to the parsers
        finally:
            child.kill()
        return
    client = CLIENTS.setdefault(where, http.HttpClient(LIMITS))

    async def ask() -> None:
        while True:
            if where == "thread":
                await client.get(url)
            else:
                await asyncio.create_task(client._requests.get(url, {}, (), None, Turn(), None))  # noqa: SLF001 # as it was
            await asyncio.sleep(AGAIN)

    await asyncio.gather(*(ask() for _ in range(hostile)))


def run_reader(where: str, url: str, hostile: int, library: Path) -> None:
    """Be the reader, and read hostile sources meanwhile."""
    from reader import config
    from reader.ui.app import NewsstandApp

    settings = library.with_name("config.toml")

    class Reading(NewsstandApp):
        CSS_PATH = str(ROOT / "reader/ui/theme/reader.tcss")
        reading: asyncio.Task[None] | None = None

        def switch(self) -> None:
            if self.reading is None:
                self.reading = asyncio.create_task(read_without_end(where, url, hostile))
            else:
                self.reading.cancel()
                self.reading = None

        def on_mount(self) -> None:
            asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, self.switch)

    Reading(library, config.load(settings)).run()


async def ask_for_parent(url: str, hostile: int) -> None:
    """Be the network's process: what comes goes to standard output, each with its length before it."""
    client = http.HttpClient(LIMITS)

    async def ask() -> None:
        while True:
            answer = await client.get(url)
            body = answer.body if isinstance(answer, Response) else b""
            await asyncio.to_thread(sys.stdout.buffer.write, len(body).to_bytes(4) + body)
            await asyncio.sleep(AGAIN)

    await asyncio.gather(*(ask() for _ in range(hostile)))


def memory(pid: int) -> float:
    """Return the unique memory (PSS) of a process and all below it, in megabytes."""
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        own = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
        children = " ".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")).split()
        return own + sum(memory(int(child)) for child in children)
    return 0.0


def measure(where: str, kind: str, keys: int, hostile: int, library: Path) -> tuple[list[float], list[float], float]:
    """Return the times of so many keys in milliseconds, without and with, and the most memory in megabytes."""
    without: list[float] = []
    beside: list[float] = []
    used = 0.0
    with served(kind) as url:
        reader = [sys.executable, __file__, "--reader", where, "--ask", url]
        terminal = Terminal([*reader, "--hostile", str(hostile), "--library", str(library)])
        try:
            terminal.wait(lambda terminal: "●".encode() in terminal.received, whole=False)
            pause(terminal, 3.0)  # whatever is loaded late
            for number in range(2 * keys):
                if number % BLOCK == 0:
                    if number:
                        os.kill(terminal.pid, signal.SIGUSR1)
                    pause(terminal, 1.0)  # the first of the hostile answers, or the last of them
                changed = partial(differs, cursor(terminal))
                began = terminal.write("j" if number % 2 == 0 else "k")
                try:
                    took = (terminal.effect(changed) - began) * 1000
                except TimeoutError:
                    took = LONGEST
                (beside if number // BLOCK % 2 else without).append(took)
                pause(terminal, 0.02 + number % 7 / 100)  # at no fixed moment of what is read
                used = max(used, memory(terminal.pid) if number % BLOCK == BLOCK - 1 else 0.0)
        finally:
            terminal.close()
    return without, beside, used


def pause(terminal: Terminal, seconds: float) -> None:
    """Take what comes for so long."""
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        terminal._read(left)  # noqa: SLF001 # a benchmark looks inside
    terminal._feed()  # noqa: SLF001 # what came meanwhile is no key's effect


def said(times: list[float]) -> str:
    """Median and 95th percentile of the times of keys."""
    return f"median {percentile(times, 0.5):.1f} ms, 95th percentile {percentile(times, 0.95):.1f} ms"


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and say by the exit code whether it holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=80)
    parser.add_argument("--hostile", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--where", default="thread")
    for name in ("--serve", "--reader", "--ask", "--library"):
        parser.add_argument(name, default="", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.serve:
        serve(asked.serve)
    if asked.reader:
        run_reader(asked.reader, asked.ask, asked.hostile, Path(asked.library))
        return 0
    if asked.ask:
        asyncio.run(ask_for_parent(asked.ask, asked.hostile))
    holds = True
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library.db"
        make_library(library, 20_000, 50)
        (Path(folder) / "config.toml").write_text('[refresh]\nat_start = false\n[reader]\nview = "unread"\n')
        for where in asked.where.split(","):
            for kind in asked.kinds.split(","):
                without, beside, used = measure(where, kind, asked.keys, asked.hostile, library)
                more = percentile(beside, 0.95) - percentile(without, 0.95)
                holds = holds and (more <= MILLISECONDS or where != "thread")
                print(f"{where:8} {kind:10} without: {said(without)}; with: {said(beside)};", end=" ")
                print(f"{more:+.1f} ms (at most {MILLISECONDS:g}); {used:.0f} MB", flush=True)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())

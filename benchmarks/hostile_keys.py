"""How long a key takes while hostile sources are being read: one-byte chunks, endless interim answers, floods, bombs.

    python benchmarks/hostile_keys.py [--keys 60] [--hostile 1] [--kinds chunks,...] [--where thread,loop,process]

Starts the reader over a library of 20,000 entries in a pseudo-terminal and types j, first with nothing being read, then
for each kind of hostile source while so many of that kind are read without an end, and prints the 95th percentile from
the key to the last byte of the frame that shows its effect (to hold: within 50 ms of that without), and the unique
memory (PSS) of the reader and its processes. `--where` says where the network runs: `thread` is the reader as it is,
`loop` is the interface's own event loop, and `process` a process of its own, as the reader was and as it could be.
Exits 1 where `thread` does not hold.
"""

import argparse
import asyncio
import gzip
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
from tests.pseudo_terminal import Terminal

MILLISECONDS = 50.0
MEGABYTE = 1024 * 1024
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
    """Ask for `url` again and again, so many times at once."""
    from reader.fetch import http

    if where == "process":
        child = await asyncio.create_subprocess_exec(
            sys.executable, __file__, "--ask", url, "--hostile", str(hostile), stdout=asyncio.subprocess.PIPE
        )
        assert child.stdout is not None
        while size := await child.stdout.read(4):
            await child.stdout.readexactly(int.from_bytes(size))  # what came goes over, as it would to the parsers
        return
    client = http.HttpClient(http.Limits(at_once=64, per_host=64, pause=0.01))

    async def ask() -> None:
        while True:
            if where == "thread":
                await client.get(url)
            else:
                await asyncio.create_task(client._requests.get(url, {}, (), None, None))  # noqa: SLF001 # as it was
            await asyncio.sleep(0.001)

    await asyncio.gather(*(ask() for _ in range(hostile)))


def run_reader(where: str, url: str, hostile: int, library: Path) -> None:
    """Be the reader, and read hostile sources meanwhile."""
    from reader import config
    from reader.ui.app import NewsstandApp

    settings = library.with_name("config.toml")

    class Reading(NewsstandApp):
        CSS_PATH = ROOT / "reader/ui/theme/reader.tcss"

        async def read_hostile(self) -> None:
            await read_without_end(where, url, hostile)

        def on_mount(self) -> None:
            if url:
                self.run_worker(self.read_hostile(), group="hostile", exit_on_error=False)

    Reading(library, config.load(settings)).run()


async def ask_for_parent(url: str, hostile: int) -> None:
    """Be the network's process: what comes goes to standard output, each with its length before it."""
    from reader.fetch.http import HttpClient, Limits
    from reader.fetch.response import Response

    client = HttpClient(Limits(at_once=64, per_host=64, pause=0.01))

    async def ask() -> None:
        while True:
            answer = await client.get(url)
            body = answer.body if isinstance(answer, Response) else b""
            await asyncio.to_thread(sys.stdout.buffer.write, len(body).to_bytes(4) + body)

    await asyncio.gather(*(ask() for _ in range(hostile)))


def memory(pid: int) -> float:
    """Return the unique memory (PSS) of a process and all below it, in megabytes."""
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        own = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
        children = " ".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")).split()
        return own + sum(memory(int(child)) for child in children)
    return 0.0


def measure(where: str, kind: str | None, keys: int, hostile: int, library: Path) -> tuple[float, float, float]:
    """Return median and 95th percentile of a key's time in milliseconds, and the memory in megabytes."""

    def type_keys(url: str) -> tuple[float, float, float]:
        reader = [sys.executable, __file__, "--reader", where, "--ask", url]
        terminal = Terminal([*reader, "--hostile", str(hostile), "--library", str(library)])
        try:
            terminal.wait(lambda terminal: "●".encode() in terminal.received, whole=False)
            for _ in range(10):  # whatever is loaded late, and the first of the hostile answers
                terminal._read(0.2)  # noqa: SLF001
            times: list[float] = []
            for number in range(keys):
                changed = partial(differs, cursor(terminal))
                began = terminal.write("j" if number % 40 < 20 else "k")
                times.append((terminal.effect(changed) - began) * 1000)
                terminal._read(0.02 + number % 7 / 100)  # noqa: SLF001 # at no fixed moment of what is read
            used = memory(terminal.pid)
        finally:
            terminal.close()
        return percentile(times, 0.5), percentile(times, 0.95), used

    if kind is None:
        return type_keys("")
    with served(kind) as url:
        return type_keys(url)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and say by the exit code whether it holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=60)
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
            median, without, used = measure(where, None, asked.keys, asked.hostile, library)
            print(f"{where:8} nothing    median {median:6.1f} ms, 95th percentile {without:6.1f} ms, {used:4.0f} MB")
            for kind in asked.kinds.split(","):
                median, worst, used = measure(where, kind, asked.keys, asked.hostile, library)
                more = worst - without
                holds = holds and (more <= MILLISECONDS or where != "thread")
                print(f"{where:8} {kind:10} median {median:6.1f} ms, 95th percentile {worst:6.1f} ms, ", end="")
                print(f"{used:4.0f} MB, {more:+.1f} ms (at most {MILLISECONDS:g})", flush=True)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())

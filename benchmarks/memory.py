"""How the reader's memory grows while it is used: an hour's requests and keys, and where minute five stood.

    python benchmarks/memory.py [--minutes 60] [--requests 100] [--fast] [--sources 6] [--columns 160] [--rows 40]

Starts the reader in a pseudo-terminal over papers on loopback whose feeds change at each request, and reads by keys, as
fast as `--requests` a minute allow: refreshes, opens stories, pages through them, follows related ones and goes back,
marks, filters, opens pages and dialogs, changes the size of the terminal. With `--fast` a minute is so many requests,
and nothing waits for the clock: the same acts in a fourth of the time. Prints at each minute, in megabytes, what the
reader's own process has to itself (Private of /proc/PID/smaps_rollup), its RSS, and the PSS of it and all processes
below it; and at the end the ratio of the last minutes to minute five, of each (to hold, of the reader's own process:
1.1). Exits 1 where that does not hold.
"""

import argparse
import random
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from reader.models import NewSource
from reader.store import Library
from tests.pseudo_terminal import Terminal

RATIO = 1.1
FROM_MINUTE = 5
STORIES = 20
"""Headlines of a feed."""
WORDS = (
    "harbour council votes night ferry returns after storm old market reopens river line delayed city budget school "
    "library gains garden rules change winter bread prize museum opens doors early giá xăng giảm chợ hoa xuân"
).split()


class Paper(ThreadingHTTPServer):
    """One paper on loopback: each time that its feed is asked for there is one story more, and an older one is called
    otherwise."""

    daemon_threads = True

    def __init__(self, number: int) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.number = number
        self.newest = STORIES
        self.asked = 0
        self.last = time.monotonic()
        self.counting = threading.Lock()

    @property
    def home(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that the reader closes is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type] # as it came

    def title(self, story: int) -> str:
        """Return what a story is called now."""
        chance = random.Random(story * 31 + self.number)
        again = ", again" if (self.newest - story) % 5 == 4 else ""
        return " ".join(chance.choices(WORDS, k=chance.randint(5, 12))).capitalize() + f" {story}{again}"

    def feed(self) -> bytes:
        """Return the feed, with one story more than before."""
        self.newest += 1
        now = time.time()
        items = "".join(
            f"<item><title>{self.title(story)}</title><link>{self.home}story/{story}</link>"
            f"<guid>{self.number}-{story}</guid><description>{_prose(story, 2)}</description>"
            f"<pubDate>{formatdate(now - 60 * (self.newest - story))}</pubDate></item>"
            for story in range(self.newest, self.newest - STORIES, -1)
        )
        head = f"<title>The Lamp {self.number}</title><link>{self.home}</link>"
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()

    def page(self, story: int) -> bytes:
        """Return a story's page: text, a picture, a table or code, related stories and, of some, a further page."""
        title = self.title(story)
        body = "".join(f"<p>{_prose(story * 100 + n, 4)}</p>" for n in range(6 + story % 12))
        body += f'<figure><img src="/{story}.jpg" alt="A lamp"><figcaption>{_prose(story, 1)}</figcaption></figure>'
        if story % 4 == 0:
            rows = "".join(f"<tr><td>{WORDS[n]}</td><td>{n * story}</td></tr>" for n in range(8))
            body += f"<table><tr><th>What</th><th>How many</th></tr>{rows}</table>"
        if story % 4 == 1:
            body += f"<pre><code class='language-python'>lamp = {story}\nwhile lamp:\n    print(lamp)</code></pre>"
        if story % 4 == 2:
            body += f'<p>Before it was the <a href="/story/{max(1, story - 3)}">{WORDS[story % 20]}</a>.</p>'
        others = [number for number in (story - 1, story - 7, story - 19) if number > 0]
        links = "".join(f'<li><a href="/story/{other}">{self.title(other)}</a></li>' for other in others)
        filler = "".join(f'<li><a href="/about/{n}">{WORDS[n % len(WORDS)]} {n}</a></li>' for n in range(40))
        return (
            f"<!doctype html><html lang=en><head><title>{title} | The Lamp {self.number}</title></head><body>"
            f"<nav><ul>{filler}</ul></nav><article><h1>{title}</h1>{body}"
            f'<aside class="related"><h2>Related stories</h2><ul>{links}</ul></aside></article></body></html>'
        ).encode()


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Paper

    def do_GET(self) -> None:
        """Answer: some stories are gone, some cannot be had now."""
        paper = self.server
        found = re.fullmatch(r"/story/(\d+)", self.path)
        story = int(found.group(1)) if found else 0
        status, kind, body = 404, "text/plain", b"nothing here"
        with paper.counting:
            paper.asked += 1
            paper.last = time.monotonic()
            if self.path == "/feed":
                status, kind, body = 200, "application/rss+xml", paper.feed()
                if paper.number == 1 and paper.newest % 3 == 0:
                    status, kind, body = 500, "text/plain", b"not now"
            elif story and story % 13:
                status, kind, body = 200, "text/html; charset=utf-8", paper.page(story)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


def _prose(seed: int, sentences: int) -> str:
    chance = random.Random(seed)
    return " ".join(
        " ".join(chance.choices(WORDS, k=chance.randint(8, 22))).capitalize() + "." for _ in range(sentences)
    )


@contextmanager
def papers(sources: int) -> Iterator[list[Paper]]:
    """Serve so many papers."""
    served = [Paper(number) for number in range(sources)]
    for paper in served:
        threading.Thread(target=paper.serve_forever, daemon=True).start()
    try:
        yield served
    finally:
        for paper in served:
            paper.shutdown()
            paper.server_close()


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes: what the process has to itself and its RSS; the PSS of it and of all processes below it."""

    own: float
    rss: float
    tree: float


def memory(pid: int) -> Memory:
    """Return what a process uses now."""
    found = _rollup(pid)
    return Memory(found["Private_Clean"] + found["Private_Dirty"], found["Rss"], _tree(pid))


def _rollup(pid: int) -> dict[str, float]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {name: int(rest.split()[0]) / 1024 for name, _, rest in (line.partition(":") for line in lines)}


def _tree(pid: int) -> float:
    with suppress(OSError):
        own = _rollup(pid)["Pss"]
        children = " ".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")).split()
        return own + sum(_tree(int(child)) for child in children)
    return 0.0


ESC, ENTER, PAGE_DOWN, TAB = "\x1b", "\r", "\x06", "\t"
ROUNDS: Sequence[Sequence[str]] = (
    ("gg", ENTER, PAGE_DOWN, PAGE_DOWN, " ", "G", "1", PAGE_DOWN, "G", "2", "H", "H", "L", "gg", TAB, TAB, ESC),
    ("f", ESC, "*", "s", "z", PAGE_DOWN, "z", "J", "J", " ", "K", "n", "p", "+", "<", ">", "h"),
    ("?", PAGE_DOWN, ESC, ",", "jjj", ESC, ":", "star", ESC, "!", ESC, "C", PAGE_DOWN, ESC, "e", ESC),
    ("jjj", "m", "m", "*", "*", "\x1a", "\x19", "/", "lamp", ENTER, "jj", ENTER, "h", ESC, "/", "ferry", ESC, ESC),
    ("h", "j", ENTER, "j", "j", ENTER, "G", "1", "h", "h", "gg", "j", ENTER, "}", "{", "G", "gg", ".", "A", "\x1a"),
)
"""What is typed after a refresh, one round after the other."""


class Reading:
    """A person at the reader, who keeps to a pace of requests."""

    def __init__(self, terminal: Terminal, served: Sequence[Paper], pace: float, *, fast: bool) -> None:
        self.terminal, self._papers, self._pace, self._fast = terminal, served, pace, fast
        self.began = time.monotonic()
        self._at_first = self.asked()
        self.keys = 0

    def asked(self) -> int:
        """Return how many requests the papers have had."""
        return sum(paper.asked for paper in self._papers)

    @property
    def minute(self) -> float:
        """How many minutes have passed, or as many requests as a minute has, where nobody looks at the clock."""
        if self._fast:
            return (self.asked() - self._at_first) / self._pace
        return (time.monotonic() - self.began) / 60

    def look(self, seconds: float) -> None:
        """Take what is drawn, for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.terminal._read(left)  # noqa: SLF001 # a benchmark looks inside
        self.terminal._feed()  # noqa: SLF001
        self.terminal.received = b""

    def type(self, keys: str) -> None:
        """Type, and look at what comes of it."""
        self.terminal.write(keys)
        self.keys += len(keys)
        self.look(0.3 if keys == ESC else 0.06 if self._fast else 0.25)  # Esc and a letter at once are Alt and it
        if self.terminal.ended():
            raise RuntimeError(f"the reader has ended:\n{self.terminal.text()}")

    def wait_until_quiet(self) -> None:
        """Wait until no request has come for a while."""
        while time.monotonic() - max(paper.last for paper in self._papers) < 0.6:
            self.look(0.2)

    def one_round(self, number: int) -> None:
        """Refresh, and read."""
        self._refresh()
        for key in ROUNDS[number % len(ROUNDS)]:
            self.type(key)
        self.type(ESC)
        if number % len(ROUNDS) == len(ROUNDS) - 1:
            self._resize(number)
        while not self._fast and (self.asked() - self._at_first) / self._pace > self.minute:
            self.look(0.5)

    def _refresh(self) -> None:
        """Refresh all, from wherever one is."""
        before = self.asked()
        for _ in range(10):
            self.type("R")
            end = time.monotonic() + 3
            while self.asked() == before and time.monotonic() < end:
                self.look(0.1)
            if self.asked() > before:
                self.look(0.5)
                return self.wait_until_quiet()
            self.type(ESC)
        raise RuntimeError(f"nothing was refreshed:\n{self.terminal.text()}")

    def _resize(self, number: int) -> None:
        import fcntl
        import struct
        import termios

        columns = (80, 100, 160)[number // len(ROUNDS) % 3]
        screen = self.terminal.screen
        for size in ((24, columns), (screen.lines, screen.columns)):
            fcntl.ioctl(self.terminal.master, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
            self.look(0.4)


def measure(
    asked: argparse.Namespace,
    command: Sequence[str] = (),
    each: Callable[[int, Terminal], object] = lambda minute, terminal: None,
) -> dict[int, Memory]:
    """Read for so many minutes, and return the memory at the end of each. `command`: another way to start the reader;
    `each` is called at each minute."""
    found: dict[int, Memory] = {}
    with tempfile.TemporaryDirectory() as folder, papers(asked.sources) as served:
        library, settings = Path(folder) / "library.db", Path(folder) / "config.toml"
        with Library.open(library) as made:
            made.add_sources([NewSource(f"{paper.home}feed", f"The Lamp {paper.number}") for paper in served])
        settings.write_text("[refresh]\nat_start = false\n")
        home = {f"XDG_{name}_HOME": str(Path(folder) / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        program = [*(command or (sys.executable, "-m", "reader")), "--library", str(library), "--config", str(settings)]
        terminal = Terminal(program, columns=asked.columns, rows=asked.rows, environment=home)
        try:
            terminal.wait(lambda terminal: "The Lamp 0" in terminal.text())
            reading = Reading(terminal, served, asked.requests, fast=asked.fast)
            number = 0
            while max(found, default=0) < asked.minutes:
                reading.one_round(number)
                number += 1
                minute = int(reading.minute)
                if minute > max(found, default=0):
                    found[minute] = now = memory(terminal.pid)
                    print(
                        f"minute {minute:3}: own {now.own:6.1f} MB, RSS {now.rss:6.1f} MB, tree {now.tree:6.1f} MB; "
                        f"{reading.asked()} requests, {reading.keys} keys, {time.monotonic() - reading.began:.0f} s",
                        flush=True,
                    )
                    each(minute, terminal)
                if asked.screens and number % 5 == 0:
                    print(terminal.text(), flush=True)
            terminal.write("Q")
            terminal.end()
        finally:
            terminal.close()
    return found


def ratio(of: Sequence[tuple[int, float]]) -> float:
    """Return the last minutes' memory as a ratio of that of the minutes about the fifth (medians of three)."""
    early = [value for minute, value in of if abs(minute - FROM_MINUTE) <= 1]
    return statistics.median([value for _, value in of[-3:]]) / statistics.median(early)


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Return what is asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--requests", type=int, default=100, help="a minute")
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--sources", type=int, default=6)
    parser.add_argument("--columns", type=int, default=160)
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--screens", action="store_true", help="print the screen now and then")
    return parser.parse_args(given)


def main() -> int:
    """Measure, print, and say by the exit code whether it holds."""
    found = measure(arguments())
    own = ratio([(minute, at.own) for minute, at in found.items()])
    rss = ratio([(minute, at.rss) for minute, at in found.items()])
    tree = ratio([(minute, at.tree) for minute, at in found.items()])
    print(f"the end to minute {FROM_MINUTE}: own {own:.3f} (at most {RATIO}), RSS {rss:.3f}, tree {tree:.3f}")
    return 0 if own <= RATIO else 1


if __name__ == "__main__":
    sys.exit(main())

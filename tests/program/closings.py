"""The real program, ended in some way at some moment after its start; and what is left of it then.

A program under test is found by a mark in its environment, which all its children inherit: worker processes, and the
server that forks them. On Linux every process is looked at; elsewhere those of its group.
"""

import fcntl
import os
import pty
import select
import signal
import sqlite3
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing as closed
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal
from uuid import uuid4

from reader.store import Library
from tests import ROOT, add_source
from tests.fetch.scripted_server import Server
from tests.pseudo_terminal import ASKS_FOR_FRAMES, FRAME_END, GIVES_FRAMES
from tests.sample_paper import feed, page

MARK = "NEWSSTAND_UNDER_TEST"
GIVE_UP = 15.0
"""Seconds after which what is still there counts as left behind, and is killed."""

Way = Literal["terminal", "unsignalled", "stdin", "stdout", "SIGHUP", "SIGTERM", "SIGINT", "stalled"]
"""How a program is ended.

`terminal`: its terminal closes, and the kernel sends SIGHUP. `unsignalled`: so it does, and SIGHUP is ignored, as under
nohup. `stdin`, `stdout`: of two terminals, the one of its keys or the one of its screen closes. A name: that signal.
`stalled`: SIGTERM, and nobody has ever read what it wrote.
"""
WAYS: tuple[Way, ...] = ("terminal", "unsignalled", "stdin", "stdout", "SIGHUP", "SIGTERM", "SIGINT", "stalled")


@dataclass(frozen=True)
class Ended:
    """What was seen of one program: how it was ended and when, how long until no process of it was left (`gone`, None
    where one was there after GIVE_UP), its exit code, the processes and files that it left, and what it wrote."""

    way: str
    at: float
    gone: float | None
    code: int | None
    processes: tuple[str, ...]
    files: tuple[str, ...]
    wrote: bytes = field(repr=False, default=b"")

    def is_clean(self, within: float) -> bool:
        """Say whether nothing was left, within so many seconds."""
        return self.gone is not None and self.gone <= within and not self.processes and not self.files


@dataclass
class Program:
    """A program in terminals of its own: one, or where `two` holds one for its keys and one for its screen."""

    command: Sequence[str]
    environment: Mapping[str, str]
    two: bool = False
    ignores_hangup: bool = False
    reads: bool = True

    def __post_init__(self) -> None:
        self.mark = uuid4().hex
        self.wrote = b""
        keys, slave = pty.openpty()
        screen, shown = pty.openpty() if self.two else (keys, slave)
        self.keys, self.screen = keys, screen
        fcntl.ioctl(shown, termios.TIOCSWINSZ, b"\x28\x00\x78\x00\x00\x00\x00\x00")

        def become_session_leader() -> None:
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            if self.ignores_hangup:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)

        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            stdin=slave,
            stdout=shown,
            stderr=shown,
            env={**self.environment, MARK: self.mark, "TERM": "xterm-256color"},
            start_new_session=True,
            preexec_fn=become_session_leader,  # nothing that another thread may hold is asked for in it
        )
        for descriptor in {slave, shown}:
            os.close(descriptor)

    def read(self, seconds: float) -> bool:
        """Take what the program writes within so many seconds; False once its terminal has closed."""
        if not self.reads or self.screen < 0:
            time.sleep(seconds)
            return True
        if not select.select([self.screen], [], [], max(0.0, seconds))[0]:
            return True
        try:
            piece = os.read(self.screen, 1 << 20)
        except OSError:
            return False
        self.wrote += piece
        if ASKS_FOR_FRAMES in piece and self.keys >= 0:
            os.write(self.keys, GIVES_FRAMES)
        return bool(piece)

    def read_until(self, at: float) -> None:
        """Read until so many seconds after the start."""
        while (rest := self.started + at - time.monotonic()) > 0:
            if not self.read(min(rest, 0.05)):
                time.sleep(min(rest, 0.05))

    def wait_for(self, seen: bytes, seconds: float = 60) -> float:
        """Read until it has written this; return how long after the start that was."""
        end = time.monotonic() + seconds
        while seen not in self.wrote:
            assert time.monotonic() < end, f"not seen: {seen!r} in {self.wrote[-2000:]!r}"
            assert self.read(0.05), f"it has ended: {self.wrote[-2000:]!r}"
        return time.monotonic() - self.started

    def close(self, *which: Literal["keys", "screen"]) -> None:
        """Close the side of a terminal that a person looks at."""
        for descriptor in {getattr(self, name) for name in which}:
            if descriptor >= 0:
                os.close(descriptor)
            for name in ("keys", "screen"):
                if getattr(self, name) == descriptor:
                    setattr(self, name, -1)

    def end(self, way: Way) -> None:
        """End it in this way."""
        if way in ("terminal", "unsignalled"):
            self.close("keys", "screen")
        elif way == "stdin":
            self.close("keys")
        elif way == "stdout":
            self.close("screen")
        else:
            number = signal.SIGTERM if way == "stalled" else signal.Signals[way]
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, number)

    def until_gone(self, give_up: float = GIVE_UP) -> tuple[float | None, tuple[str, ...]]:
        """Wait until no process of it is left, and return how long that took and, where it took too long, which there
        were. Those are killed."""
        began = time.monotonic()
        while time.monotonic() - began < give_up:
            if self.screen >= 0 and self.reads:
                self.read(0.01)
            else:
                time.sleep(0.01)
            if self.process.poll() is not None and not self._group_is_there() and not marked(self.mark):
                return time.monotonic() - began, ()
        left = marked(self.mark) or {self.process.pid: "the program"}
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        return None, tuple(left.values())

    def _group_is_there(self) -> bool:
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:  # macOS says so of a group of zombies
            return False
        return not Path("/proc/self/environ").exists() or bool(marked(self.mark))  # zombies are gone, too


def marked(mark: str) -> dict[int, str]:
    """Return the processes with this mark in their environment, and what each runs. Nothing where there is no /proc."""
    found: dict[int, str] = {}
    wanted = f"{MARK}={mark}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if wanted in (folder / "environ").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:300]
    return found


@dataclass
class Home:
    """A folder with a library of some papers that are due, and an environment that keeps all files in it."""

    folder: Path
    sources: int = 8

    def __post_init__(self) -> None:
        self.library = self.folder / "data/newsstand/library.db"
        # Its name is short: the fork server of the workers then puts its socket here, and not beside the system's own.
        self.temporary = Path(tempfile.mkdtemp(prefix="nt-", dir="/tmp"))
        self.environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")} | {
            "HOME": str(self.folder),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
        }

        self.program: tuple[str, ...] = (sys.executable, "-m", "reader")

    def fill(self, server: Server) -> None:
        """Subscribe to papers whose feeds and stories the server has: all due."""
        with Library.open(self.library) as library:
            for number in range(self.sources):
                items = [(f"Story {number}.{n}", server.url(f"/{number}/{n}")) for n in range(6)]
                for title, address in items:
                    server.says(address.removeprefix(server.url("")), page(title, count=12))
                add_source(library, server.says(f"/feed{number}", feed(*items)), f"Paper {number}")

    def make_due(self) -> None:
        """Let all be due again, unread, and no story kept: as it was at first."""
        with closed(sqlite3.connect(self.library)) as con, con:
            con.execute("UPDATE sources SET due_at = 0, etag = NULL, body_hash = NULL")
            con.execute("DELETE FROM articles")

    def left(self) -> tuple[str, ...]:
        """Return the files that should not be there once nothing runs any more."""
        temporary = [file.name for file in self.temporary.iterdir()]
        ours = (self.library, self.library.with_name(f"{self.library.name}.backups"))
        beside = [file.name for file in self.library.parent.iterdir() if file not in ours]
        return tuple(sorted(temporary + beside))

    def sweep(self) -> None:
        """Remove what a program left, so that the next is judged by itself."""
        subprocess.run(["rm", "-rf", *self.temporary.iterdir()], check=True)

    def remove(self) -> None:
        """Remove the folder for temporary files."""
        subprocess.run(["rm", "-rf", self.temporary], check=True)

    def start(self, *arguments: str, way: Way = "SIGTERM") -> Program:
        """Start the program, in such terminals as this way to end it needs."""
        return Program(
            [*self.program, *arguments],
            self.environment,
            two=way in ("stdin", "stdout"),
            ignores_hangup=way == "unsignalled",
            reads=way != "stalled",
        )

    def seconds_to_first_frame(self, *arguments: str) -> float:
        """Start the program, and return the seconds until its first frame is drawn: what this machine needs now."""
        program = self.start(*arguments)
        seconds = program.wait_for(FRAME_END)
        program.end("SIGTERM")
        program.until_gone()
        program.close("keys", "screen")
        return seconds

    def end_at(self, way: Way, at: float, *arguments: str, before: Callable[[Program], None] = lambda _: None) -> Ended:
        """Start the program, end it in this way so many seconds later, and return what was seen."""
        program = self.start(*arguments, way=way)
        program.read_until(at)
        before(program)
        program.end(way)
        gone, left = program.until_gone()
        program.close("keys", "screen")
        files = self.left()
        self.sweep()
        return Ended(way, round(at, 3), gone, program.process.returncode, left, files, program.wrote)

    def seconds_to_help(self) -> float:
        """Return the seconds that the program needs for its help: for its start alone, on this machine now."""
        began = time.monotonic()
        subprocess.run([*self.program, "--help"], env=self.environment, stdout=subprocess.DEVNULL, check=True)
        return time.monotonic() - began

    def end_command(self, how: str, at: float, *arguments: str) -> Ended:
        """Run a command with its output in a pipe, and end it so many seconds later: by closing the pipe (`pipe`), by a
        signal, or by the same signal twice. Return what was seen."""
        mark = uuid4().hex
        process = subprocess.Popen(
            [*self.program, *arguments],
            env={**self.environment, MARK: mark},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        out, err = process.stdout, process.stderr
        assert out is not None
        assert err is not None
        time.sleep(at)  # that moment, whatever the program is at
        name, _, twice = how.partition(" ")
        if how == "pipe":
            out.close()
        else:
            for _ in range(2 if twice else 1):
                process.send_signal(signal.Signals[name])
                time.sleep(0.05)
        began, wrote = time.monotonic(), b""
        while time.monotonic() - began < GIVE_UP and (process.poll() is None or marked(mark)):
            wrote += _read_now(err)
            if not out.closed:
                _read_now(out)
        gone = time.monotonic() - began
        left = marked(mark)
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()
        wrote += _read_now(err)
        out.close()
        err.close()
        files = self.left()
        self.sweep()
        return Ended(how, round(at, 3), None if left else gone, process.returncode, tuple(left.values()), files, wrote)


def _read_now(pipe: IO[bytes]) -> bytes:
    """Return what there is to read within a moment."""
    return os.read(pipe.fileno(), 1 << 16) if select.select([pipe], [], [], 0.01)[0] else b""


def assert_library_is_whole(path: Path) -> None:
    """Assert that SQLite finds no fault in a library, nor anything that refers to what is not there."""
    with closed(sqlite3.connect(path)) as con:
        assert con.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert con.execute("PRAGMA foreign_key_check").fetchall() == []

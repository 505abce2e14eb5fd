"""A program in a pseudo-terminal, driven by keys and timed to the last byte of a frame. For benchmarks and tests."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence

import pyte

QUIET = 0.08
"""Seconds without a byte after which output is over."""

ASKS_FOR_FRAMES, GIVES_FRAMES = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""Does the terminal know synchronized output (mode 2026)? It does: whole frames end in FRAME_END then."""

FRAME_END = b"\x1b[?2026l"


class Terminal:
    """A child in a pseudo-terminal of `columns` x `rows`, and the screen that its output makes."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.received = b""
        self._pending: list[bytes] = []
        self.status: int | None = None
        self.started = time.perf_counter()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            # readline, where pytest has loaded it, puts COLUMNS and LINES into the environment behind os.environ.
            own = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
            own |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | dict(environment or {})
            os.execvpe(command[0], list(command), own)  # noqa: S606 # that is what it is for
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def text(self) -> str:
        """Return the screen as lines of text."""
        return "\n".join(self.screen.display)

    def write(self, keys: str | bytes) -> float:
        """Type, and return when."""
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)
        return time.perf_counter()

    def _read(self, seconds: float) -> bool:
        """Take what comes within so many seconds; False when nothing came, or the child has ended."""
        if not select.select([self.master], [], [], max(0.0, seconds))[0]:
            return False
        try:
            piece = os.read(self.master, 1 << 20)
        except OSError:
            piece = b""
        if ASKS_FOR_FRAMES in piece:
            os.write(self.master, GIVES_FRAMES)
        self.received += piece
        self._pending.append(piece)
        return bool(piece)

    def wait(self, seen: Callable[["Terminal"], bool], *, seconds: float = 20.0, whole: bool = True) -> float:
        """Read until `seen` holds; return when its last byte came. Raises TimeoutError with the screen.

        Looks at whole frames, and at what stands when nothing comes: half of a frame is a screen that nobody drew. With
        `whole` False it looks at every piece that comes.
        """
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if self._read(0.05):
                at = time.perf_counter()
                self._feed()
                if (not whole or self.received.endswith(FRAME_END)) and seen(self):
                    return at
            elif seen(self):
                return time.perf_counter()
            elif self.ended():
                if seen(self):  # it may have ended between the two questions
                    return time.perf_counter()
                break
        raise TimeoutError(f"not seen within {seconds} s:\n{self.text()}")

    def rest(self) -> None:
        """Read until nothing more comes for a while."""
        while self._read(4 * QUIET):
            pass
        self._feed()

    def effect(self, seen: Callable[["Terminal"], bool], *, seconds: float = 5.0) -> float:
        """Read whole frames until one shows what is looked for; return when its last byte came."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if self._read(0.5) and self._pending[-1].endswith(FRAME_END):
                at = time.perf_counter()
                self._feed()
                if seen(self):
                    return at
        self._feed()
        raise TimeoutError(f"no effect within {seconds} s:\n{self.text()}")

    def _feed(self) -> None:
        for piece in self._pending:
            self._stream.feed(piece)
        self._pending = []

    def ended(self) -> bool:
        """Say whether the child has ended; `status` is its exit code then."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def end(self, *, seconds: float = 10.0) -> int:
        """Read until the child ends of itself, and return its exit code; it is killed after so many seconds."""
        end = time.perf_counter() + seconds
        while not self.ended() and time.perf_counter() < end:
            self._read(0.05)
        while self.ended() and self._read(0):  # what it wrote just before its end
            pass
        self._feed()
        self.close()
        return self.status if self.status is not None else -1

    def close(self) -> None:
        """Kill the child if it still runs, and close the terminal."""
        if not self.ended():
            os.kill(self.pid, signal.SIGKILL)
            _, status = os.waitpid(self.pid, 0)
            self.status = os.waitstatus_to_exitcode(status)
        if self.master >= 0:
            os.close(self.master)
            self.master = -1

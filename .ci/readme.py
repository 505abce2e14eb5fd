"""Run README's first or second command, as a newcomer would: the first one in a pseudo-terminal, until its screen is
there, then `Q`. Standard library only: it runs before anything is installed."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

SECONDS = 420  # to set all up and paint the first screen
SCREEN = (b"N E W S S T A N D", b"NEWSSTAND", b"All unread")


def commands() -> list[str]:
    """Return the one-line commands of README's first two `sh` blocks."""
    blocks = re.findall(r"^```sh\n(.+?)\n```$", Path("README.md").read_text(encoding="utf-8"), re.M | re.S)
    for block in blocks[:2]:
        if "\n" in block:
            sys.exit(f"README: this command is not one line:\n{block}")
    return blocks[:2]


def in_terminal(command: str) -> int:
    """Run `command` in a pseudo-terminal until its screen is there and headlines are on it; then quit it by key."""
    child, master = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execvp("sh", ["sh", "-c", command])
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen, quitting, end = b"", False, time.monotonic() + SECONDS
    while time.monotonic() < end:
        if select.select([master], [], [], 1)[0]:
            try:
                piece = os.read(master, 65536)
            except OSError:
                piece = b""
            if not piece:
                break
            seen += piece
        if not quitting and any(mark in seen for mark in SCREEN) and "●".encode() in seen:
            print("its screen is there")
            os.write(master, b"Q")
            quitting = True
    else:
        os.kill(child, 9)
    _, status = os.waitpid(child, 0)
    if not quitting or status != 0:
        sys.stdout.write(seen[-3000:].decode("utf-8", "replace"))
        print(f"\nscreen seen: {quitting}; exit status: {os.waitstatus_to_exitcode(status)}")
        return 1
    return 0


def main() -> int:
    """Run the one that is asked for; return its exit code."""
    first, second = commands()
    if sys.argv[1] == "first":
        print(first, flush=True)
        return in_terminal(first)
    print(second, flush=True)
    return subprocess.run(["sh", "-c", second], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

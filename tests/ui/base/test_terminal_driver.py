"""What is written to a terminal that has closed, or that nobody reads, keeps nobody waiting."""

import os
import pty
import threading
from typing import TextIO

import pytest

from reader import shutdown
from reader.ui.base.terminal_driver import TerminalFile


def opened(encoding: str = "utf-8") -> tuple[int, TextIO]:
    """Return the other side of a terminal, and the file that is the terminal."""
    master, slave = pty.openpty()
    return master, os.fdopen(slave, "w", encoding=encoding)


def test_what_is_written_arrives_as_it_was_written() -> None:
    master, slave = opened()
    file = TerminalFile(slave)
    assert file.write("Việt ") == 5
    file.write("Nam")
    file.flush()
    assert os.read(master, 100).decode() == "Việt Nam"
    assert os.get_blocking(slave.fileno())  # the shell's, too
    slave.close()
    os.close(master)


def test_letters_that_a_terminal_lacks_cost_nothing_else() -> None:
    master, slave = opened("ascii")
    file = TerminalFile(slave)
    file.write("Việt")
    file.flush()
    assert os.read(master, 100) == b"Vi?t"
    slave.close()
    os.close(master)


def test_a_terminal_that_has_closed_drops_what_comes() -> None:
    master, slave = opened()
    file = TerminalFile(slave)
    os.close(master)
    for _ in range(100):
        file.write("x" * 5000)
    file.flush()
    assert file.gone
    file.leave()
    slave.close()


def test_a_terminal_that_nobody_reads_is_waited_for_until_the_end_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    master, slave = opened()
    file = TerminalFile(slave)
    thread = threading.Thread(target=file.write, args=("x" * 500_000,), daemon=True)
    thread.start()
    thread.join(0.3)
    assert thread.is_alive()
    monkeypatch.setattr(shutdown, "has_begun", lambda: True)
    thread.join(10)
    assert not thread.is_alive()
    assert file.gone
    os.close(master)
    slave.close()


def test_what_leaves_puts_the_terminal_back_as_it_was() -> None:
    master, slave = opened()
    file = TerminalFile(slave)
    file.leave()
    told = os.read(master, 1000)
    for mode in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l", b"\x1b[<u"):
        assert mode in told
    slave.close()
    os.close(master)

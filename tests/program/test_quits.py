"""`Q` ends the reader at once, whatever it is at: under load, with a dead network or resolver, on a full disk.

One second is the limit, or as much longer as this machine needs now for a first frame.
"""

import os
import re
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.fetch.scripted_server import Call, Server
from tests.program.closings import Home, Program, assert_library_is_whole, marked
from tests.program.test_unwritable_library import TINY, mounted
from tests.pseudo_terminal import FRAME_END

SECONDS = 1.0
USUAL_START = 0.6
"""Seconds to the first frame on a machine with nothing else to do."""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path)
    yield home
    home.remove()


def started(home: Home) -> tuple[Program, float]:
    """Start the reader; return it, and the seconds that it may take to end."""
    program = home.start()
    return program, SECONDS * max(1.0, program.wait_for(FRAME_END) / USUAL_START)


def assert_quits(home: Home, program: Program, within: float, keys: bytes = b"Q") -> None:
    """Type, and assert that the reader is gone in time, in order, and that nothing is left."""
    os.write(program.keys, keys)
    gone, left = program.until_gone()
    program.close("keys", "screen")
    assert gone is not None, left
    assert gone <= within
    assert (program.process.returncode, home.left()) == (0, ())
    assert b"\x1b[?1049l" in program.wrote  # back from the alternate screen
    assert b"Traceback" not in program.wrote
    assert_library_is_whole(home.library)


def until(seen: Callable[[], bool], program: Program, seconds: float = 60.0) -> None:
    """Go on reading what the program writes until something is so."""
    end = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < end
        program.read(0.05)


def test_while_a_hundred_sources_are_refreshed_and_workers_extract(home: Home, server: Server) -> None:
    home.sources = 100
    home.fill(server)
    program, within = started(home)
    until(lambda: len(marked(program.mark)) >= 4 and any("/" in path[2:] for path in server.paths()), program)
    assert_quits(home, program, within)


def test_while_no_server_answers(home: Home, server: Server) -> None:
    home.fill(server)
    for path in [path for path in server.scripts if path.startswith("/feed")]:
        server.says(path, Call.gone)
    program, within = started(home)
    until(lambda: bool(server.asked), program)
    assert_quits(home, program, within)


HANGING_RESOLVER = """
import pathlib, socket, time

def getaddrinfo(*given, **more):
    pathlib.Path({told!r}).touch()
    time.sleep(60)

socket.getaddrinfo = getaddrinfo
"""


def test_while_no_name_is_resolved(home: Home, server: Server) -> None:
    home.fill(server)
    with closing(sqlite3.connect(home.library)) as con, con:
        con.execute("UPDATE sources SET url = 'http://paper' || id || '.example/rss'")
    patch, told = home.folder / "patch", home.folder / "told"
    patch.mkdir()
    (patch / "sitecustomize.py").write_text(HANGING_RESOLVER.format(told=str(told)), encoding="utf-8")
    home.environment["PYTHONPATH"] = os.pathsep.join([str(patch), home.environment["PYTHONPATH"]])
    program, within = started(home)
    until(told.exists, program)
    assert_quits(home, program, within)


def test_on_a_full_disk_and_what_is_not_saved_is_told(home: Home, server: Server) -> None:
    """Marks of before are there; the one that the disk has no room for is told once the reader is left."""
    home.fill(server)
    around = mounted(TINY, home.library.parent)
    original = home.folder / "original.db"
    shutil.copy(home.library, original)
    script = f'mount -t tmpfs -o size=1500k none "$0" && cp "{original}" "$0/library.db" && exec "$@"'
    home.program = (*around[:4], script, *around[5:], sys.executable, "-m", "reader")
    program = home.start()
    within = SECONDS * max(1.0, program.wait_for(FRAME_END) / USUAL_START)
    program.wait_for(b"Story")
    os.write(program.keys, b"j*")
    program.wait_for("★".encode())
    inside = Path(f"/proc/{program.process.pid}/root{home.library.parent}")
    with (inside / "fill").open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    os.write(program.keys, b"j*Q")
    gone, left = program.until_gone()
    program.close("keys", "screen")
    assert gone is not None, left
    assert gone <= within
    assert program.process.returncode == 1
    assert re.search(rb"(was|were) not saved\. The disk is full", program.wrote.replace(b"\r\n", b" "))

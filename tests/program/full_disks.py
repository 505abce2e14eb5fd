"""A library on a disk that is full but for some bytes; for the suite and `tests/long`."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests import ROOT
from tests.program.kills import CHILDREN, assert_is_there, assert_is_whole
from tests.program.test_unwritable_library import mounted

DISK = 'mount -t tmpfs -o size=6m none "$0" && exec "$@"'


def fill(what: str, folder: Path, seed: int) -> tuple[int, int]:
    """Do thirty things on a disk with little room; check what is left, and return how many were done, and how many
    found no room. Skips where no disk can be mounted."""
    disk = folder / "disk"
    disk.mkdir()
    path = disk / "library.db"
    command = [*mounted(DISK, disk), sys.executable, "-m", CHILDREN, "full", what, str(path), str(seed)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr
    *acknowledged, end = map(json.loads, done.stdout.splitlines())
    assert end["beside"] == ["library.db"]
    result = folder / "result.db"
    result.write_bytes(bytes.fromhex(end["library"]))
    con = sqlite3.connect(result)
    assert_is_whole(con)
    assert_is_there(con, acknowledged)
    con.close()
    return len(acknowledged), end["full"]

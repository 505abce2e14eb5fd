"""Backup, restore and upgrade in a process that is killed, or on a full disk; for the suite and `tests/long`."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

from reader.models import Entry, NewSource
from reader.store import FeedChanges, Library, migrations
from tests import ROOT, present
from tests.program.test_unwritable_library import mounted
from tests.store.migrations.old_libraries import content, old_library

LOOPS = """
    import sys, time
    from pathlib import Path
    from reader.store import backups
    what, library, target, *from_these = [sys.argv[1], *map(Path, sys.argv[2:])]
    print("begun", flush=True)
    while True:
        for file in from_these:
            if what == "backup":
                backups.make(library, now=time.time())
                backups.make(library, target, now=time.time(), force=True)
            else:
                backups.restore(file, library, now=time.time())
"""
"""Makes backups, or restores one of two files after the other, until it is killed."""


def make_library(path: Path, name: str, entries: int = 300) -> Path:
    """A library of about a megabyte, with one paper of that name."""
    with Library.open(path) as library:
        (source,) = library.add_sources([NewSource(f"https://{name}.example/rss", name)])
        summary = f"What {name} saw from the quay. " * 30
        new = tuple(
            Entry(guid=f"{name}{n}", link=f"https://{name}.example/{n}", title=f"{name} {n}", summary=summary)
            for n in range(entries)
        )
        library.keep_feed(source.id, FeedChanges(new=new), now=1)
        library.star([1])
    return path


def killed(what: str, library: Path, target: Path, files: tuple[Path, ...], after: float) -> None:
    """Let a process make backups, or restore, and kill it after so many seconds."""
    command = [sys.executable, "-c", textwrap.dedent(LOOPS), what, *map(str, (library, target, *files))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}) as it:
        assert present(it.stdout).readline() == b"begun\n"
        time.sleep(after)  # a moment, not an act: anywhere within a copy
        it.send_signal(signal.SIGKILL)
        assert it.wait() == -signal.SIGKILL


def whole(path: Path) -> str:
    """Return the name of the one paper in a library, which must be whole."""
    con = sqlite3.connect(path)
    try:
        assert con.execute("PRAGMA integrity_check").fetchall() == [("ok",)], path
        assert con.execute("PRAGMA foreign_key_check").fetchall() == []
        assert con.execute("SELECT count(*) FROM statuses WHERE starred_at IS NOT NULL").fetchone() == (1,)
        ((name, entries),) = con.execute("SELECT title, (SELECT count(*) FROM entries) FROM sources").fetchall()
        assert entries == 300
        assert con.execute("SELECT count(*) FROM entries WHERE title NOT LIKE ? || ' %'", (name,)).fetchone() == (0,)
        return str(name)
    finally:
        con.close()


def kill_backups(folder: Path, kills: int, seed: int) -> None:
    """Whatever has the name of a backup is a whole library, at whatever moment the process is killed."""
    chance = random.Random(seed)
    library, target = make_library(folder / "library.db", "Heron"), folder / "by-hand.db"
    for _ in range(kills):
        killed("backup", library, target, (library,), chance.random() * 0.4)
        assert whole(library) == "Heron"
        for file in [*folder.glob("library.db.backups/*.db"), *folder.glob("by-hand.db")]:
            assert whole(file) == "Heron"
            if file != target:
                file.unlink()


def kill_restores(folder: Path, kills: int, seed: int) -> set[str]:
    """The library is the one or the other, whole; return which it was. What was kept of it is whole too."""
    chance = random.Random(seed)
    files = tuple(make_library(folder / f"{name}.db", name) for name in ("Heron", "Curlew"))
    library = make_library(folder / "library.db", "Heron")
    seen = set()
    for _ in range(kills):
        killed("restore", library, library, files, chance.random() * 0.6)
        seen.add(whole(library))
        with Library.open(library) as opened:  # a journal that was left is played back by whoever comes next
            assert len(opened.entries()) == 300
        for file in folder.glob("library.db.backups/*.db"):
            whole(file)
            file.unlink()
    return seen


FULL = """
    import sys
    from pathlib import Path
    from reader.errors import DiskFull, LibraryError
    from reader.store import Library, backups
    what, folder, room = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    library = folder / "library.db"
    with (folder / "fill").open("wb", buffering=0) as fill:
        try:
            while fill.write(bytes(4096)):
                pass
        except OSError:
            pass
        fill.truncate(max(0, fill.tell() - room))
    try:
        if what == "backup":
            backups.make(library, now=1_700_000_000)
        elif what == "restore":
            backups.restore(folder / "file.db", library, now=1_700_000_000)
        else:
            Library.open(library).close()
        print("done")
    except LibraryError as error:
        print(type(error).__name__, error)
    (folder / "fill").unlink()
    found = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size]
    print(*sorted(str(path.relative_to(folder)) for path in found))
    for file in (library, library.with_name("library.db-wal")):
        print(file.read_bytes().hex() if file.exists() else "")
"""
"""Does one of the three with so many bytes left on the disk; says how it ended, what lies there that is not empty,
the library, and its write-ahead log."""


def on_a_full_disk(what: str, folder: Path, room: int) -> str:
    """Back up, restore or upgrade on a disk with so much room; check what is left of it, and return how it ended."""
    made = folder / "made"
    made.mkdir()
    if what == "upgrade":
        before = content(old_library(made / "library.db", 1))
    else:
        make_library(made / "library.db", "Heron")
        make_library(made / "file.db", "Curlew")
    disk = folder / "disk"
    disk.mkdir()
    around = mounted(f"""mount -t tmpfs -o size=4m none "$0" && cp {made}/*.db "$0" && exec "$@" """, disk)
    command = [*around, sys.executable, "-c", textwrap.dedent(FULL), what, str(disk), str(room)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr
    said, files, data, log = done.stdout.splitlines()
    assert ".part" not in files
    result = folder / "result.db"
    result.write_bytes(bytes.fromhex(data))
    if what == "upgrade" and said == "done":
        # It may be in the log as yet, which stays where the file has no room to grow: SQLite reads both as one.
        result.with_name("result.db-wal").write_bytes(bytes.fromhex(log))
    else:
        assert log == ""
    if said.startswith("DiskFull") and "before-upgrade" in files:  # it was begun, and is taken back
        assert "-shm" not in files
    if what == "upgrade":
        assert content(result) == before or said == "done"
        con = sqlite3.connect(result)
        assert con.execute("PRAGMA user_version").fetchone() == (migrations.VERSION if said == "done" else 1,)
        assert con.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        con.close()
    else:
        assert whole(result) == ("Curlew" if what == "restore" and said == "done" else "Heron")
    if said != "done":
        assert "disk is full" in said, said
    return said

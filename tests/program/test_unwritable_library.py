"""A library that can be read but not written, whatever lies beside it and whoever asks; and no space on the disk.

Modes do not hold root: as root these tests mount folders anew, or become another user, in a process of their own.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.store import Library
from tests import ROOT

HEAD = """
import json, os, subprocess, sys
from pathlib import Path
from reader.errors import LibraryError
from reader.models import Entry, NewSource
from reader.store import FeedChanges, Library, View
from reader.store import headline_lists

path = Path(sys.argv[1])

def tell(**facts):
    print(json.dumps(facts), flush=True)

def newsstand(*arguments):
    command = [sys.executable, "-m", "reader", "--library", str(path), *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    tell(code=done.returncode, out=done.stdout, err=done.stderr)

def fill():
    with (path.parent / "fill").open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass
"""
LOOK = """
try:
    with Library.open(path) as library:
        library.remember("measure", "70")
        library.set_reading_position(1, 5)
        facts = {"read_only": library.read_only, "sources": [source.title for source in library.sources()]}
        facts["unread"] = len(library.listing(View("unread")))
        library.data_version()
        try:
            library.star([1])
        except LibraryError as error:
            facts["sentence"] = str(error)
    tell(**facts)
except LibraryError as error:
    tell(refused=str(error))
"""
FREEZE = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
TINY = 'mount -t tmpfs -o size=1500k none "$0" && exec "$@"'
NOBODY = 65534


def python(script: str, path: Path, *around: str) -> list[dict[str, object]]:
    """Run a script on the library in a process of its own; return what it told."""
    program = [*around, sys.executable, "-c", HEAD + textwrap.dedent(script), str(path)]
    home = {"HOME": str(path.parent), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(program, capture_output=True, text=True, cwd=ROOT, env=os.environ | home, timeout=60)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def mounted(how: str, folder: Path) -> list[str]:
    """Return what runs a command while the folder is mounted so, or skip."""
    around = [shutil.which("unshare") or "", "-m", "sh", "-c", how, str(folder)]
    if os.geteuid() != 0 or not around[0] or subprocess.run([*around, "true"], capture_output=True).returncode:
        pytest.skip("needs root and a mount that is allowed")
    return around


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that anyone can reach: pytest's own are for the user who runs it."""
    folder = Path(tempfile.mkdtemp(prefix="newsstand-test-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def library(reachable: Path) -> Path:
    """A library with one paper, one headline, and nothing beside it."""
    make = f"""
        with Library.open(path) as library:
            (source,) = library.add_sources([NewSource("https://gull.example/rss", "The Gull")])
            entry = Entry(guid="ferry", link="https://gull.example/ferry", title="ferry")
            library.keep_feed(source.id, FeedChanges(new=(entry,), due_at={int(time.time()) + 86400}), now=1)
    """
    python(make, reachable / "library.db")
    return reachable / "library.db"


DIES = """
    library = Library.open(path)
    library.rename_source(1, "The Gull, renamed")
    os._exit(0)
"""
"""One that ends without closing: what it wrote is in the WAL alone."""

READS = {"read_only": True, "sources": ["The Gull"], "unread": 1}


READS_THEN_WRITES = """
    import asyncio

    async def remove(library):
        await library.writing(lambda: library.remove_source(library.sources()[0].id))

    with Library.open(path) as library:
        try:
            asyncio.run(remove(library))
        except LibraryError as error:
            tell(sentence=str(error))
"""


@pytest.mark.parametrize("beside", [True, False])
def test_an_act_that_reads_before_it_writes_says_that_nothing_can_be_written(library: Path, beside: bool) -> None:
    around = mounted(FREEZE, library.parent)
    if beside:
        python(DIES, library)
    (seen,) = python(READS_THEN_WRITES, library, *around)
    assert "nothing is marked, kept or added" in str(seen["sentence"])


def test_on_a_read_only_disk_what_only_the_wal_has_is_read_too(library: Path) -> None:
    around = mounted(FREEZE, library.parent)
    python(DIES, library)
    assert {file.name for file in library.parent.iterdir()} == {"library.db", "library.db-shm", "library.db-wal"}
    (seen,) = python(LOOK, library, *around)
    sentence = seen.pop("sentence")
    assert seen == READS | {"sources": ["The Gull, renamed"]}
    assert "cannot be written" in str(sentence)
    assert str(library) in str(sentence)


def test_what_only_the_wal_has_is_never_left_out_in_silence(library: Path) -> None:
    around = mounted(FREEZE, library.parent)
    python(DIES, library)
    library.with_name("library.db-shm").unlink()
    before = {file.name: file.read_bytes() for file in library.parent.iterdir()}
    (seen,) = python(LOOK, library, *around)
    assert "library.db-wal" in str(seen["refused"])
    doctor = """
        import subprocess
        done = subprocess.run([sys.executable, "-m", "reader", "--library", str(path), "doctor"],
            capture_output=True, text=True)
        tell(code=done.returncode, out=done.stdout, err=done.stderr)
    """
    (checked,) = python(doctor, library, *around)
    assert (checked["code"], checked["out"]) == (1, "")
    assert "library.db-wal" in str(checked["err"])
    assert {file.name: file.read_bytes() for file in library.parent.iterdir()} == before
    (seen,) = python(LOOK, library)
    assert seen["sources"] == ["The Gull, renamed"]


def test_a_newer_library_on_a_read_only_disk_is_refused_by_name_and_an_older_one_says_why(library: Path) -> None:
    around = mounted(FREEZE, library.parent)
    version = "import sqlite3; con = sqlite3.connect(path); con.execute('PRAGMA user_version = {}'); con.close()"
    for number, words in ((99, "newer Newsstand"), (1, "older Newsstand (version 1) and cannot be written")):
        python(version.format(number), library)
        before = library.read_bytes()
        (seen,) = python(LOOK, library, *around)
        assert words in str(seen["refused"])
        assert str(library) in str(seen["refused"])
        assert library.read_bytes() == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("is_open", [False, True], ids=["closed", "open"])
@pytest.mark.parametrize(
    ("file", "folder", "read_only"),
    [(0o644, 0o755, True), (0o644, 0o777, True), (0o666, 0o755, None), (0o666, 0o777, False)],
    ids=["nothing", "folder", "file", "both"],
)
def test_another_users_library_is_read_and_where_it_cannot_be_written_it_says_so(
    library: Path, file: int, folder: int, read_only: bool | None, is_open: bool
) -> None:
    """`read_only` None: with the files beside it that an open reader has made, it can be written."""
    look = f"""
owner = Library.open(path) if {is_open} else None
for one in path.parent.iterdir():
    one.chmod({file})
path.parent.chmod({folder})
if os.fork() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
    try:
{textwrap.indent(LOOK, "        ")}
    finally:
        sys.stdout.flush()
        os._exit(0)
os.wait()
path.parent.chmod(0o755)
tell(marked=(owner or Library.open(path)).mark_read([1]).pages)
"""
    seen, after = python(look, library)
    locked = not is_open if read_only is None else read_only
    assert ("cannot be written" in str(seen.pop("sentence", ""))) is locked
    assert seen == READS | {"read_only": locked}
    assert after == {"marked": 1}  # by its owner, as ever


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_another_users_private_library_is_refused_by_name(library: Path) -> None:
    become = f"os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})\n"
    (seen,) = python(become + LOOK, library)
    assert str(library) in str(seen["refused"])
    assert "opened" in str(seen["refused"])


def test_where_the_disk_is_full_it_is_said_and_all_that_was_marked_is_there_afterwards(reachable: Path) -> None:
    around = mounted(TINY, reachable)
    story = """
        entries = tuple(Entry(guid=str(n), link=f"https://gull.example/{n}", title=f"Story {n}") for n in range(2))
        many = tuple(Entry(guid=f"x{n}", link=f"https://gull.example/x{n}", title="x" * 3000) for n in range(400))
        library = Library.open(path)
        source = library.add_sources([NewSource("https://gull.example/rss", "The Gull")])[0].id
        library.keep_feed(source, FeedChanges(new=entries), now=1)
        library.star([1])
        fill()
        try:
            library.keep_feed(source, FeedChanges(new=many), now=2)
        except LibraryError as error:
            tell(kind=type(error).__name__, sentence=str(error))
        tell(unread=len(library.listing(View("unread"))), starred=len(library.listing(View("starred"))))
        (path.parent / "fill").unlink()
        library.close()
        tell(beside=[file.name for file in path.parent.iterdir()])
        fill()  # now there is no room even for the files beside it
        newsstand("mark", "2", "--as", "star")
        newsstand("list")
        (path.parent / "fill").unlink()
        newsstand("mark", "2", "--as", "star")
        newsstand("list", "--starred")
    """
    failed, reading, closed, mark, listed, marked, starred = python(story, reachable / "library.db", *around)
    assert failed["kind"] == "DiskFull"
    assert "disk is full" in str(failed["sentence"])
    assert reading == {"unread": 2, "starred": 1}
    assert closed == {"beside": ["library.db"]}
    assert (mark["code"], mark["out"]) == (1, "")
    assert "disk is full" in str(mark["err"])
    assert "Traceback" not in str(mark["err"])
    assert (listed["code"], listed["err"]) == (0, "")
    assert str(listed["out"]).count("Story") == 2
    assert marked["code"] == 0
    assert str(starred["out"]).count("★") == 2


def test_on_a_full_disk_all_is_read_also_what_only_the_wal_has(reachable: Path, tmp_path: Path) -> None:
    """Killed on a disk that is full by now: what it wrote is in the WAL alone, and there is no room for shared memory.
    It can be read, checked and copied elsewhere, and nothing of it changes."""
    around = mounted(TINY, reachable)
    story = f"""
        import hashlib
        def files():
            return {{one.name: hashlib.md5(one.read_bytes()).hexdigest() for one in path.parent.glob("library.db*")}}
        if os.fork() == 0:
            library = Library.open(path)
            library.add_sources([NewSource("https://gull.example/rss", "The Gull")])
            os._exit(0)
        os.wait()
        (path.parent / "library.db-shm").unlink()
        fill()
        before = files()
        newsstand("sources")
        newsstand("doctor")
        newsstand("backup", {str(tmp_path / "saved.db")!r})
        newsstand("rename", "1", "The Tern")
        tell(same={{name: now == before.get(name) for name, now in files().items() if not name.endswith("-shm")}})
    """
    sources, checked, copied, renamed, files = python(story, reachable / "library.db", *around)
    assert "The Gull" in str(sources["out"])
    assert (sources["code"], sources["err"]) == (0, "")
    assert "is well" in str(checked["out"])
    assert copied["code"] == 0, copied["err"]
    assert renamed["code"] == 1
    assert "disk is full" in str(renamed["err"])
    assert files == {"same": {"library.db": True, "library.db-wal": True}}
    with Library.open(tmp_path / "saved.db") as saved:
        assert [source.title for source in saved.sources()] == ["The Gull"]


def test_an_empty_file_in_its_place_becomes_a_library(reachable: Path) -> None:
    """A person, or `mktemp`, made it: there is nothing in it to lose."""
    path = reachable / "library.db"
    path.touch()
    (seen,) = python(LOOK, path)
    assert seen == {"read_only": False, "sources": [], "unread": 0}


def test_an_empty_file_on_a_read_only_disk_is_refused_by_name(reachable: Path) -> None:
    path = reachable / "library.db"
    path.touch()
    (seen,) = python(LOOK, path, *mounted(FREEZE, reachable))
    assert str(path) in str(seen["refused"])
    assert path.read_bytes() == b""

"""A library that cannot be used as it is: on a read-only disk, of a newer Newsstand, of somebody else, no file at all.

Each time: a sentence that helps, the right exit code, and nothing lost.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.models import Entry
from reader.store import FeedChanges, Library, View
from tests import ROOT, add_source

Run = Callable[..., subprocess.CompletedProcess[str]]
MOUNT = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with two headlines, one of them read and starred, and nothing else in its folder."""
    path = tmp_path / "shelf" / "library.db"
    with Library.open(path) as library:
        source = add_source(library, "https://gull.example/rss", "The Gull")
        when = datetime(2026, 11, 24, tzinfo=UTC)
        entries = tuple(
            Entry(guid=title, link=f"https://gull.example/{title}", title=title, published=when)
            for title in ("ferry", "seals")
        )
        library.keep_feed(
            source.id, FeedChanges(title="The Gull", new=entries, due_at=int(time.time()) + 86400), now=when.timestamp()
        )
        pages = library.listing(View("unread")).pages
        library.mark_read(pages[:1])
        library.star(pages[:1])
    assert [file.name for file in path.parent.iterdir()] == ["library.db"]
    return path


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command line in a home of its own; with `frozen`, while that folder cannot be written."""
    around = os.environ | {"HOME": str(tmp_path), "XDG_STATE_HOME": "", "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": ""}

    def command(*arguments: str, frozen: Path | None = None) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "reader", *arguments]
        if frozen is None:
            return subprocess.run(program, capture_output=True, text=True, env=around)
        if os.geteuid() != 0:
            for path in (*frozen.iterdir(), frozen):
                path.chmod(0o444 if path.is_file() else 0o555)
            try:
                return subprocess.run(program, capture_output=True, text=True, env=around)
            finally:
                for path in (frozen, *frozen.iterdir()):
                    path.chmod(0o644 if path.is_file() else 0o755)
        # Root writes whatever the modes say: the folder is mounted read-only, for this command alone.
        unshare = shutil.which("unshare")
        tried = [unshare or "", "-m", "sh", "-c", MOUNT, str(frozen)]
        if not unshare or subprocess.run([*tried, "true"], capture_output=True).returncode:
            pytest.skip("as root this needs a mount that is not allowed here")
        return subprocess.run([*tried, *program], capture_output=True, text=True, env=around)

    return command


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_on_a_read_only_disk_everything_can_be_read_and_nothing_marked(library: Path, run: Run) -> None:
    before = fingerprint(library)
    listed = run("--library", str(library), "list", frozen=library.parent)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "ferry" in listed.stdout
    assert "★" in listed.stdout
    marked = run("--library", str(library), "mark", "2", frozen=library.parent)
    assert marked.returncode == 1
    assert "cannot be written" in marked.stderr
    assert str(library) in marked.stderr
    assert "Traceback" not in marked.stderr
    added = run("--library", str(library), "rename", "Gull", "Another", frozen=library.parent)
    assert added.returncode == 1
    assert fingerprint(library) == before


def test_a_library_opened_for_reading_says_so_and_forgets_small_facts(library: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from reader.store import Library, View\n"
        "with Library.open(Path(sys.argv[1])) as library:\n"
        "    library.remember('measure', '70'); library.set_reading_position(1, 5); version = library.data_version()\n"
        "    print(library.read_only, library.recall('measure'), len(library.listing(View('unread'))))\n"
    )
    if os.geteuid() != 0:
        library.chmod(0o444)
        library.parent.chmod(0o555)
        command = [sys.executable, "-c", code, str(library)]
    else:
        command = ["unshare", "-m", "sh", "-c", MOUNT, str(library.parent), sys.executable, "-c", code, str(library)]
        if subprocess.run([*command[:6], "true"], capture_output=True).returncode:
            pytest.skip("as root this needs a mount that is not allowed here")
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    finally:
        library.parent.chmod(0o755)
    assert done.stdout.split() == ["True", "None", "1"], done.stderr


def leave(library: Path, script: str) -> None:
    """Let a process write to the library and die, with what it wrote in the WAL alone."""
    code = f"import os, sys, sqlite3\ncon = sqlite3.connect(sys.argv[1], isolation_level=None)\n{script}\nos._exit(0)"
    subprocess.run([sys.executable, "-c", code, str(library)], check=True)
    assert library.with_name("library.db-wal").stat().st_size > 0


def test_what_a_process_that_was_killed_wrote_last_is_read_from_a_read_only_disk_too(library: Path, run: Run) -> None:
    leave(library, "con.execute(\"UPDATE entries SET title = 'the last word' WHERE title = 'seals'\")")
    before = {file.name: fingerprint(file) for file in library.parent.iterdir()}
    listed = run("--library", str(library), "list", frozen=library.parent)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "the last word" in listed.stdout
    assert "cannot be written" in run("--library", str(library), "mark", "2", frozen=library.parent).stderr
    assert {file.name: fingerprint(file) for file in library.parent.iterdir()} == before


def test_a_newer_library_that_was_not_closed_is_not_touched_either(library: Path, run: Run) -> None:
    leave(library, "con.execute('PRAGMA user_version = 99')")
    files = (library, library.with_name("library.db-wal"))
    before = [fingerprint(file) for file in files]
    done = run("--library", str(library), "list")
    assert done.returncode == 1
    assert "newer Newsstand" in done.stderr
    assert [fingerprint(file) for file in files] == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes a file whatever its mode: only others are kept from it")
def test_a_file_that_may_only_be_read_in_a_folder_that_may_be_written_is_opened_for_reading(library: Path) -> None:
    library.chmod(0o444)
    with Library.open(library) as opened:
        assert opened.read_only
        opened.remember("measure", "70")
        assert len(opened.listing(View("unread"))) == 1


def test_a_library_of_a_newer_newsstand_is_refused_and_not_touched(library: Path, run: Run) -> None:
    con = sqlite3.connect(library)
    con.execute("PRAGMA user_version = 99")
    con.close()
    before = fingerprint(library)
    for arguments in (["list"], ["mark", "1"], ["export"]):
        done = run("--library", str(library), *arguments)
        assert done.returncode == 1
        assert "newer Newsstand" in done.stderr
        assert str(library) in done.stderr
        assert done.stdout == ""
    assert fingerprint(library) == before


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"These are my notes.\n" * 100, "not a Newsstand library"), (b"SQLite format 3\0" + b"\xff" * 4080, "")],
    ids=["notes", "damaged"],
)
def test_another_file_in_its_place_is_refused_and_not_touched(
    tmp_path: Path, run: Run, content: bytes, words: str
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    done = run("--library", str(path), "list")
    assert done.returncode == 1
    assert str(path) in done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused_and_not_touched(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "photos.db"
    con = sqlite3.connect(path)
    con.execute("CREATE TABLE photos (id INTEGER)")
    con.close()
    before = fingerprint(path)
    done = run("--library", str(path), "list")
    assert done.returncode == 1
    assert "another program" in done.stderr
    assert fingerprint(path) == before


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="it is a folder"):
        Library.open(tmp_path)


def test_an_older_library_on_a_read_only_disk_cannot_be_brought_up_and_says_so(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "shelf" / "library.db"
    path.parent.mkdir()
    con = sqlite3.connect(path, isolation_level=None)
    con.executescript((ROOT / "tests/store/schema_1.sql").read_text(encoding="utf-8"))
    con.execute("PRAGMA application_id = 0x4E455753")
    con.execute("PRAGMA user_version = 1")
    con.close()
    before = fingerprint(path)
    done = run("--library", str(path), "list", frozen=path.parent)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert fingerprint(path) == before

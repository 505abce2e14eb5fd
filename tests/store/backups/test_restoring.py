"""A backup takes the library's place as a whole or not at all, and what was there is kept."""

import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from reader.errors import LibraryError, LibraryTooNew, Misuse, NotFound
from reader.store import Library, View, backups, migrations
from reader.store.backups import restoring
from tests import ROOT, present
from tests.store.backups.test_copying import damage
from tests.store.conftest import NOW, Clock
from tests.store.migrations.old_libraries import VERSIONS, content, old_library
from tests.store.sample_library import SampleLibrary, story

KEPT = "2023-11-14-221320-before-restore.db"


@pytest.fixture
def saved(path: Path, clock: Clock) -> Path:
    """A backup of a library with one starred story; the library has gone on since, and is closed."""
    with SampleLibrary(path, clock) as sample:
        paper = sample.subscribe()
        sample.lists(paper, *(story(str(n), summary="Two herons. " * 60) for n in range(200)))
        sample.library.star([sample.page("1")])
        made = backups.make(path, now=NOW)
        sample.lists(paper, story("later"))
        sample.library.star([sample.page("1")], on=False)
    return made.file


def facts(path: Path) -> tuple[int, int]:
    """How many headlines a library has, and how many stars."""
    with Library.open(path) as library:
        return len(library.entries()), len(library.listing(View("starred")))


def test_the_library_is_what_it_was_and_what_it_became_is_kept(saved: Path, path: Path) -> None:
    became = content(path)
    was = path.stat().st_ino
    done = backups.restore(saved, path, now=NOW)
    assert done.kept == saved.with_name(KEPT)
    assert (done.content.sources, done.content.headlines, done.content.starred) == (1, 200, 1)
    assert content(present(done.kept)) == became
    assert {file.name for file in path.parent.iterdir()} == {"library.db", "library.db.backups"}
    assert path.stat().st_ino == was  # the same file: nobody is left with one that has no name
    assert path.stat().st_mode & 0o777 == 0o600
    assert facts(path) == (200, 1)
    backups.restore(present(done.kept), path, now=NOW + 1)
    assert facts(path) == (201, 0)


def test_undo_goes_on_from_where_the_backup_was(saved: Path, path: Path) -> None:
    con = sqlite3.connect(saved)
    con.execute("UPDATE acts SET process = '999999999:gone'")
    con.commit()
    con.close()
    backups.restore(saved, path, now=NOW)
    with Library.open(path) as library:
        assert present(library.undo()).act == "star"


def test_a_place_with_no_library_gets_one_and_what_is_left_beside_it_does_not_get_into_it(
    saved: Path, path: Path, tmp_path: Path
) -> None:
    """A WAL that was left behind would be read as a part of the new library."""
    gone = tmp_path / "gone" / "library.db"
    with Library.open(gone) as library:
        library.ensure_page("https://heron.example/lost")
        shutil.copy(f"{gone}-wal", tmp_path / "wal")
    gone.unlink()
    shutil.copy(tmp_path / "wal", f"{gone}-wal")
    assert backups.restore(saved, gone, now=NOW).kept is None
    assert facts(gone) == (200, 1)
    assert (backups.folder_of(gone) / f"{KEPT}-wal").is_file()
    empty = tmp_path / "empty.db"
    empty.touch()
    assert backups.restore(saved, empty, now=NOW).kept is None
    assert facts(empty) == (200, 1)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_backup_of_any_version_becomes_one_of_today_s(version: int, path: Path, saved: Path, tmp_path: Path) -> None:
    old = old_library(tmp_path / "old.db", version)
    done = backups.restore(old, path, now=NOW)
    assert done.content.version == version
    assert facts(path) == (6, 2)
    assert sqlite3.connect(old).execute("PRAGMA user_version").fetchone() == (version,)
    assert [one.kind for one in backups.listed(path)].count(backups.Kind.UPGRADE) == 0


def test_a_library_of_a_newer_newsstand_can_be_replaced(saved: Path, path: Path) -> None:
    """Who goes back to an older Newsstand brings back the copy that was made before the upgrade."""
    con = sqlite3.connect(path)
    con.execute("PRAGMA user_version = 999")
    con.close()
    done = backups.restore(saved, path, now=NOW)
    assert facts(path) == (200, 1)
    assert {one.version for one in backups.listed(path)} == {migrations.VERSION, 999}
    with pytest.raises(LibraryTooNew):
        backups.restore(present(done.kept), path, now=NOW)


def test_while_a_reader_is_open_it_is_refused_in_words_and_nothing_changes(saved: Path, path: Path) -> None:
    before = content(path)
    with Library.open(path) as library:
        library.star([2])
        with pytest.raises(LibraryError, match=r"has .*library\.db open\. Quit it"):
            backups.restore(saved, path, now=NOW)
    assert facts(path) == (201, 1)
    assert content(path) != before
    assert {file.name for file in path.parent.iterdir()} == {"library.db", "library.db.backups"}
    assert [one.file for one in backups.listed(path)] == [saved]


READS = """
    import sys
    from pathlib import Path
    from reader.store import Library, View
    with Library.open(Path(sys.argv[1])) as library:
        print("open", flush=True)
        sys.stdin.readline()
        library.star([3])
        print(len(library.listing(View("starred"))))
"""


def test_while_another_process_is_open_it_is_refused_and_that_one_goes_on(saved: Path, path: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(READS), str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}
    ) as other:
        assert present(other.stdout).readline() == b"open\n"
        with pytest.raises(LibraryError, match=r"open\. Quit it"):
            backups.restore(saved, path, now=NOW)
        assert other.communicate(b"\n")[0] == b"1\n"
    assert facts(path) == (201, 1)


def test_one_that_opens_the_library_meanwhile_gets_the_new_one(saved: Path, path: Path) -> None:
    """It waits for the lock, and reads and writes what was restored: the file is the same one."""
    seen: list[tuple[int, int]] = []
    opener = threading.Thread(target=lambda: seen.append(facts(path)))
    kept = restoring._kept

    def slow(*given: object) -> Path:
        opener.start()
        time.sleep(0.3)  # the other process is at the lock by now
        assert seen == []
        return kept(*given)  # type: ignore[arg-type] # what it was given

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(restoring, "_kept", slow)
        backups.restore(saved, path, now=NOW)
    opener.join(20)
    assert seen == [(200, 1)]


def test_a_damaged_backup_is_refused_and_nothing_changes(saved: Path, path: Path) -> None:
    before = path.read_bytes()
    damage(saved)
    for do in (lambda: backups.check(saved, path), lambda: backups.restore(saved, path, now=NOW)):
        with pytest.raises(LibraryError, match="is damaged"):
            do()
    assert path.read_bytes() == before


def test_a_truncated_backup_is_refused(saved: Path, path: Path) -> None:
    before = path.read_bytes()
    with saved.open("r+b") as file:
        file.truncate(saved.stat().st_size // 2)
    with pytest.raises(LibraryError):
        backups.restore(saved, path, now=NOW)
    assert path.read_bytes() == before


def text(path: Path) -> None:
    path.write_text("Dear diary. " * 400)


def nothing(path: Path) -> None:
    path.touch()


def foreign(path: Path) -> None:
    con = sqlite3.connect(path)
    con.execute("CREATE TABLE photos (x)")
    con.close()


def no_statuses(path: Path) -> None:
    con = sqlite3.connect(path, isolation_level=None)
    migrations.migrate(con)
    con.execute("DROP TABLE statuses")
    con.close()


def no_column(path: Path) -> None:
    con = sqlite3.connect(path, isolation_level=None)
    migrations.migrate(con)
    con.execute("ALTER TABLE entries DROP COLUMN summary")
    con.close()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (text, "not a Newsstand library"),
        (nothing, "not a Newsstand library"),
        (foreign, "another program"),
        (no_statuses, "its statuses are missing"),
        (no_column, "its entries are missing"),
        (Path.mkdir, "not a file"),
        (os.mkfifo, "not a file"),
        (lambda _: None, "no such file"),
    ],
)
def test_what_is_no_whole_library_is_refused_by_name(
    saved: Path, path: Path, tmp_path: Path, make: object, words: str
) -> None:
    file = tmp_path / "other.db"
    assert callable(make)
    make(file)
    before = path.read_bytes()
    with pytest.raises((LibraryError, NotFound, Misuse), match=words):
        backups.restore(file, path, now=NOW)
    assert path.read_bytes() == before


def test_the_library_itself_is_no_backup_of_it(saved: Path, path: Path) -> None:
    with pytest.raises(Misuse, match="is the library itself"):
        backups.restore(path, path, now=NOW)


def test_a_library_of_another_program_is_not_replaced(saved: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "photos.db"
    foreign(theirs)
    before = theirs.read_bytes()
    with pytest.raises(LibraryError, match="another program"):
        backups.restore(saved, theirs, now=NOW)
    assert theirs.read_bytes() == before


@pytest.mark.parametrize("how", ["torn", "headless", "short"])
def test_a_damaged_library_is_replaced_and_kept_byte_for_byte(saved: Path, path: Path, how: str) -> None:
    if how == "torn":
        damage(path)
    elif how == "headless":
        with path.open("r+b") as file:
            file.write(bytes(4096))
    else:
        with path.open("r+b") as file:
            file.truncate(4096 * 3)
    torn = path.read_bytes()
    done = backups.restore(saved, path, now=NOW)
    kept = present(done.kept).read_bytes()
    assert kept[100:] == torn[100:]  # but for the mode of its journal, in its header
    assert facts(path) == (200, 1)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_damaged_library_that_somebody_has_open_is_not_replaced(saved: Path, path: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(READS), str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}
    ) as other:
        assert present(other.stdout).readline() == b"open\n"
        with path.open("r+b") as file:
            file.write(bytes(4096))
        with pytest.raises(LibraryError, match=r"open\. Quit it"):
            backups.restore(saved, path, now=NOW)
        other.kill()
    assert path.read_bytes()[:4096] == bytes(4096)
    assert backups.restore(saved, path, now=NOW).kept is not None
    assert facts(path) == (200, 1)


def test_a_link_in_the_library_s_place_stays_one(saved: Path, path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(path)
    backups.restore(saved, link, now=NOW)
    assert link.is_symlink()
    assert facts(path) == (200, 1)

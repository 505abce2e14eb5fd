"""A backup is a whole library in one file, made while others write, and it never takes the place of anything else."""

import os
import shutil
import sqlite3
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reader import safe_files
from reader.errors import LibraryDamaged, LibraryError, LibraryTooNew, Misuse, NotFound
from reader.store import Library, View, backups
from reader.store.backups import copying
from tests.store.conftest import NOW, Clock
from tests.store.sample_library import SampleLibrary, story


@pytest.fixture
def filled(sample: SampleLibrary) -> SampleLibrary:
    """An open library of some hundred pages of SQLite's."""
    sample.lists(sample.subscribe(), *(story(str(n), summary="A heron stood there. " * 40) for n in range(400)))
    sample.library.star([sample.page("7")])
    return sample


def files_in(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_it_has_what_was_there_is_one_file_and_is_its_owner_s_alone(
    filled: SampleLibrary, path: Path, tmp_path: Path
) -> None:
    made = backups.make(path, now=NOW)
    assert made.file == path.with_name("library.db.backups") / "2023-11-14-221320.db"
    assert (made.kind, made.made_at, made.size) == (backups.Kind.MANUAL, NOW, made.file.stat().st_size)
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.file.parent.stat().st_mode) == 0o700
    assert files_in(made.file.parent) == {made.file.name}
    with made.file.open("rb") as file:
        assert file.read(20)[18:] == b"\x01\x01"  # no WAL belongs to it: it is read where nothing can be written, too
    shutil.copy(made.file, tmp_path / "elsewhere.db")
    with Library.open(tmp_path / "elsewhere.db") as library:
        assert len(library.listing(View("unread"))) == 400
        assert len(library.listing(View("starred"))) == 1


def test_two_of_one_second_have_two_names(filled: SampleLibrary, path: Path) -> None:
    names = [backups.make(path, now=NOW).file.name for _ in range(3)]
    assert names == ["2023-11-14-221320.db", "2023-11-14-221320-2.db", "2023-11-14-221320-3.db"]


def test_a_closed_library_is_copied_and_nothing_stays_beside_it(filled: SampleLibrary, path: Path) -> None:
    filled.library.close()
    backups.make(path, now=NOW)
    assert files_in(path.parent) == {"library.db", "library.db.backups"}


def test_what_is_only_in_the_wal_is_in_the_copy(filled: SampleLibrary, path: Path) -> None:
    """The library is carried off as a crash leaves it."""
    crashed = path.with_name("crashed.db")
    shutil.copy(path, crashed)
    shutil.copy(f"{path}-wal", f"{crashed}-wal")
    made = backups.make(crashed, now=NOW)
    with Library.open(made.file) as library:
        assert len(library.listing(View("unread"))) == 400


def test_while_it_is_made_others_write_and_what_they_write_starts_nothing_anew(
    filled: SampleLibrary, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy that began again whenever someone writes would never end during a refresh."""
    monkeypatch.setattr(copying, "STEP", 4)
    monkeypatch.setattr(copying, "SYNCED", 1)
    slowest, writes, synced = 0.0, 0, safe_files.sync

    def write(file: Path) -> None:
        nonlocal slowest, writes
        synced(file)
        assert writes < 1000  # a copy that begins again and again never ends
        begun = time.perf_counter()
        filled.library.star([filled.page(str(writes % 400))], on=writes % 2 == 0)
        slowest, writes = max(slowest, time.perf_counter() - begun), writes + 1

    monkeypatch.setattr(copying, "sync", write)
    made = backups.make(path, now=NOW)
    pages = made.size // 4096
    assert pages / 4 <= writes <= pages / 4 + 4
    assert slowest < 5  # it would be BUSY's ten seconds if the copy locked anything; `tests/long` measures it
    with Library.open(made.file) as library:
        assert len(library.listing(View("starred"))) == 1  # as it was when it began


def test_one_that_is_stopped_leaves_nothing(filled: SampleLibrary, path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(backups.StoppedError):
        backups.make(path, now=NOW, stop=stop)
    assert files_in(path.with_name("library.db.backups")) == set()


def make_file(path: Path) -> None:
    path.write_text("mine")


def make_link(path: Path) -> None:
    path.symlink_to(path.with_name("library.db"))


def make_dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_database_in_use(path: Path) -> None:
    Path(f"{path}-wal").write_bytes(b"x")


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("a.db", Path.mkdir, "is a folder"),
        ("b.db", make_link, "symbolic link"),
        ("c.db", make_dangling, "symbolic link"),
        ("d.db", make_pipe, "not a regular file"),
        ("e.db", make_database_in_use, "changes that belong to it"),
        ("library.db", None, "belongs to the library itself"),
        ("library.db-wal", None, "belongs to the library itself"),
        ("library.db-shm", None, "belongs to the library itself"),
        ("library.db.log", None, "belongs to the library itself"),
        ("-", None, "needs the name of a file"),
    ],
)
def test_what_cannot_be_a_backup_is_refused_in_words_and_stays(
    filled: SampleLibrary, path: Path, name: str, make: Callable[[Path], None] | None, words: str, force: bool
) -> None:
    target = path.with_name(name)
    if make is not None:
        make(target)
    before = {file.name: file.lstat().st_ino for file in path.parent.iterdir()}
    with pytest.raises(Misuse, match=words):
        backups.make(path, target, now=NOW, force=force)
    assert {file.name: file.lstat().st_ino for file in path.parent.iterdir()} == before


def test_another_name_of_the_library_is_the_library(filled: SampleLibrary, path: Path) -> None:
    os.link(path, path.with_name("twin.db"))
    with pytest.raises(Misuse, match="belongs to the library itself"):
        backups.make(path, path.with_name("twin.db"), now=NOW, force=True)


def test_a_file_is_overwritten_only_where_that_is_asked_for(filled: SampleLibrary, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "news.db"
    target.write_text("mine")
    target.chmod(0o644)
    with pytest.raises(Misuse, match="exists already"):
        backups.make(path, target, now=NOW)
    assert target.read_text() == "mine"
    assert backups.make(path, target, now=NOW, force=True).version is not None
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert files_in(tmp_path) == {"news.db", "share"}


def test_a_file_that_comes_while_the_copy_is_made_is_not_overwritten(
    filled: SampleLibrary, path: Path, tmp_path: Path
) -> None:
    target = tmp_path / "news.db"

    def now_it_is_there() -> bool:
        target.write_text("mine")
        return False

    with pytest.raises(Misuse, match="exists already"):
        backups.make(path, target, now=NOW, unless=now_it_is_there)
    assert target.read_text() == "mine"
    assert files_in(tmp_path) == {"news.db", "share"}


@pytest.mark.parametrize("name", ["nowhere/news.db", "n" * 300, "a\0b"])
def test_a_name_that_the_disk_refuses_is_a_sentence(
    filled: SampleLibrary, path: Path, tmp_path: Path, name: str
) -> None:
    with pytest.raises(LibraryError, match="cannot be written"):
        backups.make(path, tmp_path / name, now=NOW)
    assert files_in(tmp_path) == {"share"}


def test_a_folder_of_backups_that_is_a_link_is_not_followed(filled: SampleLibrary, path: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    path.with_name("library.db.backups").symlink_to(tmp_path / "theirs")
    with pytest.raises(LibraryError, match="cannot be written"):
        backups.make(path, now=NOW)
    assert files_in(tmp_path / "theirs") == set()


def test_where_there_is_no_library_none_is_made(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    for path in (tmp_path / "library.db", tmp_path / "empty.db"):
        with pytest.raises(NotFound, match="no library"):
            backups.make(path, now=NOW)
    with pytest.raises(LibraryError, match="folder"):
        backups.make(tmp_path, now=NOW)
    assert files_in(tmp_path) == {"empty.db"}


def test_what_is_no_library_of_ours_is_not_copied(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Dear diary" * 500)
    with pytest.raises(LibraryError, match="not a Newsstand library"):
        backups.make(path, now=NOW)
    path.unlink()
    con = sqlite3.connect(path)
    con.execute("CREATE TABLE theirs (x)")
    con.close()
    with pytest.raises(LibraryError, match="another program"):
        backups.make(path, now=NOW)


def test_a_newer_library_is_not_touched(path: Path, clock: Clock) -> None:
    Library.open(path).close()
    con = sqlite3.connect(path)
    con.execute("PRAGMA user_version = 999")
    con.close()
    before = path.read_bytes()
    with pytest.raises(LibraryTooNew):
        backups.make(path, now=NOW)
    assert path.read_bytes() == before


def damage(path: Path) -> None:
    """Write nonsense over some pages in the second half of a closed library, where the headlines are."""
    pages = path.stat().st_size // 4096
    with path.open("r+b") as file:
        for page in range(pages // 2, pages, 10):
            file.seek(page * 4096)
            file.write(b"\x05" * 4096)


def test_a_damaged_library_gives_no_backup_and_the_good_ones_stay(filled: SampleLibrary, path: Path) -> None:
    backups.make(path, now=NOW)
    filled.library.close()
    damage(path)
    with pytest.raises(LibraryDamaged, match=r"library\.db is damaged"):
        backups.make(path, now=NOW + 60)
    assert files_in(path.with_name("library.db.backups")) == {"2023-11-14-221320.db"}


def test_on_a_disk_without_hard_links_nothing_is_overwritten_either(
    filled: SampleLibrary, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuses)
    target = tmp_path / "news.db"
    assert backups.make(path, target, now=NOW).file == target
    part = tmp_path / "other"
    part.write_text("mine")
    assert not copying.rename_new(part, target)
    assert part.read_text() == "mine"

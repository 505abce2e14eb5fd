"""Links in the place of a library, or of the files beside it: SQLite would write wherever they lead."""

import os
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.store import Library


@pytest.fixture
def library(tmp_path: Path) -> Path:
    Library.open(tmp_path / "library.db").close()
    return tmp_path / "library.db"


@pytest.mark.parametrize("what", [None, b"", b"mine\n" * 100, b"SQLite format 3\0" + bytes(200)])
def test_a_link_to_what_is_no_library_is_not_followed(tmp_path: Path, what: bytes | None) -> None:
    victim = tmp_path / "victim"
    if what is not None:
        victim.write_bytes(what)
    (tmp_path / "library.db").symlink_to(victim)
    with pytest.raises(LibraryError, match="it is a link"):
        Library.open(tmp_path / "library.db")
    assert (victim.read_bytes() if victim.exists() else None) == what
    assert {path.name for path in tmp_path.iterdir()} <= {"victim", "library.db"}


def test_a_link_to_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "library.db").symlink_to("pipe")
    with pytest.raises(LibraryError):
        Library.open(tmp_path / "library.db")


def test_a_link_of_ones_own_to_a_library_opens_it(library: Path) -> None:
    link = library.with_name("link.db")
    link.symlink_to(library)
    Library.open(link).close()
    assert link.is_symlink()


def test_a_link_of_somebody_else_is_not_followed(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = library.with_name("link.db")
    link.symlink_to(library)
    monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)
    if os.getuid() == 0:
        os.chown(link, 12345, -1, follow_symlinks=False)
    with pytest.raises(LibraryError, match="it is a link"):
        Library.open(link)


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_a_link_beside_a_library_is_not_followed(library: Path, end: str) -> None:
    victim = library.with_name("victim")
    victim.write_text("mine\n")
    Path(f"{library}{end}").symlink_to(victim)
    for name in (library, library.with_name("link.db")):
        if name != library:
            name.symlink_to(library)
        with pytest.raises(LibraryError, match="is a link"):
            Library.open(name)
    assert victim.read_text() == "mine\n"

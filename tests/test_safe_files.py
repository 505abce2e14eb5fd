"""Files that are written: for their owner alone, in one step, and never behind a planted link."""

import os
import stat
from pathlib import Path

import pytest

from reader.safe_files import new_file, replace_file, write_new


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_a_private_file_is_so_from_its_first_byte_on(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_new(tmp_path / "a", b"x", private=True)
        write_new(tmp_path / "b", b"x", private=False)
        (tmp_path / "c").write_bytes(b"old")
        replace_file(tmp_path / "c", b"x", private=True)
        replace_file(tmp_path / "d", b"x", private=False, mode=0o640)
    finally:
        os.umask(before)
    assert [mode(tmp_path / name) for name in "abcd"] == [0o600, 0o666, 0o600, 0o640]
    assert sorted(path.name for path in tmp_path.iterdir()) == list("abcd")


@pytest.mark.parametrize("target", ["victim", "nowhere"])
def test_a_link_is_never_written_through(tmp_path: Path, target: str) -> None:
    (tmp_path / "victim").write_bytes(b"mine")
    link = tmp_path / "link"
    link.symlink_to(target)
    with pytest.raises(FileExistsError):
        new_file(link, private=True)
    replace_file(link, b"x", private=True)
    assert (link.is_symlink(), link.read_bytes(), (tmp_path / "victim").read_bytes()) == (False, b"x", b"mine")
    assert not (tmp_path / "nowhere").exists()


def test_the_file_beside_has_a_name_that_nobody_can_know(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []
    opened = os.open

    def noted(path: Path, flags: int, mode: int) -> int:
        made.append(Path(path))
        return opened(path, flags, mode)

    monkeypatch.setattr("os.open", noted)
    for _ in range(2):
        replace_file(tmp_path / "list.opml", b"x", private=False)
    first, second = made
    assert first != second
    assert {first.parent, second.parent} == {tmp_path}


def test_what_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(tmp_path / "a", b"x", private=False)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"

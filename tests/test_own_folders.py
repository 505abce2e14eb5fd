"""Folders for temporary files end with their process, also where it is killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reader import own_folders
from tests import ROOT

CHILD = """
import sys, time
from pathlib import Path
from reader import own_folders
folder = own_folders.make(Path(sys.argv[1]))
(folder / "deep").mkdir()
(folder / "deep" / "file").write_text("x")
print(folder, flush=True)
time.sleep(100)
"""


def start(within: Path) -> tuple["subprocess.Popen[str]", Path]:
    """Start a process that makes a folder, fills it, and waits; return both."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(within)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def end(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_what_a_killed_process_left_is_removed_and_what_a_living_one_has_is_not(tmp_path: Path) -> None:
    (killed, left), (living, used) = start(tmp_path), start(tmp_path)
    try:
        end(killed)
        assert left.exists()
        own = own_folders.make(tmp_path)
        assert {own, used} == set(tmp_path.iterdir())
        assert (used / "deep" / "file").exists()
        assert own.stat().st_mode & 0o777 == 0o700
        assert own_folders.make(tmp_path).exists()
        assert own.exists()
    finally:
        end(living)
        for folder in tmp_path.iterdir():
            own_folders.remove(folder)
    assert list(tmp_path.iterdir()) == []


def test_no_link_no_file_and_nothing_of_another_name_is_touched(tmp_path: Path) -> None:
    elsewhere, temporary = tmp_path / "elsewhere", tmp_path / "temporary"
    elsewhere.mkdir()
    (elsewhere / "letter").write_text("mine")
    temporary.mkdir()
    (temporary / "newsstand-run-0000aaaa").symlink_to(elsewhere)
    (temporary / "newsstand-run-0000bbbb").write_text("a file")
    (temporary / "newsstand-demo-x").mkdir()
    left = temporary / "newsstand-run-0000cccc"
    left.mkdir()
    (left / "link").symlink_to(elsewhere)
    own_folders.remove(own_folders.make(temporary))
    assert (elsewhere / "letter").read_text() == "mine"
    assert sorted(one.name for one in temporary.iterdir()) == [
        "newsstand-demo-x",
        "newsstand-run-0000aaaa",
        "newsstand-run-0000bbbb",
    ]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_another_persons_folder_is_not_touched(tmp_path: Path) -> None:
    theirs = tmp_path / "newsstand-run-0000dddd"
    theirs.mkdir()
    os.chown(theirs, 65534, 65534)
    own_folders.remove(own_folders.make(tmp_path))
    assert theirs.exists()


def test_one_that_is_swept_before_it_is_locked_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock, swept = own_folders._locked, []  # the moment between making and locking

    def late(folder: Path) -> int | None:
        if not swept:
            swept.append(folder)
            folder.rmdir()
        return lock(folder)

    monkeypatch.setattr(own_folders, "_locked", late)
    made = own_folders.make(tmp_path)
    assert made.exists()
    assert made not in swept
    own_folders.remove(made)


def test_where_there_are_no_locks_nothing_is_taken_for_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_folders, "_locked", lambda _: None)
    first, second = own_folders.make(tmp_path), own_folders.make(tmp_path)
    assert first.exists()
    assert second.exists()

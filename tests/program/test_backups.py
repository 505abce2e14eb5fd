"""A small part of `tests/long/test_backups.py`: killed, or on a full disk, nothing is lost and no half has a name."""

from pathlib import Path

import pytest

from tests.program.backups_in_trouble import kill_backups, kill_restores, on_a_full_disk


def test_a_backup_that_is_killed_is_no_backup(tmp_path: Path) -> None:
    kill_backups(tmp_path, 4, seed=1)


def test_a_restore_that_is_killed_leaves_one_library_or_the_other(tmp_path: Path) -> None:
    kill_restores(tmp_path, 4, seed=2)


@pytest.mark.parametrize(
    ("what", "room"),
    [
        ("backup", 0),
        ("backup", 500_000),
        ("restore", 600_000),
        ("restore", 1_300_000),
        ("upgrade", 0),
        ("upgrade", 225_000),
    ],
)
def test_on_a_full_disk_it_is_said_and_the_library_is_what_it_was(tmp_path: Path, what: str, room: int) -> None:
    assert "disk is full" in on_a_full_disk(what, tmp_path, room)


def test_an_upgrade_that_has_no_room_left_for_its_end_is_in_the_log(tmp_path: Path) -> None:
    """It is written, and the file cannot grow to take it: whoever opens it next reads both as one."""
    assert on_a_full_disk("upgrade", tmp_path, 260_000) == "done"

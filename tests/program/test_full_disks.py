"""A small part of `tests/long/test_full_disks.py`: what finds no room says so, and what was acknowledged is there."""

from pathlib import Path

import pytest

from tests.program.full_disks import fill


@pytest.mark.parametrize(("what", "seed"), [("mark", 1), ("change", 2), ("prune", 3)])
def test_where_there_is_no_room_nothing_is_lost(tmp_path: Path, what: str, seed: int) -> None:
    done, full = fill(what, tmp_path, seed)
    assert done
    assert full

"""A hundred full disks: marks, changes of sources, imports, prunes; backups and upgrades are in test_backups.py.

`NEWSSTAND_LONG` says how many.
"""

import os
from pathlib import Path

import pytest

from tests.program.full_disks import fill

pytestmark = pytest.mark.long

TIMES = int(os.environ.get("NEWSSTAND_LONG") or 100)
SEED = int(os.environ.get("NEWSSTAND_LONG_SEED") or 100)
PARTS = 4
"""The disks are tried in so many tests, which run at the same time."""


@pytest.mark.parametrize("part", range(PARTS))
def test_what_finds_no_room_says_so_and_nothing_is_lost(tmp_path: Path, part: int) -> None:
    done = full = 0
    numbers = range(part, TIMES, PARTS)
    for number in numbers:
        folder = tmp_path / str(number)
        folder.mkdir()
        acknowledged, refused = fill(("mark", "change", "prune")[number % 3], folder, SEED + number)
        done, full = done + acknowledged, full + refused
    print(  # noqa: T201 # the summary of a long run
        f"full disks: {len(numbers)}, {done} acts acknowledged and there, {full} refused, "
        f"seeds {SEED + part} to {SEED + TIMES}"
    )
    assert full or len(numbers) < 3

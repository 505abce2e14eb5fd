"""A small part of `benchmarks/pruning.py`: some weeks of a few sources stay within their room, and others can write."""

from pathlib import Path

import pytest

from benchmarks.pruning import simulate
from reader.news.pruning import MEGABYTE
from reader.store import Bounds


@pytest.mark.long
def test_some_weeks_stay_within_their_room(tmp_path: Path) -> None:
    year = simulate(tmp_path / "library.db", sources=4, per_day=6, days=45, bounds=Bounds(20, 4))
    assert len(year.months) == 2
    for month in year.months:
        assert month.size <= 1.1 * 4 * MEGABYTE
        assert month.entries > month.unread > 0
    assert year.months[0].size > 2 * MEGABYTE, "there is something to prune"
    # The benchmark measures it on a machine at rest; here others may have the processor for a while.
    assert 0 < year.waited < 1


@pytest.mark.long
def test_without_a_bound_it_grows_beyond_it(tmp_path: Path) -> None:
    year = simulate(tmp_path / "library.db", sources=4, per_day=6, days=45, bounds=Bounds(0, 0), watch=False)
    assert year.months[-1].size > 1.1 * 4 * MEGABYTE

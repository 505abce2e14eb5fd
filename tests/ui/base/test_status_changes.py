"""What a mark changes in the counts, before the library has counted again."""

from dataclasses import replace

from reader.store import Counts
from reader.ui.base.status_changes import counted, starred
from tests.ui.headlines.sample_row import ROW


def test_counts_change_at_once_and_only_by_what_was_marked() -> None:
    counts = Counts(10, 4, 1, 7, {1: 3})
    assert counted(counts, ROW, read=True, today=0) == Counts(9, 3, 1, 7, {1: 2})
    assert counted(counts, ROW, read=False, today=0) == counts
    assert counted(counts, replace(ROW, read=True), read=False, today=ROW.time + 1) == Counts(11, 4, 1, 7, {1: 4})
    assert starred(counts, ROW, on=False).starred == 0
    assert starred(counts, ROW, on=True) == counts

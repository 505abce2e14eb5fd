"""When a source's turn is: by what is known of it."""

from dataclasses import replace

import pytest

from reader.fetch.politeness.turns import Lane, Turn
from reader.models import Failure, FailureKind, Source
from reader.news.asking.turns import COSTLY, first_seconds, most_seconds, turn_of, turn_of_parsing

NEW = Source(1, "https://gull.example/feed", "The Gull")
QUICK = replace(NEW, answered_at=100, took=0.3, parse_seconds=0.05)
SILENT = Failure(FailureKind.TIMEOUT)


@pytest.mark.parametrize(
    ("source", "turn"),
    [
        (NEW, Turn(Lane.NEW)),
        (QUICK, Turn(Lane.QUICK, 0.3)),
        (replace(QUICK, took=9.0), Turn(Lane.SLOW, 9.0)),  # a good source that became slow
        (replace(QUICK, failure=SILENT, failed_since=200, tries=1), Turn(Lane.NEW)),
        (replace(QUICK, failure=SILENT, failed_since=200, tries=2), Turn(Lane.SLOW, 2)),
        (replace(NEW, failure=SILENT, failed_since=200, tries=1), Turn(Lane.SLOW, 1)),
        (replace(QUICK, failure=Failure(FailureKind.BROKEN_FEED), tries=9), Turn(Lane.QUICK, 0.3)),
        (replace(QUICK, failure=Failure(FailureKind.WAIT), tries=9), Turn(Lane.QUICK, 0.3)),
    ],
)
def test_a_source_is_asked_by_how_it_answered(source: Source, turn: Turn) -> None:
    assert turn_of(source) == turn


def test_feeds_are_parsed_by_what_they_cost_and_new_ones_the_shortest_first() -> None:
    assert turn_of_parsing(NEW, 5_000) < turn_of_parsing(NEW, 50_000)
    assert turn_of_parsing(NEW, 9_000_000) < turn_of_parsing(NEW, 5_000, whole=False)
    assert turn_of_parsing(QUICK, 9_000_000) == Turn(Lane.QUICK, 0.05)
    assert turn_of_parsing(replace(QUICK, parse_seconds=COSTLY + 1), 10).lane is Lane.SLOW
    burnt = replace(QUICK, failure=Failure(FailureKind.CRASHED), tries=1)
    assert turn_of_parsing(burnt, 10).lane is Lane.SLOW


def test_a_feed_has_as_much_time_at_first_as_its_size_and_its_past_let_expect() -> None:
    assert 0.1 < first_seconds(NEW, 15_000) < 0.2
    assert first_seconds(NEW, 100_000, whole=False) < 0.2
    assert first_seconds(NEW, 1_000_000) > 3
    assert most_seconds(60_000) < 5 < most_seconds(1_000_000)
    assert first_seconds(replace(QUICK, parse_seconds=0.9), 15_000) == pytest.approx(1.8)

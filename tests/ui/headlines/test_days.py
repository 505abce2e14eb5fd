"""A list's lines are arithmetic: whatever the times, every line is a row's, a heading's or blank, and none is lost."""

from array import array
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.headlines.days import day_starts, list_layout

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def test_a_day_begins_at_midnight_of_the_readers_zone() -> None:
    times = [at("2019-11-16T13:53+07:00"), at("2019-11-16T00:00+07:00"), at("2019-11-15T23:59+07:00")]
    assert day_starts(times, HANOI) == [(0, date(2019, 11, 16)), (2, date(2019, 11, 15))]
    assert day_starts(times, UTC) == [(0, date(2019, 11, 16)), (1, date(2019, 11, 15))]


def test_tight_headings_have_no_blank() -> None:
    times = [at("2019-11-16T13:53+07:00"), at("2019-11-15T10:00+07:00"), at("2019-11-15T09:00+07:00")]
    lines = list_layout(times, 1, zone=HANOI, tight=True)
    assert [lines.heading_at(line) for line in (0, 2)] == [date(2019, 11, 16), date(2019, 11, 15)]
    assert [lines.row_at(line) for line in range(5)] == [None, (0, 0), None, (1, 0), (2, 0)]
    assert lines.total == 5


def test_comfortable_rows_have_their_heading_and_a_blank_before_the_first_headline() -> None:
    lines = list_layout([at("2019-11-16T13:53+07:00"), at("2019-11-15T10:00+07:00")], 4, zone=HANOI, blank_after=True)
    assert lines.heading_at(0) == date(2019, 11, 16)
    assert lines.heading_at(1) is None
    assert lines.row_at(2) == (0, 0)
    assert lines.row_at(5) == (0, 3)
    assert lines.heading_at(6) == date(2019, 11, 15)
    assert lines.row_at(8) == (1, 0)
    assert lines.total == 12


def test_compact_rows_have_a_blank_before_the_next_day_but_none_before_the_first() -> None:
    lines = list_layout([at("2019-11-16T13:53+07:00"), at("2019-11-15T10:00+07:00")], 1, zone=HANOI)
    assert lines.heading_at(0) == date(2019, 11, 16)
    assert lines.row_at(1) == (0, 0)
    assert (lines.row_at(2), lines.heading_at(2)) == (None, None)
    assert lines.heading_at(3) == date(2019, 11, 15)
    assert lines.row_at(4) == (1, 0)


def test_a_list_that_does_not_go_by_time_has_no_headings() -> None:
    lines = list_layout([5, 900_000, 3], 2, zone=UTC, headings=False)
    assert lines.row_at(3) == (1, 1)
    assert lines.total == 6


TIMES = st.lists(st.integers(0, 40 * 86400), max_size=60).map(lambda found: sorted(found, reverse=True))


@given(TIMES, st.sampled_from([(1, False), (2, False), (4, True)]))
def test_every_line_of_every_row_is_found_again(times: list[int], shape: tuple[int, bool]) -> None:
    height, blank_after = shape
    lines = list_layout(array("q", times), height, zone=HANOI, blank_after=blank_after)
    for row in range(len(times)):
        first = lines.line_of(row)
        assert [lines.row_at(first + part) for part in range(height)] == [(row, part) for part in range(height)]
    rows = sum(lines.row_at(line) is not None for line in range(lines.total))
    headings = [day for line in range(lines.total) if (day := lines.heading_at(line))]
    assert rows == len(times) * height
    assert headings == sorted({datetime.fromtimestamp(time, HANOI).date() for time in times}, reverse=True)
    assert lines.row_at(lines.total) is None


@given(TIMES)
def test_every_row_stands_under_its_own_day(times: list[int]) -> None:
    starts = day_starts(times, HANOI)
    for index, (row, day) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else len(times)
        assert {datetime.fromtimestamp(time, HANOI).date() for time in times[row:end]} == {day}

"""Days and times as a person's settings want them written."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.config import values
from reader.models import Enclosure
from reader.words import datetimes
from reader.words.datetimes import duration, file_kind, file_label, size

NOW = datetime(2019, 11, 16, 13, 53, tzinfo=UTC)
TODAY, BEFORE = NOW.date(), date(2018, 3, 2)


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    yield
    datetimes.use("day-month", 24)


def test_without_a_word_of_it_days_come_first_and_the_clock_has_24_hours() -> None:
    assert datetimes.long_moment(NOW) == "Saturday 16 November 2019, 13:53"
    assert datetimes.long_moment(NOW, NOW) == datetimes.long_moment(NOW)
    assert datetimes.short_moment(NOW) == "16 Nov 2019, 13:53"
    assert datetimes.day_heading(BEFORE, TODAY) == ("Friday", "2 March 2018")
    assert datetimes.age(NOW - timedelta(days=400), NOW) == "12 Oct 2018"


def test_months_may_come_first() -> None:
    datetimes.use("month-day", 12)
    assert datetimes.long_date(TODAY) == "Saturday, November 16, 2019"
    assert datetimes.long_moment(NOW) == "Saturday, November 16, 2019, 1:53 pm"
    assert datetimes.short_moment(NOW) == "Nov 16, 2019, 1:53 pm"
    assert datetimes.short_date(TODAY) == "Nov 16"
    assert datetimes.day_heading(TODAY, TODAY) == ("Today", "Saturday, November 16")
    assert datetimes.day_heading(BEFORE, TODAY) == ("Friday", "March 2, 2018")
    assert datetimes.clock(NOW - timedelta(days=1), NOW) == "Nov 15, 1:53 pm"
    assert datetimes.age(NOW - timedelta(days=400), NOW) == "Oct 12, 2018"
    assert datetimes.age(NOW - timedelta(days=39), NOW) == "Oct 8"


def test_dates_may_be_iso() -> None:
    datetimes.use("iso", 24)
    assert datetimes.long_moment(NOW) == "Saturday 2019-11-16, 13:53"
    assert datetimes.short_moment(NOW) == "2019-11-16, 13:53"
    assert datetimes.short_date(TODAY) == "11-16"
    assert datetimes.day_heading(TODAY - timedelta(days=1), TODAY) == ("Yesterday", "Friday 2019-11-15")
    assert datetimes.day_heading(BEFORE, TODAY) == ("Friday", "2018-03-02")
    assert datetimes.age(NOW - timedelta(days=400), NOW) == "2018-10-12"


@pytest.mark.parametrize(("hour", "told"), [(0, "12:05 am"), (9, "9:05 am"), (12, "12:05 pm"), (23, "11:05 pm")])
def test_a_clock_of_12_hours_has_no_hour_0(hour: int, told: str) -> None:
    datetimes.use("day-month", 12)
    assert datetimes.clock(NOW.replace(hour=hour, minute=5)) == told


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda moment: moment.year > 999))  # strptime wants four digits
def test_whatever_the_way_the_moment_can_be_read_back(moment: datetime) -> None:
    forms = {"day-month": "%d %b %Y", "month-day": "%b %d, %Y", "iso": "%Y-%m-%d"}
    for dates in get_args(get_type_hints(values.ReaderSettings)["dates"]):
        for clock, time in ((24, "%H:%M"), (12, "%I:%M %p")):
            datetimes.use(dates, clock)
            read = datetime.strptime(f"{datetimes.short_moment(moment)} +0000", f"{forms[dates]}, {time} %z")
            assert read == moment.replace(second=0, microsecond=0)


AT = "https://rain.example"


@pytest.mark.parametrize(
    ("file", "label"),
    [
        (Enclosure(f"{AT}/a/rain.mp3?t=1", "audio/mpeg", 42_300_000, 2280), "Audio · rain.mp3 · 42 MB · 38 min"),
        (Enclosure(f"{AT}/stream", "audio/mpeg", None, 3720, "Part one"), "Audio · Part one · mp3 · 1 h 2 min"),
        (Enclosure(f"{AT}/rain.webm"), "Video · rain.webm"),
        (Enclosure(f"{AT}/", "application/octet-stream"), "File · rain.example"),
        (Enclosure(f"{AT}/gauge.pdf", "application/pdf", 900), "Document · gauge.pdf · 900 bytes"),
        (Enclosure(f"{AT}/r%C3%A9sum%C3%A9%1b%5d.jpg", "image/jpeg"), "Picture · résumé].jpg"),
    ],
)
def test_a_file_says_what_it_is_as_far_as_the_feed_does(file: Enclosure, label: str) -> None:
    assert file_label(file) == label


def test_a_name_that_never_ends_is_cut() -> None:
    assert len(file_label(Enclosure(f"{AT}/{'a' * 500}.ogg"))) < 80
    assert file_kind(Enclosure(f"{AT}/a.xyz", "x-world/x-3dmf")) == "File"


def test_sizes_and_durations_are_short() -> None:
    assert [size(n) for n in (999, 1000, 640_400, 1_240_000, 9_960_000, 1_200_000_000)] == [
        "999 bytes",
        "1 kB",
        "640 kB",
        "1.2 MB",
        "10 MB",
        "1.2 GB",
    ]
    assert [duration(n) for n in (45, 90, 3540, 3580, 3600, 7320)] == [
        "45 s",
        "2 min",
        "59 min",
        "1 h",
        "1 h",
        "2 h 2 min",
    ]


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [(0, 7, " UTC"), (7, 1, " UTC+7"), (-3.5, 1, " UTC-3:30"), (5.75, 5.5, " UTC+5:45"), (7, 7, ""), (7, 0, "")],
)
def test_the_zone_is_said_where_the_paper_prints_another_time(here: float, there: float, said: str) -> None:
    moment, printed = (NOW.astimezone(timezone(timedelta(hours=hours))) for hours in (here, there))
    assert datetimes.long_moment(moment, printed) == datetimes.long_moment(moment) + said
    assert datetimes.short_moment(moment, printed) == datetimes.short_moment(moment) + said

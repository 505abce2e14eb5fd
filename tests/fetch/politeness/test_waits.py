"""When a server says to come back: read right from what servers write, and from what they should not have."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.fetch.politeness.waits import max_age, retry_at
from reader.text.waits import LONGEST_WAIT

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
AT = NOW.timestamp()
HOUR = 3600


def date(hour: int) -> str:
    return format_datetime(NOW.replace(hour=hour), usegmt=True)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        (date(13), HOUR),
        ("Sun, 01 Mar 2026 13:00:00 +0000", HOUR),
        ("999999999999999999999999", LONGEST_WAIT),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
    ],
)
def test_a_pause_is_read_in_seconds_and_as_a_date_and_has_an_end(header: str, seconds: int) -> None:
    assert retry_at(header, AT) == AT + seconds


@pytest.mark.parametrize(
    "header", [None, "", "0", "soon", "-5", "1.5", "１２", date(11), "Sun, 99 Mar 2026 13:00:00 GMT"]
)
def test_what_is_no_pause_is_none(header: str | None) -> None:
    assert retry_at(header, AT) is None


@given(st.text())
def test_any_header_at_all_is_read_without_harm(header: str) -> None:
    at = retry_at(header, AT)
    assert at is None or AT < at <= AT + LONGEST_WAIT
    for name in ("cache-control", "expires", "age"):
        assert (max_age({name: header}, AT) or 0) >= 0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "private"}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": 'public, Max-Age="600", must-revalidate', "expires": "0"}, 600),
        ({"cache-control": "max-age=600", "age": "200"}, 400),
        ({"cache-control": "max-age=600", "age": "700"}, 0),
        ({"cache-control": "max-age=soon"}, None),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "no-store"}, 0),
        ({"expires": date(13)}, HOUR),
        ({"expires": date(13), "date": date(12)}, HOUR),
        ({"expires": date(20), "date": date(19)}, HOUR),
        ({"expires": date(11)}, 0),
        ({"expires": "-1"}, 0),
    ],
)
def test_freshness_is_read_as_the_rfc_says(headers: dict[str, str], seconds: int | None) -> None:
    assert max_age(headers, AT) == seconds

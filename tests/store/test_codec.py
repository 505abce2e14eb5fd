"""Values go into columns and come back the same."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from reader.models import Failure, FailureKind
from reader.store import codec

offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(timezones=offsets))
def test_times_keep_their_moment_to_the_second_and_their_offset(value: datetime) -> None:
    back = codec.when(*codec.seconds_and_offset(value))
    assert back == value.replace(microsecond=0)
    assert back.utcoffset() == value.utcoffset()


def test_a_time_without_a_zone_is_utc() -> None:
    assert codec.seconds_and_offset(datetime(1970, 1, 1, 0, 1)) == (60, 0)  # noqa: DTZ001  # that is the point
    assert codec.seconds_and_offset(None) == (None, None)
    assert codec.when(None, None) is None
    assert codec.when(60, None) == datetime(1970, 1, 1, 0, 1, tzinfo=UTC)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_lists_of_words_come_back(words: list[str]) -> None:
    assert codec.strings(codec.to_json(tuple(words))) == tuple(words)
    assert codec.strings(None) == ()


def test_a_failure_of_a_kind_unknown_here_is_none() -> None:
    assert codec.failure('{"kind": "eaten-by-dog"}') is None
    failure = Failure(
        FailureKind.WAIT, "https://a.example/", 429, datetime(2023, 1, 1, 7, tzinfo=timezone(timedelta(hours=7)))
    )
    assert codec.failure(codec.to_json(failure)) == failure

"""The sentences people read: one for every kind of failure, and never a cause or a password in it."""

from datetime import UTC, date, datetime, timedelta
from typing import TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import words
from reader.models import Failure, FailureKind


class Facts(TypedDict, total=False):
    """What a failure may know besides its kind and its status."""

    url: str
    until: datetime
    seconds: float
    limit: int
    line: int
    entries: int
    cause: str


NOW = datetime(2019, 11, 16, 14, 0, tzinfo=UTC)
FACTS: Facts = {
    "url": "https://reader:secret@gull.example:8443/feed.xml",
    "until": NOW + timedelta(minutes=20),
    "seconds": 20.0,
    "limit": 10_000_000,
    "line": 214,
    "entries": 31,
    "cause": "ConnectError: [Errno 111]",
}


@pytest.mark.parametrize("keys", [True, False])
@pytest.mark.parametrize("kind", FailureKind)
def test_every_failure_has_a_sentence_without_cause_or_password(kind: FailureKind, keys: bool) -> None:
    nothing: Facts = {}
    for facts in (FACTS, nothing):
        for status in (404, 403, 429, 503, 418):
            sentence = words.failure(Failure(kind, status=status, **facts), zone=UTC, keys=keys)
            assert sentence.endswith(".")
            assert len(sentence) <= 100
            assert not any(bad in sentence for bad in ("secret", "Errno", "None", "{"))
            assert keys or "o opens" not in sentence


def test_the_facts_are_told() -> None:
    def told(kind: FailureKind) -> str:
        return words.failure(Failure(kind, status=404, **FACTS), zone=UTC)

    assert told(FailureKind.HTTP) == "the server answered 404: this address has moved or gone."
    assert told(FailureKind.TIMEOUT).startswith("no answer within 20 seconds.")
    assert told(FailureKind.TOO_LARGE) == "the answer is larger than 10 MB; it was not read."
    assert told(FailureKind.BROKEN_FEED).startswith("the feed has an error on line 214. 31 headlines")
    assert told(FailureKind.NO_CONNECTION).startswith("gull.example:8443 cannot be reached.")
    assert told(FailureKind.WAIT).startswith("it asked us to wait; it is due now.")


@pytest.mark.parametrize(
    ("limit", "told"),
    [(999, "999 bytes"), (1_000_000, "1.0 MB"), (64_500_000, "64 MB"), (1_000_000_000, "1.0 GB")],
)
def test_a_size_is_told_as_people_write_it(limit: int, told: str) -> None:
    assert words.failure(Failure(FailureKind.TOO_LARGE, limit=limit)).startswith(f"the answer is larger than {told};")


@pytest.mark.parametrize("name", ["gull.example:8443", "gull.example:8443/sport", "https://www.gull.example:8443/rss"])
def test_a_host_is_not_named_again_beside_its_name(name: str) -> None:
    for kind in FailureKind:
        failed = Failure(kind, "https://www.gull.example:8443/feed.xml", status=404)
        sentence = words.failure(failed, zone=UTC, beside=name)
        assert "gull.example" not in sentence
        assert sentence == words.failure(failed, zone=UTC) or "gull.example" in words.failure(failed, zone=UTC)
        assert words.failure(failed, zone=UTC, beside="The Gull") == words.failure(failed, zone=UTC)


def test_a_wait_is_told_by_the_clock_in_seconds_or_as_over() -> None:
    until = datetime(2019, 11, 16, 7, 20, tzinfo=UTC)
    waits = Failure(FailureKind.WAIT, "https://gull.example/rss", status=429, until=until)

    def told(seconds_before: float, *, promises: bool = True) -> str:
        now = until.timestamp() - seconds_before
        return words.failure(waits, zone=UTC, promises=promises, now=now)

    assert told(1800) == "it asks us to wait until 07:20; Newsstand will."
    assert told(20) == "it asks us to wait 20 s; Newsstand will."
    assert told(0.2) == "it asks us to wait 1 s; Newsstand will."
    assert told(-60) == "it asked us to wait; it is due now."
    assert told(20, promises=False) == "it asks us to wait 20 s; try again then."
    assert words.failure(waits, now=until.timestamp() - 20, rerun=True) == "it asks us to wait 20 s; run it again then."
    assert words.failure(waits, now=until.timestamp() + 60, rerun=True) == "it asked us to wait; that is over now."
    assert told(-60, promises=False) == "it asked us to wait; that is over now."


@pytest.mark.parametrize("kind", FailureKind)
def test_of_an_address_that_is_no_source_nothing_is_promised(kind: FailureKind) -> None:
    for status in (404, 429, 503):
        sentence = words.failure(Failure(kind, status=status, **FACTS), zone=UTC, keys=False, promises=False)
        assert sentence.endswith(".")
        if kind not in (FailureKind.BROKEN_FEED, FailureKind.NOT_KEPT, FailureKind.DISK_FULL, FailureKind.OFFLINE):
            assert not any(promise in sentence for promise in ("Newsstand will", "was kept", "kept."))


@pytest.mark.parametrize("kind", FailureKind)
def test_a_command_that_ends_does_not_say_that_newsstand_will_do_anything(kind: FailureKind) -> None:
    for status in (404, 429, 503):
        sentence = words.failure(Failure(kind, status=status, **FACTS), zone=UTC, keys=False, rerun=True)
        assert "Newsstand will" not in sentence
        if kind is FailureKind.HTTP and status != 404:
            assert sentence.endswith("Run it again later.")


@given(st.text(max_size=40))
def test_no_address_however_broken_breaks_its_sentence(url: str) -> None:
    assert words.failure(Failure(FailureKind.NO_CONNECTION, url)).endswith("What was kept is still here.")


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (timedelta(seconds=5), "1 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=3), "3 days"),
        (timedelta(days=15), "2 weeks"),
        (timedelta(days=39), "8 Oct"),
        (timedelta(days=400), "12 Oct 2018"),
    ],
)
def test_ages_are_coarse_and_end_in_a_date(ago: timedelta, told: str) -> None:
    assert words.age(NOW - ago, NOW) == told


def test_days_are_called_as_people_call_them() -> None:
    today = date(2019, 11, 16)
    assert words.long_date(today) == "Saturday 16 November 2019"
    assert words.day_heading(today, today) == ("Today", "Saturday 16 November")
    assert words.day_heading(date(2019, 11, 15), today) == ("Yesterday", "Friday 15 November")
    assert words.day_heading(date(2018, 11, 15), today) == ("Thursday", "15 November 2018")
    assert words.short_moment(NOW) == "16 Nov 2019, 14:00"


def test_everything_on_the_surface_is_there() -> None:
    assert all(hasattr(words, name) for name in words.__all__)

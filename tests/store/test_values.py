"""The digest says whether a reader would notice a difference."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reader.models import Enclosure, Entry
from reader.store import digest

ENTRY = Entry(
    "1", "https://a.example/", "Title", "Summary", "<p>x</p>", ("Mai",), "City", datetime(2023, 1, 1, tzinfo=UTC)
)


@pytest.mark.parametrize(
    "change",
    [{"title": "T"}, {"link": None}, {"summary": ""}, {"content": None}, {"section": "Sea"}, {"authors": ("M", "ai")},
     {"published": None}, {"summary": "Summary<p>x</p>", "content": ""}],
)  # fmt: skip
def test_every_part_that_is_shown_counts(change: dict[str, None] | dict[str, str] | dict[str, tuple[str, ...]]) -> None:
    assert digest(replace(ENTRY, **change)) != digest(ENTRY)


def test_guid_picture_and_enclosure_do_not_count() -> None:
    other = replace(ENTRY, guid="2", picture="https://a.example/p.png", enclosure=Enclosure("https://a.example/a.mp3"))
    assert digest(other) == digest(ENTRY)

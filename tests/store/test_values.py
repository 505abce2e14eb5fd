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
    [
        {"title": "T"},
        {"link": None},
        {"summary": ""},
        {"content": None},
        {"section": "Sea"},
        {"authors": ("M", "ai")},
        {"published": None},
        {"summary": "Summary<p>x</p>", "content": ""},
    ],
)
def test_every_part_that_is_shown_counts(change: dict[str, None] | dict[str, str] | dict[str, tuple[str, ...]]) -> None:
    assert digest(replace(ENTRY, **change)) != digest(ENTRY)


def test_guid_and_picture_do_not_count() -> None:
    other = replace(ENTRY, guid="2", picture="https://a.example/p.png")
    assert digest(other) == digest(ENTRY)


def test_files_and_the_discussion_count_so_that_newer_ones_come_in() -> None:
    sound = Enclosure("https://a.example/a.mp3", "audio/mpeg", 12)
    entries = [
        ENTRY,
        replace(ENTRY, discussion="https://a.example/talk"),
        replace(ENTRY, linked=("https://a.example/talk",)),
        *(
            replace(ENTRY, enclosures=(file,))
            for file in (sound, replace(sound, duration=90), replace(sound, title="A"))
        ),
    ]
    assert len({digest(entry) for entry in entries}) == len(entries)

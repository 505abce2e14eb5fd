"""Files that a feed attaches to an entry, and where the entry is discussed."""

import json

import pytest

from reader.fetch import attachments
from reader.models import Enclosure
from tests.fetch.feeds.feed_documents import atom, only, rss


def item(inside: str) -> bytes:
    return rss(f"<item><title>Rain</title><guid>1</guid>{inside}</item>")


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("1:02:03", 3723),
        ("62:03", 3723),
        ("3723", 3723),
        ("0:45", 45),
        (" 38:00 ", 2280),
        ("38 min", 2280),
        ("PT1H2M3S", 3723),
        ("PT45S", 45),
        ("1800.5", 1800),
        ("00:38:12.000", 2292),
        ("45 sec", 45),
        ("", None),
        ("0", None),
        ("00:00", None),
        ("soon", None),
        ("-5", None),
        ("9999999", None),
        ("1:2:3:4", None),
        ("P", None),
        ("٣٨:٠٠", None),
    ],
)
def test_durations_as_feeds_write_them(written: str, seconds: int | None) -> None:
    assert attachments.seconds(written) == seconds


def test_every_file_is_there_with_its_facts_and_pictures_come_last() -> None:
    entry = only(
        item(
            '<enclosure url="/cover.jpg" type="image/jpeg" length="77"/>'
            '<enclosure url="/rain.mp3" type="audio/mpeg" length="1234"/>'
            '<enclosure url="/rain.mp3" type="audio/mpeg"/><enclosure url="javascript:alert(1)"/>'
            '<media:content url="/rain.mp4" type="video/mp4" fileSize="99" duration="61"/>'
            "<itunes:duration>38:00</itunes:duration>"
        )
    )
    at = "https://bao.example.vn"
    assert entry.enclosures == (
        Enclosure(f"{at}/rain.mp3", "audio/mpeg", 1234, 2280),
        Enclosure(f"{at}/rain.mp4", "video/mp4", 99, 61),
        Enclosure(f"{at}/cover.jpg", "image/jpeg", 77),
    )
    assert entry.picture == f"{at}/cover.jpg"


def test_discussions_of_rss_and_atom() -> None:
    talk = "https://talk.example/7"
    assert only(item(f"<comments> {talk} </comments>")).discussion == talk
    assert only(item("<comments>mailto:me@talk.example</comments>")).discussion is None
    replies = f'<entry><id>1</id><title>Rain</title><link rel="replies" type="text/html" href="{talk}"/></entry>'
    assert only(atom(replies)).discussion == talk
    feed = replies.replace("text/html", "application/atom+xml")
    assert only(atom(feed)).discussion is None


def test_attachments_of_json_feeds_and_of_rss_written_as_json() -> None:
    given = [
        {
            "url": "/a.mp3",
            "mime_type": "audio/mpeg",
            "title": "One",
            "size_in_bytes": 9,
            "duration_in_seconds": 90.5,
        },
        {"url": "/b.mp3", "mime_type": 7, "size_in_bytes": "x", "duration_in_seconds": "soon"},
        "none",
    ]
    data = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "attachments": given}]}
    at = "https://bao.example.vn"
    assert only(json.dumps(data).encode()).enclosures == (
        Enclosure(f"{at}/a.mp3", "audio/mpeg", 9, 90, "One"),
        Enclosure(f"{at}/b.mp3"),
    )
    rss_item = {
        "title": "Rain",
        "comments": f"{at}/talk",
        "enclosure": {"url": f"{at}/a.mp3", "type": "audio/mpeg", "length": "12"},
    }
    entry = only(json.dumps({"rss": {"channel": {"title": "R", "item": [rss_item]}}}).encode())
    assert entry.enclosures == (Enclosure(f"{at}/a.mp3", "audio/mpeg", 12),)
    assert entry.discussion == f"{at}/talk"

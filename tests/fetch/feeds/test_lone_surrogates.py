"""A lone surrogate, which JSON and character references can write and nobody can encode, costs the value it is in."""

import json
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from reader.fetch import feeds
from reader.models import Feed

PAPER = "https://gull.example/feed"
LONE = "\udc80"
STRINGS = (
    LONE,
    f"a{LONE}b",
    f"https://gull{LONE}.example/a",
    f"https://{LONE}@gull.example/",
    f"/a{LONE}?b{LONE}#{LONE}",
)
ITEM = {"id": "1", "url": "https://gull.example/ferry", "title": "Ferry", "content_html": "<p>It is back.</p>"}
WHOLE = {"id": "2", "url": "https://gull.example/bread", "title": "Bread"}


def texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if is_dataclass(value):
        return [text for field in fields(value) for text in texts(getattr(value, field.name))]
    return [text for one in value for text in texts(one)] if isinstance(value, tuple) else []


def must_be_whole(feed: Feed) -> None:
    assert feed.entries[-1].title == "Bread"
    assert feed.entries[-1].link == "https://gull.example/bread"
    for text in texts(feed):
        text.encode()


@pytest.mark.parametrize("bad", STRINGS, ids=ascii)
@pytest.mark.parametrize(
    "place",
    [
        *((key,) for key in ("title", "home_page_url", "feed_url", "next_url", "icon", "description", "language")),
        *(
            ("items", 0, key)
            for key in (
                "id url external_url title content_html content_text summary image banner_image date_published "
                "date_modified language tags author"
            ).split()
        ),
        ("items", 0, "authors", 0, "name"),
        ("items", 0, "attachments", 0, "url"),
        ("items", 0, "attachments", 0, "mime_type"),
        ("items", 0, "attachments", 0, "title"),
    ],
    ids=str,
)
def test_in_json_feed_it_costs_one_value(bad: str, place: tuple[Any, ...]) -> None:
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Gull",
        "items": [
            {**ITEM, "authors": [{"name": "Ann"}], "attachments": [{"url": "https://gull.example/a.mp3"}]},
            WHOLE,
        ],
    }
    inner: Any = document
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = [bad] if place[-1] == "tags" else bad
    feed = feeds.parse(json.dumps(document).encode(), PAPER)
    must_be_whole(feed)
    assert len(feed.entries) == 2
    if place[-1] != "content_html":
        assert "It is back." in (feed.entries[0].content or "")


@pytest.mark.parametrize("bad", STRINGS, ids=ascii)
@pytest.mark.parametrize(
    "form",
    [
        "<link>{}</link>",
        "<guid>{}</guid>",
        '<enclosure url="{}" type="{}"/>',
        "<comments>{}</comments>",
        '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="{}"/>',
        "<author>{}</author>",
        "<category>{}</category>",
        "<title>{}</title>",
        '<description>&lt;a href="{}"&gt;x&lt;/a&gt;</description>',
        '<source url="{}">x</source>',
    ],
)
def test_in_xml_it_costs_one_value(bad: str, form: str) -> None:
    written = form.replace("{}", bad.replace(LONE, "&#xDC80;"))
    document = f"""<rss version="2.0"><channel><title>The Gull</title>
      <item><title>Ferry</title><link>https://gull.example/ferry</link>{written}</item>
      <item><title>Bread</title><link>https://gull.example/bread</link></item></channel></rss>"""
    must_be_whole(feeds.parse(document.encode(), PAPER))

"""Feeds that do not look like one: inside HTML, under a root of their own, JSON with a version of its own."""

import json
from typing import Any

import pytest

from reader import errors
from reader.fetch import feeds
from tests.fetch.feeds.feed_documents import PAPER

CHANNEL = (
    "<title>The lock</title><link>https://lock.example/</link><item><title>Gate &amp; beam</title>"
    "<link>https://lock.example/1</link><description>A barge.</description></item>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>The lock</title><entry><id>1</id><title>Gate &amp; beam</title>'
    '<link href="https://lock.example/1"/><summary>A barge.</summary></entry></feed>'
)
RSS = f'<rss version="2.0"><channel>{CHANNEL}</channel></rss>'


@pytest.mark.parametrize(
    "document",
    [
        f"<html><head><title>feed</title></head><body>{RSS}</body></html>",
        f"<!DOCTYPE html>\n<html>\n<body>\n{RSS}\n</body>\n</html>\n",
        f"<HTML><BODY><!-- made by a proxy -->{ATOM}</BODY></HTML>",
        f'<html><head><style>b{{}}</style></head><body><?xml version="1.0"?>{RSS}<script>n()</script></body></html>',
        f"<body><rss><channel>{CHANNEL}</channel></rss>",
        f"<html><body><p>Loading the feed</p>{ATOM}<p>Done.</p></body></html>",
    ],
)
def test_a_feed_inside_html_is_read(document: str) -> None:
    feed = feeds.parse(document.encode(), PAPER, content_type="text/html")
    [entry] = feed.entries
    assert (feed.title, entry.title, entry.link) == ("The lock", "Gate & beam", "https://lock.example/1")
    assert (entry.summary, feed.fault) == ("A barge.", None)


@pytest.mark.parametrize(
    "document",
    [
        f"<html><body><h1>How a feed looks</h1><p>{'Words about feeds. ' * 30}</p>{RSS}</body></html>",
        f"<html><body>{RSS}<p>{'Words about feeds. ' * 30}</p></body></html>",
        "<html><body><pre>&lt;rss&gt;&lt;item&gt;&lt;/item&gt;&lt;/rss&gt;</pre></body></html>",
        '<html><body><rss version="2.0"><channel/></rss></body></html>',
        "<html><body><feed><entry>of a form</entry></feed></body></html>",
        "<html>" + "<rss version='2.0'><item>" * 20_000,
    ],
)
def test_a_page_that_shows_a_feed_is_a_page(document: str) -> None:
    with pytest.raises(errors.NotAFeed):
        feeds.parse(document.encode(), PAPER)


@pytest.mark.parametrize(
    "document",
    [
        f"<news><channel>{CHANNEL}</channel></news>",
        f"<news>{CHANNEL}</news>",
        f'<?xml version="1.0"?><data xmlns="urn:of-our-own" generator="x"><channel>{CHANNEL}</channel></data>',
        f"<xml>{RSS}</xml>",
        f"<channel>{CHANNEL}</channel>",
        f'<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>{RSS}</soap:Body></soap:Envelope>',
    ],
)
def test_a_feed_under_any_root_is_read(document: str) -> None:
    feed = feeds.parse(document.encode(), PAPER)
    [entry] = feed.entries
    assert (feed.title, entry.title, entry.link) == ("The lock", "Gate & beam", "https://lock.example/1")


ITEM = {"id": "https://lock.example/1", "title": "Gate", "content_text": "A barge.", "date_published": 1772000000}


@pytest.mark.parametrize(
    "version", ["1.0", "1.1", "1", 1, 1.1, "JSON Feed 1.1", "https://jsonfeed.org/version/1", None]
)
def test_a_json_feed_of_any_version_is_read(version: Any) -> None:
    data = {"version": version, "title": "The lock", "items": [ITEM]}
    if version is None:
        with pytest.raises(errors.NotAFeed):
            feeds.parse(json.dumps(data).encode(), PAPER)
        return
    [entry] = feeds.parse(json.dumps(data).encode(), PAPER).entries
    assert (entry.title, entry.link, entry.summary) == ("Gate", "https://lock.example/1", "A barge.")
    assert entry.published is not None
    assert entry.published.isoformat() == "2026-02-25T06:13:20+00:00"


@pytest.mark.parametrize(
    "data",
    [
        {"version": "1.0", "items": [{"name": "x", "price": 3}]},
        {"version": "1.0", "items": {"id": "1", "title": "x"}},
        {"version": "2.4.1", "items": [ITEM]},
        {"version": True, "items": [ITEM]},
        {"version": "1.0"},
    ],
)
def test_any_other_json_is_none(data: Any) -> None:
    with pytest.raises(errors.NotAFeed):
        feeds.parse(json.dumps(data).encode(), PAPER)


def test_an_author_of_a_json_feed_is_a_name() -> None:
    item = {**ITEM, "authors": [{"name": "Tove Marsh <tove@lock.press>"}, {"name": "Ole Pike"}]}
    data = {"version": "https://jsonfeed.org/version/1.1", "title": "The lock", "items": [item]}
    assert feeds.parse(json.dumps(data).encode(), PAPER).entries[0].authors == ("Tove Marsh", "Ole Pike")

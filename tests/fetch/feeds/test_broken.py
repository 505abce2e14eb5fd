"""Feeds that are broken, and what is none: what can be read is read, what they break is told."""

import json
import random

import pytest

from reader import errors
from reader.fetch import feeds
from reader.models import FailureKind, Feed
from tests.fetch.feeds.feed_documents import PAPER, only, rss

# Broken feeds


def test_a_feed_cut_off_in_the_middle_gives_what_came_before() -> None:
    whole = rss("".join(f"<item><title>Tin {n}</title><guid>{n}</guid></item>\n" for n in range(10)))
    feed = feeds.parse(whole[: whole.index(b"Tin 7") + 5], PAPER)
    assert [entry.title for entry in feed.entries[:7]] == [f"Tin {n}" for n in range(7)]
    assert feed.fault is not None
    assert feed.fault.kind is FailureKind.BROKEN_FEED
    assert (feed.fault.url, feed.fault.line, feed.fault.entries) == (PAPER, 8, len(feed.entries))


@pytest.mark.parametrize(
    "broken",
    [
        "<item><title>Một & hai</title><guid>1</guid></item>",
        "<item><title>Một &amp; hai</title><guid>1</guid><lost></item>",
        "<item><title>Một &amp; hai</title><guid>1</guid><no:prefix>x</no:prefix></item>",
        "<item><title>Một &amp; hai</title><guid>1</guid><description>a<br>b</description></item>",
        "<item><title>Một &amp;&nbsp;hai</title><guid>1</guid><a b></a></item>",
        "<image><width/></image><item><title>Một & hai</title><guid>1</guid></item>",
        "<item><title>Một & hai</title><guid>1</guid><a>&#99999999999; &#xd800; &#x110000; &#0;</a></item>",
    ],
)
def test_broken_xml_gives_the_entries_that_can_be_read_and_says_where_it_broke(broken: str) -> None:
    ok = "<item><title>Ba</title><guid>3</guid></item>"
    feed = feeds.parse(rss(f"\n\n{broken}{ok}"), PAPER)
    assert [entry.title for entry in feed.entries] == ["Một & hai", "Ba"]
    assert feed.fault is not None
    assert (feed.fault.line, feed.fault.entries) == (3, 2)


DOCTYPES = [
    "",
    "<!DOCTYPE rss>",
    '<!DOCTYPE rss SYSTEM "https://dtd.example/rss.dtd">',
    '<!DOCTYPE rss PUBLIC "-//Lamp//DTD 1//EN" "lamp.dtd" [<!ENTITY keeper "Bà Lan">]>',
]


@pytest.mark.parametrize("doctype", DOCTYPES)
def test_the_entities_of_html_are_letters_whatever_dtd_is_named(doctype: str) -> None:
    titles = (
        "<title>Caf&eacute; &mdash; b&agrave;n&nbsp;1</title><description>&lt;p&gt;A &hellip; &lt;/p&gt;</description>"
    )
    document = rss(f"<item>{titles}</item>").replace(b"<rss", f"{doctype}<rss".encode(), 1)
    entry = only(document)
    assert (entry.title, entry.summary) == ("Café — bàn 1", "A …")
    assert feeds.parse(document, PAPER).fault is None


def test_an_entity_that_nobody_declares_stays_as_it_is_written() -> None:
    document = rss("<item><title>&keeper; &khoa; <![CDATA[&copy; &x;]]></title></item>")
    declared = document.replace(b"<rss", '<!DOCTYPE rss [<!ENTITY keeper "Bà Lan">]><rss'.encode(), 1)
    assert only(declared).title == "Bà Lan &khoa; © &x;"
    assert only(document).title == "&keeper; &khoa; © &x;"


def test_a_reference_to_no_character_costs_one_letter() -> None:
    feed = feeds.parse(rss("<item><title>Tin &#99999999999;&#xD800;.</title><guid>1</guid></item>"), PAPER)
    assert feed.entries[0].title == "Tin \ufffd\ufffd."
    assert feed.fault is None


def test_control_codes_do_not_break_a_feed() -> None:
    feed = feeds.parse(rss("<item><title>Tin \x1b[31mđỏ\x1b[0m \x00\x08</title><guid>1</guid></item>"), PAPER)
    assert feed.entries[0].title == "Tin [31mđỏ[0m"
    assert feed.fault is None


def test_a_json_feed_cut_off_in_the_middle_gives_what_came_before() -> None:
    items = [{"id": str(n), "title": f"Tin {n}"} for n in range(5)]
    whole = json.dumps({"version": "https://jsonfeed.org/version/1", "title": "Báo", "items": items})
    feed = feeds.parse(whole[: whole.index("Tin 3")].encode(), PAPER)
    assert [entry.title for entry in feed.entries] == ["Tin 0", "Tin 1", "Tin 2"]
    assert feed.fault is not None
    assert feed.fault.entries == 3


# What is no feed


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b" \n",
        b"<!DOCTYPE html><html><head><title>News</title></head><body><p>feed channel rss</p></body></html>",
        b"<html><body><rss></rss></body></html>",
        b'<?xml version="1.0"?><opml version="2.0"><body><outline text="x" xmlUrl="https://a.example/rss"/></body></opml>',
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/1</loc></url></urlset>',
        b"just words about an RSS feed",
        b'{"title": "no feed", "items": []}',
        b'{"title" "items": [{"id": "1", "title": "One"}, {',
        b'{"items": {"id": "1", "title"',
        b"[1, 2, 3]",
        b"{" * 100_000,
        b'{"a":' * 100_000,
        b"%PDF-1.7 <</Type /Catalog>>",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        random.Random(1).randbytes(100_000),
    ],
)
def test_what_is_no_feed_is_said_to_be_none(document: bytes) -> None:
    with pytest.raises(errors.NotAFeed):
        feeds.parse(document, PAPER)


def test_an_empty_feed_is_a_feed() -> None:
    feed = feeds.parse(b"<rss><channel/></rss>", PAPER)
    assert feed == Feed(url=PAPER, title="bao.example.vn")

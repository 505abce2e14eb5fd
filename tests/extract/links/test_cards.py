"""A block of other stories becomes links: headline, section, summary and time of each card."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from reader.extract.links.cards import cards
from reader.models import Link, LinkKind

BASE = "https://marsh.example/harbour/ferry.html"
SUMMARY = "The old bridge will be closed to all traffic until the first week of June."


def links(markup: str) -> list[Link]:
    body = etree.fromstring(f"<html><body>{markup}</body></html>", etree.HTMLParser()).find("body")
    assert body is not None
    return list(cards(body[0], LinkKind.RELATED, BASE, UTC, here=BASE))


def test_a_card_has_its_headline_section_summary_and_time() -> None:
    card = (
        '<div><a class="category" href="/harbour/">Harbour</a><h3><a href="/bridge-1234567.html">Bridge closed</a></h3>'
        f'<p class="summary">{SUMMARY}</p><time datetime="2026-03-07T08:52Z">today</time></div>'
    )
    other = '<div><a href="/tide-7654321.html">A high tide is expected</a></div>'
    first, second = links(f"<div>{card}{other}</div>")
    assert first == Link(
        LinkKind.RELATED,
        "Bridge closed",
        "https://marsh.example/bridge-1234567.html",
        "Harbour",
        SUMMARY,
        datetime(2026, 3, 7, 8, 52, tzinfo=UTC),
    )
    assert (second.title, second.section, second.summary, second.published) == (
        "A high tide is expected",
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("anchor", "title"),
    [
        (
            '<a href="/b-1.html"><span class="title">Bridge closed</span><span class="desc">Since today</span></a>',
            "Bridge closed",
        ),
        ('<a href="/b-1.html"><span class="category">Harbour</span> Bridge closed</a>', "Bridge closed"),
        ('<a href="/b-1.html"><img src="b.jpg" alt="Bridge closed"></a>', "Bridge closed"),
        ('<a href="/b-1.html" title="Bridge closed for good">Bridge</a>', "Bridge closed for good"),
        ('<a href="/b-1.html"><img src="b.jpg"></a><h4>Bridge closed</h4>', "Bridge closed"),
        ('<a href="/b-1.html"><img src="b.jpg" alt="x"></a><a href="/b-1.html">Bridge closed</a>', "Bridge closed"),
        ('<a href="/b-1.html">Read also: Bridge closed</a>', "Bridge closed"),
        ('<a href="/b-1.html"><h3>Bridge closed</h3><p>Since today</p></a>', "Bridge closed"),
        (
            (
                '<a href="/b-1.html"><h2><span class="kick"><span>Harbour</span><svg><title>Talk</title></svg></span>'
                '<span class="Headline"><span>Bridge closed for good</span></span></h2></a>'
            ),
            "Bridge closed for good",
        ),
        (
            '<a href="/b-1.html"><h2><span>QUAY<svg><title>O</title></svg></span><i>Old bridge closed now</i></h2></a>',
            "Old bridge closed now",
        ),
        (
            '<a href="/b-1.html"><div class="h3">Bridge closed</div><div><p class="authors">by Ann Reed</p></div></a>',
            "Bridge closed",
        ),
        ('<a href="/b-1.html"><b>Bridge closed</b> <div class="authors">by <i>Ann Reed</i></div></a>', "Bridge closed"),
        ('<a href="/b-1.html"><span class="h2">Bridge closed</span>Since today nobody crosses.</a>', "Bridge closed"),
        (
            '<a href="/b-1.html"><div>Bridge closed for good</div><div>nobody crosses it now</div></a>',
            "Bridge closed for good nobody crosses it now",
        ),
        (
            '<a href="/b-1.html"><span>Bridge closed at noon</span><span>Nobody may cross</span></a>',
            "Bridge closed at noon Nobody may cross",
        ),
        ('<a href="/b-1.html"><b>B</b>ridge closed at Mac<i>Duff</i></a>', "Bridge closed at MacDuff"),
        (
            '<a href="/b-1.html"><h3><span class="title-a">The old</span> bridge of MacDuff closed</h3></a>',
            "The old bridge of MacDuff closed",
        ),
    ],
)
def test_the_headline_of_a_card_wherever_it_stands(anchor: str, title: str) -> None:
    assert [link.title for link in links(f"<div><div>{anchor}</div></div>")] == [title]


@pytest.mark.parametrize(
    "anchor",
    [
        f'<a href="{BASE}">The ferry is saved for good</a>',
        '<a href="/b-1.html">Read more</a>',
        '<a href="/b-1.html">x</a>',
        '<a href="#top">The bridge is closed for good</a>',
        '<a href="/tags/bridge">The bridge is closed for good</a>',
        "<a>The bridge is closed for good</a>",
    ],
)
def test_what_leads_to_no_other_story_is_no_card(anchor: str) -> None:
    assert links(f"<div>{anchor}</div>") == []


def test_a_link_can_be_the_whole_block_and_a_printed_date_is_its_time() -> None:
    (link,) = links('<a href="/b-1.html"><h3>Bridge closed</h3><span class="date">7 March 2026</span></a>')
    assert link.published == datetime(2026, 3, 7, tzinfo=UTC)


def test_a_section_that_says_the_headline_or_a_label_is_none() -> None:
    (link,) = links(
        '<div><span class="category">Bridge closed</span><span class="label">Read also</span>'
        '<a href="/b-1.html">Bridge closed</a></div>'
    )
    assert link.section is None


def test_a_summary_without_a_class_is_a_paragraph_that_says_something_new() -> None:
    def summary(markup: str) -> str | None:
        return links(f'<div><a href="/b-1.html">Bridge closed</a>{markup}</div>')[0].summary

    assert summary(f"<p>{SUMMARY}</p>") == SUMMARY
    assert summary("<p>Short.</p>") is None
    assert summary("<p>Bridge closed, and so is the road that leads to it.</p>") is None
    assert summary(f"<div>{SUMMARY}</div>") is None


@pytest.mark.parametrize(
    ("anchor", "section", "title"),
    [
        (
            '<a href="/b-1.html"><h2><span>Harbour Life</span><span>The old bridge is closed</span></h2></a>',
            "Harbour Life",
            "The old bridge is closed",
        ),
        (
            '<a href="/b-1.html"><span>Harbour</span><span>“The old bridge is closed”</span></a>',
            "Harbour",
            "“The old bridge is closed”",
        ),
        ('<a href="/b-1.html"><b>Bridge</b> is closed for good now</a>', None, "Bridge is closed for good now"),
        ('<a href="/b-1.html"><b>Bridge</b>men close the bridge now</a>', None, "Bridgemen close the bridge now"),
    ],
)
def test_a_kicker_glued_to_the_headline_is_the_section(anchor: str, section: str | None, title: str) -> None:
    (link,) = links(f"<div><div>{anchor}</div></div>")
    assert (link.section, link.title) == (section, title)


def test_a_section_that_is_a_heading_over_the_headline_is_not_the_headline() -> None:
    card = '<article><a href="/2026/03/ferry"><h3>{}</h3><h4>The ferry is saved at last</h4></a></article>'
    block = f"<div>{card.format('Boats')}<article><a href='/2026/03/bridge'><h3>Bridge</h3></a></article></div>"
    assert [link.title for link in links(block)] == ["The ferry is saved at last", "Bridge"]

"""Blocks of other stories in the text and beside it, on pages of which no rule knows anything."""

import pytest
from lxml import etree

from reader.extract.links.related import boxes_in_body, stories_beside, stories_in_boxes, stories_left_out
from reader.extract.metadata.page_context import PageContext, page_context
from reader.extract.rules.sites import Rules
from reader.models import Link, LinkKind

URL = "https://marsh.example/ferry-1000001.html"


def row(number: int) -> str:
    return f'<li><a href="/story-{number}000000.html">The story of day number {number}</a></li>'


ROWS = "".join(map(row, (2, 3, 4)))
TEXT = "<p>The council voted to keep the old ferry running, after three winters of argument in the hall.</p>" * 5


def context(markup: str) -> tuple[PageContext, list[etree._Element]]:
    root = etree.fromstring(f"<html><body>{markup}</body></html>", etree.HTMLParser())
    return page_context(root, URL, Rules()), [e for e in root.iter("div") if e.get("id") == "text"]


def beside(markup: str) -> list[tuple[LinkKind, int]]:
    page, body = context(markup)
    return [(link.kind, int(link.title[-1])) for link in stories_beside(page, body)]


BODY = f'<div id="text">{TEXT}</div>'
MORE, RELATED = LinkKind.MORE, LinkKind.RELATED


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        (f"{BODY}<div><h3>Most read</h3><ul>{ROWS}</ul></div>", [(MORE, 2), (MORE, 3), (MORE, 4)]),
        (f"{BODY}<div><h3>Related stories</h3><ul>{ROWS}</ul></div>", [(RELATED, 2), (RELATED, 3), (RELATED, 4)]),
        (f"{BODY}<div><h3>In the harbour</h3><ul>{ROWS}</ul></div>", [(MORE, 2), (MORE, 3), (MORE, 4)]),
        (f'{BODY}<div class="recommended-list"><ul>{row(2)}{row(3)}</ul></div>', [(RELATED, 2), (RELATED, 3)]),
        (f'<div class="trending"><ul>{ROWS}</ul></div>{BODY}', [(MORE, 2), (MORE, 3), (MORE, 4)]),
        (f'<div class="trending"><ul>{row(2)}{row(3)}</ul></div>{BODY}', []),
        (f"<article>{BODY}<h3>Most read</h3><ul>{ROWS}</ul></article>", [(MORE, 2), (MORE, 3), (MORE, 4)]),
        (f"{BODY}<nav><h3>Most read</h3><ul>{ROWS}</ul></nav>", []),
        (f'{BODY}<div class="site-header"><h3>Most read</h3><ul>{ROWS}</ul></div>', []),
        (f"{BODY}<div><ul>{ROWS}</ul><a>Read more</a></div>", []),
        (f"{BODY}<div><h3>In the harbour</h3><ul>{row(2)}{row(3)}</ul></div>", []),
        (f"{BODY}<div><h3>Most read</h3></div>", []),
        (f"{BODY}<footer><div><h3>Most read</h3><ul>{ROWS}</ul></div></footer>", []),
    ],
)
def test_what_stands_beside_the_article_is_told_by_label_name_or_heading(
    markup: str, found: list[tuple[LinkKind, int]]
) -> None:
    assert beside(markup) == found


def test_a_block_of_too_many_stories_is_the_page_and_no_block() -> None:
    many = "".join(
        f'<li><a href="/story-{number}.html">The story of day number {number}</a></li>'
        for number in range(100000, 100040)
    )
    assert beside(f"{BODY}<div><h3>Most read</h3><ul>{many}</ul></div>") == []


CARD = '<div class="x"><a href="/bridge-5000000.html">The bridge of Upper Marsh is closed</a><p>Since Monday.</p></div>'


def in_body(inner: str) -> tuple[list[str], list[str]]:
    page, body = context(f'<div id="text">{TEXT}{inner}{TEXT}</div>')
    boxes = boxes_in_body(body, page)
    return sorted(str(box.tag) for box in boxes), [link.title for link in stories_in_boxes(boxes, page)]


@pytest.mark.parametrize(
    ("inner", "boxes", "titles"),
    [
        (
            f'<div class="related-box"><ul>{row(2)}{row(3)}</ul></div>',
            ["div"],
            ["The story of day number 2", "The story of day number 3"],
        ),
        (CARD, ["div"], ["The bridge of Upper Marsh is closed"]),
        ('<p>See <a href="/bridge-5000000.html">The bridge of Upper Marsh is closed</a> too</p>', [], []),
        (f"<ul>{ROWS}</ul>", [], []),
        ('<div class="related-box">No link in it</div>', [], []),
        (
            '<div class="x"><a href="https://moor.example/bridge-500000.html">The bridge is closed</a><p>x</p></div>',
            [],
            [],
        ),
        (f'<div class="related-box">{CARD}</div>', ["div"], ["The bridge of Upper Marsh is closed"]),
    ],
)
def test_boxes_and_cards_within_the_text(inner: str, boxes: list[str], titles: list[str]) -> None:
    assert in_body(inner) == (boxes, titles)


def test_cards_that_are_half_of_the_text_are_the_text() -> None:
    def card(number: int) -> str:
        return CARD.replace("5000000", f"{number}000000")

    page, body = context(f'<div id="text">{"".join(map(card, range(2, 6)))}</div>')
    assert boxes_in_body(body, page) == []


def test_a_headline_between_title_and_text_that_was_not_read_is_related() -> None:
    page, body = context(
        f"<div><h1>Ferry saved</h1><div>{CARD}</div><nav><a href='/x-9000000.html'>The sections of this paper</a></nav>"
        f"{BODY}</div>"
    )
    heading = next(page.root.iter("h1"))
    titles = [link.title for link in stories_left_out(page, heading, body, [], [])]
    assert titles == ["The bridge of Upper Marsh is closed"]
    known = [Link(LinkKind.INLINE, "x", "https://marsh.example/bridge-5000000.html")]
    assert stories_left_out(page, heading, body, known, []) == []
    assert stories_left_out(page, heading, [], [], []) == []
    assert stories_left_out(page, None, body, [], []) == []

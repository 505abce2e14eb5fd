"""All that a feed says of an entry is kept: where a description says more than its summary, it is the content."""

import json

import pytest

from reader.fetch import feeds
from tests.fetch.feeds.feed_documents import PAPER, only, rss

SENTENCE = "The keeper of the weather mast wrote down what the gauge said at six, and again when the rain had gone. "


def described(description: str, more: str = "") -> bytes:
    return rss(
        f"<item><title>Mast</title><link>/mast</link><description><![CDATA[{description}]]></description>{more}</item>"
    )


def content(document: bytes) -> str | None:
    return only(document).content


def test_a_description_longer_than_its_summary_is_kept_to_its_end() -> None:
    for count in (4, 6, 9):
        text = "".join(f"<p>{SENTENCE}</p>" for _ in range(count)) + "<p>The gauge is in the museum.</p>"
        assert (content(described(text)) or "").endswith("<p>The gauge is in the museum.</p>")


def test_a_short_post_keeps_its_links_and_its_paragraphs() -> None:
    link = '<p>Good rain today. <a href="https://rain.example/six">Six</a> litres.</p>'
    assert content(described(link)) == link
    two = "<p>Good rain today.</p><p>Six litres.</p>"
    assert content(described(two)) == two


@pytest.mark.parametrize("teaser", ["It rained.", "<p>It rained.</p>", '<a href="/mast">It rained.</a>', ""])
def test_what_says_no_more_than_its_summary_is_not_kept_twice(teaser: str) -> None:
    assert content(described(teaser)) is None


def test_plain_text_keeps_its_lines_and_its_addresses_become_links() -> None:
    text = "Talk on gauges & masts.\n\n0:00 Start\n2:10 Rain <3\nNotes: https://rain.example/a?b=1&c=(2)."
    assert content(described(text)) == (
        "<p>Talk on gauges &amp; masts.</p><p>0:00 Start<br>2:10 Rain &lt;3<br>Notes: "
        '<a href="https://rain.example/a?b=1&amp;c=(2)">https://rain.example/a?b=1&amp;c=(2)</a>.</p>'
    )
    wrapped = (
        "A line that a program broke because it had come to its very end,\nand that goes on here.\nhttps://a.example/"
    )
    assert "end, and that goes on here.<br>" in (content(described(wrapped)) or "")


def test_a_json_feeds_summary_alone_is_kept_where_it_says_more() -> None:
    items = [
        {"id": "1", "url": "/1", "title": "One", "summary": "Six litres."},
        {"id": "2", "url": "/2", "title": "Two", "summary": "Six litres.\nhttps://rain.example/"},
        {"id": "3", "url": "/3", "title": "Three", "summary": SENTENCE * 30 + "The end."},
    ]
    data = {"version": "https://jsonfeed.org/version/1.1", "title": "Rain", "items": items}
    first, second, third = feeds.parse(json.dumps(data).encode(), PAPER).entries
    assert first.content is None
    assert second.content == '<p>Six litres.<br><a href="https://rain.example/">https://rain.example/</a></p>'
    assert (third.content or "").endswith("The end.</p>")

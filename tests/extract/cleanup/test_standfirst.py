"""The standfirst that a page shows, and what is none."""

import pytest
from lxml import etree

from reader.extract.blocks.inline import ContentBlock, WalkState
from reader.extract.blocks.walk import blocks_of
from reader.extract.cleanup.standfirst import entry_standfirst, from_rule, visible_standfirst
from reader.extract.metadata.embedded import Metadata

LEDE = "The old ferry of Lower Marsh will run for another year, the council says."
SAID = Metadata(metas={"description": (LEDE,)})
BODY = "<div id='text'><p>The council voted on Tuesday.</p><p>Nobody spoke against it.</p></div>"


def found(markup: str, metadata: Metadata = SAID) -> tuple[str | None, list[str]]:
    root = etree.fromstring(f"<html><body>{markup}</body></html>", etree.HTMLParser())
    body = [e for e in root.iter("div") if e.get("id") == "text"]
    story: list[ContentBlock] = blocks_of(body[0], WalkState("https://marsh.example/", "", lambda _: False))
    lede, left = visible_standfirst(root, metadata, next(root.iter("h1"), None), body, story)
    return lede, [block.text for block in left]


@pytest.mark.parametrize(
    ("over", "metadata", "lede"),
    [
        (f"<p>{LEDE}</p>", SAID, LEDE),
        (f"<p>{LEDE} More of it.</p>", SAID, f"{LEDE} More of it."),
        (f"<p class='standfirst'>{LEDE}</p>", Metadata(), LEDE),
        (f"<p>{LEDE}</p>", Metadata(), None),
        ("<p class='standfirst'>Too short.</p>", Metadata(), None),
        (f"<aside><p class='standfirst'>{LEDE}</p></aside>", SAID, None),
        (f"<div class='newsletter'><p>{LEDE}</p></div>", SAID, None),
        (f"<p class='standfirst'><a href='/x'>{LEDE}</a></p>", SAID, None),
        (f"<p class='standfirst'>{LEDE}<img src='f.jpg'></p>", SAID, None),
        ("<p>Something else that is as long as a standfirst would be.</p>", SAID, None),
    ],
)
def test_the_standfirst_between_headline_and_text(over: str, metadata: Metadata, lede: str | None) -> None:
    assert found(f"<main><h1>Ferry saved</h1>{over}{BODY}</main>", metadata)[0] == lede


def test_a_standfirst_that_begins_the_text_too_is_there_once() -> None:
    body = BODY.replace("<p>The", f"<p>{LEDE}</p><p>The")
    assert found(f"<main><h1>Ferry saved</h1><p>{LEDE}</p>{body}</main>") == (
        LEDE,
        ["The council voted on Tuesday.", "Nobody spoke against it."],
    )


@pytest.mark.parametrize(
    ("first", "metadata", "taken"),
    [
        (f"<p>{LEDE}</p>", SAID, True),
        (f"<p class='lead'>{LEDE}</p>", Metadata(), True),
        (f"<h2 class='sapo'>{LEDE}</h2>", Metadata(), True),
        (f"<p>{LEDE}</p>", Metadata(), False),
        ("<p class='lead'>Too short.</p>", Metadata(), False),
    ],
)
def test_the_first_paragraph_is_the_standfirst_where_it_is_called_so_or_described(
    first: str, metadata: Metadata, taken: bool
) -> None:
    lede, left = found(f"<h1>Ferry saved</h1>{BODY.replace('<p>The', f'{first}<p>The')}", metadata)
    assert (lede is not None) is taken
    assert len(left) == (2 if taken else 3)


def test_a_story_of_one_paragraph_keeps_it() -> None:
    assert found(f"<div id='text'><p class='lead'>{LEDE}</p></div>") == (None, [LEDE])


def test_a_rules_standfirst_without_text_is_none() -> None:
    assert from_rule([etree.Element("p")], []) == (None, [])


def test_a_feeds_summary_is_one_clean_line_or_none() -> None:
    assert entry_standfirst(" Reed &amp;amp; Lund\n row ") == "Reed & Lund row"
    assert entry_standfirst("") is entry_standfirst(None) is entry_standfirst(" ") is None

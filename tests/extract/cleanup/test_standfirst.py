"""The standfirst that a page shows, and what is none."""

import pytest
from lxml import etree

from reader.extract.blocks.inline import ContentBlock, WalkState
from reader.extract.blocks.unwanted import left_out_of_feed
from reader.extract.blocks.walk import blocks_of
from reader.extract.cleanup.standfirst import entry_standfirst, from_rule, visible_standfirst
from reader.extract.metadata.embedded import Metadata

LEDE = "The old ferry of Lower Marsh will run for another year, the council says."
SAID = Metadata(metas={"description": (LEDE,)})
BODY = "<div id='text'><p>The council voted on Tuesday.</p><p>Nobody spoke against it.</p></div>"


def found(markup: str, metadata: Metadata = SAID, authors: tuple[str, ...] = ()) -> tuple[str | None, list[str]]:
    root = etree.fromstring(f"<html><body>{markup}</body></html>", etree.HTMLParser())
    body = [e for e in root.iter("div") if e.get("id") == "text"]
    story: list[ContentBlock] = blocks_of(body[0], WalkState("https://marsh.example/", "", left_out_of_feed()))
    lede, left = visible_standfirst(root, metadata, next(root.iter("h1"), None), body, story, authors=authors)
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


@pytest.mark.parametrize(
    ("over", "lede"),
    [
        (f"<div class='c-intro__author'>von Ann Reed, Bo Lund</div><div class='c-intro__copy'>{LEDE}</div>", LEDE),
        (f"<div class='intro-date'>Tuesday, the fourth of May 2026</div><p class='intro'>{LEDE}</p>", LEDE),
        ("<div class='intro'><span>Written by Ann Reed and Bo Lund</span></div>", None),
        (
            f"<h2 class='c-intro__subheadline'>A council relents</h2><p class='lead'>{LEDE}</p>",
            f"A council relents – {LEDE}",
        ),
        (f"<h2 class='subtitle'>Ferry saved</h2><p class='lead'>{LEDE}</p>", LEDE),
        (f"<div class='subtitle'><p class='lead'>{LEDE}</p></div>", LEDE),
    ],
)
def test_a_byline_in_the_box_of_the_standfirst_is_none_and_a_subtitle_stays(over: str, lede: str | None) -> None:
    markup = f"<main><h1>Ferry saved</h1>{over}{BODY}</main>"
    assert found(markup, Metadata(), ("Ann Reed", "Bo Lund"))[0] == lede


def test_a_byline_at_the_head_of_the_text_is_no_standfirst() -> None:
    body = BODY.replace("<p>The", "<p class='intro'>Written by Ann Reed and Bo Lund</p><p>The")
    assert found(f"<main><h1>Ferry saved</h1>{body}</main>", Metadata(), ("Ann Reed", "Bo Lund"))[0] is None


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


@pytest.mark.parametrize(
    ("over", "lede"),
    [
        (f"<div class='teaser lead'>{LEDE}</div>", LEDE),
        (f"<div class='page-meta'><p>{LEDE}</p></div>", LEDE),
        (f"<div class='article-teaser'>{LEDE[:-1]}, and more of it.</div>", f"{LEDE[:-1]}, and more of it."),
        (f"<h2><b>Marsh. </b>{LEDE}</h2>", f"Marsh. {LEDE}"),
        (f"<p class='intro'>By Ann Reed of the Marsh Post</p><p>{LEDE}</p>", LEDE),
        (f"<div class='teaser' hidden>{LEDE}</div>", None),
        (f"<div class='related teaser'>{LEDE}</div>", None),
        ("<div class='teaser'>Something else that is as long as a standfirst would be.</div>", None),
    ],
)
def test_the_pages_own_description_is_the_standfirst_whatever_it_is_called(over: str, lede: str | None) -> None:
    assert found(f"<main><h1>Ferry saved</h1>{over}{BODY}</main>")[0] == lede


def test_without_a_headline_the_description_directly_above_the_text_is_the_standfirst() -> None:
    assert found(f"<main><div class='teaser-text'>{LEDE}</div>{BODY}</main>")[0] == LEDE
    assert found(f"<main><p>Ask us about our boats and their history.</p>{BODY}</main>")[0] is None


def test_what_the_walk_left_out_of_the_body_for_its_name_is_the_standfirst_if_it_is_the_description() -> None:
    root = etree.fromstring(f"<main><h1>Ferry saved</h1>{BODY}</main>", etree.HTMLParser())
    body = next(e for e in root.iter("div"))
    story = blocks_of(body, WalkState("https://marsh.example/", "", left_out_of_feed()))
    body.insert(0, etree.fromstring(f"<div class='teaser'>{LEDE}</div>"))
    assert visible_standfirst(root, SAID, next(root.iter("h1")), [body], story) == (LEDE, story)


def test_the_description_at_the_head_of_the_text_is_the_standfirst_behind_a_note_and_after_a_dateline() -> None:
    rest = "<p>The council voted on Tuesday.</p><p>Nobody spoke against it, though two members left the hall.</p>"
    text = f"<div id='text'><p>First published in English</p><p><b>Marsh.</b> {LEDE}</p>{rest * 3}</div>"
    lede, left = found(f"<main><h1>Ferry saved</h1>{text}</main>")
    assert lede == f"Marsh. {LEDE}"
    assert left[:2] == ["First published in English", "The council voted on Tuesday."]


def test_a_text_that_is_little_more_than_its_description_stays_one() -> None:
    text = f"<div id='text'><p>A note</p><p>{LEDE}</p><p>More.</p></div>"
    assert found(f"<main><h1>Ferry saved</h1>{text}</main>")[0] is None


@pytest.mark.parametrize(
    ("first", "lede"),
    [
        ("<h3>Boats</h3>", None),
        ("<h3>What was said</h3>", LEDE),
        ("<p><b>BOATS</b></p>", None),
        ("<p><b>LOWER MARSH</b></p>", LEDE),
        ("<p>The council has met.</p>", LEDE),
    ],
)
def test_the_first_entry_of_a_list_is_no_standfirst(first: str, lede: str | None) -> None:
    said = Metadata(metas={"description": (f"BOATS {LEDE}",)})
    body = f"<div id='text'>{first}<p>{LEDE}</p><p>Nobody spoke against it.</p><p>{'The oars rest. ' * 12}</p></div>"
    assert found(f"<main><h1>Ferry saved</h1>{body}</main>", said)[0] == lede


def test_what_is_called_a_subtitle_under_the_text_is_no_standfirst() -> None:
    """Where one box holds the headline, the text and what follows it, all that follows stands under the headline."""
    text = "".join(f"<p>On day {n} the ferry crossed the marsh with bread and post.</p>" for n in range(1, 8))
    under = "<div class='cards-subtitle'>Discover what other readers of the marsh enjoy</div>"
    assert found(f"<div id='text'><h1>Ferry saved</h1>{text}{under}</div>", Metadata())[0] is None
    over = f"<div class='subtitle'>{LEDE}</div>"
    assert found(f"<div id='text'><h1>Ferry saved</h1>{over}{text}{under}</div>", Metadata())[0] == LEDE

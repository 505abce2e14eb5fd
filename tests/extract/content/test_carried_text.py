"""A story that only the page's JSON-LD carries is read from there; one that the page shows is not."""

import json

import pytest

from reader.extract import extract
from tests.extract.sample_pages import SENTENCES, paragraphs

URL = "https://marsh.example/ferry-saved"


def page(
    body: str, shown: str = "<div id=app></div>", *, others: tuple[str, ...] = (), kind: str = "NewsArticle"
) -> bytes:
    nodes = [
        {"@type": "NewsArticle", "headline": f"Story {n}", "url": f"https://marsh.example/{n}", "articleBody": text}
        for n, text in enumerate(others)
    ]
    nodes.insert(0, {"@type": kind, "headline": "Ferry saved", "url": URL, "articleBody": body})
    script = json.dumps(nodes).replace("<", "\\u003c")
    return (
        "<!doctype html><html lang=en><head><title>Ferry saved</title>"
        f"<script type='application/ld+json'>{script}</script></head><body>{shown}</body></html>"
    ).encode()


@pytest.mark.parametrize(
    "body",
    [
        "\n\n".join(SENTENCES),
        "\r\n".join(SENTENCES),
        paragraphs(),
        paragraphs().replace("<", "&lt;").replace(">", "&gt;"),
        "<br><br>".join(SENTENCES),
    ],
)
def test_a_story_that_only_the_json_ld_carries_is_the_article(body: str) -> None:
    article = extract(page(body), URL)

    assert article.markdown == "\n\n".join(SENTENCES)
    assert article.title == "Ferry saved"


def test_a_teaser_on_the_page_gives_way_to_the_whole_story() -> None:
    teaser = f"<article><h1>Ferry saved</h1><p>{SENTENCES[0]}</p><p>Read on with a subscription.</p></article>"
    assert extract(page("\n".join(SENTENCES * 2), teaser), URL).markdown.count("Rowers had") == 2


def test_a_page_that_shows_its_story_is_not_read_from_the_json_ld() -> None:
    shown = f"<article><h1>Ferry saved</h1>{paragraphs()}</article>"
    assert "elsewhere" not in extract(page(f"{' '.join(SENTENCES)} And elsewhere too.", shown), URL).markdown


def test_a_text_of_few_words_and_another_story_s_text_are_no_article() -> None:
    assert extract(page("The ferry is saved."), URL).markdown == ""
    assert extract(page("", others=("\n".join(SENTENCES),)), URL).markdown == ""


def test_nothing_in_the_text_acts_in_the_terminal() -> None:
    article = extract(page("\n".join(f"\x1b[2J{sentence}\x9b" for sentence in SENTENCES)), URL)
    assert article.markdown == "\n\n".join(SENTENCES)


@pytest.mark.parametrize("count", [3, 8, 20])
def test_teasers_of_other_stories_are_not_what_the_page_shows_of_this_one(count: int) -> None:
    teasers = "".join(
        f"<article><h3><a href='/news/{n}/boat.html'>The boat number {n} sails again</a></h3>"
        f"<p>The boat with the number {n} sails again to the far bank, where some wait for it.</p></article>"
        for n in range(count)
    )
    article = extract(page("\n".join(SENTENCES), f"<div id=app></div><section><h2>Latest</h2>{teasers}</section>"), URL)
    assert article.markdown == "\n\n".join(SENTENCES)


@pytest.mark.parametrize("kind", ["SocialMediaPosting", "DiscussionForumPosting", "AdvertiserContentArticle"])
def test_all_kinds_of_articles_carry_their_text(kind: str) -> None:
    assert extract(page("\n".join(SENTENCES), kind=kind), URL).markdown == "\n\n".join(SENTENCES)
    assert extract(page("\n".join(SENTENCES), kind="JobPosting"), URL).markdown == ""


def test_a_short_text_is_the_story_where_the_page_shows_none() -> None:
    assert extract(page(SENTENCES[0]), URL).markdown == SENTENCES[0]
    shown = f"<noscript><article>{paragraphs()}</article></noscript>"
    assert extract(page(SENTENCES[0], shown), URL).markdown == "\n\n".join(SENTENCES)


def test_a_text_of_the_page_s_own_stays_though_the_json_ld_says_something_else() -> None:
    shown = f"<article><h1>Ferry saved</h1>{paragraphs()}</article>"
    assert extract(page("Another tale of the far bank and its people. " * 9, shown), URL).markdown == "\n\n".join(
        SENTENCES
    )


def test_what_a_paper_says_of_itself_is_not_the_story() -> None:
    about = (
        "<main><p>The Marsh Post comes with the first boat, and has done so for ninety years, rain or shine.</p>" * 2
    )
    assert extract(page("\n".join(SENTENCES), about + "</main>"), URL).markdown == "\n\n".join(SENTENCES)

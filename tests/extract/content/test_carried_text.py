"""A story that only the page's JSON-LD carries is read from there; one that the page shows is not."""

import json

import pytest

from reader.extract import extract
from tests.extract.sample_pages import SENTENCES, paragraphs

URL = "https://marsh.example/ferry-saved"


def page(body: str, shown: str = "<div id=app></div>", *, others: tuple[str, ...] = ()) -> bytes:
    nodes = [
        {"@type": "NewsArticle", "headline": f"Story {n}", "url": f"https://marsh.example/{n}", "articleBody": text}
        for n, text in enumerate(others)
    ]
    nodes.insert(0, {"@type": "NewsArticle", "headline": "Ferry saved", "url": URL, "articleBody": body})
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

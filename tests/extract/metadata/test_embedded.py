"""What JSON-LD and meta elements say, however badly they are written."""

import json

import pytest
from lxml import etree

from reader.extract.metadata.embedded import Metadata, parse_metadata, texts_in

URL = "https://marsh.example/ferry"


def metadata(head: str, attributes: str = "") -> Metadata:
    root = etree.fromstring(f"<html {attributes}><head>{head}</head><body></body></html>", etree.HTMLParser())
    return parse_metadata(root, URL)


def json_ld(text: str) -> Metadata:
    return metadata(f'<script type="application/ld+json">{text}</script>')


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "Article", "headline": "Ferry saved"}',
        '{"@type": "Article", "headline": "Ferry saved",}',
        '{"@type": "Article", "headline": "Ferry\nsaved"}',
        '{"@type": "Article", "headline": "Ferry saved"};',
        '<!-- {"@type": "Article", "headline": "Ferry saved"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "Ferry saved"}\n//]]>',
        '/* x */{"@type": "Article", "headline": "Ferry saved"}',
        '{"@type": "Article", "headline": "Ferry saved"} {"@type": "Article"}',
        '{"@graph": [{"@type": ["Thing", "http://schema.org/NewsArticle"], "headline": "Ferry saved"}]}',
        '[{"@type": "WebPage", "mainEntity": {"@type": "Report", "headline": "Ferry saved"}}]',
    ],
)
def test_json_ld_is_read_though_it_is_broken_or_nested(text: str) -> None:
    assert json_ld(text).first_text("headline") == "Ferry saved"


@pytest.mark.parametrize("text", ["", "{", "nonsense", "[" * 5000, '{"@type": 3}', '"text"', "null"])
def test_what_is_no_json_ld_says_nothing(text: str) -> None:
    assert json_ld(text).nodes == ()


def test_of_several_articles_the_one_of_this_address_is_meant() -> None:
    nodes = [
        {"@type": "Article", "headline": "Another", "url": "https://marsh.example/other"},
        {"@type": "Article", "headline": "This one", "mainEntityOfPage": {"@id": URL}},
    ]
    assert json_ld(json.dumps(nodes)).first_text("headline") == "This one"


def test_a_web_page_stands_for_an_article_only_where_it_has_a_headline_or_a_date() -> None:
    assert json_ld('{"@type": "WebPage", "headline": "Ferry saved"}').first_text("headline") == "Ferry saved"
    assert json_ld('{"@type": "WebPage", "name": "Home"}').nodes == ()


def test_breadcrumbs_are_names_in_order() -> None:
    items = [{"name": "Home"}, {"item": {"name": "Harbour"}}, "no item"]
    said = json_ld(json.dumps({"@type": "BreadcrumbList", "itemListElement": items}))
    assert said.crumbs == ("Home", "Harbour")


def test_no_more_nodes_are_looked_at_than_a_page_has() -> None:
    many = [{"@type": "Thing"}] * 99
    text = json.dumps({"@graph": [{"@graph": many} for _ in range(20)] + [{"@type": "Article", "headline": "Late"}]})
    assert json_ld(text).first_text("headline") == "Late"
    assert json_ld(json.dumps([[many] * 99] * 2 + [many] * 9)).first_text("headline") is None


def test_one_meta_element_may_say_several_properties_and_entities_are_decoded_twice() -> None:
    said = metadata('<meta property="og:title twitter:title" content="Reed &amp;amp; Lund">')
    assert said.meta("twitter:title") == said.meta("nothing", "og:title") == "Reed & Lund"
    assert said.meta("nothing") is None


@pytest.mark.parametrize(
    ("attributes", "head", "lang"),
    [
        ('lang="vi"', "", "vi"),
        ('lang="EN-gb"', "", "en-GB"),
        ('lang="not a language"', "", None),
        ("", '<meta property="og:locale" content="de_DE">', "de-DE"),
        ("", "", None),
    ],
)
def test_the_language_is_written_as_bcp_47_has_it(attributes: str, head: str, lang: str | None) -> None:
    assert metadata(head, attributes).lang == lang


def test_the_canonical_link_and_the_title_are_read_and_a_pictures_title_is_none() -> None:
    said = metadata('<link rel="Canonical" href="/whole"><title> Ferry  saved </title>')
    assert (said.canonical, said.page_title) == ("https://marsh.example/whole", "Ferry saved")
    root = etree.fromstring("<html><body><svg><title>Logo</title></svg></body></html>", etree.HTMLParser())
    assert parse_metadata(root, URL).page_title is None


def test_what_calls_itself_news_or_an_article_is_told() -> None:
    assert json_ld('{"@type": "NewsArticle"}').is_news
    assert not json_ld('{"@type": "BlogPosting"}').is_news
    assert json_ld('{"@type": "BlogPosting"}').is_article
    assert metadata('<meta property="og:type" content="article">').is_article
    assert not metadata('<meta property="og:type" content="website">').is_article


def test_the_texts_of_a_value_are_those_of_lists_and_names_but_not_of_lists_in_lists() -> None:
    assert list(texts_in(["a", {"name": "b"}, {"@value": ["c"]}, ["d"], {"url": "e"}, 3, " "])) == ["a", "b", "c"]

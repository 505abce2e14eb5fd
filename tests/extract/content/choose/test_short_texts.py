"""Articles of few or hidden words: flashes, poems, stories in templates, pages that are nothing but text."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from reader.extract import extract
from reader.extract.content.choose import choose_body, reveal_hidden_text, whole_page

LONG = "The council voted on Tuesday to keep the old ferry running, after three winters of argument, in June. "
LINKS = "<ul>" + "<li><a href='/x'>Another story of the marsh and of its bridges</a></li>" * 9 + "</ul>"
TEXT = f"<div id='{{}}' class='article-body'><p>{LONG * 2}</p><p>{LONG * 2}</p></div>"


def tree(body: str, head: str = "") -> etree._Element:
    return etree.fromstring(f"<html><head>{head}</head><body>{body}</body></html>", etree.HTMLParser())


def chosen(body: str, url: str | None = None) -> list[str]:
    root = tree(body)
    return [str(e.get("id")) for e in choose_body(root, next(root.iter("h1"), None), url)]


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ("<main id='m'><p>The bridge is closed today.</p></main>", ["m"]),
        ("<main id='m'><p>Closed.</p></main>", []),
        ("<aside><article id='m'><p><a href='/x'>The bridge is closed today.</a></p></article></aside>", []),
        ("<div id='t' class='article-body'>" + "A reed bends<br>and no bird sings<br>" * 3 + "</div>", ["t"]),
        ("<div id='t' class='article-body'>" + "<a href='/x'>A reed bends</a><br>" * 4 + "</div>", []),
        (f"{TEXT.format('a')}<div id='b' class='comments'><p>{LONG * 2}</p></div>", ["a"]),
        (f"<div>{TEXT.format('a')}{LINKS}<div id='b' class='article-body'><p>{LONG * 2}</p></div></div>", ["a", "b"]),
        (f"<article id='a'><p>{LONG * 3}</p></article><article id='b'><h1>Tide</h1><p>{LONG * 2}</p></article>", ["b"]),
    ],
)
def test_what_holds_the_article(body: str, ids: list[str]) -> None:
    assert chosen(body) == ids


def test_of_two_stories_the_one_that_names_the_address_is_meant() -> None:
    body = "".join(f"<article id='{n}' data-url='/{n}'><p>{LONG * 3}</p></article>" for n in "ab")
    assert chosen(body, "https://marsh.example/b") == ["b"]


def test_text_in_noscript_and_in_templates_is_brought_into_the_tree() -> None:
    root = etree.Element("html")
    body = etree.SubElement(root, "body")
    etree.SubElement(etree.SubElement(body, "noscript"), "p").text = LONG
    etree.SubElement(etree.SubElement(body, "template"), "p").text = LONG
    script = etree.SubElement(body, "script", type="text/template")
    script.text = f"<p>{LONG}</p>"
    assert reveal_hidden_text(root)
    assert [element.tag for element in body] == ["div", "div", "div"]
    assert next(body[2].iter("p")).text == LONG
    assert not reveal_hidden_text(root)


def test_what_a_page_says_of_its_article_only_in_a_template_is_read_with_it() -> None:
    inner = f"<div><time datetime='2024-03-07T08:00:00Z'>Thursday</time>{f'<p>{LONG}</p>' * 3}</div>"
    article = extract(f"<body><script type=text/template>{inner}</script></body>".encode(), "https://marsh.example/a")
    assert article.published == datetime(2024, 3, 7, 8, tzinfo=UTC)
    assert LONG.strip() in article.markdown


def test_a_short_noscript_and_a_script_stay_hidden() -> None:
    root = tree("<noscript><img src='f.jpg'></noscript><script>if (a < b) { " + "x" * 200 + " }</script>")
    assert not reveal_hidden_text(root)


@pytest.mark.parametrize(
    ("body", "head", "whole"),
    [
        ("<p>Plain text.</p><a href='#1'>1</a>", "", True),
        ("<p>Plain text.</p><a href='/x'>1</a>", "", False),
        ("<p>Plain text.</p><form></form>", "", False),
        ("<p>Plain text.</p>", "<meta http-equiv='Refresh' content='0'>", False),
    ],
)
def test_a_page_that_leads_nowhere_is_its_own_text(body: str, head: str, whole: bool) -> None:
    assert bool(whole_page(tree(body, head))) is whole


def test_a_document_without_a_body_has_no_text() -> None:
    assert whole_page(etree.Element("html")) == []

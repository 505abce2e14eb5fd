"""Pages that once took seconds, minutes or for ever: each is the smallest that showed what took so long."""

import time

import pytest

from reader.errors import NotAPage
from reader.extract import Rules, extract
from reader.extract.content.choose import reveal_hidden_text
from reader.extract.dom.parse import MOST_ELEMENTS, MOST_TEXT, parse, printable, tree
from tests.extract.sample_pages import english, paragraphs

SECONDS = 4.0
"""Of CPU: more than the two that a page may take, for a machine that does much else."""
WORDS = "The ferry has crossed the marsh since the flood, and those who row it know each reed by its name."


def story(markup: str) -> bytes:
    return english(f"{paragraphs()}{markup}<p>{WORDS}</p>")


def read(page: bytes) -> str:
    return extract(page, "https://marsh.example/2024/ferry-2.html", rules=Rules()).markdown


STORIES = "".join(f"<a href=/2024/story-of-the-ferry-{n}.html>A ferry that was saved {n}</a>" for n in range(4_000))
CARDS = STORIES.replace("<a ", "<div><a ").replace("</a>", "</a></div>")

SLOW = {
    "declarations before the root": b"<?a?>" * 60 + story(""),
    "attributes": story("<p " + " ".join(f"x{n}" for n in range(100_000)) + ">a"),
    "attributes with quoted brackets": story("<p " + " ".join(f"x{n}='>'" for n in range(100_000)) + ">a"),
    "attributes after a lone quote": story('<p " ' + " ".join(f"x{n}" for n in range(100_000)) + ">a"),
    "attributes among brackets": story(
        "<p x <"
        + ("x" * 90)
        + "\u00e0 "
        + " ".join(f"x{n} {'<' if n % 9_000 == 0 else ''}" for n in range(99_000))
        + ">a"
    ),
    "attributes out of a value": story(
        '<p data-a="b><img srcset="' + ", ".join(f"/{n}.jpg {n}w" for n in range(40_000)) + '">'
    ),
    "line breaks": story("<p>" + "a<br>" * 25_000),
    "emphasis": story("<p>" + "<em>a </em>" * 20_000),
    "spans": story("<p>" + "<span>a ferry that was saved </span>" * 10_000),
    "quotations": story("<p>" + "<q>a</q>" * 15_000),
    "abbreviations": story("<p>" + "".join(f'<abbr title="a b {n}">A</abbr> ' for n in range(5_000))),
    "a class of a megabyte": story(f'<div class="{"a-" * 500_000}"><p>{WORDS}</p></div>'),
    "megabytes of broken UTF-8": story("con đò cũ " * 300_000) + b"\xff\xfe",
    "a long text among cards": story(
        "<ul>"
        + "<li><a href=/story-of-the-ferry-1.html>Ferry saved at last by some</a></li>" * 8
        + "</ul><p>"
        + "Ferry, saved. " * 360_000
    ),
    "a paragraph of megabytes": story("<p>" + "The ferry, saved. " * 280_000),
    "cells": story("<table>" + ("<tr>" + "<td>a</td>" * 200 + "</tr>") * 500 + "</table>"),
    "tables in tables": story("<table>" * 60 + "<tr><td>a</td></tr>" * 9_000 + "</table>" * 60),
    "nested definitions": story("<dl><dd>a" * 30 + "</dd></dl>" * 30),
    "blocks in a heading": story("<h2>" + "<div>a</div>" * 7_000),
    "marks of one note": story("<p><sup>" + "<a href=#fn1>1</a>" * 9_000 + "</sup></p><p id=fn1>A note</p>"),
    "names of one quotation": story(
        "<blockquote>It was said.<p class=author>" + "<cite>A. B.</cite>" * 9_000 + "</p></blockquote>"
    ),
    "captions": story("<figure><img src=/a.jpg>" + "<figcaption>A caption.</figcaption>" * 9_000 + "</figure>"),
    "headlines": story("<h1>The ferry of Lower Marsh is saved</h1>" * 5_000),
    "a pager": story('<a href="?page=2">2</a> ' * 12_000),
    "a pager with empty places": story("<b> </b>" * 12_000 + '<a href="?page=2">2</a><i> </i>' * 6_000),
    "pages whose names are numbered": story(
        "<a href=/2024/ferry-3.html>3</a> <a href=/2024/ferry-1.html>1</a>" * 6_000
    ),
    "links to the whole": story(
        "<div class=comments>" + "<div>" * 150 + "<a href='?view=all'>View all</a>" * 20_000 + "</div>" * 151
    ),
    "marks that touch": story("<p>" + "<b>a</b><i>b</i>" * 9_000),
    "marks that do not stand": story("<p>" + 'x<b>"a"</b>' * 12_000),
    "marks that fall one by one": story("<p>" + '<b>a"</b><del>a"</del>' * 7_000 + "x"),
    "empty links beside": story("<div class=related><div>" + "<a></a>" * 15_000 + STORIES + "</div></div>"),
    "empty links among cards": story(f"<p>{WORDS}</p>" * 2_000 + "<div>" + "<a></a>" * 15_000 + CARDS + "</div>"),
    "many cards": story(f"<p>{WORDS}</p>" * 6_000 + CARDS * 3),
    "hidden in hidden": english("<div style=display:none>" * 190 + "<p>a</p>" * 15_000),
    "sidebars in sidebars": story("<div class=sidebar>" * 190 + "<p>a</p>" * 15_000),
    "what stands over the text": english(
        paragraphs(),
        before="<div>" * 150 + "<div><span>a ferry that was saved, as all say</span></div>" * 8_000 + "</div>" * 150,
    ),
    "authors in biographies in each other": story(
        "<div class=bio>" * 150 + "<a rel=author href=/ann>Ann</a>" * 400 + "<i></i>" * 2_000
    ),
    "ways to log in, in many boxes": story(
        "<div>" * 150 + "<a href=/log-in/>Log in</a>" * 5 + "<i></i>" * 25_000 + "<a href=/join/>Join</a>"
    ),
    "authors without a name in a form": story(f"<form>{'<span itemprop=author></span>' * 9_000}{'<i></i>' * 9_000}"),
    "bylines without a name in a form": story(f"<form>{'<span class=byline></span>' * 9_000}{'<i></i>' * 9_000}"),
    "openers in each other of a form": story(
        "<div role=button aria-controls=f>" * 180 + "Oars" + "<i></i>" * 20_000 + "</div>" * 180 + "<form id=f></form>"
    ),
    "named boxes in each other": story(
        "".join(f"<button aria-controls=b{number}>Oars</button>" for number in range(180))
        + "".join(f"<div id=b{number}>" for number in range(180))
        + "<p>Oak, <a>ash</a></p>" * 13_000
    ),
    "links in a heading": story("<h1>" + "<a href=x>" * 14_000),
    "links to a heading in it": story("<h1>" + "<a href='#x' id=x>" * 8_000),
    "pictures": story("".join(f'<img src="/{n}.jpg" alt="a picture of it all">' for n in range(25_000))),
}


@pytest.mark.parametrize("page", SLOW.values(), ids=SLOW)
def test_what_is_very_long_or_very_often_there_is_read_in_bounded_time(page: bytes) -> None:
    began = time.process_time()
    read(page)
    assert time.process_time() - began < SECONDS


HEADLINE = "<h2>The ferry of Lower Marsh</h2>"
DEEP = {
    "headlines again": english(HEADLINE * 1_500 + paragraphs()).replace(b"Ferry saved", b"The ferry of Lower Marsh"),
    "headings of the first level": english("<h1>Another thing</h1>" * 1_200 + paragraphs()),
    "a template": b"<div>" * 100
    + b"<script type=text/template>"
    + b"<div>" * 600
    + paragraphs().encode()
    + b"</script>",
    "a template in a template": b"<div>" * 190
    + b"<template>"
    + b"<div>" * 190
    + paragraphs().encode()
    + b"</template>",
}


@pytest.mark.parametrize("page", DEEP.values(), ids=DEEP)
def test_no_page_makes_the_reader_call_itself_too_often(page: bytes) -> None:
    assert "Rowers had carried post" in read(page)


def test_templates_are_bounded_together_with_their_page() -> None:
    root = parse(f"<script type=text/template>{'<i>a</i> ' * 9_000}</script>".encode() * 5 + b"<p>a</p>")
    assert root is not None
    assert reveal_hidden_text(root)
    assert sum(1 for _ in root.iter()) <= MOST_ELEMENTS


def test_no_comment_of_a_template_is_text() -> None:
    markup = f"<div><p>A<!-- secret -->b</p>{paragraphs()}<pre>x<!-- secret -->y</pre></div>"
    markdown = read(f"<body><script type=text/template>{markup}</script></body>".encode())
    assert "Rowers had carried post" in markdown
    assert "xy" in markdown
    assert "secret" not in markdown


def test_declarations_before_a_feed_hide_no_feed() -> None:
    with pytest.raises(NotAPage):
        parse(b"<?a?> <!-- b -->\n" * 30 + b"<rss>")


def test_a_tag_of_thousands_of_attributes_keeps_its_text_and_no_attribute() -> None:
    root = parse(("<p " + " ".join(f"x{n}" for n in range(9_000)) + ">It stays.</p><p class=b>And so on.").encode())
    assert root is not None
    assert [(e.text, dict(e.attrib)) for e in root.iter("p")] == [("It stays.", {}), ("And so on.", {"class": "b"})]


def test_long_values_and_long_scripts_are_no_thousands_of_attributes() -> None:
    address = f"data:image/png;base64,{'A' * 50_000}"
    root = parse(f'<img alt="a > b" src="{address}"><script>{"a = b; " * 5_000}</script><p>Here.</p>'.encode())
    assert root is not None
    assert [e.get("src") for e in root.iter("img")] == [address]
    assert [len(e.text or "") for e in root.iter("script")] == [35_000]


def test_a_script_that_compares_is_no_tag() -> None:
    code = "for (i = 0; i<t.length; i++) {" + "a.b(c); " * 3_000 + "}"
    root = parse(f"<script>{code}</script><script>b</script><p>Here.</p>".encode())
    assert root is not None
    assert [e.text for e in root.iter("script")] == [code, "b"]


def test_elements_are_bounded_and_what_comes_first_is_kept() -> None:
    root = parse(("<p>It stays.</p>" + "<div><i>a</i></div>" * MOST_ELEMENTS).encode())
    assert root is not None
    assert sum(1 for _ in root.iter()) <= MOST_ELEMENTS
    assert "".join(map(str, root.itertext())).startswith("It stays.aaa")


def test_text_is_bounded_and_a_whole_book_is_not() -> None:
    book = "Chapter one. " * (MOST_TEXT // 14)
    assert len(read(story(f"<pre>{book}</pre>"))) > len(book)
    for markup in (f"<p>{book * 3}<b>c</b></p><p>d</p>", f"<p>a<br>{book * 3}<i>b</i></p><p>c</p>"):
        root = tree(f"<body><div>{markup}</div>d</body>".encode())
        assert root is not None
        assert MOST_TEXT - 100 < len("".join(map(str, root.itertext()))) <= MOST_TEXT
        assert next(root.iter("p")).getnext() is None


def test_a_cut_text_holds_what_a_reference_names_and_lxml_does_not_take_back() -> None:
    root = tree(("<p>" + "&#1;&#12;&#xfffe;a" * MOST_TEXT).encode())
    assert root is not None
    assert set("".join(map(str, root.itertext()))) <= set("a\n")


def test_a_script_longer_than_any_is_left_out() -> None:
    root = tree(f"<script>{'a' * (MOST_TEXT + 1)}</script><script>b</script><p>c</p>".encode())
    assert root is not None
    assert [script.text for script in root.iter("script")] == [None, "b"]


def test_unclosed_tags_without_end_lose_no_text() -> None:
    root = parse(b"<div>a " * 5_000 + b"<p>The end.")
    assert root is not None
    assert "".join(map(str, root.itertext())).strip().endswith("The end.")


def test_a_nested_definition_stands_once() -> None:
    markdown = read(story("<dl><dt>Ferry</dt><dd>A boat.<dl><dd>That crosses.</dd></dl></dd></dl>"))
    assert [markdown.count(words) for words in ("Ferry", "A boat.", "That crosses.")] == [markdown.count("Ferry"), 1, 1]


def test_definitions_in_a_list_that_misnesting_took_out_of_its_item_are_kept() -> None:
    markdown = read(story("<dl><dt>Fat</dt><dd>16 g</dd><dt><dl><dt>Oil</dt><dd>5 g</dd></dl></dt></dl>"))
    assert [markdown.count(words) for words in ("Fat", "16 g", "Oil", "5 g")] == [1, 1, 1, 1]


def test_a_heading_that_was_not_closed_is_text() -> None:
    markdown = read(story("<h2>" + f"<div>{WORDS}</div>" * 30))
    assert "#" not in markdown
    assert WORDS in markdown


def test_a_long_paragraph_of_many_pieces_is_one_paragraph() -> None:
    words = [f"word{n}" for n in range(3_000)]
    markdown = read(story("<p>" + " ".join(f"<span>{word}</span>" for word in words) + "</p>"))
    assert " ".join(words) in markdown


def test_what_no_html_may_hold_goes_and_what_looks_like_it_stays() -> None:
    assert printable("a\x00\x0b\ufffe\uffff\ufffd\n\tＡđ\x1b[2Jb".encode()) == "a\ufffd\n\tＡđb".encode()

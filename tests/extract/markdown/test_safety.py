"""Whatever a page holds, its Markdown says the same words and nothing in it acts."""

import re
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reader.errors import NotAPage
from reader.extract import Rules, extract, extract_content
from reader.extract.cleanup.boilerplate import is_boilerplate
from reader.extract.links.labels import label_kind
from reader.text import clean
from reader.text.markdown_escape import destination, escape
from tests.extract.sample_pages import english, paragraphs

PARSER = MarkdownIt("commonmark").enable("table").enable("strikethrough")
URL = "https://marsh.example/a/b.html"
NASTY = st.text(
    st.sampled_from(list("<>&#;*_`[]()!|~\\/=+-.:\"'1a b\n\t\x1b\x9b\u202e\u200b\u0301\x00é好")), max_size=60
)
PRINTED = NASTY.map(lambda text: re.sub("[\x00-\x1f\x7f-\x9f]", " ", text))
TAGS = (
    "p div span a b i em strong ul ol li table tr td th blockquote pre code "
    "h1 h2 h3 br hr img figure figcaption sup article section script style noscript form q del dl dt dd"
)
SOUP = st.lists(
    st.one_of(
        NASTY,
        st.sampled_from([f"<{t}>" for t in TAGS.split()] + [f"</{t}>" for t in TAGS.split()]),
        st.sampled_from(
            [
                '<a href="javascript:alert(1)">',
                '<a href="data:text/html,x">',
                '<a href="file:///etc/passwd">',
                '<a href="/x(y)_z*">',
                '<a href="https://e.example/a b">',
                '<img src="javascript:x" alt="]( x">',
                '<img src="/a.jpg" alt="![x](y)">',
                '<a href="#n1"><sup>1</sup></a>',
                '<li id="n1">',
                "&amp;#8238;",
                "&lt;script&gt;",
                "&#27;[2J",
                "<p>" + "a long sentence, with stops, that counts as prose in any page of any paper; it does. " * 2,
            ]
        ),
    ),
    max_size=40,
).map("".join)


def tokens(markdown: str) -> Iterator[Token]:
    for token in PARSER.parse(markdown):
        yield token
        yield from token.children or ()


def rendered(markdown: str) -> str:
    """The words that a reader of the Markdown sees, entities decoded."""
    return "".join(t.content for t in tokens(markdown) if t.type in ("text", "code_inline", "fence", "text_special"))


def assert_safe(markdown: str) -> None:
    for token in tokens(markdown):
        assert token.type not in ("html_block", "html_inline"), markdown
        for name in ("href", "src"):
            target = token.attrs.get(name)
            assert target is None or str(target).startswith(("https://", "http://", "mailto:")), markdown
    assert clean(markdown) == markdown
    assert clean(rendered(markdown)) == rendered(markdown)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SOUP)
@example("<pre></pre><p>a")
@example('<a href="#n1"><sup>1</sup></a><li id="n1">11')
@example("<pre><br>&#27;[2J")
@example("<ul><li><ul><li># x</li></ul></li></ul>")
def test_no_soup_of_tags_raises_or_yields_what_acts(soup: str) -> None:
    page = f"<html><body><article>{paragraphs()}{soup}</article></body></html>"
    article = extract(page.encode("utf-8", "replace"), URL, rules=Rules())
    assert_safe(article.markdown)
    feed = extract_content(soup, URL)
    assert_safe(feed.markdown)
    for text in (article.title, article.lede or "", *(f.caption or "" for f in (*article.figures, *feed.figures))):
        assert clean(text) == text
    for link in (*article.links, *feed.links):
        assert link.url.startswith(("https://", "http://", "mailto:"))
        assert clean(link.title) == link.title


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.builds(bytes.__add__, st.binary(max_size=20), st.just(english()))))
def test_no_bytes_raise_but_to_say_that_they_are_no_page(page: bytes) -> None:
    with suppress(NotAPage):
        assert_safe(extract(page, URL).markdown)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=40) | PRINTED)
@example("&amp;#8238;")
@example("&#8238;")
@example("__0__")
@example("1. one")
@example("# no heading")
@example("--- \\ --")
@example("a | b")
@example("~~gone~~")
@example("[^1]: note")
@example("![x](y)")
@example("<b>bold</b> <!-- --> <?x")
def test_the_words_of_a_paragraph_come_back_from_its_markdown_as_they_were(words: str) -> None:
    as_html = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    article = extract_content(f"<div><p>before it</p><p>{as_html}</p><p>after it</p></div>", URL)
    if re.search(r"\w", words) and label_kind(words) is None and not is_boilerplate(words.strip(), linked=False):
        wanted = re.sub(r"\s+", "", clean(words))
        assert re.sub(r"\s+", "", rendered(article.markdown)) == f"beforeit{wanted}afterit"


def test_an_entity_that_is_text_stays_text() -> None:
    article = extract(english(f"{paragraphs()}<p>Write &amp;#8238; or &amp;lt; so.</p>"), URL, rules=Rules())
    assert "Write \\&#8238; or \\&lt; so." in article.markdown
    assert "Write &#8238; or &lt; so." in rendered(article.markdown)


@pytest.mark.parametrize("text", ["a*b*c", "[x](y)", "`code`", "<b>", "_x_", "a|b", "\\", "![a]"])
def test_what_would_be_markup_is_escaped(text: str) -> None:
    assert rendered(escape(text)) == text


def test_a_link_after_an_exclamation_mark_is_no_picture() -> None:
    article = extract_content('<p>Look here!<a href="/x">the ferry</a> of Marsh, old as it is.</p>', URL)
    assert article.markdown.startswith("Look here\\![the ferry](https://marsh.example/x)")


def test_emphasis_that_commonmark_would_not_take_is_left_plain() -> None:
    article = extract_content('<p>He said<b>"so"</b>then, and <b>went</b><b>home</b>; it was late.</p>', URL)
    assert '"so"then' in article.markdown
    assert "**" not in rendered(article.markdown)


def test_a_destination_cannot_end_its_link() -> None:
    assert destination("https://e.example/a(b)") == "https://e.example/a%28b%29"


@pytest.mark.parametrize("piece", ["[", "![", "[a](", "[[", "[]", "](", "[x][", "![x](a) "])
def test_thousands_of_brackets_are_read_quickly_and_say_what_they_said(piece: str) -> None:
    """A parser looks for the end of each bracket in all that follows, again and again."""
    text = piece * (100_000 // len(piece))
    markdown = escape(text)
    began = time.process_time()
    shown = rendered(markdown)
    assert time.process_time() - began < 2
    assert shown == text.rstrip()
    assert escape("[1] a [2] b") == "[1] a [2] b"

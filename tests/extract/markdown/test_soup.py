"""The tree that markdownify converts is the blocks: the same tags in the same order, the same words, well linked."""

from collections.abc import Iterable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from reader.extract import extract, extract_content
from reader.extract.markdown import convert as markdown
from reader.extract.markdown.soup import soup
from reader.news.local_file import extract_bytes
from tests.extract.markdown.test_convert import BLOCK, element, shape_of_tree, words
from tests.extract.sample_pages import english

URL = "https://marsh.example/ferry.html"
CONTAINERS = ("ul", "ol", "li", "blockquote")


def inside(node: PageElement) -> list[PageElement]:
    """What lies directly in a tag."""
    assert isinstance(node, Tag)
    return node.contents


def shape_of_soup(node: PageElement) -> tuple[Any, ...]:
    """A block of the tree as `shape_of_tree` shows that of the blocks."""
    assert isinstance(node, Tag)
    if node.name in CONTAINERS:
        return (node.name, *(shape_of_soup(child) for child in node.contents))
    if node.name == "table":
        return (node.name, *(words(text_of(cell)) for row in node.contents for cell in inside(row)))
    if node.name == "hr":
        return ("hr", "")
    return (node.name, words(text_of(node)))


def text_of(node: PageElement) -> str:
    """The strings in a tag, by its contents alone."""
    if isinstance(node, NavigableString):
        return str(node)
    return "".join(text_of(child) for child in inside(node))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.lists(BLOCK, max_size=4))
def test_the_tree_holds_the_blocks_that_say_something_with_their_words(blocks: list[etree._Element]) -> None:
    document = soup(blocks)
    assert document.name == BeautifulSoup.ROOT_TAG_NAME
    assert [shape_of_soup(block) for block in document.contents] == [
        shape for block in blocks if (shape := shape_of_tree(block))
    ]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.lists(BLOCK, min_size=1, max_size=4))
def test_every_element_knows_what_is_above_before_and_after_it(blocks: list[etree._Element]) -> None:
    document = soup(blocks)
    in_order: list[PageElement] = [document]

    def appearance(tag: Tag) -> None:
        before: PageElement | None = None
        for child in tag.contents:
            assert child.parent is tag
            assert child.previous_sibling is before
            assert before is None or before.next_sibling is child
            before = child
            in_order.append(child)
            if isinstance(child, Tag):
                appearance(child)
        assert before is None or before.next_sibling is None

    appearance(document)
    for one, following in zip(in_order, [*in_order[1:], None], strict=True):
        assert one.next_element is following
        assert following is None or following.previous_element is one
    assert list(document.descendants) == in_order[1:]


def test_emphasis_is_tidied_before_it_stands_in_the_tree() -> None:
    said = element("p", "He", element("strong", " said "), element("strong", "so"), ", ", element("em", " "), "or not")
    [paragraph] = soup([said]).contents
    assert str(paragraph) == "<p>He <strong>said so</strong>, or not</p>"


def mark_of(node: PageElement) -> str | list[str]:
    """The mark of an item of a list."""
    assert isinstance(node, Tag)
    return node["data-mark"]


def test_an_item_has_its_mark_and_a_list_says_whether_it_is_tight() -> None:
    def item(*blocks: etree._Element) -> etree._Element:
        return element("li", *blocks)

    inner = element("ul", item(element("p", "b")))
    numbered = element(
        "ol", item(element("p", "a"), inner), item(element("p", " ")), item(element("p", "c")), start="9"
    )
    loose = element("ol", item(element("p", "a"), element("p", "b")))
    first, second = soup([numbered, loose]).contents
    assert isinstance(first, Tag)
    assert isinstance(second, Tag)
    assert [mark_of(one) for one in first.contents] == ["9. ", "10. "]
    assert mark_of(inside(inside(first.contents[0])[1])[0]) == "- "
    assert first.has_attr("data-tight")
    assert [mark_of(one) for one in second.contents] == ["1) "]
    assert not second.has_attr("data-tight")


def test_no_tag_looks_for_a_pre_above_it_and_any_other_search_finds() -> None:
    document = soup([element("blockquote", element("p", "a ", element("em", "b"), " c"))])
    emphasis = document.find("em")
    assert isinstance(emphasis, Tag)
    assert emphasis.find_parent("pre") is None
    assert emphasis.find_parent("blockquote") is document.contents[0]


def test_a_picture_keeps_its_caption_its_credit_and_its_address() -> None:
    picture = element("img", src="https://e.example/a (1).jpg", alt="The [old] quay", title='A "B" \\ &amp;')
    assert markdown.convert([element("p", picture)]) == (
        '![The \\[old\\] quay](https://e.example/a%20%281%29.jpg "A \\"B\\" \\\\ \\&amp;")'
    )


def test_marks_nested_as_deep_as_a_page_may_nest_them_are_converted() -> None:
    deepest = element("strong", "x")
    for at in range(200):
        deepest = element(("em", "strong", "del", "a", "span")[at % 5], "y ", deepest, " z", href="https://e.example/")
    quote = element("p", deepest)
    for _ in range(12):
        quote = element("blockquote", element("ul", element("li", quote)))
    text = markdown.convert([quote])
    assert text.startswith("> - > - > - ")
    assert words(text).count("y") == words(text).count("z") == 200


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[list[etree._Element]]:
    """What the one writer was asked for."""
    asked: list[list[etree._Element]] = []

    def convert(elements: Iterable[etree._Element]) -> str:
        asked.append([*elements])
        return f"written {len(asked)}"

    monkeypatch.setattr(markdown, "convert", convert)
    return asked


def test_pages_feed_content_and_saved_pages_have_one_writer(written: list[list[etree._Element]]) -> None:
    page = english()
    assert extract(page, URL).markdown == "written 1"
    assert extract_content("<p>The boat needs a new keel.</p>", URL).markdown == "written 2"
    story = extract_bytes(page, URL)
    assert story.article is not None
    assert story.article.markdown == "written 3"

"""The text of elements, and the elements of a page listed once."""

import pytest
from lxml import etree

from reader.extract.dom.node import ElementIndex, raw_text, text_length, text_lengths, text_of

PAGE = (
    "<html><head><title>One</title></head><body><h1>Two</h1><p>Three <b>four</b> five</p>six<p>Seven</p></body></html>"
)


@pytest.fixture
def root() -> etree._Element:
    return etree.fromstring(PAGE, etree.HTMLParser())


def test_counting_stops_at_the_text_that_is_too_much() -> None:
    element = etree.fromstring("<p>ab<i> cd </i><b>ef</b>gh</p>")
    assert [text_length(element, most) for most in (0, 1, 2, 3, 8, 9)] == [2, 2, 4, 4, 8, 8]
    assert text_length(element) == 8


@pytest.mark.parametrize("tags", [(), ("p",), ("h1", "p"), ("p", "h1"), ("p", "p"), ("h6",), ("h6", "p"), ("h5", "h6")])
def test_the_list_of_a_page_gives_what_the_page_gives(root: etree._Element, tags: tuple[str, ...]) -> None:
    assert list(ElementIndex(root).iter(*tags)) == list(root.iter(*tags))


def test_raw_text_is_that_of_an_element_without_what_follows_it(root: etree._Element) -> None:
    assert [raw_text(p) for p in root.iter("p")] == ["Three four five", "Seven"]
    assert all(raw_text(element) == "".join(map(str, element.itertext())) for element in root.iter())


def test_words_are_one_line_and_at_most_a_thousand_characters() -> None:
    element = etree.fromstring("<p> a\n  b </p>")
    assert text_of(element) == "a b"

    element.text = "ab " * 5000
    assert text_of(element) == ("ab " * 333).rstrip() + "…"

    element.text = "\u200ba " * 700
    assert text_of(element) == ("a " * 500)[:999].rstrip() + "…"


def test_the_lengths_of_all_elements_are_those_of_each(root: etree._Element) -> None:
    assert text_lengths(root) == {element: text_length(element) for element in root.iter()}
    bold = next(root.iter("b"))
    assert text_lengths(bold) == {bold: len("four")}

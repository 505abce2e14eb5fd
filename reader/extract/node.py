"""The text of an element, in the five ways that the stage asks for it."""

from collections.abc import Iterator
from html import unescape
from typing import cast

from lxml import etree

from reader.text import clean_line

_LONGEST_LINE = 1000
_LOOKED_AT = 20 * _LONGEST_LINE
"""Characters that a line is made of: all after them would be cut off, and megabytes take long to clean."""


def pieces(element: etree._Element) -> Iterator[str]:
    """Yield the text nodes in and below an element. The stubs allow for bytes, which only Python 2 had."""
    return cast("Iterator[str]", element.itertext())


def raw(element: etree._Element) -> str:
    """Return the text as it stands there, white space included."""
    return "".join(pieces(element))


def words(element: etree._Element) -> str:
    """Return the text as one clean line of at most 1,000 characters."""
    return clean_line(" ".join(raw(element).lstrip()[:_LOOKED_AT].split()), _LONGEST_LINE)


def told(element: etree._Element) -> str:
    """Return what an element says as one clean line: its words, or where it has none (`meta`, an empty `data`, a
    picture) what its attribute says."""
    said = words(element)
    if said:
        return said
    # Papers encode twice what stands in an attribute.
    return clean_line(unescape(next(filter(None, map(element.get, ("content", "value", "alt"))), "")), _LONGEST_LINE)


def spaced(element: etree._Element) -> str:
    """Return the text as one line, with a space between elements: names in a list do not run together."""
    return " ".join(" ".join(pieces(element)).split())


def characters(element: etree._Element) -> int:
    """Return how many characters it holds, without the white space round them."""
    return sum(len(text.strip()) for text in pieces(element))

"""The text of an element, in the five ways that the stage asks for it; the elements of a page, listed once."""

import math
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from typing import Protocol, cast

from lxml import etree

from reader.text import clean, clean_line

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i kbd mark q rb rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr br".split()
)
_LONGEST_LINE = 1000
_LOOKED_AT = 20 * _LONGEST_LINE
"""Characters that a line is made of: all after them would be cut off, and megabytes take long to clean."""
_ENOUGH = 600
"""Words that make more than the longest line, short as they may be."""


class Elements(Protocol):
    """What can be asked for the elements in it: a page's root, or the list made of one."""

    def iter(self, *tags: str) -> Iterator[etree._Element]:
        """Yield the elements of these tags in order; of any, where none is named."""

    def get(self, key: str) -> str | None:
        """Return an attribute of the root."""


class ElementIndex:
    """The elements of a page, listed once. A search by lxml takes as long for one title as for every paragraph, and
    makes each element anew that nothing holds: asked for here, a tag costs next to nothing.

    What is added to the page later is not in it, and what is renamed is found by its old name.
    """

    __slots__ = ("_all", "_by_tag", "_tags", "root")

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self._all = list(root.iter())
        by_tag: dict[str, list[etree._Element]] = defaultdict(list)
        self._tags = [element.tag for element in self._all]
        for element, tag in zip(self._all, self._tags, strict=True):
            by_tag[tag].append(element)
        self._by_tag = dict(by_tag)

    def iter(self, *tags: str) -> Iterator[etree._Element]:
        """Yield the elements of these tags in order; of any, where none is named."""
        if len(tags) == 1:
            return iter(self._by_tag.get(tags[0], ()))
        there = [tag for tag in frozenset(tags) if tag in self._by_tag]
        if tags and len(there) < 2:
            return iter(self._by_tag[there[0]] if there else ())
        chosen = frozenset(there)
        if not tags:
            return iter(self._all)
        return iter([one for one, tag in zip(self._all, self._tags, strict=True) if tag in chosen])

    def get(self, key: str) -> str | None:
        """Return an attribute of the root."""
        return self.root.get(key)


def shared_ancestor(one: etree._Element, other: etree._Element) -> etree._Element | None:
    """Return the smallest element that holds both, none of the two itself."""
    above = set(one.iterancestors())
    return next((ancestor for ancestor in other.iterancestors() if ancestor in above), None)


def text_nodes(element: etree._Element) -> Iterator[str]:
    """Yield the text nodes in and below an element. The stubs allow for bytes, which only Python 2 had."""
    return cast("Iterator[str]", element.itertext())


def raw_text(element: etree._Element) -> str:
    """Return the text as it stands there, white space included."""
    if len(element) == 0:
        return element.text or ""
    # Five to ten times as fast as joining what `itertext` gives.
    return etree.tostring(element, encoding="unicode", method="text", with_tail=False)


def text_of(element: etree._Element) -> str:
    """Return the text as one clean line of at most 1,000 characters."""
    text = raw_text(element)
    line = " ".join(text.split(None, _ENOUGH)[:_ENOUGH])
    # Clean already, as nearly every line is: one space between words, and nothing after the first 600 can be in it.
    if clean(line) != line:
        return clean_line(" ".join(text.lstrip()[:_LOOKED_AT].split()), _LONGEST_LINE)
    return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1].rstrip() + "…"


def text_or_attribute(element: etree._Element) -> str:
    """Return what an element says as one clean line: its words, or where it has none (`meta`, an empty `data`, a
    picture) what its attribute says."""
    said = text_of(element)
    if said:
        return said
    # Papers encode twice what stands in an attribute.
    return clean_line(unescape(next(filter(None, map(element.get, ("content", "value", "alt"))), "")), _LONGEST_LINE)


def spaced_text(element: etree._Element) -> str:
    """Return the text as one line, with a space between elements: names in a list do not run together."""
    return " ".join(" ".join(text_nodes(element)).split())


def text_length(element: etree._Element, most: float = math.inf) -> int:
    """Return how many characters it holds, without the white space round them; stops at the text that makes them more
    than `most`."""
    if most == math.inf:
        return sum(len(text.strip()) for text in text_nodes(element))
    held = 0
    for text in text_nodes(element):
        held += len(text.strip())
        if held > most:
            break
    return held

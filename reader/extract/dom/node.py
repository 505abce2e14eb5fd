"""What is asked of elements: their text, raw or clean, its length, and an index of a page's elements by tag."""

import math
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from typing import Protocol, cast

from lxml import etree

from reader.text import clean, clean_line

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOT_INLINE = frozenset(
    "address amp-img applet area article aside audio base basefont bgsound blockquote body button canvas caption "
    "center col colgroup datalist dd details dialog dir div dl dt embed fieldset figcaption figure footer form "
    "frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input isindex label legend li link "
    "listing main map marquee math menu menuitem meta meter nav noframes noscript object ol optgroup option p param "
    "picture plaintext pre progress rtc script search section select source style summary svg table tbody td "
    "template textarea tfoot th thead title tr track ul video xmp zone".split()
)
"""The elements of HTML that are blocks or no text, and two of papers' own that stand for such."""
_LONGEST_LINE = 1000
_LOOKED_AT = 20 * _LONGEST_LINE
"""Characters that are read for one line: what follows would be cut off, and megabytes take long to clean."""
_ENOUGH = 600
"""Words that make more than the longest line, even if each has one letter."""


def is_inline_tag(tag: str) -> bool:
    """Say whether elements of this tag stand in a line of text, unless they hold blocks. A name that HTML does not know
    is inline, as browsers have it."""
    return tag not in _NOT_INLINE


class Elements(Protocol):
    """What yields elements by their tags: a page's root, or an `ElementIndex` of it."""

    def iter(self, *tags: str) -> Iterator[etree._Element]:
        """Yield the elements of these tags in order; of any, where none is named."""

    def get(self, key: str) -> str | None:
        """Return an attribute of the root."""


class ElementIndex:
    """The elements of a page by tag. A search by lxml goes through the whole tree for any tag, and makes a new Python
    object for each element; a look-up here costs next to nothing.

    Elements that are added to the page later are not in it; an element whose tag is changed is found by the old one.
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
    """Return the smallest element that holds both, or None; never one of the two."""
    above = set(one.iterancestors())
    return next((ancestor for ancestor in other.iterancestors() if ancestor in above), None)


def text_nodes(element: etree._Element) -> Iterator[str]:
    """Yield the text nodes in and below an element. The stubs allow for bytes, which only Python 2 had."""
    return cast("Iterator[str]", element.itertext())


def raw_text(element: etree._Element) -> str:
    """Return the text of an element as it is, white space included."""
    if len(element) == 0:
        return element.text or ""
    # Five to ten times as fast as joining what `itertext` gives.
    return etree.tostring(element, encoding="unicode", method="text", with_tail=False)


def text_of(element: etree._Element) -> str:
    """Return the text as one clean line of at most 1,000 characters."""
    text = raw_text(element)
    line = " ".join(text.split(None, _ENOUGH)[:_ENOUGH])
    # Nearly every line is clean already: one space between words, and no word after the first 600 fits in.
    if clean(line) != line:
        return clean_line(" ".join(text.lstrip()[:_LOOKED_AT].split()), _LONGEST_LINE)
    return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1].rstrip() + "…"


def text_or_attribute(element: etree._Element) -> str:
    """Return the text of an element as `text_of` does, or where it has none (`meta`, `data`, a picture) the value of
    its `content`, `value` or `alt`."""
    said = text_of(element)
    if said:
        return said
    # Papers encode attributes twice.
    return clean_line(unescape(next(filter(None, map(element.get, ("content", "value", "alt"))), "")), _LONGEST_LINE)


def spaced_text(element: etree._Element) -> str:
    """Return the text as one line, with a space between elements, so that the names in a list stay apart."""
    return " ".join(" ".join(text_nodes(element)).split())


def text_length(element: etree._Element, most: float = math.inf) -> int:
    """Return how many characters of text an element holds, without the white space around each text node. Above `most`
    it stops counting."""
    if most == math.inf:
        return sum(len(text.strip()) for text in text_nodes(element))
    held = 0
    for text in text_nodes(element):
        held += len(text.strip())
        if held > most:
            break
    return held


def text_lengths(root: etree._Element) -> dict[etree._Element, int]:
    """Return the `text_length` of an element and of each below it, in the time that one of them takes."""
    elements = list(root.iter())
    lengths = dict.fromkeys(elements, 0)
    for element in reversed(elements):
        lengths[element] += len((element.text or "").strip())
        parent = element.getparent()
        if element is not root and parent is not None:
            lengths[parent] += lengths[element] + len((element.tail or "").strip())
    return lengths


def replace_by_text(element: etree._Element, text: str) -> None:
    """Put text where an element and what it holds were; what stands after it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    text += element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    element.tail = None
    parent.remove(element)

"""Clean blocks -> the BeautifulSoup tree that markdownify converts, built directly: nothing is serialized or parsed.

The tree holds what the blocks hold, tidied (`inline_pieces.py`): blocks that say nothing are left out. Addresses,
captions and credits are escaped here, because markdownify writes attributes as they are; text is not: the converter
escapes that.
What depends on the blocks round an element stands in attributes, where the converter finds it without a search:
`data-mark` of a list's item (`- `, `3. `), and `data-tight` of a list that has no blank lines between its items.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from lxml import etree

from reader.extract.dom.node import HEADINGS
from reader.extract.markdown.inline_pieces import Piece, inline_pieces, spaced
from reader.text.markdown_escape import destination, escape

LISTS = ("ul", "ol")

_TITLE = re.compile(r"\\|&(?=#?\w{1,40};)")


class _Tag(Tag):
    """A tag of a tree in which nothing but text stands in a `pre`."""

    def find_parent(self, name: Any = None, attrs: Any = None, **kwargs: Any) -> Any:
        """Answer at once that there is no `pre` above: markdownify asks that of every tag, and looking takes
        nearly half of the conversion."""
        return None if name == "pre" else super().find_parent(name, attrs, **kwargs)


def soup(elements: Iterable[etree._Element]) -> Tag:
    """Return the document of clean block elements. Not for pages: it expects what `blocks.walk` makes."""
    return _tag(BeautifulSoup.ROOT_TAG_NAME, _blocks(elements))


def _tag(name: str, children: Sequence[PageElement], attributes: dict[str, str] | None = None) -> Tag:
    """Return a new tag with these children. They are linked here: `Tag.append` takes several times as long."""
    tag = _Tag(name=name, attrs=attributes)
    tag.contents.extend(children)
    before: PageElement | None = None
    last: PageElement = tag
    for child in children:
        child.parent = tag
        child.previous_element, last.next_element = last, child
        if before is not None:
            child.previous_sibling, before.next_sibling = before, child
        before = last = child
        while isinstance(last, Tag) and last.contents:
            last = last.contents[-1]
    return tag


def _blocks(elements: Iterable[etree._Element]) -> list[Tag]:
    """The blocks that say something."""
    found: list[Tag] = []
    other = False
    for element in elements:
        tag = str(element.tag)
        # A list straight after one of its kind takes the other mark, or CommonMark would read them as one.
        follows = bool(found) and found[-1].name == tag and not other
        block = _block(element, tag, other=follows)
        if block is not None:
            found.append(block)
            other = follows
    return found


def _block(element: etree._Element, tag: str, *, other: bool) -> Tag | None:
    children: Sequence[PageElement] = ()
    attributes: dict[str, str] | None = None
    if tag == "p":
        children = _inline(inline_pieces(element))
        attributes = _kept(element, "data-note")
    elif tag in HEADINGS:
        children = _inline(inline_pieces(element, bold=False, one_line=True))
    elif tag in LISTS:
        children = items = _items(element, tag, other=other)
        # A list is tight where no item holds more than one paragraph and the lists under it.
        if all(isinstance(block, Tag) and block.name in LISTS for item in items for block in item.contents[1:]):
            attributes = {"data-tight": ""}
    elif tag == "blockquote":
        children = _blocks(element)
    elif tag == "table":
        children = [_tag("tr", [_cell(cell) for cell in row]) for row in element]
    elif tag == "pre":
        return _tag(tag, [NavigableString(element.text or "")], _kept(element, "data-language"))
    elif tag == "hr":
        return _tag(tag, [])
    return _tag(tag, children, attributes) if children else None


def _kept(element: etree._Element, name: str) -> dict[str, str] | None:
    value = element.get(name)
    return {name: value} if value else None


def _items(element: etree._Element, tag: str, *, other: bool) -> list[Tag]:
    """The items of a list that say something, each with its mark."""
    items: list[Tag] = []
    start = int(element.get("start") or 1)
    for item in element:
        blocks = _blocks(item)
        if blocks:
            number = f"{start + len(items)}{')' if other else '.'} "
            mark = number if tag == "ol" else "+ " if other else "- "
            items.append(_tag("li", blocks, {"data-mark": mark}))
    return items


def _cell(element: etree._Element) -> Tag:
    tag = str(element.tag)
    return _tag(tag, _inline(inline_pieces(element, bold=tag != "th", one_line=True)), _kept(element, "align"))


def _inline(row: list[Piece]) -> list[PageElement]:
    """What a row of pieces holds: words and the spaces between them are one string."""
    if len(row) == 1 and row[0].kind == "text":
        return [NavigableString(row[0].text)]
    levels: list[list[PageElement]] = [[]]
    words = ""
    for piece in row:
        kind = piece.kind
        if kind in ("text", "space"):
            words += piece.text
            continue
        if words:
            levels[-1].append(NavigableString(words))
            words = ""
        if kind == "open":
            levels.append([])
        elif kind == "close":
            children = levels.pop()
            address = piece.pair.text if piece.pair else ""
            levels[-1].append(_tag(piece.tag, children, {"href": destination(address)} if address else None))
        else:
            levels[-1].append(_single(piece))
    if words:
        levels[-1].append(NavigableString(words))
    return levels[0]


def _single(piece: Piece) -> Tag:
    if piece.image is not None:
        return _tag("img", [], _said_of(piece.image))
    if piece.kind == "code":
        return _tag("code", [NavigableString(piece.text)])
    if piece.kind == "reference":
        return _tag("span", [], {"data-ref": piece.text})
    return _tag("br", [])


def _said_of(image: etree._Element) -> dict[str, str]:
    """The attributes of an image as Markdown takes them, but for the credit's quotation marks: markdownify escapes
    those itself."""
    return {
        "src": destination(image.get("src") or ""),
        "alt": escape(spaced(image.get("alt") or ""), brackets=True),
        "title": _TITLE.sub(r"\\\g<0>", spaced(image.get("title") or "")),
    }

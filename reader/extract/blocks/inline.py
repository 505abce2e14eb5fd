"""A block of the article, the state of the walk that makes blocks, and the copying of inline elements into them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from reader.extract.dom.node import HEADINGS, is_inline_tag, raw_text, text_of
from reader.extract.dom.superscript import subscript, superscript
from reader.extract.links.targets import link_target
from reader.models import Figure
from reader.text import clean, clean_line, fold

HEADING_KINDS = frozenset(HEADINGS[1:])
"""Kinds of blocks that are headings: the page's h1 becomes h2."""
_KEPT_INLINE = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "cite": "em",
    "dfn": "em",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "del": "del",
    "s": "del",
    "strike": "del",
}
_RAISED = {"sup": superscript, "sub": subscript}
_LONGEST_TEXT = 2000
_MOST_SPELLED = 200
_MOST_BESIDE = 20
_WORD = re.compile(r"\w")
_QUOTED = ("“", "„", "«", '"', "「")


@dataclass(slots=True)
class ContentBlock:
    """One block of the article.

    `kind` is its tag (`p`, `h2`, `ul`, `blockquote`, `pre`, `table`, `hr`), `figure` or `embed`; `out` the new element,
    `source` the page's; `text` what it says, and `linked` how many characters of that are links.
    """

    kind: str
    out: etree._Element
    source: etree._Element
    text: str = ""
    linked: int = 0
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a walk leaves out: elements of these `tags`, boxes that `box` says, and within a line what `words` says.

    The two differ, for a name tells of a box what it is, but of a word in a sentence only how it looks.
    """

    tags: frozenset[str]
    box: Callable[[etree._Element], bool]
    words: Callable[[etree._Element], bool]


@dataclass(slots=True)
class WalkState:
    """The state of a walk over the article's elements.

    Given: the page's `base` address, the headline (`title`), and which elements are `left_out`. Found: `notes` with
    their labels and `refs` to them, elements that hold an image (`pictured`), abbreviations that were spelled out, the
    `blocks` so far, and the paragraph that bare text goes into (`run`).
    """

    base: str
    title: str
    left_out: LeftOut
    notes: dict[etree._Element, str] = field(default_factory=dict)
    refs: dict[etree._Element, str] = field(default_factory=dict)
    blocks: list[ContentBlock] = field(default_factory=list)
    pictured: set[etree._Element] = field(default_factory=set)
    spelled: set[str] = field(default_factory=set)
    run: etree._Element | None = None
    run_source: etree._Element | None = None

    def within(self) -> "WalkState":
        """The state of a walk inside an element of this one, whose blocks are its own."""
        return replace(self, blocks=[], run=None, run_source=None)


def has_words_beside(element: etree._Element) -> bool:
    """Say whether an inline element stands in a line with words that no element marks: it is a part of a sentence."""
    at = element
    for _ in range(_MOST_BESIDE):
        if at.tail and _WORD.search(at.tail):
            return True
        after = at.getnext()
        if after is None or not _is_in_line(after):
            break
        at = after
    at = element
    for _ in range(_MOST_BESIDE):
        before, parent = at.getprevious(), at.getparent()
        text = before.tail if before is not None else parent.text if parent is not None else None
        if text and _WORD.search(text):
            return True
        if before is None or not _is_in_line(before):
            break
        at = before
    return False


def _is_in_line(element: etree._Element) -> bool:
    return element.tag != "br" and is_inline_tag(element.tag)


def append_text(element: etree._Element, text: str) -> None:
    """Add clean text at the end of an element."""
    text = clean(text)
    last = next(element.iterchildren(reversed=True), None)  # its length would count them all
    before = (element.text if last is None else last.tail) or ""
    if len(before) > _LONGEST_TEXT:
        # Adding copies what is there already, so a text of very many pieces goes on after an empty element.
        etree.SubElement(element, "span").tail = text
    elif last is None:
        element.text = before + text
    else:
        last.tail = before + text


def make_block(kind: str, out: etree._Element, source: etree._Element) -> ContentBlock:
    """Return the block of the new element `out`, made from the page's `source`, with its text and its linked length."""
    if len(out) == 0:
        return ContentBlock(kind, out, source, clean_line(out.text or ""))
    pieces: list[str] = []
    _gather(out, pieces)
    linked = sum(len(text_of(a)) for a in out.iter("a"))
    return ContentBlock(kind, out, source, clean_line("".join(pieces)), linked)


def _gather(element: etree._Element, pieces: list[str]) -> None:
    """Collect the text of a new element, with a space where a line, an item or a cell begins."""
    if element.tag in _SPACED:
        pieces.append(" ")
    if element.text:
        pieces.append(element.text)
    for child in element:
        _gather(child, pieces)
        if child.tail:
            pieces.append(child.tail)


_SPACED = frozenset(("br", "li", "p", "td", "th", "tr"))


def copy_inline(source: etree._Element, into: etree._Element, walk: WalkState) -> None:
    """Copy an inline element with its emphasis, code or link; of any other only its text is copied."""
    tag = source.tag
    if tag in walk.left_out.tags or source in walk.notes:
        return
    if source in walk.refs:
        mark = etree.Element("span")
        mark.set("data-ref", walk.refs[source])
        mark.text = walk.refs[source]
        into.append(mark)
        return
    if tag == "br":
        into.append(etree.Element("br"))
        return
    if tag in _RAISED:
        # x², H₂O; what has no such letter in Unicode (5th, 1er) stays as it is.
        text = _RAISED[tag](raw_text(source).strip())
        if text:
            append_text(into, text)
            return
    if tag in ("abbr", "acronym"):
        copy_inline_children(source, into, walk)
        title = clean_line(source.get("title") or "", 120)
        # What capitals stand for, once (`dd` for day says itself): many pages write it out beside it.
        if (
            " " in title
            and len(walk.spelled) < _MOST_SPELLED
            and raw_text(source).strip().isupper()
            and fold(title) not in walk.spelled
            and fold(title) not in fold(_beside(source))
        ):
            append_text(into, f" ({title})")
        walk.spelled.add(fold(title))
        return
    if tag == "q":
        quoted = raw_text(source).lstrip().startswith(_QUOTED)
        append_text(into, "" if quoted else "“")
        copy_inline_children(source, into, walk)
        append_text(into, "" if quoted else "”")
        return
    kept = _KEPT_INLINE.get(tag)
    parent = into
    if tag == "a":
        address = link_target(source.get("href"), walk.base)
        if address:
            parent = etree.Element("a")
            parent.set("href", address)
            into.append(parent)
    elif kept and raw_text(source).strip():
        parent = etree.Element(kept)
        into.append(parent)
    copy_inline_children(source, parent, walk)
    if tag == "time" and not source.tail and source.getnext() is not None:
        # In a live blog a time and a name stand side by side by their style alone.
        append_text(into, " ")


def copy_inline_children(source: etree._Element, into: etree._Element, walk: WalkState) -> None:
    """Copy what an inline element holds, without the element itself."""
    if source.text:
        append_text(into, source.text)
    for child in source:
        if isinstance(child.tag, str) and not walk.left_out.words(child):
            copy_inline(child, into, walk)
        if child.tail:
            append_text(into, child.tail)


def _beside(element: etree._Element) -> str:
    parent = element.getparent()
    return raw_text(parent) if parent is not None else raw_text(element)


def copy_as_inline(source: etree._Element, out: etree._Element, walk: WalkState) -> None:
    """Copy what an element holds into one that cannot hold blocks (a heading, a cell): blocks in it become text."""
    if source.text:
        append_text(out, source.text)
    for child in source:
        if isinstance(child.tag, str) and child.tag not in walk.left_out.tags:
            if is_inline_tag(child.tag):
                if not walk.left_out.words(child):
                    copy_inline(child, out, walk)
            elif not walk.left_out.box(child):
                append_text(out, " · " if child.tag == "li" and child.getprevious() is not None else " ")
                copy_as_inline(child, out, walk)
                append_text(out, " ")
        if child.tail:
            append_text(out, child.tail)


def list_parts(source: etree._Element) -> Iterator[etree._Element | list[str | etree._Element]]:
    """Yield the items of a list in order, and as a list the text and inline elements that stand between two of them.
    Inline elements without any text beside them are items."""
    run: list[str | etree._Element] = [source.text or ""]

    def ended() -> Iterator[etree._Element | list[str | etree._Element]]:
        if any(isinstance(piece, str) and piece.strip() for piece in run):
            yield list(run)
        else:
            yield from (piece for piece in run if not isinstance(piece, str))
        run.clear()

    for child in source:
        if isinstance(child.tag, str):
            if is_inline_tag(child.tag):
                run.append(child)
            else:
                yield from ended()
                yield child
        run.append(child.tail or "")
    yield from ended()

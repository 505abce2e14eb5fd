"""Line breaks within inline elements: two that follow each other part the elements, whatever these are wrapped in."""

from contextlib import suppress

from lxml import etree

from reader.extract.dom.node import is_inline_tag, replace_by_text

_MOST_MOVES = 3000
_KEPT = frozenset(("code", "pre", "samp", "kbd", "tt", "a", "q"))
"""What keeps a break at its edge: a link would end before it, a listing needs its own lines."""


def split_at_breaks(root: etree._Element) -> None:
    """Where two line breaks follow each other within inline elements, end these before the breaks and begin them anew
    after: so the paragraphs that the breaks part are parted."""
    moves = _free_breaks(root)
    split: list[etree._Element] = []
    for br in root.iter("br"):
        parent = br.getparent()
        following = br.getnext()
        if (
            parent is not None
            and is_inline_tag(parent.tag)
            and parent.tag != "code"
            and following is not None
            and following.tag == "br"
            and not (br.tail or "").strip()
        ):
            split.append(br)
    # From the last to the first: each moves only what stands between it and the one after it.
    for br in reversed(split):
        while moves and (parent := br.getparent()) is not None and is_inline_tag(parent.tag) and parent is not root:
            _lift(br, parent)
            moves -= 1


def _free_breaks(root: etree._Element) -> int:
    """Move line breaks at the beginning and the end of inline elements out of them, so that breaks that follow each
    other stand side by side. Return how many moves are left."""
    moves = _MOST_MOVES
    for br in list(root.iter("br")):
        while moves and (parent := br.getparent()) is not None and parent is not root:
            above = parent.getparent()
            if above is None or not is_inline_tag(parent.tag) or parent.tag in _KEPT:
                break
            tail = br.tail or ""
            if br.getnext() is None and not tail.strip():
                before, br.tail = br.getprevious(), parent.tail
                if before is not None:
                    before.tail = (before.tail or "") + tail
                else:
                    parent.text = (parent.text or "") + tail
                parent.tail = None
                parent.addnext(br)
                if len(parent) == 0 and not (parent.text or "").strip() and not parent.get("id"):
                    replace_by_text(parent, parent.text or "")
            elif br.getprevious() is None and not (parent.text or "").strip():
                parent.text, br.tail = tail, None
                parent.addprevious(br)
            else:
                break
            moves -= 1
    return moves


def _alike(element: etree._Element) -> etree._Element:
    """Return an empty element of the same name and attributes, but for the id. What the parser takes for a name, and
    XML does not, lxml refuses: an element of such a name is a span, and such an attribute is left out."""
    try:
        made = etree.Element(element.tag)
    except ValueError:
        made = etree.Element("span")
    for name, value in element.items():
        if name != "id":
            with suppress(ValueError):
                made.set(name, value)
    return made


def _lift(br: etree._Element, parent: etree._Element) -> None:
    """Move a line break, and those that follow it at once, out of its parent: what follows them goes into a second
    element of the same kind."""
    second = _alike(parent)
    second.extend(list(br.itersiblings()))
    second.text, br.tail = br.tail, None
    second.tail, parent.tail = parent.tail, None
    parent.addnext(br)
    last = br
    while not (second.text or "").strip() and len(second) and second[0].tag == "br":
        following = second[0]
        second.text, following.tail = following.tail, None
        last.addnext(following)
        last = following
    if len(second) or (second.text or "").strip():
        last.addnext(second)
    else:
        last.tail = second.tail

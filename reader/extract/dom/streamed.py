"""Text that a page sends behind its end and scripts put in its place: React's streamed segments. Changes the tree.

A server that streams sends the page with empty places (`template` elements, `B:0` or `P:0`), and each part when it is
ready, in a hidden element (`S:0`) with a script that moves it. Browsers draw none of these elements hidden.

Source: react-dom/server, `renderToPipeableStream` (React 18 and 19).
"""

import re

from lxml import etree

_MOVED = re.compile(rb"\$R[CRS]\(\"(?P<one>[BPS]:[0-9a-z]{1,8})\",\"(?P<other>[BPS]:[0-9a-z]{1,8})\"")
_MOST_SEGMENTS = 500
_HOLDERS = ("div", "table", "tbody", "colgroup", "tr", "svg", "math")


def place_streamed(root: etree._Element, markup: bytes) -> bool:
    """Put each streamed segment in its place, and show it where it stands if it has none. Return whether any moved.

    `markup` is what the tree was parsed from: its scripts say which segment belongs in which place. Segments nest, and
    so the tree may become deeper than it was.
    """
    if b'id="S:' not in markup:
        return False
    places = {str(name): place for place in root.iter("template") if (name := place.get("id"))}
    segments = [e for e in root.iter(*_HOLDERS) if (e.get("id") or "").startswith("S:") and e.get("hidden") is not None]
    meant: dict[str, str] = {}
    for move in _MOVED.finditer(markup):
        one, other = move["one"].decode(), move["other"].decode()
        meant.update({one: other} if one.startswith("S:") else {other: one})
    moved = False
    for segment in segments[:_MOST_SEGMENTS]:
        name = str(segment.attrib.pop("id"))
        del segment.attrib["hidden"]
        place = places.pop(meant.get(name) or "P" + name[1:], None)
        if place is None:
            place = places.pop("B" + name[1:], None)
        parent = place.getparent() if place is not None else None
        if place is None or parent is None or segment in place.iterancestors():
            continue
        # A segment's tail is what follows it at the page's end.
        _drop_tail(segment)
        segment.tail = place.tail
        parent.replace(place, segment)
        moved = True
    return moved


def _drop_tail(element: etree._Element) -> None:
    """Leave the text behind an element where it stands, so that it does not move with it."""
    if not (element.tail or "").strip():
        element.tail = None
        return
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    elif parent is not None:
        parent.text = (parent.text or "") + (element.tail or "")
    element.tail = None

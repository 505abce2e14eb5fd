"""Boxes in a text that are told by their links: what is for sale, an account with the paper, who the author is."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from reader.extract.dom import junk_names
from reader.extract.dom.node import HEADINGS, is_inline_tag, text_length, text_lengths, text_of

_MOST_LINKS = 400
_LONGEST_LINE = 160
_SHORTEST_OFFER = 40
_LISTS = ("ul", "ol", "table")
_LONGEST_BOX = 600
_MOST_LINKS_OF_BOX = 6
_MOST_IN_LINE = 100
_MOST_IN_QUESTION = 8
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "”", '"')
_OF_A_STORY = ("h1", "h2", "img", "amp-img", "picture", "figure", "time", "blockquote")
_LONGEST_PROFILE = 1500
_LEAST_TOLD = 100
_LOG_IN = re.compile(
    r"[/_.-](?:log-?(?:in|on)|sign-?in|anmelden|einloggen|connexion|iniciar-sesion|acceder|accedi|entrar|inloggen|"
    r"logga-in|zaloguj|dang-nhap)(?:[/?#._-]|\Z)",
    re.I,
)
_JOIN = re.compile(
    r"[/_.-](?:regist(?:er|ration|rieren|rati|ro|rarse)?|sign-?up|subscri(?:be|ptions?)|join|abo|abos|abonn\w+|"
    r"inscription|suscri\w+|assin\w+|abbonati|membership|dang-ky)(?:[/?#._-]|\Z)",
    re.I,
)
_PROFILE = re.compile(r"(?:^|[\s_-])(?:bio|biography|profile)(?:$|[\s_-])", re.I)


def boxes_of_offers(parts: list[etree._Element]) -> set[etree._Element]:
    """Return the boxes in the parts of a body that are no text of its story, or such parts themselves beside others.

    They are a paid link around two blocks (a product with its picture, virtues and price), a line under a paid link
    that lies over it, the offer to log in or to join the paper, and the profile of an author. A paid link is one that
    says so: `rel=sponsored`, or `nofollow` where it lies empty over a box that is no sentence. Links in a sentence are
    none of these, whatever their `rel`. A box that holds a third of all text is none, a profile one
    that holds half of it.
    """
    whole = sum(map(text_length, parts))
    found: set[etree._Element] = set()
    for part in parts:
        # What is all of the text is no box in it.
        around = part if len(parts) == 1 else part.getparent()
        boxes = _Boxes(part, around)
        for link in islice(part.iter("a"), _MOST_LINKS):
            offer = _paid_box(link)
            if offer is None:
                offer = _account_box(link, boxes)
            if offer is not None and offer not in found and text_length(offer, whole / 3) <= whole / 3:
                found.add(offer)
            profile = _profile(link, boxes)
            if profile is not None and boxes.length(profile) <= whole / 2:
                found.add(profile)
    return found


def _paid_box(link: etree._Element) -> etree._Element | None:
    rel = (link.get("rel") or "").lower().split()
    if "sponsored" in rel and _is_told(link):
        return link
    href = link.get("href") or ""
    if not ("sponsored" in rel or "nofollow" in rel) or "//" not in href[:8]:
        return None
    box = link.getparent()
    if box is not None and box.tag == "span":
        box = box.getparent()
    if box is None or box.tag not in ("div", "section", "li"):
        return None
    if "sponsored" not in rel and (box.tag == "li" or "#" in href):
        # A note's sign, or where an item of a list was found.
        return None
    pictured = next(box.iter("img", "amp-img", "picture", "p", "blockquote"), None)
    empty = not text_length(link, 1) and pictured is None and next(islice(box.iter("a"), 1, 2), None) is None
    if not empty or not 0 < text_length(box, _LONGEST_LINE) < _LONGEST_LINE:
        return None
    return box if "sponsored" in rel or not text_of(box).endswith(_SENTENCE_ENDS) else None


def _is_told(link: etree._Element) -> bool:
    """Say whether a link holds two blocks and more of text: its name alone may be a heading of the story."""
    blocks = (
        e for e in link.iter("div", "p", "ul", "ol", "table", *HEADINGS) if (e.text or "").strip() or e.tag in _LISTS
    )
    return len(list(islice(blocks, 2))) == 2 and text_length(link, _SHORTEST_OFFER) >= _SHORTEST_OFFER


class _Boxes:
    """The boxes in one part of a body. What is asked of them is found out once, however many links they stand around:
    boxes nest as deep as a page does, and elements without text bound no search that stops at text."""

    def __init__(self, part: etree._Element, around: etree._Element | None) -> None:
        self._part = part
        self._around = around
        self._lengths: dict[etree._Element, int] = {}
        self._joining: dict[etree._Element, list[etree._Element] | None] = {}
        self._profiles: dict[etree._Element, bool] = {}

    def length(self, box: etree._Element) -> int:
        """Return the `text_length` of a box in the part. All are counted when the first is asked for."""
        if not self._lengths:
            self._lengths = text_lengths(self._part)
        return self._lengths[box]

    def above(self, link: etree._Element, longest: int) -> Iterator[etree._Element]:
        """Yield the boxes in the part that a link stands in and that hold less than so many characters."""
        if link is self._part:
            return
        for box in link.iterancestors():
            if box is self._around or self.length(box) >= longest:
                return
            if box.tag in ("div", "section", "aside"):
                yield box
            if box is self._part:
                return

    def joining(self, box: etree._Element) -> list[etree._Element] | None:
        """Return the links of a box to where one joins, none of a sentence; None for many links, or part of a story."""
        if box not in self._joining:
            links = list(islice(box.iter("a"), _MOST_LINKS_OF_BOX + 1))
            other = len(links) > _MOST_LINKS_OF_BOX or next(box.iter(*_OF_A_STORY), None) is not None
            self._joining[box] = None if other else list(filter(_joins, links))
        return self._joining[box]

    def is_profile(self, box: etree._Element) -> bool:
        """Say whether a box is called a profile or a biography, and says more than a name."""
        if box not in self._profiles:
            named = _PROFILE.search(junk_names.names_of(box)) is not None
            self._profiles[box] = named and self.length(box) >= _LEAST_TOLD
        return self._profiles[box]


def _account_box(link: etree._Element, boxes: _Boxes) -> etree._Element | None:
    """Return the largest short box around a link to where one logs in that leads to where one joins too."""
    if not _LOG_IN.search((link.get("href") or "")[:500]) or _is_in_sentence(link):
        return None
    found = None
    for box in boxes.above(link, _LONGEST_BOX):
        joining = boxes.joining(box)
        if joining is None:
            break
        if any(a is not link for a in joining):
            found = box
    return found


def _joins(link: etree._Element) -> bool:
    return _JOIN.search((link.get("href") or "")[:500]) is not None and not _is_in_sentence(link)


def _is_in_sentence(link: etree._Element) -> bool:
    """Say whether a link stands in running text: in a line that goes on after it, or has more words besides its links
    than a question (`Do you have an account?`)."""
    line = next((e for e in link.iterancestors() if not is_inline_tag(str(e.tag))), None)
    if line is None:
        return False
    held = [str(e.tag) for e in islice(line.iter("*"), 1, _MOST_IN_LINE + 1)]
    if not all(map(is_inline_tag, held)):
        # A box around other blocks is no line.
        return False
    if len(held) == _MOST_IN_LINE or text_length(line, _LONGEST_BOX) > _LONGEST_BOX:
        return True
    around = len(text_of(line).split()) - sum(len(text_of(a).split()) for a in line.iter("a"))
    return around > _MOST_IN_QUESTION or len((link.tail or "").split()) > 1


def _profile(link: etree._Element, boxes: _Boxes) -> etree._Element | None:
    """Return the largest box around an author's link that is a profile."""
    if "author" not in (link.get("rel") or "").lower().split():
        return None
    found = None
    for box in boxes.above(link, _LONGEST_PROFILE):
        if boxes.is_profile(box):
            found = box
    return found

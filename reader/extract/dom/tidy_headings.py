"""Headings without their permalinks, and headings out of the buttons that are such (`accordions`). Of the words only
those of permalinks and of links to edit a section go."""

import re
from itertools import islice
from typing import Any, cast
from urllib.parse import unquote

from lxml import etree

from reader.extract.dom.accordions import show_opened, title_accordions
from reader.extract.dom.node import HEADINGS, raw_text, replace_by_text, text_length
from reader.extract.dom.pictures import PICTURES
from reader.text import fold

_MARKS = re.compile(r"[\s#¶§🔗⚓∞↩†·•*+\-–—»›>\[\]\ufe0f\u200b-\u200d\xad]*\Z")
"""What a permalink shows: nothing, or a mark that is no word."""
_SURE_MARKS = re.compile(r"\s*[#¶🔗⚓§]\ufe0f?\s*\Z")
_ANCHOR = re.compile(
    r"(?:^|[\s_-])(?:anchor|anchors|anchorjs|headerlink|heading-?link|header-?anchor|heading-?anchor|permalink|"
    r"hash|hash-?link|section-?link|direct-?link|self-?link|copy-?link)(?:$|[\s_-])",
    re.I,
)
_SAYS_LINK = re.compile(
    r"\W*(?:(?:perma|copy |direct |anchor |section )?link|anchor|top)\b(?: (?:to|for)\b.*)?\W*\Z", re.I
)
_LINK_WORDS = re.compile(
    r"\W*(?:(?:direkt|perma|tiefen)?link|(?:(?:perma|direct|copy|deep)[- ]?|permanent )link|anker|ankerlink|verweis|"
    r"lien (?:permanent|direct)|permalien|ancre|enlace (?:permanente|directo)|link (?:permanente|diretto|direto)|"
    r"collegamento|ancora|permanente (?:link|koppeling)|odkaz|trvaly odkaz|odnosnik|bezposredni odnosnik|direktlank|"
    r"permanent lank|permalenke|lenke|kalici baglanti|lien ket|duong dan|постоянная ссылка|ссылка|посилання|"
    r"(?:永久|固定|直达)?(?:链接|連結)|(?:固定|パーマ)?リンク|고유 ?링크|링크|رابط(?: دائم)?)\W*\Z"
)
"""What a permalink says, after `text.fold`."""
_WORD = re.compile(r"\w+")
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|a11y|assistive-text|u-hidden)\b", re.I
)
_LONGEST_ANCHOR = 60
_LONGEST_MARK = 2
_EDIT = re.compile(r"(?:^|\s)mw-editsection(?:\s|\Z)")
_IN_PAGE = etree.XPath("//a[contains(@href, '#')]")
_LONGEST_HEADING = 1000
"""Characters of a heading: one that is never closed holds all of the page, and is none."""
_MOST_PARTS = 200
"""Elements in a heading, for the same reason: each is compared with all others."""


def tidy_headings(root: etree._Element, *, openers: bool = True) -> None:
    """Take permalinks out of headings and lines, and make what opens the text below it the heading of that text.
    `openers` that are no buttons are looked for only where there may be any."""
    for heading in list(root.iter(*HEADINGS)):
        if len(heading) == 0 or text_length(heading, _LONGEST_HEADING) > _LONGEST_HEADING:
            continue
        if next(islice(heading.iter(), _MOST_PARTS, None), None) is not None:
            continue
        for part in list(heading.iter("button", "a", "span", "small", "i")):
            if part.tag == "button":
                others = raw_text(heading).replace(raw_text(part), "", 1)
                if raw_text(part).strip() and not others.strip():
                    part.tag = "span"
                show_opened(heading, part)
            elif (
                (_is_permalink(part) or _leads_to_itself(part, heading)) if part.tag == "a" else _is_mark(part)
            ) and _is_beside_text(part, heading):
                replace_by_text(part, "")
    in_page = cast("list[Any]", _IN_PAGE(root))
    for link in in_page:
        if len(link) > 1 or len(link.text or "") > _LONGEST_ANCHOR:
            continue
        text = raw_text(link).strip()
        sure = text in ("\N{PILCROW SIGN}", "\N{LINK SYMBOL}") or _ANCHOR.search(link.get("class") or "")
        if sure and len(text) <= _LONGEST_MARK and _SURE_MARKS.match(text):
            replace_by_text(link, "")
    title_accordions(root, openers=openers, in_page=[link for link in in_page if link.getparent() is not None])


def _is_beside_text(part: etree._Element, heading: etree._Element) -> bool:
    return raw_text(heading).strip() != raw_text(part).strip()


def _is_mark(element: etree._Element) -> bool:
    """Whether an element that is no link shows the mark of a permalink, or the link to edit a section."""
    named = element.get("class") or ""
    return bool(named) and bool((_ANCHOR.search(named) and _SURE_MARKS.match(raw_text(element))) or _EDIT.search(named))


def _is_permalink(link: etree._Element) -> bool:
    fragment = (link.get("href") or "").rpartition("#")[1]
    text = raw_text(link).strip()
    if fragment and (_MARKS.match(text) or _is_unseen(link, text)):
        return True
    if next(link.iter(*PICTURES), None) is not None:
        return False
    named = _ANCHOR.search(f"{link.get('class') or ''}")
    if fragment and len(text) <= _LONGEST_ANCHOR and _SAYS_LINK.match(text):
        return True
    return bool(named) and len(text) <= _LONGEST_ANCHOR and (bool(fragment) or not text)


def _leads_to_itself(link: etree._Element, heading: etree._Element) -> bool:
    """Whether a link at the edge of a heading leads to that heading, or to the box that it stands in, and says no word
    of it: the id is made of the other words, or it says in some language that it is a link."""
    fragment = unquote((link.get("href") or "").rpartition("#")[2])
    box = heading.getparent()
    named = [*heading.iter(), *([] if box is None else [box])]
    if not fragment or not any(fragment in (one.get("id"), one.get("name")) for one in named):
        return False
    before, said, after = raw_text(heading).partition(raw_text(link))
    if not said.strip() or (before.strip() and after.strip()):
        return False
    words = _WORD.findall(fold(f"{before} {after}"))
    return bool(words) and (
        words == _WORD.findall(fold(fragment.replace("_", " "))) or _LINK_WORDS.match(fold(said)) is not None
    )


def _is_unseen(link: etree._Element, text: str) -> bool:
    """Whether all that a link says is for readers by ear."""
    return bool(text) and any(
        raw_text(part).strip() == text and _UNSEEN.search(part.get("class") or "") for part in islice(link.iter(), 6)
    )

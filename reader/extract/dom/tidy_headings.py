"""Headings without the marks of their permalinks, and headings out of the buttons that are such. Drops no word."""

import re
from itertools import islice
from typing import Any, cast

from lxml import etree

from reader.extract.dom.junk_names import SKIPPED
from reader.extract.dom.node import HEADINGS, is_inline_tag, raw_text, replace_by_text, text_length
from reader.extract.dom.pictures import is_small

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
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|a11y|assistive-text|u-hidden)\b", re.I
)
_WORD = re.compile(r"[^\W\d_]{2}")
_LONGEST_ANCHOR = 60
_LONGEST_MARK = 2
_EDIT = re.compile(r"(?:^|\s)mw-editsection(?:\s|\Z)")
_OPENS = re.compile(r"accordion|collaps|faq|toggle|expand|disclos", re.I)
_OPENERS = etree.XPath("//*[@role='button'][self::div or self::span or self::p or self::summary or self::dt]")
_IN_PAGE = etree.XPath("//a[contains(@href, '#')]")
_LONGEST_TITLE = 150
_LEAST_OPENED = 20
_PICTURES = ("img", "amp-img", "picture")
_LONGEST_HEADING = 1000
"""Characters of a heading: one that is never closed holds all of the page, and is none."""
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*;?", re.I)


def tidy_headings(root: etree._Element, *, openers: bool = True) -> None:
    """Take permalinks out of headings and lines, and make what opens the text below it the heading of that text.
    `openers` that are no buttons are looked for only where there may be any."""
    for heading in list(root.iter(*HEADINGS)):
        if len(heading) == 0 or text_length(heading, _LONGEST_HEADING) > _LONGEST_HEADING:
            continue
        for part in list(heading.iter("button", "a", "span", "small", "i")):
            if part.tag == "button":
                others = raw_text(heading).replace(raw_text(part), "", 1)
                if raw_text(part).strip() and not others.strip():
                    part.tag = "span"
                _show_opened(heading.getnext(), part)
            elif (
                (_is_permalink(part) or _leads_to_itself(part, heading)) if part.tag == "a" else _is_mark(part)
            ) and _is_beside_text(part, heading):
                replace_by_text(part, "")
    for link in cast("list[Any]", _IN_PAGE(root)):
        if len(link) > 1 or len(link.text or "") > _LONGEST_ANCHOR:
            continue
        text = raw_text(link).strip()
        sure = text in ("\N{PILCROW SIGN}", "\N{LINK SYMBOL}") or _ANCHOR.search(link.get("class") or "")
        if sure and len(text) <= _LONGEST_MARK and _SURE_MARKS.match(text):
            replace_by_text(link, "")
    _title_accordions(root, openers=openers)


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
    if next(link.iter(*_PICTURES), None) is not None:
        return False
    named = _ANCHOR.search(f"{link.get('class') or ''}")
    if fragment and len(text) <= _LONGEST_ANCHOR and _SAYS_LINK.match(text):
        return True
    return bool(named) and len(text) <= _LONGEST_ANCHOR and (bool(fragment) or not text)


def _leads_to_itself(link: etree._Element, heading: etree._Element) -> bool:
    """Whether a link at the end of a heading leads to this heading: a permalink in any language. One that goes on in
    small letters, or holds the heading's number, or all its words but a number, is part of the heading."""
    fragment = (link.get("href") or "").partition("#")[2]
    if not fragment or not _is_last(link, heading):
        return False
    text = raw_text(link).strip()
    others = raw_text(heading).replace(raw_text(link), "", 1)
    if len(text) > _LONGEST_ANCHOR or text[:1].islower() or not _WORD.search(others) or not _WORD.search(text):
        return False
    parent = heading.getparent()
    named = [heading, *heading.iterdescendants()]
    if parent is not None and heading.getprevious() is None and not (parent.text or "").strip():
        named.append(parent)
    return any(fragment in (one.get("id"), one.get("name")) for one in named)


def _is_last(part: etree._Element, heading: etree._Element) -> bool:
    element = part
    while element is not heading:
        if (element.tail or "").strip() or any(raw_text(one).strip() for one in element.itersiblings()):
            return False
        parent = element.getparent()
        if parent is None:
            return False
        element = parent
    return True


def _is_unseen(link: etree._Element, text: str) -> bool:
    """Whether all that a link says is for readers by ear."""
    return bool(text) and any(
        raw_text(part).strip() == text and _UNSEEN.search(part.get("class") or "") for part in islice(link.iter(), 6)
    )


def _title_accordions(root: etree._Element, *, openers: bool) -> None:
    """Make a button, or a label, that opens the text below it the heading of that text."""
    for button in [*root.iter("button", "label"), *(cast("list[Any]", _OPENERS(root)) if openers else ())]:
        following = button.getnext()
        if following is None or is_inline_tag(following.tag) or following.tag in SKIPPED:
            continue
        text = raw_text(button).strip()
        opens = (
            button.get("aria-controls")
            or button.get("aria-expanded")
            or _OPENS.search(button.get("class") or "")
            or (button.tag != "button" and _OPENS.search(_class_of(button.getparent())))
        )
        if (
            opens
            and len(text) <= _LONGEST_TITLE
            and (len(text.split()) > 2 or text.endswith(("?", "\uff1f", "\u061f")))
            and text_length(following, _LEAST_OPENED) > _LEAST_OPENED
            and next(button.iterancestors(*SKIPPED, "form", *HEADINGS), None) is None
            and all(map(is_small, button.iter(*_PICTURES)))
        ):
            button.tag = "h3"
            if button.get("role"):
                del button.attrib["role"]
            _show_opened(following, button)


def _class_of(element: etree._Element | None) -> str:
    return "" if element is None else element.get("class") or ""


def _show_opened(panel: etree._Element | None, button: etree._Element) -> None:
    """Show the text that is hidden until somebody presses the button above it."""
    if panel is None or panel.tag in HEADINGS or panel.tag in SKIPPED:
        return
    told = button.get("aria-controls") or button.get("aria-expanded") or _OPENS.search(_class_of(button))
    if told or _OPENS.search(_class_of(button.getparent())):
        for name in ("hidden", "aria-hidden"):
            if panel.get(name) is not None:
                del panel.attrib[name]
        if panel.get("style"):
            panel.set("style", _HIDDEN_STYLE.sub("", panel.get("style") or ""))

"""Headings without their permalinks, and headings out of the buttons that are such. Of the words only those of
permalinks and of links to edit a section go."""

import re
from itertools import islice
from typing import Any, cast
from urllib.parse import unquote

from lxml import etree

from reader.extract.dom.junk_names import SKIPPED
from reader.extract.dom.node import HEADINGS, is_inline_tag, raw_text, replace_by_text, text_length
from reader.extract.dom.pictures import is_small
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
_OPENS = re.compile(r"accordion|collaps|faq|toggle|expand|disclos", re.I)
_OPENERS = etree.XPath("//*[@role='button'][self::div or self::span or self::p or self::summary or self::dt]")
_IN_PAGE = etree.XPath("//a[contains(@href, '#')]")
_LONGEST_TITLE = 150
_LEAST_OPENED = 20
"""Letters of a text that a button opens which does not say by its name what it is; a character of Chinese is three."""
_CONTROL = re.compile(
    r"\W*(?:(?:show|view|see|open|expand|read|learn|toggle|hide|close|collapse|click)"
    r"(?: (?:more|all|less|details?|answer|text|section|this|here|to expand|the full (?:text|story)))*|more|"
    r"mehr(?: (?:anzeigen|lesen))?|(?:an|aus|ein)zeigen|weiterlesen|aufklappen|"
    r"(?:afficher|voir|lire)(?: (?:plus|la suite|tout))?|"
    r"(?:ver|leer|mostrar|mostra|leia|leggi)(?: (?:mas|mais|di piu|todo|tudo))?|xem them|doc them|mo rong|"
    r"展开(?:全文|更多)?|(?:查看)?更多|もっと見る|続きを読む|더 ?보기)\W*\Z"
)
"""What a button says, after `text.fold`, that names nothing."""
_DRAWERS = re.compile(r"accordion|faq|disclos", re.I)
_FIELDS = ("form", "input", "select", "textarea", "nav")
_HIDDEN_NAMES = re.compile(r"(?<!\S)(?:hidden|hide|invisible|d-none|collapse|is-hidden)(?!\S)", re.I)
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


def _title_accordions(root: etree._Element, *, openers: bool) -> None:
    """Make a button, or a label, that opens the text below it the heading of that text, and show the text."""
    for button in [*root.iter("button", "label"), *(cast("list[Any]", _OPENERS(root)) if openers else ())]:
        following = button.getnext()
        if following is None or is_inline_tag(following.tag) or following.tag in SKIPPED:
            continue
        if (
            0 < len(raw_text(button).strip()) <= _LONGEST_TITLE
            and _opens_text(button, following)
            and next(button.iterancestors(*SKIPPED, "form", *HEADINGS), None) is None
            and all(map(is_small, button.iter(*_PICTURES)))
        ):
            _show(following)
            if _CONTROL.match(fold(raw_text(button))):
                # It says no more than that there is text below it, which is seen now.
                replace_by_text(button, "")
                continue
            button.tag = "h3"
            if button.get("role"):
                del button.attrib["role"]


def _opens_text(button: etree._Element, panel: etree._Element) -> bool:
    """Whether a button opens the panel below it, and this holds text: no form, no menu."""
    named = _class_of(button)
    box = _class_of(button.getparent()) if button.tag != "button" else ""
    sure = _DRAWERS.search(named) or _DRAWERS.search(box) or _is_of_a_box(button)
    if not sure and not (
        button.get("aria-controls") or button.get("aria-expanded") or _OPENS.search(named) or _OPENS.search(box)
    ):
        return False
    text = raw_text(panel)
    words = text_length(panel)
    if not words or 2 * sum(text_length(link) for link in panel.iter("a")) > words:
        return False
    if next(panel.iter(*_FIELDS), None) is not None:
        return False
    said = raw_text(button).strip()
    asks = len(said.split()) > 2 or said.endswith(("?", "\uff1f", "\u061f"))
    return bool(sure) or (asks and words > _LEAST_OPENED) or _is_sentence(text.strip())


def _is_of_a_box(label: etree._Element) -> bool:
    """Whether a label switches a box that stands beside it: so a page opens a text without a script."""
    name, parent = label.get("for"), label.getparent()
    return (
        bool(name)
        and parent is not None
        and any(
            box.get("id") == name and box.get("type") in ("checkbox", "radio") for box in parent.iterchildren("input")
        )
    )


def _is_sentence(text: str) -> bool:
    dense = sum(character > "\u2e80" for character in text[:_LEAST_OPENED])
    return len(text) + 2 * dense > _LEAST_OPENED and text.endswith(
        (".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f")
    )


def _class_of(element: etree._Element | None) -> str:
    return "" if element is None else element.get("class") or ""


def _show_opened(panel: etree._Element | None, button: etree._Element) -> None:
    """Show the text that is hidden until somebody presses the button above it."""
    if panel is None or panel.tag in HEADINGS or panel.tag in SKIPPED:
        return
    told = button.get("aria-controls") or button.get("aria-expanded") or _OPENS.search(_class_of(button))
    if told or _OPENS.search(_class_of(button.getparent())):
        _show(panel)


def _show(panel: etree._Element) -> None:
    for name in ("hidden", "aria-hidden"):
        if panel.get(name) is not None:
            del panel.attrib[name]
    if panel.get("style"):
        panel.set("style", _HIDDEN_STYLE.sub("", panel.get("style") or ""))
    if panel.get("class"):
        panel.set("class", _HIDDEN_NAMES.sub("", panel.get("class") or ""))

"""Teasers of other stories: boxes with a headline that leads to another story of the site and a text to it."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from reader.extract.dom.node import HEADINGS, is_inline_tag, raw_text, text_length, text_of
from reader.extract.links import targets
from reader.extract.metadata.page_context import PageContext
from reader.text.scripts import HANGUL, KANA_AND_HAN
from reader.text.urls import canonical, same_site

FEWEST_LISTED = 4
"""Teasers that stand on a page before they are weighed against its story."""
_MOST_LINKS = 400
_BOXES = frozenset(("div", "li", "article", "section", "td", "tr", "dd", "p"))
_LEAST_TEASED = 40
_LONGEST_TEASED = 700
"""Characters of a teaser's text."""
_DENSE = re.compile(f"[{KANA_AND_HAN}{HANGUL}]")


def holds_teasers(page: PageContext, parts: list[etree._Element]) -> bool:
    """Say whether there are four teasers and more in the parts of a body."""
    links = [link for part in parts for link in islice(part.iter("a"), _MOST_LINKS) if not (link.tail or "").strip()]
    if len(links) < FEWEST_LISTED:
        return False
    long = (a for a in links if (len(a) or len(a.text or "") > targets.SHORTEST_HEADLINE) and _stands_alone(a))
    if len(list(islice(long, FEWEST_LISTED))) < FEWEST_LISTED and (
        sum(1 for part in parts for _ in part.iter("h2", "h3", "h4")) < FEWEST_LISTED
    ):
        return False
    return sum(len(teasers(page, part, strict=True)) for part in parts) >= FEWEST_LISTED


def teasers(page: PageContext, part: etree._Element, *, strict: bool = False) -> set[etree._Element]:
    """Return the boxes in an element that have a headline of another story and a text to it, and nothing else. A link
    in a sentence may be such a headline, unless `strict`: then it is a heading or stands alone on its line."""
    boxes: set[etree._Element] = set()
    for anchor, text in headline_links(page, part, strict=strict):
        if _is_card(anchor):
            boxes.add(anchor)
            continue
        for box in islice(anchor.iterancestors(), 4):
            if box is part:
                break
            beside = text_length(box, len(text) + _LONGEST_TEASED) - len(text)
            if box.tag in _BOXES and _is_told(box, text, beside):
                if (
                    beside < _LONGEST_TEASED
                    and len({a.get("href") for a in box.iter("a") if targets.is_headline(text_of(a))}) == 1
                ):
                    boxes.add(box)
                elif (teased := _text_under(anchor)) is not None:
                    boxes.add(teased)
                break
        else:
            if (teased := _text_under(anchor)) is not None:
                boxes.add(teased)
    boxes.update(_cards_by_heading(page, part, strict=strict))
    return boxes


def headline_links(
    page: PageContext, part: etree._Element, *, strict: bool = False
) -> Iterator[tuple[etree._Element, str]]:
    """Yield the links in an element that lead to another page of this site and are as long as a headline; with
    `strict` only those that are a heading or stand alone on their line."""
    for anchor in islice(part.iter("a"), _MOST_LINKS):
        if strict and not _stands_alone(anchor):
            continue
        text = text_of(anchor)
        if targets.is_headline(text) and is_elsewhere(anchor, page):
            yield anchor, text


def is_elsewhere(anchor: etree._Element, page: PageContext) -> bool:
    target = targets.story_target(anchor.get("href") or "", page.base)
    return target is not None and same_site(target[0], page.url) and target[1] != canonical(page.url)


def _stands_alone(anchor: etree._Element) -> bool:
    """Say whether a link is a heading, holds one, or has its line for itself."""
    if len(anchor) and next(anchor.iter(*HEADINGS), None) is not None:
        return True
    line = anchor
    while (parent := line.getparent()) is not None:
        before, after = line.getprevious(), line.getnext()
        said = (before.tail if before is not None else parent.text) or ""
        if said.strip() or (line.tail or "").strip() or _is_text(before) or _is_text(after):
            return False
        if not is_inline_tag(parent.tag):
            return True
        line = parent
    return True


def _is_text(beside: etree._Element | None) -> bool:
    """Say whether what stands beside an element is text in its line."""
    return beside is not None and is_inline_tag(beside.tag) and bool(raw_text(beside).strip())


def _is_card(anchor: etree._Element) -> bool:
    """Say whether a link holds a teaser: a headline in an element of its own, and a text to it."""
    headline = next((said for h in anchor.iter(*HEADINGS) if targets.is_headline(said := text_of(h))), "")
    beside = text_length(anchor, len(headline) + _LONGEST_TEASED) - len(headline) if headline else 0
    return beside < _LONGEST_TEASED and _is_told(anchor, headline, beside)


def _text_under(anchor: etree._Element) -> etree._Element | None:
    """Return the paragraph under a line that is one link, where it may be that headline's text."""
    line = next((a for a in islice(anchor.iterancestors(), 3) if not is_inline_tag(a.tag)), None)
    if line is None or text_length(line) > 1.3 * text_length(anchor):
        return None
    under = line.getnext()
    if under is None or under.tag not in ("p", "div") or next(under.iter(*HEADINGS), None) is not None:
        return None
    length = text_length(under, _LONGEST_TEASED)
    long = length < _LONGEST_TEASED and _is_told(under, "", length)
    return under if long and not any(targets.is_headline(text_of(a)) for a in under.iter("a")) else None


def _cards_by_heading(page: PageContext, part: etree._Element, *, strict: bool) -> Iterator[etree._Element]:
    """Yield the boxes whose headline is no link: one that says to read on leads to the one story of the box."""
    for heading in islice(part.iter("h2", "h3", "h4"), _MOST_LINKS):
        box = heading.getparent()
        if box is None or box.tag not in _BOXES or box is part or next(heading.iter("a"), None) is not None:
            continue
        headline = text_of(heading)
        links = [a for a in islice(box.iter("a"), 4) if is_elsewhere(a, page)]
        leads = {a.get("href") for a in links}
        beside = text_length(box, len(headline) + _LONGEST_TEASED) - len(headline)
        one = len(leads) == 1 and targets.is_headline(headline) and beside < _LONGEST_TEASED
        if one and _is_told(box, headline, beside) and not (strict and not all(map(_stands_alone, links))):
            yield box


def weight(element: etree._Element) -> int:
    """Return the length of an element's text; a character of Chinese, Japanese or Korean counts as three."""
    text = " ".join(raw_text(element).split())
    return len(text) if text.isascii() else len(text) + 2 * len(_DENSE.findall(text))


def _is_told(box: etree._Element, headline: str, beside: int) -> bool:
    """Whether a box tells something of a story `beside` its headline, in so many characters."""
    if beside >= _LEAST_TEASED or 3 * beside < _LEAST_TEASED:
        return beside >= _LEAST_TEASED
    return weight(box) - len(headline) - 2 * len(_DENSE.findall(headline)) >= _LEAST_TEASED

"""Whether a page is a section page or a front page: a list of stories and no story itself."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from reader.extract.blocks.inline import ContentBlock
from reader.extract.dom.node import HEADINGS, is_inline_tag, shared_ancestor, text_length, text_of
from reader.extract.links import targets
from reader.extract.metadata.page_context import PageContext
from reader.text.urls import canonical, is_home, same_site

_NUMBERED = re.compile(r"[?&]\w+=\d{5}")
_PARAGRAPH = 60
_LONGEST_TEASER = 2000
_MOST_TEASED = 3
_FRONT_PAGE = 15
_FEWEST_ROWS = 3
_FULL_PAGE = 10
_MOST_LINKS = 400
_BOXES = frozenset(("div", "li", "article", "section", "td", "tr", "dd", "p"))
_LEAST_TEASED = 40
_LONGEST_TEASED = 700
"""Characters of a teaser's text."""
_WORTH = 150
"""Characters of text that each teaser outweighs on a page that nothing calls a story."""


def is_section_page(
    page: PageContext, story: list[ContentBlock], heading: etree._Element | None, body: list[etree._Element]
) -> bool:
    """Say whether a page is a list of stories, judged by the blocks that were taken for its text (`story`), the links
    in its `body`, and whether it has a headline of its own (`heading` shows it)."""
    rows = sum(1 for block in story if block.kind in HEADINGS and _leads_to_story(block, page))
    texts = [block for block in story if block.linked < 0.5 * len(block.text) and len(block.text) > _PARAGRAPH]
    prose = len(texts)
    if page.metadata.has_article_node:
        # It describes itself as one article, and is believed, unless it is nothing but headlines.
        return rows >= 10 and prose * 4 < rows
    headline = _is_headline(heading)
    if rows >= 5 and prose <= 1.2 * rows and not (headline and page.metadata.is_article):
        return True
    teasers = set().union(*(_teasers(page, part) for part in body))
    alone = sum(1 for text in texts if teasers.isdisjoint((text.source, *text.source.iterancestors())))
    only_teasers = alone <= 1 + len(teasers) // 4
    if is_home(page.url) and (rows >= _FEWEST_ROWS or (only_teasers and not headline)):
        return _linked_headlines(page, page.root) >= _FEWEST_ROWS
    if not page.metadata.is_article and _is_teased(page, story):
        return True
    if not headline and not page.metadata.is_article and _is_outweighed(page, texts, heading, body, teasers):
        return True
    if headline or not only_teasers:
        return False
    if rows and not page.metadata.is_article and _linked_headlines(page, page.root) >= _FULL_PAGE:
        return True
    return len(teasers) >= (5 if page.metadata.is_article else _FEWEST_ROWS)


def _leads_to_story(block: ContentBlock, page: PageContext) -> bool:
    """Say whether a heading is nothing but a link to another page of this site."""
    if not block.linked >= 0.8 * len(block.text) > targets.SHORTEST_HEADLINE:
        return False
    return any(_is_elsewhere(anchor, page) for anchor in block.out.iter("a"))


def _is_elsewhere(anchor: etree._Element, page: PageContext) -> bool:
    target = targets.story_target(anchor.get("href") or "", page.base)
    return target is not None and same_site(target[0], page.url) and target[1] != canonical(page.url)


def _is_headline(heading: etree._Element | None) -> bool:
    """Say whether a heading has the length of a headline, and is none of another story: the name of a section has a
    word or two."""
    if (
        heading is None
        or next(heading.iter("a"), None) is not None
        or next(heading.iterancestors("a"), None) is not None
    ):
        return False
    return targets.is_headline(text_of(heading))


def _headline_links(page: PageContext, part: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield the links in an element that lead to another page of this site and are as long as a headline."""
    for anchor in islice(part.iter("a"), _MOST_LINKS):
        text = text_of(anchor)
        if targets.is_headline(text) and _is_elsewhere(anchor, page):
            yield anchor, text


def _linked_headlines(page: PageContext, part: etree._Element) -> int:
    """Return how many headlines of other stories stand in an element: links as long as one, in a heading or alone."""
    found: set[str] = set()
    for anchor, text in _headline_links(page, part):
        around = anchor.getparent()
        headed = (around is not None and around.tag in HEADINGS) or next(anchor.iter(*HEADINGS), None) is not None
        if headed or around is None or text_length(around) < 1.3 * len(text) or around.tag == "li":
            found.add(anchor.get("href") or "")
    return len(found)


def _teasers(page: PageContext, part: etree._Element) -> set[etree._Element]:
    """Return the boxes in an element that have a headline of another story and a text to it, and nothing else."""
    boxes: set[etree._Element] = set()
    for anchor, text in _headline_links(page, part):
        if _is_card(anchor):
            boxes.add(anchor)
            continue
        for box in islice(anchor.iterancestors(), 4):
            if box is part:
                break
            beside = text_length(box, len(text) + _LONGEST_TEASED) - len(text)
            if box.tag in _BOXES and beside >= _LEAST_TEASED:
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
    boxes.update(_cards_by_heading(page, part))
    return boxes


def _is_card(anchor: etree._Element) -> bool:
    """Say whether a link holds a teaser: a headline in an element of its own, and a text to it."""
    headline = next((text_length(h) for h in anchor.iter(*HEADINGS) if targets.is_headline(text_of(h))), 0)
    return (
        headline > 0 and _LEAST_TEASED <= text_length(anchor, headline + _LONGEST_TEASED) - headline < _LONGEST_TEASED
    )


def _text_under(anchor: etree._Element) -> etree._Element | None:
    """Return the paragraph under a line that is one link, where it may be that headline's text."""
    line = next((a for a in islice(anchor.iterancestors(), 3) if not is_inline_tag(a.tag)), None)
    if line is None or text_length(line) > 1.3 * text_length(anchor):
        return None
    under = line.getnext()
    if under is None or under.tag not in ("p", "div") or next(under.iter(*HEADINGS), None) is not None:
        return None
    long = _LEAST_TEASED <= text_length(under, _LONGEST_TEASED) < _LONGEST_TEASED
    return under if long and not any(targets.is_headline(text_of(a)) for a in under.iter("a")) else None


def _cards_by_heading(page: PageContext, part: etree._Element) -> Iterator[etree._Element]:
    """Yield the boxes whose headline is no link: one that says to read on leads to the one story of the box."""
    for heading in islice(part.iter("h2", "h3", "h4"), _MOST_LINKS):
        box = heading.getparent()
        if box is None or box.tag not in _BOXES or box is part or next(heading.iter("a"), None) is not None:
            continue
        headline = text_of(heading)
        leads = {a.get("href") for a in islice(box.iter("a"), 4) if _is_elsewhere(a, page)}
        beside = text_length(box, len(headline) + _LONGEST_TEASED) - len(headline)
        if len(leads) == 1 and targets.is_headline(headline) and _LEAST_TEASED <= beside < _LONGEST_TEASED:
            yield box


def _is_outweighed(
    page: PageContext,
    texts: list[ContentBlock],
    heading: etree._Element | None,
    body: list[etree._Element],
    inside: set[etree._Element],
) -> bool:
    """Say whether the teasers of all of a page outweigh the text that was found, on a page whose address is no story's:
    a popup, or what the paper says of itself. Text that stands with the page's heading, or with teasers `inside` its
    body, is none."""
    if inside or targets.is_story_address(page.url) or _NUMBERED.search(page.url):
        return False
    teasers = _teasers(page, page.root)
    if heading is not None and body:
        shared = shared_ancestor(heading, body[0])
        if shared is not None and sum(shared in teaser.iterancestors() for teaser in teasers) < _FEWEST_ROWS:
            return False
    said = sum(len(text.text) for text in texts)
    headed = _headed_links(page)
    return (len(teasers) > _FEWEST_ROWS and said < _WORTH * len(teasers)) or (
        len(headed) >= _FRONT_PAGE and said < _WORTH * len(headed)
    )


def _is_teased(page: PageContext, story: list[ContentBlock]) -> bool:
    """Say whether a page has more to read in its linked headlines than in its story."""
    said = sum(len(block.text) for block in story)
    if said > _LONGEST_TEASER or sum(len(block.text) > _PARAGRAPH for block in story) > _MOST_TEASED:
        return False
    headlines = _headed_links(page)
    return len(headlines) >= _FRONT_PAGE and sum(map(len, headlines)) > said / 2


def _headed_links(page: PageContext) -> list[str]:
    """Return the headlines on a page that are a heading and a link."""
    return [
        text
        for heading in page.index.iter("h2", "h3", "h4")
        if next(heading.iter("a"), None) is not None or next(heading.iterancestors("a"), None) is not None
        if targets.is_headline(text := text_of(heading))
    ]

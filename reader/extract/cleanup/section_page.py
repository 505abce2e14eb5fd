"""Whether a page is a section page or a front page: a list of stories and no story itself."""

import re
from itertools import pairwise

from lxml import etree

from reader.extract.blocks.inline import ContentBlock
from reader.extract.dom.node import HEADINGS, shared_ancestor, text_length, text_of
from reader.extract.links import targets
from reader.extract.links.story_among_teasers import story_among_teasers
from reader.extract.links.teasers import headline_links, is_elsewhere, teasers
from reader.extract.metadata.page_context import PageContext
from reader.text import fold
from reader.text.urls import is_home

_COUNTED = re.compile(r"\W{0,2}(\d{1,3})\b(?!%)")
_NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "three drei trois tres tre",
            "four vier quatre cuatro quattro",
            "five funf cinq cinco cinque",
            "six sechs seis sei",
            "seven sieben sept siete sette",
            "eight acht huit ocho otto",
            "nine neun neuf nueve nove",
            "ten zehn dix diez dieci",
            "eleven elf onze once undici",
            "twelve zwolf douze doce dodici",
        ),
        start=3,
    )
    for word in words.split()
}
"""Folded."""
_TOLD = 0.8
_NUMBERED = re.compile(r"[?&]\w+=\d{5}")
_PARAGRAPH = 60
_LONGEST_TEASER = 2000
_MOST_TEASED = 3
_FRONT_PAGE = 15
_FEWEST_ROWS = 3
_FULL_PAGE = 10
_WORTH = 150
"""Characters of text that each teaser outweighs on a page that nothing calls a story."""


def is_section_page(
    page: PageContext, story: list[ContentBlock], heading: etree._Element | None, body: list[etree._Element]
) -> bool:
    """Say whether a page is a list of stories, judged by the blocks that were taken for its text (`story`), the links
    in its `body`, and whether it has a headline of its own (`heading` shows it). A story in a box of its own under the
    page's heading is one, however much stands around it."""
    return _looks_like_list(page, story, heading, body) and story_among_teasers(page, heading) is None


def _looks_like_list(
    page: PageContext, story: list[ContentBlock], heading: etree._Element | None, body: list[etree._Element]
) -> bool:
    rows = sum(1 for block in story if block.kind in HEADINGS and _leads_to_story(block, page))
    texts = [block for block in story if block.linked < 0.5 * len(block.text) and len(block.text) > _PARAGRAPH]
    prose = len(texts)
    if page.metadata.has_article_node:
        # It describes itself as one article, and is believed, unless it is nothing but headlines.
        return rows >= 10 and prose * 4 < rows
    headline = _is_headline(heading)
    if headline and _is_listicle(page, story, text_of(heading) if heading is not None else ""):
        return False
    if rows >= 5 and prose <= 1.2 * rows and not (headline and page.metadata.is_article):
        return True
    teased = set().union(*(teasers(page, part) for part in body))
    alone = sum(1 for text in texts if teased.isdisjoint((text.source, *text.source.iterancestors())))
    only_teasers = alone <= 1 + len(teased) // 4
    if is_home(page.url) and (rows >= _FEWEST_ROWS or (only_teasers and not headline)):
        return _linked_headlines(page, page.root) >= _FEWEST_ROWS
    if not page.metadata.is_article and _is_teased(page, story):
        return True
    if not headline and not page.metadata.is_article and _is_outweighed(page, texts, heading, body, teased):
        return True
    if headline or not only_teasers:
        return False
    if rows and not page.metadata.is_article and _linked_headlines(page, page.root) >= _FULL_PAGE:
        return True
    return len(teased) >= (5 if page.metadata.is_article else _FEWEST_ROWS)


def _is_listicle(page: PageContext, story: list[ContentBlock], headline: str) -> bool:
    """Say whether a story is a list of things: a lead, and then a linked heading with a text to each, which count, or
    as many as the headline says."""
    heads = [n for n, block in enumerate(story) if block.kind in HEADINGS and _leads_to_story(block, page)]
    if len(heads) < _FEWEST_ROWS or not any(_is_text(block) for block in story[: heads[0]]):
        return False
    told = sum(any(_is_text(block) for block in story[at + 1 : end]) for at, end in pairwise([*heads, len(story)]))
    numbers = [int(found[1]) for n in heads if (found := _COUNTED.match(story[n].text))]
    steps = {after - before for before, after in pairwise(numbers)}
    counted = len(numbers) == len(heads) and steps in ({1}, {-1})
    said = {_NUMBER_WORDS.get(word) or (int(word) if word.isdecimal() else 0) for word in fold(headline).split()}
    return told >= _TOLD * len(heads) and (counted or len(heads) in said)


def _is_text(block: ContentBlock) -> bool:
    return block.kind == "p" and block.linked < 0.5 * len(block.text) and len(block.text) > _PARAGRAPH


def _leads_to_story(block: ContentBlock, page: PageContext) -> bool:
    """Say whether a heading is nothing but a link to another page of this site."""
    if not block.linked >= 0.8 * len(block.text) > targets.SHORTEST_HEADLINE:
        return False
    return any(is_elsewhere(anchor, page) for anchor in block.out.iter("a"))


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


def _linked_headlines(page: PageContext, part: etree._Element) -> int:
    """Return how many headlines of other stories stand in an element: links as long as one, in a heading or alone."""
    found: set[str] = set()
    for anchor, text in headline_links(page, part):
        around = anchor.getparent()
        headed = (around is not None and around.tag in HEADINGS) or next(anchor.iter(*HEADINGS), None) is not None
        if headed or around is None or text_length(around) < 1.3 * len(text) or around.tag == "li":
            found.add(anchor.get("href") or "")
    return len(found)


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
    found = teasers(page, page.root)
    if heading is not None and body:
        shared = shared_ancestor(heading, body[0])
        if shared is not None and sum(shared in teaser.iterancestors() for teaser in found) < _FEWEST_ROWS:
            return False
    said = sum(len(text.text) for text in texts)
    headed = _headed_links(page)
    return (len(found) > _FEWEST_ROWS and said < _WORTH * len(found)) or (
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

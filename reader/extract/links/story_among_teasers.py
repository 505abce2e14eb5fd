"""A story with paragraphs in a box of their own on a page full of teasers: which box is it, which boxes are the others.

For short stories, which what stands around them outweighs. Says nothing of a page where story and teasers share a box.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from lxml import etree

from reader.extract.dom.junk_names import SKIPPED
from reader.extract.dom.node import HEADINGS, shared_ancestor, text_length, text_of
from reader.extract.links import targets
from reader.extract.links.teasers import FEWEST_LISTED, teasers, weight
from reader.extract.metadata.page_context import PageContext
from reader.text.dates import page_date
from reader.text.urls import absolute, canonical, is_home

_PARAGRAPH = 60
_LEAST_STORY = 150
"""Characters; one that is Chinese, Japanese or Korean counts as three."""
_LONGEST_DATE = 60
_SHARE = 1.3
_LABEL = 80
"""Characters of a label over teasers."""
_LONGEST_TEASER = 600
_ASIDE = frozenset(("nav", "footer", "form", "aside", "dialog", *SKIPPED))
_UNITS = frozenset(("p", "div", "td", "section", "li", "blockquote", "article"))
_LINES = ("span", "div", "p", "small", "i", "em", "li", "dd", "td", "time")
_BLOCKS = ("p", "div", "table", "ul", "ol", "section", "article", *HEADINGS)
_NEVER = ("html", "body", "main")


@dataclass(frozen=True, slots=True)
class StoryAmongTeasers:
    """The `box` that holds a story's paragraphs, and the largest boxes outside it that hold teasers and no story."""

    box: etree._Element
    others: tuple[etree._Element, ...]


def story_among_teasers(page: PageContext, heading: etree._Element | None) -> StoryAmongTeasers | None:
    """Return the story that stands under the page's `heading`, or else the first that its title repeats, in two
    paragraphs and more that share no box with the teasers of others; None where there is none, or where there are fewer
    than four teasers.

    A heading of a word or two may be a section's name: only a date with it, before any teaser, makes it a story's.
    """
    if is_home(page.url):
        return None
    heading = _heading_in_title(page) if heading is None else heading
    if heading is None or _leads_elsewhere(heading, page):
        return None
    others = {
        box
        for box in teasers(page, page.root, strict=True)
        if text_length(box, _LONGEST_TEASER) <= _LONGEST_TEASER
        and next(box.iterancestors("nav", "header", "footer"), None) is None
    }
    if len(others) < FEWEST_LISTED or not others.isdisjoint((heading, *heading.iterancestors())):
        return None
    paragraphs = _paragraphs_under(heading, page.root, others)
    box = _box_of(paragraphs, others)
    if box is None or sum(weight(one) for one in paragraphs if box in (one, *one.iterancestors())) < _LEAST_STORY:
        return None
    if not targets.is_headline(text_of(heading)) and not _is_dated(page, heading, box, others):
        return None
    return StoryAmongTeasers(box, _lists(others, page.root, heading, box))


def _heading_in_title(page: PageContext) -> etree._Element | None:
    """Return the first heading below the first level that the page's title repeats."""
    title = page.metadata.page_title or ""
    for heading in page.index.iter("h2", "h3", "h4"):
        text = text_of(heading) if title else ""
        if (targets.is_headline(text) and text in title) or (" " in text and title.startswith(text)):
            return heading
    return None


def _leads_elsewhere(heading: etree._Element, page: PageContext) -> bool:
    """Whether a heading is a link, or holds one, but for a link to the page itself."""
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    return any(canonical(absolute(page.base, link.get("href") or "") or "") != canonical(page.url) for link in links)


def _paragraphs_under(
    heading: etree._Element, root: etree._Element, others: Container[etree._Element]
) -> list[etree._Element]:
    """Return the paragraphs that follow a heading before the first teaser: each the element that holds its text."""
    found: list[etree._Element] = []
    started = False
    left_out: set[etree._Element] = set()
    for element in root.iter():
        if element is heading:
            started = True
        if element.getparent() in left_out or element.tag in _ASIDE:
            left_out.add(element)
            continue
        if not started or element.tag not in _UNITS:
            if started and element in others:
                break
            continue
        if element in others:
            break
        if _is_paragraph(element):
            found.append(element)
            left_out.add(element)
    return found


def _is_paragraph(element: etree._Element) -> bool:
    """Whether an element holds running text that is mostly no link, and no box of more."""
    if next(element.iter("script", "style", "noscript"), None) is not None:
        return False
    if element.tag != "p" and any(part is not element for part in element.iter(*_BLOCKS)):
        return False
    return weight(element) >= _PARAGRAPH and sum(map(weight, element.iter("a"))) < 0.5 * weight(element)


def _box_of(paragraphs: list[etree._Element], others: set[etree._Element]) -> etree._Element | None:
    """Return the smallest box that holds the paragraphs, without any teaser: all of them, or else those that stand in
    one box with the first."""
    if len(paragraphs) == 1 and len(list(paragraphs[0].iter("br"))) > 1:
        return paragraphs[0]
    if len(paragraphs) < 2:
        return None
    above = set().union(*(box.iterancestors() for box in others))
    for last in reversed(paragraphs[1:]):
        box = shared_ancestor(paragraphs[0], last)
        if box is not None and box not in above and box not in others:
            return box
    return None


def _is_dated(
    page: PageContext, heading: etree._Element, box: etree._Element, others: Container[etree._Element]
) -> bool:
    """Whether a date stands with a heading and the text under it, before any teaser, or right above both."""
    around = box if heading in box.iter() else shared_ancestor(heading, box)
    if around is None:
        return False
    above = around.getprevious()
    over = list(above.iter(*_LINES)) if above is not None else []
    for element in (*(over if not any(one in others for one in over) else ()), *around.iter(*_LINES)):
        if element in others:
            return False
        if element.tag == "time":
            return True
        text = text_of(element) if text_length(element, _LONGEST_DATE) <= _LONGEST_DATE else ""
        if len(text) >= 8 and page_date(text, zone=page.zone):
            return True
    return False


def _lists(
    others: set[etree._Element], root: etree._Element, heading: etree._Element, box: etree._Element
) -> tuple[etree._Element, ...]:
    """Return the largest boxes that hold teasers and nothing else: neither the story's `box` nor any other text."""
    kept = {heading, *heading.iterancestors(), *box.iter(), *box.iterancestors()}
    teased = {part for other in others for part in other.iter()}
    for element in root.iter("p", "pre", "blockquote"):
        if element not in teased and element not in kept and _is_paragraph(element):
            kept.update((element, *element.iterancestors()))
    held: dict[etree._Element, int] = {}
    # In the page's order: a set of elements has another at each run.
    teasers = [element for element in root.iter() if element in others and element not in kept]
    for teaser in teasers:
        size = text_length(teaser)
        for ancestor in (teaser, *teaser.iterancestors()):
            if ancestor in kept or ancestor.tag in _NEVER:
                break
            held[ancestor] = held.get(ancestor, 0) + size
    found: dict[etree._Element, None] = {}
    for teaser in teasers:
        around = [box for box in (teaser, *teaser.iterancestors()) if box in held]
        # The widest that is teasers and little else: what stands with them may be the story's own.
        widest = next(
            box for box in reversed(around) if box is teaser or text_length(box) < _SHARE * held[box] + _LABEL
        )
        found[widest] = None
    return tuple(found)


def prose(parts: Iterable[etree._Element], others: Iterable[etree._Element]) -> int:
    """Return how much running text the parts hold outside the boxes of `others`; a character of Chinese, Japanese or
    Korean counts as three."""
    left_out = {element for box in others for element in box.iter()}
    return sum(weight(p) for part in parts for p in part.iter("p") if p not in left_out and _is_paragraph(p))

"""The standfirst that a page shows: found, and taken out of the body. A description that no reader sees is none."""

import re
from itertools import islice

from lxml import etree

from reader.extract.blocks.inline import ContentBlock
from reader.extract.dom import junk_names
from reader.extract.dom.name_patterns import name_matcher
from reader.extract.dom.node import shared_ancestor, text_of, text_or_attribute
from reader.extract.metadata.embedded import Metadata, decode_entities
from reader.text import clean_line, fold
from reader.text.compare import same_text

_MARKED = re.compile(
    r"(?:^|[\s_-])(?:sapo|standfirst|lede|lead|intro|introduction|dek|deck|chapeau|chapo|vorspann|anriss|"
    r"subtitle|sub-?title|subheadline|sub-?headline|subhead|sub-?heading|summary|excerpt|"
    r"teaser-?text|abstract|entradilla|sumario|bajada|ingress|manchet|underrubrik|sottotitolo|occhiello|"
    r"linhafina|perex|synopsis|strapline)(?:$|[\s_-])|articlelead|leadtext|articleintro|article-?desc|"
    r"headline__sub|__lead|__intro|__summary|__dek|standfirst|introtext",
    re.I,
)
_LONGEST = 900
_TAGS = ("h1", "h2", "h3", "h4", "p", "div", "span", "strong", "section", "ul")
_NEVER_IN = frozenset(("figure", "aside", "nav", "a", "footer"))


_is_marked = name_matcher(_MARKED)


def from_rule(chosen: list[etree._Element], story: list[ContentBlock]) -> tuple[str | None, list[ContentBlock]]:
    """Return the lede that a rule selects, and the story without it."""
    text = text_or_attribute(chosen[0]) if chosen else ""
    if not text:
        return None, story
    return text, _without(story, text)


def visible_standfirst(
    root: etree._Element,
    metadata: Metadata,
    heading: etree._Element | None,
    body: list[etree._Element],
    story: list[ContentBlock],
) -> tuple[str | None, list[ContentBlock]]:
    """Return the lede that the page shows between headline and text, or at the head of the text and named as one."""
    descriptions = [
        d
        for d in (metadata.meta("description"), metadata.meta("og:description"), metadata.first_text("description"))
        if d and len(d) > 25
    ]
    above = _above(heading, body, descriptions)
    if above:
        return above, _without(story, above)
    first = next((block for block in story if block.kind not in ("figure", "hr")), None)
    if first is not None and first.kind in ("p", "h2", "h3", "h4") and 30 <= len(first.text) <= _LONGEST:
        own = (first.source, *islice(first.source.iterancestors(), 2))
        if len(story) > 1 and (
            any(_is_marked(junk_names.names_of(e)) and e not in body and _close(text_of(e), first.text) for e in own)
            or any(same_text(first.text, d) for d in descriptions)
        ):
            return first.text, [block for block in story if block is not first]
    return None, story


def _close(text: str, other: str) -> bool:
    return len(text) <= len(other) + 40


def _above(heading: etree._Element | None, body: list[etree._Element], descriptions: list[str]) -> str | None:
    if heading is None or not body:
        return None
    first = body[0]
    up, over = set(heading.iterancestors()), set(first.iterancestors())
    common = shared_ancestor(heading, first)
    if common is None:
        return None
    beginnings = [fold(d.rstrip(".… ")) for d in descriptions if len(d) > 60]
    barred: dict[etree._Element, bool] = {}
    started = False
    for element in common.iter(*_TAGS, heading.tag, first.tag):
        if element is heading:
            started = True
            continue
        if element is first and started:
            break
        if not started or element is first or element in up or element in over or len(element) > 12:
            continue
        if _is_barred(element, up, barred):
            continue
        marked = _is_marked(junk_names.names_of(element))
        if not marked and not descriptions:
            continue
        text = text_of(element)
        if not 30 <= len(text) <= _LONGEST:
            continue
        if (
            (marked or _is_said(text, descriptions, beginnings))
            and not same_text(text, text_of(heading))
            and _plain(element, text)
        ):
            return text
    return None


def _is_barred(element: etree._Element, up: set[etree._Element], barred: dict[etree._Element, bool]) -> bool:
    """Say whether an element stands in a box that holds no lede; `barred` is what is known of its boxes."""
    known = barred.get(element)
    if known is not None:
        return known
    found = element.tag in _NEVER_IN or (element not in up and junk_names.is_named_junk(element))
    if not found:
        parent = element.getparent()
        # At most as deep as `dom.parse` lets a page nest.
        found = parent is not None and _is_barred(parent, up, barred)
    barred[element] = found
    return found


def _is_said(text: str, descriptions: list[str], beginnings: list[str]) -> bool:
    """Say whether a text is one of the descriptions, or begins with one; `beginnings` are the long ones, folded."""
    start = fold(text[:24])
    # Nearly all differ in their first letters; folding the whole costs more.
    return any(same_text(text, d) for d in descriptions) or any(
        start.startswith(f[:4]) and fold(text).startswith(f) for f in beginnings
    )


def _plain(element: etree._Element, text: str) -> bool:
    """Say whether an element is a sentence or two: no row of links, no box with a picture."""
    linked = sum(len(text_of(a)) for a in element.iter("a"))
    return linked <= 0.5 * len(text) and next(element.iter("img", "figure", "form", "time"), None) is None


def _without(story: list[ContentBlock], text: str) -> list[ContentBlock]:
    """Return the story without the lede, where it is repeated at the head of the text."""
    head = 0
    for number, block in enumerate(story):
        if block.kind == "figure":
            continue
        if same_text(block.text, text):
            return [*story[:number], *story[number + 1 :]]
        head += 1
        if head >= 3:
            break
    return story


def entry_standfirst(text: str | None) -> str | None:
    """Return a feed's summary as a lede: one clean line without entities, or None."""
    return clean_line(decode_entities(text), _LONGEST) or None if text else None

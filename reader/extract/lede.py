"""The standfirst that a page prints: found, taken out of the body, told apart from a description no reader sees."""

import re

from lxml import etree

from reader.extract import junk
from reader.extract.inline import Block
from reader.extract.metadata import Facts, html_unescape, same
from reader.extract.node import told, words
from reader.text import clean_line, fold

_MARKED = re.compile(
    r"(?:^|[\s_-])(?:sapo|standfirst|lede|lead|intro|introduction|dek|deck|chapeau|chapo|vorspann|anriss|"
    r"subtitle|sub-?title|subheadline|sub-?headline|subhead|sub-?heading|summary|excerpt|"
    r"teaser-?text|abstract|entradilla|sumario|bajada|ingress|manchet|underrubrik|sottotitolo|occhiello|"
    r"linhafina|perex|synopsis|strapline)(?:$|[\s_-])|articlelead|leadtext|articleintro|article-?desc|"
    r"headline__sub|__lead|__intro|__summary|__dek|standfirst|introtext",
    re.I,
)
_LONGEST = 900


def from_rule(chosen: list[etree._Element], story: list[Block]) -> tuple[str | None, list[Block]]:
    """Return the lede that a rule selects, and the story without it."""
    text = told(chosen[0]) if chosen else ""
    if not text:
        return None, story
    return text, _without(story, text)


def printed(
    root: etree._Element,
    facts: Facts,
    heading: etree._Element | None,
    body: list[etree._Element],
    story: list[Block],
) -> tuple[str | None, list[Block]]:
    """Return the lede that the page prints between headline and text, or at the head of the text and marked as one."""
    descriptions = [
        d
        for d in (facts.meta("description"), facts.meta("og:description"), facts.line("description"))
        if d and len(d) > 25
    ]
    above = _above(root, heading, body, descriptions)
    if above:
        return above, _without(story, above)
    first = next((block for block in story if block.kind not in ("figure", "hr")), None)
    if first is not None and first.kind in ("p", "h2", "h3", "h4") and 30 <= len(first.text) <= _LONGEST:
        own = [first.source, *list(first.source.iterancestors())[:2]]
        marked = any(_MARKED.search(junk.marks(e)) for e in own if e not in body and _close(words(e), first.text))
        if (marked or any(same(first.text, d) for d in descriptions)) and len(story) > 1:
            return first.text, [block for block in story if block is not first]
    return None, story


def _close(text: str, other: str) -> bool:
    return len(text) <= len(other) + 40


def _above(
    root: etree._Element, heading: etree._Element | None, body: list[etree._Element], descriptions: list[str]
) -> str | None:
    if heading is None or not body:
        return None
    up = set(heading.iterancestors())
    common = next((a for a in body[0].iterancestors() if a in up), None)
    if common is None:
        return None
    started = False
    for element in common.iter(
        "h1", "h2", "h3", "h4", "p", "div", "span", "strong", "section", "ul", heading.tag, body[0].tag
    ):
        if element is heading:
            started = True
            continue
        if element is body[0] and started:
            break
        if (
            not started
            or element is body[0]
            or element in heading.iterancestors()
            or body[0] in element.iterdescendants()
        ):
            continue
        if any(
            a.tag in ("figure", "aside", "nav", "a", "footer") or (a not in up and junk.named_junk(a))
            for a in [element, *element.iterancestors()]
        ):
            continue
        if len(element) > 12:
            continue
        text = words(element)
        if not 30 <= len(text) <= _LONGEST or (heading is not None and same(text, words(heading))):
            continue
        marked = _MARKED.search(junk.marks(element))
        if marked and _plain(element, text):
            return text
        if any(
            same(text, d) or (len(d) > 60 and fold(text).startswith(fold(d.rstrip(".… ")))) for d in descriptions
        ) and _plain(element, text):
            return text
    return None


def _plain(element: etree._Element, text: str) -> bool:
    """A lede is a sentence or two, not a row of links and not a picture's box."""
    linked = sum(len(words(a)) for a in element.iter("a"))
    return linked <= 0.5 * len(text) and next(element.iter("img", "figure", "form", "time"), None) is None


def _without(story: list[Block], text: str) -> list[Block]:
    """The story without the lede, where it is printed at the head of the text again."""
    head = 0
    for number, block in enumerate(story):
        if block.kind == "figure":
            continue
        if same(block.text, text):
            return [*story[:number], *story[number + 1 :]]
        head += 1
        if head >= 3:
            break
    return story


def of_entry(text: str | None) -> str | None:
    """Return a feed's summary as a lede: one clean line without entities, or None."""
    return clean_line(html_unescape(text), _LONGEST) or None if text else None

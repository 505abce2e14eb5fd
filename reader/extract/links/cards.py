"""A block of other stories -> typed links: a card's headline, section, summary and time. `related` finds the blocks."""

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo

from lxml import etree

from reader.extract.dom.junk_names import NEVER_TEXT
from reader.extract.dom.name_patterns import name_matcher
from reader.extract.dom.node import HEADINGS, is_inline_tag, text_of
from reader.extract.links import labels
from reader.extract.links.targets import is_headline, story_target
from reader.extract.metadata.dates import parse_datetime
from reader.models import Link, LinkKind
from reader.text import clean_line, fold
from reader.text.dates import page_date
from reader.text.urls import canonical

_SECTION = re.compile(
    r"\b(?:cat|category|cate|section|label|kicker|topic|rubric|rubrik|channel|overline|eyebrow|zone|cat-name|"
    r"tag-name)\b|cat-?name|category",
    re.I,
)
_SECTION_LINK = re.compile(
    r"(?:^|[\s_-])(?:cat|cate|category|section|label|kicker|topic|rubrik|rubric|channel|overline|eyebrow|zone)"
    r"(?:-?(?:name|label|link))?(?:\s|\Z)",
    re.I,
)
_LONGEST_SECTION = 40
_LONGEST_LINE = 1000
_PARTS = ("span", "div", "p", "em", "strong", "small", "time")
_HEADLINE_WORDS = 4
_OPENING = tuple('“„«"‘「')
_SUMMARY = re.compile(
    r"\b(?:desc|description|sapo|summary|excerpt|lead|intro|teaser-text|standfirst|dek|abstract|tpl_desc)\b|"
    r"desc|sapo|summary|excerpt",
    re.I,
)
_DATED = re.compile(r"\b(?:date|time|datetime)\b|publish", re.I)
_TITLED = re.compile(r"title|headline|(?:^|\s)h[1-6](?:\s|\Z)", re.I)
_AUTHORED = re.compile(r"(?:^|[\s_-])(?:authors?|by-?lines?|autor(?:en)?|auteurs?)(?:\s|\Z|[_-]{2})", re.I)
_is_section_link, _is_section_name = name_matcher(_SECTION_LINK), name_matcher(_SECTION)
_is_summary_name, _is_time_name, _is_title_name = name_matcher(_SUMMARY), name_matcher(_DATED), name_matcher(_TITLED)
_is_author_name = name_matcher(_AUTHORED)


def cards(block: etree._Element, kind: LinkKind, base: str, zone: tzinfo, *, here: str) -> Iterator[Link]:
    """Yield the stories of a block, each once, in order: headline, section, summary and time apart.

    `here` is the address of the page itself, whose links are left out. A card is the largest element in the block that
    holds links to one story only.
    """
    stories: dict[str, list[etree._Element]] = {}
    addresses: dict[str, str] = {}
    for anchor in [block, *block.iter("a")] if block.tag == "a" else block.iter("a"):
        href = anchor.get("href")
        found = story_target(href, base) if href else None
        if found:
            stories.setdefault(found[1], []).append(anchor)
            addresses.setdefault(found[1], found[0])
    # A section's label that is a link is part of its card, and no story.
    stories = {k: anchors for k, anchors in stories.items() if not all(map(_is_section, anchors))} or stories
    own = canonical(here)
    tops = _tops(block, stories)
    for key, anchors in stories.items():
        if key == own:
            continue
        card = tops.get(anchors[0], anchors[0])
        # A block with one story is that story's card.
        if len(stories) == 1 and card.getparent() is block:
            card = block
        if len(anchors) > 1:
            anchors = [a for a in anchors if a is card or card in a.iterancestors()]
        title = _title(anchors, card)
        if len(title) < 4 or labels.label_kind(title):
            continue
        section = _section(card, title)
        yield Link(kind, title, addresses[key], section, _summary(card, title, section), _time(card, zone))


def _is_section(anchor: etree._Element) -> bool:
    """Say whether a link is a section's label: short, called so by the end of its class, and in no heading."""
    name = anchor.get("class")
    return (
        name is not None
        and _is_section_link(name)
        and 0 < len(text_of(anchor)) <= _LONGEST_SECTION
        and next(anchor.iter("img", *HEADINGS), None) is None
        and next(anchor.iterancestors(*HEADINGS), None) is None
    )


def _tops(block: etree._Element, stories: dict[str, list[etree._Element]]) -> dict[etree._Element, etree._Element]:
    """Return, for each story's first link, the largest element in the block that holds no link to another story."""
    leads: dict[etree._Element, str] = {}
    for key, anchors in stories.items():
        for anchor in anchors:
            for part in (anchor, *anchor.iterancestors()):
                known = leads.get(part)
                # What is known of a part is known of all around it too.
                if known in ("", key) or part is block:
                    break
                leads[part] = key if known is None else ""
    tops = {}
    for key, anchors in stories.items():
        for ancestor in anchors[0].iterancestors():
            if ancestor is block or leads.get(ancestor) != key:
                break
            tops[anchors[0]] = ancestor
    return tops


def _title(anchors: list[etree._Element], card: etree._Element) -> str:
    inner = [said for a in anchors if len(a) for h in a.iter(*HEADINGS) if (said := _without_kicker(h))]
    if inner:
        # A section's name may be a heading over the headline.
        return next(filter(is_headline, inner), max(inner, key=len))
    headed = anchors
    if len(anchors) > 1:
        headed = [a for a in anchors if _is_headed(a) and text_of(a)] or anchors
    best, text = headed[0], _own_words(headed[0])
    for anchor in headed[1:]:
        said = _own_words(anchor)
        if len(said) > len(text):
            best, text = anchor, said
    if not text:
        text = next((said for h in card.iter(*HEADINGS) if (said := _without_kicker(h))), "")
    if not text or (len(text) < 12 and best.get("title")):
        text = clean_line(best.get("title") or text)
    if not text:
        text = next((clean_line(i.get("alt") or "") for a in anchors for i in a.iter("img")), "")
    if not is_headline(text):
        # The link says to read on, under a headline that is none.
        text = next((said for h in card.iter(*HEADINGS) if is_headline(said := text_of(h))), text)
    return labels.without_lead(text)


def _is_headed(anchor: etree._Element) -> bool:
    return next(anchor.iterancestors(*HEADINGS), None) is not None or next(anchor.iter(*HEADINGS), None) is not None


def _own_words(anchor: etree._Element) -> str:
    """Return the text of a link without the section, the author, the summary and the time that may be inside it."""
    if len(anchor) == 0:
        return text_of(anchor)
    text = _words(anchor)
    parts = [e for e in anchor.iter(*_PARTS) if e is not anchor]
    for part in parts:
        name = part.get("class")
        if name and _is_title_name(name) and (said := _words(part)):
            return said
    for part in parts:
        name = part.get("class")
        if part.tag == "time" or (name and (_is_section_name(name) or _is_summary_name(name) or _is_author_name(name))):
            piece = _words(part)
            if piece and piece != text:
                text = text.replace(piece, " ", 1)
    return clean_line(text).removeprefix(_kicker(anchor)).strip()


def _without_kicker(heading: etree._Element) -> str:
    """Return the text of a heading: of the element in it that is called the title, where that is most of it."""
    if len(heading) == 0:
        return text_of(heading)
    text = _words(heading)
    for part in heading.iter(*_PARTS):
        name = part.get("class")
        if part is not heading and name and _is_title_name(name) and not _is_section_name(name):
            said = _words(part)
            if 2 * len(said) > len(text) or is_headline(said):
                return said
    return text.removeprefix(_kicker(heading)).strip()


def _words(element: etree._Element) -> str:
    """Return the text that is drawn of a link or a heading, as one line: without the titles of drawings, and with a
    space where a block begins or ends, or where an element does whose neighbour begins a new line by its capital."""
    if len(element) == 0:
        return text_of(element)
    line = ""
    for piece, parted in _pieces(element):
        follows = piece[:1]
        glued = line and follows and not line[-1].isspace() and not follows.isspace()
        capital = follows.isupper() or follows in _OPENING
        if glued and (parted is None or (parted and capital and len(line) > 2 and len(piece) > 2)):
            line += " "
        line += piece
    return clean_line(line, _LONGEST_LINE)


def _pieces(element: etree._Element) -> Iterator[tuple[str, bool | None]]:
    """Yield the text of an element, piece by piece, each with what stands before it: None for the edge of a block,
    else whether it is the edge of a `span`. Parts that are no text of a page are left out."""
    edge: bool | None = False
    if element.text:
        yield element.text, edge
    for child in element:
        tag = child.tag
        block = isinstance(tag, str) and not is_inline_tag(tag)
        edge = None if block else tag == "span"
        if isinstance(tag, str) and tag not in NEVER_TEXT:
            for piece, inner in _pieces(child):
                yield piece, edge if inner is False else inner
                edge = False
            edge = None if block else tag == "span"
        if child.tail:
            yield child.tail, edge
            edge = False


def _kicker(element: etree._Element) -> str:
    """Return the section that a link or a heading begins with in an element of its own, without a space before its
    headline; "" for none. Words that are set off within a headline have spaces around them."""
    if len(element) == 0:
        return ""
    said = [piece for piece, _ in _pieces(element)]
    pieces = [piece for piece in said if piece.strip()][:2]
    if len(pieces) < 2 or pieces[0][-1].isspace() or pieces[1][0].islower():
        return ""
    if not pieces[1].startswith(_OPENING) and not pieces[1][0].isalnum():
        return ""
    kicker, headline = clean_line(pieces[0]), clean_line(pieces[1])
    if len(kicker) > _LONGEST_SECTION or len(kicker.split()) > 3 or len(headline.split()) < _HEADLINE_WORDS:
        return ""
    # A letter in bold at the beginning of a word is no kicker, nor is a bold word.
    return kicker if len(kicker) > 3 and clean_line("".join(said)).startswith(kicker + headline[:1]) else ""


def _section(card: etree._Element, title: str) -> str | None:
    """Return the section that a card names, or that stands in its link before the headline."""
    for element in card.iter("span", "a", "div", "p", "em", "li", "strong", "small"):
        name = element.get("class")
        if name and _is_section_name(name):
            text = text_of(element)
            if (
                text
                and len(text) <= _LONGEST_SECTION
                and text != title
                and title not in text
                and not labels.label_kind(text)
            ):
                return text
    return next((kicker for e in card.iter("a", *HEADINGS) if (kicker := _kicker(e)) and kicker not in title), None)


def _summary(card: etree._Element, title: str, section: str | None) -> str | None:
    for element in card.iter("div", "p", "span"):
        name = element.get("class")
        marked = name is not None and _is_summary_name(name)
        if not marked and element.tag != "p":
            continue
        text = text_of(element)
        if (
            len(text) < (25 if marked else 41)
            or fold(text).startswith(fold(title))
            or text == section
            or any(text_of(a) == title for a in element.iter("a", *HEADINGS))
        ):
            continue
        return text
    return None


def _time(card: etree._Element, zone: tzinfo) -> datetime | None:
    for element in card.iter("time"):
        value = parse_datetime(element.get("datetime") or text_of(element), zone)
        if value:
            return value
    for element in card.iter("span", "div", "p"):
        name = element.get("class")
        if name and _is_time_name(name) and len(text := text_of(element)) < 60:
            value = page_date(text, zone=zone)
            if value:
                return value
    return None

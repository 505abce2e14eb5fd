"""The standfirst that a page shows: found, and taken out of the body. A description that no reader sees is none."""

import re
from itertools import islice

from lxml import etree

from reader.extract.blocks.inline import ContentBlock
from reader.extract.dom import junk_names
from reader.extract.dom.name_patterns import cached_by_name, name_matcher
from reader.extract.dom.node import HEADINGS, shared_ancestor, spaced_text, text_of, text_or_attribute
from reader.extract.metadata.embedded import Metadata, decode_entities
from reader.text import clean_line, fold
from reader.text.compare import letters_and_digits, same_text

_MARKED = re.compile(
    r"(?:^|[\s_-])(?:sapo|standfirst|lede|lead|intro|introduction|dek|deck|chapeau|chapo|vorspann|anriss|"
    r"subtitle|sub-?title|subheadline|sub-?headline|subhead|sub-?heading|summary|excerpt|"
    r"teaser[-_]?text|abstract|entradilla|sumario|bajada|ingress|manchet|underrubrik|sottotitolo|occhiello|"
    r"linhafina|perex|synopsis|strapline)(?:$|[\s_-])|articlelead|leadtext|articleintro|article-?desc|"
    r"headline__sub|__lead|__intro|__summary|__dek|standfirst|introtext",
    re.I,
)
_OTHER = re.compile(
    r"(?:^|[\s_-])(?:authors?|autor(?:en)?|auteurs?|by-?lines?|meta|dates?|datetime|time|timestamp|published|credits?|"
    r"captions?|share|tags?)(?:$|[\s_-])",
    re.I,
)
"""What else stands in a box that is called an intro: `c-intro__author`."""
_SUBTITLE = re.compile(r"sub-?(?:title|headline|head|heading)(?:$|[\s_-])|underrubrik|sottotitolo", re.I)
_LONGEST_SUBTITLE = 200
_LEAST_SUBTITLE = 12
_MOST_BESIDE_NAMES = 16
_LONGEST = 900
_LEAST = 30
_SURELY = 40
"""Letters of a description, for a text that says nearly the same to be told from another by them."""
_NEARLY = 0.75
_ALIKE = 0.6
_CLAUSE = 60
_FEW = 3
_AT_HEAD = 4
_MOST_LOST = 60
_SENTENCE_ENDS = tuple('.!?…。！？”»"“')
_MOST_INSIDE = 12
_TAGS = ("h1", "h2", "h3", "h4", "p", "div", "span", "strong", "section", "ul")
_NEVER_IN = frozenset(("figure", "aside", "nav", "a", "footer"))


_is_subtitle = name_matcher(_SUBTITLE)


@cached_by_name
def _is_marked(names: str) -> bool:
    return any(_MARKED.search(word) and not _OTHER.search(word) for word in names.split())


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
    *,
    authors: tuple[str, ...] = (),
) -> tuple[str | None, list[ContentBlock]]:
    """Return the lede that the page shows between headline and text, or at the head of the text and named as one.

    A text that is the page's own description is the lede whatever the page calls it (a teaser, say), also where other
    lines stand before it, and where it has a dateline that the description lacks. A line that names the `authors` and
    says no more is none. A subtitle before the lede stands in front of it, with a dash between them.
    """
    descriptions = [
        d
        for d in (metadata.meta("description"), metadata.meta("og:description"), metadata.first_text("description"))
        if d and len(d) > 25
    ]
    texts = [block.source for block in story if block.kind == "p"]
    subtitle, above = _above(heading, body, descriptions, authors, begun=set(texts[_AT_HEAD:]))
    if above:
        left = _without(story, above)
        apart = subtitle and not any(subtitle in block.text for block in left[:_AT_HEAD])
        return f"{subtitle} – {above}" if apart else above, left
    first = next((block for block in story if block.kind not in ("figure", "hr")), None)
    if first is not None and first.kind in ("p", "h2", "h3", "h4") and _LEAST <= len(first.text) <= _LONGEST:
        own = (first.source, *islice(first.source.iterancestors(), 2))
        if (
            len(story) > 1
            and not _names_only(first.text, authors)
            and (
                any(
                    _is_marked(junk_names.names_of(e)) and e not in body and _close(text_of(e), first.text) for e in own
                )
                or any(same_text(first.text, d) for d in descriptions)
            )
        ):
            return first.text, [block for block in story if block is not first]
    if not descriptions:
        return None, story
    said = _said_at_head(story, descriptions)
    if said is not None:
        return said.text, [block for block in story if block is not said]
    return _left_out(body, first, descriptions), story


def _said_at_head(story: list[ContentBlock], descriptions: list[str]) -> ContentBlock | None:
    """Return the block at the head of the text that says what a description says, unless it is most of the text, or
    follows a heading that the description says before it: then it is the first entry of a list or of a live page."""
    texts = [block for block in story if block.text and block.kind != "figure"]
    at = next(
        (
            number
            for number, block in enumerate(texts[:_AT_HEAD])
            if sum(len(other.text) for other in texts) >= 2 * len(block.text)
            and block.kind in ("p", "h2", "h3", "h4")
            and _LEAST <= len(block.text) <= _LONGEST
            and _says_nearly(block.text, descriptions)
        ),
        None,
    )
    if at is None or any(_is_heading(block, descriptions) for block in texts[:at]):
        return None
    return texts[at]


def _is_heading(block: ContentBlock, descriptions: list[str]) -> bool:
    """Say whether a block before others is a heading, or a line in bold, that a description begins with."""
    line = letters_and_digits(block.text)
    bold = "".join("".join(map(str, e.itertext())) for e in block.out.iter("strong", "b"))
    return (
        bool(line)
        and (block.kind in HEADINGS or letters_and_digits(bold) == line)
        and any(letters_and_digits(said).startswith(line) for said in descriptions)
    )


def _left_out(body: list[etree._Element], first: ContentBlock | None, descriptions: list[str]) -> str | None:
    """Return what the walk left out before the first block, for the name of its box, where it is the description."""
    if not body or first is None:
        return None
    for element in islice(body[0].iter(), _MOST_LOST):
        if element is first.source:
            return None
        if element.tag not in _TAGS or len(element) > _MOST_INSIDE or not junk_names.is_named_junk(element):
            continue
        said = _own_words(element, text_of(element), descriptions)
        if said:
            return said
    return None


def _own_words(element: etree._Element, text: str, descriptions: list[str]) -> str | None:
    """Return the text of an element where it is the description as the page prints it."""
    if (
        not _LEAST <= len(text) <= _LONGEST
        or not (_says_nearly(text, descriptions) or _begins_alike(text, descriptions))
        or junk_names.is_hidden(element)
        or not _plain(element, text)
    ):
        return None
    # A dateline in an element of its own may have no space after it.
    return text if any(same_text(text, d) for d in descriptions) else clean_line(spaced_text(element), _LONGEST)


def _begins_alike(text: str, descriptions: list[str]) -> bool:
    """Say whether a text has its first letters, a clause of them, in common with a description."""
    alike = [d for d in descriptions if d[:_FEW] == text[:_FEW]]
    letters = letters_and_digits(text[: 3 * _CLAUSE])[:_CLAUSE] if alike else ""
    return len(letters) == _CLAUSE and any(letters_and_digits(d[: 3 * _CLAUSE]).startswith(letters) for d in alike)


def _says_nearly(text: str, descriptions: list[str]) -> bool:
    """Say whether a text is a description, but for a few words at either end: a dateline, a tag, a paper's name."""
    near = [d for d in descriptions if _NEARLY * len(d) <= len(text) <= len(d) / _NEARLY]
    letters = letters_and_digits(text) if near else ""
    return any(_is_near(letters, letters_and_digits(said)) for said in near)


def _is_near(one: str, other: str) -> bool:
    if one == other:
        return True
    least = _ALIKE * max(len(one), len(other))
    if min(len(one), len(other)) < max(_SURELY, least):
        return False
    for text, inside in ((one, other), (other, one)):
        at = inside.find(text[: _SURELY // 2])
        if at >= 0:
            pairs = zip(text, inside[at:], strict=False)
            alike = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(text), len(inside) - at))
            if alike >= least:
                return True
    return False


def _close(text: str, other: str) -> bool:
    return len(text) <= len(other) + 40


def _names_only(text: str, authors: tuple[str, ...]) -> bool:
    """Say whether a text names the authors and says next to nothing else: it is their byline."""
    if not any(name in text for name in authors):
        return False
    for name in authors:
        text = text.replace(name, "")
    return len(letters_and_digits(text)) <= _MOST_BESIDE_NAMES


def _above(
    heading: etree._Element | None,
    body: list[etree._Element],
    descriptions: list[str],
    authors: tuple[str, ...],
    *,
    begun: set[etree._Element],
) -> tuple[str | None, str | None]:
    """Return the lede between the headline, or the beginning of the box that holds the text, and the text: the first
    that is the page's description, or is called a lede and is a sentence; else what is called so and is none. Before
    it, the subtitle over it. After a paragraph of those in `begun` no name tells of a lede: it is what stands under the
    text of a body that holds the headline too."""
    if not body or (heading is None and not descriptions):
        return None, None
    first = body[0]
    over = set(first.iterancestors())
    up = set(heading.iterancestors()) if heading is not None else set()
    around = up | over
    common = shared_ancestor(heading, first) if heading is not None else _box_of(first)
    if common is None:
        return None, None
    beginnings = [fold(d.rstrip(".… ")) for d in descriptions if len(d) > 60]
    barred: dict[etree._Element, bool] = {}
    started = heading is None
    in_text = False
    named: str | None = None
    subtitle: str | None = None

    def with_subtitle(lede: str | None) -> tuple[str | None, str | None]:
        apart = subtitle and lede and subtitle not in lede and lede not in subtitle
        return (subtitle if apart else None), lede

    for element in common.iter(*_TAGS, *([heading.tag] if heading is not None else []), first.tag):
        if element is heading:
            started = True
            continue
        if element is first and started:
            break
        in_text = in_text or (started and element in begun)
        if not started or element is first or element in up or element in over or len(element) > _MOST_INSIDE:
            continue
        kept_from = _is_barred(element, around, barred)
        names = junk_names.names_of(element)
        marked = heading is not None and not in_text and not kept_from and named is None and _is_marked(names)
        if not marked and not descriptions:
            continue
        text = text_of(element)
        if marked and subtitle is None and _is_subtitle(names) and _may_be_subtitle(element, text, heading):
            subtitle = text
        if marked and _names_only(text, authors):
            continue
        if not _LEAST <= len(text) <= _LONGEST:
            continue
        is_said = not kept_from and heading is not None and _is_said(text, descriptions, beginnings)
        said = None if is_said else _own_words(element, text, descriptions)
        if not (is_said or marked or said) or (heading is not None and same_text(text, text_of(heading))):
            continue
        if is_said and _plain(element, text):
            return with_subtitle(text)
        if said and (not kept_from or _is_above(element, around)):
            return with_subtitle(said)
        if marked and _plain(element, text):
            if text.endswith(_SENTENCE_ENDS):
                return with_subtitle(text)
            named = text
    return with_subtitle(named)


def _may_be_subtitle(element: etree._Element, text: str, heading: etree._Element | None) -> bool:
    """Say whether an element that is called a subtitle is a line of its own, and not the headline's."""
    return (
        _LEAST_SUBTITLE <= len(text) <= _LONGEST_SUBTITLE
        and _plain(element, text)
        and (heading is None or letters_and_digits(text) not in letters_and_digits(text_of(heading)))
    )


def _box_of(part: etree._Element) -> etree._Element | None:
    """Return the `article` or `main` that a part of the body stands in, or the box two levels above it."""
    around = list(islice((e for e in part.iterancestors() if e.tag not in ("body", "html")), _MOST_INSIDE))
    return next(
        (e for e in around if e.tag in ("article", "main")), around[min(1, len(around) - 1)] if around else None
    )


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


def _is_above(element: etree._Element, around: set[etree._Element]) -> bool:
    """Say whether an element and its boxes are called nothing but what a standfirst may stand in too."""
    for box in (element, *element.iterancestors()):
        if box in around:
            return True
        if box.tag in _NEVER_IN or (junk_names.is_named_junk(box) and not junk_names.is_named_head(box)):
            return False
    return True


def _is_said(text: str, descriptions: list[str], beginnings: list[str]) -> bool:
    """Say whether a text is one of the descriptions, or begins with one; `beginnings` are the long ones, folded."""
    start = fold(text[:24])
    # Nearly all differ in their first letters; folding the whole costs more.
    return any(same_text(text, d) for d in descriptions) or any(
        start.startswith(f[:4]) and _begins(fold(text), f) for f in beginnings
    )


def _begins(text: str, said: str) -> bool:
    """Say whether a text begins with what is said, or is its first sentences."""
    return text.startswith(said) or (len(text) >= _SURELY and text.endswith((".", "!", "?")) and said.startswith(text))


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

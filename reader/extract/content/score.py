"""Scores for the elements of a page: how much prose each holds, and how much else. Changes nothing in the tree."""

import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from reader.extract.dom import junk_names
from reader.extract.dom.node import HEADINGS, is_inline_tag
from reader.text.scripts import HANGUL, KANA_AND_HAN

_TAG_WEIGHT = {
    "p": 1.0,
    "blockquote": 0.9,
    "pre": 0.8,
    "li": 0.6,
    "td": 0.7,
    "dd": 0.7,
    "div": 0.9,
    "section": 0.9,
    "article": 0.9,
    "main": 0.9,
    "th": 0.2,
}
_SHORT = 40
LONG = 90
"""Characters from which a text counts as a paragraph even without a comma or a full stop."""
_LONG_TEXT = 1000
_DENSE = 3
_CJK = re.compile(f"[{KANA_AND_HAN}{HANGUL}]")
_COMMA = re.compile(r"[,;:.،。、，؛]")


@dataclass(slots=True)
class ElementScore:
    """What an element holds, in characters.

    `good` is likely prose, less what stands in boxes that are named as something else, and `inner` how much of that its
    children hold. `bad` is likely anything else: links, very short texts. `prose` is all prose, without that discount;
    `named` is the most prose in one element named as an article's text. `aside`: the element is such a box itself.
    """

    good: float = 0.0
    bad: float = 0.0
    paragraphs: int = 0
    prose: float = 0.0
    aside: bool = False
    inner: float = 0.0
    named: float = 0.0


def score_elements(root: etree._Element) -> dict[etree._Element, ElementScore]:
    """Return the score of every block element below `root`, children before parents, without the tags never read."""
    scores: dict[etree._Element, ElementScore] = {}
    _visit(root, scores, _DENSE if _is_dense(root) else 1, in_link=False)
    whole = scores[root].prose if root in scores else 0.0
    for element, score in scores.items():
        if score.good > 0:
            _discount(element, score, whole)
        parent = element.getparent()
        above = scores.get(parent) if parent is not None else None
        if above is not None:
            above.good += score.good
            above.inner += score.good
            above.bad += score.bad
            above.paragraphs += score.paragraphs
            if score.named > above.named:
                above.named = score.named
    return scores


def _discount(element: etree._Element, score: ElementScore, whole: float) -> None:
    """Lower the score of an element that is hidden, or named as something else than the page's text, to a tenth."""
    if score.good >= _LONG_TEXT and score.named < score.good and junk_names.is_named_article(element):
        score.named = score.good
    hidden, comments = junk_names.is_hidden(element), junk_names.is_named_comments(element)
    if score.named > 0.7 * score.good and element.tag != "aside" and not hidden and not comments:
        # A sidebar that holds an article's body is part of the layout.
        return
    if is_aside(element) and (comments or score.prose < (0.7 if hidden else 0.4) * whole):
        # A name is a hint, not a proof: a "widget" that holds half of a page's prose is its article.
        score.bad += 0.3 * score.good
        score.good *= 0.1
        score.paragraphs = 0
        score.aside = True


def _is_dense(root: etree._Element) -> bool:
    """Say whether the page is in Chinese, Japanese or Korean, where one character says what others say in three."""
    sample = "".join(str(text) for text in islice(root.itertext("p", "div", "td", "span", "a", "h1", "h2", "li"), 200))
    return len(_CJK.findall(sample)) > 0.2 * len(sample.replace(" ", ""))


def _visit(
    element: etree._Element, scores: dict[etree._Element, ElementScore], density: int, *, in_link: bool
) -> tuple[int, int, bool, float]:
    """Score an element's own text and that of its children. Return its characters, its linked characters and whether it
    has punctuation, all three only of inline elements, whose text is their parent's; and all prose in it."""
    tag = element.tag
    in_link = in_link or tag == "a"
    text = element.text
    length, linked, stops, below = 0, 0, False, 0.0
    if text:
        length = density * len(text.strip())
        stops = length > 0 and _COMMA.search(text) is not None
    for child in element:
        if isinstance(child.tag, str) and child.tag not in junk_names.SKIPPED:
            chars, links, commas, prose = _visit(child, scores, density, in_link=in_link)
            length, linked, stops, below = length + chars, linked + links, stops or commas, below + prose
        tail = child.tail
        if tail:
            chars = density * len(tail.strip())
            if chars:
                length += chars
                stops = stops or length >= LONG or _COMMA.search(tail) is not None
    if in_link:
        linked = length
    if is_inline_tag(tag):
        if below:
            scores[element] = ElementScore(prose=below)
        return length, linked, stops, below
    own = scores[element] = ElementScore()
    if length:
        _judge(tag, length, linked, stops, own)
    own.prose = own.good + below
    return 0, 0, False, own.prose


def is_aside(element: etree._Element) -> bool:
    """Say whether tag, name, role or style tell that the element is not the page's main text."""
    return element.tag == "aside" or (
        element.tag not in ("body", "html", "p", "pre", "main")
        and (junk_names.is_hidden(element) or junk_names.is_named_junk(element))
    )


def _judge(tag: str, length: int, linked: int, stops: bool, total: ElementScore) -> None:
    if tag == "figcaption":
        return
    if linked > 0.5 * length:
        total.bad += linked
    elif tag in HEADINGS:
        total.good += 0.2 * length
    elif length < _SHORT:
        total.bad += 0.2 * length
    else:
        factor = _TAG_WEIGHT.get(tag, 0.6)
        if length < LONG and not stops:
            factor *= 0.4
        total.good += factor * (length - linked)
        total.paragraphs += 1

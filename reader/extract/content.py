"""Which subtree is the article, on a page of which no rule knows anything. Reads the tree, never changes it."""

import re
from dataclasses import dataclass

from lxml import html

from reader.extract import junk

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i kbd mark q rb rp rt ruby s samp small span strike strong sub sup time tt u var wbr br".split()
)
_WEIGHT = {
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
    "figcaption": 0.0,
    "th": 0.2,
}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SHORT = 40
_LONG = 90
_COMMA = re.compile(r"[,;:.،。、，؛]")


@dataclass(slots=True)
class Weight:
    """What an element holds: characters of likely prose and of likely anything else; paragraphs of prose."""

    good: float = 0.0
    bad: float = 0.0
    paragraphs: int = 0


def weigh(root: html.HtmlElement) -> dict[html.HtmlElement, Weight]:
    """Return the weight of every block element below `root`, the elements that are skipped left out."""
    weights: dict[html.HtmlElement, Weight] = {}
    _visit(root, weights)
    return weights


def _visit(element: html.HtmlElement, weights: dict[html.HtmlElement, Weight]) -> tuple[int, int, int]:
    """Weigh one element; return characters, linked characters and stops of the inline text that belongs to its parent."""
    total = Weight()
    text = element.text or ""
    length, linked, stops = len(text.strip()), 0, len(_COMMA.findall(text))
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag not in junk.SKIPPED:
            chars, links, commas = _visit(child, weights)
            length, linked, stops = length + chars, linked + links, stops + commas
            below = weights.get(child)
            if below:
                total.good += below.good
                total.bad += below.bad
                total.paragraphs += below.paragraphs
        tail = child.tail
        if tail:
            length += len(tail.strip())
            stops += len(_COMMA.findall(tail))
    tag = element.tag
    if tag == "a":
        linked = length
    if tag in INLINE:
        if total.good or total.bad:
            weights[element] = total
        return length, linked, stops
    if length:
        _judge(tag, length, linked, stops, total)
    if tag not in ("body", "html") and (tag == "aside" or junk.is_hidden(element) or junk.named_junk(element)):
        # A name is a hint, not a proof: a "widget" that holds three quarters of a page's prose is its article.
        total.bad += 0.3 * total.good
        total.good *= 0.1
        total.paragraphs = 0
    weights[element] = total
    return 0, 0, 0


def _judge(tag: str, length: int, linked: int, stops: int, total: Weight) -> None:
    if linked > 0.5 * length:
        total.bad += linked
    elif tag in _HEADINGS:
        total.good += 0.2 * length
    elif length < _SHORT:
        total.bad += 0.2 * length
    else:
        weight = _WEIGHT.get(tag, 0.6)
        if length < _LONG and not stops:
            weight *= 0.4
        total.good += weight * (length - linked)
        total.paragraphs += 1


def choose(root: html.HtmlElement, heading: html.HtmlElement | None = None) -> html.HtmlElement | None:
    """Return the element that holds the article, or None where the page has no prose to speak of."""
    weights = weigh(root)
    body = next(iter(root.iter("body")), root)
    best, top = None, 0.0
    for element, weight in weights.items():
        if weight.good < 60 or element.tag in ("html", "td", "tr", "tbody"):
            continue
        score = _direct(element, weights)
        if junk.named_good(element):
            score *= 1.4
        elif element.tag in ("article", "main"):
            score *= 1.2
        if score > top:
            best, top = element, score
    if best is None:
        return body if weights.get(body, Weight()).good >= 60 else None
    return _widen(best, weights)


def _direct(element: html.HtmlElement, weights: dict[html.HtmlElement, Weight]) -> float:
    """Score by the prose that stands directly in it, or one or two wrappers below: deeper prose counts less."""
    score, level, share = 0.0, [element], 1.0
    own = weights[element].good - sum(weights[c].good for c in element if c in weights)
    score += max(0.0, own)
    for _ in range(4):
        following = []
        for parent in level:
            for child in parent:
                weight = weights.get(child)
                if weight and weight.good > 0:
                    below = sum(weights[c].good for c in child if c in weights)
                    score += share * max(0.0, weight.good - below)
                    following.append(child)
        level, share = following, share * 0.7
    return score - 0.2 * weights[element].bad


def _widen(best: html.HtmlElement, weights: dict[html.HtmlElement, Weight]) -> html.HtmlElement:
    """Climb while an ancestor adds much prose and little else: stories are cut into sections by pictures and ads."""
    chosen = best
    for ancestor in best.iterancestors():
        if ancestor.tag in ("body", "html"):
            break
        here, there = weights[chosen], weights.get(ancestor)
        if there is None:
            continue
        gain, loss = there.good - here.good, there.bad - here.bad
        if gain > 0.08 * here.good and gain > 3.0 * loss and there.paragraphs > here.paragraphs:
            chosen = ancestor
    return chosen

"""Which subtree is the article, on a page of which no rule knows anything. Reads the tree, never changes it."""

import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from reader.extract import junk
from reader.extract.node import characters

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i kbd mark q rb rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr br".split()
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
    "th": 0.2,
}
_UNCLOSED = frozenset(("button", "nav", "footer", "select", "menu", "label", "a", "svg", "dialog", "aside"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SHORT = 40
_LONG = 90
_SENTENCE = 20
_OWN = 200
_LONG_TEXT = 1000
_MOST_WORTH = 1.3 * 1.4
"""By how much a place and a name can raise a score."""
_DENSE = 3
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_COMMA = re.compile(r"[,;:.،。、，؛]")


@dataclass(slots=True)
class Weight:
    """What an element holds: characters of likely prose and of likely anything else, paragraphs of prose.

    `prose` counts all of it; `good` discounts what stands in boxes that are named as something else (`aside`).
    """

    good: float = 0.0
    bad: float = 0.0
    paragraphs: int = 0
    prose: float = 0.0
    aside: bool = False


def weigh(root: etree._Element) -> dict[etree._Element, Weight]:
    """Return the weight of every block element below `root`, children before parents; what is skipped is left out."""
    weights: dict[etree._Element, Weight] = {}
    _visit(root, weights, _DENSE if _is_dense(root) else 1, in_link=False)
    whole = weights[root].prose if root in weights else 0.0
    named: dict[etree._Element, float] = {}
    for element, weight in weights.items():
        for child in element:
            below = weights.get(child)
            if below:
                weight.good += below.good
                weight.bad += below.bad
                weight.paragraphs += below.paragraphs
        if weight.good <= 0:
            continue
        text = max((named.get(child, 0.0) for child in element), default=0.0)
        if weight.good >= _LONG_TEXT and text < weight.good and junk.named_good(element):
            text = weight.good
        if text:
            named[element] = text
        most = 0.7 if junk.is_hidden(element) else 0.4
        if text > 0.7 * weight.good and not (
            element.tag == "aside" or junk.is_hidden(element) or junk.named_comments(element)
        ):
            # What is called a sidebar and holds an article's body is its layout's.
            continue
        if is_aside(element) and (weight.prose < most * whole or junk.named_comments(element)):
            # A name is a hint, not a proof: a "widget" that holds half of a page's prose is its article.
            weight.bad += 0.3 * weight.good
            weight.good *= 0.1
            weight.paragraphs = 0
            weight.aside = True
    return weights


def _is_dense(root: etree._Element) -> bool:
    """Say whether the page is in a script that says in one character what others say in three."""
    sample = "".join(str(text) for text in islice(root.itertext("p", "div", "td", "span", "a", "h1", "h2", "li"), 200))
    return len(_CJK.findall(sample)) > 0.2 * len(sample.replace(" ", ""))


def _visit(
    element: etree._Element, weights: dict[etree._Element, Weight], density: int, *, in_link: bool
) -> tuple[int, int, bool]:
    """Weigh what is an element's own; return characters, linked characters and stops of inline text, its parent's."""
    own = Weight()
    tag = element.tag
    in_link = in_link or tag == "a"
    text = element.text
    length, linked, stops = 0, 0, False
    if text:
        length = density * len(text.strip())
        stops = length > 0 and _COMMA.search(text) is not None
    below = 0.0
    for child in element:
        if isinstance(child.tag, str) and child.tag not in junk.SKIPPED:
            chars, links, commas = _visit(child, weights, density, in_link=in_link)
            length, linked, stops = length + chars, linked + links, stops or commas
            weight = weights.get(child)
            if weight:
                below += weight.prose
        tail = child.tail
        if tail:
            chars = density * len(tail.strip())
            if chars:
                length += chars
                stops = stops or _COMMA.search(tail) is not None
    if in_link:
        linked = length
    if tag in INLINE:
        if below:
            own.prose = below
            weights[element] = own
        return length, linked, stops
    if length:
        _judge(tag, length, linked, stops, own)
    own.prose = own.good + below
    weights[element] = own
    return 0, 0, False


def is_aside(element: etree._Element) -> bool:
    """Say whether tag, name, role or style tell that the element is not the page's main text."""
    return element.tag == "aside" or (
        element.tag not in ("body", "html", "p", "pre", "main")
        and (junk.is_hidden(element) or junk.named_junk(element))
    )


def _judge(tag: str, length: int, linked: int, stops: bool, total: Weight) -> None:
    if tag == "figcaption":
        return
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


def choose(root: etree._Element, heading: etree._Element | None = None) -> list[etree._Element]:
    """Return the elements that hold the article, in order; none where the page has no prose to speak of.

    `heading` prints the headline: of several `article` elements, the one that it stands in is meant.
    """
    weights = weigh(root)
    story = _story(heading)
    if story is not None and (story not in weights or weights[story].good < _OWN):
        # The headline has a box of its own, and its text stands elsewhere.
        story = None
    stories = set(story.iter()) if story is not None else set()
    above = set(story.iterancestors()) if story is not None else set()
    others = any(e not in stories and weights[e].good > _OWN for e in root.iter("article") if e in weights)
    beside = _beside(heading)
    main = next((e for e in root.iter("main") if e in weights), None)
    inside: set[etree._Element] = set()
    best, top = None, 0.0
    for element, weight in reversed(weights.items()):
        parent = element.getparent()
        if weight.aside or parent in inside:
            inside.add(element)
        if weight.good < 60 or element.tag in ("html", "td", "tr", "tbody"):
            continue
        if weight.good * _MOST_WORTH <= top:
            continue
        score = _direct(element, weights)
        if element in inside:
            score *= 0.1
        if (
            story is not None
            and element not in stories
            and (_story(element) is not None or (others and element in above))
        ):
            score *= 0.1
        if beside and (element in beside or parent in beside):
            score *= 1.3
        if junk.named_good(element):
            score *= 1.4
        elif element.tag in ("article", "main"):
            score *= 1.2
        elif element.tag == "body" and main is not None and weights[main].good > 0.7 * weight.good:
            score *= 0.3
        if score > top:
            best, top = element, score
    if best is None:
        return _brief(root, weights)
    wide = _widen(best, weights)
    parts = _with_siblings(wide, weights, story)
    around = parts[0].getparent()
    if sum(part.tag == "article" for part in parts) > 2 and story is None and around is not None:
        # A list as an article: its items stand in boxes of their own, in several groups.
        return [_climb(around, weights)]
    return parts


def unnested(root: etree._Element) -> None:
    """Free the page's main part from what a parser put it in: where a button or a menu is never closed, libxml2 nests
    all that follows in it. Changes the tree: those elements become divs without names."""
    for main in root.iter("main"):
        above = list(main.iterancestors())
        last = max((n for n, element in enumerate(above) if element.tag in _UNCLOSED), default=-1)
        for element in above[: last + 1]:
            element.tag = "div"
            for name in ("class", "id", "role"):
                if element.get(name) is not None:
                    del element.attrib[name]


def uncovered(root: etree._Element) -> bool:
    """Bring to light what a page shows only without scripts, or only by them: a story in noscript, or in a template.

    Changes the tree; for pages on which `choose` finds nothing. Says whether there was anything.
    """
    changed = False
    for element in list(root.iter("noscript")):
        if characters(element) > _LONG:
            element.tag = "div"
            changed = True
    for element in list(root.iter("script", "template")):
        text = element.text or ""
        if element.tag == "script" and "template" in (element.get("type") or "") and "<" in text and len(text) > _LONG:
            # Blogger's dynamic themes carry the post so.
            made = etree.fromstring(f"<div>{text}</div>", etree.HTMLParser())
            element.tag, element.text = "div", None
            if made is not None:
                element.extend(list(made.iter("div"))[:1])
            changed = True
        elif element.tag == "template" and characters(element) > _LONG:
            element.tag = "div"
            changed = True
    return changed


def _beside(heading: etree._Element | None) -> set[etree._Element]:
    """What the headline stands in, three levels up but no further than its `article`: its text is likely there."""
    found: set[etree._Element] = set()
    for ancestor in islice(heading.iterancestors(), 3) if heading is not None else ():
        if ancestor.tag in ("main", "body", "html"):
            break
        found.add(ancestor)
        if ancestor.tag == "article":
            break
    return found


def whole(root: etree._Element) -> list[etree._Element]:
    """Return the body of a page that is nothing but its text: it leads nowhere, asks for nothing, loads nothing."""
    body = root.find("body")
    if body is None or next(body.iter("form", "input", "iframe", "frame", "object", "button"), None) is not None:
        return []
    if any((a.get("href") or "").strip().lower().startswith(("http", "/", "?", ".")) for a in body.iter("a")):
        return []
    if any((meta.get("http-equiv") or "").lower() == "refresh" for meta in root.iter("meta")):
        return []
    return [body]


def _brief(root: etree._Element, weights: dict[etree._Element, Weight]) -> list[etree._Element]:
    """A news flash: an `article` or `main` of a sentence or two, with no more links than words."""
    for element in root.iter("article", "main"):
        sentences = [p for p in element.iter("p") if characters(p) > _SENTENCE and next(p.iter("a"), None) is None]
        if sentences and element in weights and not weights[element].aside:
            return [element]
    return []


def _story(element: etree._Element | None) -> etree._Element | None:
    """The `article` element that something stands in, or is."""
    if element is None or element.tag == "article":
        return element
    return next(element.iterancestors("article"), None)


def _direct(element: etree._Element, weights: dict[etree._Element, Weight]) -> float:
    """Score by the prose that stands directly in it, or a few wrappers below: deeper prose counts less."""
    own = weights[element].good - sum(weights[c].good for c in element if c in weights)
    score, level, share = max(0.0, own), [element], 1.0
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


def _widen(best: etree._Element, weights: dict[etree._Element, Weight]) -> etree._Element:
    """Climb while an ancestor adds much prose and little else: stories are cut into sections by pictures and ads."""
    chosen = best
    story = next((e for e in (best, *best.iterancestors()) if e.tag == "article"), None)
    own = set(story.iter("article")) if story is not None else set()
    for ancestor in best.iterancestors():
        if ancestor.tag in ("body", "html"):
            break
        if (
            story is not None
            and story in ancestor.iterdescendants("article")
            and any(
                other not in own and weights[other].good > 0
                for other in ancestor.iterdescendants("article")
                if other in weights
            )
        ):
            # Beside one story stands another: what is above both is a list of stories.
            break
        here, there = weights[chosen], weights.get(ancestor)
        if there is None:
            continue
        gain, loss = there.good - here.good, there.bad - here.bad
        if gain > 0.08 * here.good and gain > 3.0 * loss and there.paragraphs > here.paragraphs:
            chosen = ancestor
    return chosen


def _climb(element: etree._Element, weights: dict[etree._Element, Weight]) -> etree._Element:
    """Return the widest ancestor that adds prose and little else."""
    chosen = element
    for ancestor in element.iterancestors():
        if ancestor.tag in ("body", "html"):
            break
        here, there = weights.get(chosen), weights.get(ancestor)
        if here and there and there.good - here.good > 3.0 * max(1.0, there.bad - here.bad):
            chosen = ancestor
    return chosen


def _with_siblings(
    chosen: etree._Element, weights: dict[etree._Element, Weight], story: etree._Element | None
) -> list[etree._Element]:
    """Add the parts of the story that stand beside it, up to four levels above: the same kind of box, full of prose."""
    parts = [chosen]
    node, levels = chosen, 0
    while levels < 4:
        parent = node.getparent()
        if parent is None or parent.tag in ("html", "body") or node is story:
            break
        levels += sum(1 for other in parent if other in weights) > 1
        least = max(80.0, 0.02 * weights[chosen].good)
        beside = [
            other
            for other in parent
            if other is not node
            and other in weights
            and not is_aside(other)
            and weights[other].good > least
            and weights[other].good > 2.0 * weights[other].bad
            and (_kind(other) == _kind(node) or other.tag == "p")
        ]
        if beside:
            parts = [other for other in parent if other in beside or other is node]
            return [part if part is not node else chosen for part in parts]
        node = parent
    return parts


def _kind(element: etree._Element) -> tuple[str, str]:
    """Tag and first class: how a page says that two boxes are of one kind."""
    return element.tag, (element.get("class") or "").partition(" ")[0]

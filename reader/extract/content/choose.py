"""Which elements of a page hold the article, where no rule says so. Only `reveal_hidden_text` changes the tree."""

from itertools import islice

from lxml import etree

from reader.extract.content.score import LONG, ElementScore, is_aside, score_elements
from reader.extract.dom import junk_names, parse
from reader.extract.dom.node import HEADINGS, text_length
from reader.text.urls import absolute, canonical

_SENTENCE = 20
_OWN = 200
_FAINT = 60
"""A score below which nothing on the page is a text to speak of."""
_FEWEST_SECTIONS = 3
_MOST_STORIES = 50
_MOST_WORTH = 1.3 * 1.4
"""By how much position and name can raise a score at most."""


def choose_body(
    root: etree._Element, heading: etree._Element | None = None, url: str | None = None
) -> list[etree._Element]:
    """Return the elements that hold the article, in order; none where the page has no prose to speak of.

    `heading` prints the headline: of several `article` elements, the one that says it is of this `url` is meant, or
    else the one that the heading stands in.
    """
    scores = score_elements(root)
    story = _addressed(root, url) if url else None
    if story is None:
        story = _story(heading)
    if story is not None and (story not in scores or scores[story].good < _OWN):
        # The headline has a box of its own; the text is elsewhere.
        story = None
    stories = set(story.iter()) if story is not None else set()
    above = set(story.iterancestors()) if story is not None else set()
    others = any(e not in stories and scores[e].good > _OWN for e in root.iter("article") if e in scores)
    beside = _beside(heading)
    main = next((e for e in root.iter("main") if e in scores), None)
    inside: set[etree._Element] = set()
    best, top = None, 0.0
    for element, element_score in reversed(scores.items()):
        parent = element.getparent()
        if element_score.aside or parent in inside:
            inside.add(element)
        if element_score.good < 60 or element.tag in ("html", "td", "tr", "tbody"):
            continue
        if element_score.good * _MOST_WORTH <= top:
            continue
        score = _direct(element, scores)
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
        if junk_names.is_named_article(element):
            score *= 1.4
        elif element.tag in ("article", "main"):
            score *= 1.2
        elif element.tag == "body" and main is not None and scores[main].good > 0.7 * element_score.good:
            score *= 0.3
        if score > top:
            best, top = element, score
    if best is None or top < _FAINT:
        short = _short_lines(root, scores)
        if short or best is None:
            return short or _brief(root, scores)
    wide = _widen(best, scores)
    parts = _with_siblings(wide, scores, story)
    held = _holder(parts, scores, root)
    if held is not None:
        return [held]
    around = parts[0].getparent()
    if sum(part.tag == "article" for part in parts) > 2 and story is None and around is not None:
        # An article that is a list: its items have boxes of their own, in several groups.
        return [_climb(around, scores)]
    return parts


def reveal_hidden_text(root: etree._Element) -> bool:
    """Make text that a page shows only without scripts, or only by them, part of the tree: in noscript, in templates.

    For pages on which `choose_body` finds nothing. Returns whether the tree was changed.
    """
    changed = False
    for element in list(root.iter("noscript")):
        if text_length(element) > LONG:
            element.tag = "div"
            changed = True
    for element in list(root.iter("script", "template")):
        text = element.text or ""
        if element.tag == "script" and "template" in (element.get("type") or "") and "<" in text and len(text) > LONG:
            # Blogger's dynamic themes carry the post so.
            made = parse.tree(f"<div>{text}</div>".encode("utf-8", "ignore"))
            element.tag, element.text = "div", None
            if made is not None:
                element.extend(list(made.iter("div"))[:1])
            changed = True
        elif element.tag == "template" and text_length(element) > LONG:
            element.tag = "div"
            changed = True
    if changed:
        # What was added nests in a page that nests already, and many templates are many elements.
        parse.bound(root)
    return changed


def _beside(heading: etree._Element | None) -> set[etree._Element]:
    """The elements around the headline, three levels up but no further than its `article`: the text is likely there."""
    found: set[etree._Element] = set()
    for ancestor in islice(heading.iterancestors(), 3) if heading is not None else ():
        if ancestor.tag in ("main", "body", "html"):
            break
        found.add(ancestor)
        if ancestor.tag == "article":
            break
    return found


def whole_page(root: etree._Element) -> list[etree._Element]:
    """Return the body of a page that is nothing but its text: without links to elsewhere, forms or frames."""
    body = root.find("body")
    if body is None or next(body.iter("form", "input", "iframe", "frame", "object", "button"), None) is not None:
        return []
    if any((a.get("href") or "").strip().lower().startswith(("http", "/", "?", ".")) for a in body.iter("a")):
        return []
    if any((meta.get("http-equiv") or "").lower() == "refresh" for meta in root.iter("meta")):
        return []
    return [body]


def _brief(root: etree._Element, scores: dict[etree._Element, ElementScore]) -> list[etree._Element]:
    """A news flash: an `article` or `main` with a sentence or two that are no links."""
    for element in root.iter("article", "main"):
        sentences = [p for p in element.iter("p") if text_length(p) > _SENTENCE and next(p.iter("a"), None) is None]
        if sentences and element in scores and not scores[element].aside:
            return [element]
    return []


def _short_lines(root: etree._Element, scores: dict[etree._Element, ElementScore]) -> list[etree._Element]:
    """A poem, a list of results: the element named as the article's text, where it has no paragraph to score."""
    for element in root.iter("div", "section", "article"):
        if junk_names.is_named_article(element) and element in scores and not is_aside(element):
            size = text_length(element)
            above = any(a in scores and scores[a].aside for a in element.iterancestors())
            if size > 2 * _SENTENCE and not above and sum(map(text_length, element.iter("a"))) < 0.3 * size:
                return [element]
    return []


def _addressed(root: etree._Element, url: str) -> etree._Element | None:
    """Of several stories on one page (endless scrolling), the one whose element names the page's address."""
    stories = [element for element in root.iter("article") if next(element.iterancestors("article"), None) is None]
    if not 1 < len(stories) < _MOST_STORIES:
        return None
    here = canonical(url)
    for story in stories:
        for name in ("data-url", "data-href", "data-permalink", "data-canonical-url", "itemid", "data-page-url"):
            said = story.get(name)
            if said and canonical(absolute(url, said) or "") == here:
                return story
    return None


def _story(element: etree._Element | None) -> etree._Element | None:
    """The element itself where it is an `article`, else the `article` around it."""
    if element is None or element.tag == "article":
        return element
    return next(element.iterancestors("article"), None)


def _direct(element: etree._Element, scores: dict[etree._Element, ElementScore]) -> float:
    """Score by the prose directly in the element and up to four levels below: deeper prose counts less."""
    own = scores[element]
    score, level, share = max(0.0, own.good - own.inner), [element], 1.0
    for _ in range(4):
        following = []
        for parent in level:
            for child in parent:
                element_score = scores.get(child)
                if element_score and element_score.good > 0:
                    score += share * max(0.0, element_score.good - element_score.inner)
                    following.append(child)
        level, share = following, share * 0.7
    return score - 0.2 * own.bad


def _widen(best: etree._Element, scores: dict[etree._Element, ElementScore]) -> etree._Element:
    """Return the ancestor that adds much prose and little else: pictures and adverts cut stories into sections."""
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
                other not in own and scores[other].good > 0
                for other in ancestor.iterdescendants("article")
                if other in scores
            )
        ):
            # There is another story beside this one: what holds both is a list of stories.
            break
        here, there = scores[chosen], scores.get(ancestor)
        if there is None:
            continue
        gain, loss = there.good - here.good, there.bad - here.bad
        if gain > 0.08 * here.good and gain > 3.0 * loss and there.paragraphs > here.paragraphs:
            chosen = ancestor
    return chosen


def _holder(
    parts: list[etree._Element], scores: dict[etree._Element, ElementScore], root: etree._Element
) -> etree._Element | None:
    """Return the only `article` of a page where its parts hold less than half of its prose: it is cut into sections,
    each in a box of its own, or into the items of a list."""
    article = next((a for a in parts[0].iterancestors() if a.tag == "article"), None)
    if article is None or article not in scores or scores[article].aside:
        return None
    held = sum(scores[part].good for part in parts if part in scores)
    if 2 * held >= scores[article].good:
        return None
    outside = set(root.iter("article")) - set(article.iter("article"))
    if any(scores[other].good > _OWN for other in outside if other in scores):
        return None
    return article


def _climb(element: etree._Element, scores: dict[etree._Element, ElementScore]) -> etree._Element:
    """Return the widest ancestor that adds prose and little else."""
    chosen = element
    for ancestor in element.iterancestors():
        if ancestor.tag in ("body", "html"):
            break
        here, there = scores.get(chosen), scores.get(ancestor)
        if here and there and there.good - here.good > 3.0 * max(1.0, there.bad - here.bad):
            chosen = ancestor
    return chosen


def _with_siblings(
    chosen: etree._Element, scores: dict[etree._Element, ElementScore], story: etree._Element | None
) -> list[etree._Element]:
    """Add the parts of the story beside it, up to four levels above: boxes of the same kind that are full of prose."""
    parts = [chosen]
    node, levels = chosen, 0
    while levels < 4:
        parent = node.getparent()
        if parent is None or parent.tag in ("html", "body") or node is story:
            break
        levels += sum(1 for other in parent if other in scores) > 1
        least = max(80.0, 0.02 * scores[chosen].good)
        beside = [
            other
            for other in parent
            if other is not node
            and other in scores
            and not is_aside(other)
            and scores[other].good > least
            and scores[other].good > 2.0 * scores[other].bad
            and (_kind(other) == _kind(node) or other.tag == "p")
        ]
        if beside:
            parts = [other for other in parent if other in beside or other is node]
            if len(parts) >= _FEWEST_SECTIONS:
                parts = _with_short(parts, scores)
            return [part if part is not node else chosen for part in parts]
        node = parent
    return parts


def _with_short(parts: list[etree._Element], scores: dict[etree._Element, ElementScore]) -> list[etree._Element]:
    """Add the boxes of the parts' kind around them that are short, a heading or a line, and headings between parts."""
    kinds = set(map(_kind, parts))
    chosen = set(parts)
    first, last = parts[0], parts[-1]
    found: list[etree._Element] = []
    between = False
    around = first.getparent()
    for other in around if around is not None else ():
        between = (between or other is first) and other is not last
        if other in chosen:
            found.append(other)
        elif other in scores and not is_aside(other):
            score = scores[other]
            if (_kind(other) in kinds and score.good > 0 and score.good >= score.bad) or (
                between and other.tag in HEADINGS
            ):
                found.append(other)
    return found


def _kind(element: etree._Element) -> tuple[str, str]:
    """Tag and first class: how a page says that two boxes are of one kind."""
    return element.tag, (element.get("class") or "").partition(" ")[0]

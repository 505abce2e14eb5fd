"""Where a page offers other stories: in the text, above it and beside it. `cards` makes links of what is found.

A block of other stories is found by its names (class and id), by its label ("Read also") or by its shape alone: a card,
which is a headline that is a link to a story of the same paper, alone on its line, with little else around it. Links in
running text are none of these.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import islice

from lxml import etree

from reader.extract.content.body import Body
from reader.extract.dom.name_patterns import cached_by_name
from reader.extract.dom.node import HEADINGS, shared_ancestor, text_length, text_nodes
from reader.extract.links import labels, targets
from reader.extract.links.cards import cards
from reader.extract.metadata.page_context import PageContext
from reader.models import Link, LinkKind
from reader.text.urls import canonical, remembered, same_site

_BOX = re.compile(
    r"(?:^|[\s_-])(?:related|relate|relatednews|lienquan|tinlienquan|read-?more|read-?also|also-?read|"
    r"see-?also|more-?on|recommended|rel-?links?|teaser)(?:$|[\s_-])|related",
    re.I,
)
_BESIDE = re.compile(
    r"related(?!-?(?:topic|tag))|recommend|also-?like|you-?may-?like|might-?also|read-?(?:also|next)|see-?also|also-?read|"
    r"similar-?(?:articles|posts|stories|news)|further-?reading|up-?next|"
    r"most-?(?:read|popular|viewed|shared)|popular-?(?:posts|stories|articles|news)|trending|top-?stories|"
    r"latest-?(?:news|posts|stories|articles)|editors?-?(?:choice|picks?)|more-?(?:from|stories|news|articles)|"
    r"meistgelesen|lo-?mas-?(?:leido|visto)|plus-?lus|lienquan|tinlienquan",
    re.I,
)
_MORE = re.compile(
    r"also-?like|may-?like|might-?also|most|popular|trending|top-?stories|latest|editor|next|meist|mas|plus-?lus|more",
    re.I,
)
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:footer|menu|nav|navbar|topbar|site-header|mainnav|dialog|modal|breadcrumbs?|cookie|consent)"
    r"(?:$|[\s_-])",
    re.I,
)
_LABELS = frozenset((*HEADINGS, "span", "div", "p", "strong", "b", "a", "td", "th", "header", "li"))
_BOXES = frozenset(("div", "section", "aside", "ul", "ol", "article"))
_LINE_TAGS = frozenset(("span", "strong", "b", "em", "i", "u", "font", "a", "p", *HEADINGS))
_LONGEST_CARD = 320
"""Characters of a headline's summary, time and section together; what is longer is a text of its own."""
_LARGEST_BOX = 2_000
"""Characters up to which a box's size is cached: three cards of the longest headlines."""
_MOST_CARDS = 6
_FEWEST = 3
"""Stories that a block needs where its heading is no known label."""

# Parts of such names, in lower case: looked for first, because that costs a tenth.
_PARTS = ("relat", "recomm", "read", "teaser", "more", "lienquan", "also", "rel", "like", "similar", "further", "next")
_PARTS_BESIDE = (*_PARTS, "most", "popular", "trending", "stories", "latest", "editor", "meistgelesen", "mas", "lus")
_PARTS_FRAME = ("nav", "menu", "footer", "header", "topbar", "dialog", "modal", "breadcrumb", "cookie", "consent")


@cached_by_name
def _is_box(names: str) -> bool:
    names = names.lower()
    return any(map(names.__contains__, _PARTS)) and _BOX.search(names) is not None


@cached_by_name
def _is_beside(names: str) -> bool:
    names = names.lower()
    return (
        any(map(names.__contains__, _PARTS_BESIDE)) and _BESIDE.search(names) is not None and not _FRAME.search(names)
    )


def boxes_in_body(body: list[etree._Element], page: PageContext) -> list[etree._Element]:
    """Return the boxes of other stories within a body that no rule names, in order.

    A box is named so, or it is a card without a name. Where such cards are half of the body, or more than six, they are
    the body itself.
    """
    found: list[etree._Element] = []
    boxes: set[etree._Element] = set()
    stops = set(body)
    known = BoxCache(page)
    for part in body:
        size = 0
        cards: list[etree._Element] = []
        listed: set[etree._Element] = set()
        loose = 0
        for element in part.iter("div", "aside", "section", "ul", "table", "p", "nav", "li", "a"):
            if element.tag == "a":
                if len(cards) - len(boxes) > _MOST_CARDS:
                    continue  # they are the body, however many more there are
                card = card_box(element, known, stops)
                if card is not None and card not in listed and not any(a in boxes for a in card.iterancestors()):
                    cards.append(card)
                    listed.add(card)
                    loose += text_length(card)
                continue
            if element is part or not _named(element, _is_box):
                continue
            if any(a in boxes for a in element.iterancestors()) or next(element.iter("a"), None) is None:
                continue
            size = size or text_length(part)
            if text_length(element) < 0.3 * size:
                boxes.add(element)
                cards.append(element)
                listed.add(element)
        keep = 0 < loose < 0.5 * (size or text_length(part)) and len(cards) - len(boxes) <= _MOST_CARDS
        for card in cards:
            if card not in boxes:
                if not keep or any(a in boxes for a in card.iterancestors()):
                    continue
                boxes.add(card)
            found.append(card)
    return found


def stories_in_boxes(boxes: list[etree._Element], page: PageContext) -> list[Link]:
    """Return the stories of the boxes that `boxes_in_body` found."""
    return [story for box in boxes for story in _stories(box, LinkKind.RELATED, page)]


def stories_listed(lists: Iterable[etree._Element], page: PageContext, found: list[Link]) -> list[Link]:
    """Return the stories of the lists that stand around a story, without those that are `found` already."""
    known = {canonical(link.url) for link in found}
    return [
        story for block in lists for story in _stories(block, LinkKind.MORE, page) if canonical(story.url) not in known
    ]


def stories_left_out(
    page: PageContext, heading: etree._Element | None, body: list[etree._Element], story: list[Link], found: list[Link]
) -> list[Link]:
    """Return the stories in the body, or between headline and body, that are neither in the running text (`story`) nor
    in `found` yet: the walk left their boxes out for another reason."""
    if not body:
        return []
    stops = {*body, *body[0].iterancestors()}
    known = {canonical(link.url) for link in (*story, *found)}
    more: list[Link] = []
    frames: dict[etree._Element, bool] = {}
    boxes = BoxCache(page)
    for anchor in (*_over(heading, body[0]), *(a for part in body for a in part.iter("a"))):
        if not targets.is_headline(quick_text(anchor)):
            continue
        target = boxes.story(anchor)
        if target is None or target in known or _in_frame(anchor, frames):
            continue
        box = story_box(anchor, anchor, boxes, stops)
        for link in _stories(box, LinkKind.RELATED, page):
            known.add(canonical(link.url))
            more.append(link)
    return more


def stories_beside(page: PageContext, body: list[etree._Element]) -> list[Link]:
    """Return the stories of the blocks beside the article that a label, a name or a heading announces.

    The sections of a menu are no stories. A block of more than `targets.MOST_IN_A_BLOCK` stories is left out.
    """
    found: list[Link] = []
    seen: set[etree._Element] = set()
    for kind, block, announced in _blocks(page, body, seen):
        stories = _stories(block, kind, page)
        if len(stories) > targets.MOST_OF_A_KIND:
            continue
        if not announced:
            stories = [s for s in stories if targets.is_headline(s.title) and same_site(s.url, page.url)]
        if len(stories) <= targets.MOST_IN_A_BLOCK:
            seen.add(block)
            found.extend(stories)
    return found


def stories_by_rule(body: Body, page: PageContext) -> list[Link]:
    """Return the stories of the blocks that the site rule names."""
    return [
        story
        for blocks, kind in ((body.related, LinkKind.RELATED), (body.more, LinkKind.MORE))
        for block in blocks
        for story in cards(block, kind, page.base, page.zone, here=page.url)
    ]


def _stories(block: etree._Element, kind: LinkKind, page: PageContext) -> list[Link]:
    """Return the stories of a block, at most one more than an article keeps."""
    return list(
        islice(
            filter(targets.is_story, cards(block, kind, page.base, page.zone, here=page.url)),
            targets.MOST_OF_A_KIND + 1,
        )
    )


def _blocks(
    page: PageContext, body: list[etree._Element], seen: Container[etree._Element]
) -> Iterator[tuple[LinkKind, etree._Element, bool]]:
    """Yield the blocks outside the body, in order: kind, block, and whether a label or a name says what it is. Parts of
    what the caller adds to `seen` are not yielded."""
    parts = set(body)
    above = set(body[0].iterancestors()) if body else set()
    lists: dict[etree._Element, int] = {}
    frames: dict[etree._Element, bool] = {}
    after = not body
    first = body[0] if body else None
    for element in _candidates(page, body):
        tag = element.tag
        after = after or element is first
        if tag in _BOXES and (names := _named(element, _is_beside)):
            fewest = 2 if after else _FEWEST
            if (
                element not in above
                and not _is_excluded(element, parts, seen, frames)
                and _count(element, lists, page) >= fewest
            ):
                yield LinkKind.MORE if _MORE.search(names) else LinkKind.RELATED, element, True
            continue
        if tag not in _LABELS:
            continue
        text = element.text
        if text is None or len(text) < 4:
            text = quick_text(element) if tag in HEADINGS and after else ""
        if not 3 < len(text) < 120 or not 3 < len(text := text.strip()) <= 60:
            continue
        named = labels.label_kind(text)
        if (not named and (not after or tag not in HEADINGS[1:])) or _is_excluded(element, parts, seen, frames):
            continue
        block = _under(element, 2 if named else _FEWEST, above, lists, page)
        if block is not None and block not in parts:
            yield LinkKind(named or LinkKind.MORE), block, bool(named)


def _candidates(page: PageContext, body: list[etree._Element]) -> Iterator[etree._Element]:
    """Yield what may be a label, a named block or a heading, and the body's first part: some forty of a thousand
    elements. What is in the body, or in a menu or footer, is passed over."""
    first = body[0] if body else None
    passed = {e for part in (*body, *page.index.iter("nav", "footer", "dialog")) for e in part.iter()}
    for element in page.index.iter(*_LABELS, *_BOXES, *{part.tag for part in body}):
        if element in passed:
            if element is first:
                yield element
            continue
        tag = element.tag
        if tag in _BOXES:
            name, ident = element.get("class"), element.get("id")
            if (name and _frame_name(name)) or (ident and _frame_name(ident)):
                passed.update(element.iter())
                continue
            if _named(element, _is_beside):
                yield element
                continue
        if tag in HEADINGS or (
            (text := element.text)
            and 3 < len(text) < 120
            and (start := text.strip()[:4])
            and labels.may_be_label(start)
        ):
            yield element


def _named(element: etree._Element, matches: Callable[[str], bool]) -> str:
    """Return the class or the short id of an element where `matches` says yes of it, else ""."""
    names = element.get("class")
    if names and matches(names):
        return names
    names = element.get("id")
    return names if names and len(names) < 24 and matches(names) else ""


def _under(
    label: etree._Element, fewest: int, above: set[etree._Element], lists: dict[etree._Element, int], page: PageContext
) -> etree._Element | None:
    """Return the smallest block that a label heads: one around it, or the one after it beside the article."""
    child = label
    for block in label.iterancestors():
        if block.tag in ("body", "html", "nav", "footer"):
            return None
        if block in above:
            # The label is in the article's own box; its list comes next there.
            following = next(child.itersiblings("*"), None)
            return following if following is not None and _count(following, lists, page) >= fewest else None
        if _count(block, lists, page) >= fewest:
            # A button under a list ("Read more") is no head of what stands around the list.
            return block if _heads(label, block, page) else None
        child = block
    return None


def _is_excluded(
    element: etree._Element,
    parts: set[etree._Element],
    seen: Container[etree._Element],
    frames: dict[etree._Element, bool],
) -> bool:
    """Say whether an element is in the body, in a block that was taken already, or in a menu or footer."""
    return any(a in parts or a in seen or _is_frame(a, frames) for a in (element, *element.iterancestors()))


def _in_frame(element: etree._Element, frames: dict[etree._Element, bool]) -> bool:
    return any(_is_frame(a, frames) for a in element.iterancestors())


def _is_frame(element: etree._Element, frames: dict[etree._Element, bool]) -> bool:
    """Say whether an element is a menu, a footer or a box over the page. `frames` caches the answers."""
    known = frames.get(element)
    if known is None:
        tag, named, ident = element.tag, element.get("class"), element.get("id")
        known = frames[element] = tag in ("nav", "footer", "dialog") or (
            tag != "body" and bool((named and _frame_name(named)) or (ident and _frame_name(ident)))
        )
    return known


@cached_by_name
def _frame_name(name: str) -> bool:
    name = name.lower()
    return any(map(name.__contains__, _PARTS_FRAME)) and _FRAME.search(name) is not None


def _heads(label: etree._Element, block: etree._Element, page: PageContext) -> bool:
    """Say whether a label comes before the first story of its block."""
    for element in block.iter("a", str(label.tag)):
        if element is label:
            return True
        if element.tag == "a" and len(quick_text(element)) > targets.SHORTEST_HEADLINE and label not in element.iter():
            return False
    return False


def _count(block: etree._Element, lists: dict[etree._Element, int], page: PageContext) -> int:
    """Return to how many pages a block links with texts as long as a headline. It stops counting at three."""
    known = lists.get(block)
    if known is None:
        addresses: set[str] = set()
        for anchor in block.iter("a"):
            href = anchor.get("href")
            if not href or href in addresses or len(quick_text(anchor)) <= targets.SHORTEST_HEADLINE:
                continue
            if targets.story_target(href, page.base):
                addresses.add(href)
                if len(addresses) == _FEWEST:
                    break
        known = lists[block] = len(addresses)
    return known


def _over(heading: etree._Element | None, body: etree._Element) -> Iterator[etree._Element]:
    """Yield the links between the headline and the body."""
    common = shared_ancestor(heading, body) if heading is not None else None
    if common is None or heading is None:
        return
    started = False
    for element in common.iter("a", heading.tag, body.tag):
        if element is body:
            return
        started = started or element is heading
        if started and element.tag == "a":
            yield element


def quick_text(element: etree._Element) -> str:
    """Return the text of an element, not cleaned: cheaper than `node.text_of`, and enough to measure."""
    if len(element) == 0:
        return (element.text or "").strip()
    return " ".join(filter(None, (piece.strip() for piece in text_nodes(element))))


@remembered(2048)
def _story_at(href: str, base: str, here: str) -> str | None:
    if not targets.is_story_address(href if "//" in href[:8] else f"https://a/{href}"):
        return None
    target = targets.story_target(href, base)
    return target[1] if target and target[1] != canonical(here) and same_site(target[0], here) else None


class BoxCache:
    """Stories that links lead to, and sizes and stories of the boxes around headlines, each found once: there may be
    thousands in one box."""

    def __init__(self, page: PageContext) -> None:
        self.page = page
        self._at: dict[str, str | None] = {}
        self._sizes: dict[etree._Element, int] = {}
        self._stories: dict[etree._Element, tuple[str, ...]] = {}

    def story(self, anchor: etree._Element) -> str | None:
        """Return the canonical address of another story of the same paper that a link leads to, or None."""
        href = anchor.get("href")
        if not href:
            return None
        if href not in self._at:
            self._at[href] = _story_at(href, self.page.base, self.page.url)
        return self._at[href]

    def holds_more(self, box: etree._Element, most: int) -> bool:
        """Say whether a box holds more characters than so many."""
        if most > _LARGEST_BOX:
            return text_length(box, most) > most
        if box not in self._sizes:
            self._sizes[box] = text_length(box, _LARGEST_BOX)
        return self._sizes[box] > most

    def leads_beside(self, box: etree._Element, own: str | None) -> bool:
        """Say whether a box leads to a story that is not `own`."""
        if box not in self._stories:
            found: dict[str, None] = {}
            for anchor in box.iter("a"):
                story = self.story(anchor)
                if story is not None:
                    found[story] = None
                    if len(found) == 2:
                        break
            self._stories[box] = tuple(found)
        return any(story != own for story in self._stories[box])


def card_box(anchor: etree._Element, known: BoxCache, stops: Container[etree._Element]) -> etree._Element | None:
    """Return the card around a story's headline that is alone on its line in the body; None for any other link."""
    line = anchor
    while True:
        before, after = line.getprevious(), line.getnext()
        parent = line.getparent()
        if parent is None:
            return None
        said = (before.tail if before is not None else parent.text) or ""
        if said.strip() or (line.tail or "").strip() or _runs(before) or _runs(after):
            return None
        if parent.tag not in _LINE_TAGS or parent in stops:
            break
        line = parent
    if not targets.is_headline(quick_text(anchor)) or known.story(anchor) is None:
        return None
    box = story_box(line, anchor, known, stops)
    # A heading that is a link, with its own text after it, is an item of the story: a list of the ten best. `trim`
    # judges what is nothing but a line, and a list as a whole.
    return None if box is line or box.tag == "li" or next(line.iterancestors("li"), None) is not None else box


def _runs(beside: etree._Element | None) -> bool:
    """Say whether what stands before or after a link is text of its line."""
    return (
        beside is not None and beside.tag in ("a", "span", "em", "i", "b", "strong", "u") and bool(quick_text(beside))
    )


def story_box(
    line: etree._Element, anchor: etree._Element, known: BoxCache, stops: Container[etree._Element]
) -> etree._Element:
    """Return the largest element around a headline that holds no other story and little other text."""
    own, most = known.story(anchor), len(quick_text(anchor)) + _LONGEST_CARD
    box = line
    for ancestor in line.iterancestors():
        if ancestor in stops or ancestor.tag in ("body", "html", "main") or known.holds_more(ancestor, most):
            break
        if known.leads_beside(ancestor, own):
            break
        if ancestor.tag == "p" and box.tag in _BOXES:
            # A paragraph of the text that a box of another story was put into.
            break
        box = ancestor
    return box

"""The box round a headline that is a link: what `related` takes for another story's card, told by its shape alone."""

from collections.abc import Container

from lxml import etree

from reader.extract.dom.node import HEADINGS, characters, pieces
from reader.extract.links import links
from reader.extract.metadata.printed import Page
from reader.text.urls import canonical, remembered, same_site

_INLINE = frozenset(("span", "strong", "b", "em", "i", "u", "font", "a", "p", *HEADINGS))
_LONGEST_CARD = 320
"""Characters of a headline's summary, time and section together; what is longer is a text of its own."""
_LARGEST_BOX = 2_000
"""Characters up to which a box's size is remembered: three cards of the longest headlines."""


def line_of(element: etree._Element) -> str:
    """The element's text, white space at its ends left out: cheaper than `node.words`, and enough to measure by."""
    if len(element) == 0:
        return (element.text or "").strip()
    return " ".join(filter(None, (piece.strip() for piece in pieces(element))))


def story_of(anchor: etree._Element, page: Page) -> str | None:
    """Return the address of another story of the same paper that a link leads to, as `canonical` writes it."""
    href = anchor.get("href")
    return _story_at(href, page.base, page.url) if href else None


@remembered(2048)
def _story_at(href: str, base: str, here: str) -> str | None:
    if not links.is_story_address(href if "//" in href[:8] else f"https://a/{href}"):
        return None
    place = links.place(href, base)
    return place[1] if place and place[1] != canonical(here) and same_site(place[0], here) else None


class Known:
    """What is known already of the boxes round headlines: thousands may stand in one, and it is asked for each."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._sizes: dict[etree._Element, int] = {}
        self._stories: dict[etree._Element, tuple[str, ...]] = {}

    def holds_more(self, box: etree._Element, most: int) -> bool:
        """Say whether a box holds more characters than so many."""
        if most > _LARGEST_BOX:
            return characters(box, most) > most
        if box not in self._sizes:
            self._sizes[box] = characters(box, _LARGEST_BOX)
        return self._sizes[box] > most

    def leads_beside(self, box: etree._Element, own: str | None) -> bool:
        """Say whether a box leads to a story that is not `own`."""
        if box not in self._stories:
            found: dict[str, None] = {}
            for anchor in box.iter("a"):
                story = story_of(anchor, self.page)
                if story is not None:
                    found[story] = None
                    if len(found) == 2:
                        break
            self._stories[box] = tuple(found)
        return any(story != own for story in self._stories[box])


def card_of(anchor: etree._Element, known: Known, stops: Container[etree._Element]) -> etree._Element | None:
    """Return the box of a story's headline that is alone on its line in the body; None for any other link."""
    line = anchor
    while True:
        before, after = line.getprevious(), line.getnext()
        parent = line.getparent()
        if parent is None:
            return None
        said = (before.tail if before is not None else parent.text) or ""
        if said.strip() or (line.tail or "").strip() or _runs(before) or _runs(after):
            return None
        if parent.tag not in _INLINE or parent in stops:
            break
        line = parent
    if not links.is_headline(line_of(anchor)) or story_of(anchor, known.page) is None:
        return None
    box = widened(line, anchor, known, stops)
    # A heading that is a link, with a text of its own after it, is an item of the story: a list of the ten best. What
    # is nothing but a line, `trim` judges; and a list, as a whole.
    return None if box is line or box.tag == "li" or next(line.iterancestors("li"), None) is not None else box


def _runs(beside: etree._Element | None) -> bool:
    """Say whether what stands before or after a link is text of its line."""
    return beside is not None and beside.tag in ("a", "span", "em", "i", "b", "strong", "u") and bool(line_of(beside))


def widened(
    line: etree._Element, anchor: etree._Element, known: Known, stops: Container[etree._Element]
) -> etree._Element:
    """Return the largest part round a headline that holds no other story and little else than it."""
    own, most = story_of(anchor, known.page), len(line_of(anchor)) + _LONGEST_CARD
    box = line
    for ancestor in line.iterancestors():
        if ancestor in stops or ancestor.tag in ("body", "html", "main") or known.holds_more(ancestor, most):
            break
        if known.leads_beside(ancestor, own):
            break
        box = ancestor
    return box

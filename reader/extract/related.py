"""Where a page offers other stories: boxes within the body that names tell, blocks beside it that a label announces."""

import re

from lxml import etree

from reader.extract import junk, links
from reader.extract.node import characters
from reader.extract.printed import Page
from reader.models import Link, LinkKind


def within(body: list[etree._Element], page: Page, found: list[Link]) -> set[etree._Element]:
    """The boxes within a generic body whose names say that they hold other stories."""
    boxes: set[etree._Element] = set()
    for part in body:
        size = characters(part)
        for element in part.iter("div", "aside", "section", "ul", "table", "p", "nav", "li"):
            if element is part or any(a in boxes for a in element.iterancestors()):
                continue
            if (
                _BOX.search(junk.marks(element))
                and next(element.iter("a"), None) is not None
                and characters(element) < 0.3 * size
            ):
                boxes.add(element)
                found.extend(links.cards(element, LinkKind.RELATED, page.base, page.zone, here=page.url))
    return boxes


_BOX = re.compile(
    r"(?:^|[\s_-])(?:related|relate|relatednews|lienquan|tinlienquan|read-?more|read-?also|also-?read|"
    r"see-?also|more-?on|recommended|rel-?links?|teaser)(?:$|[\s_-])|related",
    re.I,
)


def beside(page: Page, body: list[etree._Element]) -> list[Link]:
    """The stories of the blocks beside the article that a label announces. A menu's sections are no stories."""
    found: list[Link] = []
    for kind, block in links.labelled(page.root, body[0] if body else None):
        stories = [
            s for s in links.cards(block, kind, page.base, page.zone, here=page.url) if links.is_headline(s.title)
        ]
        if len(stories) <= links.MOST_IN_A_BLOCK:
            found.extend(stories)
    return found

"""Lists of links in a body: a breadcrumb trail and a table of contents, which are no text, and sources, which are."""

import re
from itertools import pairwise

from reader.extract.blocks.inline import ContentBlock
from reader.extract.dom.node import text_length, text_of
from reader.text.urls import absolute, same_site

_FEWEST_CRUMBS = 3
_LONGEST_TRAIL = 250
_SHORTEST_SOURCE = 16
_SHORTEST_QUESTION = 10
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b")
_NETWORK = re.compile(
    r"//(?:[\w-]+\.)*(?:facebook|twitter|x|instagram|linkedin|pinterest|youtube|tiktok|threads|bsky)\.\w+/", re.I
)


def is_trail(block: ContentBlock, base: str) -> bool:
    """Say whether a list is the breadcrumb trail of the page: three items, all links but for the last, each to an
    address under the one before it."""
    items = [item for item in block.out if item.tag == "li"] if block.kind in ("ul", "ol") else []
    if len(items) < _FEWEST_CRUMBS or len(block.text) > _LONGEST_TRAIL:
        return False
    links = [list(item.iter("a")) for item in items]
    if not links[-1]:
        items, links = items[:-1], links[:-1]
    if any(len(a) != 1 or text_of(a[0]) != text_of(item) for item, a in zip(items, links, strict=True)):
        return False
    leads = [(absolute(base, a[0].get("href") or "") or "").rstrip("/") + "/" for a in links]
    return all(one != other and other.startswith(one) for one, other in pairwise(leads))


def is_contents(block: ContentBlock) -> bool:
    """Say whether a block is a table of contents: a list whose items all begin with a link into the same page. Where
    most of these are followed by more text than they have, as a question by its answer, it is the text; a date or a
    sign that leads to an item's own place is no such link."""
    if block.kind not in ("ul", "ol"):
        return False
    items = list(block.source.iterchildren("li"))
    leads = [next(item.iter("a"), None) for item in items]
    if len(items) < 2 or not all(a is not None and (a.get("href") or "").startswith("#") for a in leads):
        return False
    said = [text_of(a) if a is not None else "" for a in leads]
    told = [
        len(text) >= _SHORTEST_QUESTION and not _DATED.search(text) and text_length(item) > 2 * len(text)
        for text, item in zip(said, items, strict=True)
    ]
    return 2 * sum(told) <= len(items)


def leads_away(block: ContentBlock, base: str, here: str) -> bool:
    """Say whether all links of a list lead to other sites, none of them to a network, where an author has a profile."""
    links = [a for a in block.out.iter("a") if text_of(a)]
    addresses = [address for a in links if (address := absolute(base, a.get("href") or ""))]
    return (
        len(addresses) > 0
        and not any(same_site(address, here) or _NETWORK.search(address) for address in addresses)
        and block.linked >= _SHORTEST_SOURCE * len(addresses)
    )

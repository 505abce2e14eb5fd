"""Where a link leads, and whether that is a story: judged by the address and by the length of the link's text."""

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

from reader.extract.dom.node import text_of
from reader.models import Link, LinkKind
from reader.text import fold
from reader.text.scripts import HANGUL, KANA_AND_HAN
from reader.text.urls import absolute, canonical, is_home, is_home_path, page_key, remembered, without_tracking

_NO_LINK = re.compile(r"\s*(?:(?:javascript|no_script|void|about|data|file)\b|#)", re.I)
_ASSET = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|pdf|mp4|mp3)(?:\?|\Z)", re.I)
_NOT_A_STORY = re.compile(
    r"/(?:/(?:(?:[\w-]+\.)*(?:facebook|twitter|x|linkedin|pinterest|instagram|youtube|whatsapp|telegram|reddit|"
    r"tumblr|tiktok|threads|bsky|google|apple|zalo)\.(?:com|net|app|me|org)(?:/|\Z)|t\.me/|wa\.me/)|"
    r"(?:tags?|topics?|themen|etiquetas?|author|authors|tac-gia|autor|user|login|signin|signup|subscribe|newsletter|search|print|"
    r"share|rss|about|contact|privacy|terms)(?:/|\Z|\?))",
    re.I,
)
_LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_PLAIN = re.compile(
    rf"(?P<origin>https?://{_LABEL}(?:\.{_LABEL})+)?"
    r"(?P<path>/[A-Za-z0-9_~,-][A-Za-z0-9_~,-]*(?:[/.][A-Za-z0-9_~,-]+)*/?)\Z"
)
_ORIGIN = re.compile(rf"https?://{_LABEL}(?:\.{_LABEL})+(?=[/?]|\Z)")
_STORY = re.compile(r"/[^/?]*\d{5}|(?:[-_][^-_/?]+){3}|/20\d\d/|\d\.html?(?:[?#]|\Z)|[?&]\w*id=\d{3}")
_SURELY_ONE = 5
"""Words of a headline that no paper gives two stories at a time."""
SHORTEST_HEADLINE = 12
_DENSE = re.compile(f"[{KANA_AND_HAN}{HANGUL}]")
_DENSE_HEADLINE = 8
MOST_IN_A_BLOCK = 30
"""Stories of one block of further stories: what has more is the whole page, or a menu."""
MOST_OF_A_KIND = 60
"""Links of one kind that an article keeps."""


def link_target(href: str | None, base: str) -> str | None:
    """Return where a link leads, absolute and without tracking, or None where it is no link (`javascript:`, `#`)."""
    if not href or _NO_LINK.match(href) or href.rstrip().endswith(";"):
        return None
    found = absolute(base, href)
    return without_tracking(found) if found else None


@remembered(2048)
def story_target(href: str, base: str) -> tuple[str, str] | None:
    """Return where a link leads, and that address as `canonical` writes it, to compare by; None for what is no story: a
    front page, a picture, a topic, an author, a network to share on. Sections pass: only the path is judged."""
    plain = _PLAIN.match(href)
    origin = plain and (plain["origin"] or _origin(base))
    if plain and origin:
        # Nothing to normalise by RFC 3986: nearly every paper links to its own stories so.
        address = key = origin + plain["path"]
        home = is_home_path(plain["path"])
    else:
        found = link_target(href, base)
        if not found:
            return None
        address, key, home = found, canonical(found), is_home(found)
    if home or _NOT_A_STORY.search(address) or "mailto:" in address.lower() or _ASSET.search(address):
        return None
    return address, key


@lru_cache(maxsize=64)
def _origin(base: str) -> str:
    found = _ORIGIN.match(base)
    return found.group() if found else ""


def is_story_address(address: str) -> bool:
    """Say whether an address looks like a story's and not like a section's: a number, a date, three words and more."""
    path = address if "#!" in address else address.partition("#")[0]
    return _STORY.search(path, path.find("/", 8)) is not None


def is_story(link: Link) -> bool:
    """Say whether a link leads to a story and not to a menu or a topic, by its text's length or by its address."""
    return is_headline(link.title) or is_story_address(link.url)


def is_headline(title: str) -> bool:
    """Say whether a link's text is as long as a headline: four words, or 13 characters where words have no spaces,
    eight of them Chinese, Japanese or Korean."""
    if title.isascii():
        return len(title) > SHORTEST_HEADLINE and len(title.split()) > 3
    if len(_DENSE.findall(title)) >= _DENSE_HEADLINE:
        return True
    return len(title) > SHORTEST_HEADLINE and (" " not in title or len(title.split()) > 3)


def unique_links(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return each link once, at most 60 of a kind. A link in running text may come again as related; one that is
    related and more is there once, also where pages add to its address where it was shown (`?mod=mostread`)."""
    kept: dict[tuple[str, str], Link] = {}
    counts: dict[LinkKind, int] = {}
    stories: set[tuple[str, str]] = set()
    for link in links:
        key = (link.kind, canonical(link.url))
        if key in kept:
            continue
        if link.kind is not LinkKind.INLINE:
            where, _, query = page_key(link.url).removeprefix("https://").removeprefix("www.").partition("?")
            path = where.rstrip("/")
            marks = {(path, f"?{query}")}
            if len(link.title) > SHORTEST_HEADLINE:
                marks.add((path, fold(link.title)))
            if len(link.title.split()) >= _SURELY_ONE:
                # Papers keep a story under two addresses (`/ferry-saved` and `/ferry-saved-2`).
                marks.add((path.partition("/")[0], fold(link.title)))
            if marks & stories:
                continue
            stories |= marks
        counts[link.kind] = counts.get(link.kind, 0) + 1
        if counts[link.kind] <= MOST_OF_A_KIND:
            kept[key] = link
    return tuple(kept.values())


def inline_links(elements: Iterable[etree._Element]) -> list[Link]:
    """Return the links of running text, in order. `elements` are the article's blocks, whose addresses are absolute."""
    found = []
    for element in elements:
        for anchor in element.iter("a"):
            address, text = anchor.get("href") or "", text_of(anchor)
            if address.startswith("http") and len(text) > 1:
                found.append(Link(LinkKind.INLINE, text, address))
    return found

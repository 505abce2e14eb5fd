"""The feeds that a page names, by its header, its `<link>` elements and its links. Pure: asks nobody.

Kept apart from `discover` since worker processes run it, which have no use for an HTTP client.
"""

import re
from typing import NamedTuple

from lxml import etree, html

from reader.fetch.discovery.link_header import named_links
from reader.fetch.response import Response
from reader.models import Feed
from reader.text import clean_line, fold
from reader.text.charsets import to_utf8
from reader.text.urls import absolute, absolute_web, canonical, host, same_site
from reader.url_parts import url_parts

NAMED_AT_MOST = 100
"""Feeds taken from one page: index pages of big papers name some dozens."""

_PAGE_AT_MOST = 4_000_000  # bytes of a page that are searched
_TITLE_AT_MOST = 200

_FEED_TYPES = frozenset(
    f"application/{kind}" for kind in ("rss+xml", "atom+xml", "rdf+xml", "rss", "atom", "rdf", "feed+json", "json")
)
_FEED_ADDRESS = re.compile(
    r"""/(?:rss|feeds?|atom)/?\Z          # /rss, /blog/feed/
      | /rss_feed(?:/[\w-]+){0,2}/?\Z     # MasterCMS, with its sections
      | /(?:rss|feed|atom|index)\.xml\Z
      | /feed\.json\Z
      | \.(?:rss|atom|rdf)\Z""",
    re.I | re.X,
)
_FEED_QUERY = re.compile(r"(?:^|&)feed=(?:rss2?|atom|rdf)\b", re.I)  # WordPress without permalinks
# The parser compares each attribute's name with all before it; no tag that is this long names a feed.
_LONG_TAG = re.compile(rb"<[^<>]{10000,}")
_COMMENTS_ADDRESS = re.compile(r"(?:^|[/._=-])comments?(?:[/._&-]|-?rss2?|\Z)", re.I)
_COMMENTS_TITLE = re.compile(
    r"\b(?:comments|kommentare|kommentar-?feed|commentaires|comentarios|commenti|reacties|kommentarer|kommentaarit|"
    r"komentarze|komentare|yorumlar|binh luan)\b|комментари|коментар|コメント|评论|評論|留言|댓글"
)
"""What a feed of readers' comments is called, after `text.fold`."""


class Candidate(NamedTuple):
    """A feed that may be meant: its address, its name as far as known (or ""), and what it holds, if it was fetched.

    `url` is the address to remember; `feed.url` is where it lay when it was fetched, after every redirect. `answer` is
    what it was fetched with, without its body: its validators make the next request conditional.
    """

    url: str
    title: str
    feed: Feed | None = None
    answer: Response | None = None


def feeds_named(document: bytes, url: str, *, charset: str | None = None, header: str = "") -> tuple[Candidate, ...]:
    """Return the feeds that a page names: in the `Link` header that came with it, by `<link rel="alternate">`, then by
    links whose address says feed.

    Absolute, in the page's order, each once, titles cleaned; feeds of comments come last, since many pages name theirs
    first. Links to other sites' feeds are not this page's. Pure; whether there really is a feed, only asking can say.
    What is no HTML names none but in its header.
    """
    named: dict[str, Candidate] = {}

    def name(address: str | None, words: str) -> None:
        if address is not None and len(named) < NAMED_AT_MOST:
            named.setdefault(canonical(address), Candidate(address, clean_line(words, _TITLE_AT_MOST)))

    for link in named_links(header):
        address = _address(url, link.href)
        if address is not None and _is_alternate(link.rel, link.type, address):
            name(address, link.title)
    tree = _tree(document[:_PAGE_AT_MOST], charset)
    if tree is not None:
        base = absolute(url, next(iter(tree.xpath("//base/@href")), "")) or url
        for element in (*tree.iter("link"), *tree.iter("a")):
            address = _address(base, element.get("href") or "")
            if address is None:
                continue
            if element.tag == "link":
                fits = _is_alternate(element.get("rel") or "", element.get("type") or "", address)
            else:
                fits = _says_feed(address) and _is_of(address, url)
            if fits:
                name(address, element.get("title") or "".join(element.itertext()))
    named.pop(canonical(url), None)
    return tuple(sorted(named.values(), key=is_of_comments))


def _address(base: str, href: str) -> str | None:
    """The address of a link, absolute; `feed:` before it is taken off, and `feed://` is what the page itself is. What
    follows `feed:` begins with a host where its first part has a dot or a port, and is else relative."""
    href = href.strip()
    if href[:5].lower() == "feed:":
        href = href[5:]
        first, slash, _ = href.partition("/")
        if slash and re.search(r"[^.]\.[^.]|:\d+\Z", first):
            href = f"//{href}"
    return absolute_web(base, href)


def is_of_comments(candidate: Candidate) -> bool:
    """Say whether a feed is called one of comments, by its address, by the page, or by itself."""
    parts = url_parts(candidate.url)
    called = (candidate.title, candidate.feed.title if candidate.feed else "")
    return _COMMENTS_ADDRESS.search(f"{parts.path}?{parts.query}") is not None or any(
        _COMMENTS_TITLE.search(fold(words)) is not None for words in called
    )


def _tree(document: bytes, charset: str | None) -> "html.HtmlElement | None":
    written = _LONG_TAG.sub(b"<", to_utf8(document, charset))
    try:
        tree = html.document_fromstring(written, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree


def _is_alternate(rel: str, kind: str, address: str) -> bool:
    tokens = rel.lower().split()
    if "/wp-json/" in address:  # WordPress calls its API an alternate of every page
        return False
    return ("alternate" in tokens or "feed" in tokens) and kind.partition(";")[0].strip().lower() in _FEED_TYPES


def _says_feed(address: str) -> bool:
    parts = url_parts(address)
    return bool(_FEED_ADDRESS.search(parts.path) or _FEED_QUERY.search(parts.query))


def _is_of(address: str, page: str) -> bool:
    return same_site(address, page) or host(address).startswith(("feeds.", "feed.", "rss."))

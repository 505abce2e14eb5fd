"""An address someone pasted -> the feeds behind it.

An address that is a feed is that feed. A page leads to the feeds it names, and a page that names none to the addresses
where papers commonly keep one. Keeps nothing, subscribes to nothing, and reads no sitemap.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

from lxml import etree, html

from reader.errors import NotAFeed, WorkerError
from reader.fetch.feeds import parse
from reader.fetch.http import FEEDS
from reader.fetch.link_header import named_links
from reader.fetch.proxies import is_loopback
from reader.fetch.response import Response
from reader.models import Failure, FailureKind, Feed
from reader.text import clean_line, fold
from reader.text.charsets import to_utf8
from reader.text.urls import absolute, absolute_web, canonical, host, same_site
from reader.url_parts import url_parts

WELL_KNOWN = ("/rss_feed/", "/rss", "/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml")
"""Where papers keep a feed that no page of theirs names; `/rss_feed/` is MasterCMS's."""

NAMED_AT_MOST = 100
"""Feeds taken from one page: index pages of big papers name some dozens."""

ASKED_AT_MOST = 8
"""Named feeds that are fetched to see what they are. The rest is handed on as named."""

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
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.I)
_FEED_SCHEME = re.compile(r"\A(?:feed:(?://)?(?=https?://)|feed(?=://))", re.I)
_COMMENTS_ADDRESS = re.compile(r"(?:^|[/._=-])comments?(?:[/._&-]|-?rss2?|\Z)", re.I)
_COMMENTS_TITLE = re.compile(
    r"\b(?:comments|kommentare|kommentar-?feed|commentaires|comentarios|commenti|reacties|kommentarer|kommentaarit|"
    r"komentarze|komentare|yorumlar|binh luan)\b|комментари|коментар|コメント|评论|評論|留言|댓글"
)
"""What a feed of readers' comments is called, after `text.fold`."""
_NOT_FOR_US = re.compile(r"(?:image|audio|video|font)/|application/(?:pdf|zip|octet-stream)\Z")
_NOTHING_THERE = frozenset(
    (
        FailureKind.HTTP,
        FailureKind.REDIRECT_LOOP,
        FailureKind.BAD_REDIRECT,
        FailureKind.TOO_LARGE,
        FailureKind.TOO_MANY_PARTS,
        FailureKind.PRIVATE_ADDRESS,
        FailureKind.BAD_URL,
    )
)


Work = Callable[..., Awaitable[Any]]
"""Runs a function with its arguments somewhere else, and returns what it returns."""


class Client(Protocol):
    """What asks for an address: the HTTP client, or one that knows what a host needs besides."""

    async def get(self, url: str, *, accept: str | None = None, found_on: str | None = None) -> Response | Failure:
        """Return the whole answer, as `HttpClient.get` does."""
        ...


class Candidate(NamedTuple):
    """A feed that may be meant: its address, its name as far as known (or ""), and what it holds, if it was fetched.

    `url` is the address to remember; `feed.url` is where it lay when it was fetched, after every redirect. `answer` is
    what it was fetched with, without its body: its validators make the next request conditional.
    """

    url: str
    title: str
    feed: Feed | None = None
    answer: Response | None = None


@dataclass(frozen=True, slots=True)
class DiscoveredFeeds:
    """What stands behind `url`, the address that was asked: one feed or more, the likeliest first."""

    url: str
    feeds: tuple[Candidate, ...]


def web_address(text: str) -> str | None:
    """Return what someone typed or pasted as an http(s) address, or None where it is none.

    Without a scheme it gets https, or http where it is this machine. `feed:` and `feed://` (RFC-less, but browsers
    offered them) are taken off. A bare word is no address.
    """
    text = text.strip().strip("<>").removeprefix("//")
    text = _FEED_SCHEME.sub(lambda found: "" if found.group().endswith((":", "/")) else "https", text)
    if not _SCHEME.match(text):
        authority = re.split(r"[/?#]", text, maxsplit=1)[0]
        name = authority.rpartition(":")[0] if re.search(r":\d*\Z", authority) else authority
        if "@" in authority or not ("." in name.strip(".") or is_loopback(name)):
            return None
        text = f"{'http' if is_loopback(name) else 'https'}://{text}"
    return absolute_web("", text)


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
    return tuple(sorted(named.values(), key=_is_of_comments))


async def discover(client: Client, url: str, *, work: Work = asyncio.to_thread) -> DiscoveredFeeds | Failure:
    """Return the feeds behind `url`, or why there are none.

    The first few feeds that a page names are fetched: one that proves to be none is left out, one that could not be
    asked just now stays without its `feed`. A page without any is followed by WELL_KNOWN, one after another, until one
    is a feed, or a page that names some. NO_NEWS where all of it led nowhere. `work` runs the parsing, which takes
    seconds for a feed of some MB: in a thread, or in a worker process that can be ended.
    """
    address = web_address(url)
    if address is None:
        return Failure(FailureKind.BAD_URL, url, cause="not an http(s) address")
    answer = await client.get(address, accept=FEEDS)
    guessed = address.startswith("https:") and not _SCHEME.search(url)
    if guessed and isinstance(answer, Failure) and answer.kind is FailureKind.NO_CONNECTION:
        address = f"http{address.removeprefix('https')}"
        answer = await client.get(address, accept=FEEDS)
    if isinstance(answer, Failure):
        return answer
    feed = await _feed(answer, work)
    if feed is not None:
        return DiscoveredFeeds(address, (_candidate(answer, feed),))
    if answer.content_type and _NOT_FOR_US.match(answer.content_type):
        return Failure(FailureKind.NO_NEWS, address, cause=f"it is {answer.content_type}")
    feeds = await _named(client, answer, work) or await _well_known(client, answer, work)
    return (
        DiscoveredFeeds(address, feeds)
        if feeds
        else Failure(FailureKind.NO_NEWS, address, cause="no feed named or found")
    )


async def fetch_candidate(
    client: Client, candidate: Candidate, *, work: Work = asyncio.to_thread, found_on: str | None = None
) -> Candidate | Failure:
    """Fetch a feed that was only named, by the page `found_on`; NOT_A_FEED where there is none."""
    answer = await client.get(candidate.url, accept=FEEDS, found_on=found_on)
    if isinstance(answer, Failure):
        return answer
    feed = await _feed(answer, work)
    if feed is None:
        return Failure(FailureKind.NOT_A_FEED, candidate.url, cause="it was named as a feed")
    return _candidate(answer, feed, candidate.title)


async def _named(client: Client, page: Response, work: Work, *, deeper: bool = True) -> tuple[Candidate, ...]:
    """Fetch the feeds that a page names; where they are but pages (VnExpress's /rss lists feeds), those of these."""
    named = feeds_named(page.body, page.final_url, charset=page.charset, header=page.link)
    answers = await asyncio.gather(
        *(client.get(candidate.url, accept=FEEDS, found_on=page.final_url) for candidate in named[:ASKED_AT_MOST])
    )
    found: list[Candidate] = []
    pages: list[Response] = []
    for candidate, answer in zip(named, answers, strict=False):
        if isinstance(answer, Failure):
            if answer.kind not in _NOTHING_THERE:
                found.append(candidate)
        elif (feed := await _feed(answer, work)) is not None:
            found.append(_candidate(answer, feed, candidate.title))
        else:
            pages.append(answer)
    found.extend(named[ASKED_AT_MOST:])
    if not found and deeper:
        for answer in pages:
            found.extend(await _named(client, answer, work, deeper=False))
    each = tuple({canonical(candidate.url): candidate for candidate in reversed(found)}.values())[::-1]
    return tuple(sorted(each, key=_is_of_comments))


async def _well_known(client: Client, page: Response, work: Work) -> tuple[Candidate, ...]:
    """Ask where papers commonly keep a feed, one at a time: most hosts have it at one of the first."""
    for path in WELL_KNOWN:
        address = absolute_web(page.final_url, path)
        if address is None:
            return ()
        answer = await client.get(address, accept=FEEDS, found_on=page.final_url)
        if isinstance(answer, Failure):
            if answer.kind not in _NOTHING_THERE:
                return ()
            continue
        feed = await _feed(answer, work)
        if feed is not None:
            return (_candidate(answer, feed),)
        # Many servers answer an unknown address with their front page: that has been read already.
        if answer.body_hash != page.body_hash and answer.final_url != page.final_url:
            feeds = await _named(client, answer, work, deeper=False)
            if feeds:
                return feeds
    return ()


async def _feed(answer: Response, work: Work) -> Feed | None:
    try:
        feed: Feed = await work(parse, answer.body, answer.final_url, content_type=answer.content_type_header)
    except (NotAFeed, WorkerError):
        return None
    return feed


def _candidate(answer: Response, feed: Feed, title: str = "") -> Candidate:
    # A feed without a title is called by its host: then what a page calls it says more.
    named = feed.title if feed.title != host(answer.final_url) else title
    return Candidate(answer.moved_to or answer.url, named or feed.title, feed, replace(answer, body=b""))


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


def _is_of_comments(candidate: Candidate) -> bool:
    """Whether a feed is called one of comments, by its address, by the page, or by itself."""
    parts = url_parts(candidate.url)
    called = (candidate.title, candidate.feed.title if candidate.feed else "")
    return _COMMENTS_ADDRESS.search(f"{parts.path}?{parts.query}") is not None or any(
        _COMMENTS_TITLE.search(fold(words)) is not None for words in called
    )


def _tree(document: bytes, charset: str | None) -> "html.HtmlElement | None":
    try:
        tree = html.document_fromstring(to_utf8(document, charset), parser=html.HTMLParser(encoding="utf-8"))
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

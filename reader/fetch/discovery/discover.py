"""An address someone pasted -> the feeds behind it.

An address that is a feed is that feed. A page leads to the feeds it names, and a page that names none to the addresses
where papers commonly keep one. Keeps nothing, subscribes to nothing, and reads no sitemap.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from reader.errors import NotAFeed, WorkerError, WorkerTimeout
from reader.fetch.discovery.named_feeds import Candidate, feeds_named, is_of_comments
from reader.fetch.feeds import parse
from reader.fetch.http import FEEDS
from reader.fetch.proxies import is_loopback
from reader.fetch.response import Response
from reader.models import Failure, FailureKind, Feed
from reader.text.urls import absolute_web, canonical, host

WELL_KNOWN = ("/rss_feed/", "/rss", "/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml")
"""Where papers keep a feed that no page of theirs names; `/rss_feed/` is MasterCMS's."""

ASKED_AT_MOST = 8
"""Named feeds that are fetched to see what they are. The rest is handed on as named."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.I)
_FEED_SCHEME = re.compile(r"\A(?:feed:(?://)?(?=https?://)|feed(?=://))", re.I)
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


async def discover(client: Client, url: str, *, work: Work = asyncio.to_thread) -> DiscoveredFeeds | Failure:
    """Return the feeds behind `url`, or why there are none.

    The first few feeds that a page names are fetched: one that proves to be none is left out, one that could not be
    asked just now stays without its `feed`. A page without any is followed by WELL_KNOWN, one after another, until one
    is a feed, or a page that names some. NO_NEWS where all of it led nowhere. `work` runs the parsing, which takes
    seconds for a feed of some MB: in a thread, or in a worker process that can be ended. It may have a limit for all
    that it runs: what passes it is left out, the feeds that are then not looked at stay as named, and where nothing is
    found because of it, that is CRASHED, with `seconds` where `work` says them.
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
    try:
        feed = await _feed(answer, work)
        if feed is not None:
            return DiscoveredFeeds(address, (_candidate(answer, feed),))
        feeds = await _behind_page(client, answer, work)
    except WorkerTimeout as error:
        return Failure(FailureKind.CRASHED, address, seconds=error.seconds, cause=str(error))
    if feeds:
        return DiscoveredFeeds(address, feeds)
    if answer.content_type and _NOT_FOR_US.match(answer.content_type):
        return Failure(FailureKind.NO_NEWS, address, cause=f"it is {answer.content_type}")
    return Failure(FailureKind.NO_NEWS, address, cause="no feed named or found")


async def _behind_page(client: Client, page: Response, work: Work) -> tuple[Candidate, ...]:
    if page.content_type and _NOT_FOR_US.match(page.content_type):
        return ()
    return await _named(client, page, work) or await _well_known(client, page, work)


async def fetch_candidate(
    client: Client, candidate: Candidate, *, work: Work = asyncio.to_thread, found_on: str | None = None
) -> Candidate | Failure:
    """Fetch a feed that was only named, by the page `found_on`; NOT_A_FEED where there is none."""
    answer = await client.get(candidate.url, accept=FEEDS, found_on=found_on)
    if isinstance(answer, Failure):
        return answer
    try:
        feed = await _feed(answer, work)
    except WorkerTimeout as error:
        return Failure(FailureKind.CRASHED, candidate.url, seconds=error.seconds, cause=str(error))
    if feed is None:
        return Failure(FailureKind.NOT_A_FEED, candidate.url, cause="it was named as a feed")
    return _candidate(answer, feed, candidate.title)


async def _named(client: Client, page: Response, work: Work, *, deeper: bool = True) -> tuple[Candidate, ...]:
    """Fetch the feeds that a page names; where they are but pages (VnExpress's /rss lists feeds), those of these."""
    try:
        named: tuple[Candidate, ...] = await work(
            feeds_named, page.body, page.final_url, charset=page.charset, header=page.link
        )
    except WorkerTimeout:
        raise
    except WorkerError:
        return ()
    answers = await asyncio.gather(
        *(client.get(candidate.url, accept=FEEDS, found_on=page.final_url) for candidate in named[:ASKED_AT_MOST])
    )
    found: list[Candidate] = []
    pages: list[Response] = []
    too_costly: WorkerTimeout | None = None
    for candidate, answer in zip(named, answers, strict=False):
        if isinstance(answer, Failure):
            if answer.kind not in _NOTHING_THERE:
                found.append(candidate)
        elif too_costly is not None:
            found.append(candidate)  # no time is left to look at it
        else:
            try:
                feed = await _feed(answer, work)
            except WorkerTimeout as error:
                too_costly = error
                if not error.begun:
                    found.append(candidate)
                continue
            if feed is not None:
                found.append(_candidate(answer, feed, candidate.title))
            else:
                pages.append(answer)
    found.extend(named[ASKED_AT_MOST:])
    if not found and too_costly is not None:
        raise too_costly
    if not found and deeper:
        for answer in pages:
            found.extend(await _named(client, answer, work, deeper=False))
    each = tuple({canonical(candidate.url): candidate for candidate in reversed(found)}.values())[::-1]
    return tuple(sorted(each, key=is_of_comments))


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
        try:
            feed = await _feed(answer, work)
        except WorkerTimeout:
            return ()  # a page that names no feed is no worse for what lies at a guessed address
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
    except WorkerTimeout:
        raise
    except (NotAFeed, WorkerError):
        return None
    return feed


def _candidate(answer: Response, feed: Feed, title: str = "") -> Candidate:
    # A feed without a title is called by its host: then what a page calls it says more.
    named = feed.title if feed.title != host(answer.final_url) else title
    return Candidate(answer.moved_to or answer.url, named or feed.title, feed, replace(answer, body=b""))

"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), and RSS 2.0 written as JSON -> Feed. feedparser reads neither."""

import json
import re
from collections.abc import Iterator
from typing import Any

from reader import errors, text
from reader.fetch import attachments, entry_html
from reader.models import Enclosure, Entry, Failure, FailureKind, Feed
from reader.text import dates, names, urls
from reader.words.failures import not_a_feed

TITLE_AT_MOST = 1_000
ENTRIES_AT_MOST = 10_000
"""Items of a feed that are read, from its begin: as many as of XML (`xml_feed.MOST_ENTRIES`)."""
_BARE_VERSION = re.compile(r"(?:json\s?feed[\s/]*)?(?:version\s*)?1(?:\.[01])?\Z")
_OF_AN_ITEM = frozenset(("content_html", "content_text", "date_published", "external_url", "url", "title"))

_ONLY_OF_JSON_FEED = frozenset(("content_html", "content_text", "date_published", "external_url"))


def parse(document: str, url: str) -> Feed:
    """Return the feed that `document` is, or raise `errors.NotAFeed`.

    A document cut off in the middle of its items gives those before the cut, and `fault` says so. Values of a wrong
    type are passed over, one by one. Guids are as written: the caller makes them unique.
    """
    fault: Failure | None = None
    try:
        data = json.loads(document, strict=False)
    except json.JSONDecodeError as error:
        data = _cut_off(document)
        fault = Failure(FailureKind.BROKEN_FEED, url, line=error.lineno, cause=str(error))
    except (RecursionError, ValueError) as error:
        raise errors.NotAFeed(not_a_feed(url, "json")) from error
    data = _from_rss(data)
    if not _is_feed(data, whole=fault is None):
        raise errors.NotAFeed(not_a_feed(url, "no json feed"))
    authors = _authors(data)
    items = data.get("items")
    entries = (
        tuple(_entry(item, url, authors) for item in items[:ENTRIES_AT_MOST] if isinstance(item, dict))
        if isinstance(items, list)
        else ()
    )
    home = urls.absolute(url, _string(data, "home_page_url"))
    return Feed(
        url=url,
        title=entry_html.from_text(_string(data, "title"), limit=TITLE_AT_MOST),
        home=home,
        language=text.clean_line(_string(data, "language"), 35) or None,
        description=entry_html.from_text(_string(data, "description"), limit=entry_html.SUMMARY_AT_MOST) or None,
        entries=entries,
        fault=fault,
    )


def _is_feed(data: Any, *, whole: bool) -> bool:
    """The version says it, or its bare number, or none over items that only JSON Feed has; in a document that was cut
    off it may have stood behind the items."""
    if not isinstance(data, dict):
        return False
    version = _written(data.get("version")).strip().lower()
    if "jsonfeed.org/version/" in version:
        return True
    items = data.get("items")
    if "version" not in data and isinstance(items, list) and items and whole:
        return all(isinstance(item, dict) and item.keys() & _ONLY_OF_JSON_FEED for item in items)
    if _BARE_VERSION.match(version) and isinstance(items, list):
        return not items or any(isinstance(item, dict) and item.keys() & _OF_AN_ITEM for item in items)
    return not whole and bool(items) and any(_string(data, key) for key in ("feed_url", "home_page_url"))


def _from_rss(data: Any) -> Any:
    """Give RSS 2.0 as JSON (rssjs.org) the names that JSON Feed has; anything else comes back as it is."""
    rss = data.get("rss") if isinstance(data, dict) else None
    channel = rss.get("channel") if isinstance(rss, dict) else None
    if not isinstance(channel, dict):
        return data
    given = channel.get("item")
    items = given if isinstance(given, list) else [given]
    return {
        "version": "jsonfeed.org/version/rss",
        "title": channel.get("title"),
        "home_page_url": channel.get("link"),
        "description": channel.get("description"),
        "language": channel.get("language"),
        "items": [
            {
                "id": item.get("guid") or item.get("link"),
                "url": item.get("link"),
                "title": item.get("title"),
                "content_html": item.get("description"),
                "date_published": item.get("pubDate"),
                "attachments": [_from_enclosure(item.get("enclosure"))],
                "comments": item.get("comments"),
            }
            for item in items
            if isinstance(item, dict)
        ],
    }


def _from_enclosure(given: Any) -> Any:
    if not isinstance(given, dict):
        return None
    return {"url": given.get("url"), "mime_type": given.get("type"), "size_in_bytes": given.get("length")}


def _cut_off(document: str) -> Any:
    """Read as much of a broken document as can be: what stands before `items`, and the items before the fault."""
    key = document.find('"items"')
    start = document.find("[", key) + 1
    if key < 0 or start == 0:
        return None
    try:
        data = json.loads(document[:key].rstrip().rstrip(",") + "}", strict=False)
    except (ValueError, RecursionError):
        return None
    if isinstance(data, dict):
        data["items"] = list(_items(document, start))
    return data


def _items(document: str, at: int) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)
    while True:
        while document[at : at + 1] in (" ", "\t", "\r", "\n", ","):
            at += 1
        try:
            item, at = decoder.raw_decode(document, at)
        except (ValueError, RecursionError):
            return
        yield item


def _entry(item: dict[str, Any], url: str, feed_authors: tuple[str, ...]) -> Entry:
    content = _string(item, "content_html")
    if not content and (written := _string(item, "content_text")):
        content = entry_html.from_paragraphs(written)
    described = entry_html.describe(content, url) if content else entry_html.Described()
    told = _string(item, "summary")
    summary = entry_html.from_text(told, limit=entry_html.SUMMARY_AT_MOST) or described.summary
    link = _link(item, url)
    if not content and told and entry_html.says_more(told, entry_html.Described((text.clean_line(told),)), link):
        content = entry_html.from_paragraphs(told)
    pictures = (_string(item, "image"), _string(item, "banner_image"))
    picture = next((found for name in pictures if name and (found := urls.absolute(url, name))), described.picture)
    tags = item.get("tags")
    section = next((tag for tag in tags if isinstance(tag, str) and tag.strip()), "") if isinstance(tags, list) else ""
    when = (dates.feed_date(_written(item.get(key))) for key in ("date_published", "date_modified"))
    return Entry(
        guid=text.clean_line(_written(item.get("id"))),
        link=link,
        title=entry_html.from_text(_string(item, "title"), limit=TITLE_AT_MOST),
        summary=summary,
        content=text.clean(content) or None,
        authors=_authors(item) or feed_authors,
        section=entry_html.from_text(section, limit=100) or None,
        published=next(filter(None, when), None),
        picture=picture,
        enclosures=_enclosures(item, url),
        discussion=attachments.discussion(item, url),
        linked=_linked(item, url, link),
    )


def _link(item: dict[str, Any], url: str) -> str | None:
    """Its own address, or what it is about, or its id where that is an address, as JSON Feed recommends."""
    for key in ("url", "external_url"):
        if found := urls.absolute(url, _string(item, key)):
            return found
    name = _string(item, "id").strip()
    return urls.absolute(url, name) if urls.is_web(name) else None


def _linked(item: dict[str, Any], url: str, own: str | None) -> tuple[str, ...]:
    """What a post is about, beside its own page (`external_url`): link blogs have both."""
    found = urls.absolute(url, _string(item, "external_url"))
    is_other = found and found.startswith("http") and urls.page_key(found) != urls.page_key(own or "")
    return (found,) if found and is_other else ()


def _string(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def _written(value: Any) -> str:
    """A string, or a number as one: so JSON Feed 1.1 has it for ids."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _authors(data: dict[str, Any]) -> tuple[str, ...]:
    """1.1 has a list, 1.0 a single one; some write a bare string."""
    given = data.get("authors")
    people = given if isinstance(given, list) and given else [given or data.get("author")]
    written = [_string(p, "name") if isinstance(p, dict) else p for p in people if isinstance(p, dict | str)]
    found = [entry_html.from_text(name, limit=100) for one in written for name in names.people(one)]
    return tuple(dict.fromkeys(name for name in found if name))[:10]


def _enclosures(item: dict[str, Any], url: str) -> tuple[Enclosure, ...]:
    given = item.get("attachments")
    found: dict[str, Enclosure] = {}
    for attachment in given[: attachments.MOST] if isinstance(given, list) else ():
        if isinstance(attachment, dict) and (address := urls.absolute(url, _string(attachment, "url"))):
            kind = text.clean_line(_string(attachment, "mime_type"), 100) or None
            size, duration = (attachment.get(name) for name in ("size_in_bytes", "duration_in_seconds"))
            title = text.clean_line(_string(attachment, "title"), 200) or None
            played = attachments.seconds(str(duration)) if isinstance(duration, int | float) else None
            found.setdefault(address, Enclosure(address, kind, _whole(size), played, title))
    return tuple(found.values())


def _whole(value: object) -> int | None:
    """A number of bytes; RSS as JSON writes it as a string."""
    if isinstance(value, str):
        return attachments.number(value) or None
    return int(value) if isinstance(value, int | float) and 0 < value < 2**63 else None

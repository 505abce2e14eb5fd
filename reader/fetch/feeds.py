"""A feed document -> Feed: RSS 0.9x, 1.0 and 2.0, Atom and CDF by feedparser, JSON Feed by `jsonfeed`.

Pure: no network, no disk; external entities are never fetched. Everything in the result is cleaned text, except that
`Entry.content` is the feed's own HTML, without control codes but with all its markup: `reader.extract` makes it safe.
"""

import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html.entities import html5
from typing import TYPE_CHECKING, Any

from reader import errors, text
from reader.fetch import attachments, entry_html, feed_charset, jsonfeed
from reader.models import Entry, Failure, FailureKind, Feed
from reader.text import dates, names, urls
from reader.url_parts import url_parts
from reader.words.failures import not_a_feed

if TYPE_CHECKING:
    from reader.fetch.xml_feed import Document, Text

TITLE_AT_MOST = 1_000
"""Characters of a title; a longer one ends in `…`."""
EXPANDED_AT_MOST = 1_000_000
"""Characters that a document's own entities may add. Where they would add more, none is expanded."""

_ROOT = re.compile(r"<(?:[\w\-]{1,20}:)?(?:rss|rdf|feed|channel|item|entry)(?![\w.\-])", re.I)
_FIRST_TAG = re.compile(r"<([a-zA-Z][\w:.\-]*)")
_OF_HTML = ("html", "head", "body")
_HTML = re.compile(r"<(?:html|head|body)\b", re.I)
_ROOT_WITHIN = re.compile(r"<(?P<name>rss(?=[\s>])|(?:rdf:RDF|feed)(?=\s[^<>]*xmlns))[^<>]*>", re.I)
_ITEM = re.compile(r"<(?:item|entry)[\s>]", re.I)
_UNSEEN = tuple(
    (re.compile(begin, re.I), re.compile(end, re.I))
    for begin, end in (
        ("<!--", "-->"),
        (r"<script\b", r"</script\s*>"),
        (r"<style\b", r"</style\s*>"),
        (r"<head\b", r"</head\s*>"),
    )
)
_ANY_TAG = re.compile(r"<[^<>]*>")
_TWO_SCHEMES = re.compile(r"\Ahttps?:/*(?=https?:/)", re.I)
_LINKED_AT_MOST = 5  # pages that one entry is about
_WORDS_AROUND = 300  # characters that a proxy or a template may have put around the feed
_SKIPPED = re.compile(r"\s*(?:<!--.*?-->|<\?.*?\?>|<!doctype(?:[^\[>]|\[[^\]]*\])*>)", re.I | re.S)
_DECLARATION = re.compile(r"<\?xml\b[^>]{0,300}\?>", re.I)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITY = re.compile(r"<!ENTITY\s+(?:%\s+)?([\w.\-]+)\s+(?:\"([^\"]*)\"|'([^']*)'|[^<>]*)\s*>", re.I)
_REFERENCE = re.compile(r"&([\w.\-]+);")
# What never ends reaches to the end of the document: looking for each of thousands of ends would take very long.
_UNQUOTED = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<!DOCTYPE(?>[^\[>]+|\[[^\]]*+(?:\]|\Z))*+>?|&([a-zA-Z][\w.\-]*);",
    re.I | re.S,
)
_OF_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))
_NUMBER = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.I)
# What feedparser raises of itself on broken documents, and the elements (of no use to us) that it does so over.
_FEEDPARSERS_OWN = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_NEEDLESS = re.compile(
    r"</?(?:(?:cc|creativecommons|geo|georss|gml|psc):\w+|width|height|license|textinput)\b[^<>]*>", re.I
)
_EMPTY_LINK = re.compile(r"<link\s*/>|<link>\s*(?:<!\[CDATA\[\s*\]\]>\s*)?</link>", re.I)
# -<2-3 digits>YYMMDDhhmmss<digits> (AFCBC) and -YYYYMMDDhhmmss### (Dân Trí): local time, when the page was made.
_STAMP = re.compile(r"-(\d{14,18})\.(?:htm|chn|html)\Z")
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}


def parse(document: bytes, url: str, *, content_type: str | None = None) -> Feed:
    """Return the feed that `document`, answered by `url` with this Content-Type, is. Raises `errors.NotAFeed`.

    Broken XML gives the entries that can be read, and `fault` says at which line it broke. Links are absolute and
    safe; a title is plain text of at most `TITLE_AT_MOST` characters; an entry without one takes the beginning of
    its summary; guids are unique in the result. An entry with nothing in it is left out.
    """
    written = feed_charset.decode(document, content_type, vietnamese=url_parts(url).netloc.endswith(".vn"))
    written = written.lstrip("\ufeff \t\r\n\x00")
    feed = jsonfeed.parse(written, url) if written.startswith("{") else _parse_xml(written, url)
    entries = tuple(_identified(_titled(entry) for entry in feed.entries if _says_anything(entry)))
    fault = replace(feed.fault, entries=len(entries)) if feed.fault else None
    return replace(feed, title=feed.title or urls.host(url), entries=entries, fault=fault)


def _parse_xml(written: str, url: str) -> Feed:
    lines_before, root, written = _from_the_root(written, url)
    try:
        found = _found(_bounded(written))
    except _FEEDPARSERS_OWN:
        try:
            found = _found(_NEEDLESS.sub("", _bounded(written)))
        except _FEEDPARSERS_OWN as error:
            raise errors.NotAFeed(not_a_feed(url, "unreadable")) from error
    version = found.version
    # An empty feed of an unknown namespace is a feed still; any other document without entries is not.
    if not version and not found.entries and not _ROOT.match(written, root):
        raise errors.NotAFeed(not_a_feed(url))
    atom = version.startswith("atom")
    facts = found.facts
    language = text.clean_line(_get(facts, "language"), 35) or None
    return Feed(
        url=url,
        title=_title(facts, atom=atom),
        home=_absolute(url, _get(facts, "link")),
        language=language,
        description=_plain(facts, "subtitle", atom=atom, limit=entry_html.SUMMARY_AT_MOST) or None,
        ttl=_ttl(facts),
        entries=tuple(
            _entry(entry, url, atom=atom, feed=facts if atom else None, language=language)
            for entry in found.entries
            if dict.__len__(entry)  # of thousands with nothing in them each would take its time
        ),
        fault=_fault(found.error, len(found.entries), url, lines_before),
    )


def _found(written: str) -> "Document":
    from reader.fetch import xml_feed

    # Before a guid that is a permalink, an empty link would keep feedparser from taking that for the link.
    return xml_feed.read(_EMPTY_LINK.sub(lambda link: "\n" * link.group().count("\n"), _with_characters(written)))


def _with_characters(written: str) -> str:
    """Write the entities of HTML as the characters that they are, and others that no one declares as their letters.

    XML knows five. The rest stands in a DTD, which is not fetched: then a parser passes over `&eacute;` in silence.
    """
    declared = {name for name, _, _ in _ENTITY.findall(written)} | _OF_XML if "<!ENTITY" in written else _OF_XML

    def instead(found: re.Match[str]) -> str:
        name = found[1]
        if name is None or name in declared:
            return found.group()
        characters = html5.get(f"{name};")
        return f"&amp;{name};" if characters is None else "".join(f"&#{ord(letter)};" for letter in characters)

    return _UNQUOTED.sub(instead, written)


def _from_the_root(written: str, url: str) -> tuple[int, int, str]:
    """Return the number of lines that are left out, where the root element is, and the document without the mess
    before it. Raises where there is no element that a feed has.

    PHP prints its warnings before the declaration, and templates print blank lines: XML forbids both.
    """
    start = 0
    declaration = _DECLARATION.search(written, 0, 20_000)
    if declaration is not None and _ROOT.search(written, declaration.end()):
        start = declaration.end()
    start = max(written.find("<", start), 0)
    at = start
    while skipped := _SKIPPED.match(written, at):
        at = skipped.end()
    first = _FIRST_TAG.search(written, at)
    is_html = first is not None and first[1].lower() in _OF_HTML
    if is_html or _HTML.search(written, 0, start):
        within, end = _within_html(written, at)
        if within is not None:
            start, written = within.start(), written[:end]
        first = within if is_html else within or first
    if first is None or first[1].lower() == "opml" or not _ROOT.search(written, at):
        raise errors.NotAFeed(not_a_feed(url))
    kept = _NUMBER.sub(_character, _NO_XML.sub("", written[start:]))
    return written.count("\n", 0, start), kept.find(first.group()), kept


def _within_html(written: str, at: int) -> tuple[re.Match[str] | None, int]:
    """Find the root of a feed that an HTML document holds and is there for, and its end. A page that shows a feed as
    an example is a page."""
    root = _ROOT_WITHIN.search(written, at)
    end = written.lower().rfind(f"</{root['name'].lower()}") if root is not None else -1
    if root is None or not _ITEM.search(written, root.end(), max(end, 0)):
        return None, 0
    end = written.find(">", end) + 1 or len(written)
    around = _seen(written[: root.start()]) + _seen(written[end:])
    return (root, end) if len(" ".join(around.split())) <= _WORDS_AROUND else (None, 0)


def _seen(markup: str) -> str:
    """The words of some HTML that are shown. What does not end is shown, and the end of no other is looked for."""
    for begin, end in _UNSEEN:
        pieces, at = [], 0
        while (opened := begin.search(markup, at)) and (closed := end.search(markup, opened.end())):
            pieces.append(markup[at : opened.start()])
            at = closed.end()
        markup = "".join((*pieces, markup[at:]))
    return _ANY_TAG.sub("", markup)


def _character(reference: re.Match[str]) -> str:
    """A reference to no character is one to U+FFFD, as in HTML: feedparser would fall over the whole feed for it."""
    digits = (reference[1] or reference[2]).lstrip("0")
    number = int(digits[:8] or "0", 16 if reference[1] else 10)
    return "\ufffd" if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF else reference.group()


def _bounded(written: str) -> str:
    """Take the document's own entities out where they would make it much larger (the billion laughs)."""
    entities = _ENTITY.findall(written)
    if not entities:
        return written
    times = Counter(_REFERENCE.findall(written))
    added = sum(len(one or other) * times[name] for name, one, other in entities)
    if added <= EXPANDED_AT_MOST and all("&" not in one + other or len(one + other) < 12 for _, one, other in entities):
        return written
    return _ENTITY.sub("", written)


def _fault(error: Exception | None, entries: int, url: str, lines_before: int) -> Failure | None:
    if error is None:
        return None
    number = getattr(error, "getLineNumber", lambda: None)()
    line = None if number is None else number + lines_before
    return Failure(FailureKind.BROKEN_FEED, url, line=line, entries=entries, cause=str(error))


def _entry(entry: Any, url: str, *, atom: bool, feed: Any, language: str | None) -> Entry:
    from reader.fetch import xml_feed

    link = _link(entry, url)
    summary, content = xml_feed.texts_of(entry)
    described = entry_html.describe(_html(summary, atom=atom), _base(summary, url))
    kept = _based(_html(content, atom=atom), content, url)
    enough = described.paragraphs and described.picture
    inside = entry_html.Described() if enough or not content else entry_html.describe(kept, _base(content, url))
    if not content and entry_html.says_more(written := _html(summary, atom=atom), described, link):
        kept = _based(entry_html.whole(written), summary, url)
    others = [_html(other, atom=atom) for other in xml_feed.other_texts(entry, summary, content)]
    if rest := entry_html.unsaid([*([_html(summary, atom=atom)] if content else []), *others], described, kept, link):
        kept = "<hr>".join([kept or _html(summary, atom=atom), *rest])
    return Entry(
        guid=text.clean_line(_get(entry, "id")),
        link=link,
        title=_title(entry, atom=atom),
        summary=described.summary or inside.summary,
        content=text.clean(kept) or None,
        authors=_authors(entry, feed),
        section=_section(entry),
        published=_published(entry, link, language),
        picture=_picture(entry, url) or described.picture or inside.picture,
        enclosures=attachments.enclosures(entry, url),
        discussion=attachments.discussion(entry, url),
        linked=_linked(entry, url, link),
    )


def _get(facts: Any, key: str) -> str:
    """The string under `key` itself: feedparser's own `get` answers with another date where one is missing."""
    value = dict.get(facts, key)
    return value if isinstance(value, str) else ""


def _plain(facts: Any, key: str, *, atom: bool, limit: int) -> str:
    value = _get(facts, key)
    kind = (dict.get(facts, f"{key}_detail") or {}).get("type") or ""
    if not atom:
        return entry_html.plain(value, limit=limit)
    return entry_html.from_html(value, limit=limit) if "html" in kind else entry_html.from_text(value, limit=limit)


def _title(facts: Any, *, atom: bool) -> str:
    """Atom says what its titles are; in RSS, markup that is XML is meant, what is escaped may be spoken of."""
    from reader.fetch import xml_feed

    found = xml_feed.title_of(facts)
    if found is None:
        return ""
    if not atom and not found.wellformed:
        return entry_html.title(found.value, limit=TITLE_AT_MOST)
    read = entry_html.from_html if "html" in found.type else entry_html.from_text
    return read(found.value, limit=TITLE_AT_MOST)


def _html(given: "Text | None", *, atom: bool) -> str:
    """A description's HTML. What Atom declares to be plain text is escaped; RSS has no such declaration."""
    if given is None:
        return ""
    plain = given.type == "text/plain" and (atom or not re.search(r"</?\w|&[#\w]+;", given.value))
    return entry_html.from_paragraphs(given.value) if plain else given.value


def _base(given: "Text | None", url: str) -> str:
    return (urls.absolute(url, given.base) if given and given.base else None) or url


def _based(markup: str, given: "Text | None", url: str) -> str:
    """Let the HTML say what its links are relative to, where the feed says it with `xml:base`."""
    base = _absolute(url, given.base) if given is not None and given.base and markup else None
    return f'<base href="{html.escape(base)}">{markup}' if base else markup


def _absolute(base: str, href: str) -> str | None:
    return urls.absolute_web(base, _with_scheme(href, base)) if href else None


def _with_scheme(href: str, base: str) -> str:
    """An address that forgot its scheme, or has two: `www.lamp.example/1`, `https://https://lamp.example/1`."""
    href = _TWO_SCHEMES.sub("", href.strip())
    name = href.partition("/")[0].lower()
    forgot = name.startswith("www.") and name.count(".") > 1
    return (
        f"//{href}" if forgot or ("." in name and name in (url_parts(base).netloc.lower(), urls.host(base))) else href
    )


def _link(entry: Any, url: str) -> str | None:
    """The story's own address: FeedBurner's original one, the alternate, or whatever else is no other thing."""
    for key in ("feedburner_origlink", "link"):
        given = _get(entry, key)
        if (key != "link" or given == _get(entry, "id")) and not urls.is_web(given):
            continue  # a guid that forgot to say that it is no address
        if found := _absolute(url, given):
            return found
    for rel in ("alternate", "http://www.iana.org/assignments/relation/alternate", "related", "via"):
        for link in dict.get(entry, "links") or ():
            if link.get("rel", "alternate") == rel and (found := _absolute(url, link.get("href") or "")):
                return found
    for content in dict.get(entry, "content") or ():
        if attachments.is_page(content) and (found := _absolute(url, content.get("src") or "")):
            return found
    permalink = _get(entry, "permalink")
    if urls.is_web(permalink):
        return _absolute(url, permalink)
    player = dict.get(entry, "media_player")
    return _absolute(url, player.get("url") or "") if isinstance(player, dict) else None


def _linked(entry: Any, url: str, own: str | None) -> tuple[str, ...]:
    """The pages that an entry is about, where Atom names them beside its own: link blogs do."""
    found: dict[str, str] = {}
    for link in dict.get(entry, "links") or ():
        if link.get("rel") in ("related", "via") and "html" in (link.get("type") or "html"):
            address = _absolute(url, link.get("href") or "")
            if address and urls.page_key(address) != urls.page_key(own or ""):
                found.setdefault(urls.page_key(address), address)
    return tuple(found.values())[:_LINKED_AT_MOST]


def _authors(entry: Any, feed: Any = None) -> tuple[str, ...]:
    """An entry's own authors, or else whom it is credited to; in Atom, else those of the feed that it is from, or else
    of `feed`, this one (RFC 4287, section 4.2.1)."""
    for given in (entry, dict.get(entry, "source") if feed is not None else None, feed):
        if isinstance(given, dict) and (found := _people(given)):
            return found
    return ()


def _people(facts: Any) -> tuple[str, ...]:
    people = dict.get(facts, "authors") or ()
    given = [person.get("name") or person.get("email") or "" for person in people]
    given = [name for name in given if name] or [_get(facts, "author")]
    if not any(given):
        credited = dict.get(facts, "media_credit") or ()
        given = [_get(credit, "content") for credit in credited if _get(credit, "role").lower() == "author"]
    found = (text.clean_line(name, 100) for one in given for name in names.people(entry_html.title(one)))
    return tuple(dict.fromkeys(name for name in found if name))[:10]


def _section(entry: Any) -> str | None:
    for tag in dict.get(entry, "tags") or ():
        name = entry_html.plain(tag.get("label") or tag.get("term") or "", limit=100)
        if name:
            return name
    return None


def _published(entry: Any, link: str | None, language: str | None) -> datetime | None:
    """When it was published, or else changed, or else made; last, the time in its address."""
    for key in ("published", "updated", "created"):
        if (given := _get(entry, key)) and (found := dates.feed_date(given, language=language)) is not None:
            return found
    return _stamp(link) if link else None


def _stamp(link: str) -> datetime | None:
    parts = url_parts(link)
    match = _STAMP.search(parts.path) if parts.netloc.endswith(".vn") else None
    if match is None:
        return None
    for at in (3, 2) if len(match[1]) == 18 else (2, 3):
        pairs = match[1][at : at + 12]
        try:
            return datetime.strptime(pairs, "%y%m%d%H%M%S").replace(tzinfo=dates.VIETNAM)
        except ValueError:
            continue
    return None


def _picture(entry: Any, url: str) -> str | None:
    return next((found for given in _pictures(entry) if (found := _absolute(url, given))), None)


def _pictures(entry: Any) -> Iterator[str]:
    """Addresses of pictures, the publisher's best first."""
    media = [item for item in dict.get(entry, "media_content") or () if attachments.is_image(item)]
    for item in sorted(media, key=lambda item: -attachments.number(item.get("width"))):
        yield item.get("url") or ""
    for item in dict.get(entry, "media_thumbnail") or ():
        yield item.get("url") or ""
    for item in dict.get(entry, "links") or ():
        if item.get("rel") == "enclosure" and attachments.is_image(item):
            yield item.get("href") or ""
    image = dict.get(entry, "image")
    yield image.get("href") or "" if isinstance(image, dict) else image or ""
    yield _get(entry, "thumb")


def _ttl(facts: Any) -> int | None:
    """RSS 2.0 counts in minutes; the syndication module (RSS 1.0) in times a period."""
    if minutes := attachments.number(_get(facts, "ttl").strip()):
        return min(minutes, 525_600) * 60
    period = _PERIODS.get(_get(facts, "sy_updateperiod").strip().lower())
    return period // max(attachments.number(_get(facts, "sy_updatefrequency").strip()), 1) if period else None


def _says_anything(entry: Entry) -> bool:
    said = entry.guid or entry.title or entry.summary or entry.content or entry.link or entry.enclosures
    return bool(said or entry.picture)


def _titled(entry: Entry) -> Entry:
    """Give an entry without a title (a note, a podcast) the beginning of its text, what its pictures show, or else its
    address."""
    if entry.title:
        return entry
    said = entry.summary or entry_html.alternatives(entry.content or "")
    title = text.clean_line(said or entry.link or (entry.enclosures[0].url if entry.enclosures else ""), 140)
    return replace(entry, title=title or text.clean_line(entry.guid, 140) or "…")


def _identified(given: Iterator[Entry]) -> Iterator[Entry]:
    """Make guids that are there, and unique, so that one mark never hits many.

    Entries that share a guid take their links into it, or their titles where the links are one too. What is the same
    in all of that stands in the feed twice: the first is kept.
    """
    entries = [replace(entry, guid=_guid(entry)) for entry in given]
    links: dict[str, set[str | None]] = {}
    titles: dict[str, set[str]] = {}
    for entry in entries:
        links.setdefault(entry.guid, set()).add(urls.page_key(entry.link) if entry.link else None)
        titles.setdefault(entry.guid, set()).add(entry.title)
    seen = set()
    for entry in entries:
        guid = entry.guid
        if len(links[guid]) > 1:
            guid = f"{guid} {entry.link}"
        elif len(titles[guid]) > 1:
            guid = f"{guid} {entry.title}"
        if guid not in seen:
            seen.add(guid)
            yield replace(entry, guid=guid)


def _guid(entry: Entry) -> str:
    guid = entry.guid or entry.link
    if not guid:
        when = entry.published.isoformat() if entry.published else ""
        guid = "made:" + hashlib.sha256(f"{entry.title}\n{when}".encode()).hexdigest()[:32]
    return guid if len(guid) <= 1_000 else guid[:900] + hashlib.sha256(guid.encode()).hexdigest()

"""Lists of subscriptions as OPML (http://opml.org/spec2.opml), in and out: bytes to values, values to bytes. Pure.

Read strictly where the XML is well-formed. Most lists in the wild are not (raw ampersands, `<` and quotes within
attributes, end tags that are missing), and then `_Outlines` reads the tags. Both of lxml's recovering parsers, and
listparser, which stands on one of them, lose feeds and words at such places: a quote within a title ends it there.
Nothing is expanded: a document that defines entities is refused. What an outline means for Newsstand alone stands in
attributes of a namespace of ours, which other readers pass over.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any, Literal, cast

from reader.errors import Misuse
from reader.lists import folders
from reader.models import Login, NewSource, Source, SourceKind
from reader.text import charsets, clean_line
from reader.text.logins import split_login, with_login, without_logins
from reader.text.request_headers import HEADERS_AT_MOST, is_secret, parse_header
from reader.text.urls import absolute, canonical, is_web
from reader.words import subscriptions as subscriptions_words

if TYPE_CHECKING:
    from lxml import etree

LARGEST = 64_000_000
"""Bytes of the largest list that is read."""

FEEDS_AT_MOST = 20_000
"""Feeds in one list. More is a dump of a directory, and no person's subscriptions."""

OUTLINES_AT_MOST = 50_000
"""Outlines of any kind in one list."""

DEEPEST = 64
"""Folders within folders that are kept; what lies deeper stands in the last of them."""

TOLD_AT_MOST = 1000
"""Outlines that are reported as left out, of one list."""

NAMESPACE = "urn:newsstand:opml"

_NAME_AT_MOST = 500
_ATTRIBUTES_AT_MOST = 100
_CHUNK = 1 << 20
# Without a byte order mark, the first character is a `<`.
_SHAPES = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,500}>", re.I)
_DECLARED = re.compile(rb"<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.I)
_ROOT = re.compile(r"<([a-z][\w:.-]*)", re.I)
_ENTITY = re.compile(r"<!ENTITY\b", re.I)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TITLE = re.compile(r"<title>([^<]{0,200})</title>", re.I)
_OUTLINE_TAG = re.compile(r"<outline\b", re.I)
_OUTLINE = re.compile(r"<!--|<(/?)outline\b", re.I)
_TAG_END = re.compile(r"\s*(/?)>")
_NEXT = r"\s*+(?:/?>\s*+(?:</?(?:outline|body|opml)\b|<!--|\Z)|[\w:.-]++\s*+=\s*+[\"']|(?<=\s)[\w:.-]++=)"
# A quote ends a value where a tag's end or another attribute follows it; any other belongs to the value. No value runs
# into the next outline, so that one quote that is missing costs one outline, and reading stays linear.
_ATTRIBUTE = re.compile(
    r"\s*([\w:.-]++)\s*=\s*(?:"
    rf'"((?:[^"<]|<(?!/?outline\b)|"(?!{_NEXT})){{0,200000}}+)"'
    rf"|'((?:[^'<]|<(?!/?outline\b)|'(?!{_NEXT})){{0,200000}}+)'"
    r"|([^\s\"'<>]++))",
    re.I,
)
_REFERENCE = re.compile(r"&(?:#\d{1,8}|#x[0-9a-f]{1,8}|[a-z][a-z0-9]{1,30});", re.I)
_FEED_SCHEME = re.compile(r"\Afeed:(?://)?(?=https?://)|\Afeed(?=://)", re.I)
_COLOUR = re.compile(r"[a-z]{1,30}|#[0-9A-Fa-f]{6}")

LeftOutReason = Literal["link", "include", "no-address", "not-web", "program", "query", "double", "broken"]
"""Why something in a list is not subscribed to; `words.subscriptions.left_out` makes the sentence."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in a list that is no subscription: its name or address, why, and its line where that is known."""

    what: str
    why: LeftOutReason
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """What a list holds, in its order, each feed once. `not_well_formed`: its XML was not, and was read tag by tag."""

    name: str
    feeds: tuple[NewSource, ...]
    left_out: tuple[LeftOut, ...] = ()
    not_well_formed: bool = False


def decoded(data: bytes) -> str:
    """Return a document's text: by its byte order mark, as UTF-8, as it declares, or else each line by itself,
    as UTF-8 or Windows-1252."""
    mark = charsets.marked(data) or next(((name, data) for shape, name in _SHAPES if data.startswith(shape)), None)
    if mark is not None:
        name, rest = mark
        return charsets.lenient(rest, name).removeprefix("\ufeff")
    found = _DECLARED.search(data[:1000])
    declared = charsets.codec(found[1].decode()) if found else None
    names = [name for name in ("utf-8", declared) if name and not charsets.is_wide(name)]
    if declared in charsets.SEVEN_BIT:
        names.reverse()
    for ask in (charsets.strict, charsets.mostly):
        for name in names:
            text = ask(data, name)
            if text is not None:
                return text
    # Line by line: a byte that is bad in one costs the letters of no other.
    return "\n".join(charsets.strict(line, "utf-8") or charsets.lenient(line, "cp1252") for line in data.split(b"\n"))


def address(text: str) -> str | None:
    """Return the web address a list gives for a feed, without `feed:`; None where it is none."""
    found = absolute("", _FEED_SCHEME.sub(lambda scheme: "https" if scheme.group() == "feed" else "", text.strip()))
    return found if found is not None and is_web(found) else None


def parse(data: bytes, name: str) -> Subscriptions:
    """Return the subscriptions of an OPML document; `name` is what errors call it.

    Misuse for what is no list: empty, a web page, a feed, with entities of its own, too large.
    """
    if len(data) > LARGEST:
        raise Misuse(subscriptions_words.list_too_large(name, LARGEST // 1_000_000))
    text = decoded(data).lstrip()
    if not text:
        raise Misuse(subscriptions_words.bad_opml(name, "empty"))
    head = _head(text)
    if _ENTITY.search(head):
        raise Misuse(subscriptions_words.bad_opml(name, "entities"))
    title = _TITLE.search(head)
    tags = title is not None and title[1].strip().lower().startswith(("newsboat", "newsbeuter"))
    outlines = _Outlines(name, tags=tags)
    not_well_formed = not _strictly(text, outlines)
    if not_well_formed:
        outlines = _Outlines(name, tags=tags)
        _loosely(text, outlines)
    if not outlines.seen:
        _refuse(text, name)
    return Subscriptions(name, tuple(outlines.feeds.values()), tuple(outlines.left_out), not_well_formed)


def _refuse(text: str, name: str) -> None:
    """Say what a document without any outline is, unless it is an OPML document with nothing in it."""
    root = _ROOT.search(_COMMENT.sub("", text[:10_000]))
    kind = root[1].lower() if root else ""
    if kind == "opml":
        return
    if kind == "html" or "<!doctype html" in text[:1000].lower():
        raise Misuse(subscriptions_words.bad_opml(name, "web page"))
    if kind in ("rss", "feed", "rdf:rdf"):
        raise Misuse(subscriptions_words.bad_opml(name, "feed"))
    raise Misuse(subscriptions_words.bad_opml(name, "no outlines"))


def _head(text: str) -> str:
    """Return what stands before the first outline, without comments. In one pass: no document makes it slow."""
    kept: list[str] = []
    at, outline = 0, _OUTLINE_TAG.search(text)
    while True:
        if outline is not None and outline.start() < at:  # that one stood in a comment
            outline = _OUTLINE_TAG.search(text, at)
        end = len(text) if outline is None else outline.start()
        comment = text.find("<!--", at, end)
        if comment < 0:
            return "".join((*kept, text[at:end]))
        kept.append(text[at:comment])
        closed = text.find("-->", comment + 4)
        if closed < 0:
            return "".join(kept)
        at = closed + 3


class _Outlines:
    """Takes the outlines of a document, tag by tag (it is lxml's parser target too), and gathers what they say."""

    def __init__(self, name: str, *, tags: bool) -> None:
        self.feeds: dict[str, NewSource] = {}
        self.left_out: list[LeftOut] = []
        self.seen = False
        self._name = name
        self._tags = tags
        self._path: list[str] = []
        self._open: list[tuple[bool, bool, str, int]] = []
        self._outlines = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins. Names of attributes count in any letter case."""
        if tag.rpartition("}")[2].lower() != "outline":
            return
        self.seen = True
        said = {name.lower().replace(f"{{{NAMESPACE}}}", "newsstand:"): value for name, value in attributes.items()}
        kind = said.get("type", "").strip().lower()
        name = clean_line(said.get("text", ""), _NAME_AT_MOST) or clean_line(said.get("title", ""), _NAME_AT_MOST)
        url = said.get("xmlurl", "").strip() or (said.get("url", "").strip() if kind in ("rss", "atom") else "")
        self._count()
        leads = not url and kind in ("link", "include")
        folder = not url and not leads
        self._open.append((folder, folder and bool(name) and len(self._path) < DEEPEST, name, self._outlines))
        if url:
            self._feed(url, name, said)
        elif leads:
            self._leave(name or said.get("url", ""), "link" if kind == "link" else "include")
        elif self._open[-1][1]:
            self._path.append(name)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag.rpartition("}")[2].lower() != "outline" or not self._open:
            return
        folder, named, name, before = self._open.pop()
        if named:
            self._path.pop()
        if folder and self._outlines == before:
            self._leave(name, "no-address")

    def broken(self, text: str) -> None:
        """A tag that makes no sense."""
        self.seen = True
        self._count()
        self._leave(text, "broken")

    def close(self) -> None:
        """lxml asks for it."""

    def _count(self) -> None:
        self._outlines += 1
        if self._outlines > OUTLINES_AT_MOST:
            raise Misuse(subscriptions_words.too_many_outlines(self._name, OUTLINES_AT_MOST))

    def _leave(self, what: str, why: LeftOutReason) -> None:
        if len(self.left_out) < TOLD_AT_MOST:
            self.left_out.append(LeftOut(clean_line(without_logins(what), 200), why))

    def _feed(self, url: str, name: str, said: Mapping[str, str]) -> None:
        url, login = split_login(url)
        name = without_logins(name)
        web = address(url)
        if web is None or "filtercmd" in said:
            program = url.startswith(("|", "exec:", "filter:")) or "filtercmd" in said
            self._leave(f"{name} ({url})" if name else url, "program" if program else "not-web")
            return
        if canonical(web) in self.feeds:
            self._leave(web, "double")
            return
        if len(self.feeds) >= FEEDS_AT_MOST:
            raise Misuse(subscriptions_words.too_many_feeds(self._name, FEEDS_AT_MOST))
        categories = _categories(said)
        if said.get("text", "").strip() == web:  # however long: a title that is the address gives way to the feed's own
            name = web
        path = self._path or (categories[:1] if self._tags else ())
        self.feeds[canonical(web)] = NewSource(
            web,
            name or web,  # its own title takes the place of its address when it is first fetched
            home=address(said.get("htmlurl", "")),
            folder=folders.join(path),
            language=clean_line(said.get("language", ""), 35) or None,
            categories=categories,
            kind=next((kind for kind in SourceKind if kind == said.get("newsstand:kind")), SourceKind.FEED),
            short=clean_line(said.get("newsstand:short", ""), 40) or None,
            brand_colour=_matching(_COLOUR, said.get("newsstand:press", "")),
            interval=_number(said.get("newsstand:interval", ""), 60, 365 * 86400),
            stories=_number(said.get("newsstand:stories", ""), 0, 100_000),
            feed_text=said.get("newsstand:feed-text", "") == "true",
            browser=said.get("newsstand:browser", "") == "true",
            user_agent=_matching(re.compile(r"[ -~]{1,500}"), said.get("newsstand:user-agent", "")),
            seconds=_seconds(said.get("newsstand:seconds", "")),
            keep_days=_number(said.get("newsstand:keep-days", ""), 0, 36500),
            keep_megabytes=_number(said.get("newsstand:keep-megabytes", ""), 0, 1_000_000),
            headers=_headers(said.get("newsstand:headers", "")),
            login=login,
        )


def _categories(said: Mapping[str, str]) -> tuple[str, ...]:
    """OPML parts them by commas; ours are written like a folder's path where one has a comma in it."""
    own = said.get("newsstand:categories")
    written = said.get("category", "").split(",") if own is None else folders.split(own)
    return tuple(dict.fromkeys(name for name in (clean_line(part, 200) for part in written) if name))


def _headers(text: str) -> tuple[tuple[str, str], ...]:
    """Ours stand there as a JSON list of `Name: value`; what could not be sent is left out."""
    try:
        lines = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return ()
    texts = [line for line in lines if isinstance(line, str)] if isinstance(lines, list) else []
    found = [parse_header(line) for line in texts[:HEADERS_AT_MOST]]
    return tuple(header for header in found if isinstance(header, tuple))


def _matching(pattern: re.Pattern[str], text: str) -> str | None:
    return text if pattern.fullmatch(text) else None


def _number(text: str, least: int, most: int) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) and least <= int(text) <= most else None


def _seconds(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,20})?", text) and 0 < float(text) <= 3600 else None


def _strictly(text: str, outlines: _Outlines) -> bool:
    """Read well-formed XML; False where it is not."""
    from lxml import etree

    parser = etree.XMLParser(
        target=cast("Any", outlines),
        huge_tree=True,
        resolve_entities="internal",  # type: ignore[arg-type]  # its stubs are old; False hands on `&#38;` in attributes
        encoding="utf-8",
    )
    declaration = _DECLARATION.match(text)
    try:
        for begin in range(declaration.end() if declaration else 0, len(text), _CHUNK):
            parser.feed(text[begin : begin + _CHUNK].encode("utf-8", "replace"))
        parser.close()
    except etree.XMLSyntaxError:
        return False
    return True


def _loosely(text: str, outlines: _Outlines) -> None:
    """Read the tags of outlines, whatever stands between them. A feed has no end tag but one that follows at once."""
    position, feed_ended = 0, -1
    while found := _OUTLINE.search(text, position):
        position = found.end()
        if found.group() == "<!--":
            end = text.find("-->", position)
            if end < 0:
                return
            position = end + 3
        elif found[1]:
            if feed_ended < 0 or text[feed_ended : found.start()].strip():
                outlines.end("outline")
            feed_ended = -1
        else:
            attributes, position = _attributes(text, position)
            ended = _TAG_END.match(text, position)
            if ended is None:
                outlines.broken(text[found.start() : found.start() + 200])
                continue
            position = ended.end()
            outlines.start("outline", attributes)
            feed = any(name.lower() == "xmlurl" for name in attributes)
            if feed or ended[1]:
                outlines.end("outline")
            feed_ended = position if feed and not ended[1] else -1


def _attributes(text: str, position: int) -> tuple[dict[str, str], int]:
    attributes: dict[str, str] = {}
    for _ in range(_ATTRIBUTES_AT_MOST):
        found = _ATTRIBUTE.match(text, position)
        if found is None:
            break
        value = found[2] or found[3] or found[4] or ""
        attributes.setdefault(found[1], _REFERENCE.sub(lambda reference: unescape(reference.group()), value))
        position = found.end()
    return attributes, position


def write(sources: Iterable[Source], *, secrets: Mapping[str, Login] | None = None) -> bytes:
    """Return sources as an OPML 2.0 document in UTF-8: in their order, folders as outlines, our own settings too.

    `secrets` are logins by the name of their credentials: only where they are given are users and passwords in the
    addresses, and headers that look secret among the others.
    """
    from lxml import etree

    root = etree.Element("opml", {"version": "2.0"}, nsmap={"newsstand": NAMESPACE})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = subscriptions_words.document_title()
    etree.SubElement(head, "docs").text = "http://opml.org/spec2.opml"
    body = etree.SubElement(root, "body")
    outlines: dict[tuple[str, ...], etree._Element] = {(): body}
    for source in sources:
        path: tuple[str, ...] = ()
        for name in folders.split(source.folder):
            parent, path = outlines[path], (*path, name)
            if path not in outlines:
                said = clean_line(name)
                outlines[path] = etree.SubElement(parent, "outline", {"text": said, "title": said})
        _outline(outlines[path], source, secrets)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _outline(parent: "etree._Element", source: Source, secrets: Mapping[str, Login] | None) -> None:
    from lxml import etree

    login = None if secrets is None or source.credentials is None else secrets.get(source.credentials)
    headers = [f"{name}: {value}" for name, value in source.headers if secrets is not None or not is_secret(name)]
    said = {
        "type": "rss",
        "text": source.title,
        "title": source.title,
        "xmlUrl": source.url if login is None else with_login(source.url, login),
        "htmlUrl": source.home,
        "language": source.language,
        "category": ",".join(source.categories),
    }
    own = {
        "kind": None if source.kind is SourceKind.FEED else source.kind.value,
        "short": source.short,
        "press": source.brand_colour,
        "interval": source.interval,
        "stories": source.stories,
        "feed-text": "true" if source.feed_text else None,
        "browser": "true" if source.browser else None,
        "user-agent": source.user_agent,
        "seconds": None if source.seconds is None else f"{source.seconds:.6f}".rstrip("0").rstrip("."),
        "keep-days": source.keep_days,
        "keep-megabytes": source.keep_megabytes,
        "categories": folders.join(source.categories) if "," in "".join(source.categories) else None,
        "headers": json.dumps(headers) if headers else None,
    }
    every = said | {f"{{{NAMESPACE}}}{name}": value for name, value in own.items()}
    attributes = {name: clean_line(str(value)) for name, value in every.items() if value not in (None, "")}
    etree.SubElement(parent, "outline", attributes)

"""feedparser, made to tell which element each text stood in, and to leave names and addresses as they are written.

feedparser puts every text of an entry into `summary` or `content` by the order of the elements, takes a name apart by
an expression that knows no top level domain of five letters, and takes some HTML inside XHTML for elements of the
feed. The classes here are its own parsers with those few methods replaced; they rely on names that only version 6 has.

This module loads feedparser: import it where a feed is parsed, never on the way to the first screen.
"""

import contextlib
import io
import re
import xml.sax
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

import feedparser.mixin
from feedparser.api import LooseFeedParser, StrictFeedParser
from feedparser.exceptions import UndeclaredNamespace
from feedparser.mixin import _FeedParserMixin
from feedparser.sanitizer import replace_doctype
from feedparser.util import FeedParserDict

from reader.text.urls import LONGEST, remembered

TEXTS = "texts"
"""The key of an entry's texts: a list of `Text`, as they stand in the document."""
PERMALINK = "permalink"
"""The key of a guid that does not say that it is no address."""

MOST_ENTRIES = 10_000
"""Entries of a feed that are read, from its begin."""
MOST_ELEMENTS = 200_000
"""Elements of a feed that are read: twenty for each of its entries."""
MOST_ELEMENTS_BROKEN = 50_000
"""Elements of a feed that is no XML: those cost more, and tags that never end are most of what is made to be costly."""
MOST_TEXTS_BROKEN = 500_000
"""Texts and references of such a feed: two for each `&lt;` of its descriptions."""
DEEPEST = 1_000
"""Levels of a feed that is XML."""
MOST_OF_ONE = 100
"""Attributes of one element, categories and texts of one entry: each is compared with all before it."""
MOST_NAMESPACES = 200
"""Namespaces of one feed: each element's is looked for among all."""

# HTML elements that have the name of a feed's element: inside XHTML their end is no end of that.
_ALSO_HTML = frozenset("author body category content description image link name source summary title url".split())
_FULL = ("content:encoded", "fullitem", "content", "body", "xhtml:body")
_DESCRIBING = ("description", "summary", "dc:description", "abstract", "itunes:summary")
_SUBTITLE = "itunes:subtitle"
_MEDIA_TEXT = "media:description"
_ELEMENT = re.compile(r"<\w")
_BLANKS = re.compile(r"\s{200,}")
_TITLES = ("title", "dc:title", "itunes:title", "media:title")


# At each tag feedparser joins the base address with itself: a third of the time that a feed without texts takes.
feedparser.mixin.make_safe_absolute_uri = remembered(64)(feedparser.mixin.make_safe_absolute_uri)


@dataclass(frozen=True, slots=True)
class Text:
    """What stands in one element: its value, its type as feedparser names it, and `xml:base` there, or `""`.

    `element` has feedparser's prefix of the namespace, whatever the document calls it. `wellformed`: its markup is XML.
    """

    element: str
    value: str
    type: str
    base: str
    wellformed: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A feed as feedparser has it: `facts` and `entries` are its dictionaries. `error`: what is wrong with the XML."""

    version: str
    facts: Any
    entries: list[Any]
    error: Exception | None


def read(written: str) -> Document:
    """Return what feedparser finds in `written`, a document without XML declaration.

    Its sanitizer and its resolving of addresses inside HTML, the slow half, are off. It knows no address of the
    document: it would resolve guids too, and they must stay when the feed moves. What passes the bounds above is cut
    off; it is an `error`, but for entries after the MOST_ENTRIES. Raises whatever feedparser does.
    """
    version, document, entities = replace_doctype(
        _without_blanks(f'<?xml version="1.0" encoding="utf-8"?>{written}').encode()
    )
    strict = _Strict("", None, "utf-8")
    error = _parse_strictly(strict, document)
    parser: Any = strict
    if error is not None:
        parser = _Loose("", None, "utf-8", entities)
        parser.resolve_relative_uris = parser.sanitize_html = False
        with contextlib.suppress(_Enough):
            parser.feed(document.decode("utf-8", "replace"))
    return Document(version or parser.version, parser.feeddata, parser.entries, error)


def _without_blanks(document: str) -> str:
    """Take very long runs of white space out of what stands before the first element: feedparser looks for what
    follows them at each of their lines again."""
    root = _ELEMENT.search(document)
    end = root.start() if root is not None else 0
    return _BLANKS.sub("\n", document[:end]) + document[end:]


def _parse_strictly(parser: Any, document: bytes) -> Exception | None:
    parser.resolve_relative_uris = parser.sanitize_html = False
    reader = xml.sax.make_parser()  # noqa: S317 # external entities are off, the document's own are bounded before
    reader.setFeature(xml.sax.handler.feature_namespaces, True)
    reader.setFeature(xml.sax.handler.feature_external_ges, False)
    reader.setContentHandler(parser)
    reader.setErrorHandler(parser)
    source = xml.sax.xmlreader.InputSource()
    source.setByteStream(io.BytesIO(document))
    try:
        reader.parse(source)
    except _Enough as enough:
        return enough if enough.is_fault else None
    except (xml.sax.SAXException, UndeclaredNamespace) as error:
        return parser.exc or error
    return None


def title_of(facts: Any) -> Text | None:
    """Return the title of an entry or a feed: its own, before what its media are called."""
    found = [text for text in _texts(facts) if text.element in _TITLES]
    return min(found, key=lambda text: _TITLES.index(text.element), default=None)


def texts_of(entry: Any) -> tuple[Text | None, Text | None]:
    """Return what describes an entry, and what is its whole text; None for what it has not.

    Which is which follows from the elements, whatever their order and length. What a picture is called or shows is
    never the entry's text; what a video or a recording is about is, where the entry says nothing else.
    """
    whole = [text for text in _texts(entry) if text.element in _FULL and _is_text(text)]
    content = min(whole, key=lambda text: (_FULL.index(text.element), text.type == "text/plain"), default=None)
    description = _first(entry, _DESCRIBING)
    if content is None and description is None:
        description = _first(entry, (_MEDIA_TEXT, _SUBTITLE) if _is_of_media(entry) else (_SUBTITLE,))
    return description, content


def other_texts(entry: Any, *chosen: Text | None) -> list[Text]:
    """Return the entry's own texts beside those that were chosen: Dublin Core's, a podcast's, a second description."""
    own = (*_FULL, *_DESCRIBING)
    return [text for text in _texts(entry) if text.element in own and text not in chosen and _is_text(text)]


def _texts(facts: Any) -> Iterable[Text]:
    found = dict.get(facts, TEXTS)
    return found if isinstance(found, list) else ()


def _first(facts: Any, elements: tuple[str, ...]) -> Text | None:
    found = [text for text in _texts(facts) if text.element in elements and _is_text(text)]
    return min(found, key=lambda text: elements.index(text.element), default=None)


def _is_text(text: Text) -> bool:
    kind = text.type.lower()
    return kind.startswith("text/") or kind.endswith(("xml", "html"))


def _is_of_media(entry: Any) -> bool:
    """Say whether an entry's media text is about what one sees moving or hears, or about no medium at all."""
    if dict.get(entry, "media_player"):
        return True
    media = [item for item in dict.get(entry, "media_content") or () if item.get("url")]
    files = [link for link in dict.get(entry, "links") or () if link.get("rel") == "enclosure"]
    shown = media or dict.get(entry, "media_thumbnail")
    return not shown or any(not is_picture(item) and _is_playable(item) for item in [*media, *files])


def _is_playable(media: Any) -> bool:
    kind = (media.get("type") or "").lower()
    return media.get("medium") in ("audio", "video") or kind.startswith(("audio/", "video/", "application/"))


def is_picture(media: Any) -> bool:
    """Say whether `media`, the attributes of a media element, says of itself that it is a picture."""
    return media.get("medium") == "image" or (media.get("type") or "").lower().startswith("image/")


class _Enough(Exception):
    """A bound of this module is reached. `is_fault`: by what no feed is like."""

    def __init__(self, *, is_fault: bool = True) -> None:
        super().__init__("far too many elements")
        self.is_fault = is_fault


class _Keeping(_FeedParserMixin):  # type: ignore[misc] # feedparser has no types
    """What both parsers do otherwise than feedparser's own."""

    wellformed = False
    most_elements = MOST_ELEMENTS

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.infeed = 1  # whatever the root is called
        self.element = ""  # the last that began
        self.named: list[str] = []  # the elements whose text is being collected
        self.media: Any = None  # the attributes of the media:content that is open
        self.elements = 0  # how many began or ended

    def unknown_starttag(self, tag: str, attrs: Any) -> None:
        self._count()
        attrs = attrs[:MOST_OF_ONE]
        if not self.incontent:
            self.element = self._known(tag)
            if self.element == "media:content":
                self.media = dict(self._normalize_attributes(attribute) for attribute in attrs)
        bases = [value for name, value in attrs if name in ("xml:base", "base")]
        if any(len(value) > LONGEST for value in bases):
            attrs, bases = [pair for pair in attrs if pair[0] not in ("xml:base", "base")], []
        super().unknown_starttag(tag, attrs)
        if bases and self.incontent and not self._collected():
            self.contentparams["base"] = self.baseuri  # XHTML's only child, as planets have it

    def resolve_uri(self, uri: Any) -> Any:
        """Leave alone what is too long for an address: urlsplit has its host normalized (NFKC), for which a hundred
        thousand marks on one letter take seconds, and nobody believes it."""
        return super().resolve_uri(uri) if len(uri) <= LONGEST else uri

    def unknown_endtag(self, tag: str) -> None:
        self._count()
        name = self._known(tag)
        if self.incontent and self.named and name in _ALSO_HTML and name != self.named[-1] and self._is_xhtml():
            self.handle_data(f"</{name}>", escape=0)
            self._leave()
            return
        super().unknown_endtag(tag)
        if name == "media:content":
            self.media = None

    def _count(self) -> None:
        self.elements += 1
        if self.elements > 2 * self.most_elements:  # each begins and ends
            raise _Enough

    def track_namespace(self, prefix: str | None, uri: str) -> None:
        if len(self.namespaces_in_use) < MOST_NAMESPACES:
            super().track_namespace(prefix, uri)

    def _add_tag(self, *of: Any) -> None:
        if len(dict.get(self._get_context(), "tags") or ()) < MOST_OF_ONE:
            super()._add_tag(*of)

    def push_content(self, tag: str, attrs: Any, default_content_type: str, expecting_text: int) -> None:
        self.named.append(self.element)
        super().push_content(tag, attrs, default_content_type, expecting_text)

    def pop_content(self, tag: str) -> Any:
        value = super().pop_content(tag)
        if self.named:
            self.named.pop()
        return value

    def pop(self, element: str, strip_whitespace: int = 1) -> Any:
        value = super().pop(element, strip_whitespace)
        if self.incontent and self.named and isinstance(value, str) and value and not self._is_elsewhere():
            texts = self._get_context().setdefault(TEXTS, [])
            if len(texts) < MOST_OF_ONE:
                texts.append(
                    Text(
                        element=self.named[-1],
                        value=value,
                        type=self.contentparams.get("type") or "text/html",
                        base=self.contentparams.get("base") or "",
                        wellformed=self.wellformed and self._is_xhtml(),
                    )
                )
        return value

    def _start_item(self, attrs: Any) -> None:
        if len(self.entries) >= MOST_ENTRIES:
            raise _Enough(is_fault=False)
        super()._start_item(attrs)
        if about := self.entries[-1].get("id"):
            self.entries[-1][PERMALINK] = about

    _start_entry = _start_item

    def _start_guid(self, attrs: Any) -> None:
        if "ispermalink" in attrs:
            attrs = {**attrs, "ispermalink": attrs["ispermalink"].strip().lower()}
        super()._start_guid(attrs)

    _start_id = _start_guid

    def _end_guid(self) -> None:
        super()._end_guid()
        context = self._get_context()
        if self.guidislink:
            context[PERMALINK] = dict.get(context, "id")

    _end_id = _end_guid

    def _end_url(self) -> None:
        """An entry's `image` may be as a channel's is: the address in an element of its own."""
        value = self.elementstack[-1][2] if self.elementstack else []
        if self.inimage and self.inentry:
            self._keep_picture("".join(piece for piece in value if isinstance(piece, str)))
        super()._end_url()

    def _end_image(self) -> None:
        value = self.pop("image")
        self.inimage = 0
        if self.inentry and isinstance(value, str):
            self._keep_picture(value)

    def _keep_picture(self, address: str) -> None:
        if address := address.strip():
            self.entries[-1].setdefault("image", FeedParserDict(href=address))

    def _sync_author_detail(self, key: str = "author") -> None:
        """Leave a person who is written as one string as that: `reader.text.names` takes it apart."""
        context = self._get_context()
        people = dict.get(context, f"{key}s") or [FeedParserDict()]
        if people[-1] or not (written := dict.get(context, key)):
            return
        people[-1]["name"] = written

    def _known(self, tag: str) -> str:
        """The element's name with feedparser's own prefix."""
        prefix, colon, name = tag.lower().rpartition(":")
        prefix = self.namespacemap.get(prefix, prefix) if colon else ""
        return f"{prefix}:{name}" if prefix else name

    def _is_xhtml(self) -> bool:
        return bool(self.contentparams.get("type") == "application/xhtml+xml")

    def _is_elsewhere(self) -> bool:
        """Say whether what is being read belongs to a picture, and to no entry and no feed."""
        of_picture = self.named[-1] == _MEDIA_TEXT and self.media is not None and is_picture(self.media)
        return bool(of_picture or self.inimage or self.intextinput)

    def _collected(self) -> bool:
        """Say whether the element whose text is being collected has had any before its first child."""
        pieces = self.elementstack[-1][2] if self.elementstack else []
        said = (piece for piece in pieces if not isinstance(piece, str) or piece.strip())
        return len(list(islice(said, 2))) > 1  # no more are looked at: they are thousands in tags that never end

    def _leave(self) -> None:
        """What feedparser does at the end of every element."""
        for stack, name in ((self.basestack, "baseuri"), (self.langstack, "lang")):
            if stack:
                stack.pop()
            if stack and (stack[-1] or name == "lang"):
                setattr(self, name, stack[-1])
        self.depth -= 1


class _Strict(_Keeping, StrictFeedParser):  # type: ignore[misc] # feedparser has no types
    wellformed = True

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:  # noqa: N802 # a name of SAX
        if self.depth > DEEPEST:
            raise _Enough
        if len(attrs) > MOST_OF_ONE:
            attrs = xml.sax.xmlreader.AttributesNSImpl({}, {})
        super().startElementNS(name, qname, attrs)


class _Loose(_Keeping, LooseFeedParser):  # type: ignore[misc] # feedparser has no types
    most_elements = MOST_ELEMENTS_BROKEN
    texts = 0

    def handle_data(self, text: str, escape: int = 1) -> None:
        self.texts += 1
        if self.texts > MOST_TEXTS_BROKEN:
            raise _Enough
        super().handle_data(text, escape)

    def handle_entityref(self, ref: str) -> None:
        self.texts += 1
        super().handle_entityref(ref)

    def handle_charref(self, ref: str) -> None:
        self.texts += 1
        super().handle_charref(ref)

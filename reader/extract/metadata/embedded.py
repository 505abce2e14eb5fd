"""Metadata embedded in a page for machines: JSON-LD, Open Graph, meta elements. Never changes the tree."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from lxml import etree

from reader.extract.dom.node import Elements, raw_text
from reader.text import clean_line
from reader.text.urls import absolute, canonical

_ARTICLE = re.compile(r"(?:\w*Article|(?!Job)\w*Posting|Report|Review)\Z")
"""Types of schema.org that are an Article, and reviews. A job's posting is none."""
_CONTROL = re.compile(r"[\x00-\x1f]+")
_COMMA_END = re.compile(r",\s*([}\]])")
_LANG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")
_JSON = json.JSONDecoder(strict=False)
_MOST = 400
"""JSON-LD nodes looked at: a page has a dozen; a hostile one could nest millions."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The embedded metadata of a page, as it is there: `metas` by lower-case name, `nodes` the JSON-LD of articles,
    `crumbs` the names of its breadcrumbs."""

    metas: dict[str, tuple[str, ...]] = field(default_factory=dict)
    nodes: tuple[dict[str, object], ...] = ()
    crumbs: tuple[str, ...] = ()
    publisher: str | None = None
    canonical: str | None = None
    lang: str | None = None
    page_title: str | None = None

    @property
    def is_news(self) -> bool:
        """Whether the page calls what it holds a news article."""
        return any("News" in kind for node in self.nodes for kind in _types(node))

    @property
    def has_article_node(self) -> bool:
        """Whether JSON-LD describes the page as an article."""
        return any(_ARTICLE.match(kind) for node in self.nodes for kind in _types(node))

    @property
    def is_article(self) -> bool:
        """Whether the page says that it holds an article, and not a list of them."""
        return bool(self.nodes or self.meta("og:type") == "article" or self.meta("article:published_time"))

    @property
    def article_body(self) -> str:
        """The text of the page's own article, as its JSON-LD has it; empty where it has none."""
        text = self.nodes[0].get("articleBody") if self.nodes else None
        return text if isinstance(text, str) else ""

    def meta(self, *names: str) -> str | None:
        """Return the first value of the first of these meta elements that is there, or None."""
        return next((self.metas[name][0] for name in names if self.metas.get(name)), None)

    def values_of(self, *keys: str) -> Iterator[object]:
        """Yield the values of the keys in the article nodes, in the order of the keys."""
        for key in keys:
            for node in self.nodes:
                if node.get(key):
                    yield node[key]

    def first_text(self, *keys: str) -> str | None:
        """Return the first text among the values of the keys, or None."""
        return next((line for value in self.values_of(*keys) for line in texts_in(value)), None)


def texts_in(value: object) -> Iterator[str]:
    """Yield the texts in a JSON-LD value: a string, a list, a node's name or @value."""
    if isinstance(value, str):
        text = clean_line(decode_entities(value), 2000)
        if text:
            yield text
    elif isinstance(value, list):
        for item in value[:50]:
            if not isinstance(item, list):
                yield from texts_in(item)
    elif isinstance(value, dict):
        for key in ("name", "@value", "headline", "title"):
            if isinstance(value.get(key), (str, list)):
                yield from texts_in(value[key])
                return


def decode_entities(text: str) -> str:
    """Return text with its entities decoded twice: papers encode what is encoded already."""
    for _ in range(2):
        if "&" not in text:
            break
        text = unescape(text)
    return text


def parse_metadata(root: Elements, url: str) -> Metadata:
    """Return the metadata of the page at `url`. Never raises: JSON-LD that no repair helps is left out."""
    metas: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = clean_line(decode_entities(element.get("content") or ""), 2000)
        if content:
            for attribute in ("property", "name", "itemprop"):
                name = element.get(attribute)
                # RDFa lets one element say several properties: `property="og:title twitter:title"`.
                for said in (name or "").casefold().split():
                    metas.setdefault(said, []).append(content)
    nodes: list[dict[str, object]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").casefold():
            nodes.extend(_nodes(_load(script.text or "")))
    articles = [node for node in nodes if any(_ARTICLE.match(t) for t in _types(node))]
    # A page that goes on into the next story describes several: this one's address tells which is meant.
    here = canonical(url)
    articles.sort(key=lambda node: (here not in _addresses(node, url), not node.get("headline")))
    if _are_others(articles, here, url):
        articles = []
    pages = [
        node for node in nodes if _types(node) & {"WebPage", "VideoObject", "Person", "Organization"} == {"WebPage"}
    ]
    publisher = next((name for node in articles for name in texts_in(node.get("publisher"))), None)
    named = None
    for element in root.iter("link"):
        if (element.get("rel") or "").casefold() == "canonical":
            named = absolute(url, element.get("href") or "") or named
    title = next((clean_line(raw_text(e), 1000) for e in root.iter("title") if not _in_svg(e)), None)
    lang = next((name for name in (root.get("lang"), root.get("xml:lang"), *metas.get("og:locale", ())) if name), None)
    return Metadata(
        {name: tuple(values) for name, values in metas.items()},
        tuple(articles or [node for node in pages if node.get("headline") or node.get("datePublished")]),
        _crumbs(nodes),
        publisher,
        named,
        _language(lang),
        title or None,
    )


def _are_others(articles: list[dict[str, object]], here: str, url: str) -> bool:
    """Whether several articles are described, each with an address, and none with this page's: what a section lists."""
    addressed = [_addresses(node, url) - {""} for node in articles]
    return len({min(found, default="") for found in addressed} - {""}) > 1 and all(
        found and here not in found for found in addressed
    )


def _addresses(node: dict[str, object], url: str) -> set[str]:
    """The addresses that an article's node gives for itself."""
    said = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    texts = [value.get("@id") if isinstance(value, dict) else value for value in said]
    return {canonical(absolute(url, text) or "") for text in texts if isinstance(text, str)}


def _in_svg(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in ("svg", "symbol", "g")


def _language(name: str | None) -> str | None:
    """BCP 47, as it is written there: `vi`, `pt-BR`."""
    if not name or not _LANG.match(name.strip()):
        return None
    first, *rest = name.strip().replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def _load(text: str) -> object:
    """Parse JSON, repaired where needed: raw newlines in strings, commas before a closing bracket, HTML comments."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    if text.startswith(("/", "<")) or text.endswith("]]>"):
        text = re.sub(
            r"\A//\s*<!\[CDATA\[|//\s*\]\]>\Z|\A/\*.*?\*/|\A<!\[CDATA\[|\]\]>\Z", "", text, flags=re.S
        ).strip()
    for repair in (False, True):
        attempt = _COMMA_END.sub(r"\1", _CONTROL.sub(" ", text)) if repair else text
        try:
            return _JSON.decode(attempt)
        except (ValueError, RecursionError):
            continue
    try:
        # Two documents in one script, or anything else after the first.
        return _JSON.raw_decode(_CONTROL.sub(" ", text))[0]
    except (ValueError, RecursionError):
        return None


def _nodes(value: object) -> Iterator[dict[str, object]]:
    """Every typed node of a JSON-LD document, @graph, lists and mainEntity included."""
    waiting, seen = [value], 0
    while waiting and seen < _MOST:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, list):
            waiting.extend(item[:100])
        elif isinstance(item, dict):
            if item.get("@type"):
                yield item
            for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"):
                if isinstance(item.get(key), (list, dict)) and not (
                    key == "itemListElement" and "BreadcrumbList" in _types(item)
                ):
                    waiting.append(item[key])


def _types(node: dict[str, object]) -> set[str]:
    kind = node.get("@type")
    return {str(k).rpartition("/")[2] for k in (kind if isinstance(kind, list) else [kind])}


def _crumbs(nodes: list[dict[str, object]]) -> tuple[str, ...]:
    for node in nodes:
        items = node.get("itemListElement")
        if "BreadcrumbList" in _types(node) and isinstance(items, list):
            names = [
                n
                for item in items
                if isinstance(item, dict)
                for n in texts_in(item if item.get("name") else item.get("item"))
            ]
            return tuple(names)
    return ()

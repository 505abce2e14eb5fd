"""The HTML inside a feed -> plain text, and the few facts that stand in it. Pure.

This is not extraction: no article is made here. lxml is imported inside, so that a list needs none of it.
"""

import html
import re
from dataclasses import dataclass
from html.entities import html5
from typing import TYPE_CHECKING

from reader import text
from reader.text import urls

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SUMMARY_AT_MOST = 2_000
"""Characters of a summary. Whole paragraphs are added until it has `SUMMARY_ENOUGH`."""
SUMMARY_ENOUGH = 300
WRAPPED_FROM = 60
"""Letters of a line of plain text that may have ended because it was full; a shorter one ended on purpose."""
TITLE_LOOKED_AT = 8_000
"""Characters of a title, its markup among them, that are looked at."""
LOOKED_AT = 30_000
"""Characters of a description that are looked at for its summary and picture."""

_TAGS = (
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br "
    "button caption center cite code col colgroup dd del details dfn dialog dir div dl dt em embed fieldset "
    "figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input "
    "ins kbd label legend li link main map mark marquee menu meta nav nobr noscript object ol optgroup option p "
    "param picture pre q rp rt ruby s samp script section select small source span strike strong style sub "
    "summary sup svg table tbody td textarea tfoot th thead time title tr tt u ul var video wbr"
)
_NO_TAG = re.compile(r"<(?!/?[a-zA-Z])")
_DECLARATION = re.compile(r"<[!?][^<>]*>|<!--")
_NO_KNOWN_TAG = re.compile(rf"<(?!(?:/?(?:{'|'.join(_TAGS.split())})(?![\w:.@\-])[^<]*>))", re.I)
_REFERENCE = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_NUMBER = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|apos|quot|lt(?=;!--)|(?<=--&)gt);")
"""What nobody writes who means these very characters: publishers escaped once more than they meant to."""
_BARE_AMPERSAND = re.compile(r"&(?!(?:lt|gt|amp|quot);)")
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"]{2,2000}", re.I)
_BLOCKS = frozenset(
    "address article aside blockquote br center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SILENT = frozenset("script style template iframe noscript svg math select textarea button head".split())
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,15})(?P<attributes>(?:\s(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)?)(?P<empty>/?)>"
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q s samp small span strike "
    "strong sub sup time tt u var".split()
)
_WRAPPED = re.compile(
    r"<(?P<name>p|div|h[1-6]|center|section|article|header)(?:\s[^<>]*)?>(?P<inside>.*)</(?P=name)\s*>", re.I | re.S
)
_BETWEEN_WRAPPED = re.compile(r"</(?:p|div|h[1-6])\s*>\s*<(?:p|div|h[1-6])(?:\s[^<>]*)?>", re.I)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_BESIDE_NAME = re.compile(r"[\s\"'“”‘’«»„(\[{)\]},;:.?!…—–-]?", re.S)
"""What stands beside a comment that a title speaks of, if anything."""
_SOURCE = re.compile(r"\ssrc\s*=\s*[\"']?[^\s\"']*[./:]", re.I)
_ALTERNATIVE = re.compile(r"\salt\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I)
_RAW = re.compile(
    r"<(?P<name>script|style|template|iframe|noscript|svg|math|select|textarea|button|head|title)\b", re.I
)
_MORE_THAN_WORDS = re.compile(r"<(?:pre|table|audio|video|iframe|embed|object|math)\b", re.I)
_LINK = re.compile(r"<a\s[^<>]*?\bhref\s*=\s*[\"']?(https?://[^\s\"'<>]+)", re.I)
_ANY_TAG = re.compile(r"<[^<>]*>")
_BREAKS_OFF = 60  # letters at the end of a teaser: part of a word, and *Read more*
_LISTS_AT_MOST = 5  # related lists that end one description
_LEVELS_AT_MOST = 50  # of elements that are looked into for such a list
_LABELS = frozenset(
    text.fold(label)
    for label in "Bài liên quan|Tin liên quan|Đọc thêm|Đọc tiếp|Xem thêm|Tham khảo thêm|Có thể bạn quan tâm|"
    "Cùng chuyên mục|Các tin khác|Xem nhiều|Tin mới|Related|Related stories|Related articles|Read more|See also".split(
        "|"
    )
)


@dataclass(frozen=True, slots=True)
class Described:
    """What a description holds: its paragraphs as plain text lines, related lists cut; its first picture, or None;
    the web addresses that it links to, those of related lists too."""

    paragraphs: tuple[str, ...] = ()
    picture: str | None = None
    links: frozenset[str] = frozenset()

    @property
    def summary(self) -> str | None:
        """The first paragraphs as one line, or None where there are none."""
        line = ""
        for paragraph in self.paragraphs:
            line = f"{line} {paragraph}" if line else paragraph
            if len(line) >= SUMMARY_ENOUGH:
                break
        return text.clean_line(line, SUMMARY_AT_MOST) or None


def plain(markup: str, *, limit: int | None = None) -> str:
    """Return the text of `markup` that is meant to be HTML, as one line.

    Forgiving: `a < b`, `<3` and a `<name>` that is no HTML element stay as they are written.
    """
    return text.clean_line(" ".join(_paragraphs(_sloppy(markup))), limit)


def title(markup: str, *, limit: int | None = None) -> str:
    """Return the text of a title of RSS, which may be HTML or may speak of HTML, as one line.

    Markup are pairs of inline tags, pairs of block tags around the whole, a `<br>` that stands at a word or closes
    itself, and pictures with an address. Any other tag is the name of an element, as in *Why <script> blocks*. A
    comment is markup where it touches a word or a tag, as programs write it; one that stands by itself is spoken of.
    """
    written = _COMMENT.sub(_comment, _CDATA.sub(r"\1", markup[:TITLE_LOOKED_AT]))
    if "<" in written:
        written = _unwrapped(written)
        line = text.clean_line(_without_tags(written))
        if not line:
            line = text.clean_line(" ".join(map(_alternative, _TAG.finditer(written))))
    else:
        line = _REFERENCE.sub(_decoded, written)
    # What is escaped a third time.
    return text.clean_line(_NUMBER.sub(_decoded, line), limit)


def alternatives(markup: str, *, limit: int | None = None) -> str:
    """Return what the pictures of some HTML show, by their alt texts, as one line."""
    shown = map(_alternative, _TAG.finditer(markup[:LOOKED_AT]))
    return text.clean_line(" ".join(filter(None, shown)), limit)


def from_html(markup: str, *, limit: int | None = None) -> str:
    """Return the text of `markup` that is HTML by declaration, as one line: every tag goes, known or not. A comment
    that never ends and touches no word is none: it is spoken of."""
    begun = markup.rfind("<!--")
    if begun >= 0 and "-->" not in markup[begun:] and _BESIDE_NAME.fullmatch(markup[:begun][-1:]):
        markup = f"{markup[:begun]}&lt;{markup[begun + 1 :]}"
    return text.clean_line(" ".join(_paragraphs(_NO_TAG.sub("&lt;", _uncommented(markup)))), limit)


def from_text(value: str, *, limit: int | None = None) -> str:
    """Return `value`, plain text by declaration, as one line. `&lt;b&gt;` in it stays; `&#8217;` is decoded: nobody
    writes a number when the number is meant, and many publishers escape twice."""
    return text.clean_line(_NUMBER.sub(_decoded, value), limit)


def describe(markup: str, base: str) -> Described:
    """Return what a description or a content says in its first `LOOKED_AT` characters, its links seen from `base`."""
    markup = _sloppy(markup[:LOOKED_AT])
    if "<" not in markup:
        return Described(paragraphs=tuple(_paragraphs(markup)))
    root = _tree(markup)
    if root is None:
        return Described()
    picture, links = _picture(root, base), _links(root, base)
    _cut_related(root)
    return Described(paragraphs=tuple(_walk(root)), picture=picture, links=links)


def says_more(markup: str, described: Described, link: str | None) -> bool:
    """Say whether a description holds what its summary does not: more text, a second paragraph or line, a picture, a
    listing, something to play, a link to anywhere but `link`, the entry's own page. `described` is what `describe`
    found in it."""
    if _MORE_THAN_WORDS.search(markup[:LOOKED_AT]):
        return True
    if not described.paragraphs:
        return described.picture is not None
    if len(described.paragraphs) > 1 or described.paragraphs[0] != described.summary or described.picture:
        return True
    if ("\n" in markup.strip() or "://" in markup) and "<" not in _sloppy(markup):
        return True
    own = urls.canonical(link) if link else ""
    return any(urls.canonical(other) != own for other in described.links)


def whole(markup: str) -> str:
    """Return a description as HTML that holds all of it: plain text gets its paragraphs, lines and links, a `<` that
    begins no HTML element is escaped."""
    repaired = _sloppy(markup)
    return repaired if "<" in repaired else from_paragraphs(html.unescape(repaired))


def unsaid(others: list[str], described: Described, content: str, own: str | None = None) -> list[str]:
    """Return those of an entry's other texts that say what neither its summary nor its content does, or that have links
    to anywhere but `own`, the entry's page: a summary has none.

    A text that breaks off, as teasers do, says what its beginning says.
    """
    told = _letters(described.summary or "")
    found: list[str] = []
    said = ""
    for markup in others:
        if markup in content:
            continue
        letters = _letters(markup)
        if not letters or (letters in told and not _leads_elsewhere(markup, own)):
            continue
        said = said or _letters(content)
        if letters not in said and letters[: max(len(letters) * 4 // 5, len(letters) - _BREAKS_OFF)] not in said:
            found.append(markup)
            said += letters
    return found


def _leads_elsewhere(markup: str, own: str | None) -> bool:
    own = urls.page_key(own) if own else ""
    addresses = (html.unescape(link[1]) for link in _LINK.finditer(markup[:LOOKED_AT]))
    return any(urls.page_key(address) != own for address in addresses)


def _letters(markup: str) -> str:
    """The letters and digits of a text alone: what stays the same where markup and punctuation differ.

    Quicker than a tree, and only good for comparing.
    """
    return re.sub(r"[\W_]+", "", text.fold(html.unescape(_ANY_TAG.sub(" ", markup))))


def from_paragraphs(value: str) -> str:
    """Return plain text as HTML: everything that could be markup escaped, paragraphs at blank lines, web addresses as
    links. A line's end is kept unless the line is as long as a program breaks it, at `WRAPPED_FROM` letters."""
    return "".join(f"<p>{_lines(block)}</p>" for block in re.split(r"\n\s*\n", text.clean_lines(value)) if block)


def _lines(block: str) -> str:
    lines = block.split("\n")
    ends = [" " if len(line) >= WRAPPED_FROM else "<br>" for line in lines[:-1]] + [""]
    return "".join(
        _ADDRESS.sub(_linked, html.escape(line, quote=False)) + end for line, end in zip(lines, ends, strict=True)
    )


def _linked(address: re.Match[str]) -> str:
    """A link to a bare address. The punctuation after it is not its own, nor is a bracket that opens before it."""
    found = address.group()
    url = found.rstrip(".,;:!?'*_")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!?'*_")
    return f'<a href="{url.replace(chr(34), "%22")}">{url}</a>{found[len(url) :]}'


def _comment(found: re.Match[str]) -> str:
    """What stands for a comment in a title: itself, where it stands as a word does between others. At the begin or the
    end of a title a program has left it."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    if _BESIDE_NAME.fullmatch(before[-1:]) and _BESIDE_NAME.fullmatch(after[:1]) and before.strip() and after.strip():
        return found.group()
    return ""


def _unwrapped(written: str) -> str:
    """A title without the paragraph or heading that it is written as."""
    wrapped = False
    while match := _WRAPPED.fullmatch(written.strip()):
        written = match["inside"]
        wrapped = True
    return _BETWEEN_WRAPPED.sub(" ", written) if wrapped else written


def _without_tags(written: str) -> str:
    """The text of a title without the tags that are markup, its references decoded."""
    tags = list(_TAG.finditer(written))
    markup = _paired(tags)
    speaks = any(tag.start() not in markup and tag["name"].lower() not in ("br", "wbr", "img") for tag in tags)
    pieces: list[str] = []
    at = 0
    for tag in tags:
        instead = "" if tag.start() in markup else _instead(tag, speaks=speaks)
        if instead is not None:
            pieces += (_REFERENCE.sub(_decoded, written[at : tag.start()]), instead)
            at = tag.end()
    pieces.append(_REFERENCE.sub(_decoded, written[at:]))
    return "".join(pieces)


def _paired(tags: list[re.Match[str]]) -> set[int]:
    """Where the inline tags stand that open and close each other."""
    opened: dict[str, list[int]] = {}
    found: set[int] = set()
    for tag in tags:
        name = tag["name"].lower()
        if name not in _INLINE or tag["empty"]:
            continue
        if not tag["end"]:
            opened.setdefault(name, []).append(tag.start())
        elif waiting := opened.get(name):
            found |= {waiting.pop(), tag.start()}
    return found


def _instead(tag: re.Match[str], *, speaks: bool) -> str | None:
    """What stands for a tag that has no other: a space for a line break; None where the title speaks of it."""
    name = tag["name"].lower()
    if name == "img" and _SOURCE.search(tag["attributes"]):
        alternative = _alternative(tag)
        # An emoji is a word of the title; what a picture shows is not.
        return "" if any(letter.isalnum() for letter in alternative) else alternative
    if name not in ("br", "wbr"):
        return None
    before, after = tag.string[: tag.start()], tag.string[tag.end() :]
    if before[-1:].isalnum() or after[:1].isalnum() or tag["attributes"].strip(" /") or _closes_itself(tag, speaks):
        return " " if name == "br" else ""
    return None


def _closes_itself(tag: re.Match[str], speaks: bool) -> bool:
    return tag.group().endswith("/>") and not speaks


def _alternative(tag: re.Match[str]) -> str:
    found = _ALTERNATIVE.search(tag["attributes"]) if tag["name"].lower() == "img" else None
    return html.unescape(found[1] or found[2] or found[3] or "").strip() if found else ""


def _sloppy(markup: str) -> str:
    return _NO_KNOWN_TAG.sub("&lt;", _uncommented(markup)) if "<" in markup else markup


def _uncommented(markup: str) -> str:
    """Without comments, declarations and processing instructions. A comment that never ends, ends at the next `>`."""
    pieces = []
    at = 0
    while (start := markup.find("<!--", at)) >= 0:
        end = markup.find("-->", start + 4)
        if end < 0:
            break
        pieces.append(markup[at:start])
        at = end + 3
    return _DECLARATION.sub("", "".join(pieces) + markup[at:])


def _decoded(match: re.Match[str]) -> str:
    return html.unescape(match.group())


def _named(match: re.Match[str]) -> str:
    """A reference as its character; the four that would become markup stay references."""
    name = match[1]
    if name[0] != "#" and name + ";" not in html5:
        return "&amp;" + match.group()[1:]
    return html.escape(html.unescape(match.group()))


def _paragraphs(markup: str) -> list[str]:
    if "<" in markup:
        root = _tree(markup)
        return [] if root is None else _walk(root)
    blocks = re.split(r"\n\s*\n", _REFERENCE.sub(_decoded, markup))
    return [line for line in map(text.clean_line, blocks) if line]


def _closed(markup: str) -> str:
    """Open no silent element that never ends: it would take all that follows with it."""
    lower = markup.lower()

    def instead(tag: re.Match[str]) -> str:
        return tag.group() if lower.rfind(f"</{tag['name'].lower()}") > tag.start() else "<i"

    return _RAW.sub(instead, markup)


def _tree(markup: str) -> "HtmlElement | None":
    from lxml import etree
    from lxml.html import HTMLParser

    # libxml2 knows HTML 4's names alone, and takes `&copy=1` for a sign: so references are decoded before.
    prepared = _BARE_AMPERSAND.sub("&amp;", _REFERENCE.sub(_named, _closed(markup)))
    prepared = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", prepared)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root: HtmlElement = etree.fromstring(f"<div>{prepared}</div>".encode(), parser)
    except (etree.LxmlError, ValueError):
        return None
    return root


def _walk(root: "HtmlElement") -> list[str]:
    """The text between blocks, one string each. Iterative, for depth is the publisher's choice."""
    from lxml import etree

    lines: list[str] = []
    pieces: list[str] = []
    silent = 0

    def end() -> None:
        line = text.clean_line("".join(pieces))
        pieces.clear()
        if line:
            lines.append(line)

    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            silent += tag in _SILENT
            if tag in _BLOCKS:
                end()
            if element.text and not silent:
                pieces.append(element.text)
        else:
            silent -= tag in _SILENT
            if tag in _BLOCKS:
                end()
            if element.tail and not silent:
                pieces.append(element.tail)
    end()
    return lines


def _picture(root: "HtmlElement", base: str) -> str | None:
    for image in root.iter("img"):
        if {image.get("width"), image.get("height")} & {"0", "1", "1px"}:
            continue  # it counts readers
        for name in ("src", "data-src", "data-original"):
            found = urls.absolute_web(base, image.get(name) or "")
            if found is not None:
                return found
    return None


def _links(root: "HtmlElement", base: str) -> frozenset[str]:
    found = (urls.absolute(base, link.get("href") or "") for link in root.iter("a") if _text_of(link))
    return frozenset(address for address in found if address)


def _cut_related(root: "HtmlElement") -> None:
    """Take out lists of nothing but links that end a description, with the label above them: five of seventeen
    Vietnamese papers append one to nearly every item."""
    for _ in range(_LISTS_AT_MOST):
        last = _last_block(root)
        if last is None or last.tag not in ("ul", "ol") or not _only_links(last):
            return
        before = last.getprevious()
        parent = last.getparent()
        if parent is None:
            return
        parent.remove(last)
        if before is not None and text.fold(_text_of(before)).strip(" :.") in _LABELS:
            before.getparent().remove(before)


def _last_block(root: "HtmlElement") -> "HtmlElement | None":
    """The list that ends the text of `root`, or the element that does."""
    element = root
    for _ in range(_LEVELS_AT_MOST):
        children = list(element)
        while children and not _text_of(children[-1]) and not (children[-1].tail or "").strip():
            children.pop()
        if not children or (children[-1].tail or "").strip():
            return element
        element = children[-1]
        if element.tag in ("ul", "ol"):
            return element
    return None


def _only_links(element: "HtmlElement") -> bool:
    items = [child for child in element if child.tag == "li"]
    if not items:
        return False
    for item in items:
        links = item.findall(".//a")
        said = _text_of(item)
        linked = " ".join(_text_of(link) for link in links)
        if not links or len(linked) < 0.7 * len(said):
            return False
    return True


def _text_of(element: "HtmlElement") -> str:
    return " ".join("".join(element.itertext()).split())

"""Bytes -> one lxml tree: which encoding they are in, whether they are HTML at all, how deep they may nest."""

import re
from itertools import islice
from typing import Any, cast

from lxml import etree

from reader.errors import NotAPage
from reader.extract.dom.node import spaced_text
from reader.extract.dom.normalize import normalize
from reader.extract.dom.streamed import place_streamed
from reader.text import clean
from reader.text.charsets import to_utf8

DEEPEST = 200
"""Levels of elements that are kept; what nests deeper becomes the text it holds."""
MOST_ELEMENTS = 30_000
"""Elements of a page that are read. The largest of the corpora has 10,106."""
MOST_TEXT = 1_000_000
"""Characters of a page's text that are read, and of one script: 160,000 words."""

_UNCLOSED = frozenset(("button", "nav", "footer", "select", "menu", "label", "a", "svg", "dialog", "aside"))
_LEAST_IN_MENUS = 1000
_SNIFF = 4096
_MAGIC = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"\x00\x00\x00",
    b"BM",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"wOFF",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
    b"BZh",
    b"\xfd7zXZ",
    b"fLaC",
)
"""How files of other kinds begin: documents, pictures, archives, sound, fonts, programs."""
_FEED_ROOT = re.compile(
    rb"\A(?>\s+|<!--.*?-->|<\?[^>]*>)*+<(?:rss|feed|rdf:RDF|opml|urlset|sitemapindex|svg)\b", re.S | re.I
)
_TAG = re.compile(rb"<(?:!doctype|!--|/?[a-z][a-z0-9:-]*[\s/>])", re.I)
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\f\r")
_FEWEST_BY_CHANCE = 40
"""One control character in so many bytes is too many for a text."""
_NONCHARACTERS = re.compile("\ufffe|\uffff".encode())
_LEADING_MARKS = re.compile(rb"(?:\xef\xbb\xbf)*")
# ECMA-48 CSI and OSC, short ones only: what is longer is a page, and only its ESC goes.
_SEQUENCES = re.compile(rb"\x1b\[[0-?]{0,60}[ -/]{0,8}[@-~]|\x1b\][^\x07\x1b\n<]{0,800}(?:\x07|\x1b\\)")
# The parser drops what follows </html>, and papers close it too early, or twice.
_ENDS = re.compile(rb"</(?:html|body)\s*>", re.I)
_WRAPPERS = re.compile(rb"</?(?:div|span|font|b|i|em|strong|u|center|section|article|small|big)\b[^<>]*>", re.I)
# The parser compares each attribute's name with all before it: a hundred thousand of them take it twenty seconds.
_LONG_TAG = 4000
_TAG_BEGINS = re.compile(rb"<[A-Za-z]")
_TAG_TO_ITS_END = re.compile(rb"<[A-Za-z][^\s/>]*[\s/](?>[^>\"'=]+|=\s*\"[^\"]*\"|=\s*'[^']*'|[=\"'])*+")
_UNPARSED = (b"script", b"style", b"SCRIPT", b"STYLE")
_NAME = re.compile(rb"<[^\s/>]*")
_QUOTED = re.compile(rb"=\s*(?:\"[^\"]*\"|'[^']*')")
_VOID = re.compile(
    rb"<(?P<name>embed|source|track|wbr|param|keygen|bgsound|command|menuitem|image)(?=[\s/>])"
    rb"(?>[^<>\"']+|\"[^<\"]*\"|'[^<']*'|[\"'])*+>",
    re.I,
)
"""Elements that never hold anything (HTML 13.1.2, and obsolete ones), which libxml2 does not know as such.
None reaches over the begin of another tag: very many that are never closed would take very long."""
# The parser takes these for characters, and lxml raises ValueError where one is moved (XML 1.0, section 2.2).
# One to ESC goes with the sequence that it begins, as a raw one does.
_TO_ESC = rb"&#(?:0*+27(?!\d)|[xX]0*+1[bB](?![0-9a-fA-F]));?"
_TO_BEL = rb"&#[xX]?0*+7(?![0-9a-fA-F]);?"
_TO_NO_CHARACTER = re.compile(
    rb"(?:%b)(?:\[[0-?]{0,60}[ -/]{0,8}[@-~]|\][^\n<&]{0,800}(?:%b|(?:%b)\\))?"
    % (_TO_ESC, _TO_BEL, _TO_ESC)
    + rb"|&#(?:0*+(?:[1-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)"
    rb"|[xX]0*+(?:1?[1-8bcefBCEF]|1[09adAD]|[fF]{3}[efEF])(?![0-9a-fA-F]));?"
)
_NOTHING = b"&#8203;"
"""Stands for such a reference: invisible, it is cleaned away, and what is around it does not become another one."""
_BELOW_DEEPEST = etree.XPath("/*" * (DEEPEST + 1))
_TEXTS = etree.XPath("//text()[not(parent::script or parent::style)]")
_LONG_SCRIPTS = etree.XPath("//script[string-length() > $longest]")


def _not_a_page(why: str) -> NotAPage:
    from reader.words.failures import not_a_page  # a worker process needs it for few pages

    return NotAPage(not_a_page(why))


def parse(page: bytes, declared: str | None = None) -> etree._Element | None:
    """Return the page's tree, normalized, or None for an empty page.

    Raises NotAPage for what is no HTML: a PDF, a feed, JSON.
    """
    if page.startswith(_MAGIC):
        raise _not_a_page("binary")
    text = to_utf8(page, declared)
    if _is_binary(text):
        raise _not_a_page("binary")
    data = printable(text)
    data = data[_LEADING_MARKS.match(data).end() :]  # type: ignore[union-attr] # it matches nothing too
    if not data or data.isspace():
        return None
    if _FEED_ROOT.match(data[:_SNIFF]):
        raise _not_a_page("feed")
    if not _TAG.search(data):
        raise _not_a_page("no html")
    root = tree(data)
    if root is not None:
        if place_streamed(root, data):
            _bound_depth(root)
        _unnest(root)
        normalize(root, data)
    return root


def parse_fragment(html: str) -> etree._Element | None:
    """Return the tree of a piece of HTML, normalized, or None where nothing is left of it. Bounded as `tree` is."""
    data = printable(html.encode("utf-8", "ignore"))
    root = tree(data) if html.strip() else None
    if root is not None:
        normalize(root, data)
    return root


def _unnest(root: etree._Element) -> None:
    """Where a button or a menu is never closed, libxml2 nests all that follows in it. Around the page's `main`, and
    where menus hold most of a page's paragraphs, such elements become divs without class, id and role."""
    for main in (*root.iter("main"), *_around_the_text(root)):
        above = list(main.iterancestors())
        last = max((n for n, element in enumerate(above) if element.tag in _UNCLOSED), default=-1)
        for element in above[: last + 1]:
            element.tag = "div"
            for name in ("class", "id", "role"):
                if element.get(name) is not None:
                    del element.attrib[name]


def _around_the_text(root: etree._Element) -> list[etree._Element]:
    """Return the longest paragraph of a page without a `main` where more than half of the text of its paragraphs stands
    in menus: so no page is written."""
    if next(root.iter("main"), None) is not None:
        return []
    lengths = {p: _characters(p) for menu in root.iter("nav", "menu") for p in menu.iter("p")}
    within = sum(lengths.values())
    if within < _LEAST_IN_MENUS or 2 * within < sum(map(_characters, root.iter("p"))):
        return []
    return [max(lengths, key=lambda p: lengths[p])]


def _characters(element: etree._Element) -> int:
    return sum(len(str(text)) for text in element.itertext())


def _is_binary(text: bytes) -> bool:
    """Say whether it has too many control characters to be text in any encoding: random bytes have one in ten, pages
    none or a few. Zero and ESC do not count: UTF-16 and ISO-2022-JP are full of them.
    """
    said = text.translate(None, b"\0\x1b")
    return (len(said) - len(said.translate(None, _CONTROLS))) * _FEWEST_BY_CHANCE > len(said)


def printable(data: bytes) -> bytes:
    """Return UTF-8 without what no HTML may hold: terminal sequences, whole, and control characters."""
    if b"\x1b" in data:
        data = _SEQUENCES.sub(b"", data)
    data = data.translate(None, _CONTROLS)
    return _NONCHARACTERS.sub(b"", data) if b"\xef\xbf" in data else data


def tree(data: bytes) -> etree._Element | None:
    """Return the tree of UTF-8, or None where nothing is left of it. Entities of a DTD are not expanded, no net.

    Bounded: DEEPEST levels, MOST_ELEMENTS elements, MOST_TEXT characters of text. What comes after them is cut off.
    """
    data = _TO_NO_CHARACTER.sub(_NOTHING, data) if b"&#" in data else data
    data = _with_voids_closed(_without_long_tags(_ENDS.sub(b"", data)))
    root, cut = _parse(data)
    if cut:
        # Unclosed tags nest without end, and the parser gives up at 2,048: without wrappers the text is all there.
        root, _ = _parse(_WRAPPERS.sub(b" ", data))
    if root is not None:
        if b"<style" in data or b"<STYLE" in data:
            for style in root.iter("style"):
                # Never text, wherever it is: in a link, a heading, a caption.
                style.text = None
        _bound_depth(root)
        if data.count(b"<") > MOST_ELEMENTS:
            _bound_elements(root)
        if len(data) > MOST_TEXT:
            _bound_text(root)
    return root


def bound(root: etree._Element) -> None:
    """Cut a tree to what `tree` lets through, where something was added to it: what comes after that is cut off."""
    _bound_depth(root)
    _bound_elements(root)
    _bound_text(root)


def _without_long_tags(data: bytes) -> bytes:
    """Return the page with the attributes of tags that have thousands of them taken out. Long values stay: they are
    common."""
    kept: list[bytes] = []
    done = at = 0
    while len(data) - at > _LONG_TAG:
        before = data.rfind(b"<", at, at + _LONG_TAG)
        if before >= 0:
            at = before + 1
            continue
        # No tag begins within reach: `at` is in a long text, or in a tag that is long, which may hold a lone `<`.
        begins = _TAG_BEGINS.search(data, max(done, data.rfind(b">", 0, at)), at + 1)
        found = _TAG_TO_ITS_END.match(data, begins.start()) if begins else None
        if found and _is_flood(found.group()) and not _in_script(data, found.start()):
            kept += (data[done : found.start()], _NAME.match(found.group()).group())  # type: ignore[union-attr] # `<` is there
            at = done = found.end()
        at = data.find(b"<", at) + 1
        if not at:
            break
    return b"".join((*kept, data[done:])) if kept else data


def _with_voids_closed(data: bytes) -> bytes:
    """Return the page with an end behind each element that holds nothing: left open, it would hold all that follows."""
    return _VOID.sub(rb"\g<0></\g<name>>", data)


def _is_flood(tag: bytes) -> bool:
    """Whether a tag has thousands of attributes, or would have them if a quote that was left open before it made its
    values names and its names values."""
    return len(tag) > _LONG_TAG and (
        len(_QUOTED.sub(b"", tag)) > _LONG_TAG or (len(tag) > 10 * _LONG_TAG and len(tag.split()) > _LONG_TAG)
    )


def _in_script(data: bytes, at: int) -> bool:
    """Whether a script or a style is open there: `i<t.length` begins no tag."""
    return any(data.rfind(b"<" + name, 0, at) > data.rfind(b"</" + name, 0, at) for name in _UNPARSED)


def _parse(data: bytes) -> tuple[etree._Element | None, bool]:
    """The tree, and whether it nested deeper than the parser follows."""
    # Not lxml.html's parser: its elements are looked up in Python, one by one, which costs more than parsing.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        root = None
    last = parser.error_log.last_error  # the parser stops there; a page has hundreds of others
    return root, last is not None and last.level == etree.ErrorLevels.FATAL and "depth" in last.message.casefold()


def _bound_depth(root: etree._Element) -> None:
    """Replace what nests deeper than DEEPEST by its text: later passes recurse, and a page must not end them."""
    for element in cast("list[Any]", _BELOW_DEEPEST(root)):
        words = clean(spaced_text(element))
        del element[:]
        element.text = words


def _bound_elements(root: etree._Element) -> None:
    """Cut a page after MOST_ELEMENTS."""
    first = next(islice(root.iter(), MOST_ELEMENTS, None), None)
    parent = None if first is None else first.getparent()
    if first is not None and parent is not None:
        del parent[parent.index(first) :]
        parent.tail = None
        _cut_after(parent)


def _bound_text(root: etree._Element) -> None:
    """Cut a page after MOST_TEXT characters of text, and leave out scripts that are longer."""
    for script in cast("list[Any]", _LONG_SCRIPTS(root, longest=MOST_TEXT)):
        script.text = None
    room = MOST_TEXT
    for text in cast("list[Any]", _TEXTS(root)):
        room -= len(text)
        if room < 0:
            owner, kept = text.getparent(), clean(text[:room])
            if text.is_tail:
                owner.tail = kept
            else:
                del owner[:]
                owner.text, owner.tail = kept, None
            _cut_after(owner)
            return


def _cut_after(element: etree._Element) -> None:
    """Take out what follows the element and those it stands in, in all of the page."""
    while (parent := element.getparent()) is not None:
        del parent[parent.index(element) + 1 :]
        parent.tail = None
        element = parent

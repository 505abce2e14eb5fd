"""Bytes -> one lxml tree: which encoding they are in, whether they are HTML at all, how deep they may nest."""

import codecs
import re
import unicodedata
from itertools import islice
from typing import Any, cast

from lxml import etree

from reader.errors import NotAPage
from reader.extract.dom.node import spaced_text
from reader.text import clean

DEEPEST = 200
"""Levels of elements that are kept; what nests deeper becomes the text it holds."""
MOST_ELEMENTS = 30_000
"""Elements of a page that are read. The largest of the corpora has 10,106."""
MOST_TEXT = 1_000_000
"""Characters of a page's text that are read, and of one script: 160,000 words."""

_UNCLOSED = frozenset(("button", "nav", "footer", "select", "menu", "label", "a", "svg", "dialog", "aside"))
_SNIFF = 4096
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META_CHARSET = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
# WHATWG: these labels mean their Windows supersets, and a meta element cannot say utf-16.
_MEANS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
          "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "x-sjis": "cp932", "shift_jis": "cp932",
          "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "x-gbk": "gb18030", "windows-874": "cp874"}  # fmt: skip
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
_BELOW_DEEPEST = etree.XPath("/*" * (DEEPEST + 1))
_TEXTS = etree.XPath("//text()[not(parent::script or parent::style)]")
_LONG_SCRIPTS = etree.XPath("//script[string-length() > $longest]")
_VIETNAMESE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def to_utf8(page: bytes, declared: str | None = None) -> bytes:
    """Return the page in UTF-8. Order of belief: byte order mark, strict UTF-8, what HTTP then the page declare.

    A declaration is no proof: a page that is valid UTF-8 is read as UTF-8 whatever it says (VietnamBiz: utf-16),
    since text in another encoding is hardly ever valid UTF-8 by chance. Undeclared legacy Vietnamese is windows-1258.
    Never raises.
    """
    for mark, name in _BOMS:
        if page.startswith(mark):
            return _encoded(page[len(mark) :].decode(name, "replace"))
    sample = page[:_SNIFF]
    if len(sample) >= 8 and sample.count(0) > len(sample) // 4:
        # Nearly every other byte of Latin markup in UTF-16 is zero; on which side tells the order of bytes.
        name = "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be"
        return _encoded(page.decode(name, "replace"))
    named = [declared] if declared else []
    found = _META_CHARSET.search(page[: 4 * _SNIFF]) or _XML_ENCODING.search(sample)
    if found:
        named.append(found.group(1).decode("ascii", "replace"))
    names = [_MEANS.get(name.strip(" \"'").casefold(), name.strip(" \"'")) for name in named]
    # ISO-2022-JP is all ASCII bytes, so it is the one declaration that must be asked before UTF-8.
    if any(name.casefold() in ("iso-2022-jp", "hz-gb-2312", "utf-7") for name in names) and b"\x1b$" in page:
        return _encoded(page.decode("iso2022_jp", "replace"))
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return _encoded(_legacy(page, names))
    return page


def _encoded(text: str) -> bytes:
    # Some codecs that a page may name decode to halves of surrogate pairs, which are no text.
    return text.encode("utf-8", "ignore")


def _legacy(page: bytes, names: list[str]) -> str:
    """The text of a page that is not UTF-8 throughout."""
    # A few broken bytes among many good letters (a title cut by a byte limit) are no other encoding.
    broken = page.decode("utf-8", "replace")
    letters = len(broken) - len(broken.encode("ascii", "ignore"))
    if letters > 20 * broken.count("\ufffd"):
        return broken
    for name in (*names, "cp1258"):
        try:
            text = page.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
        if name.casefold() in ("cp1258", "windows-1258"):
            if name in names or _VIETNAMESE_MARKS.search(text):
                return unicodedata.normalize("NFC", text)
            break
        return text
    return page.decode("cp1252", "replace")


def parse(page: bytes, declared: str | None = None) -> etree._Element | None:
    """Return the page's tree, or None for an empty page. Raises NotAPage for what is no HTML: a PDF, a feed, JSON."""
    if page.startswith(_MAGIC):
        raise NotAPage("This is not a web page: it is a file of another kind.")
    text = to_utf8(page, declared)
    if _is_binary(text):
        raise NotAPage("This is not a web page: it is a file of another kind.")
    data = printable(text)
    data = data[_LEADING_MARKS.match(data).end() :]  # type: ignore[union-attr] # it matches nothing too
    if not data or data.isspace():
        return None
    if _FEED_ROOT.match(data[:_SNIFF]):
        raise NotAPage("This is not a web page: it is a feed or another XML document.")
    if not _TAG.search(data):
        raise NotAPage("This is not a web page: it has no HTML in it.")
    root = tree(data)
    if root is not None:
        _unnest(root)
    return root


def _unnest(root: etree._Element) -> None:
    """Where a button or a menu is never closed, libxml2 nests all that follows in it. Around the page's `main` such
    elements become divs without class, id and role."""
    for main in root.iter("main"):
        above = list(main.iterancestors())
        last = max((n for n, element in enumerate(above) if element.tag in _UNCLOSED), default=-1)
        for element in above[: last + 1]:
            element.tag = "div"
            for name in ("class", "id", "role"):
                if element.get(name) is not None:
                    del element.attrib[name]


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
    data = _without_long_tags(_ENDS.sub(b"", data))
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
            kept += (data[done : found.start()], _NAME.match(found.group()).group())  # type: ignore[union-attr]
            at = done = found.end()
        at = data.find(b"<", at) + 1
        if not at:
            break
    return b"".join((*kept, data[done:])) if kept else data


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

"""Bytes -> one lxml tree: which encoding they are in, whether they are HTML at all, how deep they may nest."""

import codecs
import re
import unicodedata

from lxml import etree

from reader.errors import NotAPage
from reader.extract.node import spaced
from reader.text import clean

DEEPEST = 200
"""Levels of elements that are kept; what nests deeper becomes the text it holds."""

_SNIFF = 4096
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META_CHARSET = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
# WHATWG: these labels mean their Windows supersets, and a meta element cannot say utf-16.
_MEANS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
          "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "x-sjis": "cp932", "shift_jis": "cp932",
          "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "x-gbk": "gb18030", "windows-874": "cp874"}  # fmt: skip
_MAGIC = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"RIFF",
          b"OggS", b"ID3", b"\x00\x00\x00",
          b"BM", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"wOFF", b"{\\rtf", b"\xd0\xcf\x11\xe0",
          b"BZh", b"\xfd7zXZ", b"fLaC")  # fmt: skip
_FEED_ROOT = re.compile(
    r"\A\s*(?:<\?xml[^>]*>|<!--.*?-->|<\?[^>]*>|\s)*<(?:rss|feed|rdf:RDF|opml|urlset|sitemapindex|svg)\b", re.S | re.I
)
_TAG = re.compile(r"<(?:!doctype|!--|/?[a-z][a-z0-9:-]*[\s/>])", re.I)
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# ECMA-48 CSI and OSC, short ones only: what is longer is a page, and only its ESC goes.
_SEQUENCES = re.compile("\x1b\\[[0-?]{0,60}[ -/]{0,8}[@-~]|\x1b\\][^\x07\x1b\n<]{0,400}(?:\x07|\x1b\\\\)")
# A parser that has met </html> drops what follows; papers close it early, and twice.
_ENDS = re.compile(r"</(?:html|body)\s*>", re.I)
_WRAPPERS = re.compile(r"</?(?:div|span|font|b|i|em|strong|u|center|section|article|small|big)\b[^<>]*>", re.I)
_VIETNAMESE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def to_text(page: bytes, declared: str | None = None) -> str:
    """Return the page as text. Order of belief: byte order mark, strict UTF-8, what HTTP then the page declare.

    A declaration is no proof: a page that is valid UTF-8 is read as UTF-8 whatever it says (VietnamBiz: utf-16),
    since text in another encoding is hardly ever valid UTF-8 by chance. Undeclared legacy Vietnamese is windows-1258.
    Never raises.
    """
    for mark, name in _BOMS:
        if page.startswith(mark):
            return page[len(mark) :].decode(name, "replace")
    sample = page[:_SNIFF]
    if len(sample) >= 8 and sample.count(0) > len(sample) // 4:
        # Nearly every other byte of Latin markup in UTF-16 is zero; on which side tells the order of bytes.
        return page.decode("utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be", "replace")
    named = [declared] if declared else []
    found = _META_CHARSET.search(page[: 4 * _SNIFF]) or _XML_ENCODING.search(sample)
    if found:
        named.append(found.group(1).decode("ascii", "replace"))
    names = [_MEANS.get(name.strip(" \"'").casefold(), name.strip(" \"'")) for name in named]
    # ISO-2022-JP is all ASCII bytes, so it is the one declaration that must be asked before UTF-8.
    if any(name.casefold() in ("iso-2022-jp", "hz-gb-2312", "utf-7") for name in names) and b"\x1b$" in page:
        return page.decode("iso2022_jp", "replace")
    try:
        return page.decode("utf-8")
    except UnicodeDecodeError:
        # A few broken bytes among many good letters (a title cut by a byte limit) are no other encoding.
        broken = page.decode("utf-8", "replace")
        letters = sum(c > "\x7f" for c in broken)
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
    text = printable(to_text(page, declared)).lstrip("\ufeff")
    if not text.strip():
        return None
    if _FEED_ROOT.match(text[:_SNIFF]):
        raise NotAPage("This is not a web page: it is a feed or another XML document.")
    if not _TAG.search(text):
        raise NotAPage("This is not a web page: it has no HTML in it.")
    return tree(text)


def printable(text: str) -> str:
    """Return text without what no HTML may hold: terminal sequences, whole, and control characters."""
    return CONTROLS.sub("", _SEQUENCES.sub("", text) if "\x1b" in text else text)


def tree(text: str) -> etree._Element | None:
    """Return the tree of `text`, or None where nothing is left of it. Entities of a DTD are not expanded, no net."""
    text = _ENDS.sub("", text)
    root, cut = _parse(text)
    if cut:
        # Unclosed tags nest without end, and the parser gives up at 2,048: without wrappers the text is all there.
        root, _ = _parse(_WRAPPERS.sub(" ", text))
    if root is not None:
        _bound_depth(root)
    return root


def _parse(text: str) -> tuple[etree._Element | None, bool]:
    """The tree, and whether it nested deeper than the parser follows."""
    # Not lxml.html's parser: its elements are looked up in Python, one by one, which costs more than parsing.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    return root, any("depth" in error.message.casefold() for error in parser.error_log if error.level_name == "FATAL")


def _bound_depth(root: etree._Element) -> None:
    """Replace what nests deeper than DEEPEST by its text: later passes recurse, and a page must not end them."""
    level, depth = [root], 0
    while level and depth < DEEPEST:
        level = [child for element in level for child in element]
        depth += 1
    for element in level:
        words = clean(spaced(element))
        for child in list(element):
            element.remove(child)
        element.text = words

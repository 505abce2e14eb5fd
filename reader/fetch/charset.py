"""Bytes of a feed -> text. Declarations lie, so what the bytes themselves say comes first.

Pure. Never raises: what no encoding fits is decoded with replacement characters.
"""

import codecs
import re
import unicodedata

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The first two characters of a document without a byte order mark (XML 1.0, appendix F).
_SHAPES = (
    (re.compile(rb"(?:[\t\n\r {<]\0\0\0){2}|<\0\0\0"), "utf-32-le"),
    (re.compile(rb"(?:\0\0\0[\t\n\r {<]){2}|\0\0\0<"), "utf-32-be"),
    (re.compile(rb"(?:[\t\n\r ]\0)*[<{]\0"), "utf-16-le"),
    (re.compile(rb"(?:\0[\t\n\r ])*\0[<{]"), "utf-16-be"),
)
_EBCDIC = b"\x4c\x6f\xa7\x94"  # "<?xm"
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:\-]{1,40})", re.I)
_HTTP = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:\-]{1,40})", re.I)
_EVERY = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
# What the web means by these names: a superset that has letters where the named one has control codes (WHATWG).
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
_SEVEN_BIT = frozenset(
    "iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr hz".split()
)
_NO_TEXT = frozenset(
    "base64 bz2 hex quopri rot13 uu zlib idna punycode raw-unicode-escape unicode-escape mbcs oem".split()
)


def decode(document: bytes, content_type: str | None = None, *, vietnamese: bool = False) -> str:
    """Return the text of `document`, in this order: byte order mark, the shape of UTF-16 and UTF-32, valid UTF-8,
    what the XML declaration says, what the HTTP header says, then UTF-8 with some bad bytes or an eight-bit encoding.

    A byte order mark that the bytes contradict is not believed, nor is a declared encoding that they do not fit.
    `vietnamese` says which eight-bit encoding is likelier where none is declared: windows-1258, not 1252.
    """
    for mark, encoding in _BOMS:
        if document.startswith(mark) and (text := _strict(document[len(mark) :], encoding)) is not None:
            return text
    for shape, encoding in _SHAPES:
        if shape.match(document):
            return document[: len(document) - len(document) % (4 if "32" in encoding else 2)].decode(
                encoding, "replace"
            )
    if document.startswith(_EBCDIC):
        document = _ebcdic(document)
    declared = [name for name in (_declared(document), _header(content_type)) if name]
    for encoding in declared:
        if encoding in _SEVEN_BIT and (text := _strict(document, encoding)) is not None:
            return text
    if (text := _strict(document, "utf-8")) is not None:
        return text
    for encoding in declared:
        if encoding != "utf-8" and not encoding.startswith(("utf-16", "utf-32", "utf_16", "utf_32")):
            text = _strict(document, encoding)
            if text is not None:
                return text
    replaced = document.decode("utf-8", "replace")
    if len(_EVERY.findall(document)) > replaced.count("\ufffd"):
        return replaced
    for encoding in declared:
        if not encoding.startswith(("utf", "iso2022", "hz")):
            return document.decode(encoding, "replace")
    return document.decode("cp1258" if vietnamese else "cp1252", "replace")


def _strict(document: bytes, encoding: str) -> str | None:
    try:
        text = document.decode(encoding)
    except (UnicodeError, LookupError):
        return None
    # windows-1258 writes a tone as a letter of its own.
    return unicodedata.normalize("NFC", text) if encoding == "cp1258" else text


def _ebcdic(document: bytes) -> bytes:
    """Make UTF-8 of a document in EBCDIC; all of its code pages agree about the declaration (XML 1.0, appendix F)."""
    encoding = _declared(document[:300].decode("cp037").encode("utf-8")) or "cp037"
    try:
        return document.decode(encoding).encode("utf-8")
    except (UnicodeError, LookupError):
        return document


def _declared(document: bytes) -> str | None:
    found = _XML.match(document)
    return _known(found[1].decode("ascii", "replace")) if found else None


def _header(content_type: str | None) -> str | None:
    found = _HTTP.search(content_type or "")
    return _known(found[1]) if found else None


def _known(name: str) -> str | None:
    """The name of Python's codec for `name`, or None where there is none that makes text."""
    try:
        found = codecs.lookup(name.removeprefix("x-") if name.lower().startswith("x-sjis") else name).name
    except (LookupError, ValueError):
        return None
    return None if found in _NO_TEXT else _MEANT.get(found, found)

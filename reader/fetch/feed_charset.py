"""Bytes of a feed -> text. Declarations lie, so what the bytes themselves prove comes first; then the server's.

Pure. Never raises: what no encoding fits is decoded with replacement characters.
"""

import re

from reader.text.charsets import SEVEN_BIT, codec, is_wide, lenient, marked, mostly, strict

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

_LANGUAGE = re.compile(rb"(?:<(?:dc:)?language>\s*|\bxml:lang\s*=\s*[\"']\s*)([a-z]{2}(?:-[a-z]{2,4})?)\b", re.I)
_LANGUAGE_WITHIN = 5_000  # bytes: beyond that begin the entries
_OF_LANGUAGE = {
    language: encoding
    for encoding, languages in {
        "cp1250": "cs pl sk sl hr bs",
        "cp1251": "ru be bg uk sr mk kk ky tg tt",
        "cp1253": "el",
        "cp1254": "tr az ku",
        "cp1255": "he iw",
        "cp1256": "ar fa ur",
        "cp1257": "et lt lv",
        "cp1258": "vi",
        "cp874": "th",
        "cp932": "ja",
        "cp949": "ko",
        "iso8859-2": "hu",
        "gb18030": "zh",
        "big5": "zh-tw zh-hk zh-hant",
    }.items()
    for language in languages.split()
}
"""The encoding of old documents in a language (HTML Standard, section 13.2.3.2); windows-1252 for all others."""


def decode(document: bytes, content_type: str | None = None, *, vietnamese: bool = False) -> str:
    """Return the text of `document`, in this order: byte order mark, the shape of UTF-16 and UTF-32, valid UTF-8,
    what the HTTP header says, what the XML declaration says, then UTF-8 with some bad bytes or an eight-bit encoding.

    A byte order mark that the bytes contradict is not believed, nor is a declared encoding that they do not fit.
    Where none is declared, the language that the document says it is in tells the eight-bit encoding, as it does in
    browsers; `vietnamese` says it of a document that does not.
    """
    mark = marked(document)
    if mark is not None and (text := strict(mark[1], mark[0])) is not None:
        return text
    for shape, encoding in _SHAPES:
        if shape.match(document):
            return document[: len(document) - len(document) % (4 if "32" in encoding else 2)].decode(
                encoding, "replace"
            )
    if document.startswith(_EBCDIC):
        document = _ebcdic(document)
    declared = [name for name in (_header(content_type), _declared(document)) if name]
    for encoding in declared:
        if encoding in SEVEN_BIT and (text := strict(document, encoding)) is not None:
            return text
    if (text := strict(document, "utf-8")) is not None or (text := mostly(document, "utf-8")) is not None:
        return text
    for encoding in declared:
        if encoding == "utf-8" or is_wide(encoding):
            continue
        if (text := strict(document, encoding)) is not None or (text := mostly(document, encoding)) is not None:
            return text
    replaced = document.decode("utf-8", "replace")
    if len(_EVERY.findall(document)) > replaced.count("\ufffd"):
        return replaced
    for encoding in declared:
        if not encoding.startswith(("utf", "iso2022", "hz")):
            return lenient(document, encoding)
    said = _LANGUAGE.search(document, 0, _LANGUAGE_WITHIN)
    language = said[1].decode("ascii").lower() if said else "vi" if vietnamese else ""
    return lenient(document, _OF_LANGUAGE.get(language) or _OF_LANGUAGE.get(language[:2]) or "cp1252")


def _ebcdic(document: bytes) -> bytes:
    """Make UTF-8 of a document in EBCDIC; all of its code pages agree about the declaration (XML 1.0, appendix F)."""
    encoding = _declared(document[:300].decode("cp037").encode("utf-8")) or "cp037"
    try:
        return document.decode(encoding).encode("utf-8")
    except (UnicodeError, LookupError):
        return document


def _declared(document: bytes) -> str | None:
    found = _XML.match(document)
    return codec(found[1].decode("ascii", "replace")) if found else None


def _header(content_type: str | None) -> str | None:
    found = _HTTP.search(content_type or "")
    return codec(found[1]) if found else None

"""Which characters the bytes of a feed, a page or a list of subscriptions stand for. Pure.

A label (`charset=`, `encoding=`) means what the Encoding Standard (encoding.spec.whatwg.org) says, by `webencodings`:
often a superset of what it names. Labels that the Standard lacks and Python knows (cp437, EBCDIC, UTF-32) keep Python's
meaning. In which order declarations are believed differs by kind of document: `fetch.feed_charset` says it for feeds,
`reader.lists.opml` for lists, `to_utf8` for pages. What is decoded here is not cleaned; `reader.text` does that.
"""

import codecs
import re
import unicodedata
from functools import cache, lru_cache

import webencodings

from reader.text.sanitize import without_towers

SEVEN_BIT = frozenset(
    "iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr hz".split()
)
"""Codecs whose bytes are all ASCII, and so valid UTF-8 too: they must be asked before UTF-8."""

_LONGEST_LABEL = 40
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16's, which it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODECS = {
    "gbk": "gb18030",  # the Standard decodes both alike
    "x-user-defined": "cp1252",  # as the HTML Standard has it; private use characters are no text
}
# UTF-7 is among them: nobody writes it, and markup can be hidden in it.
_NO_TEXT = frozenset(
    "base64 bz2 charmap hex idna mbcs oem punycode quopri raw-unicode-escape rot13 rot-13 undefined unicode-escape "
    "utf-7 uu zlib".split()
)
# Python leaves some of their bytes from 0x80 to 0x9F undefined; the Standard makes control codes of those.
_WITH_CONTROLS = frozenset(("cp874", *(f"cp125{digit}" for digit in range(9))))

_SNIFF = 4096
_META = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
_TONES = re.compile(rb"[\xcc\xd2\xde\xec\xf2]")  # what windows-1258 writes behind a vowel
_FEW = 20
"""Where so many letters stand against one bad byte, the byte is broken and the encoding is right."""


@lru_cache(maxsize=256)
def codec(label: str) -> str | None:
    """Return the name of Python's codec for a charset's label, in any letter case; None for one that makes no text.

    The name is what `codecs.lookup` calls it. `utf-16` and `utf-32`, which are known by the bytes, are answered too.
    """
    label = label.strip("\t\n\f\r \"'").lower()
    if not label.isascii() or len(label) > _LONGEST_LABEL:
        return None
    found = _standard(label)
    if found is None:
        try:
            name = codecs.lookup(label).name
        except (LookupError, ValueError):
            return None
        # Python's other names for the Standard's encodings: latin-1, cp936.
        found = _standard(name.replace("_", "-")) or name
    return None if found in _NO_TEXT else found


def _standard(label: str) -> str | None:
    """The codec for a label of the Encoding Standard; None for any other, and for those that it refuses (ISO-2022-KR,
    HZ): Python decodes them, and what comes out is cleaned as all text is."""
    encoding = webencodings.lookup(label)
    if encoding is None or encoding.name == "replacement":
        return None
    return _CODECS.get(encoding.name) or str(encoding.codec_info.name)


def is_wide(name: str) -> bool:
    """Say whether a codec has two or four bytes a letter: bytes tell that by themselves, no declaration is needed."""
    return name.startswith(("utf-16", "utf-32"))


def marked(document: bytes) -> tuple[str, bytes] | None:
    """Return the codec that a byte order mark tells, and the bytes after it; None where there is no mark."""
    for mark, name in _MARKS:
        if document.startswith(mark):
            rest = document[len(mark) :]
            # The mark of UTF-32 may be that of UTF-16 before a zero.
            if not name.startswith("utf-32") or strict(rest[:64], name) is not None:
                return name, rest
    return None


def strict(document: bytes, name: str) -> str | None:
    """Return the text of `document` in the codec `name`, or None where there is a byte which that leaves undefined."""
    try:
        text = document.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None
    return _composed(text, name)


def lenient(document: bytes, name: str) -> str:
    """Return the text of `document` in the codec `name` as the Encoding Standard decodes it: U+FFFD for bad bytes, and
    C1 control codes, which `text.clean` takes out, for bytes that have no letter in a Windows code page."""
    if name in _WITH_CONTROLS:
        text, _ = codecs.charmap_decode(document, "replace", _letters(name))
    else:
        text = document.decode(name, "replace")
    return _composed(text, name)


def mostly(document: bytes, name: str) -> str | None:
    """Return the text of `document` in the codec `name` where few of its bytes are bad, else None: a title that was cut
    by a count of bytes does not make a document one of another encoding."""
    text = lenient(document, name)
    bad = text.count("\ufffd")
    if name in _WITH_CONTROLS:
        bad += sum(document.count(byte) for byte in _undefined(name))
    letters = len(text) - len(text.encode("ascii", "ignore"))
    return text if letters > _FEW * bad else None


def _composed(text: str, name: str) -> str:
    # windows-1258 writes a tone as a letter of its own.
    return unicodedata.normalize("NFC", without_towers(text)) if name == "cp1258" else text


@cache
def _letters(name: str) -> str:
    """What each of the 256 bytes means in a Windows code page; U+FFFE is how `charmap_decode` knows a bad one."""
    plain = [bytes((byte,)).decode(name, "replace") for byte in range(256)]
    return "".join(
        letter if letter != "\ufffd" else chr(byte) if 0x80 <= byte < 0xA0 else "\ufffe"
        for byte, letter in enumerate(plain)
    )


@cache
def _undefined(name: str) -> tuple[bytes, ...]:
    """The bytes that a Windows code page gives control codes."""
    letters = _letters(name)
    return tuple(bytes((byte,)) for byte in range(0x80, 0xA0) if letters[byte] == chr(byte))


def to_utf8(page: bytes, declared: str | None = None) -> bytes:
    """Return an HTML page in UTF-8. Order of belief: byte order mark, strict UTF-8, what HTTP then the page declare.

    A declaration is no proof: a page that is valid UTF-8 is read as UTF-8 whatever it says (VietnamBiz: utf-16),
    since text in another encoding is hardly ever valid UTF-8 by chance. Undeclared legacy Vietnamese is windows-1258.
    `declared` is the label of the HTTP header. Never raises.
    """
    mark = marked(page)
    if mark is not None:
        name, rest = mark
        return _encoded(lenient(rest, name))
    sample = page[:_SNIFF]
    if len(sample) >= 8 and sample.count(0) > len(sample) // 4:
        # Nearly every other byte of Latin markup in UTF-16 is zero; on which side tells the order of bytes.
        name = "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be"
        return _encoded(lenient(page, name))
    found = _META.search(page[: 4 * _SNIFF]) or _XML.search(sample)
    labels = (declared or "", found[1].decode("ascii", "replace") if found else "")
    names = [name for name in map(codec, labels) if name]
    for name in names:
        if name in SEVEN_BIT and (b"~{" if name == "hz" else b"\x1b$") in page:
            return _encoded(lenient(page, name))
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
    if (text := mostly(page, "utf-8")) is not None:
        return text
    for name in names:
        # Markup in UTF-16 has zeros; without them its codec would make Chinese of anything.
        if (b"\0" in page or not is_wide(name)) and (text := strict(page, name)) is not None:
            return text
    for name in names:
        if not is_wide(name) and (text := mostly(page, name)) is not None:
            return text
    if _TONES.search(page) and (text := strict(page, "cp1258")) is not None:
        return text
    return lenient(page, "cp1252")

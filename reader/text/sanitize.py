"""The one door for outside text: what a feed, a page or a header says passes here before it is kept or shown.

ESC, CSI, OSC and C1 survive Rich and Textual and reach the terminal, and bidi overrides reorder a line so that it
reads as something else. `clean` takes them out, whole sequences at a time, and brings text to NFC. It knows nothing
of markup: entities and Markdown are decoded elsewhere, and what they decode to passes here again.
"""

import re
import unicodedata
from functools import cache

MARKS_AT_MOST = 8
"""Combining marks kept on one letter: no living script stacks more, and a tower of them spills over other lines."""

# ECMA-48 5.4 and 5.6: CSI ... final, and the strings DCS, SOS, OSC, PM, APC up to ST (xterm also takes BEL). One that
# begins with a C1 code and does not end, or is not ASCII, is none: UTF-8 read as Latin-1 is full of those codes.
_SEQUENCES = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[PX\]^_][^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\|\x9c)?"
    r"|[\x90\x98\x9d\x9e\x9f][ -~]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]?"
)
_NEWLINES = "\r\n?|[\x0b\x0c\x85\u2028\u2029]"
_SPACES = "[\t\u1680\u2000-\u200a\u205f\u3000]"
# Invisible and reordering characters. ZWNJ and ZWJ stay: Persian and emoji are spelled with them.
_UNWANTED = (
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\ud800-\udfff]"
)
_SUPPLEMENTARY_NONCHARACTERS = (
    "[" + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)) + "]"
)
# The marks that zalgo is made of: every one that normalizing puts into an order (its combining class is not 0), the
# vowel signs of Devanagari, Thai, Lao and Tibetan, variation selectors, and the joiners, which would otherwise hide a
# tower in pieces.
_MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    r"\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0902\u093a\u093c\u0941-\u0948\u094d"
    r"\u0951-\u0957\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f7e\u0f80-\u0f84"
    r"\u0f86\u0f87\u0f8d-\u0fbc\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    r"\u05c8\u05c9\u0711\u0730-\u074a\u07eb-\u07f3\u07fd\u0816-\u0819\u081b-\u0823\u0825-\u0827\u0829-\u082d"
    r"\u0859-\u085b\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff\u09bc\u09cd\u09fe\u0a3c\u0a4d\u0abc\u0acd\u0b3c\u0b4d"
    r"\u0bcd\u0c3c\u0c4d\u0c55\u0c56\u0cbc\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u0f18\u0f19\u0f35\u0f37\u0f39\u0fc6"
    r"\u1037\u1039\u103a\u108d\u135d-\u135f\u1714\u1715\u1734\u17d2\u17dd\u18a9\u1939-\u193b\u1a17\u1a18\u1a60"
    r"\u1a75-\u1a7c\u1a7f\u1b34\u1b44\u1b6b-\u1b73\u1baa\u1bab\u1be6\u1bf2\u1bf3\u1c37\u1cd0-\u1cd2\u1cd4-\u1ce0"
    r"\u1ce2-\u1ce8\u1ced\u1cf4\u1cf8\u1cf9\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f"
    r"\ua674-\ua67d\ua69e\ua69f\ua6f0\ua6f1\ua806\ua82c\ua8c4\ua8e0-\ua8f1\ua92b-\ua92d\ua953\ua9b3\ua9c0\uaab0"
    r"\uaab2-\uaab4\uaab7\uaab8\uaabe\uaabf\uaac1\uaaf6\uabed\ufb1e"
)
_MARKS_ABOVE = (
    r"\U000101fd\U000102e0\U00010376-\U0001037a\U00010a0d\U00010a0f\U00010a38-\U00010a3a\U00010a3f\U00010ae5"
    r"\U00010ae6\U00010d24-\U00010d27\U00010d69-\U00010d6d\U00010eab\U00010eac\U00010ecb-\U00010ecf"
    r"\U00010ef0-\U00010efb\U00010efd-\U00010eff\U00010f46-\U00010f50\U00010f82-\U00010f85\U00011046\U00011070"
    r"\U0001107f\U000110b9\U000110ba\U00011100-\U00011102\U00011133\U00011134\U00011173\U000111c0\U000111ca"
    r"\U00011235\U00011236\U000112e9\U000112ea\U0001133b\U0001133c\U0001134d\U00011366-\U0001136c"
    r"\U00011370-\U00011374\U000113ce-\U000113d0\U00011442\U00011446\U0001145e\U000114c2\U000114c3\U000115bf"
    r"\U000115c0\U0001163f\U000116b6\U000116b7\U0001172b\U00011839\U0001183a\U0001193d\U0001193e\U00011943"
    r"\U000119e0\U00011a34\U00011a47\U00011a99\U00011c3f\U00011d42\U00011d44\U00011d45\U00011d97\U00011f41"
    r"\U00011f42\U0001612f\U00016af0-\U00016af4\U00016b30-\U00016b36\U00016ff0\U00016ff1\U0001bc9e\U0001d127"
    r"\U0001d128\U0001d165-\U0001d169\U0001d16d-\U0001d172\U0001d17b-\U0001d182\U0001d185-\U0001d18b"
    r"\U0001d1aa-\U0001d1ad\U0001d242-\U0001d244\U0001d250-\U0001d252\U0001d25b\U0001d25c\U0001d25f\U0001d280"
    r"\U0001d281\U0001e000-\U0001e006\U0001e008-\U0001e018\U0001e01b-\U0001e021\U0001e023\U0001e024"
    r"\U0001e026-\U0001e02a\U0001e08f\U0001e130-\U0001e136\U0001e2ae\U0001e2ec-\U0001e2ef\U0001e4ec-\U0001e4ef"
    r"\U0001e5ee\U0001e5ef\U0001e6e3\U0001e6e6\U0001e6ee\U0001e6ef\U0001e6f5\U0001e8d0-\U0001e8d6"
    r"\U0001e944-\U0001e94a"
)
_MARK = f"[{_MARKS}]"
_MARK_TOWER = f"({_MARK}{{{MARKS_AT_MOST}}}){_MARK}+"
# The marks of both planes are looked for only where a text has letters of the second: such a class is a hundred times
# slower (CPython looks at each of its ranges in turn).
_ABOVE = "[\U00010000-\U0001efff]"
_MAY_BE_MARK = f"[{_MARKS}\U00010000-\U0001efff]"  # composed text has none
_ANY_MARK = f"[{_MARKS}{_MARKS_ABOVE}]"
_ANY_MARK_TOWER = f"({_ANY_MARK}{{{MARKS_AT_MOST}}}){_ANY_MARK}+"
# Whatever any of these would change, and the planes above but for emoji: text without it passes after one look.
_ODD = f"[\r\x0b\x0c\x85\u2028\u2029{_SPACES[1:-1]}{_UNWANTED[1:-1]}\U00010000-\U0001f2ff\U0001fb00-\U0010ffff]"
# Letters, digits, stops and ideographs that none of these would change and that NFC leaves alone, whatever stands
# beside them: what most pages are made of passes after this one look. Some others pass too, after more looks.
_NOT_PLAIN = (
    "[^\n -~\xa0-\xac\xae-\u02ff\u0400-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]"
)
_LONE_SURROGATE = "[\ud800-\udfff]"
_ACTS_IN_JSON = f"[\x85\u2028\u2029{_UNWANTED[1:-1]}]".replace("\x00-\x08\x0e-\x1f", "")
_BLANKS = re.compile(r"\n{3,}")


class _Bare(dict[int, int | str | None]):
    """What is left of each character after folding: nothing of a mark. Learned as characters are met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = kept = None if unicodedata.category(chr(code)) == "Mn" else code
        return kept


_LETTERS = {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe"}
_BARE = _Bare({ord(letter): plain for letter, plain in _LETTERS.items()})


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile when first used: these take longer than a reader's first paint can spare, which needs none of them."""
    return re.compile(pattern)


def clean(text: str) -> str:
    """Return `text` with nothing in it that acts: no control codes but newline, no bidi controls, NFC.

    Lines stay lines (every kind of line end becomes a newline), tabs and odd spaces become one space each, no-break
    spaces stay. Escape sequences go whole, so that their parameters do not stay behind as letters. Runs of spaces are
    left as they are: code keeps its indent. `clean(clean(x)) == clean(x)`.
    """
    if (text.isascii() and text.isprintable()) or not _compiled(_NOT_PLAIN).search(text):
        return text
    if (
        not _compiled(_ODD).search(text)
        and not (_compiled(_MARK).search(text) and _compiled(_MARK_TOWER).search(text))
        and unicodedata.is_normalized("NFC", text)
    ):
        return text
    # Taking one thing out can bring two halves of another together (ESC, NUL, "["), and NFC can be undone by a cut,
    # so go round until nothing changes; every round only shortens or composes.
    while True:
        before = text
        text = _compiled(_NEWLINES).sub("\n", text)
        text = _compiled(_SEQUENCES).sub("", text)
        text = _compiled(_UNWANTED).sub("", text)
        text = _compiled(_SUPPLEMENTARY_NONCHARACTERS).sub("", text)
        text = _compiled(_SPACES).sub(" ", text)
        text = unicodedata.normalize("NFC", without_towers(text))
        if text == before:
            return text


def without_towers(text: str) -> str:
    """Return `text` with no more than `MARKS_AT_MOST` marks on one letter. So it is normalized in time that grows with
    its length: the marks of a letter are put into an order one by one."""
    if text.isascii() or not _compiled(_MAY_BE_MARK).search(text):
        return text
    tower = _ANY_MARK_TOWER if _compiled(_ABOVE).search(text) else _MARK_TOWER
    return _compiled(tower).sub(r"\1", text)


def clean_line(text: str, limit: int | None = None) -> str:
    """Return `text` cleaned, as one line: every run of white space one space, none at the ends.

    With `limit`, at most so many characters, the last of them `…` where something was cut.
    """
    line = " ".join(clean(text).split())
    if limit is not None and len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return line


def clean_lines(text: str) -> str:
    """Return `text` cleaned, with no space at either end of a line and none but single blank lines."""
    return _BLANKS.sub("\n\n", "\n".join(line.strip() for line in clean(text).split("\n"))).strip()


def inert(text: str) -> str:
    """Return `text` with nothing in it that acts, and otherwise as it is: for what is printed, as file names are.

    As `clean`, but letters and spaces keep their spelling, tabs stay, and a byte that was no text (a lone surrogate:
    PEP 383) is a replacement character. `inert(inert(x)) == inert(x)`.
    """
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    text = _compiled(_LONE_SURROGATE).sub("\ufffd", text)
    while True:
        before = text
        text = _compiled(_SEQUENCES).sub("", _compiled(_NEWLINES).sub("\n", text))
        text = _compiled(_SUPPLEMENTARY_NONCHARACTERS).sub("", _compiled(_UNWANTED).sub("", text))
        if text == before:
            return text


def escaped_json(document: str) -> str:
    """Return a JSON document (or several, a line each) that says the same, with what acts in a terminal as `\\uXXXX`.

    Encoders write C1, DEL and bidi controls as they are (RFC 8259 section 7 asks only for C0), and JSON has none of
    them outside of strings. White space between values stays.
    """
    if document.isascii() and "\x7f" not in document:
        return document
    return _compiled(_ACTS_IN_JSON).sub(_escape, document)


def _escape(found: re.Match[str]) -> str:
    units = found.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{int.from_bytes(units[at : at + 2]):04x}" for at in range(0, len(units), 2))


def fold(text: str) -> str:
    """Return what two spellings of the same words have in common: no case, no accents, `đ` as `d`.

    For comparing and searching only, never for showing. Decomposes, so also NFC and NFD fold alike.
    """
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFD", without_towers(text.casefold()))
    return unicodedata.normalize("NFC", decomposed.translate(_BARE))

"""Text -> CommonMark that says it and nothing else: what would be read as markup or as an entity is escaped. Pure."""

import re

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
"""What CommonMark lets a backslash escape."""

MANY = 100
"""Opening brackets in one text, above which each is escaped: a parser looks for the end of each, over and over."""

_SPECIAL = re.compile(r"[\\`*_\[\]~<&|]")
_ENTITY = re.compile(r"&#?\w{1,40};")
_UNSAFE = re.compile(r"[()<>\\\s\"*_`|~]")
_LINE_START = re.compile(
    r"(?m)^(?:(#{1,6}(?=[ ]|$)|>|[*+=-](?=[ ]|$)|=+[ ]*$|-+[ ]*$|[|:-](?=[|: -]*-[|: -]*$))"
    r"|(\d{1,9})([.)])(?=[ ]|$))"
)
_STARTS = frozenset("#>*+=-|:")
_DEFINITION = re.compile(r"\A\[(?:\^\d+\](?=:)|(?=(?:[^\[\]\\]|\\.)*\]:))", re.S)
_CLOSING_MARKS = re.compile(r"(?:\A|(?<= ))(#+)\Z")


def escape(text: str, *, brackets: bool = False, cell: bool = False) -> str:
    """Return text with a backslash before what CommonMark, footnotes or strikethrough would read as markup or as an
    entity, and before nothing else. `brackets` says that it stands in a link's text, `cell` in a table's cell.

    What is markup only where a block begins is left as it is: see `paragraph` and `heading`.
    """
    if not _SPECIAL.search(text):
        return text
    many = text.count("[") > MANY

    def judge(found: re.Match[str]) -> str:
        character, at = found.group(), found.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if character == "\\":
            act = not after or after in PUNCTUATION
        elif character == "*":
            act = not (before == after == " ")
        elif character == "_":
            act = not (before == after == " ") and not (before.isalnum() and after.isalnum())
        elif character == "[":
            act = brackets or many or after == "^"
        elif character == "]":
            act = brackets or after == "("
        elif character == "~":
            act = "~" in (before, after)
        elif character == "<":
            act = after in ("/", "!", "?") or (after.isascii() and after.isalpha())
        elif character == "&":
            act = _ENTITY.match(text, at) is not None
        else:
            act = character == "`" or cell
        return f"\\{character}" if act else character

    return _SPECIAL.sub(judge, text)


def heading(level: int, text: str) -> str:
    """Return escaped text of one line as a heading; "" where there is none."""
    return f"{'#' * level} {_CLOSING_MARKS.sub(_backslash, text)}" if text else ""


def paragraph(text: str) -> str:
    """Return escaped text as a paragraph: with a backslash before what is markup at the start of a line, and where it
    would define a link."""
    if text[:1] in _STARTS or text[:1].isdecimal() or "\n" in text:
        text = _LINE_START.sub(_escape_start, text)
    if not text.startswith("["):
        return text
    return _DEFINITION.sub(lambda found: f"{found.group()}\\" if "^" in found.group() else "\\[", text)


def _escape_start(found: re.Match[str]) -> str:
    mark, number, dot = found.groups()
    return f"\\{mark}" if mark else f"{number}\\{dot}"


def _backslash(found: re.Match[str]) -> str:
    return f"\\{found.group()}"


def destination(url: str) -> str:
    """Return an absolute URL as a link's destination: brackets and what would end it percent-encoded."""
    return _UNSAFE.sub(lambda c: c.group() if c.group() in "*_~" else f"%{ord(c.group()):02X}", url)

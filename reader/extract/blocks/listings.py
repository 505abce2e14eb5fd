"""Listings of code: their lines and indents as they were written, without the numbers that a page shows beside them."""

import re
from itertools import islice

from lxml import etree

from reader.extract.blocks.inline import ContentBlock, make_block
from reader.extract.dom.name_patterns import name_matcher
from reader.extract.dom.node import raw_text, spaced_text
from reader.text import clean

_LANGUAGE = re.compile(
    r"(?:^|[\s_-])(?:lang(?:uage)?|highlight-source|brush:|highlight)[-_ :]+(?P<name>[\w+#-]{1,20})", re.I
)
_NAMED = re.compile(r"(?P<name>[\w+#-]{1,20})\Z")
_NO_LANGUAGE = frozenset(
    (
        "none",
        "text",
        "plain",
        "plaintext",
        "code",
        "en",
        "chroma",
        "highlighter",
        "notranslate",
        "rouge",
        "source",
        "table",
        "wrapper",
        "tab-size",
        "line-numbers",
    )
)
_GUTTER = re.compile(
    r"(?:^|[\s_-])(?:gutter|gl|line-?nos?|line-?nums?|line-?numbers?(?:-rows)?|blob-num|ln|lnt|ln-n|hljs-ln-numbers|"
    r"crayon-nums?|react-code-line-number)(?:$|[\s_-])",
    re.I,
)
"""Classes of what holds the numbers of lines: Pygments, Rouge, Hugo, Hexo, SyntaxHighlighter, GitHub, Crayon."""
_is_gutter_name = name_matcher(_GUTTER)
_LITERALS = re.compile(r"(?:^|\s)(?:mi|mf|m|il|(?:hljs-|cm-)?(?:number|literal))(?:$|\s)", re.I)
"""Classes of the numbers that are code."""
_NUMBERED = "\x00"
_NUMBERS = re.compile(r"\s*(?:\d{1,6}[.:]?\s*)*\Z")
_UNSELECTABLE = re.compile(r"user-select\s*:\s*none", re.I)
_LINE_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table-row)\b", re.I)
_LINE_TAGS = frozenset(("div", "li", "p", "tr", "ol", "ul", "table", "tbody", "section", "article"))
_CODE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:code|highlight\w*|chroma|rouge\w*|syntaxhighlighter|crayon\w*|blob-code|blob-wrapper|hljs\w*|lntable|"
    r"listing)(?:$|[\s_-])",
    re.I,
)
_ONE_LINE = re.compile(
    r"(?:^|\s)(?:line|code-?line|token-line|view-line|cm-line|CodeMirror-line|ace_line|crayon-line|source-line|hljs-line)"
    r"(?:\s|\Z)"
)
_KEEPS_LINES = re.compile(r"white-space\s*:\s*pre", re.I)
_MONOSPACE = re.compile(r"font(?:-family)?\s*:[^;]*(?:mono|courier|consolas|menlo)", re.I)
_NO_CODE = frozenset(("button", "script", "style", "svg", "select", "template"))
"""What stands in a listing and is no code: the button that copies it."""
_MOST_ROWS = 5000


def listing_block(source: etree._Element, elements: list[etree._Element] | None = None) -> ContentBlock | None:
    """Return the block of a listing, or None where it says nothing. `elements` hold its lines, a line each, where it is
    a table; otherwise all of `source` is code."""
    # A tab is an indent in code; `clean` would make one space of it.
    lines = [_code_text(element).strip("\n") for element in elements] if elements else [_code_text(source)]
    text = clean("\n".join(lines).expandtabs(4).replace("\xa0", " ")).strip("\n")
    if not text.strip():
        return None
    if _is_only_numbers(text) and _numbers_the_next(source):
        return None
    out = etree.Element("pre")
    out.text = text
    language = _language(source)
    if language:
        out.set("data-language", language)
    return make_block("pre", out, source)


def code_cells(table: etree._Element) -> list[etree._Element] | None:
    """Return the cells with the code of a table that lays out a listing, in order: beside each stands a cell with
    numbers of lines, or with nothing. None for any other table."""
    found: list[etree._Element] = []
    numbered = False
    numbers: list[str] = []
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if not cells or len(found) > _MOST_ROWS:
            return None
        *before, code = cells
        if len(before) > 2 or not all(_is_gutter(cell) for cell in before):
            return None
        numbered = numbered or any(
            _GUTTER.search(cell.get("class") or "")
            or cell.get("data-line-number")
            or next(cell.iter("pre"), None) is not None
            for cell in before
        )
        numbers.extend(raw_text(cell).strip() for cell in before[:1])
        found.append(code)
    around = (table, *islice(table.iterancestors(), 3))
    counted = len(numbers) == len(found) and _counts(numbers) and any(map(_is_called_code, around))
    if not found or not (numbered or counted):
        return None
    coded = all(_is_called_code(cell) or next(cell.iter("pre", "code"), None) is not None for cell in found)
    return found if coded or any(e.tag in ("pre", "code") or _is_called_code(e) for e in around) else None


def _is_called_code(element: etree._Element) -> bool:
    return _CODE_NAMES.search(element.get("class") or "") is not None


def _is_gutter(cell: etree._Element) -> bool:
    return _NUMBERS.match(raw_text(cell)) is not None


def _language(source: etree._Element) -> str | None:
    for element in (source, *source.iter("code"), *islice(source.iterancestors(), 3)):
        given = element.get("data-lang") or element.get("data-language") or element.get("lang") or ""
        for found in (_LANGUAGE.search(element.get("class") or ""), _NAMED.match(given)):
            if found and found["name"].lower() not in _NO_LANGUAGE:
                return found["name"].lower()
    return None


def _code_text(element: etree._Element) -> str:
    """Return the text of code, with a line end after each element that is a line of its own."""
    pieces: list[str] = []
    _gather(element, pieces, _counting(element))
    return "".join(pieces)


def _counting(listing: etree._Element) -> frozenset[etree._Element]:
    """Return the elements that number the lines of a listing, whatever their class: all of one class, each at the
    beginning of a line, one in each line, and counting up."""
    groups: dict[tuple[str, str], list[etree._Element]] = {}
    for part in listing.iter():
        if (named := part.get("class")) and part is not listing:
            # The number may be in the class, too: `ln ln-1`.
            for name in {named, named.split(None, 1)[0]} if named.strip() else ():
                groups.setdefault((str(part.tag), name), []).append(part)
    for (_, named), group in groups.items():
        if _LITERALS.search(named) or not _counts([raw_text(part).strip(" \t\r\n\xa0:|") for part in group]):
            continue
        numbers = frozenset(group)
        pieces: list[str] = []
        _gather(listing, pieces, numbers, _NUMBERED)
        lines = [line.strip() for line in "".join(pieces).split("\n") if line.strip()]
        rest = [line[1:].lstrip() for line in lines if line.startswith(_NUMBERED) and _NUMBERED not in line[1:]]
        if len(rest) == len(lines) and any(rest) and not any(line.startswith((",", ";", ")", ".")) for line in rest):
            return numbers
    return frozenset()


def _counts(numbers: list[str]) -> bool:
    """Whether texts are two numbers or more, each one more than that before it."""
    if len(numbers) < 2 or not all(number.isascii() and number.isdecimal() and len(number) < 7 for number in numbers):
        return False
    first = int(numbers[0])
    return [int(number) for number in numbers] == list(range(first, first + len(numbers)))


def _gather(
    element: etree._Element, pieces: list[str], numbers: frozenset[etree._Element] = frozenset(), mark: str = ""
) -> None:
    """Collect the text of code without the `numbers` of its lines, and without those that their names tell. `mark`
    stands for each of them."""
    glued = _are_lines(element)
    if element.text:
        pieces.append(element.text)
    for child in element:
        if child in numbers:
            pieces.extend(mark)
        elif isinstance(child.tag, str) and not _is_number(child) and child.tag not in _NO_CODE:
            if child.tag == "br":
                pieces.append("\n")
            elif glued or _is_line(child):
                _line(child, pieces, numbers, mark)
            else:
                _gather(child, pieces, numbers, mark)
        if child.tail and not (child.tail.isspace() and "\n" in child.tail and _at_line(pieces) and _is_line(child)):
            pieces.append(child.tail)


def _line(child: etree._Element, pieces: list[str], numbers: frozenset[etree._Element], mark: str) -> None:
    if not _at_line(pieces):
        pieces.append("\n")
    before = len(pieces)
    _gather(child, pieces, numbers, mark)
    if len(pieces) == before or not _at_line(pieces):
        pieces.append("\n")


def _is_line(element: etree._Element) -> bool:
    return element.tag in _LINE_TAGS or _LINE_STYLE.search(element.get("style") or "") is not None


def _are_lines(element: etree._Element) -> bool:
    """Whether the elements in a listing are its lines, without any line end between them."""
    if len(element) < 2 or any((child.tail or "").strip() for child in element):
        return False
    nested = element.tag in ("pre", "code")
    if not all((nested and child.tag == "code") or _ONE_LINE.search(child.get("class") or "") for child in element):
        return False
    return "\n" not in raw_text(element).strip() and next(element.iter("br"), None) is None


def _is_only_numbers(text: str) -> bool:
    """Whether a listing counts from one on, a number a line."""
    numbers = text.split()
    return len(numbers) > 1 and numbers == [str(n + 1) for n in range(len(numbers))]


def _numbers_the_next(source: etree._Element) -> bool:
    """Whether a listing of code stands right after an element, or after the box that holds it alone."""
    for element in (source, *islice(source.iterancestors(), 2)):
        following = element.getnext()
        if following is not None:
            return following.tag in ("pre", "code") or next(following.iter("pre"), None) is not None
        if (element.tail or "").strip():
            break
    return False


def is_gutter(element: etree._Element) -> bool:
    """Say whether an element outside a listing holds the numbers of the lines of the one that follows."""
    name = element.get("class")
    if not name or not _is_gutter_name(name):
        return False
    return _is_only_numbers(spaced_text(element)) and _numbers_the_next(element)


def is_listing(element: etree._Element) -> bool:
    """Say whether an element that stands in no `pre` is code of several lines: a `code`, or what its style says is."""
    style = element.get("style") or ""
    if style and _KEEPS_LINES.search(style) and (element.tag == "code" or _MONOSPACE.search(style)):
        return "\n" in raw_text(element).strip()
    return element.tag == "code" and next(element.iter("br"), None) is not None and bool(raw_text(element).strip())


def _at_line(pieces: list[str]) -> bool:
    return not pieces or pieces[-1].endswith("\n")


def _is_number(element: etree._Element) -> bool:
    """Whether an element in a listing shows the number of a line, or of all lines."""
    if not (_GUTTER.search(element.get("class") or "") or _UNSELECTABLE.search(element.get("style") or "")):
        return False
    return _NUMBERS.match(raw_text(element)) is not None

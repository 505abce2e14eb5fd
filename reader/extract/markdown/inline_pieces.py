"""Text with what is marked in it -> one line (or lines) of CommonMark: emphasis, links, code, marks of footnotes.

The words of an element become a row of pieces; spaces move out of what is marked, marks that CommonMark would not take
as such are dropped, and only then is the text escaped, as the reader will meet it.
"""

import re
import unicodedata
from dataclasses import dataclass

from lxml import etree

from reader.text.commonmark import PUNCTUATION, destination, escape

# Single spaces, which are most of them, are left as they are.
_SPACES = re.compile("[\t\r\n\f\xa0\u2007\u202f][ \t\r\n\f\xa0\u2007\u202f]*| [ \t\r\n\f\xa0\u2007\u202f]+")
_TITLE = re.compile(r'["\\]|&(?=#?\w{1,40};)')
_TICKS = re.compile("`+")
_MARKS = {"strong": "**", "em": "*", "del": "~~"}


@dataclass(slots=True, eq=False)
class _Piece:
    """`kind`: text, space, break, code, raw (written as it is), open or close. `mark` is what opens or closes, `[` a
    link; `pair` is the other end."""

    kind: str
    text: str = ""
    mark: str = ""
    pair: "_Piece | None" = None


def _spaced(text: str) -> str:
    """Return text with one plain space for each run of spaces."""
    # No-break spaces, tabs and line ends are none of Python's printable characters.
    return text if text.isprintable() and "  " not in text else _SPACES.sub(" ", text)


def inline_text(element: etree._Element, *, bold: bool = True, one_line: bool = False, cell: bool = False) -> str:
    """Return what stands in a clean element, as CommonMark. `bold` False leaves strong words plain (a heading is bold
    by itself), `one_line` writes a line break as a space, `cell` escapes what would end a table's cell.

    What is markup at the start of a line only is not escaped here.
    """
    if len(element) == 0:
        text = element.text
        return escape(_spaced(text).strip(" "), cell=cell) if text else ""
    pieces: list[_Piece] = []
    _gather(element, pieces, frozenset() if bold else frozenset(("strong",)), one_line=one_line)
    pieces = _joined_runs(_tidied(pieces))
    if any(piece.kind == "open" and piece.mark != "[" for piece in pieces):
        _drop_marks_that_would_show(pieces)
    return _written(pieces, cell=cell)


def _gather(element: etree._Element, pieces: list[_Piece], inside: frozenset[str], *, one_line: bool) -> None:
    _text(element.text, pieces)
    for child in element:
        tag = str(child.tag)
        if tag == "br":
            pieces.append(_Piece("space" if one_line else "break"))
        elif tag == "img":
            pieces.append(_Piece("raw", _image(child)))
        elif child.get("data-ref"):
            pieces.append(_Piece("raw", f"[^{child.get('data-ref')}]"))
        elif tag == "code":
            _code(child, pieces)
        elif tag not in inside and (tag in _MARKS or (tag == "a" and child.get("href"))):
            mark = _MARKS.get(tag, "[")
            opening, closing = _Piece("open", "", mark), _Piece("close", child.get("href") or "", mark)
            opening.pair, closing.pair = closing, opening
            pieces.append(opening)
            _gather(child, pieces, inside | {tag}, one_line=one_line)
            pieces.append(closing)
        else:
            _gather(child, pieces, inside, one_line=one_line)
        _text(child.tail, pieces)


def _text(text: str | None, pieces: list[_Piece]) -> None:
    if not text:
        return
    text = _spaced(text)
    if text[0] == " ":
        pieces.append(_Piece("space"))
    bare = text.strip(" ")
    if bare:
        pieces.append(_Piece("text", bare))
        if text[-1] == " ":
            pieces.append(_Piece("space"))


def _code(element: etree._Element, pieces: list[_Piece]) -> None:
    text = _SPACES.sub(" ", "".join(str(text) for text in element.itertext()))
    bare = text.strip(" ")
    if text.startswith(" "):
        pieces.append(_Piece("space"))
    if not bare:
        return
    if pieces and pieces[-1].kind == "code":
        # The ticks of two that touch would be read as one longer fence.
        pieces[-1].text += bare
    else:
        pieces.append(_Piece("code", bare))
    if text.endswith(" "):
        pieces.append(_Piece("space"))


def _image(image: etree._Element) -> str:
    title = _TITLE.sub(r"\\\g<0>", _SPACES.sub(" ", image.get("title") or ""))
    alt = escape(_SPACES.sub(" ", image.get("alt") or ""), brackets=True)
    return f"![{alt}]({destination(image.get('src') or '')}{f' {chr(34)}{title}{chr(34)}' if title else ''})"


def _tidied(pieces: list[_Piece]) -> list[_Piece]:
    """Move spaces and line breaks out of what is marked, drop what marks nothing, keep one space of several."""
    row: list[_Piece] = []
    for piece in pieces:
        at = len(row)
        if piece.kind == "close":
            while at and row[at - 1].kind in ("space", "break"):
                at -= 1
            if at and row[at - 1] is piece.pair:
                del row[at - 1]
                continue
        row.insert(at, piece)
    back: list[_Piece] = []
    for piece in reversed(row):
        at = len(back)
        if piece.kind == "open":
            while at and back[at - 1].kind in ("space", "break"):
                at -= 1
        back.insert(at, piece)
    row = []
    for piece in reversed(back):
        last = row[-1].kind if row else "break"
        if piece.kind == "space" and last in ("space", "break"):
            continue
        if piece.kind == "break":
            while row and row[-1].kind == "space":
                row.pop()
            if not row:
                continue
        row.append(piece)
    while row and row[-1].kind in ("space", "break"):
        row.pop()
    return row


def _joined_runs(row: list[_Piece]) -> list[_Piece]:
    """Make one run of two of a kind that touch, or have a space between them (`<b>so</b> <b>on</b>`)."""
    joined: list[_Piece] = []
    for piece in row:
        if piece.kind == "open" and piece.mark != "[":
            at = len(joined) - 1
            while at >= 0 and joined[at].kind == "space":
                at -= 1
            last = joined[at] if at >= 0 else None
            if last is not None and last.kind == "close" and last.mark == piece.mark and last.pair and piece.pair:
                last.pair.pair, piece.pair.pair = piece.pair, last.pair
                del joined[at]
                continue
        joined.append(piece)
    return joined


def _drop_marks_that_would_show(row: list[_Piece]) -> None:
    """Drop the marks that CommonMark would not take: a run that meets a letter on the outside and a stop on the inside
    (`**"so"**he`) is not flanking, and two runs that touch (`**a****b**`) are read as one."""
    before = dict(zip(row, [None, *row[:-1]], strict=True))
    after = dict(zip(row, [*row[1:], None], strict=True))
    gone: set[_Piece] = set()
    asked = [piece for piece in row if piece.kind == "open"]
    while asked:
        dropped = [piece for piece in dict.fromkeys(asked) if piece not in gone and not _stands(piece, before, after)]
        # Only what stood beside a mark that fell is asked again.
        asked = []
        for opening in dropped:
            for mark in filter(None, (opening, opening.pair)):
                gone.add(mark)
                left, right = before[mark], after[mark]
                if left is not None:
                    after[left] = right
                if right is not None:
                    before[right] = left
                for beside in filter(None, (left, right)):
                    one = beside.pair if beside.kind == "close" else beside
                    if one is not None and one.kind == "open":
                        asked.append(one)
    row[:] = [piece for piece in row if piece not in gone]


_Beside = dict[_Piece, _Piece | None]


def _stands(opening: _Piece, before: _Beside, after: _Beside) -> bool:
    """Say whether CommonMark takes a mark; `before` and `after` are what stands beside each piece."""
    closing = opening.pair
    if opening.mark == "[" or closing is None:
        return True
    outer, following = before[opening], after[closing]
    for beside in (outer, following):
        if (
            beside is not None
            and beside.kind in ("open", "close")
            and beside.mark[0] == opening.mark[0]
            and not (beside is following and beside.kind == "open")
        ):
            return False
    left, first = _edge(outer, last=True), _edge(after[opening], last=False)
    last, right = _edge(before[closing], last=True), _edge(following, last=False)
    if opening.mark[0] in (left, right) or (opening.mark == "~~" and "~" in (first, last)):
        return False
    return (first.isalnum() or _parts(left)) and (last.isalnum() or _parts(right))


def _edge(piece: _Piece | None, *, last: bool) -> str:
    """The character that a mark meets: "" at the end of a block."""
    if piece is None or piece.kind in ("space", "break"):
        return ""
    if piece.kind in ("text", "raw"):
        return piece.text[-1 if last else 0]
    if piece.kind == "code":
        return "`"
    # Another mark's edge is punctuation, and no text's asterisk.
    return "("


def _parts(character: str) -> bool:
    """Say whether CommonMark, old or new, takes a character for the edge of a word."""
    return not character or character in PUNCTUATION or unicodedata.category(character).startswith("P")


def _written(row: list[_Piece], *, cell: bool) -> str:
    written: list[str] = []
    links = 0
    run = ""
    last = len(row) - 1
    for at, piece in enumerate(row):
        if piece.kind == "text":
            run += piece.text
        elif piece.kind == "space":
            run += " "
        if piece.kind in ("text", "space") and at < last:
            continue
        if run:
            text = escape(run, brackets=links > 0, cell=cell)
            if run[0] == "(" and written and written[-1].startswith("[^"):
                text = "\\" + text
            bracket = (piece.kind == "open" and piece.mark == "[") or (piece.kind == "raw" and piece.text[0] == "[")
            written.append(text[:-1] + "\\!" if bracket and run[-1] == "!" else text)
            run = ""
        if piece.kind == "break":
            written.append("\\\n")
        elif piece.kind == "raw":
            written.append(piece.text)
        elif piece.kind == "code":
            written.append(_fenced(piece.text, cell=cell))
        elif piece.kind in ("open", "close"):
            link = piece.mark == "["
            links += (piece.kind == "open") - (piece.kind == "close") if link else 0
            written.append(f"]({destination(piece.text)})" if link and piece.kind == "close" else piece.mark)
    return "".join(written)


def _fenced(code: str, *, cell: bool) -> str:
    fence = "`" * (1 + max(map(len, _TICKS.findall(code)), default=0))
    code = f"{fence} {code} {fence}" if "`" in code else f"{fence}{code}{fence}"
    return code.replace("|", "\\|") if cell else code

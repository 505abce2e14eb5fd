"""Text with emphasis, links, code and footnote references -> a row of pieces that CommonMark can say.

This is the step before the conversion to Markdown: spaces move out of emphasis, runs of one kind that touch are joined,
and emphasis that CommonMark would show as plain asterisks is dropped. Nothing is escaped here, no Markdown written.
"""

import re
import unicodedata
from dataclasses import dataclass

from lxml import etree

from reader.text.markdown_escape import PUNCTUATION

# Single spaces, which are most of them, are left as they are.
_SPACES = re.compile("[\t\r\n\f\xa0\u2007\u202f][ \t\r\n\f\xa0\u2007\u202f]*| [ \t\r\n\f\xa0\u2007\u202f]+")
_MARKS = {"strong": "**", "em": "*", "del": "~~"}


@dataclass(slots=True, eq=False)
class Piece:
    """A part of an element's text.

    `kind` is `text`, `space`, `break` (a line break), `code`, `reference` (of a footnote; its label is `text`), `image`
    (the element is `image`), or `open` and `close`: the two ends of what is marked, each the other's `pair`. `tag` is
    what they open and close: `strong`, `em`, `del`, or `a`, where the address is the `text` of `open`.
    """

    kind: str
    text: str = ""
    tag: str = ""
    pair: "Piece | None" = None
    image: etree._Element | None = None


def spaced(text: str) -> str:
    """Return text with one plain space for each run of spaces."""
    # No-break spaces, tabs and line ends are none of Python's printable characters.
    return text if text.isprintable() and "  " not in text else _SPACES.sub(" ", text)


def inline_pieces(element: etree._Element, *, bold: bool = True, one_line: bool = False) -> list[Piece]:
    """Return what stands in a clean element, tidied; nothing where it says nothing. `bold` False leaves strong words
    plain (a heading is bold by itself), `one_line` takes a line break for a space.

    Every `open` has its `close`, and they nest; no piece of space stands at an end, or beside another.
    """
    if len(element) == 0:
        text = spaced(element.text or "").strip(" ")
        return [Piece("text", text)] if text else []
    pieces: list[Piece] = []
    _gather(element, pieces, frozenset() if bold else frozenset(("strong",)), one_line=one_line)
    pieces = _joined_runs(_tidied(pieces))
    if any(piece.kind == "open" and piece.tag != "a" for piece in pieces):
        _drop_marks_that_would_show(pieces)
        _join_code_that_touches(pieces)
    return pieces


def _gather(element: etree._Element, pieces: list[Piece], inside: frozenset[str], *, one_line: bool) -> None:
    _text(element.text, pieces)
    for child in element:
        tag = str(child.tag)
        if tag == "br":
            pieces.append(Piece("space", " ") if one_line else Piece("break"))
        elif tag == "img":
            pieces.append(Piece("image", image=child))
        elif child.get("data-ref"):
            pieces.append(Piece("reference", child.get("data-ref") or ""))
        elif tag == "code":
            _code(child, pieces)
        elif tag not in inside and (tag in _MARKS or (tag == "a" and child.get("href"))):
            opening, closing = Piece("open", child.get("href") or "", tag), Piece("close", "", tag)
            opening.pair, closing.pair = closing, opening
            pieces.append(opening)
            _gather(child, pieces, inside | {tag}, one_line=one_line)
            pieces.append(closing)
        else:
            _gather(child, pieces, inside, one_line=one_line)
        _text(child.tail, pieces)


def _text(text: str | None, pieces: list[Piece]) -> None:
    if not text:
        return
    text = spaced(text)
    if text[0] == " ":
        pieces.append(Piece("space", " "))
    bare = text.strip(" ")
    if bare:
        pieces.append(Piece("text", bare))
        if text[-1] == " ":
            pieces.append(Piece("space", " "))


def _code(element: etree._Element, pieces: list[Piece]) -> None:
    text = spaced("".join(str(text) for text in element.itertext()))
    bare = text.strip(" ")
    if text.startswith(" "):
        pieces.append(Piece("space", " "))
    if not bare:
        return
    if pieces and pieces[-1].kind == "code":
        # The ticks of two that touch would be read as one longer fence.
        pieces[-1].text += bare
    else:
        pieces.append(Piece("code", bare))
    if text.endswith(" "):
        pieces.append(Piece("space", " "))


def _tidied(pieces: list[Piece]) -> list[Piece]:
    """Move spaces and line breaks out of what is marked, drop what marks nothing, keep one space of several."""
    row: list[Piece] = []
    for piece in pieces:
        at = len(row)
        if piece.kind == "close":
            while at and row[at - 1].kind in ("space", "break"):
                at -= 1
            if at and row[at - 1] is piece.pair:
                del row[at - 1]
                continue
        row.insert(at, piece)
    back: list[Piece] = []
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


def _joined_runs(row: list[Piece]) -> list[Piece]:
    """Make one run of two of a kind that touch, or have a space between them (`<b>so</b> <b>on</b>`)."""
    joined: list[Piece] = []
    for piece in row:
        if piece.kind == "open" and piece.tag != "a":
            at = len(joined) - 1
            while at >= 0 and joined[at].kind == "space":
                at -= 1
            last = joined[at] if at >= 0 else None
            if last is not None and last.kind == "close" and last.tag == piece.tag and last.pair and piece.pair:
                last.pair.pair, piece.pair.pair = piece.pair, last.pair
                del joined[at]
                continue
        joined.append(piece)
    return joined


def _drop_marks_that_would_show(row: list[Piece]) -> None:
    """Drop the marks that CommonMark would not take: a run that meets a letter on the outside and a stop on the inside
    (`**"so"**he`) is not flanking, and two runs that touch (`**a****b**`) are read as one."""
    before = dict(zip(row, [None, *row[:-1]], strict=True))
    after = dict(zip(row, [*row[1:], None], strict=True))
    gone: set[Piece] = set()
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


def _join_code_that_touches(row: list[Piece]) -> None:
    """Make one of two pieces of code between which a mark fell or two runs were joined: the ticks of two that touch
    would be read as one longer fence."""
    for at in range(len(row) - 1, 0, -1):
        if row[at].kind == row[at - 1].kind == "code":
            row[at - 1].text += row[at].text
            del row[at]


_Beside = dict[Piece, Piece | None]


def _stands(opening: Piece, before: _Beside, after: _Beside) -> bool:
    """Say whether CommonMark takes a mark; `before` and `after` are what stands beside each piece."""
    closing = opening.pair
    if opening.tag == "a" or closing is None:
        return True
    mark = _MARKS[opening.tag]
    outer, following = before[opening], after[closing]
    for beside in (outer, following):
        if (
            beside is not None
            and beside.kind in ("open", "close")
            and _MARKS.get(beside.tag, "[")[0] == mark[0]
            and not (beside is following and beside.kind == "open")
        ):
            return False
    left, first = _edge(outer, last=True), _edge(after[opening], last=False)
    last, right = _edge(before[closing], last=True), _edge(following, last=False)
    if mark[0] in (left, right) or (mark == "~~" and "~" in (first, last)):
        return False
    return (first.isalnum() or _parts(left)) and (last.isalnum() or _parts(right))


def _edge(piece: Piece | None, *, last: bool) -> str:
    """The character that a mark meets: "" at the end of a block."""
    if piece is None or piece.kind in ("space", "break"):
        return ""
    if piece.kind == "text":
        return piece.text[-1 if last else 0]
    # All others begin and end with punctuation, which is no text's asterisk: `[`, `!`, a backtick, another mark.
    return "("


def _parts(character: str) -> bool:
    """Say whether CommonMark, old or new, takes a character for the edge of a word."""
    return not character or character in PUNCTUATION or unicodedata.category(character).startswith("P")

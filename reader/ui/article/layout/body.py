"""The blocks of a story's body as lines: paragraphs, headings, quotes, lists, figures, footnotes, the end mark.

Tables and code have modules of their own. Every function takes the width it may fill and stays within it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rich.cells import cell_len

from reader.text import clean_line
from reader.ui.article.layout.code import code
from reader.ui.article.layout.inline import (
    Face,
    attribute,
    line_of,
    picture_of,
    picture_word,
    piece,
    pieces_of,
    style_of,
)
from reader.ui.article.layout.markdown import Node
from reader.ui.article.layout.table import table
from reader.ui.article.layout.values import Block, Draft, Piece, Press
from reader.ui.text.wrap import align_right, cells, is_rtl, settled, wrap
from reader.words import photo_by

ROOM_AT_LEAST = 12
"""Text is indented only while it keeps so many cells."""

_SPEAKER = re.compile(r"\s*(?:[—–―]|--)\s*")
_DOT = re.compile("[ \xa0]·[ \xa0]")
_LABELLED = re.compile(r"[\w ]{2,16}:\s", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Body:
    """A story's body: its blocks in order, and its footnotes apart, by label."""

    blocks: list[Block]
    notes: list[tuple[str, Block]]


def text_block(press: Press, pieces: list[Piece], width: int, face: Face, kind: str = "text") -> Block:
    """Wrapped text; a paragraph that runs from right to left stands at the right edge."""
    lines = wrap(pieces, width)
    if is_rtl("".join(text for text, _, _ in pieces)):
        lines = align_right(lines, width, style_of(press, replace(face, underline=False, spot=None)))
    return Block(lines, kind)


def figure(press: Press, image: str, caption: str, credit: str, width: int) -> Block:
    """`│ [picture] caption Photo: name`, caption dim and slanted, the name's words held together."""
    look = press.look
    words: list[Piece] = [picture_word(press, image, Face(look.dim))]
    if caption:
        words.append(piece(press, " " + _held(caption), Face(look.dim, italic=True)))
    if credit:
        named = credit if _LABELLED.match(credit) else photo_by(credit)
        words.append(piece(press, " " + _held(named.replace(" ", "\xa0")), Face(look.dim)))
    bar = piece(press, f"{look.glyphs.quote} ", Face(look.faint))
    lines = wrap(settled(words), width - 2 if width >= ROOM_AT_LEAST else width)
    return Block([[bar, *line] for line in lines] if width >= ROOM_AT_LEAST else lines, "figure")


def _held(text: str) -> str:
    """The text so that no line of it ends in a dot that parts two things: a line breaks before the dot."""
    return _DOT.sub(" ·\xa0", text)


def _figure_of(press: Press, node: Node, width: int) -> Block | None:
    image = picture_of(node.inline)
    if image is None:
        return None
    caption = line_of(_alt(image.children or (), image.content)).strip()
    return figure(press, attribute(image, "src"), clean_line(caption), attribute(image, "title"), width)


def _alt(children: Sequence[object], content: str) -> str:
    """A picture's text without markup: what its inline tokens say, else as written."""
    return "".join(str(getattr(child, "content", "")) or " " for child in children) or content


def stack(blocks: Sequence[Block]) -> list[Draft]:
    """Blocks under each other, with as many blank lines between two as the one that wants more of them asks for."""
    lines: list[Draft] = []
    space = 0
    for block in blocks:
        if not block.lines:
            continue
        if lines:
            lines.extend([] for _ in range(max(space, block.before)))
        lines.extend(block.lines)
        space = block.after
    return lines


def _heading(press: Press, node: Node, width: int) -> Block:
    look = press.look
    level = int(node.token.tag[1:] or 2)
    if level <= 2:
        face = Face(look.bright, bold=True)
    elif level == 3:
        face = Face(look.ink, bold=True)
    else:
        face = Face(look.ink, italic=True)
    block = text_block(press, pieces_of(press, node.inline, face), width, face, "heading")
    block.before = 2
    return block


def _quote(press: Press, node: Node, width: int, depth: int) -> Block:
    """Indented, behind a bar, slanted and bright; the speaker dim on a line of its own."""
    look = press.look
    roomy = width - 5 >= ROOM_AT_LEAST
    inner = width - 5 if roomy else width
    face = Face(look.bright, italic=True)
    blocks: list[Block] = []
    for child in node.children:
        if child.kind == "paragraph":
            blocks.extend(_quoted(press, child, inner, face))
        else:
            blocks.append(_block(press, child, inner, face, depth + 1))
    for said, following in pairwise(blocks):
        if following.kind == "speaker":
            said.after = 0
    lines = stack(blocks)
    if not roomy:
        return Block(lines, "quote")
    ground = piece(press, "  ", Face(look.ink))
    bar = piece(press, look.glyphs.quote, Face(look.faint))
    return Block([[ground, bar, *([ground, *line] if line else [])] for line in lines], "quote")


def _quoted(press: Press, node: Node, width: int, face: Face) -> list[Block]:
    """A paragraph of a quote; its speaker (after a dash, alone or on its last line) stands apart."""
    breaks = [i for i, child in enumerate(node.inline) if child.type in ("softbreak", "hardbreak")]
    split = breaks[-1] + 1 if breaks else 0
    last = "".join(child.content for child in node.inline[split:]).strip()
    if not _SPEAKER.match(last) or (split == 0 and len(last) > 120):
        return [text_block(press, pieces_of(press, node.inline, face), width, face)]
    dim = Face(press.look.dim)
    said = node.inline[: split - 1] if split else ()
    speaker = pieces_of(press, node.inline[split:], dim)
    speaker = [(_SPEAKER.sub("", speaker[0][0], count=1), *speaker[0][1:]), *speaker[1:]]
    blocks = [text_block(press, pieces_of(press, said, face), width, face)] if said else []
    by = text_block(press, [piece(press, f"{press.look.glyphs.dash}\xa0", dim), *speaker], width, dim, "speaker")
    by.before = 0
    return [*blocks, by]


def _list(press: Press, node: Node, width: int, face: Face, depth: int) -> Block:
    """A list: its mark dim, two cells in (nested: where the text above it begins), its text hanging."""
    look = press.look
    numbered = node.kind == "ordered_list"
    first = int(str(node.token.attrs.get("start", 1))) if numbered else 0
    count = len(node.children)
    marks = [
        f"{first + i}." if numbered else look.glyphs.bullet if depth == 0 else look.glyphs.nested for i in range(count)
    ]
    mark_width = max((len(mark) for mark in marks), default=1)
    indent = (2 if depth == 0 else 0) + mark_width + 1
    roomy = width - indent >= ROOM_AT_LEAST
    inner = width - indent if roomy else width
    blocks: list[Block] = []
    for mark, item in zip(marks, node.children, strict=True):
        parts = [_block(press, child, inner, face, depth + 1) for child in item.children]
        for part, child in zip(parts, item.children, strict=True):
            if child.kind in ("bullet_list", "ordered_list"):
                part.before = 0
        for part, following in pairwise(parts):
            if following.before == 0:
                part.after = 0
        lines = stack(parts) or [[]]
        if roomy:
            lead = piece(press, mark.rjust(indent - 1) + " ", Face(look.dim))
            blank = piece(press, " " * indent, Face(look.dim))
            lines = [[lead, *lines[0]], *([blank, *line] if line else line for line in lines[1:])]
        gap = 1 if len([part for part in parts if part.lines]) > 1 and not _is_nesting(item) else 0
        blocks.append(Block(lines, "item", before=gap, after=gap))
    return Block(stack(blocks), "list")


def _is_nesting(item: Node) -> bool:
    """Whether an item is one line of text and lists under it, which needs no air around it."""
    return all(child.kind in ("bullet_list", "ordered_list") for child in item.children[1:])


def _rule(press: Press, width: int) -> Block:
    """A break between two parts of a story: three dots, centred."""
    return Block(
        [[piece(press, press.look.glyphs.own("·  ·  ·").center(width)[:width].rstrip(), Face(press.look.dim))]], "rule"
    )


def _block(press: Press, node: Node, width: int, face: Face, depth: int) -> Block:
    """One block of any kind, within `width` cells. `depth` counts the lists it stands in."""
    kind = node.kind
    if kind == "heading":
        return _heading(press, node, width)
    if kind == "blockquote":
        return _quote(press, node, width, depth)
    if kind in ("bullet_list", "ordered_list"):
        return _list(press, node, width, face, depth)
    if kind == "table":
        return table(press, node, width)
    if kind in ("fence", "code_block"):
        return code(press, node.token.content, node.token.info, width)
    if kind == "hr":
        return _rule(press, width)
    if (drawn := _figure_of(press, node, width)) is not None:
        return drawn
    return text_block(press, pieces_of(press, node.inline, face), width, face)


def _note(press: Press, node: Node, width: int) -> tuple[str, Block]:
    """A footnote: its mark in link colour, its text dim and hanging."""
    look = press.look
    label = clean_line(str(node.token.meta["label"]))
    mark = f"[{label}] "
    indent = cell_len(mark)
    dim = Face(look.dim)
    pieces = pieces_of(press, node.inline, dim)
    if width - indent < ROOM_AT_LEAST:
        return label, Block(wrap([piece(press, mark, Face(look.link)), *pieces], width), "note", 0, 0)
    lines = wrap(pieces, width - indent) or [[]]
    lead, blank = piece(press, mark, Face(look.link)), piece(press, " " * indent, dim)
    return label, Block([[lead, *lines[0]], *([blank, *line] for line in lines[1:])], "note", 0, 0)


def body(press: Press, nodes: Sequence[Node], width: int) -> Body:
    """The story's blocks, and its footnotes apart: they stand under it."""
    ink = Face(press.look.ink)
    blocks: list[Block] = []
    notes: list[Node] = []
    for node in nodes:
        if node.kind == "note":
            notes.append(node)
        else:
            blocks.append(_block(press, node, width, ink, 0))
    blocks = [block for block in blocks if block.lines]
    while blocks and blocks[-1].kind == "rule":  # it parted the story from notes or links that stand elsewhere
        blocks.pop()
    if blocks:
        blocks[0].before = 1
    return Body(blocks, [_note(press, note, width) for note in notes])


def end_mark(press: Press, blocks: list[Block], colour: str, width: int, room: int) -> None:
    """Put `■` after the last word, a note's too, or under the last block where that is no text.

    It may hang over the measure, where `room` (cells from the text's left edge) allows it.
    """
    look = press.look
    mark: Draft = [(" ", look.style(look.ink), None), (look.glyphs.end, look.style(colour), None)]
    last = blocks[-1]
    worded = last.kind in ("text", "list", "note")
    if worded and last.lines and cells(last.lines[-1]) + 2 <= max(width, room):
        text = "".join(text for text, _, _ in last.lines[-1])
        if not is_rtl(text):
            last.lines[-1] = [*last.lines[-1], *mark]
            return
    if worded:
        last.lines.append([mark[1]])
    else:
        blocks.append(Block([[mark[1]]], "end"))

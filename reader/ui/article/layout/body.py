"""The blocks of a story's body as lines: paragraphs, headings, quotes, lists, figures, footnotes, the end mark.

Tables and code have modules of their own. Every function takes the width it may fill and stays within it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rich.cells import cell_len
from rich.style import Style

from reader.text import clean_line
from reader.ui.article.layout.code import code_block
from reader.ui.article.layout.inline import (
    TextStyle,
    attribute,
    picture_link,
    picture_of,
    single_line,
    style_of,
    styled,
    styled_inline,
)
from reader.ui.article.layout.markdown import Node
from reader.ui.article.layout.table import table_block
from reader.ui.article.layout.values import LayoutBlock, RenderContext
from reader.ui.text.key_markup import sentence_lines
from reader.ui.text.wrap import TextLine, TextRun, align_right, clean_joints, is_rtl, line_width, wrap_styled
from reader.words import photo_by

NARROWEST_TEXT = 12
"""Text is indented only where so many cells are left for it."""

_SPEAKER = re.compile(r"\s*(?:[—–―]|--)\s*")
_DOT = re.compile("[ \xa0]·[ \xa0]")
_LABELLED = re.compile(r"[\w ]{2,16}:\s", re.UNICODE)


@dataclass(frozen=True, slots=True)
class StoryBody:
    """A story's body: its blocks in order, and its footnotes apart, by label."""

    blocks: list[LayoutBlock]
    notes: list[tuple[str, LayoutBlock]]


def text_block(
    context: RenderContext, runs: list[TextRun], width: int, style: TextStyle, kind: str = "text"
) -> LayoutBlock:
    """Wrapped text; a paragraph that runs from right to left is aligned right."""
    lines = wrap_styled(runs, width)
    if is_rtl("".join(text for text, _, _ in runs)):
        lines = align_right(lines, width, style_of(context, replace(style, underline=False, target=None)))
    return LayoutBlock(lines, kind)


def keys_block(context: RenderContext, sentence: str, width: int, kind: str = "text") -> LayoutBlock:
    """A sentence of ours, dim, its keys bold; they are between stars."""
    lines: list[TextLine] = [
        [(part.text, part.style or Style.null(), None) for part in line]
        for line in sentence_lines(sentence, width, context.appearance)
    ]
    return LayoutBlock(lines, kind)


def figure_block(context: RenderContext, image: str, caption: str, credit: str, width: int) -> LayoutBlock:
    """`│ [picture] caption Photo: name`, the caption dim and italic, the name never broken over lines."""
    appearance = context.appearance
    words: list[TextRun] = [picture_link(context, image, TextStyle(appearance.dim))]
    if caption:
        words.append(styled(context, " " + _breaking_before_dots(caption), TextStyle(appearance.dim, italic=True)))
    if credit:
        named = credit if _LABELLED.match(credit) else photo_by(credit)
        words.append(
            styled(context, " " + _breaking_before_dots(named.replace(" ", "\xa0")), TextStyle(appearance.dim))
        )
    bar = styled(context, f"{appearance.glyphs.quote} ", TextStyle(appearance.faint))
    lines = wrap_styled(clean_joints(words), width - 2 if width >= NARROWEST_TEXT else width)
    return LayoutBlock([[bar, *line] for line in lines] if width >= NARROWEST_TEXT else lines, "figure")


def _breaking_before_dots(text: str) -> str:
    """The text with no-break spaces after its dots (`a · b`), so that lines break before a dot and never end in one."""
    return _DOT.sub(" ·\xa0", text)


def _figure_of(context: RenderContext, node: Node, width: int) -> LayoutBlock | None:
    image = picture_of(node.inline)
    if image is None:
        return None
    caption = single_line(_alt(image.children or (), image.content)).strip()
    return figure_block(context, attribute(image, "src"), clean_line(caption), attribute(image, "title"), width)


def _alt(children: Sequence[object], content: str) -> str:
    """A picture's text without markup: what its inline tokens say, else as written."""
    return "".join(str(getattr(child, "content", "")) or " " for child in children) or content


def stacked_lines(blocks: Sequence[LayoutBlock]) -> list[TextLine]:
    """The lines of blocks one below the other; between two, the larger number of blank lines that either asks for."""
    lines: list[TextLine] = []
    space = 0
    for block in blocks:
        if not block.lines:
            continue
        if lines:
            lines.extend([] for _ in range(max(space, block.before)))
        lines.extend(block.lines)
        space = block.after
    return lines


def _heading(context: RenderContext, node: Node, width: int) -> LayoutBlock:
    appearance = context.appearance
    level = int(node.token.tag[1:] or 2)
    if level <= 2:
        style = TextStyle(appearance.bright, bold=True)
    elif level == 3:
        style = TextStyle(appearance.ink, bold=True)
    else:
        style = TextStyle(appearance.ink, italic=True)
    block = text_block(context, styled_inline(context, node.inline, style), width, style, "heading")
    block.before = 2
    return block


def _quote(context: RenderContext, node: Node, width: int, depth: int) -> LayoutBlock:
    """A quotation: indented, behind a bar, italic and bright; the speaker dim on a line of its own."""
    appearance = context.appearance
    roomy = width - 5 >= NARROWEST_TEXT
    inner = width - 5 if roomy else width
    style = TextStyle(appearance.bright, italic=True)
    blocks: list[LayoutBlock] = []
    for child in node.children:
        if child.kind == "paragraph":
            blocks.extend(_quote_paragraph(context, child, inner, style))
        else:
            blocks.append(_block(context, child, inner, style, depth + 1))
    for said, following in pairwise(blocks):
        if following.kind == "speaker":
            said.after = 0
    lines = stacked_lines(blocks)
    if not roomy:
        return LayoutBlock(lines, "quote")
    indent = styled(context, "  ", TextStyle(appearance.ink))
    bar = styled(context, appearance.glyphs.quote, TextStyle(appearance.faint))
    return LayoutBlock([[indent, bar, *([indent, *line] if line else [])] for line in lines], "quote")


def _quote_paragraph(context: RenderContext, node: Node, width: int, style: TextStyle) -> list[LayoutBlock]:
    """A paragraph of a quote; its speaker (after a dash, alone or on its last line) is a block of its own."""
    breaks = [i for i, child in enumerate(node.inline) if child.type in ("softbreak", "hardbreak")]
    split = breaks[-1] + 1 if breaks else 0
    last = "".join(child.content for child in node.inline[split:]).strip()
    if not _SPEAKER.match(last) or (split == 0 and len(last) > 120):
        return [text_block(context, styled_inline(context, node.inline, style), width, style)]
    dim = TextStyle(context.appearance.dim)
    said = node.inline[: split - 1] if split else ()
    speaker = styled_inline(context, node.inline[split:], dim)
    speaker = [(_SPEAKER.sub("", speaker[0][0], count=1), *speaker[0][1:]), *speaker[1:]]
    blocks = [text_block(context, styled_inline(context, said, style), width, style)] if said else []
    by = text_block(
        context, [styled(context, f"{context.appearance.glyphs.dash}\xa0", dim), *speaker], width, dim, "speaker"
    )
    by.before = 0
    return [*blocks, by]


def _list(context: RenderContext, node: Node, width: int, style: TextStyle, depth: int) -> LayoutBlock:
    """A list: marks dim, indented by two cells (nested: as far as the text above), text indented after the mark."""
    appearance = context.appearance
    numbered = node.kind == "ordered_list"
    first = int(str(node.token.attrs.get("start", 1))) if numbered else 0
    count = len(node.children)
    marks = [
        f"{first + i}." if numbered else appearance.glyphs.bullet if depth == 0 else appearance.glyphs.nested
        for i in range(count)
    ]
    mark_width = max((len(mark) for mark in marks), default=1)
    indent = (2 if depth == 0 else 0) + mark_width + 1
    roomy = width - indent >= NARROWEST_TEXT
    inner = width - indent if roomy else width
    blocks: list[LayoutBlock] = []
    for mark, item in zip(marks, node.children, strict=True):
        parts = [_block(context, child, inner, style, depth + 1) for child in item.children]
        for part, child in zip(parts, item.children, strict=True):
            if child.kind in ("bullet_list", "ordered_list"):
                part.before = 0
        for part, following in pairwise(parts):
            if following.before == 0:
                part.after = 0
        lines = stacked_lines(parts) or [[]]
        if roomy:
            lead = styled(context, mark.rjust(indent - 1) + " ", TextStyle(appearance.dim))
            blank = styled(context, " " * indent, TextStyle(appearance.dim))
            lines = [[lead, *lines[0]], *([blank, *line] if line else line for line in lines[1:])]
        gap = 1 if len([part for part in parts if part.lines]) > 1 and not _is_nesting(item) else 0
        blocks.append(LayoutBlock(lines, "item", before=gap, after=gap))
    return LayoutBlock(stacked_lines(blocks), "list")


def _is_nesting(item: Node) -> bool:
    """Whether an item is one block of text with lists under it, which needs no blank lines around it."""
    return all(child.kind in ("bullet_list", "ordered_list") for child in item.children[1:])


def _rule(context: RenderContext, width: int) -> LayoutBlock:
    """A thematic break: three dots, centred."""
    dots = context.appearance.glyphs.own("·  ·  ·").center(width)[:width].rstrip()
    return LayoutBlock([[styled(context, dots, TextStyle(context.appearance.dim))]], "rule")


def _block(context: RenderContext, node: Node, width: int, style: TextStyle, depth: int) -> LayoutBlock:
    """One block of any kind, within `width` cells. `depth` is the number of quotes and lists around it."""
    kind = node.kind
    if kind == "heading":
        return _heading(context, node, width)
    if kind == "blockquote":
        return _quote(context, node, width, depth)
    if kind in ("bullet_list", "ordered_list"):
        return _list(context, node, width, style, depth)
    if kind == "table":
        return table_block(context, node, width)
    if kind in ("fence", "code_block"):
        return code_block(context, node.token.content, node.token.info, width)
    if kind == "hr":
        return _rule(context, width)
    if (drawn := _figure_of(context, node, width)) is not None:
        return drawn
    return text_block(context, styled_inline(context, node.inline, style), width, style)


def _note(context: RenderContext, node: Node, width: int) -> tuple[str, LayoutBlock]:
    """A footnote: its mark in the link colour, its text dim, indented after the mark."""
    appearance = context.appearance
    label = clean_line(str(node.token.meta["label"]))
    mark = f"[{label}] "
    indent = cell_len(mark)
    dim = TextStyle(appearance.dim)
    runs = styled_inline(context, node.inline, dim)
    if width - indent < NARROWEST_TEXT:
        return label, LayoutBlock(
            wrap_styled([styled(context, mark, TextStyle(appearance.link)), *runs], width), "note", 0, 0
        )
    lines = wrap_styled(runs, width - indent) or [[]]
    lead, blank = styled(context, mark, TextStyle(appearance.link)), styled(context, " " * indent, dim)
    return label, LayoutBlock([[lead, *lines[0]], *([blank, *line] for line in lines[1:])], "note", 0, 0)


def story_body(context: RenderContext, nodes: Sequence[Node], width: int) -> StoryBody:
    """The story's blocks, and its footnotes apart: they come under it."""
    ink = TextStyle(context.appearance.ink)
    blocks: list[LayoutBlock] = []
    notes: list[Node] = []
    for node in nodes:
        if node.kind == "note":
            notes.append(node)
        else:
            blocks.append(_block(context, node, width, ink, 0))
    blocks = [block for block in blocks if block.lines]
    while blocks and blocks[-1].kind == "rule":  # it separated the story from notes or links that are drawn elsewhere
        blocks.pop()
    if blocks:
        blocks[0].before = 1
    return StoryBody(blocks, [_note(context, note, width) for note in notes])


def add_end_mark(context: RenderContext, blocks: list[LayoutBlock], colour: str, width: int, room: int) -> None:
    """Add `■` after the last word, also of a footnote, or under the last block where that is not text.

    It may stand beyond the measure, where `room` (cells from the text's left edge) allows it.
    """
    appearance = context.appearance
    mark: TextLine = [
        (" ", appearance.style(appearance.ink), None),
        (appearance.glyphs.end, appearance.style(colour), None),
    ]
    last = blocks[-1]
    is_text = last.kind in ("text", "list", "note")
    if is_text and last.lines and line_width(last.lines[-1]) + 2 <= max(width, room):
        text = "".join(text for text, _, _ in last.lines[-1])
        if not is_rtl(text):
            last.lines[-1] = [*last.lines[-1], *mark]
            return
    if is_text:
        last.lines.append([mark[1]])
    else:
        blocks.append(LayoutBlock([[mark[1]]], "end"))

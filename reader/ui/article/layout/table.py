"""Tables without a frame: header, thin rule, rows, thin rule, the total. Numbers are aligned right.

A table that is too wide for the measure is cut off at its edge, marked `›`, and scrolls sideways on its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.cells import cell_len
from rich.style import Style

from reader.ui.article.layout.inline import TextStyle, styled, styled_inline
from reader.ui.article.layout.markdown import Node
from reader.ui.article.layout.values import LayoutBlock, RenderContext, TargetKind
from reader.ui.text.wrap import TextLine, TextRun, crop, line_width, wrap_styled

WIDEST_COLUMN = 40
"""In cells. A column's text wraps beyond this: a sentence is read better in lines than scrolled sideways."""

NARROWEST_COLUMN = 16
"""In cells. A column of words is not wrapped to less than this to make a table fit: it scrolls sideways instead."""

_NUMBER = re.compile(r"[-+–−±≈~<>]?\s?(?:[$€£¥₫]\s?)?\d[\d.,\s\xa0]*\s?(?:%|‰|[$€£¥₫]|tỷ|[kKMB])?|[-–—]|n/a")
_TOTAL = re.compile(
    r"(?:tổng|cộng|total|sum|all\b|in all|altogether|gesamt|summe|合计|总计|合計|المجموع)", re.IGNORECASE
)

Cell = list[TextRun]


def _rows(node: Node) -> Iterator[tuple[bool, list[Node]]]:
    for part in node.children:  # thead, tbody
        for row in part.children:
            yield part.kind == "thead", list(row.children)


def _text(cell: Sequence[TextRun]) -> str:
    return "".join(text for text, _, _ in cell).strip()


def _is_right(column: int, nodes: Sequence[Sequence[Node]], body: Sequence[Sequence[Cell]]) -> bool:
    """Whether a column is aligned right: the table says so, or it has nothing but numbers."""
    styles = {str(row[column].token.attrs.get("style") or "") for row in nodes if column < len(row)}
    if any("right" in style for style in styles):
        return True
    if any("left" in style or "center" in style for style in styles):
        return False
    values = [text for row in body if column < len(row) and (text := _text(row[column]))]
    return bool(values) and all(_NUMBER.fullmatch(value) for value in values)


def _padded(lines: list[TextLine], width: int, right: bool, blank: Style) -> list[TextLine]:
    padded: list[TextLine] = []
    for line in lines:
        space = width - line_width(line)
        pad: TextLine = [(" " * space, blank, None)] if space > 0 else []
        padded.append([*pad, *line] if right else [*line, *pad])
    return padded


def _row(row: Sequence[Cell], widths: Sequence[int], rights: Sequence[bool], gap: int, blank: Style) -> list[TextLine]:
    """The lines of one row: as many as its tallest cell."""
    columns = [
        _padded(wrap_styled(row[i], widths[i]) if i < len(row) else [], widths[i], rights[i], blank)
        for i in range(len(widths))
    ]
    height = max(1, *(len(column) for column in columns))
    lines: list[TextLine] = []
    for y in range(height):
        line: TextLine = []
        for i, column in enumerate(columns):
            if i:
                line.append((" " * gap, blank, None))
            line.extend(column[y] if y < len(column) else [(" " * widths[i], blank, None)])
        lines.append(line)
    return lines


def table_block(context: RenderContext, node: Node, width: int) -> LayoutBlock:
    """A table within `width` cells. How far it is scrolled is looked up by its order among the wide tables."""
    appearance = context.appearance
    blank = appearance.style(appearance.ink)
    nodes = list(_rows(node))
    is_total = len(nodes) > 2 and bool(nodes[-1][1]) and _is_total(nodes[-1][1][0])
    head, body = TextStyle(appearance.dim, bold=True), TextStyle(appearance.ink)
    cell_rows: list[list[Cell]] = []
    for index, (in_head, row) in enumerate(nodes):
        style = head if in_head else replace(body, bold=is_total and index == len(nodes) - 1)
        cell_rows.append([styled_inline(context, cell.inline, style) for cell in row])
    count = max((len(row) for row in cell_rows), default=0)
    if count == 0:
        return LayoutBlock([], "table")
    body_rows = [row for row, (in_head, _) in zip(cell_rows, nodes, strict=True) if not in_head]
    rights = [_is_right(i, [row for _, row in nodes], body_rows) for i in range(count)]
    widest = max(2, min(WIDEST_COLUMN, width * 3 // 5))
    widths = [max([1, *(line_width(row[i]) for row in cell_rows if i < len(row))]) for i in range(count)]
    if sum(widths) + 2 * (count - 1) > width:
        widths = [min(column, widest) for column in widths]
    widths = _narrowed(widths, rights, cell_rows, width - 2 * (count - 1))
    widths = [_wrapped_width([row[i] for row in cell_rows if i < len(row)], widths[i]) for i in range(count)]
    gap = 4 if sum(widths) + 4 * (count - 1) <= width else 2
    total = sum(widths) + gap * (count - 1)
    rule = appearance.style(appearance.faint)
    hairline: TextLine = [(appearance.glyphs.thin * total, rule, None)]
    lines: list[TextLine] = []
    for index, (drawn, (in_head, _)) in enumerate(zip(cell_rows, nodes, strict=True)):
        if is_total and index == len(nodes) - 1:
            lines.append(hairline)
        lines.extend(_row(drawn, widths, rights, gap, blank))
        if in_head:
            lines.append(hairline)
    if not is_total:
        lines.append(hairline)
    return LayoutBlock(lines if total <= width else _scrolled(context, lines, total, width), "table")


def _wrapped_width(column: Sequence[Cell], width: int) -> int:
    """The width that a column's text has once it is wrapped to `width`; at least 2."""
    return max([2, *(line_width(line) for cell in column for line in wrap_styled(cell, width))])


def _narrowed(widths: list[int], rights: Sequence[bool], rows: Sequence[Sequence[Cell]], room: int) -> list[int]:
    """The widths made to fit `room` by wrapping the widest columns of words, if that is enough; else as they were."""
    least = [
        max([NARROWEST_COLUMN, *(cell_len(word) for row in rows if i < len(row) for word in _text(row[i]).split())])
        for i in range(len(widths))
    ]
    if sum(w if right else min(w, word) for w, right, word in zip(widths, rights, least, strict=True)) > room:
        return widths
    fitted = list(widths)
    while sum(fitted) > room:
        wrapping = [i for i in range(len(fitted)) if not rights[i] and fitted[i] > least[i]]
        fitted[max(wrapping, key=lambda i: fitted[i])] -= 1
    return fitted


def _is_total(first: Node) -> bool:
    """Whether a last row sums up: its first cell says so. Reads the text alone and adds no targets."""
    return bool(_TOTAL.match("".join(token.content for token in first.inline).strip()))


def _scrolled(context: RenderContext, lines: list[TextLine], total: int, width: int) -> list[TextLine]:
    """The visible part of a wide table, with `‹` and `›` where there is more of it; all of it is one target."""
    appearance = context.appearance
    target = context.targets.add("", TargetKind.TABLE)
    order = sum(other.kind is TargetKind.TABLE for other in context.targets.found) - 1
    offset = max(0, min(context.offsets.get(order, 0), total - width))
    blank = appearance.style(appearance.ink)
    edge = TextStyle(appearance.dim, target=target)
    scrolled: list[TextLine] = []
    for line in lines:
        start, stop = offset + (2 if offset else 0), offset + width - (2 if offset + width < total else 0)
        part = crop(line, start, stop, blank)
        part.extend([(" " * (stop - start - line_width(part)), blank, None)] if line_width(part) < stop - start else [])
        marked = [(text, style, target if inner is None else inner) for text, style, inner in part]
        before: TextLine = [styled(context, f"{appearance.glyphs.less} ", edge)] if offset else []
        after: TextLine = [styled(context, f" {appearance.glyphs.more}", edge)] if offset + width < total else []
        scrolled.append([*before, *marked, *after])
    return scrolled

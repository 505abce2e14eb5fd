"""Tables of data as rows of one length. Tables that only lay out a page are told apart here, and not converted."""

import re
from collections.abc import Container
from itertools import islice

from lxml import etree

from reader.extract.blocks import figures
from reader.extract.blocks.inline import WalkState, append_text, copy_as_inline
from reader.extract.dom.node import text_of

_MOST_CELLS = 2000
_MOST_COLUMNS = 40
_LONGEST_CELL = 600
_MOST_PARAGRAPHS = 4
_SHORT_CELL = 30
"""Characters of a row over all columns that may be a heading of those under it."""
_NOTE_SIGNS = ("*", "†", "‡", "¹", "²", "³")
_ALIGNED = re.compile(r"(?:\A\s*|text-align\s*:\s*)(left|right|center)\b", re.I)


def data_table(
    source: etree._Element, walk: WalkState, without: Container[etree._Element] = ()
) -> etree._Element | None:
    """Return a table of data as rows of one length, its cells' text marked, without its caption and the rows of the
    cells in `without`; one of more than forty columns as a list of its rows.

    None for one that only lays a page out, holds others, or has too many cells.
    """
    if any(table is not source for table in source.iter("table")):
        return None
    rows = [row for row in _rows(source) if not any(cell in without for cell in row)]
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    if sum(map(len, cells)) > _MOST_CELLS:
        return None
    filled = [[cell for cell in row if text_of(cell)] for row in cells]
    width = max((len(row) for row in filled), default=0)
    if width < 2 or sum(1 for row in filled if row) < 2 or any(_is_prose(cell) for row in cells for cell in row):
        return None
    if max(map(len, cells)) > _MOST_COLUMNS:
        return _rows_of_text(filled, walk)
    out = etree.Element("table")
    columns = min(_MOST_COLUMNS, max(sum(_span(cell) for cell in row) for row in cells if row))
    head = bool(cells[0]) and (all(cell.tag == "th" for cell in cells[0]) or _in_head(rows[0]))
    rows_left: dict[int, int] = {}
    group = rows[0].getparent()
    for number, row in enumerate(cells):
        if rows[number].getparent() is not group:
            # A cell reaches no further than its group of rows.
            group, rows_left = rows[number].getparent(), {}
        tag = "th" if head and number == 0 else "td"
        waiting = list(reversed(row))
        line = etree.Element("tr")
        while len(line) < _MOST_COLUMNS:
            column = len(line)
            if rows_left.get(column):
                # A cell above reaches down to here.
                rows_left[column] -= 1
                line.append(etree.Element(tag))
                continue
            cell = waiting.pop() if waiting else None
            if cell is None and not any(left and at > column for at, left in rows_left.items()):
                break
            room = max(1, _MOST_COLUMNS - column - len(waiting))
            for at in range(column, column + (min(room, _span(cell)) if cell is not None else 1)):
                line.append(_cell(cell, tag, walk) if cell is not None and at == column else etree.Element(tag))
                rows_left[at] = _span(cell, "rowspan") - 1 if cell is not None else 0
        if waiting:
            return _rows_of_text(filled, walk)
        if not any(text_of(cell) for cell in row):
            continue
        columns = max(columns, min(len(line), _MOST_COLUMNS))
        out.append(line)
    for line in out:
        for extra in list(line)[columns:]:
            line.remove(extra)
        while len(line) < columns:
            line.append(etree.Element(line[0].tag if len(line) else "td"))
    return out


def rows_across(source: etree._Element) -> tuple[list[etree._Element], list[etree._Element]]:
    """Return the cells of a table that reach over all its columns and hold more than any cell of its first column:
    those that stand over the other rows, and those under them, which are notes. In a column they would make it as wide
    as themselves. One between two rows that has no sign of a note heads what follows, and stays where it is."""
    if any(table is not source for table in source.iter("table")) or not any(
        cell.get("colspan") for cell in source.iter("td", "th")
    ):
        return [], []
    rows = [row for row in ([cell for cell in row if cell.tag in ("td", "th")] for row in _rows(source)) if row]
    columns = max((sum(map(_span, row)) for row in rows), default=0)
    firsts = [(number, row[0]) for number, row in enumerate(rows) if len(row) > 1]
    if columns < 2 or len(firsts) < 2:
        return [], []
    widest = max(_SHORT_CELL, *(len(text_of(cell)) for _, cell in firsts))
    over: list[etree._Element] = []
    under: list[etree._Element] = []
    for number, row in enumerate(rows):
        between = firsts[0][0] < number < firsts[-1][0]
        if len(row) == 1 and _span(row[0]) == columns and len(text := text_of(row[0])) > widest:
            if between and not text.startswith(_NOTE_SIGNS):
                continue
            (over if number < firsts[0][0] else under).append(row[0])
    return over, under


def _is_prose(cell: etree._Element) -> bool:
    """Whether a cell holds so much that its table only lays a page out: a text, or a menu."""
    text = text_of(cell)
    if len(text) > _LONGEST_CELL or sum(1 for _ in cell.iter("p", "h2", "h3")) > _MOST_PARAGRAPHS:
        return True
    items = sum(1 for _ in islice(cell.iter("li"), _MOST_PARAGRAPHS + 1))
    return items > _MOST_PARAGRAPHS and 2 * sum(len(text_of(a)) for a in cell.iter("a")) > len(text)


def _rows_of_text(rows: list[list[etree._Element]], walk: WalkState) -> etree._Element:
    """Return a table that is too wide to be drawn as a list: an item for each row, its cells one after another."""
    out = etree.Element("ul")
    for row in filter(None, rows):
        line = etree.SubElement(etree.SubElement(out, "li"), "p")
        for number, cell in enumerate(row):
            append_text(line, " · " if number else "")
            copy_as_inline(cell, line, walk)
    return out


def _rows(table: etree._Element) -> list[etree._Element]:
    """Return the rows in the order in which browsers show them: those of the head first, those of the foot last."""
    order = {"thead": 0, "tfoot": 2}
    return sorted(
        table.iter("tr"),
        key=lambda row: order.get(str(parent.tag), 1) if (parent := row.getparent()) is not None else 1,
    )


def _cell(source: etree._Element, tag: str, walk: WalkState) -> etree._Element:
    made = etree.Element(tag)
    copy_as_inline(source, made, walk)
    if not text_of(made):
        # A flag, a tick, a sign: the picture is what the cell says.
        append_text(
            made, " ".join(filter(None, (figures.description(image) for image in source.iter("img", "amp-img"))))
        )
    align = _ALIGNED.search(f"{source.get('align') or ''} {source.get('style') or ''}")
    if align:
        made.set("align", align.group(1).lower())
    return made


def _in_head(row: etree._Element) -> bool:
    parent = row.getparent()
    return parent is not None and parent.tag == "thead"


def _span(cell: etree._Element, name: str = "colspan") -> int:
    """Return how many columns, or rows, a cell takes. A span of no rows means all that follow in the table."""
    span = (cell.get(name) or "1").strip()
    if not span.isdecimal() or len(span) > 4:
        return 1
    if name == "rowspan":
        return int(span) or _MOST_CELLS
    return max(1, min(_MOST_COLUMNS, int(span)))

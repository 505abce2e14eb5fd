"""Tables of data as rows of one length. Tables that only lay out a page are told apart here, and not converted."""

import re

from lxml import etree

from reader.extract.blocks.inline import WalkState, copy_as_inline
from reader.extract.dom.node import text_of

_MOST_CELLS = 2000
_ALIGNED = re.compile(r"(?:\A\s*|text-align\s*:\s*)(left|right|center)\b", re.I)


def data_table(source: etree._Element, walk: WalkState) -> etree._Element | None:
    """Return a table of data as rows of one length, its cells' text marked, without its caption.

    None for one that only lays a page out, holds others, or has too many cells.
    """
    if any(table is not source for table in source.iter("table")):
        return None
    rows = list(source.iter("tr"))
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    if sum(map(len, cells)) > _MOST_CELLS:
        return None
    filled = [[cell for cell in row if text_of(cell)] for row in cells]
    width = max((len(row) for row in filled), default=0)
    prose = any(
        len(text_of(cell)) > 600 or sum(1 for _ in cell.iter("p", "li", "h2", "h3")) > 4
        for row in cells
        for cell in row
    )
    if width < 2 or sum(1 for row in filled if row) < 2 or prose:
        return None
    out = etree.Element("table")
    columns = min(40, max(sum(_span(cell) for cell in row) for row in cells if row))
    head = bool(cells[0]) and (all(cell.tag == "th" for cell in cells[0]) or _in_head(rows[0]))
    for number, row in enumerate(cells):
        if not any(text_of(cell) for cell in row):
            continue
        line = etree.Element("tr")
        for cell in row:
            new = etree.Element("th" if head and number == 0 else "td")
            copy_as_inline(cell, new, walk)
            align = _ALIGNED.search(f"{cell.get('align') or ''} {cell.get('style') or ''}")
            if align:
                new.set("align", align.group(1).lower())
            line.append(new)
            for _ in range(_span(cell) - 1):
                line.append(etree.Element(new.tag))
        for extra in list(line)[columns:]:
            line.remove(extra)
        while len(line) < columns:
            line.append(etree.Element("th" if head and number == 0 else "td"))
        out.append(line)
    return out


def _in_head(row: etree._Element) -> bool:
    parent = row.getparent()
    return parent is not None and parent.tag == "thead"


def _span(cell: etree._Element) -> int:
    span = cell.get("colspan") or "1"
    return max(1, min(40, int(span))) if span.isdecimal() and len(span) < 4 else 1

"""Clean blocks -> CommonMark with tables, strikethrough and footnotes, straight from the elements that `blocks` makes.

Only the cleaned article comes here, and every word of it leaves as it came: what would be read as an entity, a tag, a
link, emphasis, a heading, a list or a rule is escaped, so that `&amp;#8238;` in a page stays the seven characters
`&#8238;` and never becomes what it names; what CommonMark would not take for markup is left as people write it.
"""

import re
from collections.abc import Iterable

from lxml import etree

from reader.extract.dom.node import HEADINGS
from reader.extract.markdown.inline_pieces import inline_text
from reader.text.commonmark import heading, paragraph

_ADDRESS = re.compile(r"(?:<[^>]*>|\S+)(?:\s+[\"'(].*)?\Z", re.S)
_FENCE = re.compile("`{3,}")
_LISTS = ("ul", "ol")
_RULES = {"left": ":---", "right": "---:", "center": ":---:"}


def convert(elements: Iterable[etree._Element]) -> str:
    """Return the Markdown of clean block elements. Not for pages: it expects what `blocks.blocks` makes."""
    return "\n\n".join(text for _, text in _written(elements))


def _written(elements: Iterable[etree._Element], *, nested: bool = False) -> list[tuple[str, str]]:
    """The tag and the Markdown of each block that says something."""
    found: list[tuple[str, str]] = []
    other = False
    for element in elements:
        tag = str(element.tag)
        # A list straight after one of its kind takes the other mark, or CommonMark would read them as one.
        follows = bool(found) and found[-1][0] == tag and not other
        text = _block(element, tag, nested=nested, other=follows)
        if text:
            found.append((tag, text))
            other = follows
    return found


def _block(element: etree._Element, tag: str, *, nested: bool, other: bool) -> str:
    if tag == "p":
        return _paragraph(element)
    if tag in HEADINGS:
        text = inline_text(element, bold=False, one_line=True)
        return heading(int(tag[1]), text)
    if tag in _LISTS:
        return _list(element, tag, other=other)
    if tag == "blockquote":
        text = "\n\n".join(text for _, text in _written(element))
        return "\n".join(f"> {line}".rstrip(" ") for line in text.split("\n")) if text else ""
    if tag == "pre":
        text = element.text or ""
        fence = "`" * max(3, 1 + max(map(len, _FENCE.findall(text)), default=0))
        return f"{fence}{element.get('data-language') or ''}\n{text}\n{fence}"
    if tag == "table":
        return _table(element)
    # In a list, three dashes after the item's own would be one rule of four.
    return ("***" if nested else "---") if tag == "hr" else ""


def _paragraph(element: etree._Element) -> str:
    text = paragraph(inline_text(element))
    note = element.get("data-note")
    if not text or not note:
        return text
    # Without footnotes, CommonMark would take a note of one word for the address of a link.
    return f"[^{note}]: {'– ' if _ADDRESS.match(text) else ''}{text}"


def _list(element: etree._Element, tag: str, *, other: bool) -> str:
    items = [found for item in element if (found := _written(item, nested=True))]
    # A list is tight where no item holds more than one paragraph and the lists under it.
    tight = all(kind in _LISTS for item in items for kind, _ in item[1:])
    number = int(element.get("start") or 1)
    written = []
    for item in items:
        if tag == "ol":
            mark = f"{number}{')' if other else '.'} "
            number += 1
        else:
            mark = "+ " if other else "- "
        parts = [item[0][1]]
        for kind, text in item[1:]:
            # A numbered list that does not begin with 1 cannot follow a paragraph's line.
            close = tight and (kind == "ul" or text.startswith(("1. ", "1) ")))
            parts.append(f"{'' if close else chr(10)}{text}")
        lines = "\n".join(parts).split("\n")
        indent = " " * len(mark)
        written.append(mark + "\n".join([lines[0], *(indent + line if line else "" for line in lines[1:])]))
    return ("\n" if tight else "\n\n").join(written)


def _table(element: etree._Element) -> str:
    rows = [list(row) for row in element]
    if not rows:
        return ""
    width = max(map(len, rows))
    lines = [_row([inline_text(cell, bold=cell.tag != "th", one_line=True, cell=True) for cell in row]) for row in rows]
    rule = _row([_RULES.get(cell.get("align") or "", "---") for cell in rows[0]] + ["---"] * (width - len(rows[0])))
    if rows[0] and all(cell.tag == "th" for cell in rows[0]):
        return "\n".join([lines[0], rule, *lines[1:]])
    return "\n".join([_row([""] * width), rule, *lines])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"

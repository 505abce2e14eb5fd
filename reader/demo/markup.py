"""From a story's blocks to HTML: what all four papers share. Each paper hands in its own ways to set a block."""

import html
import re
from collections.abc import Callable, Mapping

from reader.demo.stories import StoryBlock, plain

Setter = Callable[[StoryBlock], str]


def escape(text: str) -> str:
    """Text for an element or an attribute in double quotes."""
    return html.escape(text)


def inline(text: str, link: Callable[[str], str], note: Callable[[str], str] = "[{}]".format) -> str:
    """A block's text as HTML: `link` gives the address of a slug, `note` the markup of a footnote's mark."""
    text = html.escape(text, quote=False)
    text = re.sub(r"`(.+?)`", r"<code>\1</code>", text)
    text = re.sub(r"\[\^([^\]]+)\]", lambda m: note(m[1]), text)
    text = re.sub(r"\[([^\]]+)\]\(([a-z0-9-]+)\)", lambda m: f'<a href="{link(m[2])}">{m[1]}</a>', text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"(?<!\w)\*(\S.*?)\*(?!\w)", r"<em>\1</em>", text)


def rows(block: StoryBlock) -> list[list[str]]:
    """The cells of a table block."""
    return [[cell.strip() for cell in line.split("|")] for line in block.lines]


def table(block: StoryBlock, text: Callable[[str], str], attributes: str = "") -> str:
    """A table with a head row."""
    head, *rest = rows(block)
    top = "".join(f"<th>{text(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{text(cell)}</td>" for cell in row) + "</tr>\n" for row in rest)
    return f"<table{attributes}><thead><tr>{top}</tr></thead>\n<tbody>{body}</tbody></table>"


def items(block: StoryBlock, text: Callable[[str], str], attributes: str = "") -> str:
    """A list, numbered or not."""
    inside = "\n".join(f"<li>{text(line)}</li>" for line in block.lines)
    return f"<{block.kind}{attributes}>\n{inside}\n</{block.kind}>"


def body(blocks: tuple[StoryBlock, ...], setters: Mapping[str, Setter]) -> str:
    """The blocks one after another; a kind that has no setter raises KeyError."""
    return "\n".join(setters[block.kind](block) for block in blocks)


def words(blocks: tuple[StoryBlock, ...]) -> int:
    """How many words a body has, for the papers that print a reading time."""
    return sum(len(plain(line).split()) for block in blocks if block.kind != "figure" for line in block.lines)


def with_related(blocks: tuple[StoryBlock, ...]) -> tuple[StoryBlock, ...]:
    """The blocks with a place for the related block: the story's own, or else behind its second paragraph."""
    if any(block.kind == "related" for block in blocks):
        return blocks
    seen = 0
    for index, block in enumerate(blocks):
        seen += block.kind == "p"
        if seen == 2:
            return (*blocks[: index + 1], StoryBlock("related", ()), *blocks[index + 1 :])
    return (*blocks, StoryBlock("related", ()))

"""Clean blocks -> CommonMark with tables, strikethrough and footnotes: markdownify, taught what blocks need.

This is the only writer of Markdown. Only the cleaned article comes here, and every word of it leaves as it came: what
would be read as an entity, a tag, a link, emphasis, a heading, a list or a rule is escaped, so that `&amp;#8238;` in a
page stays the seven characters `&#8238;` and never becomes what it names; what CommonMark would not take for markup is
left as people write it.

It loads BeautifulSoup, which takes longer than a first screen can spare: import it where an article is made.
"""

import re
from collections.abc import Iterable, Set

from bs4.element import NavigableString, PageElement, Tag
from lxml import etree
from markdownify import BACKSLASH, MarkdownConverter

from reader.extract.markdown.soup import soup
from reader.text.markdown_escape import escape, heading, paragraph

_ADDRESS = re.compile(r"(?:<[^>]*>|\S+)(?:\s+[\"'(].*)?\Z", re.S)
_FENCE = re.compile("`{3,}")
_RULES = {"left": ":---", "right": "---:", "center": ":---:"}


def convert(elements: Iterable[etree._Element]) -> str:
    """Return the Markdown of clean block elements. Not for pages: it expects what `blocks.walk` makes."""
    return _CONVERTER.convert_soup(soup(elements))


class _Converter(MarkdownConverter):
    """markdownify, for the trees that `soup` makes and no others.

    `strong`, `em`, `del`, `a`, `br`, `img`, `td` and `th` are markdownify's own. A block begins with the line ends that
    part it from the one before it and ends with none, so that a list can follow its item's text at once.
    """

    def process_text(self, el: NavigableString, parent_tags: Set[str] = frozenset()) -> str:
        """Escape text as the reader will meet it. Space at its ends is `marked`'s business: it is left."""
        text = str(el)
        if "_noformat" in parent_tags:
            return text
        written = escape(text, brackets="a" in parent_tags, cell=_in_cell(parent_tags))
        if text[0] == "(" and _is_reference(el.previous_sibling):
            written = f"\\{written}"  # `[^1](` is the beginning of a link
        after = el.next_sibling
        if text[-1] == "!" and ((isinstance(after, Tag) and after.name == "a") or _is_reference(after)):
            written = f"{written[:-1]}\\!"  # `![` is the beginning of an image
        return written

    def convert_span(self, el: Tag, text: str, parent_tags: Set[str]) -> str:
        return f"[^{el['data-ref']}]"

    def convert_code(self, el: Tag, text: str, parent_tags: Set[str]) -> str:
        code = str(super().convert_code(el, text, parent_tags))  # type: ignore[misc] # its types leave this out
        return code.replace("|", "\\|") if _in_cell(parent_tags) else code

    def convert_p(self, el: Tag, text: str, parent_tags: Set[str]) -> str:
        text = paragraph(text)
        note = el.get("data-note")
        if note:
            # Without footnotes, CommonMark would take a note of one word for the address of a link.
            text = f"[^{note}]: {'– ' if _ADDRESS.match(text) else ''}{text}"
        return f"\n\n{text}"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: Set[str]) -> str:  # noqa: N802 # markdownify's name
        return f"\n\n{heading(n, text)}"

    def convert_hr(self, el: Tag, text: str, parent_tags: Set[str]) -> str:
        # In a list, three dashes after the item's own would be one rule of four.
        return "\n\n***" if _is_in(el, "li") else "\n\n---"

    def convert_blockquote(self, el: Tag, text: str, parent_tags: Set[str]) -> str:
        return "\n\n" + "\n".join(f"> {line}".rstrip(" ") for line in text.strip("\n").split("\n"))

    def convert_pre(self, el: Tag, text: str, parent_tags: Set[str]) -> str:
        fence = "`" * max(3, 1 + max(map(len, _FENCE.findall(text)), default=0))
        return f"\n\n{fence}{el.get('data-language', '')}\n{text}\n{fence}"

    def convert_list(self, el: Tag, text: str, parent_tags: Set[str]) -> str:
        text = text.strip("\n")
        item = el.parent
        tight = (
            item is not None and item.name == "li" and item.parent is not None and item.parent.has_attr("data-tight")
        )
        # A numbered list that does not begin with 1 cannot follow a paragraph's line.
        return f"\n{text}" if tight and (el.name == "ul" or text.startswith(("1. ", "1) "))) else f"\n\n{text}"

    convert_ul = convert_list
    convert_ol = convert_list

    def convert_li(self, el: Tag, text: str, parent_tags: Set[str]) -> str:
        mark = str(el["data-mark"])
        indent = " " * len(mark)
        first, *others = text.strip("\n").split("\n")
        lines = "\n".join([f"{mark}{first}", *(indent + line if line else "" for line in others)])
        return f"\n{lines}" if el.parent is not None and el.parent.has_attr("data-tight") else f"\n\n{lines}"

    def convert_table(self, el: Tag, text: str, parent_tags: Set[str]) -> str:
        return "\n\n" + text.strip("\n")

    def convert_tr(self, el: Tag, text: str, parent_tags: Set[str]) -> str:
        row = f"|{text}"
        if el.previous_sibling is not None or el.parent is None:
            return f"\n{row}"
        cells = [cell for cell in el.children if isinstance(cell, Tag)]
        width = max(len(other.contents) for other in el.parent.children if isinstance(other, Tag))
        sides = [_RULES.get(str(cell.get("align")), "---") for cell in cells] + ["---"] * (width - len(cells))
        rule = f"| {' | '.join(sides)} |"
        if cells and all(cell.name == "th" for cell in cells):
            return f"\n{row}\n{rule}"
        return f"\n| {' | '.join([''] * width)} |\n{rule}\n{row}"


def _in_cell(parent_tags: Set[str]) -> bool:
    return "td" in parent_tags or "th" in parent_tags


def _is_reference(node: PageElement | None) -> bool:
    return isinstance(node, Tag) and node.name == "span"


def _is_in(el: Tag, name: str) -> bool:
    return el.parent is not None and el.parent.name == name


_CONVERTER = _Converter(autolinks=False, newline_style=BACKSLASH)

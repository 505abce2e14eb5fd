"""Clean blocks -> CommonMark with tables and footnotes: a markdownify converter that escapes what would become markup.

Only the cleaned article comes here. Text that looks like markup in the page must look the same in the reader: what
would be read as an entity, a tag, a link, emphasis, a heading, a list or a rule is escaped, so that `&amp;#8238;` in a
page stays the seven characters `&#8238;` and never becomes what it names.
"""

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from lxml import etree
from markdownify import MarkdownConverter

_SPECIAL = re.compile(r"[\\`*\[\]|~]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w{1,40};)|!(?=\[)")
_LINE_START = re.compile(
    r"(?m)^([ ]*)(?:(#{1,6}(?=\s|$)|>|[+=-](?=\s|$)|[=-]{2,}|~{3,}|:(?=\s|-))|(\d{1,9})([.)])(?=\s|$))"
)
_TICKS = re.compile("`+")
_ADDRESS = re.compile(r"(?:<[^>]*>|\S+)(?:\s+[\"'(].*)?\Z", re.S)
_FENCE = re.compile("`{3,}")
_TITLE = re.compile(r'["\\]|&(?=#?\w{1,40};)')
_SPACES = re.compile(r"[ \t\r\n\f]+")


class _Converter(MarkdownConverter):
    """markdownify, for the elements that `blocks` makes and no others."""

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        parents = parent_tags or set()
        text = str(el)
        if "pre" in parents:
            return text
        text = _SPACES.sub(" ", text)
        if "_noformat" not in parents:
            text = escape(text)
        if el.previous_sibling is None and el.parent is not None and el.parent.name in _EDGED:
            text = text.lstrip(" ")
        if el.next_sibling is None and el.parent is not None and el.parent.name in _EDGED:
            text = text.rstrip(" ")
        return text

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if el.find("img") is not None:
            return f"\n\n{text.strip()}\n\n"
        note = el.get("data-note")
        text = _lines(text)
        if not text:
            return ""
        if not note:
            return f"\n\n{text}\n\n"
        # Without footnotes, CommonMark would take a note of one word for the address of a link.
        return f"\n\n[^{note}]: {'– ' if _ADDRESS.match(text) else ''}{text}\n\n"

    def convert_span(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        reference = el.get("data-ref")
        return f"[^{reference}]" if reference else text

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return " " if "_inline" in parent_tags else "\\\n"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        before, inner, after = _edges(text)
        href = str(el.get("href") or "")
        if not inner or ("\n" in inner.strip() and "\\\n" not in inner):
            return text
        return f"{before}[{inner}]({destination(href)}){after}" if href else text

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        title = _TITLE.sub(r"\\\g<0>", str(el.get("title") or ""))
        quoted = f' "{title}"' if title else ""
        return f"![{escape(str(el.get('alt') or ''))}]({destination(str(el.get('src') or ''))}{quoted})"

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        longest = max((len(run) for run in _FENCE.findall(text)), default=2)
        fence = "`" * (longest + 1)
        return f"\n\n{fence}{el.get('data-language') or ''}\n{text}\n{fence}\n\n"

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_noformat" in parent_tags:
            return text
        before, code, after = _edges(_SPACES.sub(" ", text))
        if not code:
            return text
        fence = "`" * (1 + max((len(run) for run in _TICKS.findall(code)), default=0))
        code = f"{before}{fence} {code} {fence}{after}" if "`" in code else f"{before}{fence}{code}{fence}{after}"
        return code.replace("|", "\\|") if {"td", "th"} & parent_tags else code

    def convert_blockquote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        quoted = "\n".join(f"> {line}".rstrip() for line in text.strip().split("\n"))
        return f"\n\n{quoted}\n\n"

    def convert_q(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text if text.lstrip().startswith(("“", "„", "«", '"', "「")) else f"“{text.strip()}”"

    def convert_sub(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _emphasis(el, text, "**", parent_tags)

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _emphasis(el, text, "*", parent_tags)

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _emphasis(el, text, "~~", parent_tags)


_EDGED = frozenset(("p", "li", "blockquote", "td", "th", "h2", "h3", "h4", "h5", "h6"))


def convert(elements: Iterable[etree._Element]) -> str:
    """Return the Markdown of clean block elements. Not for pages: it expects what `blocks.blocks` makes."""
    markup = "".join(
        etree.tostring(element, method="html", encoding="unicode", with_tail=False) for element in elements
    )
    soup = BeautifulSoup(markup, "lxml")
    text = str(_Converter(heading_style="atx", bullets="-", autolinks=False).convert_soup(soup.body or soup))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n ")


def escape(text: str) -> str:
    """Return text with a backslash before everything that CommonMark, its tables or its strikethrough would read as
    markup or as an entity. What is markup only at the start of a line is left to `_lines`."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def _lines(text: str) -> str:
    """Escape what is markup at the start of a line; no space at its ends; a `!` before a link is no picture."""
    lines = [line.strip(" ") for line in text.strip().split("\n")]
    while lines and lines[-1] in ("", "\\"):
        lines.pop()
    text = "\n".join(lines).removesuffix("\\\n")
    text = re.sub(r"(?<![\\!])!(?=\[)", r"\\!", text)
    return _LINE_START.sub(_escape_start, text)


def _escape_start(found: re.Match[str]) -> str:
    indent, mark, number, dot = found.groups()
    return f"{indent}\\{mark}" if mark else f"{indent}{number}\\{dot}"


def _emphasis(el: Tag, text: str, mark: str, parent_tags: set[str]) -> str:
    """Mark text, or leave it plain where CommonMark would not take the marks: a run that meets a letter on the outside
    and a stop on the inside (`**"so"**he`) is not flanking, and its asterisks would be shown."""
    before, inner, after = _edges(text)
    if not inner or el.name in parent_tags or "_noformat" in parent_tags or "\n\n" in inner:
        return text
    left, right = _beside(el, back=True), _beside(el, back=False)
    bare = inner.removesuffix("\\\n").strip()
    if not bare or bare != inner:
        return text
    if not before and left.isalnum() and not inner[0].isalnum():
        return text
    if not after and right.isalnum() and not inner[-1].isalnum():
        return text
    # Two runs that touch (`**a****b**`) are read as one.
    if (not before and left == "*") or (not after and right == "*"):
        return text
    return f"{before}{mark}{inner}{mark}{after}"


def _beside(el: Tag, *, back: bool) -> str:
    """The character that stands beside an element, `*` where that is another mark's edge, "" at the end of a block."""
    node = el
    for _ in range(20):
        sibling = node.previous_sibling if back else node.next_sibling
        if isinstance(sibling, NavigableString):
            if str(sibling):
                return str(sibling)[-1 if back else 0]
            return ""
        if isinstance(sibling, Tag):
            if sibling.name in _MARKED:
                return "*"
            text = sibling.get_text()
            return text[-1 if back else 0] if text else ""
        if node.parent is None or node.parent.name not in _MARKED:
            return ""
        return "*"
    return ""


_MARKED = frozenset(("strong", "em", "del"))


def _edges(text: str) -> tuple[str, str, str]:
    inner = text.strip(" ")
    start = text[: len(text) - len(text.lstrip(" "))]
    return start, inner, text[len(start) + len(inner) :]


def destination(url: str) -> str:
    """Return an absolute URL as a link's destination: brackets and what would end it percent-encoded."""
    return re.sub(r"[()<>\\\s\"*_`|~]", lambda c: c.group() if c.group() in "*_~" else f"%{ord(c.group()):02X}", url)

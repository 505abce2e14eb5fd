"""Markdown to a tree of blocks: CommonMark with tables and pandoc's footnotes, through markdown-it.

No HTML (it stays text), no automatic links, no reference definitions but footnotes. The tree is cached: a pane that is
resized does not parse again. Nothing here is cleaned: `inline` does that with all text that comes out.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

NESTING_AT_MOST = 40
"""Quotes and lists in each other: markdown-it drops what is deeper."""

_NOTE = re.compile(r"\[\^([^\]\s]{1,32})\]:[ \t]*")


@dataclass(frozen=True, slots=True)
class Node:
    """A block: its opening token, the inline tokens of its text, and the blocks in it."""

    token: "Token"
    inline: tuple["Token", ...] = ()
    children: tuple["Node", ...] = ()

    @property
    def kind(self) -> str:
        """The token's type without `_open`: paragraph, heading, blockquote, bullet_list, fence, note..."""
        return self.token.type.removesuffix("_open")


def _note(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """The markdown-it rule for a footnote: `[^1]: ` and text, up to a blank line or the next one."""
    if state.is_code_block(start):
        return False
    begin = state.bMarks[start] + state.tShift[start]
    match = _NOTE.match(state.src, begin, state.eMarks[start])
    if match is None:
        return False
    if silent:
        return True
    rows = [state.src[match.end() : state.eMarks[start]]]
    line = start + 1
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        row = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        if _NOTE.match(row):
            break
        rows.append(row)
        line += 1
    state.line = line
    opening = state.push("note_open", "", 1)
    opening.meta = {"label": match[1]}
    inline = state.push("inline", "", 0)
    inline.content, inline.children, inline.map = "\n".join(rows).strip(), [], [start, line]
    state.push("note_close", "", -1)
    return True


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # here: the headlines are painted before anyone needs it

    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": NESTING_AT_MOST})
    parser.enable("table").disable(["reference", "html_block", "html_inline"])
    parser.block.ruler.before("heading", "note", _note, {"alt": ["paragraph", "blockquote", "list"]})
    # Addresses stay as they were written: what may be opened is decided in `inline`, not by the parser.
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # its documented way
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign] # its documented way
    return parser


def _tree(tokens: "list[Token]") -> tuple[Node, ...]:
    """Nest the flat tokens. An `inline` token gives its children to the block around it."""
    stack: list[tuple[Token | None, list[Node], tuple[Token, ...]]] = [(None, [], ())]
    for token in tokens:
        if token.type == "inline":
            opening, children, _ = stack[-1]
            stack[-1] = (opening, children, tuple(token.children or ()))
        elif token.nesting > 0:
            stack.append((token, [], ()))
        elif token.nesting < 0:
            opening, children, inline = stack.pop()
            assert opening is not None  # noqa: S101 (for mypy: the first of the stack is never closed)
            stack[-1][1].append(Node(opening, inline, tuple(children)))
        else:
            stack[-1][1].append(Node(token))
    return tuple(stack[0][1])


@lru_cache(maxsize=8)
def parse(markdown: str) -> tuple[Node, ...]:
    """The blocks of a story's Markdown. Never raises; the same text gives the same tree."""
    return _tree(_parser().parse(markdown))


def note_labels(nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """The labels of the footnotes in the tree, in order, each once."""
    found: dict[str, None] = {}
    for node in nodes:
        if node.kind == "note":
            found[str(node.token.meta["label"])] = None
        for label in note_labels(node.children):
            found[label] = None
    return tuple(found)

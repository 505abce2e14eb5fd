"""Code blocks: on the panel colour, indented by a cell; keywords bold, comments dim and italic, no other colours."""

from functools import lru_cache

from reader.text import clean
from reader.ui.article.layout.inline import TextStyle, styled
from reader.ui.article.layout.values import LayoutBlock, RenderContext
from reader.ui.text.wrap import TextLine, chop, line_width, slices

HIGHLIGHTED_AT_MOST = 20_000
"""Code longer than so many characters is not highlighted: lexers are slow, and hostile text makes them slower."""

HANGING = 4
"""Cells by which the rest of a line that is too long is indented, from where the line began."""

NARROWEST_REST = 20
"""The rest is indented only where so many cells are left for it."""


@lru_cache(maxsize=32)
def _tokens(code: str, language: str) -> tuple[tuple[str, str], ...]:
    """The code as (role, text): `keyword`, `comment` or ``. Plain where the language is unknown."""
    if not language or len(code) > HIGHLIGHTED_AT_MOST:
        return (("", code),)
    # Imported here: only stories with code pay for it. Pygments comes with Rich, without types.
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped] # it has no types
    from pygments.token import Comment, Keyword  # type: ignore[import-untyped] # it has no types
    from pygments.util import ClassNotFound  # type: ignore[import-untyped] # it has no types

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return (("", code),)
    tokens = tuple(
        ("comment" if kind in Comment else "keyword" if kind in Keyword else "", text)
        for kind, text in lexer.get_tokens(code)
    )
    # A lexer may change line ends or drop characters: then the text is drawn as it is, not highlighted.
    return tokens if "".join(text for _, text in tokens) == code else (("", code),)


def code_block(context: RenderContext, content: str, language: str, width: int) -> LayoutBlock:
    """A code block across `width` cells. A line that is too long continues on the next one."""
    appearance = context.appearance
    text = clean(content.expandtabs(4)).rstrip("\n ")
    words = clean(language).split()
    styles = {
        "": TextStyle(appearance.ink, bg=appearance.panel),
        "keyword": TextStyle(appearance.ink, bold=True, bg=appearance.panel),
        "comment": TextStyle(appearance.dim, italic=True, bg=appearance.panel),
    }
    inner = max(2, width - 2)
    runs = [styled(context, part, styles[role]) for role, part in _tokens(text, words[0] if words else "")]
    spans: list[tuple[int, int]] = []
    start = 0
    indents: list[int] = []  # the blank cells before each line: those that continue the one above are indented
    for row in text.split("\n"):
        hanging = len(row) - len(row.lstrip(" ")) + HANGING
        hanging = hanging if inner - hanging >= NARROWEST_REST else 0
        parts = chop(text, start, start + len(row), inner, rest=inner - hanging, after=" ,;([")
        spans.extend(parts)
        indents.extend([0, *([hanging] * (len(parts) - 1))])
        start += len(row) + 1
    lines: list[TextLine] = []
    for indent, line in zip(indents, slices(runs, spans), strict=True):
        pad = inner - indent - line_width(line) + 1
        lines.append([styled(context, " " * (indent + 1), styles[""]), *line, styled(context, " " * pad, styles[""])])
    return LayoutBlock(lines, "code")

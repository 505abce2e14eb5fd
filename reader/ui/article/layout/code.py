"""Code blocks: on `panel`, one cell in, keywords bold, comments dim and slanted, no colours of their own."""

from functools import lru_cache

from reader.text import clean
from reader.ui.article.layout.inline import Face, piece
from reader.ui.article.layout.values import Block, Draft, Press
from reader.ui.text.wrap import cells, chop, slices

PAINTED_AT_MOST = 20_000
"""Code longer than so many characters is drawn plain: lexers are slow, and hostile text makes them slower."""


HANGING = 4
"""How far the rest of a line that is too long stands in, in cells, from where the line began."""

ROOM_AT_LEAST = 20
"""It stands in only where so many cells are left for it."""


@lru_cache(maxsize=32)
def _tokens(code: str, language: str) -> tuple[tuple[str, str], ...]:
    """The code as (role, text): `keyword`, `comment` or ``. Plain where the language is unknown."""
    if not language or len(code) > PAINTED_AT_MOST:
        return (("", code),)
    # Imported here: only stories with code pay for it. Pygments comes with Rich, without types.
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
    from pygments.token import Comment, Keyword  # type: ignore[import-untyped]
    from pygments.util import ClassNotFound  # type: ignore[import-untyped]

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return (("", code),)
    tokens = tuple(
        ("comment" if kind in Comment else "keyword" if kind in Keyword else "", text)
        for kind, text in lexer.get_tokens(code)
    )
    # A lexer may change line ends or drop characters: then the text counts, not the paint.
    return tokens if "".join(text for _, text in tokens) == code else (("", code),)


def code(press: Press, content: str, language: str, width: int) -> Block:
    """A code block across `width` cells. What is too long goes on in the next line."""
    look = press.look
    text = clean(content.expandtabs(4)).rstrip("\n ")
    words = clean(language).split()
    faces = {
        "": Face(look.ink, bg=look.panel),
        "keyword": Face(look.ink, bold=True, bg=look.panel),
        "comment": Face(look.dim, italic=True, bg=look.panel),
    }
    inner = max(2, width - 2)
    pieces = [piece(press, part, faces[role]) for role, part in _tokens(text, words[0] if words else "")]
    spans: list[tuple[int, int]] = []
    start = 0
    leads: list[int] = []  # the blank cells before each line that goes on from the one above
    for row in text.split("\n"):
        hanging = len(row) - len(row.lstrip(" ")) + HANGING
        hanging = hanging if inner - hanging >= ROOM_AT_LEAST else 0
        parts = chop(text, start, start + len(row), inner, rest=inner - hanging, after=" ,;([")
        spans.extend(parts)
        leads.extend([0, *([hanging] * (len(parts) - 1))])
        start += len(row) + 1
    lines: list[Draft] = []
    for lead, line in zip(leads, slices(pieces, spans), strict=True):
        pad = inner - lead - cells(line) + 1
        lines.append([piece(press, " " * (lead + 1), faces[""]), *line, piece(press, " " * pad, faces[""])])
    return Block(lines, "code")

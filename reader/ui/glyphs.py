"""The marks of the interface, one cell each: as they should be, and for terminals or fonts that have ASCII alone.

Article text is never transliterated: only what Newsstand itself draws comes from here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Every mark that is drawn. The defaults are the real ones."""

    unread: str = "●"
    changed: str = "○"
    starred: str = "★"
    kept: str = "↓"
    trouble: str = "!"
    bar: str = "▌"
    thin: str = "─"
    heavy: str = "━"
    column: str = "│"
    thumb: str = "┃"
    dot: str = "·"
    trail: str = "›"
    bullet: str = "•"
    nested: str = "–"
    end: str = "■"
    open: str = "▾"
    closed: str = "▸"
    up: str = "↑"
    ticked: str = "[x]"
    unticked: str = "[ ]"
    chosen: str = "(•)"
    unchosen: str = "( )"
    ellipsis: str = "…"
    dash: str = "—"
    more: str = "›"


UNICODE = Glyphs()

ASCII = Glyphs(
    unread="o", changed="~", starred="*", kept="v", bar=">", thin="-", heavy="=", column=":", thumb="|", dot="-",
    trail=">", bullet="*", nested="-", end="#", open="-", closed="+", up="^", chosen="(*)", ellipsis="...", dash="--",
    more=">",
)  # fmt: skip

"""The glyphs of the interface, one cell each: as they should be, and for terminals or fonts that have ASCII alone.

Article text is never transliterated: only what Newsstand itself draws comes from here.
"""

from typing import NamedTuple

_PLAIN = str.maketrans("●○★↓↑←→▌─━│┃·›‹•■▾▸–", "o~*v^<>>-=:|-><*#-+-") | str.maketrans({"…": "...", "—": "--"})

_ARROWS = str.maketrans({"↑": "Up", "↓": "Down", "←": "Left", "→": "Right"})


class Glyphs(NamedTuple):
    """Every glyph that is drawn. The defaults are the real ones."""

    unread: str = "●"
    changed: str = "○"
    starred: str = "★"
    kept: str = "↓"
    warning: str = "!"
    bar: str = "▌"
    thin: str = "─"
    heavy: str = "━"
    column: str = "│"
    thumb: str = "┃"
    quote: str = "│"
    dot: str = "·"
    breadcrumb: str = "›"
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
    less: str = "‹"
    plain: bool = False

    def own(self, text: str) -> str:
        """A sentence of Newsstand's (never outside text) with its glyphs replaced by these."""
        return text.translate(_PLAIN) if self.plain else text

    def keys(self, text: str) -> str:
        """Names of keys (`H Alt+←`), the arrows by their names where there is ASCII alone."""
        return text.translate(_ARROWS) if self.plain else text


UNICODE = Glyphs()

ASCII = Glyphs(
    unread="o",
    changed="~",
    starred="*",
    kept="v",
    bar=">",
    thin="-",
    heavy="=",
    column=":",
    thumb="|",
    quote="|",
    dot="-",
    breadcrumb=">",
    bullet="*",
    nested="-",
    end="#",
    open="-",
    closed="+",
    up="^",
    chosen="(*)",
    ellipsis="...",
    dash="--",
    more=">",
    less="<",
    plain=True,
)

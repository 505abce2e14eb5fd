"""The colours of the reader: two themes, each for true colour and for 256 colours, and styles made from them.

`Look` is what drawing code gets: plain hex colours by name and the Rich styles made of them. It knows nothing of
panes or rows. Contrast figures and uses are in docs/look.md; `tests/ui/test_look.py` holds them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal
from zlib import crc32

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from reader.ui.glyphs import UNICODE, Glyphs

Depth = Literal["truecolor", "256"]

PRESS_NAMES = ("crimson", "amber", "olive", "green", "teal", "indigo", "violet", "rose")
"""The press colours a source can choose from; they are `press-NAME` among the theme's variables."""

_NAMES = ("ink-bright", "ink-soft", "ink-dim", "ink-faint", "rule", "spot", "link", "gold", "lit")

_ORDER = ("background", "surface", "panel", "foreground", *_NAMES, *PRESS_NAMES)
_DARK_HEX = (
    "#191816 #2B2925 #211F1D #D8D2C5 #F6F1E7 #BDB6A8 #9B9487 #7E786D #3D3A35 #E8805F #8DB6D9 #E2B85C #5A4718 "
    "#EE8080 #D8A24A #B3AE58 #86B878 #5FB8A5 #93A9EC #BE9AE2 #E08BB6"
)
_LIGHT_HEX = (
    "#FAF7F1 #EBE5D9 #F3EEE5 #2C2925 #0F0E0C #47423B #676053 #827A6D #D6CFC1 #B0371C #1D5C8C #825800 #F7DE93 "
    "#A32A2A #8A5200 #626000 #2F6B2C #0F6B5C #3A4FA8 #6B3FA0 #99285F"
)
_DARK = dict(zip(_ORDER, _DARK_HEX.split(), strict=True))
_LIGHT = dict(zip(_ORDER, _LIGHT_HEX.split(), strict=True))

_ROLES = ("background", "surface", "panel", "rule", "ink-faint", "foreground", "ink-soft", "ink-bright", "ink-dim",
          "spot", "link", "gold", "lit", *PRESS_NAMES)  # fmt: skip
_DARK_NUMBERS = (234, 236, 235, 238, 244, 252, 249, 231, 247, 209, 110, 179, 58, 210, 173, 143, 108, 73, 111, 141, 175)
_LIGHT_NUMBERS = (231, 254, 255, 250, 243, 236, 238, 16, 241, 124, 24, 94, 222, 124, 94, 58, 22, 23, 25, 54, 89)


def _of_number(number: int) -> str:
    """The hex which Rich rounds to this palette number: greys by lightness, the rest as xterm has them."""
    if number in (16, 231) or number >= 232:
        level = 0 if number == 16 else 255 if number == 231 else round((number - 231) / 25 * 255)
        return f"#{level:02X}{level:02X}{level:02X}"
    return RichColor.from_ansi(number).get_truecolor().hex.upper()


def _theme(name: str, colours: Mapping[str, str], *, dark: bool) -> Theme:
    ours = {key: colours[key] for key in _NAMES} | {f"press-{key}": colours[key] for key in PRESS_NAMES}
    paper, ink, faint = colours["background"], colours["foreground"], colours["ink-faint"]
    textuals = {
        "input-cursor-background": ink,
        "input-cursor-foreground": paper,
        "input-cursor-text-style": "none",
        "input-selection-background": colours["lit"],
        "screen-selection-background": colours["lit"],
        "screen-selection-foreground": colours["ink-bright"],
        "border": colours["rule"],
        "border-blurred": colours["rule"],
        "block-cursor-background": colours["surface"],
        "block-cursor-foreground": colours["ink-bright"],
        "block-cursor-text-style": "none",
        "scrollbar": faint,
        "scrollbar-hover": faint,
        "scrollbar-active": faint,
        "scrollbar-background": paper,
        "scrollbar-background-hover": paper,
        "scrollbar-background-active": paper,
        "scrollbar-corner-color": paper,
        "link-style": "underline",
    }
    return Theme(
        name=name,
        primary=colours["spot"],
        secondary=colours["link"],
        accent=colours["gold"],
        warning=colours["gold"],
        error=colours["spot"],
        success=colours["link"],
        foreground=ink,
        background=paper,
        surface=colours["surface"],
        panel=colours["panel"],
        dark=dark,
        variables=ours | textuals,
    )


def themes(depth: Depth) -> tuple[Theme, Theme]:
    """`newsstand-dark` and `newsstand-light` for a terminal of that many colours, under the same names."""
    if depth == "truecolor":
        return _theme("newsstand-dark", _DARK, dark=True), _theme("newsstand-light", _LIGHT, dark=False)
    dark = {role: _of_number(number) for role, number in zip(_ROLES, _DARK_NUMBERS, strict=True)}
    light = {role: _of_number(number) for role, number in zip(_ROLES, _LIGHT_NUMBERS, strict=True)}
    return _theme("newsstand-dark", dark, dark=True), _theme("newsstand-light", light, dark=False)


THEMES = themes("truecolor")


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3)."""

    def luminance(colour: Color) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _least_blend(ground: Color, ink: Color, percent: int, wanted: float) -> Color:
    """The faintest ink from `percent` on that still reaches the contrast; else the ink itself."""
    for share in range(percent, 101, 2):
        blended = ground.blend(ink, share / 100)
        if contrast(blended, ground) >= wanted:
            return blended
    return ink


def variable_defaults(theme: Theme) -> dict[str, str]:
    """Our variables for a theme that has none of them (Textual's own), made from its foreground and background.

    For `App.get_theme_variable_defaults`: a stylesheet that names an unknown variable does not parse. What the theme
    itself sets wins over these. A theme in the terminal's own colours cannot be blended: its inks are all one.
    """
    system = theme.to_color_system().generate()
    paper, ink = Color.parse(system["background"]), Color.parse(system["foreground"])
    primary, link = theme.primary, theme.secondary or theme.primary
    gold = theme.accent or theme.warning or theme.primary
    if paper.ansi is not None or ink.ansi is not None:
        dim = soft = faint = rule = ink
        lit = Color.parse(gold)
    else:
        dim = _least_blend(paper, ink, 62, 4.8)
        soft = _least_blend(paper, ink, 80, 7.0)
        faint = _least_blend(paper, ink, 45, 3.0)
        rule = paper.blend(ink, 0.18)
        golden = Color.parse(gold)
        lit = golden if golden.ansi is not None else paper.blend(golden, 0.30)
    ours = {
        "ink-bright": ink.hex,
        "ink-soft": soft.hex,
        "ink-dim": dim.hex,
        "ink-faint": faint.hex,
        "rule": rule.hex,
        "spot": primary,
        "link": link,
        "gold": gold,
        "lit": lit.hex,
    }
    return ours | {f"press-{name}": primary for name in PRESS_NAMES}


@lru_cache(maxsize=2048)
def _style(fg: str, bg: str, bold: bool, italic: bool, underline: bool, link: int | None) -> Style:
    meta = None if link is None else {"spot": link}
    return Style(color=fg, bgcolor=bg, bold=bold, italic=italic, underline=underline, meta=meta)


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of the theme in use, as Rich colour names (hex, or `default` and the like under an ANSI theme)."""

    paper: str
    surface: str
    panel: str
    ink: str
    bright: str
    soft: str
    dim: str
    faint: str
    rule: str
    spot: str
    link: str
    gold: str
    lit: str
    press: Mapping[str, str] = field(default_factory=dict)
    glyphs: Glyphs = UNICODE

    def style(
        self,
        fg: str,
        *,
        bold: bool = False,
        italic: bool = False,
        underline: bool = False,
        bg: str | None = None,
        link: int | None = None,
    ) -> Style:
        """The style for text in colour `fg` on `bg` (None: paper).

        `link` is a spot's number: it goes into the style's meta as `{"spot": number}`, where a click finds it; never
        an action string. Cached: the same arguments give the same object.
        """
        return _style(fg, bg or self.paper, bold, italic, underline, link)


def _rich_name(value: str) -> str:
    colour = Color.parse(value)
    return colour.rich_color.name if colour.ansi is not None else colour.hex6


def look_of(variables: Mapping[str, str]) -> Look:
    """The look of the theme in use, from `App.theme_variables` (with `variable_defaults` among them)."""

    def get(name: str) -> str:
        return _rich_name(variables[name])

    return Look(
        paper=get("background"),
        surface=get("surface"),
        panel=get("panel"),
        ink=get("foreground"),
        bright=get("ink-bright"),
        soft=get("ink-soft"),
        dim=get("ink-dim"),
        faint=get("ink-faint"),
        rule=get("rule"),
        spot=get("spot"),
        link=get("link"),
        gold=get("gold"),
        lit=get("lit"),
        press={name: get(f"press-{name}") for name in PRESS_NAMES},
    )


def press_colour(look: Look, press: str | None, host: str) -> str:
    """A paper's own colour: the one the catalogue names, else one that its host always gets."""
    if press and press in look.press:
        return look.press[press]
    return look.press[PRESS_NAMES[crc32(host.encode()) % len(PRESS_NAMES)]]

"""The colours of the reader: its themes, each for true colour and for 256 colours, and styles made from them.

`Appearance` is what drawing code gets: plain hex colours by name and the Rich styles made of them. It knows nothing of
panes or rows. Contrast figures and uses are in docs/look.md; `tests/ui/theme/test_theme.py` holds them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal
from zlib import crc32

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from reader.ui.theme.glyphs import UNICODE, Glyphs

Depth = Literal["truecolor", "256", "ansi"]
"""What a terminal can show. `ansi`: its own sixteen colours, or none."""

BRAND_COLOURS = ("crimson", "amber", "olive", "green", "teal", "indigo", "violet", "rose")
"""The colours a source can have as its own; they are `brand-NAME` among the theme's variables."""

_NAMES = ("ink-bright", "ink-soft", "ink-dim", "ink-faint", "rule", "spot", "link", "gold", "highlight")

_ORDER = ("background", "surface", "panel", "foreground", *_NAMES, *BRAND_COLOURS)
_DARK_HEX = (
    "#191816 #2B2925 #211F1D #D8D2C5 #F6F1E7 #BDB6A8 #9B9487 #7E786D #3D3A35 #E8805F #8DB6D9 #E2B85C #5A4718 "
    "#EE8080 #D8A24A #B3AE58 #86B878 #5FB8A5 #93A9EC #BE9AE2 #E08BB6"
)
_LIGHT_HEX = (
    "#FAF7F1 #EBE5D9 #F3EEE5 #2C2925 #0F0E0C #47423B #676053 #827A6D #D6CFC1 #B0371C #1D5C8C #825800 #F7DE93 "
    "#A32A2A #8A5200 #626000 #2F6B2C #0F6B5C #3A4FA8 #6B3FA0 #99285F"
)
_SEPIA_HEX = (
    "#F3E8D2 #E6D7B8 #EDE1C8 #3A2E1F #1E150A #4C3F2E #67573F #80704C #CDBD9C #9E3216 #1F5478 #7A5200 #F2CF78 "
    "#982525 #7E4A00 #575500 #28612A #0C6051 #34479B #613694 #8D2355"
)
_CONTRAST_HEX = (
    "#000000 #262626 #141414 #FFFFFF #FFFFFF #E4E4E4 #C8C8C8 #FFFFFF #7A7A7A #FF9D7A #8CCBFF #FFD75F #6B5200 "
    "#FF9C9C #F0BC62 #CDC766 #A3D694 #7AD6C2 #B0C2FF #D8B8F8 #FAA6D0"
)
_SEPIA = dict(zip(_ORDER, _SEPIA_HEX.split(), strict=True))
_CONTRAST = dict(zip(_ORDER, _CONTRAST_HEX.split(), strict=True))
_DARK = dict(zip(_ORDER, _DARK_HEX.split(), strict=True))
_LIGHT = dict(zip(_ORDER, _LIGHT_HEX.split(), strict=True))

_ROLES = (
    "background",
    "surface",
    "panel",
    "rule",
    "ink-faint",
    "foreground",
    "ink-soft",
    "ink-bright",
    "ink-dim",
    "spot",
    "link",
    "gold",
    "highlight",
    *BRAND_COLOURS,
)
_DARK_NUMBERS = (234, 236, 235, 238, 244, 252, 249, 231, 247, 209, 110, 179, 58, 210, 173, 143, 108, 73, 111, 141, 175)
_LIGHT_NUMBERS = (231, 254, 255, 250, 243, 236, 238, 16, 241, 124, 24, 94, 222, 124, 94, 58, 22, 23, 25, 54, 89)
_SEPIA_NUMBERS = (230, 187, 229, 144, 241, 235, 237, 16, 239, 124, 24, 58, 222, 88, 58, 58, 22, 23, 24, 54, 89)


def _of_number(number: int) -> str:
    """The hex which Rich rounds to this palette number: greys by lightness, the rest as xterm has them."""
    if number in (16, 231) or number >= 232:
        level = 0 if number == 16 else 255 if number == 231 else round((number - 231) / 25 * 255)
        return f"#{level:02X}{level:02X}{level:02X}"
    return RichColor.from_ansi(number).get_truecolor().hex.upper()


def _theme(name: str, colours: Mapping[str, str], *, dark: bool) -> Theme:
    ours = {key: colours[key] for key in _NAMES} | {f"brand-{key}": colours[key] for key in BRAND_COLOURS}
    paper, ink, faint = colours["background"], colours["foreground"], colours["ink-faint"]
    textuals = {
        "input-cursor-background": ink,
        "input-cursor-foreground": paper,
        "input-cursor-text-style": "none",
        "input-selection-background": colours["highlight"],
        "screen-selection-background": colours["highlight"],
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


def themes(depth: Depth) -> tuple[Theme, ...]:
    """Our themes for a terminal of that many colours, always under the same names: `newsstand-dark`, `-light`,
    `-sepia`, `-high-contrast` and `-terminal`, which has the terminal's own colours at any depth."""
    if depth != "256":
        dark, light, sepia, high = _DARK, _LIGHT, _SEPIA, _CONTRAST
    else:
        dark = {role: _of_number(number) for role, number in zip(_ROLES, _DARK_NUMBERS, strict=True)}
        light = {role: _of_number(number) for role, number in zip(_ROLES, _LIGHT_NUMBERS, strict=True)}
        sepia = {role: _of_number(number) for role, number in zip(_ROLES, _SEPIA_NUMBERS, strict=True)}
        high = {role: _of_number(_number(value)) for role, value in _CONTRAST.items()}
    return (
        _theme("newsstand-dark", dark, dark=True),
        _theme("newsstand-light", light, dark=False),
        _theme("newsstand-sepia", sepia, dark=False),
        _theme("newsstand-high-contrast", high, dark=True),
        terminal_theme(),
    )


def _number(value: str) -> int:
    """The palette number that Rich rounds a colour to."""
    number = RichColor.parse(value).downgrade(ColorSystem.EIGHT_BIT).number
    return 16 if number is None else number


def is_dark(environment: Mapping[str, str], *, wanted: bool = True) -> bool:
    """Whether a terminal's background is dark: as COLORFGBG says (rxvt's habit: "15;0"), else as is `wanted`."""
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return wanted if not background.isdigit() else int(background) not in (7, *range(9, 16))


def terminal_theme(*, dark: bool = True) -> Theme:
    """The terminal's own sixteen colours: inks are its foreground, and dim is SGR 2 (see `Appearance.style`)."""
    spot, link, gold = (
        ("ansi_bright_red", "ansi_cyan", "ansi_yellow") if dark else ("ansi_red", "ansi_blue", "ansi_magenta")
    )
    plain = "ansi_default"
    ours = dict.fromkeys(_NAMES, plain) | {"spot": spot, "link": link, "gold": gold}
    textuals = dict.fromkeys(
        (
            "input-cursor-background",
            "input-cursor-foreground",
            "input-selection-background",
            "border",
            "border-blurred",
            "block-cursor-background",
            "block-cursor-foreground",
            "scrollbar",
            "scrollbar-hover",
            "scrollbar-active",
            "scrollbar-background",
            "scrollbar-background-hover",
            "scrollbar-background-active",
            "scrollbar-corner-color",
            "ansi-background",
            "ansi-foreground",
        ),
        plain,
    )
    textuals |= {"input-cursor-text-style": "reverse", "block-cursor-text-style": "reverse", "link-style": "underline"}
    textuals |= {"screen-selection-background": gold, "screen-selection-foreground": "ansi_black"}
    return Theme(
        name="newsstand-terminal",
        ansi=True,
        primary=spot,
        secondary=link,
        accent=gold,
        warning=gold,
        error=spot,
        success=link,
        foreground=plain,
        background=plain,
        surface=plain,
        panel=plain,
        boost=plain,
        dark=dark,
        variables=ours | {f"brand-{name}": link for name in BRAND_COLOURS} | textuals,
    )


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3)."""

    def luminance(colour: Color) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _least_blend(paper: Color, ink: Color, percent: int, wanted: float) -> Color:
    """The faintest ink from `percent` on that still reaches the contrast; else the ink itself."""
    for share in range(percent, 101, 2):
        blended = paper.blend(ink, share / 100)
        if contrast(blended, paper) >= wanted:
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
        highlight = Color.parse(gold)
    else:
        dim = _least_blend(paper, ink, 62, 4.8)
        soft = _least_blend(paper, ink, 80, 7.0)
        faint = _least_blend(paper, ink, 45, 3.0)
        rule = paper.blend(ink, 0.18)
        golden = Color.parse(gold)
        highlight = golden if golden.ansi is not None else paper.blend(golden, 0.30)
    ours = {
        "ink-bright": ink.hex,
        "ink-soft": soft.hex,
        "ink-dim": dim.hex,
        "ink-faint": faint.hex,
        "rule": rule.hex,
        "spot": primary,
        "link": link,
        "gold": gold,
        "highlight": highlight.hex,
    }
    return ours | {f"brand-{name}": primary for name in BRAND_COLOURS}


@lru_cache(maxsize=2048)
def _style(fg: str, bg: str, bold: bool, italic: bool, underline: bool, target: int | None) -> Style:
    meta = None if target is None else {"target": target}
    return Style(color=fg, bgcolor=bg, bold=bold, italic=italic, underline=underline, meta=meta)


_PLAIN, _DIM, _BRIGHT, _SURFACE = "default", "dim", "bright", "surface"
"""Inks of a terminal's own colours, as `Appearance` has them: foreground; that, dim; a headline's; the cursor row."""


@lru_cache(maxsize=512)
def _ansi_style(fg: str, bg: str, bold: bool, underline: bool, target: int | None) -> Style:
    reverse = bg not in (_PLAIN, _SURFACE) or (bg == _SURFACE and fg == _BRIGHT)
    colour = _PLAIN if reverse or fg in (_DIM, _BRIGHT) else fg
    meta = None if target is None else {"target": target}
    return Style(
        color=colour,
        bgcolor=_PLAIN,
        bold=bold,
        underline=underline,
        dim=fg == _DIM and not reverse,
        reverse=reverse,
        meta=meta,
    )


@dataclass(frozen=True, slots=True)
class Appearance:
    """The colours of the theme in use, as Rich colour names; and the glyphs that are drawn.

    `ansi`: the terminal's own colours. Then roles that differ by shade alone are told apart by `_DIM` and the like,
    which `style` and `style_over` turn into SGR 2 and reversed text; no italic text, for some terminals reverse it.
    """

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
    highlight: str
    brand_colours: Mapping[str, str] = field(default_factory=dict)
    glyphs: Glyphs = UNICODE
    ansi: bool = False

    def style(
        self,
        fg: str,
        *,
        bold: bool = False,
        italic: bool = False,
        underline: bool = False,
        bg: str | None = None,
        target: int | None = None,
    ) -> Style:
        """The style for text in colour `fg` on `bg` (None: paper).

        `target` is a link target's number: it goes into the style's meta as `{"target": number}`, where a click finds
        it; never an action string. Cached: the same arguments give the same object.
        """
        if self.ansi:
            return _ansi_style(fg, bg or self.paper, bold, underline, target)
        return _style(fg, bg or self.paper, bold, italic, underline, target)

    def style_over(
        self, fg: str | None = None, *, bg: str | None = None, bold: bool | None = None, underline: bool | None = None
    ) -> Style:
        """A style to be added to another one: only what is given changes."""
        if not self.ansi:
            return Style(color=fg, bgcolor=bg, bold=bold, underline=underline)
        over = _ansi_style(fg or _PLAIN, bg or _PLAIN, False, False, None)
        return Style(dim=over.dim, reverse=over.reverse, bold=bold, underline=underline)


def _rich_name(value: str) -> str:
    colour = Color.parse(value)
    return colour.rich_color.name if colour.ansi is not None else colour.hex6


def appearance_of(variables: Mapping[str, str], *, ansi: bool = False, glyphs: Glyphs = UNICODE) -> Appearance:
    """The appearance of the theme in use, from `App.theme_variables` (with `variable_defaults` among them)."""

    def get(name: str) -> str:
        return _rich_name(variables[name])

    brand_colours = {name: get(f"brand-{name}") for name in BRAND_COLOURS}
    if ansi:
        return Appearance(
            paper=_PLAIN,
            surface=_SURFACE,
            panel=_PLAIN,
            ink=_PLAIN,
            bright=_BRIGHT,
            soft=_PLAIN,
            dim=_DIM,
            faint=_DIM,
            rule=_DIM,
            spot=get("spot"),
            link=get("link"),
            gold=get("gold"),
            highlight="highlight",
            brand_colours=dict.fromkeys(brand_colours, get("link")),
            glyphs=glyphs,
            ansi=True,
        )
    return Appearance(
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
        highlight=get("highlight"),
        brand_colours=brand_colours,
        glyphs=glyphs,
    )


def brand_colour(appearance: Appearance, name: str | None, host: str) -> str:
    """A paper's own colour: the one the catalogue names, else one that its host always gets."""
    if name and name in appearance.brand_colours:
        return appearance.brand_colours[name]
    return appearance.brand_colours[BRAND_COLOURS[crc32(host.encode()) % len(BRAND_COLOURS)]]

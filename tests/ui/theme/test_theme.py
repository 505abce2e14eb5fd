"""The colours hold what docs/look.md promises: contrast, depth, and a value for every name under every theme."""

import pytest
from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from reader.ui.theme.glyphs import ASCII, UNICODE
from reader.ui.theme.terminal import depth_of, glyphs_of
from reader.ui.theme.theme import (
    BRAND_COLOURS,
    Appearance,
    appearance_of,
    brand_colour,
    contrast,
    is_dark,
    terminal_theme,
    themes,
    variable_defaults,
)

COLOURED = [theme for theme in themes("truecolor") if not theme.ansi]
ALL = [
    pytest.param(theme, id=f"{theme.name}-{depth}")
    for depth in ("truecolor", "256")
    for theme in themes(depth)
    if not theme.ansi
]


def look_variables(theme: Theme) -> dict[str, str]:
    return {**variable_defaults(theme), **theme.to_color_system().generate(), **theme.variables}


def look_with(theme: Theme) -> Appearance:
    return appearance_of(look_variables(theme))


def least_contrast(appearance: Appearance, colour: str) -> float:
    return min(contrast(Color.parse(colour), Color.parse(ground)) for ground in (appearance.paper, appearance.surface))


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_running_text_has_seven_to_one_on_paper_and_under_the_cursor(theme: Theme) -> None:
    appearance = look_with(theme)
    for colour in (appearance.ink, appearance.bright, appearance.soft):
        assert least_contrast(appearance, colour) >= 7


@pytest.mark.parametrize("theme", ALL)
def test_whatever_is_read_has_four_and_a_half_to_one_and_marks_three(theme: Theme) -> None:
    appearance = look_with(theme)
    for colour in (
        appearance.ink,
        appearance.bright,
        appearance.soft,
        appearance.dim,
        appearance.spot,
        appearance.link,
        appearance.gold,
        *appearance.brand_colours.values(),
    ):
        assert least_contrast(appearance, colour) >= 4.5, colour
    assert least_contrast(appearance, appearance.faint) >= 3


@pytest.mark.parametrize("theme", themes("256")[:2], ids=lambda theme: theme.name)
def test_in_256_colours_rich_rounds_nothing_away(theme: Theme) -> None:
    appearance = look_with(theme)
    dark = {
        "paper": 234,
        "surface": 236,
        "panel": 235,
        "rule": 238,
        "faint": 244,
        "ink": 252,
        "soft": 249,
        "bright": 231,
        "dim": 247,
        "spot": 209,
        "link": 110,
        "gold": 179,
        "highlight": 58,
    }
    light = {
        "paper": 231,
        "surface": 254,
        "panel": 255,
        "rule": 250,
        "faint": 243,
        "ink": 236,
        "soft": 238,
        "bright": 16,
        "dim": 241,
        "spot": 124,
        "link": 24,
        "gold": 94,
        "highlight": 222,
    }
    for name, number in (dark if theme.dark else light).items():
        assert RichColor.parse(getattr(appearance, name)).downgrade(ColorSystem.EIGHT_BIT).number == number, name


@pytest.mark.parametrize("theme", BUILTIN_THEMES.values(), ids=lambda theme: theme.name)
def test_each_of_textuals_own_themes_gets_every_one_of_our_colours(theme: Theme) -> None:
    appearance = look_with(theme)
    appearance.style(appearance.dim, bold=True, bg=appearance.highlight)
    if not theme.ansi:
        paper = Color.parse(appearance.paper)
        assert (
            contrast(Color.parse(appearance.dim), paper)
            >= min(4.8, contrast(Color.parse(appearance.ink), paper)) - 0.01
        )
        assert (
            contrast(Color.parse(appearance.faint), paper)
            >= min(3, contrast(Color.parse(appearance.ink), paper)) - 0.01
        )


@pytest.mark.parametrize("theme", themes("256")[2:4], ids=lambda theme: theme.name)
def test_what_sepia_and_high_contrast_show_in_256_colours_is_what_was_measured(theme: Theme) -> None:
    appearance = look_with(theme)
    for name in ("paper", "surface", "ink", "soft", "bright", "dim", "spot", "link", "gold", "highlight"):
        shown = RichColor.parse(getattr(appearance, name)).downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
        difference = contrast(Color.parse(getattr(appearance, name)), Color.parse(shown.hex))
        assert difference < 1.08, name  # greys are rounded by lightness, a shade apart at most


def test_in_the_terminals_own_colours_shade_is_said_by_weight_dimness_and_reversed_text() -> None:
    appearance = appearance_of(look_variables(terminal_theme()), ansi=True)
    dim = appearance.style(appearance.dim)
    assert (dim.dim, dim.reverse, dim.color, dim.bgcolor) == (True, False, *[RichColor.default()] * 2)
    assert appearance.style(appearance.bright, bg=appearance.surface, bold=True).reverse
    assert not appearance.style(appearance.bright, bold=True).reverse
    assert not appearance.style(appearance.dim, bg=appearance.surface).reverse
    assert appearance.style(appearance.paper, bold=True, bg=appearance.gold).reverse
    assert appearance.style(appearance.bright, bg=appearance.highlight).reverse
    assert not appearance.style(appearance.bright, italic=True).italic
    assert RichColor.parse(appearance.spot).number == 9  # bright red
    assert brand_colour(appearance, "teal", "songhong.example") == appearance.link
    assert appearance.style(appearance.link, target=7).meta == {"target": 7}
    light = appearance_of(look_variables(terminal_theme(dark=False)), ansi=True)
    assert [RichColor.parse(colour).number for colour in (light.spot, light.link, light.gold)] == [1, 4, 5]


@pytest.mark.parametrize(
    ("environment", "theme", "depth"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "dark", "truecolor"),
        ({"TERM": "xterm-256color"}, "dark", "256"),
        ({"TERM": "xterm"}, "dark", "ansi"),
        ({"TERM": "linux"}, "light", "ansi"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, "dark", "ansi"),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, "dark", "256"),
        ({"TERM": "xterm-256color", "COLORTERM": "24bit"}, "terminal", "ansi"),
        ({}, "dark", "ansi"),
    ],
)
def test_how_many_colours_a_terminal_shows(environment: dict[str, str], theme: str, depth: str) -> None:
    assert depth_of(environment, theme) == depth


@pytest.mark.parametrize(
    ("environment", "icons", "plain"),
    [
        ({"LANG": "vi_VN.UTF-8", "TERM": "xterm"}, "auto", False),
        ({"LANG": "C.utf8"}, "auto", False),
        ({}, "auto", False),
        ({"LC_ALL": "C", "LANG": "vi_VN.UTF-8"}, "auto", True),
        ({"LANG": "de_DE.ISO-8859-1"}, "auto", True),
        ({"LANG": "vi_VN.UTF-8", "TERM": "linux"}, "auto", True),
        ({"LC_ALL": "C"}, "unicode", False),
        ({"LANG": "vi_VN.UTF-8"}, "ascii", True),
    ],
)
def test_which_marks_a_terminal_gets(environment: dict[str, str], icons: str, plain: bool) -> None:
    assert glyphs_of(environment, icons).plain is plain


@pytest.mark.parametrize(
    ("colours", "dark"), [("15;0", True), ("0;15", False), ("0;7", False), ("", True), ("x;default", True)]
)
def test_whether_the_ground_is_dark(colours: str, dark: bool) -> None:
    assert is_dark({"COLORFGBG": colours}) is dark


def test_every_mark_is_one_cell_and_has_its_ascii() -> None:
    for name, ascii_mark, mark in zip(ASCII._fields, map(str, ASCII), map(str, UNICODE), strict=True):
        if name == "plain":
            continue
        assert ascii_mark.isascii(), name
        assert all(cell_len(letter) == 1 for letter in mark), name
    assert ASCII.own("62% · 3 min left › ↑ 12 new…") == "62% - 3 min left > ^ 12 new..."


def test_a_paper_has_the_colour_it_chose_or_always_the_same_one() -> None:
    appearance = look_with(themes("truecolor")[0])
    assert brand_colour(appearance, "teal", "songhong.example") == appearance.brand_colours["teal"]
    hosts = [f"paper{n}.example" for n in range(60)]
    colours = [brand_colour(appearance, None, host) for host in hosts]
    assert colours == [brand_colour(appearance, "no such colour", host) for host in hosts]
    assert len(set(colours)) == len(BRAND_COLOURS)


def test_a_links_number_stands_in_its_style_and_no_action_does() -> None:
    appearance = look_with(themes("truecolor")[0])
    assert appearance.style(appearance.link, target=7).meta == {"target": 7}
    assert appearance.style(appearance.link).meta == {}

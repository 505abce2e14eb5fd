"""The colours hold what docs/look.md promises: contrast, depth, and a value for every name under every theme."""

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from reader.ui.look import PRESS_NAMES, THEMES, Look, contrast, look_of, press_colour, themes, variable_defaults

ALL = [pytest.param(theme, id=f"{theme.name}-{depth}") for depth in ("truecolor", "256") for theme in themes(depth)]


def look_with(theme: Theme) -> Look:
    return look_of({**variable_defaults(theme), **theme.to_color_system().generate(), **theme.variables})


def least_contrast(look: Look, colour: str) -> float:
    return min(contrast(Color.parse(colour), Color.parse(ground)) for ground in (look.paper, look.surface))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_running_text_has_seven_to_one_on_paper_and_under_the_cursor(theme: Theme) -> None:
    look = look_with(theme)
    for colour in (look.ink, look.bright, look.soft):
        assert least_contrast(look, colour) >= 7


@pytest.mark.parametrize("theme", ALL)
def test_whatever_is_read_has_four_and_a_half_to_one_and_marks_three(theme: Theme) -> None:
    look = look_with(theme)
    for colour in (look.ink, look.bright, look.soft, look.dim, look.spot, look.link, look.gold, *look.press.values()):
        assert least_contrast(look, colour) >= 4.5, colour
    assert least_contrast(look, look.faint) >= 3


@pytest.mark.parametrize("theme", themes("256"), ids=lambda theme: theme.name)
def test_in_256_colours_rich_rounds_nothing_away(theme: Theme) -> None:
    look = look_with(theme)
    dark = {"paper": 234, "surface": 236, "panel": 235, "rule": 238, "faint": 244, "ink": 252, "soft": 249,
            "bright": 231, "dim": 247, "spot": 209, "link": 110, "gold": 179, "lit": 58}  # fmt: skip
    light = {"paper": 231, "surface": 254, "panel": 255, "rule": 250, "faint": 243, "ink": 236, "soft": 238,
             "bright": 16, "dim": 241, "spot": 124, "link": 24, "gold": 94, "lit": 222}  # fmt: skip
    for name, number in (dark if theme.dark else light).items():
        assert RichColor.parse(getattr(look, name)).downgrade(ColorSystem.EIGHT_BIT).number == number, name


@pytest.mark.parametrize("theme", BUILTIN_THEMES.values(), ids=lambda theme: theme.name)
def test_each_of_textuals_own_themes_gets_every_one_of_our_colours(theme: Theme) -> None:
    look = look_with(theme)
    look.style(look.dim, bold=True, bg=look.lit)
    if not theme.ansi:
        paper = Color.parse(look.paper)
        assert contrast(Color.parse(look.dim), paper) >= min(4.8, contrast(Color.parse(look.ink), paper)) - 0.01
        assert contrast(Color.parse(look.faint), paper) >= min(3, contrast(Color.parse(look.ink), paper)) - 0.01


def test_a_paper_has_the_colour_it_chose_or_always_the_same_one() -> None:
    look = look_with(THEMES[0])
    assert press_colour(look, "teal", "songhong.example") == look.press["teal"]
    hosts = [f"paper{n}.example" for n in range(60)]
    colours = [press_colour(look, None, host) for host in hosts]
    assert colours == [press_colour(look, "no such colour", host) for host in hosts]
    assert len(set(colours)) == len(PRESS_NAMES)


def test_a_links_number_stands_in_its_style_and_no_action_does() -> None:
    look = look_with(THEMES[0])
    assert look.style(look.link, link=7).meta == {"spot": 7}
    assert look.style(look.link).meta == {}

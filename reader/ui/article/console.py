"""A story on standard output: the same lines as in the article pane, with styles as escape sequences. No app."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from rich.color import ColorSystem
from rich.style import Style
from textual.theme import BUILTIN_THEMES, Theme

from reader.models import Article, LinkKind
from reader.ui.article.layout import StoryContent, lay_out
from reader.ui.theme.terminal import depth_of, glyphs_of
from reader.ui.theme.theme import Depth, appearance_of, is_dark, terminal_theme, themes, variable_defaults

_MARGIN = 8
"""Cells that a pane has around the longest line."""

_SYSTEMS = {"truecolor": ColorSystem.TRUECOLOR, "256": ColorSystem.EIGHT_BIT, "ansi": ColorSystem.STANDARD}


def printed_lines(
    article: Article, environment: Mapping[str, str], *, width: int, theme: str, icons: str, now: datetime
) -> Iterator[str]:
    """Yield the lines of a story, none longer than `width` cells, in the theme and with the glyphs of the settings.

    Styled as the terminal of `environment` can (COLORTERM, TERM), without colours where it has NO_COLOR, and not at all
    where TERM is dumb. The background is the terminal's own: where COLORFGBG says that it is not like the theme's, the
    colours are those of our dark or light theme.
    """
    depth = depth_of(environment, theme)
    chosen = _theme(environment, theme, depth)
    variables = {**chosen.to_color_system().generate(), **variable_defaults(chosen), **chosen.variables}
    appearance = appearance_of(variables, ansi=chosen.ansi, glyphs=glyphs_of(environment, icons))
    bare = environment.get("TERM", "") in ("dumb", "unknown")
    colours = not environment.get("NO_COLOR")
    measure = max(20, width)
    discussion = next((link.url for link in article.links if link.kind is LinkKind.DISCUSSION), None)
    content = StoryContent(
        now=now,
        article=article,
        url=article.url,
        paper=article.site,
        enclosures=article.enclosures,
        discussion=discussion,
    )
    layout = lay_out(content, measure + _MARGIN, measure, appearance)
    for line in layout.lines:
        left = layout.left
        pieces = []
        for segment in line.segments:
            text = segment.text[left:] if left else segment.text
            left = max(0, left - len(segment.text))
            own = _without_background(segment.style or Style.null(), colours=colours)
            pieces.append(text if bare or not text else own.render(text, color_system=_SYSTEMS[depth]))
        yield "".join(pieces).rstrip()


def _theme(environment: Mapping[str, str], chosen: str, depth: Depth) -> Theme:
    """The theme whose colours are used: the one chosen, where it can be read on the terminal's background."""
    if depth == "ansi":
        return terminal_theme(dark=is_dark(environment, wanted=chosen not in ("light", "sepia")))
    ours = {theme.name.removeprefix("newsstand-"): theme for theme in themes(depth)}
    theme = ours.get(chosen) or BUILTIN_THEMES.get(chosen) or ours["dark"]
    dark = is_dark(environment, wanted=theme.dark)
    return theme if theme.ansi or dark == theme.dark else ours["dark" if dark else "light"]


def _without_background(style: Style, *, colours: bool) -> Style:
    return Style(
        color=style.color if colours and not (style.color and style.color.is_default) else None,
        bold=style.bold,
        italic=style.italic,
        underline=style.underline,
        dim=style.dim,
        reverse=style.reverse,
    )

"""A story on standard output: the same lines as in the article pane, with styles as escape sequences. No app.

The terminal's own colours are used, whatever they are: words are bold, italic, underlined or dim, and never coloured.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from rich.style import Style

from reader.models import Article, LinkKind
from reader.store import KnownLink, Row
from reader.text import inert
from reader.ui.article.layout import StoryContent, lay_out
from reader.ui.theme.terminal import depth_of, glyphs_of
from reader.ui.theme.theme import Appearance, appearance_of, themes, variable_defaults

_MARGIN = 8
"""Cells that a pane has around the longest line."""


def printed_lines(
    article: Article,
    environment: Mapping[str, str],
    *,
    width: int,
    icons: str,
    now: datetime,
    row: Row | None = None,
    known: Mapping[str, KnownLink] | None = None,
) -> Iterator[str]:
    """Yield the lines of a story, none longer than `width` cells, with the glyphs of the settings.

    Styled as the terminal of `environment` (TERM) can: without italic text where it may have only sixteen colours,
    for some of these reverse it; not at all where TERM is dumb. `row` is the story's headline in the library, `known`
    what that knows of its links: with them it says what the reader says.
    """
    theme = themes("truecolor")[0]
    variables = {**theme.to_color_system().generate(), **variable_defaults(theme), **theme.variables}
    appearance = appearance_of(variables, glyphs=glyphs_of(environment, icons))
    bare = environment.get("TERM", "") in ("dumb", "unknown")
    italic = depth_of(environment, theme.name) != "ansi"
    measure = max(20, width)
    layout = lay_out(_content(article, row, known or {}, now), measure + _MARGIN, measure, appearance)
    for line in layout.lines:
        left = layout.left
        pieces = []
        for segment in line.segments:
            text = inert(segment.text[left:] if left else segment.text)
            left = max(0, left - len(segment.text))
            own = _without_colours(segment.style or Style.null(), appearance, italic=italic)
            pieces.append(text if bare or not text else own.render(text))
        yield "".join(pieces).rstrip()


def _content(article: Article, row: Row | None, known: Mapping[str, KnownLink], now: datetime) -> StoryContent:
    """What the article pane would show of it, too."""
    discussion = next((link.url for link in article.links if link.kind is LinkKind.DISCUSSION), None)
    linked = tuple(link.url for link in article.links if link.kind is LinkKind.LINKED)
    if row is None:
        return StoryContent(
            now=now,
            article=article,
            url=article.url,
            paper=article.site,
            enclosures=article.enclosures,
            discussion=discussion,
            linked=linked,
        )
    moment = article.published or datetime.fromtimestamp(row.time, now.tzinfo)
    return StoryContent(
        now=now,
        article=article,
        title=row.title,
        url=row.url,
        paper=row.paper if row.source is not None else article.site or row.paper,
        section=row.section,
        published=moment.astimezone(now.tzinfo),
        minutes=row.minutes,
        duration=row.duration,
        known=known,
        enclosures=article.enclosures,
        discussion=discussion,
        linked=linked,
    )


def _without_colours(style: Style, appearance: Appearance, *, italic: bool) -> Style:
    """The same style in the terminal's foreground: what is fainter in the reader is dim."""
    faint = style.color is not None and style.color.name.upper() in {
        colour.upper() for colour in (appearance.dim, appearance.faint, appearance.rule)
    }
    return Style(
        bold=style.bold, italic=style.italic if italic else None, underline=style.underline, dim=faint or style.dim
    )

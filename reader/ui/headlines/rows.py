"""One headline drawn: from a row of the library to the lines of its density. Pure; knows no widgets.

Every row has the cursor's bar in column 0, its mark in column 2, text from column 4, and two blank cells before the
rule on the right.
"""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Literal

from rich.cells import cell_len
from rich.segment import Segment

from reader import words
from reader.store import Row
from reader.text.compare import is_beginning
from reader.ui.text.cells import cut, pad, wrap
from reader.ui.theme.theme import Appearance

Density = Literal["comfortable", "snug", "compact"]
Cursor = Literal["none", "faint", "here"]

HEIGHTS: dict[Density, int] = {"comfortable": 4, "snug": 2, "compact": 1}

SHORT_CELLS, NAME_CELLS = 10, 18
"""The column of a paper in compact rows: its short name, or where there is room its name."""

COMPACT_WITH_NAME = 100
"""Columns from which compact rows have room for it."""

COMPACT_WITH_PAPER = 60
"""Columns from which compact rows have room for the paper's short name."""


def density_for(setting: str, width: int, height: int) -> Density:
    """The density a pane of that size gets. `auto` is snug where the pane is wide and low, else comfortable."""
    if setting in ("comfortable", "snug", "compact"):
        return setting  # type: ignore[return-value]  # narrowed by the test above
    return "snug" if width >= 64 and height < 30 else "comfortable"


@dataclass(frozen=True, slots=True)
class RowStyle:
    """How the rows of a list are drawn, and how wide.

    `mixed`: the list has rows of several papers, so each names its own. `by_time`: the rows are under day headings, so
    each shows the time of day alone. `offline`: rows that are not kept say so.
    """

    appearance: Appearance
    width: int
    density: Density
    mixed: bool
    by_time: bool
    offline: bool
    now: datetime
    zone: tzinfo | None = None


def row_lines(row: Row, style: RowStyle, cursor: Cursor) -> list[list[Segment]]:
    """Return the lines of one row, each exactly as wide as the pane. With a cursor its background is `surface`.

    The blank under a comfortable row (two, where a short headline has no summary) is never in the cursor's colour.
    """
    drawn = _compact(row, style, cursor) if style.density == "compact" else _full(row, style, cursor)
    while len(drawn) < HEIGHTS[style.density]:
        drawn.append([Segment(" " * style.width, style.appearance.style(style.appearance.ink))])
    return drawn


def heading_line(day: date, style: RowStyle) -> list[Segment]:
    """Return a day's heading, in column 2: its name bold, its date regular, both dim."""
    appearance = style.appearance
    name, rest = words.day_heading(day, style.now.date())
    text = f"  {name}  {rest}"
    left = max(0, style.width - cell_len(text))
    return [
        Segment(f"  {name}", appearance.style(appearance.dim, bold=True)),
        Segment(f"  {rest}" + " " * left, appearance.style(appearance.dim)),
    ]


def _row_start(row: Row, style: RowStyle, cursor: Cursor, *, first: bool) -> list[Segment]:
    """The first four cells of a line: bar, blank, mark, blank."""
    appearance = style.appearance
    background = appearance.paper if cursor == "none" else appearance.surface
    bar = " " if cursor == "none" or (style.appearance.ansi and not first) else style.appearance.glyphs.bar
    mark = " "
    if first and not row.read:
        mark = appearance.glyphs.unread
    elif first and row.changed:
        mark = appearance.glyphs.changed
    return [
        Segment(bar, appearance.style(appearance.spot if cursor == "here" else appearance.faint, bg=background)),
        Segment(f" {mark} ", appearance.style(appearance.spot, bg=background)),
    ]


def _headline_style(row: Row, style: RowStyle, cursor: Cursor) -> tuple[str, bool]:
    appearance = style.appearance
    if style.offline and not row.kept:
        return appearance.dim, False
    bold = not row.read or row.changed
    if cursor == "here" or (cursor == "faint" and not appearance.ansi):
        return appearance.bright, bold
    return (appearance.ink, True) if bold else (appearance.soft, False)


def row_time(row: Row, style: RowStyle) -> str:
    """The time of day, under a day heading; else the day, or the time of day where that is today."""
    moment = datetime.fromtimestamp(row.time, style.zone)
    if style.by_time or moment.date() == style.now.date():
        return words.clock(moment)
    return words.short_date(moment.date())


def row_facts(row: Row, style: RowStyle, width: int) -> str:
    """Paper (where there are several), time, minutes and so on, with dots between; the paper is cut to fit.

    Of what is listened to or watched, how long that takes is said, not how long its notes take to read.
    """
    facts = [row_time(row, style)]
    if row.duration:
        facts.append(words.duration(row.duration))
    elif row.minutes:
        facts.append(words.minutes(row.minutes))
    if row.changed:
        facts.append(words.label("updated"))
    if style.offline and not row.kept:
        facts.append(words.label("not kept"))
    dot = f" {style.appearance.glyphs.dot} "
    rest = dot.join(facts)
    if not style.mixed:
        return _cut(rest, width, style)
    return _cut(_cut(row.paper, max(8, width - cell_len(rest) - 3), style) + dot + rest, width, style)


def _cut(text: str, width: int, style: RowStyle) -> str:
    return cut(text, width, style.appearance.glyphs.ellipsis)


def _full(row: Row, style: RowStyle, cursor: Cursor) -> list[list[Segment]]:
    appearance, text_width = style.appearance, style.width - 6
    background = appearance.paper if cursor == "none" else appearance.surface
    colour, bold = _headline_style(row, style, cursor)
    headline_style = appearance.style(colour, bold=bold, bg=background)
    dim = appearance.style(appearance.dim, bg=background)
    titles = wrap(row.title, text_width, 2 if style.density == "comfortable" else 1, appearance.glyphs.ellipsis)
    lines = []
    for index, title in enumerate(titles):
        lines.append(
            [
                *_row_start(row, style, cursor, first=index == 0),
                Segment(title, headline_style),
                Segment(" " * (text_width + 2 - cell_len(title)), appearance.style(appearance.ink, bg=background)),
            ]
        )
    if style.density == "comfortable" and len(lines) == 1 and row.summary and not is_beginning(row.title, row.summary):
        summary = _cut(row.summary, text_width, style)
        lines.append([*_row_start(row, style, cursor, first=False), Segment(pad(summary, text_width + 2), dim)])
    facts = pad(row_facts(row, style, text_width - 4), text_width - 3)
    lines.append(
        [
            *_row_start(row, style, cursor, first=False),
            Segment(facts, dim),
            *_marks(row, style, background),
            Segment("  ", dim),
        ]
    )
    return lines


def _marks(row: Row, style: RowStyle, background: str) -> list[Segment]:
    appearance = style.appearance
    return [
        Segment(appearance.glyphs.starred if row.starred else " ", appearance.style(appearance.gold, bg=background)),
        Segment(" " + (appearance.glyphs.kept if row.kept else " "), appearance.style(appearance.faint, bg=background)),
    ]


def _compact(row: Row, style: RowStyle, cursor: Cursor) -> list[list[Segment]]:
    appearance = style.appearance
    background = appearance.paper if cursor == "none" else appearance.surface
    colour, bold = _headline_style(row, style, cursor)
    dim = appearance.style(appearance.dim, bg=background)
    longest = cell_len(words.clock(style.now.replace(hour=22, minute=58)))  # 22:58, or 10:58 pm
    clock = row_time(row, style).rjust(longest)
    paper = ""
    if style.mixed and style.width >= COMPACT_WITH_PAPER:
        roomy = style.width >= COMPACT_WITH_NAME
        name, cells = (row.paper, NAME_CELLS) if roomy else (row.short or row.paper, SHORT_CELLS)
        paper = pad(_cut(name, cells, style), cells) + "  "
    end = f"  {paper}{clock}  "
    text_width = style.width - 4 - 4 - cell_len(end)
    title = _cut(row.title, text_width, style)
    return [
        [
            *_row_start(row, style, cursor, first=True),
            Segment(title, appearance.style(colour, bold=bold, bg=background)),
            Segment(" " * (text_width + 1 - cell_len(title)), dim),
            *_marks(row, style, background),
            Segment(end, dim),
        ]
    ]

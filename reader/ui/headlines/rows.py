"""One headline drawn: from a row of the library to the lines of its density. Pure; knows no widgets.

One axis for every list: the cursor's bar in column 0, the mark in column 2, text from column 4, and two cells of
white before the rule.
"""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Literal

from rich.cells import cell_len
from rich.segment import Segment

from reader import words
from reader.store import Row
from reader.ui.text.cells import cut, pad, wrap
from reader.ui.theme.theme import Look

Density = Literal["comfortable", "snug", "compact"]
Cursor = Literal["none", "faint", "here"]
Line = list[Segment]

HEIGHTS: dict[Density, int] = {"comfortable": 4, "snug": 2, "compact": 1}

SHORT_CELLS = 10
"""The column of a paper's short name in compact rows."""

COMPACT_WITH_PAPER = 60
"""Columns from which compact rows have room for the paper's short name."""


def density_for(setting: str, width: int, height: int) -> Density:
    """The density a pane of that size gets. `auto` is snug where the pane is wide and low, else comfortable."""
    if setting in ("comfortable", "snug", "compact"):
        return setting  # type: ignore[return-value]  # narrowed by the test above
    return "snug" if width >= 64 and height < 30 else "comfortable"


@dataclass(frozen=True, slots=True)
class Hand:
    """What all rows of a list have in common: how, how wide and in which colours they are drawn.

    `mixed`: papers mix in this list, so each row names its own. `by_time`: day headings stand over the rows, so each
    shows the clock alone. `offline`: rows that are not kept say so.
    """

    look: Look
    width: int
    density: Density
    mixed: bool
    by_time: bool
    offline: bool
    now: datetime
    zone: tzinfo | None = None


def row_lines(row: Row, hand: Hand, cursor: Cursor) -> list[Line]:
    """Return the lines of one row, each exactly as wide as the pane. With a cursor it lies on `surface`.

    The blank under a comfortable row (two, where a short headline has no summary) is never on the cursor's ground.
    """
    drawn = _compact(row, hand, cursor) if hand.density == "compact" else _full(row, hand, cursor)
    while len(drawn) < HEIGHTS[hand.density]:
        drawn.append([Segment(" " * hand.width, hand.look.style(hand.look.ink))])
    return drawn


def heading_line(day: date, hand: Hand) -> Line:
    """Return a day's heading, in column 2: its name bold, its date regular, both dim."""
    look = hand.look
    name, rest = words.day_heading(day, hand.now.date())
    text = f"  {name}  {rest}"
    left = max(0, hand.width - cell_len(text))
    return [
        Segment(f"  {name}", look.style(look.dim, bold=True)),
        Segment(f"  {rest}" + " " * left, look.style(look.dim)),
    ]


def _begin(row: Row, hand: Hand, cursor: Cursor, *, first: bool) -> Line:
    """The first four cells of a line: bar, blank, mark, blank."""
    look = hand.look
    ground = look.paper if cursor == "none" else look.surface
    bar = " " if cursor == "none" or (hand.look.ansi and not first) else hand.look.glyphs.bar
    mark = " "
    if first and not row.read:
        mark = look.glyphs.unread
    elif first and row.changed:
        mark = look.glyphs.changed
    return [
        Segment(bar, look.style(look.spot if cursor == "here" else look.faint, bg=ground)),
        Segment(f" {mark} ", look.style(look.spot, bg=ground)),
    ]


def _headline_style(row: Row, hand: Hand, cursor: Cursor) -> tuple[str, bool]:
    look = hand.look
    if hand.offline and not row.kept:
        return look.dim, False
    bold = not row.read or row.changed
    if cursor == "here" or (cursor == "faint" and not look.ansi):
        return look.bright, bold
    return (look.ink, True) if bold else (look.soft, False)


def when(row: Row, hand: Hand) -> str:
    """The clock, under a day heading; else the day, or the clock where that is today."""
    moment = datetime.fromtimestamp(row.time, hand.zone)
    if hand.by_time or moment.date() == hand.now.date():
        return words.clock(moment)
    return words.short_date(moment.date())


def meta(row: Row, hand: Hand, width: int) -> str:
    """Paper (where papers mix), time, minutes and the rest, with a dot between; where it is tight the paper is cut."""
    facts = [when(row, hand)]
    if row.minutes:
        facts.append(words.minutes(row.minutes))
    if row.changed:
        facts.append(words.label("updated"))
    if hand.offline and not row.kept:
        facts.append(words.label("not kept"))
    dot = f" {hand.look.glyphs.dot} "
    rest = dot.join(facts)
    if not hand.mixed:
        return _cut(rest, width, hand)
    return _cut(_cut(row.paper, max(8, width - cell_len(rest) - 3), hand) + dot + rest, width, hand)


def _cut(text: str, width: int, hand: Hand) -> str:
    return cut(text, width, hand.look.glyphs.ellipsis)


def _full(row: Row, hand: Hand, cursor: Cursor) -> list[Line]:
    look, text_width = hand.look, hand.width - 6
    ground = look.paper if cursor == "none" else look.surface
    colour, bold = _headline_style(row, hand, cursor)
    headline_style = look.style(colour, bold=bold, bg=ground)
    dim = look.style(look.dim, bg=ground)
    titles = wrap(row.title, text_width, 2 if hand.density == "comfortable" else 1, look.glyphs.ellipsis)
    lines = []
    for index, title in enumerate(titles):
        lines.append(
            [
                *_begin(row, hand, cursor, first=index == 0),
                Segment(title, headline_style),
                Segment(" " * (text_width + 2 - cell_len(title)), look.style(look.ink, bg=ground)),
            ]
        )
    if hand.density == "comfortable" and len(lines) == 1 and row.summary:
        summary = _cut(row.summary, text_width, hand)
        lines.append([*_begin(row, hand, cursor, first=False), Segment(pad(summary, text_width + 2), dim)])
    facts = pad(meta(row, hand, text_width - 4), text_width - 3)
    lines.append([
        *_begin(row, hand, cursor, first=False), Segment(facts, dim), *_marks(row, hand, ground), Segment("  ", dim),
    ])  # fmt: skip
    return lines


def _marks(row: Row, hand: Hand, ground: str) -> Line:
    look = hand.look
    return [
        Segment(look.glyphs.starred if row.starred else " ", look.style(look.gold, bg=ground)),
        Segment(" " + (look.glyphs.kept if row.kept else " "), look.style(look.faint, bg=ground)),
    ]


def _compact(row: Row, hand: Hand, cursor: Cursor) -> list[Line]:
    look = hand.look
    ground = look.paper if cursor == "none" else look.surface
    colour, bold = _headline_style(row, hand, cursor)
    dim = look.style(look.dim, bg=ground)
    longest = cell_len(words.clock(hand.now.replace(hour=22, minute=58)))  # 22:58, or 10:58 pm
    clock = when(row, hand).rjust(longest)
    paper = ""
    if hand.mixed and hand.width >= COMPACT_WITH_PAPER:
        paper = pad(row.short or row.paper, SHORT_CELLS) + "  "
    end = f"  {paper}{clock}  "
    text_width = hand.width - 4 - 4 - cell_len(end)
    title = _cut(row.title, text_width, hand)
    return [[
        *_begin(row, hand, cursor, first=True),
        Segment(title, look.style(colour, bold=bold, bg=ground)),
        Segment(" " * (text_width + 1 - cell_len(title)), dim),
        *_marks(row, hand, ground),
        Segment(end, dim),
    ]]  # fmt: skip

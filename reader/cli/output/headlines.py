"""The table of headlines that `newsstand list` prints: whole in a pipe, by the width of a terminal there."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.cli.output.lines import cells, table, terminal_width
from reader.text import clean_line

if TYPE_CHECKING:
    from reader.store import Row

_LONGEST_TITLE = 160  # characters of a headline; --json has it whole
_LEAST_PAPER = 8  # cells of a paper's name; less of it says nothing, and a short time has no more
_STYLES = (None, "spot", "dim", None, None)


def print_headlines(rows: "Sequence[Row]", now: datetime) -> None:
    """Print number, mark, time, paper and headline of each row, of which there is one at least.

    On a terminal the headlines have half of the line, if they need it: where it is narrow the times are short, and the
    papers are cut or left out.
    """
    width = terminal_width()
    lines = headline_lines(rows, now, width)
    last = len(lines[0]) - 1
    half = ((width or 0) + 1) // 2
    table(lines, _STYLES[: last + 1], gives_way=((last, half), (last - 1, _LEAST_PAPER), (last, 1)))


def headline_lines(rows: "Sequence[Row]", now: datetime, width: int | None) -> list[list[str]]:
    """Return the cells of the table for so many cells in a line; whole where that is None.

    A time is short (`19:00` today, else `11-20`, before this year `2025-11`) where the headlines would have less than
    half of the line beside whole ones, and the papers are left out where they would even then.
    """
    whole = [_line(row, now, short=False) for row in rows]
    if width is None or _headlines_fit(whole, width):
        return whole
    short = [_line(row, now, short=True) for row in rows]
    return short if _headlines_fit(short, width) else [[*line[:3], line[4]] for line in short]


def _headlines_fit(lines: Sequence[Sequence[str]], width: int) -> bool:
    """Whether the headlines get what they need of a line, or half of it, once the papers are cut."""
    *others, paper, headline = (max(map(cells, column)) for column in zip(*lines, strict=True))
    room = width - sum(others) - 2 * 4 - min(paper, _LEAST_PAPER)
    return room >= min(headline, (width + 1) // 2)


def _line(row: "Row", now: datetime, *, short: bool) -> list[str]:
    mark = "★" if row.starred else " " if row.read else "●"
    when = datetime.fromtimestamp(row.time, UTC).astimezone()  # by the zone's rules of that day
    shape = "%Y-%m-%d %H:%M"
    if short:
        shape = "%H:%M" if when.date() == now.date() else "%m-%d" if when.year == now.year else "%Y-%m"
    return [str(row.page), mark, f"{when:{shape}}", row.paper, clean_line(row.title, _LONGEST_TITLE)]

"""Where rows and day headings are in a list: arithmetic and bisection over the rows' times, so that no row is read.

A list of 200,000 headlines over a year has 365 headings; finding them costs that many bisections, and afterwards a
line is turned into a row, and a row into a line, by one bisection over the headings. Pure; knows no widgets.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo


@dataclass(frozen=True, slots=True)
class ListLayout:
    """The lines of a list of `count` rows of `height` lines each, under its day headings.

    `starts` are the rows that have a heading above them, `tops` the first line of each heading (the blank before it
    included), `days` their days. Without headings all three are empty. `tight`: headings have no blank.
    """

    count: int
    height: int
    starts: tuple[int, ...] = ()
    tops: tuple[int, ...] = ()
    days: tuple[date, ...] = ()
    blank_after: bool = False
    tight: bool = False

    @property
    def total(self) -> int:
        """The number of lines of the whole list."""
        if not self.count:
            return 0
        return self.line_of(self.count - 1) + self.height

    def heading_size(self, heading: int) -> int:
        """Lines of a heading: 2 with the blank after or before it; the first has no blank before."""
        return 1 if self.tight else 2 if self.blank_after or heading else 1

    def line_of(self, row: int) -> int:
        """The first line of a row."""
        heading = bisect_right(self.starts, row) - 1
        if heading < 0:
            return row * self.height
        return self.tops[heading] + self.heading_size(heading) + (row - self.starts[heading]) * self.height

    def row_at(self, line: int) -> tuple[int, int] | None:
        """The row a line belongs to, and which of its lines it is; None on a heading or past the end."""
        if line < 0 or line >= self.total:
            return None
        heading = bisect_right(self.tops, line) - 1
        if heading < 0:
            return divmod(line, self.height)
        inside = line - self.tops[heading] - self.heading_size(heading)
        if inside < 0:
            return None
        row, part = divmod(inside, self.height)
        return self.starts[heading] + row, part

    def heading_at(self, line: int) -> date | None:
        """The day whose heading is written on this line; None where there is none."""
        heading = bisect_right(self.tops, line) - 1
        if heading < 0:
            return None
        words = self.tops[heading] + (0 if self.blank_after else self.heading_size(heading) - 1)
        return self.days[heading] if line == words else None


def _day_start(day: date, zone: tzinfo | None) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()


def day_starts(times: Sequence[int], zone: tzinfo | None) -> list[tuple[int, date]]:
    """Return the first row and the day of each run of rows of one day, in `zone` (None: the machine's).

    `times` are UTC seconds, newest first. Bisects, so it reads a handful of times for each day.
    """
    found: list[tuple[int, date]] = []
    row = 0
    while row < len(times):
        day = datetime.fromtimestamp(times[row], zone).date()
        begins = _day_start(day, zone)
        low, high = row + 1, len(times)
        while low < high:
            middle = (low + high) // 2
            if times[middle] >= begins:
                low = middle + 1
            else:
                high = middle
        found.append((row, day))
        row = low
    return found


def list_layout(
    times: Sequence[int],
    height: int,
    *,
    zone: tzinfo | None,
    headings: bool = True,
    blank_after: bool = False,
    tight: bool = False,
) -> ListLayout:
    """Return how rows with these times lie, with a heading before each day's first row.

    `blank_after`: the blank line of a heading is below it (comfortable rows end in a blank themselves), else above.
    `tight`: there is none.
    """
    if not headings or not times:
        return ListLayout(len(times), height)
    starts = day_starts(times, zone)
    tops: list[int] = []
    line = 0
    for index, (row, _) in enumerate(starts):
        if index:
            line += (row - starts[index - 1][0]) * height
        tops.append(line)
        line += 1 if tight else 2 if blank_after or index else 1
    return ListLayout(
        len(times),
        height,
        tuple(row for row, _ in starts),
        tuple(tops),
        tuple(day for _, day in starts),
        blank_after,
        tight,
    )

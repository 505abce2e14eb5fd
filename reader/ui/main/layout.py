"""How wide each pane is, and which of them the window shows. Pure arithmetic; knows no widgets.

The panes lie in a row: sources, headlines, article. The screen is a window on that row, and it moves only when the
focus would leave it.
"""

from dataclasses import dataclass
from typing import Literal

Pane = Literal["sources", "headlines", "article"]
PANES: tuple[Pane, ...] = ("sources", "headlines", "article")

ALL_THREE = 140
"""Columns from which all three panes are shown."""

TWO = 120
"""Columns from which two neighbours are shown; below, one."""

HAIRLINE_ROWS = 32
"""Rows from which a single pane has a hairline over the footer."""


@dataclass(frozen=True, slots=True)
class Window:
    """The panes shown, first to last, with their widths in cells (each pane's last cell is its rule)."""

    first: int
    widths: tuple[int, ...]

    @property
    def panes(self) -> tuple[Pane, ...]:
        """The names of the panes shown."""
        return PANES[self.first : self.first + len(self.widths)]

    @property
    def single(self) -> bool:
        """Whether only one pane is shown."""
        return len(self.widths) == 1

    def span(self, pane: Pane) -> tuple[int, int]:
        """Where a shown pane begins, and how wide it is."""
        index = self.panes.index(pane)
        return sum(self.widths[:index]), self.widths[index]


def _share(columns: int, percent: int, least: int, most: int) -> int:
    return min(most, max(least, round(columns * percent / 100)))


def window(columns: int, focus: Pane, first: int) -> Window:
    """Return what a screen of that many columns shows, when `focus` has the focus and `first` was the first pane shown.

    The window stays where it was as long as the focus is in it.
    """
    at = PANES.index(focus)
    if columns >= ALL_THREE:
        sources, headlines = _share(columns, 14, 24, 32), _share(columns, 30, 42, 72)
        return Window(0, (sources, headlines, columns - sources - headlines))
    if columns >= TWO:
        first = max(at - 1, min(first, at, 1))
        left = _share(columns, 28, 28, 34) if first == 0 else _share(columns, 38, 42, 52)
        return Window(first, (left, columns - left))
    return Window(at, (columns,))

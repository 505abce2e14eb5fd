"""How wide each pane is, and which of them the window shows. Pure arithmetic; knows no widgets.

The panes lie in a row: sources, headlines, article. The screen is a window on that row, and it moves only when the
focus would leave it. `window` says what a screen of some size shows by itself, `visible_panes` what it shows with what
a person has set: own widths, a story alone, at most so many panes.
"""

import json
from dataclasses import dataclass, replace

from reader.commands import PaneName

PANES: tuple[PaneName, ...] = ("sources", "headlines", "article")

ALL_THREE = 140
"""Columns from which all three panes are shown."""

TWO = 120
"""Columns from which two neighbours are shown; below, one."""

HAIRLINE_ROWS = 32
"""Rows from which a single pane has a hairline over the footer."""

NARROWEST = 20
"""No pane is made narrower than this, in cells."""

NARROWEST_LAST = 46
"""And the pane on the right of those that are set keeps at least so many."""


@dataclass(frozen=True, slots=True)
class Window:
    """The panes shown, first to last, with their widths in cells (each pane's last cell is its rule)."""

    first: int
    widths: tuple[int, ...]

    @property
    def panes(self) -> tuple[PaneName, ...]:
        """The names of the panes shown."""
        return PANES[self.first : self.first + len(self.widths)]

    @property
    def single(self) -> bool:
        """Whether only one pane is shown."""
        return len(self.widths) == 1

    def span(self, pane: PaneName) -> tuple[int, int]:
        """Where a shown pane begins, and how wide it is."""
        index = self.panes.index(pane)
        return sum(self.widths[:index]), self.widths[index]


def _share(columns: int, percent: int, least: int, most: int) -> int:
    return min(most, max(least, round(columns * percent / 100)))


def window(columns: int, focus: PaneName, first: int) -> Window:
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


@dataclass(frozen=True, slots=True)
class PaneSettings:
    """What a person has set: widths in cells of the panes that were resized, and whether stories open alone."""

    sources: int | None = None
    headlines: int | None = None
    alone: bool = False

    def to_json(self) -> str:
        """The settings as JSON, for the library to remember."""
        return json.dumps({"sources": self.sources, "headlines": self.headlines, "alone": self.alone})


def parse_settings(kept: str | None) -> PaneSettings:
    """Return what `PaneSettings.to_json` wrote; what is missing or damaged is as if nothing was set."""
    try:
        facts = json.loads(kept or "{}")
    except ValueError:
        return PaneSettings()
    if not isinstance(facts, dict):
        return PaneSettings()
    widths = {pane: facts.get(pane) for pane in ("sources", "headlines")}
    return PaneSettings(
        **{pane: width if type(width) is int and width > 0 else None for pane, width in widths.items()},
        alone=facts.get("alone") is True,
    )


def fits_one(columns: int, settings: PaneSettings, most: int) -> bool:
    """Whether a screen of that many columns shows a story alone, whatever `settings.alone` says."""
    return visible_panes(columns, "article", PANES.index("article"), replace(settings, alone=False), most).single


def visible_panes(
    columns: int, focus: PaneName, first: int, settings: PaneSettings, most: int = 3, *, wide_list: bool = False
) -> Window:
    """Return what a screen of that many columns shows with these settings; at most `most` panes side by side.

    `wide_list`: no story stands beside the headlines while one chooses among them.
    """
    if settings.alone and focus == "article":
        return Window(PANES.index("article"), (columns,))
    if wide_list and focus != "article":
        if columns < ALL_THREE or most == 1:
            return Window(PANES.index(focus), (columns,))
        sources = settings.sources or window(columns, focus, 0).widths[0]
        sources = max(NARROWEST, min(sources, columns - NARROWEST_LAST))
        return Window(0, (sources, columns - sources))
    within = min(columns, {1: TWO - 1, 2: ALL_THREE - 1}.get(most, columns))
    found = window(within, focus, first)
    if found.single:
        return replace(found, widths=(columns,))
    widths: list[int] = []
    for index, pane in enumerate(found.panes[:-1]):
        own = settings.sources if pane == "sources" else settings.headlines
        after = len(found.panes) - index - 2
        room = columns - sum(widths) - NARROWEST_LAST - NARROWEST * after
        widths.append(max(NARROWEST, min(own or found.widths[index], room)))
    return replace(found, widths=(*widths, columns - sum(widths)))


def resized(columns: int, focus: PaneName, now: Window, settings: PaneSettings, step: int) -> PaneSettings:
    """Return the settings once the pane in focus is so many cells wider (narrower: negative).

    The rule moves at its right; the last pane has its rule at its left. Alone, a pane is as wide as the screen.
    """
    if now.single:
        return settings
    last = now.panes[-1] == focus
    pane = now.panes[-2] if last else focus
    width = now.span(pane)[1] + (-step if last else step)
    after = len(now.panes) - now.panes.index(pane) - 2
    room = columns - now.span(pane)[0] - NARROWEST_LAST - NARROWEST * after
    width = max(NARROWEST, min(width, room))
    return replace(settings, sources=width) if pane == "sources" else replace(settings, headlines=width)

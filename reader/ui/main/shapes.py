"""Which panes the window shows and how wide, as a person has set it: own widths, a story alone, at most so many panes.

`geometry` says what a screen of that size shows by itself; this bends it. Pure; knows no widgets.
"""

import json
from dataclasses import dataclass, replace

from reader.ui.main.layout import ALL_THREE, PANES, TWO, Pane, Window, window

LEAST = 20
"""No pane is made narrower than this, in cells."""

STORY = 46
"""And the pane on the right of those that are set keeps at least so many."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a person has set: widths in cells of the panes that were resized, and whether stories open alone."""

    sources: int | None = None
    headlines: int | None = None
    alone: bool = False

    def kept(self) -> str:
        """Written down, for the library to remember."""
        return json.dumps({"sources": self.sources, "headlines": self.headlines, "alone": self.alone})


def read(kept: str | None) -> Shape:
    """Read what `Shape.kept` wrote; what is missing or damaged is as if nothing was set."""
    try:
        facts = json.loads(kept or "{}")
    except ValueError:
        return Shape()
    if not isinstance(facts, dict):
        return Shape()
    widths = {pane: facts.get(pane) for pane in ("sources", "headlines")}
    return Shape(
        **{pane: width if type(width) is int and width > 0 else None for pane, width in widths.items()},
        alone=facts.get("alone") is True,
    )


def shaped(columns: int, focus: Pane, first: int, shape: Shape, most: int = 3) -> Window:
    """Return what a screen of that many columns shows with these wishes; at most `most` panes side by side."""
    if shape.alone and focus == "article":
        return Window(PANES.index("article"), (columns,))
    within = min(columns, {1: TWO - 1, 2: ALL_THREE - 1}.get(most, columns))
    found = window(within, focus, first)
    if found.single:
        return replace(found, widths=(columns,))
    widths: list[int] = []
    for index, pane in enumerate(found.panes[:-1]):
        own = shape.sources if pane == "sources" else shape.headlines
        after = len(found.panes) - index - 2
        room = columns - sum(widths) - STORY - LEAST * after
        widths.append(max(LEAST, min(own or found.widths[index], room)))
    return replace(found, widths=(*widths, columns - sum(widths)))


def resized(columns: int, focus: Pane, now: Window, shape: Shape, step: int) -> Shape:
    """Return the wishes once the pane in focus is so many cells wider (narrower: negative).

    The rule moves at its right; the last pane has its rule at its left. Alone, a pane is as wide as the screen.
    """
    if now.single:
        return shape
    last = now.panes[-1] == focus
    pane = now.panes[-2] if last else focus
    width = now.span(pane)[1] + (-step if last else step)
    after = len(now.panes) - now.panes.index(pane) - 2
    room = columns - now.span(pane)[0] - STORY - LEAST * after
    width = max(LEAST, min(width, room))
    return replace(shape, sources=width) if pane == "sources" else replace(shape, headlines=width)

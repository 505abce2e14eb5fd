"""The trail of stories one has walked: where one is, what lies behind and ahead. A value; knows no widgets."""

from dataclasses import dataclass, replace

from rich.cells import cell_len

from reader.ui.text.cells import cut

PARENT_CELLS = 17
"""A parent's title in the trail is cut to so many cells."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One story on the trail: its address, its page in the library if it has one, its title, and the reader's place."""

    url: str
    title: str
    page: int | None = None
    place: int = 0
    summary: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Trail:
    """Stops in the order they were walked, and which of them is shown. Empty: no story is open."""

    stops: tuple[Stop, ...] = ()
    at: int = -1

    @property
    def here(self) -> Stop | None:
        """The story that is shown."""
        return self.stops[self.at] if self.stops else None

    def begin(self, stop: Stop) -> "Trail":
        """A new trail, from a headline."""
        return Trail((stop,), 0)

    def follow(self, stop: Stop) -> "Trail":
        """One step on, to a story linked from the one shown; what lay ahead is gone."""
        return Trail((*self.stops[: self.at + 1], stop), self.at + 1)

    def moved(self, step: int) -> "Trail | None":
        """The trail one step back (-1) or forward (1); None where it ends."""
        at = self.at + step
        return Trail(self.stops, at) if 0 <= at < len(self.stops) else None

    def changed(self, **facts: object) -> "Trail":
        """The same trail, with other facts of the story shown (its page, place or title)."""
        if not self.stops:
            return self
        here = replace(self.stops[self.at], **facts)  # type: ignore[arg-type]
        return Trail((*self.stops[: self.at], here, *self.stops[self.at + 1 :]), self.at)

    def titles(self, width: int) -> tuple[tuple[str, ...], str]:
        """The parents' titles and the last one, cut so that all fit `width` cells with ` › ` between them.

        At most two parents, each at most 17 cells; where even that is too much the oldest go first.
        """
        here = self.here
        if here is None:
            return (), ""
        parents = [cut(stop.title, PARENT_CELLS) for stop in self.stops[max(0, self.at - 2) : self.at]]
        while parents and sum(cell_len(parent) + 3 for parent in parents) + 12 > width:
            parents.pop(0)
        left = width - sum(cell_len(parent) + 3 for parent in parents)
        return tuple(parents), cut(here.title, max(1, left))

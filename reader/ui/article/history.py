"""The history of stories followed from one headline, as a browser's: back and forward. A value; knows no widgets."""

from dataclasses import dataclass, replace

from rich.cells import cell_len

from reader.ui.text.cells import cut

PARENT_CELLS = 17
"""The cells that the title of an earlier story is cut to."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One story: its address, its title, its page in the library if it has one, how far it was read.

    `chosen` is the link that was chosen when another story was opened from it: its number and its address.
    """

    url: str
    title: str
    page: int | None = None
    reading_position: int = 0
    summary: str | None = None
    section: str | None = None
    chosen: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Stories in the order they were opened, and which of them is shown. Empty: no story is open."""

    entries: tuple[HistoryEntry, ...] = ()
    position: int = -1

    @property
    def current(self) -> HistoryEntry | None:
        """The story that is shown."""
        return self.entries[self.position] if self.entries else None

    def start(self, entry: HistoryEntry) -> "History":
        """A new history, from a headline."""
        return History((entry,), 0)

    def push(self, entry: HistoryEntry) -> "History":
        """The history with a story linked from the one shown; what was forward of that is gone."""
        return History((*self.entries[: self.position + 1], entry), self.position + 1)

    def moved(self, step: int) -> "History | None":
        """The history one step back (-1) or forward (1); None where it ends."""
        position = self.position + step
        return History(self.entries, position) if 0 <= position < len(self.entries) else None

    def with_current(self, **facts: object) -> "History":
        """The same history, with other facts of the story shown (its page, reading position or title)."""
        if not self.entries:
            return self
        current = replace(self.entries[self.position], **facts)  # type: ignore[arg-type] # its callers' types hold
        return History((*self.entries[: self.position], current, *self.entries[self.position + 1 :]), self.position)

    def titles(self, width: int) -> tuple[tuple[str, ...], str]:
        """The titles of earlier stories and of the one shown, cut to fit `width` cells with ` › ` between them.

        At most two earlier ones, each at most 17 cells; where there is no room for them the oldest is left out first.
        """
        current = self.current
        if current is None:
            return (), ""
        parents = [cut(entry.title, PARENT_CELLS) for entry in self.entries[max(0, self.position - 2) : self.position]]
        while parents and sum(cell_len(parent) + 3 for parent in parents) + 12 > width:
            parents.pop(0)
        left = width - sum(cell_len(parent) + 3 for parent in parents)
        return tuple(parents), cut(current.title, max(1, left))

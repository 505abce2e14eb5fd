"""Commands that mark stories: read, star, read later, undo."""

from typing import TYPE_CHECKING

from reader.store import Row

if TYPE_CHECKING:
    from reader.ui.main.screen import Panes


class Keeping:
    """Marks the story at hand, or all of a list."""

    def __init__(self, screen: "Panes") -> None:
        self._screen = screen

    def _row(self) -> Row | None:
        """The story at hand, as the screen shows it: the one that is open, or the headline under the cursor."""
        screen = self._screen
        row = screen.stories.row if screen.pane == "article" else screen.list_pane.row
        return screen.marks.shown(row) if row is not None else None

    def do_read(self) -> None:
        row = self._row()
        if row is not None:
            self._screen.start(self._screen.marks.read(row, not row.read), "marks")

    def do_unread(self) -> None:
        row = self._row()
        if row is not None and row.read:
            self._screen.start(self._screen.marks.read(row, False), "marks")

    def do_star(self) -> None:
        row = self._row()
        if row is not None:
            self._screen.start(self._screen.marks.star(row, not row.starred), "marks")

    def do_save(self) -> None:
        row = self._row()
        if row is not None:
            self._screen.start(self._screen.marks.save(row, not row.saved), "marks")

    def do_all_read(self) -> None:
        screen = self._screen
        if screen.pane == "headlines":
            screen.start(screen.marks.all_read(screen.list_pane.listing.pages), "marks")
        else:
            screen.start(screen.marks.all_read_of(screen.tree_pane.view), "marks")

    def do_undo(self) -> None:
        self._screen.start(self._screen.marks.undo(), "marks")

    def do_redo(self) -> None:
        self._screen.start(self._screen.marks.redo(), "marks")

"""What each command does, one method a command, in families: `reader.commands` says when, this says what.

A method's name is the command's id. Those that wait for the library or the network are started beside the keys.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.commands import COMMANDS
from reader.store import Row, View
from reader.ui.commands.links import Following
from reader.ui.commands.marking import Keeping
from reader.ui.commands.navigation import Moving
from reader.ui.commands.panels import Finding
from reader.ui.commands.sources import Papers
from reader.ui.commands.stories import Reading
from reader.ui.headlines.view import written

if TYPE_CHECKING:
    from reader.ui.main.screen import Panes

FAMILIES = (Moving, Reading, Following, Keeping, Papers, Finding)


def method_name(command: str) -> str:
    """The method that carries a command out: `do_next_unread` for `next-unread`."""
    return "do_" + command.replace("-", "_")


class Actions:
    """Carries commands out on the screen it is given."""

    def __init__(self, screen: "Panes") -> None:
        self._screen = screen
        self._following = Following(screen)
        families = [family(screen) for family in FAMILIES]
        self._table: dict[str, Callable[..., None]] = {}
        for command in COMMANDS:
            name = method_name(command.id)
            for family in families:
                if hasattr(family, name):
                    self._table[command.id] = getattr(family, name)

    def run(self, command: str, key: str = "", count: int | None = None) -> None:
        """Carry a command out. `key` is the one that was pressed: a digit says which related story. `count` is only
        for commands that are counted."""
        if command == "related":
            self._following.related(int(key) if key.isdigit() else 1)
        elif count is not None:
            self._table[command](count)
        else:
            self._table[command]()

    def open_view(self, view: View) -> None:
        """Show a view's headlines, and go there."""
        screen = self._screen
        screen.focus_pane("headlines")
        if view != screen.headlines.view:
            screen.remember("view", written(view))
            screen.start(screen.headlines.open(view, screen.sources), "list", exclusive=True)

    def enter_row(self, row: Row) -> None:
        """Open a headline's story: in the browser, where its source is set so, else in the article pane."""
        screen = self._screen
        source = screen.sources.get((row.source if row.source is not None else screen.headlines.view.source) or 0)
        if source is not None and source.browser:
            screen.open_url(row.url)
            screen.shown_read(row.page)
        else:
            self.open_row(row)

    def open_row(self, row: Row) -> None:
        """Open a headline's story in the article pane, and go there."""
        self._screen.focus_pane("article")
        here = self._screen.stories.trail.here
        if here is None or here.page != row.page or not self._screen.stories.full:
            self._screen.stories.open(row)

"""Commands that go from story to story, and shape the page they are read on."""

from dataclasses import replace
from typing import TYPE_CHECKING

from reader import words
from reader.ui.main import shapes

if TYPE_CHECKING:
    from reader.ui.main.screen import Panes


class Reading:
    """Goes to the next story, by the list it stands in."""

    def __init__(self, screen: "Panes") -> None:
        self._screen = screen

    def do_next_unread(self, count: int = 1) -> None:
        self._screen.start(self._go_unread(1, count), "unread", exclusive=True)

    def do_previous_unread(self, count: int = 1) -> None:
        self._screen.start(self._go_unread(-1, count), "unread", exclusive=True)

    async def _go_unread(self, step: int, count: int) -> None:
        screen = self._screen
        here = screen.list_pane.row
        fresh = here is not None and not here.read and step > 0 and screen.stories.trail.here is None
        index = screen.list_pane.cursor if fresh else screen.list_pane.cursor + step
        found = None
        for _ in range(count):
            next_one = await screen.headlines.unread_from(index, step)
            if next_one is None:
                break
            found, index = next_one, next_one + step
        if found is None:  # round by the other end, as a search does
            other_end = 0 if step > 0 else len(screen.list_pane.listing) - 1
            found = await screen.headlines.unread_from(other_end, step)
        if found is None:
            screen.say(words.nothing_unread())
            return
        self._open_index(found)

    def do_next_story(self, count: int = 1) -> None:
        self._step(count)

    def do_previous_story(self, count: int = 1) -> None:
        self._step(-count)

    def _step(self, step: int) -> None:
        last = len(self._screen.list_pane.listing) - 1
        index = max(0, min(self._screen.list_pane.cursor + step, last))
        if index != self._screen.list_pane.cursor:
            self._open_index(index)

    def _open_index(self, index: int) -> None:
        screen = self._screen
        screen.list_pane.go(index)
        row = screen.list_pane.row
        if row is not None:
            screen.actions.open_row(row)

    def do_rest(self) -> None:
        self._screen.stories.load_rest()

    def do_wider(self) -> None:
        self._screen.article_pane.widen(2)

    def do_narrower(self) -> None:
        self._screen.article_pane.widen(-2)

    def do_zoom(self) -> None:
        screen = self._screen
        screen.bend(replace(screen.wish, alone=not screen.wish.alone))
        if screen.wish.alone and screen.stories.trail.here is not None:
            screen.focus_pane("article")
        if screen.pane != "article":
            screen.say(words.zoomed(screen.wish.alone))

    def do_pane_wider(self, count: int = 2) -> None:
        screen = self._screen
        screen.bend(shapes.resized(screen.extent.width, screen.pane, screen.shape, screen.wish, count))

    def do_pane_narrower(self, count: int = 2) -> None:
        self.do_pane_wider(-count)

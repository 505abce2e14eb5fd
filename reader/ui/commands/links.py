"""Commands that follow links: related stories, the trail, the browser, the clipboard."""

from typing import TYPE_CHECKING

from reader import words

if TYPE_CHECKING:
    from reader.ui.main.screen import Panes


class Following:
    """Follows what the story at hand leads to."""

    def __init__(self, screen: "Panes") -> None:
        self._screen = screen

    def do_links(self) -> None:
        if not self._screen.article_pane.start_hints():
            self._screen.say(words.no_links())

    def do_next_link(self) -> None:
        self._screen.article_pane.next_link(1)

    def do_previous_link(self) -> None:
        self._screen.article_pane.next_link(-1)

    def related(self, digit: int) -> None:
        """Open the related story of that number."""
        spot = self._screen.article_pane.spot(digit)
        if spot is not None:
            self._screen.stories.follow(spot)
        else:
            self._screen.say(words.no_related(digit))

    def do_back(self, count: int = 1) -> None:
        self._walk(-1, count)

    def do_forward(self, count: int = 1) -> None:
        self._walk(1, count)

    def _walk(self, step: int, count: int) -> None:
        stories = self._screen.stories
        if stories.trail.here is None:
            return
        self._screen.focus_pane("article")
        for _ in range(count):
            stories.walk(step)
            if stories.trail.at in (0, len(stories.trail.stops) - 1):
                break

    def do_browser(self) -> None:
        self._screen.open_url(self._link())

    def do_copy(self) -> None:
        self._screen.copy_link(self._link())

    def _link(self) -> str:
        """The link that Tab has reached, else the address of the story at hand; "" for none."""
        screen = self._screen
        if screen.pane == "article":
            spot, here = screen.article_pane.current, screen.stories.trail.here
            return spot.url if spot is not None and spot.url else here.url if here is not None else ""
        return screen.list_pane.row.url if screen.list_pane.row is not None else ""

"""Commands that move: the cursor, the pane in focus, the page."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ui.main.screen import Panes


class Moving:
    """Moves whatever has the focus."""

    def __init__(self, screen: "Panes") -> None:
        self._screen = screen

    def do_down(self, count: int = 1) -> None:
        self._move(count)

    def do_up(self, count: int = 1) -> None:
        self._move(-count)

    def _move(self, step: int) -> None:
        screen = self._screen
        if screen.pane == "sources":
            screen.tree_pane.move(step)
        elif screen.pane == "headlines":
            screen.list_pane.move(step)
        else:
            screen.article_pane.scroll_lines(step)

    def do_enter(self) -> None:
        screen = self._screen
        if screen.pane == "sources":
            screen.tree_pane.fold(False)
            screen.actions.open_view(screen.tree_pane.view)
        elif screen.pane == "headlines":
            row = screen.list_pane.row
            if row is not None:
                screen.actions.enter_row(row)
        else:
            screen.article_pane.follow_current()

    def do_right(self) -> None:
        screen = self._screen
        if screen.pane == "sources":
            screen.actions.open_view(screen.tree_pane.view)
        elif screen.pane == "headlines" and screen.stories.trail.here is None:
            self.do_enter()
        elif screen.pane == "headlines":
            screen.focus_pane("article")
        else:
            screen.article_pane.sideways(1)

    def do_left(self) -> None:
        screen = self._screen
        if screen.pane == "article":
            if not screen.article_pane.sideways(-1):
                screen.focus_pane("headlines")
        elif screen.pane == "headlines":
            screen.tree_pane.point_at(screen.headlines.view)
            screen.focus_pane("sources")
        elif not screen.tree_pane.fold(True):
            screen.tree_pane.to_folder()

    def do_top(self, count: int = 1) -> None:
        screen = self._screen
        if count > 1:
            self._to(count)
        elif screen.pane == "sources":
            screen.tree_pane.move(-len(screen.tree_pane.items))
        elif screen.pane == "headlines":
            screen.list_pane.go(0)
        else:
            screen.article_pane.to_top()

    def do_end(self, count: int | None = None) -> None:
        screen = self._screen
        if count is not None:
            self._to(count)
        elif screen.pane == "sources":
            screen.tree_pane.move(len(screen.tree_pane.items))
        elif screen.pane == "headlines":
            screen.list_pane.go(len(screen.list_pane.listing) - 1)
        else:
            screen.article_pane.to_end()

    def _to(self, number: int) -> None:
        """To the line of that number, in a list; the first is 1."""
        screen = self._screen
        if screen.pane == "sources":
            screen.tree_pane.move(-len(screen.tree_pane.items))
            screen.tree_pane.move(number - 1)
        elif screen.pane == "headlines":
            screen.list_pane.go(number - 1)

    def do_space(self) -> None:
        screen = self._screen
        if screen.pane == "sources":
            if not screen.tree_pane.fold():
                self._page(1.0)
        elif screen.pane == "headlines":
            if screen.stories.trail.here is not None and not screen.shape.single:
                self._page_story()
            else:
                self.do_enter()
        else:
            self._page_story()

    def _page_story(self) -> None:
        if not self._screen.article_pane.page_down():
            self._screen.actions.run("next-unread")

    def _page(self, share: float) -> None:
        screen = self._screen
        if screen.pane == "sources":
            screen.tree_pane.move(round(share * screen.tree_pane.size.height))
        elif screen.pane == "headlines":
            screen.list_pane.page_by(share)
        else:
            screen.article_pane.scroll_pages(share)

    def do_page_down(self, count: int = 1) -> None:
        self._page(1.0 * count)

    def do_page_up(self, count: int = 1) -> None:
        self._page(-1.0 * count)

    def do_half_down(self, count: int = 1) -> None:
        self._page(0.5 * count)

    def do_half_up(self, count: int = 1) -> None:
        self._page(-0.5 * count)

"""What each command does, one method a command: `reader.commands` says when, this says what. Nothing else calls them.

A method's name is the command's id. Those that wait for the library or the network are started beside the keys.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader import words
from reader.commands import BY_ID
from reader.store import Row, View

if TYPE_CHECKING:
    from reader.ui.panes import Panes


class Actions:
    """Carries commands out on the screen it is given."""

    def __init__(self, screen: "Panes") -> None:
        self._screen = screen
        self._table: dict[str, Callable[[], None]] = {
            command: getattr(self, "do_" + command.replace("-", "_")) for command in BY_ID if command != "related"
        }

    def run(self, command: str, key: str = "") -> None:
        """Carry a command out. `key` is the one that was pressed: a digit says which related story."""
        if command == "related":
            self.related(int(key) if key.isdigit() else 1)
        else:
            self._table[command]()

    # Move

    def do_down(self) -> None:
        self._move(1)

    def do_up(self) -> None:
        self._move(-1)

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
            self.open_view(screen.tree_pane.view)
        elif screen.pane == "headlines":
            row = screen.list_pane.row
            if row is not None:
                self.open_row(row)
        else:
            screen.article_pane.follow_current()

    def open_view(self, view: View) -> None:
        """Show a view's headlines, and go there."""
        screen = self._screen
        screen.focus_pane("headlines")
        if view != screen.headlines.view:
            screen.start(screen.headlines.open(view, screen.sources), "list", exclusive=True)

    def open_row(self, row: Row) -> None:
        """Open a headline's story in the article pane, and go there."""
        self._screen.focus_pane("article")
        here = self._screen.stories.trail.here
        if here is None or here.page != row.page or not self._screen.stories.full:
            self._screen.stories.open(row)

    def do_right(self) -> None:
        screen = self._screen
        if screen.pane == "sources":
            self.open_view(screen.tree_pane.view)
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

    def do_top(self) -> None:
        screen = self._screen
        if screen.pane == "sources":
            screen.tree_pane.move(-len(screen.tree_pane.items))
        elif screen.pane == "headlines":
            screen.list_pane.go(0)
        else:
            screen.article_pane.to_top()

    def do_end(self) -> None:
        screen = self._screen
        if screen.pane == "sources":
            screen.tree_pane.move(len(screen.tree_pane.items))
        elif screen.pane == "headlines":
            screen.list_pane.go(len(screen.list_pane.listing) - 1)
        else:
            screen.article_pane.to_end()

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
            self.do_next_unread()

    def _page(self, share: float) -> None:
        screen = self._screen
        if screen.pane == "sources":
            screen.tree_pane.move(round(share * screen.tree_pane.size.height))
        elif screen.pane == "headlines":
            screen.list_pane.page_by(share)
        else:
            screen.article_pane.scroll_pages(share)

    def do_page_down(self) -> None:
        self._page(1.0)

    def do_page_up(self) -> None:
        self._page(-1.0)

    def do_half_down(self) -> None:
        self._page(0.5)

    def do_half_up(self) -> None:
        self._page(-0.5)

    # Read

    def do_next_unread(self) -> None:
        self._screen.start(self._go_unread(1), "unread", exclusive=True)

    def do_previous_unread(self) -> None:
        self._screen.start(self._go_unread(-1), "unread", exclusive=True)

    async def _go_unread(self, step: int) -> None:
        screen = self._screen
        here = screen.list_pane.row
        fresh = here is not None and not here.read and step > 0 and screen.stories.trail.here is None
        start = screen.list_pane.cursor if fresh else screen.list_pane.cursor + step
        index = await screen.headlines.unread_from(start, step)
        if index is None:  # round by the other end, as a search does
            other_end = 0 if step > 0 else len(screen.list_pane.listing) - 1
            index = await screen.headlines.unread_from(other_end, step)
        if index is None:
            screen.say(words.nothing_unread())
            return
        self._open_index(index)

    def do_next_story(self) -> None:
        self._step(1)

    def do_previous_story(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        index = self._screen.list_pane.cursor + step
        if 0 <= index < len(self._screen.list_pane.listing):
            self._open_index(index)

    def _open_index(self, index: int) -> None:
        screen = self._screen
        screen.list_pane.go(index)
        row = screen.list_pane.row
        if row is not None:
            self.open_row(row)

    def do_wider(self) -> None:
        self._screen.article_pane.widen(2)

    def do_narrower(self) -> None:
        self._screen.article_pane.widen(-2)

    # Follow

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

    def do_back(self) -> None:
        self._walk(-1)

    def do_forward(self) -> None:
        self._walk(1)

    def _walk(self, step: int) -> None:
        if self._screen.stories.trail.here is not None:
            self._screen.focus_pane("article")
            self._screen.stories.walk(step)

    def do_browser(self) -> None:
        screen = self._screen
        if screen.pane == "article":
            spot, here = screen.article_pane.current, screen.stories.trail.here
            url = spot.url if spot is not None and spot.url else here.url if here is not None else ""
        else:
            url = screen.list_pane.row.url if screen.list_pane.row is not None else ""
        screen.open_url(url)

    # Keep

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

    # Papers

    def do_refresh(self) -> None:
        screen = self._screen
        view = screen.tree_pane.view if screen.pane == "sources" else screen.headlines.view
        if view.kind == "source" and view.source is not None:
            self._refresh([view.source])
        elif view.kind == "folder":
            self._refresh([source.id for source in screen.sources.values() if source.folder == view.folder])
        else:
            self._refresh(None)

    def do_refresh_all(self) -> None:
        self._refresh(None)

    def _refresh(self, sources: list[int] | None) -> None:
        screen = self._screen
        if screen.papers.begin():
            screen.footer.dismiss()  # what went wrong before is asked again now
            screen.start(self._refreshed(sources), "refresh")
        else:
            screen.say(words.busy())

    async def _refreshed(self, sources: list[int] | None) -> None:
        screen = self._screen
        tally = await screen.papers.refresh(sources, every=True)
        if not tally.errors:
            screen.say(words.refreshed(tally.new))

    def do_show_new(self) -> None:
        self._screen.start(self._screen.headlines.show_new(), "list", exclusive=True)

    def do_keep_offline(self) -> None:
        screen = self._screen
        if screen.papers.begin():
            screen.start(self._kept(), "refresh")
        else:
            screen.say(words.busy())

    async def _kept(self) -> None:
        tally = await self._screen.papers.keep_offline()
        self._screen.say(words.kept_for_offline(tally.kept, tally.missed))

    # Find

    def do_palette(self) -> None:
        from reader.ui.palette import Palette

        self._screen.app.push_screen(Palette(self._screen), self._from_palette)

    def _from_palette(self, chosen: Callable[[], None] | None) -> None:
        if chosen is not None:
            chosen()

    def do_help(self) -> None:
        from reader.ui.help import Help

        self._screen.app.push_screen(Help(self._screen.app.look))

    def do_escape(self) -> None:
        self._screen.article_pane.leave_link()
        self._screen.footer.dismiss()

    def do_quit_back(self) -> None:
        if self._screen.pane == "article":
            self._screen.focus_pane("headlines")
        else:
            self.do_quit()

    def do_quit(self) -> None:
        self._screen.app.leave()

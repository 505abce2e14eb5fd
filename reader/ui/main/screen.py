"""The screen: sources, headlines, article; masthead and footer. Lays out, says what is where, passes keys on.

Data goes down into the widgets, messages come up from them. What a command does stands in `acts`, what a story is in
`stories`, what a list shows in `headlines`, what a mark does in `marks`, what a refresh does in `papers`, how the
screen stays true to the library and the clock in `watching`.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from reader import words
from reader.errors import LibraryError
from reader.models import Source
from reader.store import Counts, Row, View
from reader.ui.base.recovery import Steady
from reader.ui.base.session import Session
from reader.ui.headlines.entry_list import EntryList
from reader.ui.headlines.view import Headlines, read_view
from reader.ui.main import shapes, titles
from reader.ui.main.footer import Footer
from reader.ui.main.keys import Keys, key_of
from reader.ui.main.layout import HAIRLINE_ROWS, PANES, Pane, Window, window
from reader.ui.main.live import DUE_EVERY, LOOK_EVERY, Watch
from reader.ui.main.masthead import Head, Masthead, state_words
from reader.ui.main.pane_titles import pane_titles
from reader.ui.main.source_tree import NO_COUNTS, SourceTree

if TYPE_CHECKING:
    from reader.ui.app import NewsstandApp
    from reader.ui.article.view import ArticleView
    from reader.ui.main.filtering import Narrowing

_log = logging.getLogger("newsstand.ui")


class Panes(Steady, Screen[None], inherit_bindings=False):
    """The three panes in a row, of which the window shows as many as fit."""

    app: "NewsstandApp"
    AUTO_FOCUS = ""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.counts: Counts = NO_COUNTS
        self.sources: dict[int, Source] = {}
        self.shape: Window = window(80, "headlines", 1)
        self.pane: Pane = "headlines"
        self.extent = Size(80, 24)
        self.wish = shapes.Shape()
        self.keys = Keys(session.config.commands)
        self.live = Watch(self, self._show_counted)
        self.narrowing: Narrowing | None = None
        self.counted = False
        self.furnished = False
        self._ready = False
        self._early: list[events.Key] = []
        words.use_keys(session.config.commands)

    def compose(self) -> ComposeResult:
        """The widgets, top to bottom."""
        look, session = self.app.look, self.session
        self.masthead = Masthead(look, id="masthead")
        self.tree_pane = SourceTree(look, id="sources")
        self.list_pane = EntryList(
            self._rows, session.clock, session.zone, look, session.config.reader.density, id="headlines"
        )
        self.footer = Footer(look, session.config.commands, id="footer")
        self.widgets: dict[Pane, Widget] = {"sources": self.tree_pane, "headlines": self.list_pane}
        yield self.masthead
        with Horizontal(id="panes"):
            yield self.tree_pane
            yield self.list_pane
        yield self.footer
        self.headlines = Headlines(session, self.list_pane, self.retitle)

    async def _furnish(self) -> None:
        """Load and mount what the first paint can do without: the article pane, and all that acts."""
        from reader.ui.article.stories import Stories
        from reader.ui.article.view import ArticleView
        from reader.ui.commands import Actions
        from reader.ui.main.marks import Marks
        from reader.ui.main.refreshing import Papers

        session = self.session
        self.article_pane: ArticleView = ArticleView(measure=session.measure(), look=self.app.look, id="article")
        self.stories = Stories(session, self.article_pane, self)
        self.marks = Marks(session, lambda: self.counts, self._show_marked, self._marked, self.say)
        self.papers = Papers(session, self.retitle, self._came, self.say, self.start)
        self.actions = Actions(self)
        self.widgets["article"] = self.article_pane
        self.article_pane.display = "article" in self.shape.panes
        await self.query_one("#panes").mount(self.article_pane)
        self.furnished = True
        self.place()

    def _rows(self, pages: Any, source: int | None) -> dict[int, Row]:
        try:
            rows = self.session.library.rows(pages, source=source)
            return {page: self.marks.shown(row) for page, row in rows.items()} if self.furnished else rows
        except LibraryError as error:
            self.call_later(self.say, str(error), "error")
            return {}

    def attempt(self, do: Callable[..., None], *given: Any) -> None:
        """Do what a person asked for. What goes wrong in it is a line in the footer, and in the log."""
        try:
            do(*given)
        except Exception as error:  # noqa: BLE001 # the reader goes on, whatever nobody foresaw
            _log.exception("%s failed", do)
            self.say(words.trouble(error), "error")

    def on_mount(self) -> None:
        """Paint from the library first; ask the network when that has been painted."""
        self.extent = self.app.size
        library, view = self.session.library, self.session.config.reader.view
        self.wish = shapes.read(library.recall("panes"))
        self.headlines.first(read_view(library.recall("view")) if view == "last" else View(view), self.extent.height)
        self.focus_pane("headlines")
        self.call_after_refresh(self.start, self._first(), "start")
        if self.app.note:
            self.say(self.app.note)
        if faults := self.session.config.faults:
            from reader.words.settings import faults_in_footer

            self.say(faults_in_footer(str(faults[0]), len(faults)), "error")

    async def _first(self) -> None:
        await self._furnish()
        try:
            await self._load()
        finally:  # whatever was not loaded: one can look round, and quit
            self._ready = True
            for key in self._early:
                self.on_key(key)

    async def _load(self) -> None:
        library = self.session.library
        self.sources = {source.id: source for source in await library.reading(library.sources)}
        await self.headlines.open(self.headlines.view, self.sources)
        folded = await library.reading(library.recall, "folded")
        self.tree_pane.show(self.sources.values(), self.counts, frozenset(json.loads(folded)) if folded else None)
        self.live.begin()
        self.changed(news=False)
        self.set_interval(LOOK_EVERY, lambda: self.attempt(self.live.look))
        self.set_interval(DUE_EVERY, self.live.every_minute)
        if self.session.config.refresh.at_start:
            self.start(self.live.refresh_due(), "refresh")
        if library.read_only:
            self.say(words.read_only(), "lasting")
        elif not self.sources:
            from reader.ui.pages.welcome import Welcome

            self.app.push_screen(Welcome(self))

    def place(self) -> None:
        """Give each pane its width, and hide what the window does not show."""
        most = self.session.config.reader.panes
        self.shape = shape = shapes.shaped(self.extent.width, self.pane, self.shape.first, self.wish, most)
        for pane, widget in self.widgets.items():
            shown = pane in shape.panes
            widget.display = shown
            if shown:
                widget.styles.width = shape.widths[shape.panes.index(pane)]
        self.tree_pane.show_track(shape.panes[-1] != "sources")
        self.list_pane.show_track(shape.panes[-1] != "headlines")
        self.retitle()

    def bend(self, wish: shapes.Shape) -> None:
        """Lay the panes out as a person wishes from now on, and remember it."""
        self.wish = wish
        self.remember("panes", wish.kept())
        self.place()

    def focus_pane(self, pane: Pane) -> None:
        """Give a pane the focus; the window moves if it has to."""
        self.pane = pane
        self.place()
        self.set_focus(self.widgets[pane])

    def on_resize(self, event: events.Resize) -> None:
        """Another size, another window."""
        self.extent = event.size
        self.place()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click has given a pane the focus."""
        name = event.widget.id
        if name in PANES and self.narrowing is not None and self.narrowing.open:
            self.narrowing.keep()
        if name in PANES and name != self.pane:
            self.pane = name
            self.place()

    def restyle(self) -> None:
        """Another theme."""
        self.list_pane.restyle()
        for widget in (self.masthead, self.tree_pane, self.footer):
            widget.refresh()

    def retitle(self) -> None:
        """Say again, at the top and the bottom, what is where."""
        session, now = self.session, self.session.now()
        sources = list(self.sources.values())
        offline = session.offline_since
        if self.counted:
            state = state_words(
                offline=offline,
                progress=self.papers.progress,
                errors=sum(source.failure is not None for source in sources),
                unread=self.counts.unread,
                kept=self.counts.kept,
                now=now,
            )
            due = None if session.offline else titles.next_refresh(sources, session.clock(), session.at)
            self.headlines.set_empty(titles.empty_sentence(self.headlines.view, sources, due, now))
            if self.stories.trail.here is None:
                self.article_pane.show_empty(titles.no_story(sources, session.at, now))
        else:
            state = ()
        self.masthead.show(Head(self.shape, self.pane, words.long_date(now.date()), state, pane_titles(self, sources)))
        self.list_pane.set_offline(offline is not None)
        letters = self.furnished and self.article_pane.hinting
        self.footer.show(self.pane, hairline=self.hairline, pending=self.keys.waiting, letters=letters)
        if self.narrowing is not None:
            self.narrowing.retitle()

    @property
    def hairline(self) -> bool:
        """Whether a hairline stands over the footer."""
        return not self.shape.single or self.extent.height >= HAIRLINE_ROWS

    def say(self, text: str, kind: Literal["result", "lasting", "error"] = "result") -> None:
        """Say something in the footer."""
        self.footer.say(text, kind)

    def hush(self) -> None:
        """Take back what was said for as long as something lasts."""
        if self.footer.note is not None and self.footer.note.kind == "lasting":
            self.footer.dismiss()

    def open_url(self, url: str) -> None:
        """Open an address outside: http, https or mailto, and only because a person asked."""
        if url.startswith(("http://", "https://", "mailto:")):
            self.app.open_url(url)
            self.say(words.sent_to_browser(url))
        else:
            self.say(words.not_for_browser())

    def copy_link(self, url: str) -> None:
        """Put an address on the clipboard (OSC 52), and only because a person asked."""
        if url.startswith(("http://", "https://", "mailto:")):
            self.app.copy_to_clipboard(url)
            self.say(words.link_copied())
        else:
            self.say(words.not_for_copying())

    def narrow(self) -> None:
        """Let the list in view be narrowed by headline."""
        from reader.ui.main.filtering import Narrowing

        self.narrowing = self.narrowing or Narrowing(self)
        self.narrowing.begin()

    def fetch(self, sources: Sequence[int]) -> None:
        """Refresh just these sources, beside the keys and after whatever refresh is running; say what came."""
        self.papers.fetch(sources)

    def _show_marked(self, row: Row, counts: Counts) -> None:
        self.counts = counts
        self.list_pane.put(row)
        self.tree_pane.show(self.sources.values(), counts)
        self.retitle()

    def _marked(self, many: bool) -> None:
        self.changed(rows=many, news=many)

    def shown_read(self, page: int) -> None:
        """A story is on the screen: it is read."""
        row = self.session.library.row(page)
        row = row and self.marks.shown(row)
        if row is not None and (not row.read or row.changed):
            self.start(self.marks.read(row, True), "marks")

    def changed(self, *, rows: bool = True, news: bool = True) -> None:
        """Count again, soon (see `Watch.changed`)."""
        self.live.changed(rows=rows, news=news)

    def _show_counted(self, rows: bool) -> None:
        self.counted = True
        self.tree_pane.show(self.sources.values(), self.counts)
        if rows:
            self.list_pane.forget()
            self.stories.look_again()
        if not self.papers.busy:
            self.headlines.settled = self.headlines.settled or len(self.list_pane.listing) > 0
        self.retitle()

    def _came(self, headlines: bool) -> None:
        self.changed(news=headlines or self.headlines.view.kind == "kept")

    def start(self, work: Coroutine[Any, Any, None], group: str, *, exclusive: bool = False) -> None:
        """Run something beside the keys. What goes wrong in it is a line in the footer, and in the log."""
        self.run_worker(work, group=group, exclusive=exclusive, exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker has failed over something nobody foresaw, or over the library."""
        if event.state is WorkerState.ERROR:
            error = event.worker.error
            _log.error("%s failed", event.worker.group, exc_info=error)
            self.say(words.trouble(error), "error")
            if event.worker.group == "marks":
                self.changed(news=False)  # what was drawn before it was written was not written

    def on_key(self, event: events.Key) -> None:
        """Turn keys into commands, for the pane in focus. Those that come before all is loaded are kept for then."""
        if not self._ready:
            self._early.append(event)
            return
        if self.narrowing is not None and self.narrowing.open:
            return
        key, before = key_of(event.key, event.character), self.keys.waiting
        command = self.keys.press(key, self.pane)
        self.headlines.settled = len(self.list_pane.listing) > 0
        if command is None and self.keys.waiting == before:
            return
        event.stop()
        event.prevent_default()
        if self.keys.waiting != before:
            self.retitle()
        if command is not None:
            self.attempt(self.actions.run, command.id, key, self.keys.count)

    @on(EntryList.Chosen)
    def _headline_clicked(self, message: EntryList.Chosen) -> None:
        self.headlines.settled = True
        self.attempt(self.actions.run, "enter")

    @on(EntryList.Moved)
    def _cursor_moved(self) -> None:
        if self.shape.single and self.pane == "headlines":
            self.retitle()

    @on(SourceTree.Chosen)
    def _source_clicked(self, message: SourceTree.Chosen) -> None:
        self.attempt(self.actions.open_view, message.view)

    @on(SourceTree.Folded)
    def _folded(self, message: SourceTree.Folded) -> None:
        self.remember("folded", json.dumps(sorted(message.folded)))

    def remember(self, key: str, value: str) -> None:
        """Keep a small fact for the next time."""
        library = self.session.library
        self.start(_done(library.writing(library.remember, key, value)), "facts")

    def on_article_view_follow(self, message: "ArticleView.Follow") -> None:
        """A person asked for what a link leads to."""
        if message.browser:
            self.open_url(message.spot.url)
        else:
            self.attempt(self.stories.follow, message.spot)

    def on_article_view_hints(self) -> None:
        """The letters have come up, or gone."""
        self.retitle()

    def on_article_view_measured(self, message: "ArticleView.Measured") -> None:
        """The measure is remembered."""
        self.remember("measure", str(message.measure))

    def on_article_view_moved(self) -> None:
        """Another place in the story, or another story."""
        self.retitle()


async def _done(act: Awaitable[None]) -> None:
    await act

"""The screen: sources, headlines, article; masthead and footer. Lays out, says what is where, passes keys on.

Data goes down into the widgets, messages come up from them. What a command does stands in `reader.ui.commands`, what
it does in which pane in `panes`, how a story is opened in `reader.ui.article.stories`, what a list shows in
`reader.ui.headlines.view`, what changes a story's status in `reader.ui.base.status_changes`, what a refresh does in
`refreshing`, how the screen stays true to the library and the clock in `live`.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from reader import words
from reader.commands import PaneName
from reader.config import Config
from reader.errors import LibraryError
from reader.models import Source
from reader.store import Counts, Row, View
from reader.ui.base.dead_keys import KeyScreen
from reader.ui.base.error_boundary import ErrorBoundary, telling
from reader.ui.base.host import Note, NoteKind, Pane
from reader.ui.base.key_names import key_of
from reader.ui.base.outside import OutsideLinks
from reader.ui.base.session import Session
from reader.ui.headlines import EntryList, Headlines, view_from_json, view_to_json
from reader.ui.main import titles
from reader.ui.main.footer import Footer
from reader.ui.main.key_presses import KeyPresses
from reader.ui.main.keys import KeyReader
from reader.ui.main.masthead import Masthead, MastheadContent, PaneTitle, StyledText
from reader.ui.main.pane_widths import (
    HAIRLINE_ROWS,
    PANES,
    PaneSettings,
    Window,
    fits_one,
    parse_settings,
    resized,
    visible_panes,
    window,
)
from reader.ui.main.source_tree import NO_COUNTS, SourceTree, folded_from_json
from reader.ui.theme.theme import Appearance

if TYPE_CHECKING:
    from reader.ui.article.view import ArticleView
    from reader.ui.main.filtering import Filtering

_log = logging.getLogger("newsstand.ui")

T = TypeVar("T")
RunCommand = Callable[[str, str, int | None], None]
"""Carries a command out: its id, the key that was pressed, the count before it."""


class MainScreen(OutsideLinks, KeyScreen, ErrorBoundary, Screen[None], inherit_bindings=False):
    """The three panes in a row, of which the window shows as many as fit. It is the one `Host`.

    `load_commands` is called once the first screen is painted: it imports the commands and returns what runs them.
    `first_page` makes the page that an empty library opens with. `take_keys` is called once keys can act.
    """

    AUTO_FOCUS = ""

    def __init__(
        self,
        session: Session,
        appearance: Callable[[], Appearance],
        load_commands: "Callable[[MainScreen], RunCommand]",
        first_page: "Callable[[MainScreen], Screen[None]]",
        take_keys: Callable[[], None],
        note: str | None = None,
    ) -> None:
        super().__init__()
        self.session = session
        self.appearance = appearance
        self.counts: Counts = NO_COUNTS
        self.sources: dict[int, Source] = {}
        self.window: Window = window(80, "headlines", 1)
        self.pane_name: PaneName = "headlines"
        self.extent = Size(80, 24)
        self.pane_settings = PaneSettings()
        self.keys = KeyReader(session.config.commands)
        self.filtering: Filtering | None = None
        self.counted = False
        self.loaded = False
        self._load_commands = load_commands
        self._first_page = first_page
        self._take_keys = take_keys
        self._note = note
        self._ready = False
        self._early: list[Callable[[], None]] = []
        self._presses = KeyPresses(self)
        words.use_keys(session.config.commands)
        session.watchers.append(self._settings_changed)

    def compose(self) -> ComposeResult:
        """The widgets, top to bottom."""
        appearance, session = self.appearance, self.session
        self.masthead = Masthead(appearance, id="masthead")
        self.tree_pane = SourceTree(appearance, id="sources")
        self.list_pane = EntryList(
            self._rows, session.clock, session.zone, appearance, session.config.reader.density, id="headlines"
        )
        self.footer = Footer(appearance, session.config.commands, id="footer")
        self.widgets: dict[PaneName, Widget] = {"sources": self.tree_pane, "headlines": self.list_pane}
        yield self.masthead
        with Horizontal(id="panes"):
            yield self.tree_pane
            yield self.list_pane
        yield self.footer
        self.headlines = Headlines(session, self.list_pane, self.retitle)

    async def _load_rest(self) -> None:
        """Load and mount what the first paint can do without: the article pane, and all that acts."""
        from reader.ui.article.stories import Stories
        from reader.ui.article.view import ArticleView
        from reader.ui.base.status_changes import StatusChanges
        from reader.ui.main.live import LiveUpdates
        from reader.ui.main.panes import ArticlePane, HeadlinesPane, SourcesPane
        from reader.ui.main.refreshing import Refresher

        session, headlines = self.session, self.headlines
        self.article_pane: ArticleView = ArticleView(
            measure=session.measure(), appearance=self.appearance, id="article"
        )
        self.stories = Stories(session, self.article_pane, self)
        self.marks = StatusChanges(session, lambda: self.counts, self._show_marked, self._marked, self.say)
        self.refresher = Refresher(
            self, lambda headlines: self.changed(news=headlines or self.headlines.view.kind == "kept")
        )
        self.live = LiveUpdates(self, headlines, self.refresher, self._take_counts, self._draw_counted)
        article = ArticlePane(self, headlines, self.article_pane, self.stories)
        self._panes: dict[PaneName, Pane] = {
            "sources": SourcesPane(self, headlines, self.tree_pane),
            "headlines": HeadlinesPane(
                self, headlines, self.list_pane, self.tree_pane, self.stories, article, lambda: not self.window.single
            ),
            "article": article,
        }
        self._run_command = self._load_commands(self)
        self.widgets["article"] = self.article_pane
        self.article_pane.display = "article" in self.window.panes
        await self.query_one("#panes").mount(self.article_pane)
        self.loaded = True
        self.arrange_panes()

    def _rows(self, pages: Any, source: int | None) -> dict[int, Row]:
        try:
            rows = self.session.library.rows(pages, source=source)
            return {page: self.marks.shown(row) for page, row in rows.items()} if self.loaded else rows
        except LibraryError as error:
            self.call_later(self.say, str(error), "error")
            return {}

    def attempt(self, do: Callable[..., None], *given: Any) -> None:
        """Do what a person asked for. What goes wrong in it is a line in the footer, and in the log."""
        try:
            do(*given)
        except Exception as error:  # noqa: BLE001 # the reader goes on after any error
            _log.exception("%s failed", do)
            self.say(words.error_message(error), "error")

    def on_mount(self) -> None:
        """Paint from the library first; ask the network when that has been painted."""
        self.extent = self.app.size
        library, view = self.session.library, self.session.config.reader.view
        with telling(self.say):
            self.pane_settings = parse_settings(library.recall("panes"))
            self.headlines.show_first(
                view_from_json(library.recall("view")) if view == "last" else View(view), self.extent.height
            )
        self.focus_pane("headlines")
        self.call_after_refresh(self.start, self._first(), "start")
        if self._note:
            self.say(self._note)
        if faults := self.session.config.faults:
            from reader.words.settings import faults_in_footer

            self.say(faults_in_footer(str(faults[0]), len(faults)), "error")

    async def _first(self) -> None:
        await self._load_rest()
        try:
            await self._open_library()
        finally:  # whatever was not loaded: one can look round, and quit
            self._ready = True
            for do in self._early:
                self.attempt(do)
            self._take_keys()

    async def _open_library(self) -> None:
        from reader.ui.main.live import CHECK_EVERY

        library = self.session.library
        with telling(self.say):
            self.sources = {source.id: source for source in await library.reading(library.sources)}
        with telling(self.say):
            await self.headlines.open(self.headlines.view, self.sources)
            folded = folded_from_json(await library.reading(library.recall, "folded"))
            self.tree_pane.show(self.sources.values(), self.counts, folded)
        self.live.begin()
        self.changed(news=False)
        self.live.begin_timers(lambda seconds, check: self.set_interval(seconds, lambda: self.attempt(check)))
        self.set_interval(CHECK_EVERY, lambda: self.attempt(self.stories.fetch_awaited))
        if self.session.config.refresh.at_start:
            self.start(self.live.refresh_due(), "refresh")
        if library.read_only:
            self.live.say_why_only_read()
        elif not self.sources:
            self.push(self._first_page(self))

    def arrange_panes(self) -> None:
        """Give each pane its width, and hide what the window does not show."""
        chosen = self.session.config.reader
        wide, first = chosen.density == "compact", self.window.first
        self.window = shown = visible_panes(
            self.extent.width, self.pane_name, first, self.pane_settings, chosen.panes, wide_list=wide
        )
        for name, widget in self.widgets.items():
            widget.display = name in shown.panes
            if widget.display:
                widget.styles.width = shown.widths[shown.panes.index(name)]
        self.tree_pane.show_track(shown.panes[-1] != "sources")
        self.list_pane.show_track(shown.panes[-1] != "headlines")
        self.retitle()

    def _set_panes(self, settings: PaneSettings) -> bool:
        """Lay the panes out as a person has set it, from now on, and remember it; False where it is so already."""
        if settings == self.pane_settings:
            return False
        self.pane_settings = settings
        self.remember("panes", settings.to_json())
        self.arrange_panes()
        return True

    def widen_pane(self, cells: int) -> bool:
        """Make the pane in focus wider (narrower: negative); False where it cannot be."""
        return self._set_panes(resized(self.extent.width, self.pane_name, self.window, self.pane_settings, cells))

    def toggle_alone(self) -> bool | None:
        """Show stories alone, or beside the headlines again, from now on; return whether they are alone. None, and
        nothing is changed, where a window of this width shows one pane in any case."""
        if fits_one(self.extent.width, self.pane_settings, self.session.config.reader.panes):
            return None
        self._set_panes(replace(self.pane_settings, alone=not self.pane_settings.alone))
        return self.pane_settings.alone

    @property
    def pane(self) -> Pane:
        """The pane in focus, as commands see it."""
        return self._panes[self.pane_name]

    def focus_pane(self, name: PaneName) -> None:
        """Give a pane the focus; the window moves if it has to."""
        self.pane_name = name
        self.arrange_panes()
        self.set_focus(self.widgets[name])

    def on_resize(self, event: events.Resize) -> None:
        """Another size, another window."""
        self.extent = event.size
        self.arrange_panes()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click has given a pane the focus. One that lost it again meanwhile, to the filter, does not count."""
        name = event.widget.id if event.widget.has_focus else None
        if name in PANES and self.filtering is not None and self.filtering.open:
            self.filtering.keep()
        if name in PANES and name != self.pane_name:
            self.pane_name = name
            self.arrange_panes()

    def restyle(self) -> None:
        """Another theme."""
        self.list_pane.restyle()
        for widget in (self.masthead, self.tree_pane, self.footer):
            widget.refresh()

    def _settings_changed(self, before: Config, after: Config) -> None:
        """A setting was changed while the reader is open: show it."""
        from reader.ui.main.live import show_settings

        article = self.article_pane if self.loaded else None
        show_settings(before.reader, after.reader, self.list_pane, article, self.restyle)
        self.keys = KeyReader(after.commands)
        self.footer.use_commands(after.commands)
        self.arrange_panes()

    def retitle(self) -> None:
        """Say again, at the top and the bottom, what is where."""
        session, sources = self.session, list(self.sources.values())
        now, offline = session.now(), session.offline_since
        state: StyledText = ()
        if self.counted:
            state = titles.masthead_state(sources, self.counts, offline, self.refresher.progress, now)
            due = None if session.offline else titles.next_refresh(sources, session.clock(), session.at)
            self.headlines.set_empty(titles.empty_sentence(self.headlines.view, sources, due, now))
            if self.stories.history.current is None:
                self.article_pane.show_empty(titles.no_story(sources, session.at, now))
        shown = self._titles(sources)
        self.masthead.show(MastheadContent(self.window, self.pane_name, words.long_date(now.date()), state, shown))
        self.list_pane.set_offline(offline is not None)
        letters = self.loaded and self.article_pane.link_letters_shown
        related = self.loaded and self.article_pane.has_related
        self.footer.show(
            self.pane_name, hairline=self.hairline, pending=self.keys.waiting, letters=letters, related=related
        )
        if self.filtering is not None:
            self.filtering.retitle()

    def _titles(self, sources: Sequence[Source]) -> dict[PaneName, PaneTitle]:
        counts, two = (self.counts if self.counted else None), len(self.window.widths) == 2
        shown = titles.list_titles(self.pane_name, self.headlines, counts, sources, two=two)
        if self.loaded:
            shown["article"] = titles.story_title(
                self.stories, self.article_pane, self.window, self.appearance(), self.pane_name, self.headlines.new
            )
        return shown

    @property
    def hairline(self) -> bool:
        """Whether a hairline stands over the footer."""
        return not self.window.single or self.extent.height >= HAIRLINE_ROWS

    @property
    def note(self) -> Note | None:
        """The message in the footer."""
        return self.footer.note

    def say(self, text: str, kind: NoteKind = "result") -> None:
        """Show a message in the footer."""
        self.footer.say(text, kind)

    def dismiss_note(self) -> bool:
        """Take the message away; False where there is none."""
        return self.footer.dismiss()

    def end_lasting_note(self) -> None:
        """Take back a message that was shown for as long as something lasts."""
        if self.note is not None and self.note.kind == "lasting":
            self.footer.dismiss()

    def push(self, screen: Screen[T], done: Callable[[T | None], None] | None = None) -> None:
        """Show a dialog or a page over the panes; `done` gets what it is dismissed with."""
        self.app.push_screen(screen, done)

    def run_command(self, command: str, key: str = "", count: int | None = None) -> None:
        """Carry a command out, by its id."""
        self._run_command(command, key, count)

    @property
    def listed_views(self) -> Sequence[tuple[View, int]]:
        """Every view, folder and source, each with how much is unread in it, as far as that is counted."""
        return self.tree_pane.listed

    def open_view(self, view: View) -> None:
        """Show a view's headlines, and go there."""
        self.focus_pane("headlines")
        self.tree_pane.point_at(view)
        if view != self.headlines.view:
            self.remember("view", view_to_json(view))
            self.start(self.headlines.open(view, self.sources), "list", exclusive=True)

    def open_row(self, row: Row) -> None:
        """Open a headline's story in the article pane, and go there."""
        self.focus_pane("article")
        here = self.stories.history.current
        if here is None or here.page != row.page or not self.stories.full:
            self.stories.open(row)

    def filter_list(self) -> None:
        """Let the list in view be filtered by headline."""
        from reader.ui.main.filtering import Filtering

        if self.filtering is None:
            self.filtering = Filtering(self, self.list_pane, self.headlines, self.footer, lambda: self.hairline)
        self.filtering.begin()

    def fetch(self, sources: Sequence[int], said: str = "") -> None:
        """Refresh just these sources, beside the keys and after whatever refresh is running; say what came."""
        self.refresher.fetch(sources, said)

    @property
    def refreshing(self) -> bool:
        """Whether a refresh is running, or about to."""
        return self.refresher.busy

    def remove_source(self, source: Source) -> None:
        """Unsubscribe from a source, and say what stays."""
        self.start(self.marks.remove_source(source), "marks")

    def leave(self) -> None:
        """Quit, from wherever one is: the reading position is kept, what is being written is finished."""
        if self.loaded:
            self.stories.save_reading_position()
        self.app.exit()

    def _show_marked(self, row: Row, counts: Counts) -> None:
        self.counts = counts
        self.list_pane.replace_row(row)
        self.tree_pane.show(self.sources.values(), counts)
        self.retitle()

    def shown_read(self, page: int) -> None:
        """A story is on the screen: it is read."""
        row = (found := self.session.library.row(page)) and self.marks.shown(found)
        if row is not None and (not row.read or row.changed):
            self.start(self.marks.read(row, True), "marks")

    def changed(self, *, rows: bool = True, news: bool = True) -> None:
        """Count again, soon (see `LiveUpdates.changed`)."""
        self.live.changed(rows=rows, news=news)

    def _marked(self, many: bool) -> None:
        self.changed(rows=many, news=many)

    def _take_counts(self, counts: Counts) -> None:
        self.counts = counts

    def _draw_counted(self, rows: bool) -> None:
        self.counted = True
        self.tree_pane.show(self.sources.values(), self.counts)
        if self.pane_name != "sources":  # a source that was just added is in the tree only now
            self.tree_pane.point_at(self.headlines.view)
        if rows:
            self.list_pane.reload_rows()
            self.stories.refresh_links()
        if not self.refresher.busy:
            self.headlines.end_filling()
        self.retitle()

    def start(self, work: Coroutine[Any, Any, None], group: str, *, exclusive: bool = False) -> None:
        """Run something beside the keys. What goes wrong in it is a line in the footer, and in the log."""
        self.run_worker(work, group=group, exclusive=exclusive, exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker has failed: an unforeseen error, or one of the library."""
        if event.state is WorkerState.ERROR:
            error = event.worker.error
            _log.error("%s failed", event.worker.group, exc_info=error)
            self.say(words.error_message(error), "error")
            if event.worker.group == "marks":
                self.changed(news=False)  # what was drawn before it was written was not written

    def when_ready(self, do: Callable[[], None]) -> None:
        """Do what a person asked for, now or once all is loaded."""
        if self._ready:
            self.attempt(do)
        else:
            self._early.append(do)

    def on_key(self, event: events.Key) -> None:
        """Turn keys into commands, for the pane in focus."""
        event.stop()
        event.prevent_default()
        if self.filtering is None or not self.filtering.open:
            self.headlines.touched = len(self.list_pane.listing) > 0
            key = key_of(event.key, event.character)
            self.attempt(lambda: self._presses.press(key, printable=event.is_printable))

    def on_paste(self, event: events.Paste) -> None:
        """No field has taken what was pasted."""
        event.stop()
        self._presses.answer_paste()

    @on(EntryList.HeadlineClicked)
    def _headline_clicked(self, message: EntryList.HeadlineClicked) -> None:
        def open_it() -> None:
            self.headlines.touched = True
            self.headlines.go_to_page(message.page)
            self.run_command("enter")

        self.when_ready(open_it)

    @on(EntryList.CursorMoved)
    def _cursor_moved(self) -> None:
        if self.window.single and self.pane_name == "headlines":
            self.retitle()

    @on(SourceTree.ViewClicked)
    def _source_clicked(self, message: SourceTree.ViewClicked) -> None:
        self.when_ready(lambda: self.open_view(message.view))

    @on(Masthead.CommandClicked)
    def _masthead_clicked(self, message: Masthead.CommandClicked) -> None:
        self.when_ready(lambda: self.run_command(message.command))

    @on(SourceTree.Folded)
    def _folded(self, message: SourceTree.Folded) -> None:
        self.remember("folded", json.dumps(sorted(message.folded)))

    def remember(self, key: str, value: str) -> None:
        """Keep a small fact for the next time."""
        library = self.session.library
        self.start(_done(library.writing(library.remember, key, value)), "facts")

    def on_article_view_follow(self, message: "ArticleView.Follow") -> None:
        """A link is to be followed."""
        if message.browser:
            self.open_url(message.target.url)
        else:
            self.attempt(self.stories.follow, message.target)

    def on_article_view_link_letters_toggled(self) -> None:
        """Say in the footer what keys do now."""
        self.retitle()

    def on_article_view_measured(self, message: "ArticleView.Measured") -> None:
        """The measure is remembered."""
        self.remember("measure", str(message.measure))

    def on_article_view_position_changed(self) -> None:
        """Another reading position, or another story."""
        self.retitle()


async def _done(act: Awaitable[None]) -> None:
    await act

"""Commands about papers: refresh, add, settings, trouble, what is new, what is kept."""

from typing import TYPE_CHECKING

from reader import words
from reader.models import Source

if TYPE_CHECKING:
    from reader.ui.main.screen import Panes


class Papers:
    """Asks papers, and looks after the list of them."""

    def __init__(self, screen: "Panes") -> None:
        self._screen = screen

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

    def do_add(self) -> None:
        from reader.ui.dialogs.add_source import AddSource

        self._screen.app.push_screen(AddSource(self._screen))

    def do_catalogue(self) -> None:
        from reader.ui.pages.catalogue import Catalogue

        self._screen.app.push_screen(Catalogue(self._screen))

    def do_source_settings(self) -> None:
        source = self._source()
        if source is None:
            self._screen.say(words.no_source_here())
            return
        from reader.ui.dialogs.source_settings import SourceSettings

        self._screen.app.push_screen(SourceSettings(self._screen, source))

    def do_remove(self) -> None:
        source = self._source()
        if source is None:
            self._screen.say(words.no_source_here())
            return
        self._screen.start(self._screen.marks.remove_source(source), "marks")

    def do_source_down(self, count: int = 1) -> None:
        self._step_source(count)

    def do_source_up(self, count: int = 1) -> None:
        self._step_source(-count)

    def _step_source(self, step: int) -> None:
        source = self._source()
        if source is None:
            self._screen.say(words.no_source_here())
        else:
            self._screen.start(self._screen.marks.step_source(source, step), "marks")

    def _source(self) -> Source | None:
        """The source under the cursor: in the headlines, the one that lists the story there."""
        screen = self._screen
        if screen.pane == "sources":
            return screen.sources.get(screen.tree_pane.view.source or 0)
        row = screen.list_pane.row
        return screen.sources.get((row.source if row is not None else screen.headlines.view.source) or 0)

    def do_trouble(self) -> None:
        from reader.ui.pages.failing_sources import Trouble

        self._screen.app.push_screen(Trouble(self._screen))

"""Keeping the screen true to the library and the clock: counting again after what was done here, seeing what others
did, and refreshing what has become due.

Another process may mark stories, add and remove sources, and bring headlines: all of it is on the screen within two
seconds, and nothing moves that is under the eye. What is new is told in the title of the list.
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from reader import words
from reader.models import Source
from reader.store import View
from reader.ui.headlines.view import Stale

if TYPE_CHECKING:
    from reader.ui.main.screen import Panes

A_BREATH = 0.25
"""Seconds between two paintings of what a refresh brings."""

LOOK_EVERY = 1.0
"""Seconds between two looks at whether another process has changed the library."""

DUE_EVERY = 60.0
"""Seconds between two looks at what is due."""


def is_there(view: View, sources: Iterable[Source]) -> bool:
    """Whether a view still has its source, or its folder a source. Pure."""
    if view.kind == "source":
        return any(source.id == view.source for source in sources)
    return view.kind != "folder" or any(source.folder == view.folder for source in sources)


class Watch:
    """Counts again when something has changed, looks whether something has, and refreshes what is due."""

    def __init__(self, screen: "Panes", counted: Callable[[bool], None]) -> None:
        """`counted` draws what was counted; True: what the rows say may differ too."""
        self._screen = screen
        self._counted = counted
        self._stale = Stale()
        self._counting = False
        self._version = 0

    def begin(self) -> None:
        """From now on look at what others do."""
        self._version = self._screen.session.library.data_version()

    def changed(self, *, rows: bool = True, news: bool = True) -> None:
        """Count again, soon: at most four times a second, however much comes.

        `rows`: what the rows and the sources say may differ; `news`: there may be other rows. What one marked oneself
        is on the screen already: then neither.
        """
        self._stale.add(rows=rows, news=news)
        if not self._counting:
            self._counting = True
            self._screen.start(self._count(), "count")

    def look(self) -> None:
        """See whether anyone has written; this library's own writes are counted already."""
        version = self._screen.session.library.data_version()
        if version != self._version and not self._counting:
            self._version = version
            self.changed()

    def every_minute(self) -> None:
        """Refresh what has become due; a new day has new headings."""
        screen = self._screen
        screen.list_pane.restyle()
        self.changed()
        if not screen.papers.busy:
            screen.start(self.refresh_due(), "refresh")

    async def refresh_due(self) -> None:
        """Refresh what is due, unless nothing could be fetched or kept."""
        screen, library = self._screen, self._screen.session.library
        if screen.session.offline or library.read_only:
            return  # nobody asked for it, and nothing could be kept
        if await library.reading(library.due, screen.session.clock()) and screen.papers.begin():
            await screen.papers.refresh()

    async def _count(self) -> None:
        screen, library = self._screen, self._screen.session.library
        try:
            while self._stale.counts:
                stale, self._stale = self._stale, Stale()
                began = time.monotonic()
                version = library.data_version()
                screen.counts = await library.reading(library.counts, today=screen.session.today())
                if stale.rows:
                    await self._sources()
                if stale.news:
                    await screen.headlines.look()
                self._counted(stale.rows)
                self._version = version
                if self._stale.counts or screen.papers.busy:
                    await asyncio.sleep(max(A_BREATH, 3 * (time.monotonic() - began)))
        finally:
            self._counting = False

    async def _sources(self) -> None:
        """Read the sources again. Rows of one that is no more leave the list; its own list gives way to all unread."""
        screen, library = self._screen, self._screen.session.library
        before = screen.sources
        screen.sources = {source.id: source for source in await library.reading(library.sources)}
        view = screen.headlines.view
        gone = before.keys() - screen.sources.keys()
        if is_there(view, before.values()) and not is_there(view, screen.sources.values()):
            name = screen.headlines.name
            await screen.headlines.open(View("unread"), screen.sources)
            if screen.footer.note is None:
                screen.say(words.fell_back(name))
        elif gone:
            await screen.headlines.show_new(stay=True)
        screen.headlines.named(screen.sources)

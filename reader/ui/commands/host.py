"""What commands ask of the main screen: a `Protocol` for each module of commands, as small as that module allows.

No command imports the screen. `reader.ui.base.host` has what dialogs and pages ask of it, too.
"""

from collections.abc import Sequence
from typing import Protocol

from reader.models import Source
from reader.store import View
from reader.ui.article.stories import Stories
from reader.ui.article.view import ArticleView
from reader.ui.base.host import Host, Messages, Navigator, Pane, Tasks
from reader.ui.base.session import Session
from reader.ui.base.status_changes import StatusChanges
from reader.ui.headlines import Headlines
from reader.ui.main.pane_widths import Window
from reader.ui.main.refreshing import Refresher


class PaneHost(Protocol):
    """Has a pane in focus."""

    @property
    def pane(self) -> Pane:
        """The pane in focus."""


class NavigationHost(PaneHost, Messages, Protocol):
    """For moving the cursor, and how wide a pane is."""

    def widen_pane(self, cells: int) -> bool:
        """Make the pane in focus wider (narrower: negative); False where it cannot be."""


class MarkingHost(PaneHost, Messages, Tasks, Protocol):
    """For read, star, read later and undo."""

    marks: StatusChanges


class LinksHost(PaneHost, Messages, Navigator, Protocol):
    """For following links."""

    stories: Stories
    article_pane: ArticleView

    def copy_link(self, url: str) -> None:
        """Put an address on the clipboard, where it is http, https or mailto."""


class StoriesHost(PaneHost, Messages, Tasks, Navigator, Protocol):
    """For going from story to story, and the shape of the page they are read on."""

    session: Session
    headlines: Headlines
    stories: Stories
    sources: dict[int, Source]
    article_pane: ArticleView

    def toggle_alone(self) -> bool | None:
        """Show stories alone, or beside the headlines again, from now on; return whether they are alone. None, and
        nothing is changed, where a window of this width shows one pane in any case."""


class SourcesHost(PaneHost, Host, Protocol):
    """For refreshing sources, and what else is done to them."""

    headlines: Headlines
    marks: StatusChanges
    refresher: Refresher
    window: Window


class PaletteHost(PaneHost, Host, Protocol):
    """For what the palette offers."""

    headlines: Headlines
    stories: Stories

    @property
    def listed_views(self) -> Sequence[tuple[View, int]]:
        """Every view, folder and source, each with how much is unread in it, as far as that is counted."""


class PanelsHost(PaletteHost, Protocol):
    """For what lies over the panes, the filter, and leaving."""

    def filter_list(self) -> None:
        """Let the list in view be filtered by headline."""


class CommandHost(NavigationHost, MarkingHost, LinksHost, StoriesHost, SourcesHost, PanelsHost, Protocol):
    """The main screen as the table of commands sees it: all of these."""

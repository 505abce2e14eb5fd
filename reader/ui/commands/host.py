"""What commands ask of the main screen beyond `reader.ui.base.host.Host`: the pane in focus, and the parts they act on.

A `Protocol` again, so that no command imports the screen.
"""

from typing import Protocol

from reader.commands import PaneName
from reader.ui.article.stories import Stories
from reader.ui.article.view import ArticleView
from reader.ui.base.host import Host, Pane
from reader.ui.base.status_changes import StatusChanges
from reader.ui.headlines import EntryList, Headlines
from reader.ui.main.pane_widths import PaneSettings
from reader.ui.main.refreshing import Refresher
from reader.ui.main.source_tree import SourceTree


class CommandHost(Host, Protocol):
    """The main screen as commands see it."""

    headlines: Headlines
    stories: Stories
    marks: StatusChanges
    refresher: Refresher
    tree_pane: SourceTree
    list_pane: EntryList
    article_pane: ArticleView
    pane_name: PaneName
    pane_settings: PaneSettings

    @property
    def pane(self) -> Pane:
        """The pane in focus."""

    def copy_link(self, url: str) -> None:
        """Put an address on the clipboard, where it is http, https or mailto."""

    def filter_list(self) -> None:
        """Let the list in view be filtered by headline."""

    def set_panes(self, settings: PaneSettings) -> None:
        """Lay the panes out as a person has set it, from now on, and remember it."""

    def widen_pane(self, cells: int) -> None:
        """Make the pane in focus wider (narrower: negative)."""

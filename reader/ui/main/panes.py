"""What commands do in each of the three panes. Each class answers `reader.ui.base.host.Pane` for one widget.

The widgets themselves know no commands: here stands what Enter, Space or an arrow means in the sources, in the
headlines and in a story, and which source, story and address a command there is about.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader import words
from reader.commands import PaneName
from reader.models import Source
from reader.store import Row, View
from reader.ui.base.host import Host
from reader.ui.headlines import EntryList, Headlines
from reader.ui.main.source_tree import SourceTree
from reader.words import help_pages as help_pages_words

if TYPE_CHECKING:
    from reader.ui.article.stories import Stories
    from reader.ui.article.view import ArticleView


class PaneCommands:
    """What is the same in several panes: it is about the view that is shown, and a list is left by leaving the reader.

    A pane that is about a story has that as its `row`.
    """

    def __init__(self, host: Host, headlines: Headlines) -> None:
        self._host = host
        self._headlines = headlines

    @property
    def view(self) -> View:
        return self._headlines.view

    @property
    def pages(self) -> Sequence[int] | None:
        return None

    @property
    def row(self) -> Row | None:
        return None

    @property
    def source(self) -> Source | None:
        """The source that lists the story; where there is none, the one whose view it is."""
        row = self.row
        return self._host.sources.get((row.source if row is not None else self.view.source) or 0)

    @property
    def file(self) -> str:
        row = self.row
        return row.enclosures[0].url if row is not None and not row.url and row.enclosures else ""

    def try_again(self) -> bool:
        return False

    def cancel(self) -> None:
        self._headlines.clear_filter()

    def quit(self) -> None:
        self._host.leave()

    def tell_alone(self, alone: bool) -> None:
        self._host.say(words.zoomed(alone))


class SourcesPane(PaneCommands):
    """Commands in the pane of sources: about the view under the cursor."""

    name: PaneName = "sources"
    link = ""

    def __init__(self, host: Host, headlines: Headlines, tree: SourceTree) -> None:
        super().__init__(host, headlines)
        self._tree = tree

    @property
    def view(self) -> View:
        return self._tree.view

    def move(self, lines: int) -> None:
        self._tree.move(lines)

    def page(self, share: float) -> None:
        self._tree.move(round(share * self._tree.size.height))

    def top(self) -> None:
        self._tree.to_top()

    def end(self) -> None:
        self._tree.to_end()

    def go_to(self, number: int) -> None:
        self._tree.to_top()
        self._tree.move(number - 1)

    def act(self) -> None:
        self._tree.fold(False)
        self._host.open_view(self._tree.view)

    def left(self) -> None:
        if not self._tree.fold(True) and not self._tree.to_folder():
            self._host.say(help_pages_words.no_pane(-1), "hint")

    def right(self) -> None:
        if not self._tree.fold(False):
            self._host.open_view(self._tree.view)

    def page_on(self) -> None:
        if not self._tree.fold():
            self.page(1.0)


class ArticlePane(PaneCommands):
    """Commands in the article pane: about the story that is open, and the link that Tab has reached."""

    name: PaneName = "article"

    def __init__(self, host: Host, headlines: Headlines, article: "ArticleView", stories: "Stories") -> None:
        super().__init__(host, headlines)
        self._article = article
        self._stories = stories

    @property
    def row(self) -> Row | None:
        return self._stories.row

    @property
    def link(self) -> str:
        target, here = self._article.current_target, self._stories.history.current
        if target is not None and target.url:
            return target.url
        return (here.url if here is not None else "") or self.file

    @property
    def file(self) -> str:
        target = self._article.current_target
        if target is not None and target.url:
            return target.url if target.is_file else ""
        return super().file

    def move(self, lines: int) -> None:
        self._article.scroll_lines(lines)

    def page(self, share: float) -> None:
        self._article.scroll_pages(share)

    def top(self) -> None:
        self._article.to_top()

    def end(self) -> None:
        self._article.to_end()

    def go_to(self, number: int) -> None:
        """Nowhere: a story's lines have no numbers."""

    def act(self) -> None:
        if self._article.current_target is None:
            self._host.say(help_pages_words.no_link_chosen(), "hint")
        self._article.follow_current()

    def left(self) -> None:
        if not self._article.sideways(-1):
            self._host.focus_pane("headlines")

    def right(self) -> None:
        if not self._article.sideways(1):
            self._host.say(help_pages_words.no_pane(1), "hint")

    def page_on(self) -> None:
        if not self._article.page_down():
            self._host.run_command("next-unread")

    def try_again(self) -> bool:
        return self._stories.try_again()

    def quit(self) -> None:
        self._host.focus_pane("headlines")

    def tell_alone(self, alone: bool) -> None:
        """Nothing: it can be seen."""


class HeadlinesPane(PaneCommands):
    """Commands in the pane of headlines: about the story under the cursor.

    `beside` says whether other panes are shown beside this one: Space then reads on in the story that is open.
    """

    name: PaneName = "headlines"

    def __init__(
        self,
        host: Host,
        headlines: Headlines,
        entries: EntryList,
        tree: SourceTree,
        stories: "Stories",
        article: ArticlePane,
        beside: Callable[[], bool],
    ) -> None:
        super().__init__(host, headlines)
        self._entries = entries
        self._tree = tree
        self._stories = stories
        self._article = article
        self._beside = beside

    @property
    def pages(self) -> Sequence[int] | None:
        return self._entries.listing.pages

    @property
    def row(self) -> Row | None:
        return self._entries.row

    @property
    def link(self) -> str:
        row = self.row
        return (row.url if row is not None else "") or self.file

    def move(self, lines: int) -> None:
        self._entries.move(lines)

    def page(self, share: float) -> None:
        self._entries.page_by(share)

    def top(self) -> None:
        self._entries.go(0)

    def end(self) -> None:
        self._entries.go(len(self._entries.listing) - 1)

    def go_to(self, number: int) -> None:
        self._entries.go(number - 1)

    def act(self) -> None:
        """Open the story: in the browser, where its source is set so, else in the article pane."""
        row, source = self.row, self.source
        if row is None:
            self._host.say(help_pages_words.no_story_here(), "hint")
            return
        if source is not None and source.browser:
            if self.file:
                self._host.play(self.file, row.title)
            else:
                self._host.open_url(row.url)
            self._host.shown_read(row.page)
        else:
            self._host.open_row(row)

    def left(self) -> None:
        self._tree.point_at(self._headlines.view)
        self._host.focus_pane("sources")

    def right(self) -> None:
        if self._stories.history.current is None:
            self.act()
        else:
            self._host.focus_pane("article")

    def quit(self) -> None:
        """The filter goes first, then the reader."""
        if self._headlines.filter_text:
            self.cancel()
        else:
            super().quit()

    def page_on(self) -> None:
        if self._stories.history.current is not None and self._beside():
            self._article.page_on()
        else:
            self.act()

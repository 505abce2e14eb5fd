"""The titles over the three panes: what each shows, and how much of it. Reads the screen, changes nothing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader import words
from reader.models import Source
from reader.ui.main import titles
from reader.ui.main.layout import Pane
from reader.ui.main.masthead import Role, Title, Words

if TYPE_CHECKING:
    from reader.ui.main.screen import Panes


def pane_titles(screen: "Panes", sources: Sequence[Source]) -> dict[Pane, Title]:
    """Return the title of each pane. Numbers are left out until the library has been counted."""
    unread: Words = ()
    headlines: Words = ()
    if screen.counted:
        unread = ((words.unread(screen.counts.unread), "dim"),) if len(screen.shape.widths) == 2 else ()
        headlines = titles.headlines_right(screen.headlines.view, screen.headlines.new, screen.counts, sources)
        if screen.headlines.narrowed and not screen.headlines.new:
            shown, whole = len(screen.list_pane.listing), len(screen.headlines.whole)
            headlines = ((words.count_of(str(shown), whole), "dim"),)
    return {
        "sources": _titled(screen, "sources", words.label("sources"), unread),
        "headlines": _titled(screen, "headlines", screen.headlines.name, headlines),
        "article": _article_title(screen) if screen.furnished else Title(),
    }


def _titled(screen: "Panes", pane: Pane, name: str, right: Words) -> Title:
    return Title(((name, "title" if pane == screen.pane else "ink"),), right)


def _article_title(screen: "Panes") -> Title:
    view, stories = screen.article_pane, screen.stories
    if stories.sheet is None:
        return Title()
    place = screen.app.look().glyphs.own(words.page_and_left(view.percent, view.minutes_left))
    right = place if stories.full else words.label("summary only")
    last: Role = "title" if screen.pane == "article" and not screen.shape.single else "ink"
    return titles.article_title(stories.trail, stories.sheet, right, last, view.margin)

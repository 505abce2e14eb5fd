"""The titles of the panes and the sentences of empty ones, from what is shown. Reads, changes nothing."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING

from reader import words
from reader.commands import PaneName
from reader.models import Source
from reader.store import Counts, View
from reader.ui.headlines import Headlines
from reader.ui.main.masthead import PaneTitle, RefreshProgress, Role, StyledText, cells_of, state_words
from reader.ui.main.pane_widths import Window
from reader.ui.theme.theme import Appearance

if TYPE_CHECKING:
    from reader.ui.article.history import History
    from reader.ui.article.layout import StoryContent
    from reader.ui.article.stories import Stories
    from reader.ui.article.view import ArticleView

At = Callable[[float], datetime]
"""UTC seconds as a moment in the reader's zone."""


def masthead_state(
    sources: Collection[Source],
    counts: Counts,
    offline: datetime | None,
    progress: RefreshProgress | None,
    now: datetime,
) -> StyledText:
    """The state that the masthead shows; `offline`: since when there is no network."""
    return state_words(
        offline=offline,
        progress=progress,
        errors=sum(source.is_failing for source in sources),
        unread=counts.unread,
        kept=counts.kept,
        now=now,
    )


def unread_in(view: View, counts: Counts, sources: Collection[Source]) -> int:
    """How much is unread in a view."""
    if view.kind == "source":
        return counts.sources.get(view.source or 0, 0)
    if view.kind == "folder":
        unread = sum(counts.sources.get(source.id, 0) for source in sources if source.folder == view.folder)
        return counts.of_folder(view.folder, unread)
    return counts.today if view.kind == "today" else counts.unread


def headlines_right(view: View, new: int, counts: Counts, sources: Collection[Source]) -> StyledText:
    """What stands at the right of the headlines' title: what is new, else how much is unread or there."""
    if new:
        return (f"↑ {words.new(new)}", "spot"), (f"  {words.label('press')} ", "dim"), (words.key("show-new"), "key")
    if view.kind == "kept":
        return ((words.stories(counts.kept), "dim"),)
    if view.kind == "starred":
        return ((words.stories(counts.starred), "dim"),)
    if view.kind == "saved":
        return ((words.stories(counts.saved), "dim"),)
    if view.kind == "lately":
        return ()
    return ((words.unread(unread_in(view, counts, sources)), "dim"),)


def list_titles(
    focus: PaneName,
    headlines: Headlines,
    counts: Counts | None,
    sources: Collection[Source],
    *,
    two: bool,
) -> dict[PaneName, PaneTitle]:
    """The titles of sources and headlines; without numbers until the library has been counted (`counts` None).

    `two`: two panes are shown; the title of the sources then says how much is unread.
    """
    unread: StyledText = ()
    right: StyledText = ()
    if counts is not None:
        unread = ((words.unread(counts.unread), "dim"),) if two else ()
        right = headlines_right(headlines.view, headlines.new, counts, sources)
        if headlines.filter_text and not headlines.new:
            right = ((words.count_of(str(headlines.shown), len(headlines.whole)), "dim"),)
    return {
        "sources": _list_title(words.label("sources"), unread, focused=focus == "sources"),
        "headlines": _list_title(headlines.name, right, focused=focus == "headlines"),
    }


def _list_title(name: str, right: StyledText, *, focused: bool) -> PaneTitle:
    return PaneTitle(((name, "title" if focused else "ink"),), right)


def story_title(
    stories: "Stories", view: "ArticleView", window: Window, appearance: Appearance, focus: PaneName, new: int
) -> PaneTitle:
    """The title over the story that is open, with where one is in it; blank while none is.

    `new`: so many headlines are new in the list, which is not in sight where the story is the only pane.
    """
    if stories.content is None:
        return PaneTitle()
    progress = appearance.glyphs.own(words.page_and_left(view.percent, view.minutes_left))
    right = progress if stories.full else words.label("summary only" if stories.content.summary else "not kept")
    margin = view.margin_in(window.widths[-1]) if window.panes[-1] == "article" else view.margin
    news = f"↑ {words.new(new)}" if new and window.single else ""
    last: Role = "title" if focus == "article" and not window.single else "ink"
    return article_title(stories.history, stories.content, right, last, margin, news)


def article_title(
    history: "History", content: "StoryContent", right: str, last: Role, margin: tuple[int, int], news: str = ""
) -> PaneTitle:
    """The title over a story: the stories before it, or its paper and section; how far one is on the right, behind the
    `news` of the list."""
    left, measure = margin
    ending: StyledText = ((right, "dim"),)
    if news:
        ending = ((news, "spot"), (" · ", "dim"), *ending) if right else ((news, "spot"),)
    if history.position > 0:
        parents, title = history.titles(max(10, measure - cells_of(ending) - 2))
        above: StyledText = tuple(pair for parent in parents for pair in ((parent, "dim"), (" › ", "dim")))
        return PaneTitle((*above, (title, last)), ending, left, measure)
    section = (content.article.section if content.article else None) or content.section
    paper: StyledText = (
        ((content.paper, "dim"), (" › ", "dim"), (section, last)) if section else ((content.paper, last),)
    )
    return PaneTitle(paper, ending, left, measure)


def empty_sentence(view: View, sources: Collection[Source], next_refresh: datetime | None, now: datetime) -> str:
    """What stands where the first headline would."""
    if view.kind in ("starred", "saved", "kept", "lately"):
        return words.empty_view(view.kind)
    if not sources:
        return words.no_sources()
    if view.kind == "unread" and any(source.answered_at for source in sources):
        return words.all_read(next_refresh, now)
    here = next((source for source in sources if view.kind == "source" and source.id == view.source), None)
    if here is not None and here.is_asked_to_wait and next_refresh is not None:
        return words.headlines_wait()
    return words.empty_view("")


def next_refresh(sources: Collection[Source], seconds: float, at: At) -> datetime | None:
    """When a source is next asked; None where one is due already, or there is none."""
    due = min((source.due_at for source in sources), default=0)
    return at(due) if due > seconds else None


def no_story(sources: Collection[Source], at: At, now: datetime) -> str:
    """What stands in the article pane while no story is open."""
    answered = [source.answered_at for source in sources if source.answered_at]
    failing = sum(source.is_failing for source in sources)
    last, silent = at(max(answered)) if answered else None, len(sources) - len(answered)
    return words.no_story(last, failing, now, silent=silent, sources=len(sources))

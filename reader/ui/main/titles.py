"""The titles of the panes and the sentences of empty ones, from what is shown. Pure; knows no widgets."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING

from reader import words
from reader.models import Source
from reader.store import Counts, View
from reader.ui.main.masthead import Role, Title, Words

if TYPE_CHECKING:
    from reader.ui.article.history import Trail
    from reader.ui.article.layout.values import Sheet

At = Callable[[float], datetime]
"""UTC seconds as a moment in the reader's zone."""


def unread_in(view: View, counts: Counts, sources: Collection[Source]) -> int:
    """How much is unread in a view."""
    if view.kind == "source":
        return counts.sources.get(view.source or 0, 0)
    if view.kind == "folder":
        return sum(counts.sources.get(source.id, 0) for source in sources if source.folder == view.folder)
    return counts.today if view.kind == "today" else counts.unread


def headlines_right(view: View, new: int, counts: Counts, sources: Collection[Source]) -> Words:
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


def article_title(trail: "Trail", sheet: "Sheet", right: str, last: Role, margin: tuple[int, int]) -> Title:
    """The title over a story: the trail to it, or its paper and section; where one is in it at the right."""
    left, measure = margin
    ending: Words = ((right, "dim"),)
    if trail.at > 0:
        parents, title = trail.titles(max(10, measure - len(right) - 2))
        above: Words = tuple(pair for parent in parents for pair in ((parent, "dim"), (" › ", "dim")))
        return Title((*above, (title, last)), ending, left, measure)
    section = (sheet.article.section if sheet.article else None) or sheet.section
    paper: Words = ((sheet.paper, "dim"), (" › ", "dim"), (section, last)) if section else ((sheet.paper, last),)
    return Title(paper, ending, left, measure)


def empty_sentence(view: View, sources: Collection[Source], next_refresh: datetime | None, now: datetime) -> str:
    """What stands where the first headline would."""
    if view.kind in ("starred", "saved", "kept", "lately"):
        return words.empty_view(view.kind)
    if not sources:
        return words.no_sources()
    if view.kind == "unread" and any(source.answered_at for source in sources):
        return words.all_read(next_refresh, now)
    return words.empty_view("")


def next_refresh(sources: Collection[Source], seconds: float, at: At) -> datetime | None:
    """When a source is next asked; None where one is due already, or there is none."""
    due = min((source.due_at for source in sources), default=0)
    return at(due) if due > seconds else None


def no_story(sources: Collection[Source], at: At, now: datetime) -> str:
    """What stands in the article pane while no story is open."""
    answered = [source.answered_at for source in sources if source.answered_at]
    trouble = sum(source.failure is not None for source in sources)
    return words.no_story(at(max(answered)) if answered else None, trouble, now)

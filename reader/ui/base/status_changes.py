"""What a person does to stories: read, unread, star, read later, all read, undo; and to sources: remove, reorder.

Drawn at once, then written, then counted.
"""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from reader import words
from reader.models import Source
from reader.store import Act, Counts, EntryFilter, Row, View
from reader.ui.base.session import Session

T = TypeVar("T")
Say = Callable[[str], None]

Completion = Coroutine[Any, Any, None]
"""What is left of a change once it is handed over: wait until it is written, and say so."""


def counted(counts: Counts, row: Row, *, read: bool, today: int) -> Counts:
    """The counts as they will be once `row` is read (or unread): what the screen shows until they are counted. Pure."""
    if row.read == read:
        return counts
    step = -1 if read else 1
    sources = dict(counts.sources)
    if row.source is not None:
        sources[row.source] = max(0, sources.get(row.source, 0) + step)
    return replace(
        counts,
        unread=max(0, counts.unread + step),
        today=max(0, counts.today + step) if row.time >= today else counts.today,
        sources=sources,
    )


def starred(counts: Counts, row: Row, *, on: bool) -> Counts:
    """The counts as they will be once `row` has its star, or has it no more. Pure."""
    if row.starred == on:
        return counts
    return replace(counts, starred=max(0, counts.starred + (1 if on else -1)))


def saved(counts: Counts, row: Row, *, on: bool) -> Counts:
    """The counts as they will be once `row` is on Read later, or no more. Pure."""
    if row.saved == on:
        return counts
    return replace(counts, saved=max(0, counts.saved + (1 if on else -1)))


@dataclass(frozen=True, slots=True)
class Pending:
    """What is being written of one page; None: nothing. `number`: of the newest act that is."""

    number: int
    read: bool | None = None
    starred: bool | None = None
    saved: bool | None = None

    def on(self, row: Row) -> Row:
        """The row as it will be. Pure."""
        return replace(
            row,
            read=row.read if self.read is None else self.read,
            changed=row.changed and self.read is None,
            starred=row.starred if self.starred is None else self.starred,
            saved=row.saved if self.saved is None else self.saved,
        )


class StatusChanges:
    """Carries acts out. `show` draws a row as it will be, with the counts; `changed` is called
    when it is written, with whether more rows than that one may differ.

    Each method draws and hands over what is to be written before it returns; the rest may be run beside the keys, and
    nothing is lost where it is cancelled.
    """

    def __init__(
        self,
        session: Session,
        counts: Callable[[], Counts],
        show: Callable[[Row, Counts], None],
        changed: Callable[[bool], None],
        say: Say,
    ) -> None:
        self._session = session
        self._library = session.library
        self._counts = counts
        self._show = show
        self._changed = changed
        self._say = say
        self._pending: dict[int, Pending] = {}
        self._number = 0

    def shown(self, row: Row) -> Row:
        """A row of the library as the screen shows it: with what is handed over but not written yet."""
        pending = self._pending.get(row.page)
        return row if pending is None else pending.on(row)

    def read(self, row: Row, read: bool) -> Completion:
        """Mark one story read or unread. `row` is as the screen shows it."""
        will_be = replace(row, read=read, changed=False)
        self._show(will_be, counted(self._counts(), row, read=read, today=self._session.today()))
        number = self._pend(row.page, read=read)
        return self._written(row.page, number, self._library.writing(self._library.mark_read, [row.page], read))

    def star(self, row: Row, on: bool) -> Completion:
        """Star one story, or take its star away. `row` is as the screen shows it."""
        self._show(replace(row, starred=on), starred(self._counts(), row, on=on))
        number = self._pend(row.page, starred=on)
        return self._written(row.page, number, self._library.writing(self._library.star, [row.page], on))

    def all_read(self, pages: Sequence[int]) -> Completion:
        """Mark all of a list read, and say how many that were."""
        act = self._library.writing(self._library.mark_read, list(pages), True)
        return self._announce(act, lambda act: words.marked("read", act.pages) if act.pages else words.nothing_unread())

    def all_read_of(self, view: View) -> Completion:
        """Mark all that a view would list read, and say how many that were."""
        library, today = self._library, self._session.today()
        act = library.writing(lambda: library.mark_read(list(library.listing(view, today=today).pages), True))
        return self._announce(act, lambda act: words.marked("read", act.pages) if act.pages else words.nothing_unread())

    def save(self, row: Row, on: bool) -> Completion:
        """Put one story on Read later, or take it off. `row` is as the screen shows it."""
        self._show(replace(row, saved=on), saved(self._counts(), row, on=on))
        number = self._pend(row.page, saved=on)
        self._say(words.saved(on))
        return self._written(row.page, number, self._library.writing(self._library.save, [row.page], on))

    def remove_source(self, source: Source) -> Completion:
        """Unsubscribe from a source, and say what stays."""
        library = self._library

        def remove() -> int:
            starred = len(library.entries(EntryFilter(starred=True, sources=(source.id,))))
            library.remove_source(source.id)
            return starred

        return self._announce(library.writing(remove), lambda starred: words.removed(source.title, starred))

    def step_source(self, source: Source, step: int) -> Completion:
        """Move a source down (1) or up (-1) among those of its folder."""
        return self._announce(self._library.writing(self._library.step_source, source.id, step), None)

    def undo(self) -> Completion:
        """Take back the newest act."""
        return self._announce(self._library.writing(self._walk, self._library.undo, False), str)

    def redo(self) -> Completion:
        """Do again what was taken back last."""
        return self._announce(self._library.writing(self._walk, self._library.redo, True), str)

    def _walk(self, step: Callable[[], Act | None], again: bool) -> str:
        """Undo or redo, and return what that did. In the writing thread."""
        act = step()
        if act is None:
            return words.nothing_to_undo(again=again)
        if act.source is None:
            say = words.redone if again else words.undone
            return say(act.act, act.pages, act.pruned)
        source = self._library.source(act.source)
        name = source.title if source is not None else ""
        return words.with_reverse(words.source_act(act.act, name, act.pages, again=again), again=again)

    def _pend(self, page: int, **marks: bool) -> int:
        self._number += 1
        old = self._pending.get(page, Pending(0))
        self._pending[page] = replace(old, number=self._number, **marks)
        return self._number

    async def _written(self, page: int, number: int, act: Awaitable[Act]) -> None:
        try:
            await act
        finally:  # acts are written in order: with the newest of a page all of it is written
            pending = self._pending.get(page)
            if pending is not None and pending.number == number:
                del self._pending[page]
        self._changed(False)

    async def _announce(self, act: Awaitable[T], sentence: Callable[[T], str] | None) -> None:
        done = await act
        self._changed(True)
        if sentence is not None:
            self._say(sentence(done))

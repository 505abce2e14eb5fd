"""What a person does to stories: read, unread, star, all read, undo. Drawn at once, then written, then counted."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from reader import words
from reader.store import Counts, Row
from reader.ui.session import Session

Say = Callable[[str], None]


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


class Marks:
    """Carries acts out. `show` draws a row as it will be, with the counts; `changed` is called
    when it is written, with whether more rows than that one may differ."""

    def __init__(
        self,
        session: Session,
        counts: Callable[[], Counts],
        show: Callable[[Row, Counts], None],
        changed: Callable[[bool], None],
        say: Say,
    ) -> None:
        self._session = session
        self._counts = counts
        self._show = show
        self._changed = changed
        self._say = say

    async def read(self, row: Row, read: bool) -> None:
        """Mark one story read or unread. `row` is as the screen shows it."""
        will_be = replace(row, read=read, changed=False)
        self._show(will_be, counted(self._counts(), row, read=read, today=self._session.today()))
        await self._session.act(self._session.library.mark_read, [row.page], read)
        self._changed(False)

    async def star(self, row: Row, on: bool) -> None:
        """Star one story, or take its star away. `row` is as the screen shows it."""
        self._show(replace(row, starred=on), starred(self._counts(), row, on=on))
        await self._session.act(self._session.library.star, [row.page], on)
        self._changed(False)

    async def all_read(self, pages: Sequence[int]) -> None:
        """Mark all of a list read, and say how many that were."""
        act = await self._session.act(self._session.library.mark_read, list(pages), True)
        self._changed(True)
        self._say(words.marked("read", act.pages) if act.pages else words.nothing_unread())

    async def undo(self) -> None:
        """Take back the newest act."""
        act = await self._session.act(self._session.library.undo)
        self._changed(True)
        self._say(words.undone(act.pages) if act else words.nothing_to_undo())

    async def redo(self) -> None:
        """Do again what was taken back last."""
        act = await self._session.act(self._session.library.redo)
        self._changed(True)
        self._say(words.redone(act.pages) if act else words.nothing_to_redo())

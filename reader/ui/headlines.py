"""Which headlines are shown: the view, its listing, and what has come since. Draws through the list it is given."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass

from reader import words
from reader.models import Source
from reader.store import Listing, Row, View
from reader.ui.entry_list import EntryList, Manner
from reader.ui.session import Session

_GROWS_BY_READING = frozenset(("starred", "lately"))
"""Views whose new rows are the reader's own doing: not news."""

_NEAR = 600
"""So many rows are looked through for the next unread one before the library is asked for all."""


def nearest(old: Listing, cursor: int, new: Listing) -> int | None:
    """The page of `new` to put the cursor on: the one it was on, else the next one below that is still there. Pure."""
    if not len(old) or not len(new):
        return None
    there = set(new.pages)
    for page in old.pages[cursor:]:
        if page in there:
            return page
    return new.pages[-1]


def count_new(shown: Listing, fresh: Listing) -> int:
    """How many pages of `fresh` are not in `shown`. Pure; some 30 ms for 200,000, so not for the interface's thread."""
    there = set(shown.pages)
    return sum(page not in there for page in fresh.pages)


@dataclass(slots=True)
class Stale:
    """What on the screen the library no longer agrees with."""

    counts: bool = False
    rows: bool = False
    news: bool = False

    def add(self, *, rows: bool, news: bool) -> None:
        """Counts always, and the rest as said."""
        self.counts, self.rows, self.news = True, self.rows or rows, self.news or news


class Headlines:
    """The view that is shown in the list of headlines, and how many more there would be if it were listed now."""

    def __init__(self, session: Session, view_list: EntryList, changed: Callable[[], None]) -> None:
        self._session = session
        self._list = view_list
        self._changed = changed
        self.view = View("unread")
        self.name = words.view_name("unread")
        self.new = 0
        self.listed = False
        self.settled = False
        self._filling = False

    def first(self, limit: int) -> None:
        """Show the newest of *All unread*, as many as the first screen holds, for the first paint; `open` follows."""
        rows = self._session.library.entries(unread=True, limit=limit)
        listing = Listing(array("q", (row.page for row in rows)), array("q", (row.time for row in rows)))
        self._put(listing, keep=None)

    async def open(self, view: View, sources: dict[int, Source]) -> None:
        """Show another view, from its top; the same one anew, under the same cursor."""
        listing = await self._listing(view)
        keep = self._list.page if view == self.view else None
        self.view, self.name = view, view_name(view, sources)
        self._put(listing, keep=keep)
        self._filling = not len(listing)
        self.settled = False

    async def show_new(self) -> None:
        """List the view anew: what has come is at the top, what was read leaves *All unread*."""
        news = self.new
        before, cursor = self._list.listing, self._list.cursor
        listing = await self._listing(self.view)
        self._put(listing, keep=None if news else nearest(before, cursor, listing))

    async def look(self) -> None:
        """Count what has come since the view was listed.

        An empty list shows it at once, and goes on filling until a key is pressed: nothing can jump under a cursor that
        nobody has used. `settled` says that someone has.
        """
        if not self.listed or self.view.kind in _GROWS_BY_READING:
            return
        view = self.view
        listing = await self._listing(view)
        if view != self.view:
            return
        if not len(self._list.listing) or (self._filling and not self.settled):
            if listing.pages != self._list.listing.pages:
                self._put(listing, keep=None)
                self._filling = True
            return
        self.new = await self._session.library.reading(count_new, self._list.listing, listing)

    def set_empty(self, sentence: str) -> None:
        """The sentence that stands where the first row would."""
        manner = self._list.manner
        if manner.empty != sentence:
            self._list.manner = Manner(manner.mixed, manner.by_time, manner.source, sentence)
            self._list.refresh()

    async def unread_from(self, start: int, step: int) -> int | None:
        """The index of the next row (step 1) or the one before (-1), from `start` on, that is unread; None for none.

        Without a network, of those that are kept.
        """
        offline = self._session.offline_since is not None
        index, last = start, len(self._list.listing) - 1
        for _ in range(_NEAR):
            if not 0 <= index <= last:
                return None
            row = self._list.row_of(index)
            if row is not None and not row.read and (row.kept or not offline):
                return index
            index += step
        unread = set((await self._listing(View("unread"))).pages)
        if offline:
            unread &= set((await self._listing(View("kept"))).pages)
        while 0 <= index <= last:
            if self._list.listing.pages[index] in unread:
                return index
            index += step
        return None

    def find(self, wanted: Callable[[str], bool], limit: int, among: int = 500) -> list[Row]:
        """The first rows whose headline `wanted` takes, among the newest of this view."""
        found: list[Row] = []
        for index in range(min(among, len(self._list.listing))):
            row = self._list.row_of(index)
            if row is not None and wanted(row.title):
                found.append(row)
                if len(found) == limit:
                    break
        return found

    def _put(self, listing: Listing, *, keep: int | None) -> None:
        self.new = 0
        self.listed = True
        kind = self.view.kind
        manner = Manner(
            mixed=kind != "source",
            by_time=kind != "lately",
            source=self.view.source,
            empty=self._list.manner.empty,
        )
        self._list.show(listing, manner, keep=keep)
        self._changed()

    async def _listing(self, view: View) -> Listing:
        return await self._session.library.reading(self._session.library.listing, view, today=self._session.today())


def view_name(view: View, sources: dict[int, Source]) -> str:
    """What a view is called: its paper's or folder's name, or its own."""
    if view.kind == "source":
        source = sources.get(view.source or 0)
        return source.title if source else ""
    if view.kind == "folder":
        return view.folder or ""
    return words.view_name(view.kind)

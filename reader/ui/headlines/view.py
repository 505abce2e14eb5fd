"""Which headlines are shown: the view, its listing, and what has come since. Draws by the `EntryList` it is given."""

import json
from array import array
from collections.abc import Callable
from dataclasses import replace

from reader import words
from reader.lists import folders
from reader.models import Source
from reader.store import EntryFilter, Listing, Row, View
from reader.text import fold
from reader.ui.base.session import Session
from reader.ui.headlines.entry_list import EntryList, ListOptions

VIEWS: tuple[View, ...] = (View("unread"), View("today"), View("starred"), View("saved"), View("kept"), View("lately"))
"""The views that are no source and no folder, in their order in the interface."""

_GROWS_BY_READING = frozenset(("starred", "saved", "lately"))
"""Views whose new rows are the reader's own doing: not news."""

_NEAR = 600
"""So many rows are looked through for the next unread one before the library is asked for all."""


def nearest_page(old: Listing, cursor: int, new: Listing) -> int | None:
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


class Headlines:
    """The view that is shown in the list of headlines, and how many more there would be if it were listed now."""

    def __init__(self, session: Session, view_list: EntryList, changed: Callable[[], None]) -> None:
        self._session = session
        self._list = view_list
        self._changed = changed
        self.view = View("unread")
        self.filter_text = ""
        self._name = words.view_name("unread")
        self._whole: Listing | None = None
        self.new = 0
        self.listed = False
        self.touched = False
        self._filling = False

    @property
    def name(self) -> str:
        """What the view is called, and what it is filtered by."""
        return f"{self._name} / {self.filter_text}" if self.filter_text else self._name

    def use_sources(self, sources: dict[int, Source]) -> None:
        """Take the view's name from these sources, which may have other names now."""
        self._name = view_name(self.view, sources)

    @property
    def whole(self) -> Listing:
        """All that the view lists, also while a filter shows fewer."""
        return self._list.listing if self._whole is None else self._whole

    @property
    def shown(self) -> int:
        """How many rows are shown."""
        return len(self._list.listing)

    def show_first(self, view: View, limit: int) -> None:
        """Show the newest of a view, as many as the first screen holds, for the first paint; `open` follows."""
        library = self._session.library
        source = library.source(view.source or 0) if view.kind == "source" else None
        if view.kind == "source" and (source is None or source.removed_at is not None):
            view = View("unread")
        self.view = view
        self.use_sources({source.id: source} if source is not None else {})
        if view.kind in ("unread", "starred", "source"):
            of = None if view.source is None else (view.source,)
            asked = EntryFilter(unread=view.kind == "unread", starred=view.kind == "starred", sources=of)
            rows = library.entries(asked, limit=limit)
            listing = Listing(array("q", (row.page for row in rows)), array("q", (row.time for row in rows)))
        else:
            listing = library.listing(view, today=self._session.today())
        self._show_listing(listing, keep=None)

    async def open(self, view: View, sources: dict[int, Source]) -> None:
        """Show another view, from its top; or the same one again, with the cursor on the same row. Without a filter."""
        listing = await self._listing(view)
        keep = self._list.page if view == self.view else None
        self.view = view
        self.use_sources(sources)
        self._show_listing(listing, keep=keep)
        self._filling = not len(listing)
        self.touched = False

    def filter(self, listing: Listing, typed: str, *, keep: int | None) -> None:
        """Show only these of the view, which match the filter `typed`, with the cursor on `keep` if it is among them.

        New headlines are counted as ever.
        """
        self._whole, self.filter_text = self.whole, typed
        self._list.show(listing, self._options(), keep=keep, wanted=fold(typed).split())
        self._changed()

    def clear_filter(self, keep: int | None = None) -> bool:
        """Show the whole view again, with the cursor on the same story (or on `keep`); False where no filter is set."""
        if self._whole is None:
            return False
        page = keep if keep is not None else self._list.page
        whole, self._whole, self.filter_text = self._whole, None, ""
        self._list.show(whole, self._options(), keep=page)
        self._changed()
        return True

    async def show_new(self, *, stay: bool = False) -> None:
        """List the view again: what is new is at the top, what was read leaves *All unread*.

        The cursor goes to what is new; with `stay`, or where nothing is, it stays on its row, or goes to the next one.
        """
        news = self.new and not stay
        self.clear_filter()
        listing = await self._listing(self.view)
        before, cursor = self._list.listing, self._list.cursor  # which keys may have moved meanwhile
        self._show_listing(listing, keep=None if news else nearest_page(before, cursor, listing))

    async def check_for_new(self) -> None:
        """Count what has come since the view was listed.

        An empty list shows it at once, as does one that began empty, as long as it is being filled (`end_filling`).
        Once a key is pressed (`touched`) the row under the cursor keeps its place in that, and no row may leave.
        """
        if not self.listed or self.view.kind in _GROWS_BY_READING:
            return
        view = self.view
        listing = await self._listing(view)
        if view != self.view:
            return
        if not len(self._list.listing):
            self._filling, self.touched = self._whole is None, False
        if self._filling and self._whole is None:
            gone = await self._session.library.reading(count_new, listing, self._list.listing) if self.touched else 0
            if not gone:
                if listing.pages != self._list.listing.pages:
                    self._show_listing(listing, keep=self._list.page if self.touched else None)
                return
        self.new = await self._session.library.reading(count_new, self.whole, listing)

    def end_filling(self) -> None:
        """What filled an empty list has come to its end: what comes from now on is announced."""
        self._filling &= not len(self._list.listing)

    def restyle(self) -> None:
        """Draw everything again: another theme, another day."""
        self._list.restyle()

    def set_empty(self, sentence: str) -> None:
        """Set the sentence that is shown where there is no row."""
        if self.filter_text:
            one = self.view.kind in ("source", "folder")
            sentence = (
                words.nothing_in_view(self.filter_text, self._name.replace("*", ""))
                if one
                else words.nothing_found(self.filter_text)
            )
        options = self._list.options
        if options.empty != sentence:
            self._list.options = replace(options, empty=sentence)
            self._list.refresh()

    def go(self, index: int) -> Row | None:
        """Put the cursor on the row at an index, and return it."""
        self._list.go(index)
        return self._list.row

    def step(self, rows: int) -> Row | None:
        """Move the cursor by so many rows (up: negative), as far as there are; None where it is on the last already."""
        index = max(0, min(self._list.cursor + rows, self.shown - 1))
        return self.go(index) if index != self._list.cursor else None

    def go_to_page(self, page: int) -> None:
        """Put the cursor on a page's row, where the list has it."""
        self._list.go_to_page(page)

    async def next_unread(self, step: int, count: int, *, opened: int | None) -> int | None:
        """The index of the unread row that is `count` such rows after the cursor (step 1) or before it (-1).

        Where there are fewer it is the last of them; where there is none, the first from the other end, as in a search;
        None where all is read. Down the list it begins with the row under the cursor, unless that is the page `opened`.
        """
        row = self._list.row
        here = step > 0 and row is not None and row.page != opened
        index = self._list.cursor if here else self._list.cursor + step
        found = None
        for _ in range(count):
            next_one = await self._unread_from(index, step)
            if next_one is None:
                break
            found, index = next_one, next_one + step
        if found is None:
            found = await self._unread_from(0 if step > 0 else len(self._list.listing) - 1, step)
        return found

    async def _unread_from(self, start: int, step: int) -> int | None:
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
        """The first rows whose headline `wanted` accepts, among the newest of this view."""
        found: list[Row] = []
        for index in range(min(among, len(self._list.listing))):
            row = self._list.row_of(index)
            if row is not None and wanted(row.title):
                found.append(row)
                if len(found) == limit:
                    break
        return found

    def _show_listing(self, listing: Listing, *, keep: int | None) -> None:
        self.new = 0
        self.listed = True
        self._whole, self.filter_text = None, ""
        self._list.show(listing, self._options(), keep=keep)
        self._changed()

    def _options(self) -> ListOptions:
        kind = self.view.kind
        return ListOptions(
            mixed=kind != "source",
            by_time=kind not in ("lately", "saved"),
            source=self.view.source,
            empty=self._list.options.empty,
        )

    async def _listing(self, view: View) -> Listing:
        return await self._session.library.reading(self._session.library.listing, view, today=self._session.today())


def view_name(view: View, sources: dict[int, Source]) -> str:
    """What a view is called: its paper's or folder's name, or its own."""
    if view.kind == "source":
        source = sources.get(view.source or 0)
        return source.title if source else ""
    if view.kind == "folder":
        return folders.shown(view.folder)
    return words.view_name(view.kind)


def view_to_json(view: View) -> str:
    """A view as text, for the library to keep."""
    return json.dumps([view.kind, view.source, view.folder])


def view_from_json(kept: str | None) -> View:
    """The view that `view_to_json` wrote; *All unread* where there is none."""
    try:
        kind, source, folder = json.loads(kept or "")
    except (ValueError, TypeError):
        return View("unread")
    if kind == "source" and isinstance(source, int):
        return View("source", source=source)
    if kind == "folder" and isinstance(folder, str):
        return View("folder", folder=folder)
    return next((view for view in VIEWS if view.kind == kind), View("unread"))

"""Filtering the list in view by headline: the field in the footer's place, and which headlines have what is typed.

The headlines are read and folded once, in the reading thread, piece by piece; each letter is looked up in a thread, and
what comes too late is dropped. 200,000 headlines hold no key up.
"""

import asyncio
from array import array
from collections.abc import Callable, Sequence

from reader import words
from reader.store import Listing
from reader.text import fold
from reader.ui.base.host import Host
from reader.ui.headlines import EntryList, Headlines
from reader.ui.main.field_line import FieldLine
from reader.ui.main.footer import Footer

AT_ONCE = 2000
"""So many headlines are read and folded between two other reads."""

TYPING_DELAY = 0.03
"""Seconds from a letter to looking it up."""


def fold_titles(titles: Sequence[str], known: dict[str, str]) -> list[str]:
    """Return headlines without accents and case. `known` keeps words that were folded: most of them come again."""
    found = []
    for title in titles:
        if title.isascii():
            found.append(title.lower())
            continue
        parts = title.split(" ")
        for word in parts:
            if word not in known:
                known[word] = fold(word)
        found.append(" ".join([known[word] for word in parts]))
    return found


def matching(titles: Sequence[str], typed: str) -> Sequence[int]:
    """Return which of the folded headlines have every word of what was typed, anywhere. Pure."""
    found: Sequence[int] = range(len(titles))
    for word in fold(typed).split():
        found = [index for index in found if word in titles[index]]
    return found


def rows_at(listing: Listing, indexes: Sequence[int]) -> Listing:
    """Return these rows of a listing. Pure."""
    if len(indexes) == len(listing):
        return listing
    pages, times = listing.pages, listing.times
    return Listing(array("q", [pages[index] for index in indexes]), array("q", [times[index] for index in indexes]))


class Filtering:
    """Filters the list by what is typed into the field. One for the screen; made at the first `/`.

    `hairline` says whether one stands over the footer, which the field takes the place of.
    """

    def __init__(
        self, host: Host, entries: EntryList, headlines: Headlines, footer: Footer, hairline: Callable[[], bool]
    ) -> None:
        self._host = host
        self._entries = entries
        self._headlines = headlines
        self._footer = footer
        self._hairline = hairline
        self._field: FieldLine | None = None
        self._listing: Listing | None = None
        self._titles: list[str] = []
        self._complete = False
        self._typed = ""
        self._looked_up: str | None = None
        self._anchor: int | None = None
        self._keeping = False

    @property
    def open(self) -> bool:
        """Whether what is typed goes to the field."""
        return self._field is not None

    def begin(self) -> None:
        """Open the field, empty: what the list was filtered by before is lifted."""
        screen = self._footer.screen
        self._host.focus_pane("headlines")
        self._anchor = self._entries.page
        self._typed, self._keeping = "", False
        self._headlines.clear_filter(self._anchor)
        acts: dict[str, Callable[[], None]] = {
            "enter": self.keep,
            "escape": self.clear,
            "up": lambda: self.move(-1),
            "down": lambda: self.move(1),
        }
        self._field = FieldLine(self._host.appearance, words.filter_keys, self.type, acts, id="filter")
        self._footer.display = False
        screen.mount(self._field)
        screen.set_focus(self._field.field)
        self._load()
        self.retitle()

    def type(self, typed: str) -> None:
        """Something else stands in the field."""
        self._typed = typed
        if not self.open:
            return
        if self._listing is not self._headlines.whole:
            self._load()
        self._host.start(self._filter(typed), "filter", exclusive=True)

    def move(self, step: int) -> None:
        """Move the cursor in the list."""
        self._entries.move(step)
        self._anchor = self._entries.page

    def keep(self) -> None:
        """Close the field; the list stays filtered, and has the keys again."""
        if not self._typed.strip():
            self.clear()
            return
        self._keeping = True  # what was typed just now is still to be looked up
        self._close()
        if self._looked_up == self._typed:
            self._forget()

    def clear(self) -> None:
        """Close the field and show the whole list, with the cursor on the same story."""
        here = self._entries.page
        self._typed, self._keeping = "", False
        self._close()
        self._forget()
        self._headlines.clear_filter(here if here is not None else self._anchor)

    def retitle(self) -> None:
        """Say how many there are."""
        if self._field is not None:
            shown = str(len(self._entries.listing)) if self._complete else "…"
            right = words.count_of(shown, len(self._headlines.whole))
            self._field.show(hairline=self._hairline(), right=right)

    def _close(self) -> None:
        field, self._field = self._field, None
        if field is not None:
            field.remove()
        self._footer.display = True
        self._host.focus_pane("headlines")

    def _forget(self) -> None:
        """The field is closed, and nothing is to be looked up: a large library's headlines are many megabytes."""
        self._listing, self._titles, self._complete = None, [], False

    def _load(self) -> None:
        self._listing, self._titles, self._complete = self._headlines.whole, [], False
        self._looked_up = None
        self._host.start(self._read(self._listing), "titles", exclusive=True)

    async def _read(self, listing: Listing) -> None:
        library = self._host.session.library
        known: dict[str, str] = {}

        def some(at: int) -> list[str]:
            return fold_titles(library.titles(listing.pages[at : at + AT_ONCE]), known)

        for at in range(0, len(listing), AT_ONCE):
            piece = await library.reading(some, at)
            if self._listing is not listing:
                return
            self._titles += piece
        self._complete = True
        self.retitle()
        if (self.open or self._keeping) and self._typed.strip():
            self._host.start(self._filter(self._typed), "filter", exclusive=True)

    async def _filter(self, typed: str) -> None:
        await asyncio.sleep(TYPING_DELAY)  # the letter is painted first; the next one may come before this is looked up
        listing = self._listing
        if not self._complete or listing is None:
            return  # it is looked up once all are read
        indexes = await asyncio.to_thread(matching, self._titles, typed)
        found = await asyncio.to_thread(rows_at, listing, indexes)
        if listing is self._headlines.whole and (self.open or self._keeping):
            if typed.strip():
                self._headlines.filter(found, typed.strip(), keep=self._anchor)
            else:
                self._headlines.clear_filter(self._anchor)
            self._looked_up = typed
            self.retitle()
        if not self.open:
            self._forget()

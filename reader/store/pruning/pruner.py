"""What pruning asks of the library, each a short read or one short transaction: `Library.pruner`."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import NamedTuple

from reader.store.database import Database
from reader.store.pruning import candidates, open_stories, slices
from reader.store.pruning.values import Bounds, Candidate, Part, Pruned

_FACT = "pruned"


class LastPrune(NamedTuple):
    """When the library was pruned last (UTC seconds), by which bounds, and how many bytes beyond them were left."""

    at: int
    days: int
    megabytes: int
    of_sources: str
    over: int


class Pruner:
    """As the methods of `Library`: each blocks, and may be called in any thread. All raise LibraryError."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._db = database
        self._clock = clock

    @property
    def read_only(self) -> bool:
        """Whether the library cannot be written."""
        return self._db.read_only

    def now(self) -> int:
        """UTC seconds, by the library's clock."""
        return int(self._clock())

    def candidates(self, bounds: Bounds, after: int, limit: int, *, sized: bool) -> tuple[list[Candidate], int | None]:
        """Return which of the next pages may go; see `candidates.candidates`."""
        return self._db.read(_candidates, bounds, self.now(), after, limit, sized)

    def candidates_among(self, bounds: Bounds, pages: Sequence[int]) -> list[Candidate]:
        """Return which of these pages may go, with their sizes."""
        return self._db.read(_candidates_among, bounds, self.now(), pages)

    def pages_of_source(self, source: int) -> list[int]:
        """Return the pages of a source's entries."""
        return self._db.read(candidates.pages_of_source, source)

    def size_of_pages(self, pages: Sequence[int]) -> int:
        """Return how many bytes these pages take, about."""
        return self._db.read(candidates.size_of_pages, pages)

    def take(
        self,
        bounds: Bounds,
        part: Part,
        pages: Sequence[int],
        *,
        only_source: int | None = None,
        wanted: int | None = None,
    ) -> tuple[int, dict[int, Pruned]]:
        """Take this part of some of these pages: one transaction; see `slices.take`."""
        return self._db.write(slices.take, bounds, self.now(), part, pages, only_source, wanted)

    def forget_acts(self, before: int) -> bool:
        """Take a part of the journal that is older; return whether there may be more."""
        return self._db.write(slices.forget_acts, before)

    def has_acts(self, before: int) -> bool:
        """Say whether the journal has acts that are older: a read, so that nothing is written where there are none."""
        return self._db.read(slices.has_acts, before)

    def used(self) -> int:
        """Return how many bytes of the file are in use."""
        return self._db.read(slices.used)

    def can_shrink(self) -> bool:
        """Say whether the file can be made smaller a little at a time."""
        return self._db.read(slices.can_shrink)

    def free(self) -> int:
        """Return how many bytes of the file are free, and would be given back."""
        return self._db.read(slices.free)

    def give_back(self) -> bool:
        """Give some of what is free back to the file system; return whether there may be more."""
        return self._db.write(slices.give_back)

    def compact(self) -> None:
        """Write the whole file anew, without what is free in it. Nobody else can write meanwhile, and it takes as much
        room again on the disk."""
        self._db.compact()

    def close_ended(self) -> None:
        """Forget what was open in readers that have ended."""
        self._db.write(open_stories.close_ended)

    def last(self) -> LastPrune | None:
        """Return what is known of the last prune; None where there was none."""
        return self._db.read(_last)

    def note(self, last: LastPrune) -> None:
        """Write down that the library was pruned."""
        self._db.write(_note, last)


def _candidates(
    con: sqlite3.Connection, bounds: Bounds, now: int, after: int, limit: int, sized: bool
) -> tuple[list[Candidate], int | None]:
    needed = open_stories.needed(con)
    return candidates.candidates(con, bounds, now, needed, after=after, limit=limit, sized=sized)


def _candidates_among(con: sqlite3.Connection, bounds: Bounds, now: int, pages: Sequence[int]) -> list[Candidate]:
    return candidates.candidates_among(con, bounds, now, open_stories.needed(con), pages)


def _last(con: sqlite3.Connection) -> LastPrune | None:
    row = con.execute("SELECT value FROM facts WHERE key = ?", (_FACT,)).fetchone()
    try:
        return LastPrune(*json.loads(row[0])) if row else None
    except (ValueError, TypeError):  # written by another version
        return None


def _note(con: sqlite3.Connection, last: LastPrune) -> None:
    con.execute(
        "INSERT INTO facts VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_FACT, json.dumps(last)),
    )

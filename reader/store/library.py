"""The library: one façade over the store, and which thread may call what; the SQL stands elsewhere."""

import logging
import os
import sqlite3
import threading
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, Unpack

from reader.errors import LibraryError, NotFound
from reader.models import Article, Failure, NewSource, Source, SourceChanges, Status
from reader.store import articles, codec, entries, headline_lists, journal, pages
from reader.store.database import Database
from reader.store.headline_lists import EVERY_ENTRY, EntryFilter
from reader.store.pruning import open_stories
from reader.store.pruning.pruner import Pruner
from reader.store.sources import sources
from reader.store.values import Act, Counts, FailedStory, FeedChanges, FeedText, KnownLink, Listing, OldEntry, Row, View
from reader.text.waits import LONGEST_WAIT, is_over
from reader.words import library as library_words

_log = logging.getLogger("newsstand.store")

P = ParamSpec("P")
T = TypeVar("T")


class Library:
    """One SQLite file: sources, entries, pages, articles, what the reader did to them, and the journal of it.

    All methods block and may be called from any thread: the command line does just that. An event loop hands them over
    with `reading` and `writing`; what it may call itself are the reads that take well under a millisecond (`rows` of a
    screen, `row`, `known`, `failed_stories`, `status`, `article`, `recall`, `data_version`). Writes return when they
    are on the disk, and go through one writing thread. Ids of merged pages keep working everywhere. All raise
    LibraryError when the file cannot be used, DiskFull when the disk is full.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], float] = time.time,
        who: str = "reader",
        backups: Callable[[], int] = lambda: 3,
    ) -> None:
        """Open the library, or make it: its folder too. `who` acts: undo is for acts of the same `who`.

        One of an older version is copied before it is upgraded; `backups` says how many such copies are kept, 0 for
        none. LibraryTooNew for one made by a newer Newsstand, which is not touched.
        """
        self.path = path
        self._clock = clock
        self._db = Database(path, lambda: self._copy_before_upgrade(backups()))
        self._token = os.urandom(6).hex()
        journal.open_tokens.add(self._token)
        try:
            self._actor = self._enter(who)
            self.pruner = Pruner(self._db, clock)
            """What pruning asks of the library."""
        except BaseException:
            self.close()
            raise

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Callable[[], float] = time.time,
        who: str = "reader",
        backups: Callable[[], int] = lambda: 3,
    ) -> Self:
        """Open the library at `path`, or make it (see `__init__`)."""
        return cls(path, clock=clock, who=who, backups=backups)

    def _enter(self, who: str) -> journal.Actor:
        """Return who acts in this library. Where the journal cannot be read, everything else is read all the same, and
        undo is for the acts of this library only."""
        process = f"{os.getpid()}:{self._token}"
        try:
            return self._db.read(journal.enter, who, process)
        except LibraryError as error:
            _log.error("the journal of the library cannot be read: %s", error)
            return journal.Actor(who, process)

    def _copy_before_upgrade(self, keep: int) -> None:
        from reader.store import backups  # few starts upgrade anything

        backups.make_for_upgrade(self.path, keep=keep, now=self._clock())

    def back_up_daily(self, settings: Callable[[], tuple[int, int]], stop: threading.Event | None = None) -> None:
        """Make a backup where one is due, with the first call of a day; `settings` says how many are kept, and after
        how many days one is due. None is made of a library with nothing in it, or one that is `read_only`.

        May take seconds, in whatever thread; `stop`, once set, ends it soon. Raises nothing but for a library that
        cannot be read: whoever asked wants something else. Why no backup could be made is in the log.
        """
        today = datetime.fromtimestamp(self._clock()).astimezone().date().isoformat()
        if self.read_only or self.recall(_BACKUP_DAY) == today or not self._db.read(_is_used):
            return
        try:
            self.remember(_BACKUP_DAY, today)
        except LibraryError:  # a full disk, or another process that writes for long: there would be no backup either
            return
        from reader.store import backups  # on one start of a day

        keep, days = settings()
        backups.make_due(self.path, keep=keep, days=days, now=self._clock(), stop=stop)

    @property
    def read_only(self) -> bool:
        """Whether the file cannot be written: everything can be read, and every act is a LibraryError."""
        return self._db.read_only

    @property
    def damaged(self) -> bool:
        """Whether the file is known to be damaged. It is `read_only` then."""
        return self._db.damaged

    def check(self) -> bool:
        """Have the whole file checked, once, and return whether it is damaged. It takes 0.5 s for 50,000 entries and
        is no read of the library: an event loop calls it in a thread. The first write waits for it by itself."""
        return self._db.check()

    def must_be_writable(self) -> None:
        """Raise LibraryError, as every act would, where the library is `read_only`: before work that would be lost."""
        self._db.must_be_writable()

    def leave(self) -> None:
        """From now on nobody sees when a write of `writing` fails: it is told when the process ends."""
        self._db.leave()

    def lost(self) -> str | None:
        """Say what was not written since shortly before `leave`, and why; None where all was."""
        return self._db.lost()

    def close(self) -> None:
        """Finish what is being written and close the file. Twice is once."""
        self._db.close()
        journal.forget(self._token)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def reading(self, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return `do(...)`, any read, run in the reading thread: `await library.reading(library.counts, today=0)`.

        It sees all that was written before it began. Where the caller is cancelled before its turn, it is not run.
        """
        return await self._db.reading(do, *args, **kwargs)

    def writing(self, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """Hand `do(...)`, any writes and the reads they need, over to the writing thread now: `library.writing(
        library.star, [page])`. It is run in the order of these calls, and nothing is written between its writes by
        this process.

        What is returned need not be awaited, and whoever awaits it may be cancelled: what was handed over is written
        before `close` returns. What it raises is raised to whoever awaits it, and is in the log in any case.
        """
        return self._db.writing(do, *args, **kwargs)

    # Reads

    def listing(self, view: View, *, today: int = 0) -> Listing:
        """Return what a view shows, newest first. `today`: UTC seconds at which the reader's day began."""
        return self._db.read(headline_lists.listing, view, today)

    def rows(self, pages: Sequence[int], *, source: int | None = None) -> dict[int, Row]:
        """Return rows by the ids asked for, some sixty at a time. `source`: headline and paper as that source has."""
        return self._db.read(headline_lists.rows, pages, source)

    def row(self, page: int) -> Row | None:
        """Return one row, or None where there is no such page."""
        return self._db.read(headline_lists.rows, [page]).get(page)

    def titles(self, pages: Sequence[int]) -> list[str]:
        """Return the headlines of these pages, in their order: 200,000 in some 200 ms. For the reading thread."""
        return self._db.read(headline_lists.titles, pages)

    def counts(self, *, today: int) -> Counts:
        """Count what is unread, starred, kept and saved. `today` as in `listing`."""
        return self._db.read(headline_lists.counts, today)

    def sources(self) -> list[Source]:
        """Return the sources that are not removed: those in no folder first, then folder by folder."""
        return self._db.read(sources.every)

    def source(self, source_id: int) -> Source | None:
        """Return a source, a removed one too."""
        return self._db.read(sources.get, source_id)

    def source_by_url(self, url: str) -> Source | None:
        """Return the source at exactly this address, a removed one too."""
        return self._db.read(sources.by_url, url)

    def sources_with_credentials(self) -> list[Source]:
        """Return the sources that have a login, removed ones too, which stand last."""
        return self._db.read(sources.with_credentials)

    def due(self, now: float, *, every: bool = False, ids: Sequence[int] | None = None) -> list[Source]:
        """Return the sources to visit, longest waiting first. Sources named by `ids` are due when named."""
        return self._db.read(sources.due, int(now), all_of=every, ids=ids)

    def article(self, page: int) -> Article | None:
        """Return the newest kept version of a page's article, or None."""
        return self._db.read(articles.article, page)

    def feed_text(self, page: int) -> FeedText | None:
        """Return what the feed itself says of a page, as untrusted HTML; None where it says nothing but a title."""
        return self._db.read(articles.feed_text, page)

    def stale(self, page: int) -> bool:
        """Say whether a page's entry has changed since its article was kept."""
        return self._db.read(articles.stale, page)

    def page_of(self, url: str) -> int | None:
        """Return the page of an address in whatever spelling, or None."""
        return self._db.read(pages.find, url)

    def known(self, asked: Sequence[str]) -> dict[str, KnownLink]:
        """Return what is known of these addresses, by the address as asked; what is not known is left out."""
        return self._db.read(headline_lists.known, asked)

    def status(self, page: int) -> Status:
        """Return what the reader did to a page."""
        return self._db.read(headline_lists.status, page)

    def entries(self, asked: EntryFilter = EVERY_ENTRY, *, limit: int | None = None) -> list[Row]:
        """Return rows, newest first, of what fits all that is asked."""
        return self._db.read(headline_lists.selected, asked, limit)

    def json_lines(self, asked: EntryFilter = EVERY_ENTRY, *, limit: int | None = None) -> Iterator[str]:
        """Yield the same as JSON, one object a line, some hundred lines to a text."""
        return self._db.stream(headline_lists.json_lines, asked, limit)

    def any_pruned(self, pages: Sequence[int]) -> bool:
        """Say whether nothing is left of one of these pages. For the reading thread."""
        return self._db.read(headline_lists.any_pruned, pages)

    def data_version(self) -> int:
        """A number that changes whenever anyone has written, this library too. Cheap: ask it every second."""
        return self._db.data_version()

    def recall(self, key: str) -> str | None:
        """Return what was remembered under a key."""
        return codec.text(self._db.read(_one, "SELECT value FROM facts WHERE key = ?", key))

    def robots(self, origin: str, now: int) -> tuple[str, int] | None:
        """Return the robots.txt that was kept of an origin, and until when it is good; None where it is not."""
        return self._db.read(_robots, origin, now)

    def failed_stories(self, asked: Sequence[str]) -> dict[str, Failure]:
        """Return why the stories at these addresses were not to be had, by the address as asked; what came, and what
        nobody asked for in the last days, is left out."""
        return self._db.read(articles.failed_stories, asked, self._now())

    def failed_story(self, url: str) -> FailedStory | None:
        """Return what is known of the story at an address that was not to be had; None where it came, or nobody has
        asked for it lately."""
        return self._db.read(articles.failed_story, url)

    # Writes

    def add_sources(self, wanted: Sequence[NewSource]) -> tuple[Source, ...]:
        """Subscribe to all of these, as one act; return them in their order, those too that were there already.

        One that was there stays as it is; one that was removed comes back.
        """
        return self._db.write(sources.add, self._actor, self._now(), wanted)

    def edit_source(self, source_id: int, **changes: Unpack[SourceChanges]) -> Act:
        """Change what is named of a source, as one act. Another address makes it due, and forgets its failure; one on
        another host takes its login and secret headers away.

        Misuse for an address that another source has, NotFound for no such source (of all acts on sources).
        """
        return self._db.write(sources.edit, self._actor, self._now(), source_id, changes)

    def remove_source(self, source_id: int) -> Act:
        """Unsubscribe, as an act. Its entries leave the lists, starred and kept stories stay; undo brings all back."""
        return self._db.write(sources.remove, self._actor, self._now(), source_id)

    def rename_source(self, source_id: int, title: str) -> Act:
        """Give a source a name of one's own, as an act."""
        return self._db.write(sources.rename, self._actor, self._now(), source_id, title)

    def move_source(self, source_id: int, folder: str | None) -> Act:
        """Put a source at the end of a folder (None: of no folder), as an act."""
        return self._db.write(sources.move, self._actor, self._now(), source_id, folder)

    def move_source_before(self, source_id: int, folder: str | None, before: int | None = None) -> Act:
        """Put a source into a folder before another one of it (None: at its end), as an act."""
        return self._db.write(sources.move_before, self._actor, self._now(), source_id, folder, before)

    def step_source(self, source_id: int, steps: int) -> Act:
        """Move a source so many places down its folder (negative: up), as an act "reorder"."""
        return self._db.write(sources.step, self._actor, self._now(), source_id, steps)

    def old_entries(self, source_id: int) -> dict[str, OldEntry]:
        """Return the kept entries of a source by guid, for the pure `decide`."""
        return self._db.read(entries.old_entries, source_id)

    def keep_feed(
        self, source_id: int, changes: FeedChanges, *, now: float, asked: str | None = None
    ) -> tuple[int, int]:
        """Keep what a visit brought, in one transaction; return how many entries were (new, changed).

        `asked`: the address that was visited. Of a source that a person has removed since, or given another address,
        nothing is kept then; so it is with the three below.
        """
        return self._db.write(entries.keep_feed, self._actor, source_id, changes, int(now), asked)

    def keep_same(
        self,
        source_id: int,
        *,
        etag: str | None,
        last_modified: str | None,
        body_hash: str | None,
        due_at: int,
        now: float,
        asked: str | None = None,
        took: float | None = None,
    ) -> None:
        """A visit found nothing new. Validators that are None keep what is there (a 304 need not repeat them)."""
        self._db.write(entries.keep_same, source_id, (etag, last_modified, body_hash), due_at, int(now), asked, took)

    def keep_failure(
        self, source_id: int, failure: Failure, *, due_at: int, now: float, asked: str | None = None
    ) -> None:
        """A visit failed: keep why, and since when it has been so."""
        self._db.write(entries.keep_failure, source_id, failure, due_at, int(now), asked)

    def keep_unreached(self, source_id: int, *, now: float) -> None:
        """A visit has shown that there is no network, which says nothing of the source: it is due again."""
        self._db.write(entries.keep_unreached, source_id, int(now))

    def forget_credentials(self, source_id: int) -> None:
        """Take the login from a source that was removed, for good."""
        self._db.write(sources.forget_credentials, source_id)

    def keep_moved(self, source_id: int, url: str, *, asked: str | None = None) -> bool:
        """A source has moved for good. False, and nothing changed, where another source has that address."""
        return self._db.write(sources.keep_moved, source_id, url, asked)

    def ensure_page(self, url: str, *, title: str | None = None) -> int:
        """Return the page of an address that was opened or marked, making one where there is none."""
        return self._db.write(pages.ensure, url, self._now(), title)

    def keep_article(self, page: int, article: Article) -> int:
        """Keep an article where it differs from the kept one; return the page it now stands under, which can be
        another one: its canonical address may have shown that two pages are one. NotFound for no such page."""
        return self._found(page, self._db.write(articles.keep, self._actor, self._now(), page, article))

    def mark_read(self, pages: Iterable[int], read: bool = True) -> Act:
        """Mark pages read or unread: one act, however many."""
        return self._mark("read" if read else "unread", pages, "read_at", self._now() if read else None)

    def star(self, pages: Iterable[int], on: bool = True) -> Act:
        """Star pages, or take the star away: one act."""
        return self._mark("star" if on else "unstar", pages, "starred_at", self._now() if on else None)

    def mark_many(self, *, read: Iterable[int], starred: Iterable[int]) -> Act:
        """Mark pages read and star pages, as one act."""
        now = self._now()
        wanted: dict[journal.Property, tuple[list[int], int]] = {
            "read_at": (list(read), now),
            "starred_at": (list(starred), now),
        }
        return self._db.write(journal.mark, self._actor, now, "marks", wanted)

    def ensure_pages(self, wanted: Sequence[tuple[str, str | None]]) -> list[int]:
        """Return the page of each (address, title), making those that are not there, in one transaction."""
        return self._db.write(_ensure_pages, wanted, self._now())

    def save(self, pages: Iterable[int], on: bool = True) -> Act:
        """Put pages on the read-later list, or take them off: one act."""
        return self._mark("save" if on else "unsave", pages, "saved_at", self._now() if on else None)

    def set_reading_position(self, page: int, position: int) -> None:
        """Remember the line at the top of the pane, as in `Status`. No act: not journalled, and forgotten by a
        read-only library."""
        if self.read_only:
            return
        self._db.write(_set_reading_position, page, position)

    def keep_open(self, pages: Sequence[int]) -> None:
        """Say which stories are open in this reader, all of them: they are not pruned until it says otherwise or ends.
        A read-only library forgets it."""
        if self.read_only:
            return
        self._db.write(open_stories.keep_open, self._actor, pages)

    def undo(self) -> Act | None:
        """Take back one's newest act that still has an effect, also of an earlier start; None for none."""
        return self._db.write(journal.undo, self._actor, self._now())

    def redo(self) -> Act | None:
        """Do again what was taken back last; None for nothing, or where another act has come since."""
        return self._db.write(journal.redo, self._actor, self._now())

    def keep_robots(self, origin: str, rules: str, until: int) -> None:
        """Keep the robots.txt of an origin ("" for none) until then. A read-only library forgets it."""
        if self.read_only:
            return
        self._db.write(_keep_robots, origin, rules, until, self._now())

    def keep_failed_story(self, url: str, failed: FailedStory | None) -> None:
        """Keep why the story at an address is not to be had; None: it came. A read-only library forgets it."""
        if self.read_only:
            return
        self._db.write(articles.keep_failed_story, url, failed, self._now())

    def remember(self, key: str, value: str) -> None:
        """Keep a small fact of the interface: the measure, the last view. A read-only library forgets it."""
        if self.read_only:
            return
        self._db.write(_remember, key, value)

    def _now(self) -> int:
        return int(self._clock())

    def _mark(self, act: str, asked: Iterable[int], name: journal.Property, value: int | None) -> Act:
        return self._db.write(journal.mark, self._actor, self._now(), act, {name: (list(asked), value)})

    def _found(self, page: int, result: int | None) -> int:
        if result is None:
            raise NotFound(library_words.no_page(page))
        return result


_BACKUP_DAY = "backup day"
"""The fact that says on which day it was last asked whether a backup is due."""


def _is_used(con: sqlite3.Connection) -> bool:
    """Whether anything was ever subscribed to or marked."""
    query = "SELECT EXISTS (SELECT 1 FROM sources) OR EXISTS (SELECT 1 FROM statuses)"
    return bool(con.execute(query).fetchone()[0])


def _one(con: sqlite3.Connection, query: str, value: int | str) -> Any:
    row = con.execute(query, (value,)).fetchone()
    return row[0] if row else None


def _ensure_pages(con: sqlite3.Connection, wanted: Sequence[tuple[str, str | None]], now: int) -> list[int]:
    return [pages.ensure(con, url, now, title) for url, title in wanted]


def _set_reading_position(con: sqlite3.Connection, page: int, position: int) -> None:
    here = pages.live(con, page)
    if here is not None:
        con.execute(
            "INSERT INTO statuses (page, place) VALUES (?, ?) ON CONFLICT (page) DO UPDATE SET place = excluded.place",
            (here, position),
        )


def _robots(con: sqlite3.Connection, origin: str, now: int) -> tuple[str, int] | None:
    found = con.execute("SELECT rules, until FROM robots WHERE origin = ?", (origin,)).fetchone()
    until = 0 if found is None else codec.moment(found[1]) or 0
    return None if found is None or is_over(until, now, LONGEST_WAIT) else (codec.words_of(found[0]), until)


def _keep_robots(con: sqlite3.Connection, origin: str, rules: str, until: int, now: int) -> None:
    con.execute("DELETE FROM robots WHERE until <= ?", (now,))
    con.execute(
        "INSERT INTO robots VALUES (?, ?, ?) "
        "ON CONFLICT (origin) DO UPDATE SET rules = excluded.rules, until = excluded.until",
        (origin, rules, until),
    )


def _remember(con: sqlite3.Connection, key: str, value: str) -> None:
    con.execute("INSERT INTO facts VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value))

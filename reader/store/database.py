"""The writing thread and the reading one, over the three connections of a library's file. Knows no table.

One connection writes, in one thread, and every transaction of it is BEGIN IMMEDIATE: a deferred one that reads and
then writes fails at once when another process wrote in between, whatever the busy timeout. The reading thread has a
read-only connection of its own, and all other threads share a third one: WAL lets both read while the writer writes.
`docs/architecture.md` draws it.
"""

import asyncio
import logging
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from reader import shutdown
from reader.config.paths import unless_default
from reader.errors import LibraryError, Misuse
from reader.store.library_file import watch
from reader.store.library_file.opening import BUSY, LibraryFile, library_errors
from reader.text import inert
from reader.words import library as library_words

_log = logging.getLogger("newsstand.store")

P = ParamSpec("P")
T = TypeVar("T")

_PATIENCE = 0.2
"""Seconds that a read of another thread is waited for while the process ends. Left open, the file is whole, too."""

_SEEN = 2.0
"""Seconds for which an error that is shown must have stood to count as seen."""

CHECKED = 5.0
"""Seconds that the first write of a library waits for its check at most."""


class Database:
    """The file, its writing thread and its reading thread. `close` ends both; after it nothing works.

    `read` and `write` block and may be called in any thread; `reading` and `writing` hand the same over to the two
    threads and are for an event loop, which they never block. Both threads start with the first thing they get to do.
    """

    def __init__(self, path: Path, before_upgrade: Callable[[], None] = lambda: None) -> None:
        """Open or create `path` (0600, its folder 0700) and bring it to our version. LibraryError, LibraryTooNew.

        `before_upgrade` is called before anything is written to one of an older version; what it raises leaves that
        one as it was.

        One of our version that is there but cannot be written (a read-only disk, somebody else's file) is opened for
        reading: `read_only`. So is one that is damaged, as far as it can be read: `damaged`.
        """
        self.path = path
        self.closed = False
        self._closing = False
        self._check: watch.BackgroundCheck | None = None
        with shutdown.deferred():  # once it is open, somebody must know that it is to be closed
            self._open(before_upgrade)

    def _open(self, before_upgrade: Callable[[], None]) -> None:
        self._file = LibraryFile(self.path, before_upgrade)
        self._writer, self._reader, self._shared = self._file.writer, self._file.reader, self._file.shared
        self.read_only, self.damaged = self._file.read_only, self._file.damaged
        # The one lock: the connection of all threads but our two is used by one of them at a time, and closed by none
        # of them while another reads from it, which would crash the process. A read may call another: re-entrant.
        self._lock = threading.RLock()
        # Of each thread: `con` is set in our two only; `reads` while one of the others reads.
        self._own = threading.local()
        self._writing = ThreadPoolExecutor(1, "library-write", self._take, (self._writer,))
        self._reading = ThreadPoolExecutor(1, "library-read", self._take, (self._reader,))
        self._left: float | None = None
        self._unwritten: deque[tuple[float, BaseException]] = deque(maxlen=1000)
        self._closed_in_order = shutdown.at_end(self._end, seconds=BUSY + 1)

    def _take(self, con: sqlite3.Connection) -> None:
        """Make `con` the connection of this thread."""
        self._own.con = con

    def _mine(self) -> sqlite3.Connection | None:
        """Return the connection of this thread, where it is one of our two."""
        con: sqlite3.Connection | None = getattr(self._own, "con", None)
        return con

    @contextmanager
    def _borrowed(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that no other thread uses meanwhile."""
        with library_errors(self.path), self._seeing_damage():
            own = self._mine()
            if own is not None:
                yield own
                return
            with self._lock:
                self._must_be_open()
                within, self._own.reads = self._reads(), True
                try:
                    yield self._shared
                finally:
                    self._own.reads = within

    def _reads(self) -> bool:
        """Whether this thread, none of our two, is within a read."""
        return getattr(self._own, "reads", False)

    def _must_be_open(self) -> None:
        if self.closed:
            raise LibraryError(library_words.closed(self.path))

    def read(self, do: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return `do(connection, ...)`. `close` waits until it has returned."""
        with self._borrowed() as con:
            return do(con, *args, **kwargs)

    def stream(
        self, do: Callable[Concatenate[sqlite3.Connection, P], Iterator[T]], *args: P.args, **kwargs: P.kwargs
    ) -> Iterator[T]:
        """Yield from `do(connection, ...)`, each piece a read of its own. For one thread from its first to its last."""
        pieces = self.read(do, *args, **kwargs)
        while (piece := self.read(lambda _: next(pieces, None))) is not None:
            yield piece

    @contextmanager
    def _seeing_damage(self) -> Iterator[None]:
        """Write no more once SQLite has found damage."""
        try:
            yield
        except watch.FAULTS as error:
            if watch.is_damage(error):
                self._found_damage()
            raise

    def _found_damage(self) -> None:
        if not self.damaged:
            _log.error("the library %s is damaged: it is only read from now on", self.path)
        self.damaged = self.read_only = True

    def check(self, wait: float | None = None) -> bool:
        """Have the whole file checked, once, in a thread of its own; wait for it (so many seconds at most, None: to its
        end) and return whether it is damaged, as far as is known."""
        checkable = not self._file.is_new and self._file.refusal is None  # one connection has the file: no other may
        if self._check is None and checkable and not self.damaged:
            self._check = watch.BackgroundCheck(self._file.connect, self._found_damage)
        if self._check is not None:
            self._check.wait(wait)
        return self.damaged

    def must_be_writable(self) -> None:
        """Raise LibraryError for a library that can only be read."""
        if self.damaged:
            raise LibraryError(library_words.damaged(self.path, unless_default(self.path)))
        if (refusal := self._file.refusal) is not None:  # a new error each time: one has the trace of its raising
            raise type(refusal)(str(refusal))
        if self.read_only:
            raise LibraryError(library_words.read_only(self.path))

    def write(self, do: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `do(connection, ...)` as one transaction in the writing thread; return when it is on the disk.

        Whatever `do` raises, nothing of it was written. Where the caller is interrupted while it waits (Ctrl+C), it may
        have been. RuntimeError within a `read`, except in the reading thread: the writing thread may ask for the
        connection that the read keeps, and each would wait for the other.
        """

        def transaction() -> T:
            con = self._writer
            if self._check is None or not self._check.ended:
                self.check(CHECKED)
                self.must_be_writable()
            con.execute("BEGIN IMMEDIATE")
            try:
                result = do(con, *args, **kwargs)
                con.execute("COMMIT")
            except BaseException:
                if con.in_transaction:
                    con.execute("ROLLBACK")
                raise
            return result

        return self._in_writing_thread(transaction)

    def _in_writing_thread(self, do: Callable[[], T]) -> T:
        """Return `do()`, run in the writing thread, also where that calls this. Raises as `write` does."""
        self.must_be_writable()
        if self._reads():
            raise RuntimeError("a read may not write: write after it")
        with library_errors(self.path), self._seeing_damage():
            if self._mine() is self._writer:
                return do()
            return self._hand_over(self._writing, do).result()

    def compact(self) -> None:
        """Write the whole file anew, in the writing thread; from then on it can be made smaller a little at a time.

        It is no transaction of ours: nobody can write meanwhile, and it needs as much room again on the disk.
        """

        def vacuum() -> None:
            self._writer.execute("PRAGMA auto_vacuum = INCREMENTAL")
            self._writer.execute("VACUUM")
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

        self._in_writing_thread(vacuum)

    def _hand_over(self, thread: ThreadPoolExecutor, do: Callable[[], T]) -> "Future[T]":
        """Queue `do` for one of our threads. LibraryError once we are closing, or where the thread cannot be started:
        it is then never run."""
        refused = False

        def run() -> T:
            if refused:
                raise CancelledError
            return do()

        try:
            return thread.submit(run)
        except RuntimeError as error:
            refused = True  # what started no thread stays in the queue, for the next that starts one
            reason = (
                library_words.closed(self.path) if self._closing else library_words.cannot_be_used(self.path, error)
            )
            raise LibraryError(reason) from None if self._closing else error

    async def reading(self, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return `do(...)`, run in the reading thread, after what was handed over to it before.

        Where the caller is cancelled before its turn comes, it is not run.
        """
        return await asyncio.wrap_future(self._hand_over(self._reading, lambda: do(*args, **kwargs)))

    def writing(self, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """Hand `do(...)` over to the writing thread now: what is handed over is run in the order of these calls.

        `do` may read and write, each write a transaction of its own, and nothing else is written between them by this
        process. What is returned need not be awaited, and whoever awaits it may be cancelled: it is run all the same,
        before `close` returns. What it raises is raised to whoever awaits it (StopIteration as RuntimeError), and is in
        the log in any case.
        """
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[T] = loop.create_future()

        def ended(done: "Future[T]") -> None:
            error = done.exception()
            refused = self.read_only and isinstance(error, LibraryError)
            if isinstance(error, Misuse) or refused:  # told to whoever asked for it, and no fault of ours
                _log.info("a write of the library was refused: %s", error)
            elif error is not None:
                _log.error("a write of the library failed", exc_info=error)
                self._unwritten.append((time.monotonic(), error))
            with suppress(RuntimeError):  # the loop has ended: nobody waits any more
                loop.call_soon_threadsafe(_pass_on, done, waiter)

        self._hand_over(self._writing, lambda: do(*args, **kwargs)).add_done_callback(ended)
        return waiter

    def data_version(self) -> int:
        """A number that changes whenever anyone, in any process, has written."""
        with library_errors(self.path), self._lock:  # each connection counts by itself: always the same one is asked
            self._must_be_open()
            number: int = self._shared.execute("PRAGMA data_version").fetchone()[0]
            return number

    def close(self) -> None:
        """Finish what was handed over and close every connection. Twice is once.

        RuntimeError in our own two threads, or within a read: it would wait for itself. Nothing is closed then.
        """
        if self._mine() is not None or self._reads():
            raise RuntimeError("a library cannot be closed by what it runs")
        self._closing = True
        if self._check is not None:
            self._check.stop()
        self._writing.shutdown()
        self._reading.shutdown()
        with self._lock:
            self._close_all()
        if (lost := self.lost()) is not None:
            shutdown.at_end(lambda: lost)  # once the terminal is as it was: nobody sees it before

    def _close_all(self) -> None:
        self.closed = True
        self._file.close(damaged=self.damaged)
        self._closed_in_order()

    def leave(self) -> None:
        """From now on nobody sees when a write fails: it is told when the process ends."""
        self._left = time.monotonic() if self._left is None else self._left

    def lost(self) -> str | None:
        """Say what was not written since shortly before `leave`, and why; None where all was."""
        errors = [] if self._left is None else [error for at, error in self._unwritten if at >= self._left - _SEEN]
        return inert(library_words.not_written(len(errors), errors[-1])) if errors else None

    def _end(self) -> str | None:
        """Finish what was handed over and close, while the process ends and other threads may be at anything: reads are
        given up. Say what could not be written."""
        self.leave()
        self._closing = True
        self._reading.shutdown(wait=False, cancel_futures=True)
        self._writing.shutdown(wait=False)
        until = time.monotonic() + BUSY
        writes, reads = self._writing._threads, self._reading._threads  # noqa: SLF001 # to wait, but not without a limit
        while any(thread.is_alive() for thread in [*writes, *reads]) and time.monotonic() < until:
            for con in (self._reader, self._shared):  # again, for a read that had not begun yet
                with suppress(sqlite3.Error):
                    con.interrupt()
            time.sleep(0.005)
        if any(thread.is_alive() for thread in writes):
            return library_words.not_written(0, library_words.why("busy", BUSY))
        if not any(thread.is_alive() for thread in reads) and self._lock.acquire(timeout=_PATIENCE):
            try:
                self._close_all()
            finally:
                self._lock.release()
        return self.lost()


def _pass_on(done: "Future[T]", waiter: "asyncio.Future[T]") -> None:
    """Tell whoever waits what came of it."""
    if waiter.cancelled():
        return
    if (error := done.exception()) is None:
        waiter.set_result(done.result())
    else:
        if isinstance(error, StopIteration):  # a future refuses it, and whoever awaits would wait for ever
            error = RuntimeError(f"a write of the library raised {error!r}")
        waiter.set_exception(error)
        waiter.exception()  # asyncio need not warn where nobody awaits: it is in the log already

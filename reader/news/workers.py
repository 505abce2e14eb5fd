"""The worker processes for CPU work (feed parsing, extraction): who starts them, their limits, and how they end.

pebble's ProcessPool with forkserver. A worker that dies, hangs or takes too much memory costs its own task; when the
parent dies, however it dies, the workers end; Ctrl+C in a terminal is the parent's business alone.
"""

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from reader import shutdown
from reader.errors import WorkerError, WorkerTimeout
from reader.words.failures import worker

if TYPE_CHECKING:
    from pebble import ProcessPool

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 20.0
"""Longest time one task may take."""

MEMORY = 1024 * 1024 * 1024
"""Address space of one worker, in bytes, beyond what it has when it starts."""

TASKS_A_WORKER = 500
"""After so many tasks a worker is replaced, so that what libraries hoard is given back."""

LONGEST_FOLDER = 60
"""Bytes of the name of the folder for temporary files that leave room for a socket's own name."""

_started_before: list[bool] = []
_starting = threading.Lock()  # held while the fork server starts, and for good once it was stopped
_PRELOAD = ["reader.extract", "reader.fetch.feeds", "feedparser", "markdownify"]


class Pool:
    """Workers that are started at the first task and ended by `close`, which whoever made the pool must call."""

    def __init__(self, workers: int | None = None, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._workers = workers or max(1, min(4, os.cpu_count() or 1))
        self._seconds = seconds
        self._memory = memory
        self._pool: ProcessPool | None = None
        self._under_way: set[Future[Any]] = set()
        self._lock = threading.Lock()
        self._closed_in_order = _nothing

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return `function(*args, **kwargs)`, called in a worker; what it raises is raised here.

        The function and its arguments must be picklable. Raises WorkerTimeout or WorkerError when the worker takes
        too long, dies or is stopped by `close`. A cancelled caller ends the task.
        """
        future = await shutdown.in_thread(self._schedule, function, args, kwargs)
        from pebble import ProcessExpired

        try:
            result: T = await asyncio.wrap_future(future)
        except FutureTimeout as error:
            raise WorkerTimeout(worker("time", f"{self._seconds:g}")) from error
        except ProcessExpired as error:
            raise WorkerError(worker("died", error)) from error
        except BrokenProcessPool as error:
            why = "stopped" if self._pool is None else "start"
            await shutdown.in_thread(self.close)
            raise WorkerError(worker(why, error)) from error
        except MemoryError as error:
            raise WorkerError(worker("memory")) from error
        return result

    def _schedule(self, function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        with self._lock:
            if self._pool is None:
                self._pool = _started(self._workers, self._memory)
                self._closed_in_order = shutdown.at_end(self._kill)
            future = self._pool.schedule(function, args=args, kwargs=kwargs, timeout=self._seconds)
            self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        return future

    def close(self) -> None:
        """End the workers now; tasks under way fail. Does nothing when none was started, or when called again."""
        with self._lock:
            pool, self._pool = self._pool, None
            lost = list(self._under_way)
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call] # pebble has no types for it
            if (manager := pool._pool_manager_loop) is not None:  # noqa: SLF001 # it looks after workers that die
                manager.join()
            _kill(pool)
            pool.join()
            self._closed_in_order()
        for future in lost:  # pebble leaves those that ran for ever without a result
            with contextlib.suppress(InvalidStateError):
                future.set_exception(WorkerError(worker("stopped")))

    def _kill(self) -> None:
        """End the workers while the process ends: nobody waits for their tasks."""
        if (pool := self._pool) is not None:
            pool.stop()  # type: ignore[no-untyped-call] # as above
            _kill(pool)


def _nothing() -> None:
    """What is to be taken back where no worker was started."""


def _kill(pool: "ProcessPool") -> None:
    """Kill the workers, which have nothing to lose: pebble would ask each to end, and wait up to three seconds while it
    is in a call that does not return (a page's tree being built)."""
    for process in list(pool._pool_manager.worker_manager.workers.values()):  # noqa: SLF001 # it gives no other way
        with contextlib.suppress(OSError, ValueError):
            process.kill()


def _stop_fork_server() -> None:
    """End the fork server, which would load its modules to the end first, and remove its socket and the semaphores."""
    from multiprocessing import forkserver, util

    _starting.acquire(timeout=shutdown.LAST / 2)  # never given back: nothing is started after this
    server: Any = forkserver._forkserver  # noqa: SLF001 # it has no other way to end
    with contextlib.suppress(OSError, AttributeError):
        if server._forkserver_pid is not None:  # noqa: SLF001
            os.kill(server._forkserver_pid, signal.SIGKILL)  # noqa: SLF001
            server._stop()  # noqa: SLF001
    util._run_finalizers()  # type: ignore[attr-defined] # noqa: SLF001 # as multiprocessing does at the exit


def _started(workers: int, memory: int) -> "ProcessPool":
    import multiprocessing
    from multiprocessing import forkserver, resource_tracker

    from pebble import ProcessPool

    if not _started_before:
        shutdown.at_end(_stop_fork_server)
        _started_before.append(True)
    context = multiprocessing.get_context("forkserver")
    _choose_short_folder()
    context.set_forkserver_preload(_PRELOAD)
    # Textual puts an object with no file descriptor in the place of sys.stderr, and these two hand it to a child.
    # A terminal that closes sends SIGHUP to them too: blocked here, it is blocked in what is started here. They end
    # with us, as after Ctrl+C; a tracker that is gone before us would be started again, to end with an error.
    hangup = {signal.SIGHUP} if hasattr(signal, "SIGHUP") else set[signal.Signals]()
    with contextlib.redirect_stderr(sys.__stderr__):
        before = signal.pthread_sigmask(signal.SIG_BLOCK, hangup)
        _starting.acquire()
        try:
            if shutdown.has_begun():  # what is started now would leave its socket behind
                raise WorkerError(worker("stopped"))
            resource_tracker.ensure_running()
            forkserver.ensure_running()
        finally:
            _starting.release()
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return ProcessPool(
        max_workers=workers,
        max_tasks=TASKS_A_WORKER,
        initializer=_initialize_worker,
        initargs=(memory,),
        context=context,
    )


def _choose_short_folder() -> None:
    """The fork server listens at a socket in the folder for temporary files, and the address of a socket holds some
    hundred bytes only (unix(7)): where that folder's name is long, take the system's own."""
    from multiprocessing import util

    usual = tempfile.gettempdir()
    if len(usual.encode()) > LONGEST_FOLDER:
        tempfile.tempdir = "/tmp"  # noqa: S108 # a folder of our own is made in it
        try:
            util.get_temp_dir()  # made once, and remembered by multiprocessing
        finally:
            tempfile.tempdir = usual


def _initialize_worker(memory: int) -> None:
    """In a worker: no terminal, a limit on memory, and an end when the parent ends."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        limit = memory + _address_space()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _address_space() -> int:
    """Return the bytes this process maps now, where /proc tells, else 0."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _end_with_parent() -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)

"""The worker processes for CPU work (feed parsing, extraction): who starts them, their limits, and how they end.

pebble's ProcessPool with forkserver. A worker that dies, hangs or takes too much memory costs its own task; when the
parent dies, however it dies, the workers end; Ctrl+C in a terminal is the parent's business alone.

A task is limited by the CPU time it takes, which other programs' load does not lengthen (setitimer(2)). One that takes
more than its first share is stopped and begins anew in a worker for costly tasks, of which there is one, with a low
priority: so however many are costly, the others are not held up.
"""

import asyncio
import atexit
import contextlib
import math
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, TypeVar

from reader import own_folders, shutdown
from reader.errors import NewsstandError, WorkerError, WorkerTimeout
from reader.fetch.politeness.turns import Lane, Slots, Turn
from reader.news import worker_streams
from reader.words.failures import worker

if TYPE_CHECKING:
    from pebble import ProcessPool

P = ParamSpec("P")
T = TypeVar("T")
Task = tuple[Callable[..., T], tuple[Any, ...], dict[str, Any]]

SECONDS = 20.0
"""CPU time that one task may take at most."""

PATIENCE = 10
"""A task is given up after so many times its CPU time by the clock: one that waits for something takes none."""

_AGAIN = 0.05
"""CPU seconds after which a task that took no notice is told again: a library may catch everything once."""

GRACE = 1.0
"""CPU seconds after which a worker is killed whose task cannot be stopped: it is in C code, or catches everything."""

IDLE = 60.0
"""Seconds after which workers that have nothing to do are ended: they give back their memory."""

GIVES_WAY = 5.0
"""Seconds for which a costly task waits, at most, while there are others to do."""

NICENESS = 10
"""What the priority of the worker for costly tasks is lowered by (nice(2))."""

MEMORY = 1024 * 1024 * 1024
"""Address space of one worker, in bytes, beyond what it has when it starts."""

TASKS_A_WORKER = 500
"""After so many tasks a worker is replaced, so that what libraries hoard is given back."""

LONGEST_FOLDER = 60
"""Bytes of the name of the folder for temporary files that leave room for a socket's own name."""

STARTS = 5.0
"""Seconds for which the end waits, at most, for a fork server that is just being started: it would outlive us."""

_started_before: list[bool] = []
_starting = threading.Lock()  # held while the fork server starts, and while it is ended
_folders: list[str] = []  # for sockets: what was made, whether it is there or not
_PRELOAD = ["reader.news.worker_streams", "reader.extract", "reader.fetch.feeds", "feedparser", "markdownify"]


class CpuTime(NamedTuple):
    """The CPU seconds of a task: what it has at first, and what it has at most. The pool's own limit holds, too."""

    first: float
    most: float = math.inf


class Pool:
    """Workers that are started at the first task and ended by `close`, which whoever made the pool must call.

    `workers` of them are for all tasks, and one is for those that turned out to be costly. `seconds`: the CPU time that
    a task may take; `patience`: its time by the clock.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        seconds: float = SECONDS,
        memory: int = MEMORY,
        patience: float | None = None,
        idle: float = IDLE,
    ) -> None:
        self._workers = workers or max(1, min(4, os.cpu_count() or 1))
        self._seconds = seconds
        self._memory = memory
        self._patience = patience or PATIENCE * seconds
        self._idle = idle
        self._pools: dict[bool, ProcessPool] = {}
        self._slots = Slots(self._workers, few=1, per_host=self._workers + 1)
        self._under_way: set[Future[Any]] = set()
        self._lock = threading.Lock()
        self._ending: asyncio.TimerHandle | None = None
        self._others = 0
        self._calm = asyncio.Event()
        self._closed_in_order = _nothing

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return `function(*args, **kwargs)`, called in a worker; what it raises is raised here.

        The function and its arguments must be picklable. Raises WorkerTimeout or WorkerError when the worker takes
        too long, dies or is stopped by `close`. A cancelled caller ends the task.
        """
        return (await self.run_in_turn(Turn(), CpuTime(self._seconds), function, *args, **kwargs))[0]

    async def run_in_turn(
        self, turn: Turn, share: CpuTime, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, float]:
        """Do as `run` when it is this task's turn; return the CPU seconds it took, too.

        What takes more than the first of its `share` is stopped, and begins anew as a costly one.
        """
        task, most = (function, args, kwargs), min(share.most, self._seconds)
        if turn.lane is not Lane.SLOW:
            self._others += 1
            self._calm.clear()
            try:
                done = await self._run(turn, min(share.first, most), task)
            finally:
                self._others -= 1
                if not self._others:
                    self._calm.set()
            if done is not None:
                return done
        if turn.lane is Lane.SLOW or share.first < most:
            if self._others:
                with contextlib.suppress(TimeoutError):  # no wait_for: it can swallow that one is cancelled
                    async with asyncio.timeout(GIVES_WAY):
                        await self._calm.wait()
            done = await self._run(Turn(Lane.SLOW, turn.seconds), most, task)
            if done is not None:
                return done
        raise WorkerTimeout(worker("time", f"{most:g}"))

    async def _run(self, turn: Turn, seconds: float, task: "Task[T]") -> tuple[T, float] | None:
        """Do a task when it is its turn; None where it took more CPU time than `seconds`."""
        from pebble import ProcessExpired

        costly = turn.lane is Lane.SLOW
        async with self._slots.slot("", turn):
            self._keep_awake()
            try:
                future = await shutdown.in_thread(self._schedule, costly, seconds, task)
                async with asyncio.timeout(self._patience):  # a clock of its own: pebble's can be set back and forth
                    result: tuple[T, float] | None = await asyncio.wrap_future(future)
            except TimeoutError as error:
                raise WorkerTimeout(worker("time", f"{self._patience:g}")) from error
            except ProcessExpired as error:
                if error.exitcode == -signal.SIGPROF:
                    return None
                raise WorkerError(worker("died", error)) from error
            except BrokenProcessPool as error:
                why = "start" if costly in self._pools else "stopped"
                await shutdown.in_thread(self.close)
                raise WorkerError(worker(why, error)) from error
            except MemoryError as error:
                raise WorkerError(worker("memory")) from error
            finally:
                self._keep_awake(idle=True)
        return result

    def _keep_awake(self, *, idle: bool = False) -> None:
        """Do not end the workers; or (`idle`) end them when nothing has been asked of them for some time."""
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None
        if idle:
            self._ending = asyncio.get_running_loop().call_later(self._idle, self._end_idle)

    def _end_idle(self) -> None:
        """End the workers, beside the event loop; what is asked meanwhile starts others."""
        with self._lock:
            if self._under_way:
                return
            pools = list(self._pools.values())
            self._pools.clear()
        threading.Thread(target=_stop, args=(pools,), daemon=True).start()

    def _schedule(self, costly: bool, seconds: float, task: "Task[T]") -> Any:
        function, args, kwargs = task
        with self._lock:
            pool = self._pools.get(costly)
            if pool is None:
                pool = _started(1 if costly else self._workers, self._memory, NICENESS if costly else 0)
                self._pools[costly] = pool
                if self._closed_in_order is _nothing:  # after the fork server: at the end the workers go before it
                    self._closed_in_order = shutdown.at_end(self._kill)
            future = pool.schedule(_limited, args=(seconds, function, args, kwargs))
            self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        return future

    def close(self) -> None:
        """End the workers now; tasks under way fail. Does nothing when none was started, or when called again."""
        if self._ending is not None:
            self._ending.cancel()
        if shutdown.is_certain():  # whoever starts workers holds the lock until the server has loaded all its modules
            self._kill()
            _kill_fork_server()
        with self._lock:
            pools = list(self._pools.values())
            self._pools.clear()
            lost = list(self._under_way)
        _stop(pools)
        self._closed_in_order()
        self._closed_in_order = _nothing
        for future in lost:  # pebble leaves those that ran for ever without a result
            with contextlib.suppress(InvalidStateError):
                future.set_exception(WorkerError(worker("stopped")))

    def _kill(self) -> None:
        """End the workers while the process ends: nobody waits for their tasks. Waits for nothing."""
        from pebble.pool.base_pool import PoolStatus

        for pool in list(self._pools.values()):
            # Not `stop`: it waits for whoever is just starting workers, and so for all that the fork server loads.
            pool._context._status = PoolStatus.STOPPED  # noqa: SLF001
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
    """End the fork server, and remove its socket and the semaphores."""
    from multiprocessing import util

    _kill_fork_server()
    util._run_finalizers()  # type: ignore[attr-defined] # noqa: SLF001 # as multiprocessing does at the exit


def _kill_fork_server() -> None:
    """End the fork server, which would load its modules to the end first, while the process ends: no other is started.
    Does nothing when called again."""
    from multiprocessing import forkserver

    _remove_folder()  # first: what has not begun to start cannot any more; and should the wait be too short
    waited = _starting.acquire(timeout=STARTS)
    try:
        server: Any = forkserver._forkserver  # noqa: SLF001 # it has no other way to end
        with contextlib.suppress(OSError, AttributeError):
            if server._forkserver_pid is not None:  # noqa: SLF001
                os.kill(server._forkserver_pid, signal.SIGKILL)  # noqa: SLF001
                server._stop()  # noqa: SLF001
        _remove_folder()  # again: it may have been made, or have got its socket, in the midst of the first time
    finally:
        if waited:
            _starting.release()


def _stop(pools: "list[ProcessPool]") -> None:
    for pool in pools:
        pool.stop()  # type: ignore[no-untyped-call] # pebble has no types for it
    for pool in pools:
        if (manager := pool._pool_manager_loop) is not None:  # noqa: SLF001 # it looks after workers that die
            manager.join()
        _kill(pool)
        pool.join()


class _OutOfTime(BaseException):
    """A task has taken its CPU time. No Exception: what catches all of these is no reason to go on."""


def tried(function: Callable[..., T], *args: Any, **kwargs: Any) -> tuple[T | None, NewsstandError | None]:
    """Return what a function returns, or else what it raises on purpose: so the pool says what that took, too."""
    try:
        return function(*args, **kwargs), None
    except NewsstandError as error:
        return None, error


_limiting = False


def _limited(
    seconds: float, function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[T, float] | None:
    """In a worker: do a task, and return the CPU seconds it took, too; None where that is more than `seconds`."""
    global _limiting  # a signal's handler has no other way to know
    began = time.process_time()
    _limiting = True
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    signal.setitimer(signal.ITIMER_PROF, seconds + GRACE)  # its signal ends the process
    try:
        result = function(*args, **kwargs)
        _limiting = False
    except _OutOfTime:
        _limiting = False
        return None
    finally:
        _limiting = False
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
    return result, time.process_time() - began


def _out_of_time(number: int, frame: object) -> None:
    if _limiting:
        raise _OutOfTime


def _started(workers: int, memory: int, niceness: int) -> "ProcessPool":
    import multiprocessing
    from multiprocessing import forkserver, resource_tracker

    from pebble import ProcessPool

    if not _started_before:
        shutdown.at_end(_stop_fork_server, seconds=STARTS + shutdown.LAST)
        _started_before.append(True)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    # Textual puts an object with no file descriptor in the place of sys.stderr, and these two hand it to a child.
    # A terminal that closes sends SIGHUP to them too: blocked here, it is blocked in what is started here. They end
    # with us, as after Ctrl+C; a tracker that is gone before us would be started again, to end with an error.
    hangup = {signal.SIGHUP} if hasattr(signal, "SIGHUP") else set[signal.Signals]()
    with contextlib.redirect_stderr(sys.__stderr__):
        before = signal.pthread_sigmask(signal.SIG_BLOCK, hangup)
        _starting.acquire()
        try:
            for step in (_make_folder, resource_tracker.ensure_running, forkserver.ensure_running):
                if shutdown.has_begun():  # what is started now would leave its socket behind
                    raise WorkerError(worker("stopped"))
                step()
        finally:
            _starting.release()
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return ProcessPool(
        max_workers=workers,
        max_tasks=TASKS_A_WORKER,
        initializer=_initialize_worker,
        initargs=(memory, niceness),
        context=context,
    )


def _make_folder() -> None:
    """Make the folder of multiprocessing's sockets, once: its own would be removed late, and made again.

    The address of a socket holds some hundred bytes only (unix(7)): where the name of the folder for temporary files
    is long, it is made in the system's own.
    """
    from multiprocessing import current_process

    settings: dict[str, Any] = current_process()._config  # type: ignore[attr-defined] # noqa: SLF001 # no other way
    if settings.get("tempdir") is None:
        usual = tempfile.gettempdir()
        within = usual if len(usual.encode()) <= LONGEST_FOLDER else "/tmp"  # noqa: S108 # a folder of our own in it
        settings["tempdir"] = str(own_folders.make(Path(within)))
        atexit.register(_remove_folder)  # where `shutdown` does not end the process
        _folders.append(settings["tempdir"])


def _remove_folder() -> None:
    """Remove the folder of `_make_folder`, and let no other be made in its place."""
    from multiprocessing import current_process

    settings: dict[str, Any] = current_process()._config  # type: ignore[attr-defined] # noqa: SLF001 # no other way
    settings["tempdir"] = os.devnull
    for folder in _folders:
        own_folders.remove(Path(folder))


def _initialize_worker(memory: int, niceness: int) -> None:
    """In a worker: no terminal, a limit on memory, a priority, what stops a task, and an end when the parent ends."""
    os.nice(niceness)
    signal.signal(signal.SIGVTALRM, _out_of_time)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    worker_streams.close()
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

"""A daemon thread with an event loop of its own. What runs on it, its owner says; nothing here knows the network."""

import asyncio
import contextlib
import sys
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")

_SWITCHES_AFTER = 0.001
"""Seconds after which Python makes a thread that works give way to one that waits (by itself 0.005). A key waits so
long several times, once for each thread and each file that it has to do with."""


class LoopThread:
    """A loop that is started at the first call of `run` and ended by `stop`. Used from one other thread.

    The thread is a daemon: a program may end without having stopped it, and waits for nothing that runs here. `at_end`
    runs on the loop as its last.
    """

    def __init__(self, name: str, at_end: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._name = name
        self._at_end = at_end
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped = False
        self._ended: Future[None] = Future()
        self._awaited: set[asyncio.Future[Any]] = set()

    def is_stopped(self) -> bool:
        """Say whether `stop` was called."""
        return self._stopped

    async def run(self, work: Callable[..., Coroutine[Any, Any, T]], *args: Any) -> T:
        """Return `await work(*args)`, run on this loop. A caller that is cancelled cancels it there, and waits not.

        Raises CancelledError where `stop` comes meanwhile, and RuntimeError after it.
        """
        if self._stopped:
            raise RuntimeError(f"{self._name} has ended")
        future = asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work(*args), self._started()))
        self._awaited.add(future)
        future.add_done_callback(self._awaited.discard)
        return await future

    def call(self, function: Callable[..., object], *args: object) -> None:
        """Have a function called on this loop, before whatever is run later; wait for nothing."""
        if not self._stopped:
            self._started().call_soon_threadsafe(function, *args)

    async def stop(self, seconds: float) -> None:
        """Cancel what runs and end the thread; wait so many seconds for that at most, whatever holds the thread up."""
        self._stopped = True
        for future in list(self._awaited):
            future.cancel()
        loop, self._loop = self._loop, None
        if loop is None:
            return
        with contextlib.suppress(RuntimeError):  # it has ended already
            loop.call_soon_threadsafe(loop.stop)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(self._ended)), seconds)

    def _started(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            sys.setswitchinterval(min(_SWITCHES_AFTER, sys.getswitchinterval()))
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._serve, args=(self._loop,), name=self._name, daemon=True).start()
        return self._loop

    def _serve(self, loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
            left = asyncio.all_tasks(loop)
            for task in left:
                task.cancel()
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
            loop.run_until_complete(self._at_end())
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            loop.close()
            self._ended.set_result(None)

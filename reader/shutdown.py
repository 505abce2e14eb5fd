"""How the process ends: by itself, or asked to by a person, a signal or a terminal that closes. Knows nothing of ours.

A process that is asked to end is gone soon after, whatever its main thread waits for. In order, it is what Python's own
way does: the main thread gets an exception or, in an event loop, a callback, and everything is closed. Where that takes
longer than GRACE, a thread that `prepare` has started does what must be done all the same (`at_end`) and ends the
process. No thread is waited for at the end, as Python would for those of executors: one that asks a resolver may wait
for many seconds, and has nothing to lose.

The numbers of signals come through a pipe (`signal.set_wakeup_fd`), which is written to even while the main thread is
in a call that does not return. Nothing here may use `loop.add_signal_handler`, which would take that pipe away.

What a handler raises may come to nothing: in a weak reference's callback or a `__del__` Python only prints it. Then the
signal is sent once more, by that thread.
"""

import _thread
import os
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")

GRACE = 0.6
"""Seconds for ending in order, once that was asked for."""

LAST = 1.0
"""Seconds that one act of `at_end` may take, where it asks for no more."""

LOOKS = 0.2
"""Seconds between two looks whether a terminal has closed."""

THREADS = 0.1
"""Seconds that the end of an event loop waits for its own threads: one that writes a file may finish."""

AGAIN = 0.01
"""Seconds after which a signal is sent once more, whose exception came to nothing."""

WAITS = 100
"""So often a signal is put off, at most, while Python loads a module."""

SIGINT = signal.SIGINT
_SIGNALS = (SIGINT, signal.SIGTERM, *((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()))

Act = Callable[[], str | None]
"""What is done at the very end, in any thread. It returns what a person must be told, or None for nothing."""


class _State:
    """Of the one process that this is."""

    def __init__(self) -> None:
        self.number: int | None = None  # the signal that asked
        self.act: Callable[[], None] | None = None  # what the main thread does when asked, in place of an exception
        self.hurries = False  # whether Ctrl+C, too, ends the process however long `act` takes
        self.taken = False  # whether `act` was called
        self.again = False  # whether the next signal ends the process at once
        self.missed: float | None = None  # when the signal is to be sent once more
        self.resent = 0  # such signals that the watching thread has not seen yet
        self.waits = 0  # how often it was put off
        self.main: int | None = None  # the main thread, where `prepare` was called
        self.wakes: int | None = None  # the pipe's end that wakes the watching thread
        self.deadline: float | None = None
        self.acts: list[tuple[Act, float]] = []
        self.acting = _thread.allocate_lock()  # held by the one thread that carries the acts out
        self.told = False  # whether an act had something to tell
        self.code = 0  # of `finish`
        self.watches = False


_state = _State()


def prepare() -> None:
    """Take over SIGINT, SIGTERM and SIGHUP, but for one that whoever started us lets be ignored (nohup), and start the
    thread that ends the process where the main thread does not. For the main thread, before anything heavy is loaded;
    until then the kernel ends the process by itself."""
    _state.main = _thread.get_ident()
    reads, writes = os.pipe()
    os.set_blocking(writes, False)
    _state.wakes = writes
    signal.set_wakeup_fd(writes, warn_on_full_buffer=False)
    sys.unraisablehook = _unraisable
    with suppress(RuntimeError):  # where no thread is to be had, the main thread must end by itself
        _thread.start_new_thread(_watch, (reads,))
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _take)


def was_asked() -> bool:
    """Whether a signal or a closed terminal has asked for the end."""
    return _state.number is not None


def has_begun() -> bool:
    """Whether the process is ending: asked to, or by `begin`."""
    return was_asked() or _state.deadline is not None


def is_certain() -> bool:
    """Whether the process ends, whatever is done still: Ctrl+C alone may only break off what is under way (`asked`)."""
    return _state.deadline is not None or (was_asked() and (_state.hurries or _state.number != SIGINT))


def begin(seconds: float = GRACE) -> None:
    """The end begins: from now on the process is gone after so many seconds, and what `at_end` takes. For any thread;
    does nothing where nothing was prepared (in tests, which are not to be ended)."""
    if _state.wakes is not None and _state.deadline is None:
        _state.deadline = time.monotonic() + seconds
        _wake()


def at_end(act: Act, *, seconds: float = LAST) -> Callable[[], None]:
    """Let `act` be done before the process ends, however it does; return what takes that back.

    The acts are done in reverse order, as by ExitStack, each for so many seconds at most; what one raises is ignored.
    What was put in order before should take its act back: it may be called in any thread, while others still run.
    """
    entry = (act, seconds)
    _state.acts.append(entry)

    def take_back() -> None:
        with suppress(ValueError):
            _state.acts.remove(entry)

    return take_back


@contextmanager
def asked(act: Callable[[], None], *, hurries: bool = True) -> Iterator[None]:
    """While inside, `act` is called when the end is asked for, between two bytecodes of the main thread. For code in
    which an exception at any place would do harm. At the exit it is raised: SystemExit, or KeyboardInterrupt.

    `hurries` False: after Ctrl+C what is inside may take its time, and may return in spite of it.
    """
    before = _state.act, _state.hurries
    _state.act, _state.hurries = act, hurries
    try:
        yield
    except BaseException:
        if was_asked() and _state.number != signal.SIGINT:
            _raise()
        raise
    else:
        if was_asked() and (hurries or _state.number != signal.SIGINT):
            _raise()
        _state.number, _state.taken, _state.again = None, False, False
    finally:
        _state.act, _state.hurries = before


@contextmanager
def deferred() -> Iterator[None]:
    """While inside, nothing is raised when the end is asked for: it is at the exit. For what leaves something behind
    where it is cut off between two lines. Other threads than the main one get no signals: there it does nothing."""
    if _state.main != _thread.get_ident():
        yield
        return
    with asked(_nothing):
        yield


def run(coroutine: "Coroutine[Any, Any, T]", *, ask: Callable[[], None] | None = None, hurries: bool = True) -> T:
    """Run a coroutine in an event loop of its own, as asyncio.run does, and wait at the end for no thread of it.

    Asked to end, the coroutine is cancelled, or `ask` is called in the loop; then SystemExit or KeyboardInterrupt is
    raised. `hurries` as in `asked`: a coroutine that takes its cancellation for a request may return something.
    """
    import asyncio

    with asyncio.Runner(loop_factory=_loop) as runner:
        loop, tasks = runner.get_loop(), list[asyncio.Task[Any]]()

        async def whole() -> T:
            tasks.extend(task for task in [asyncio.current_task()] if task is not None)
            if was_asked():  # while the loop was made
                act()
            return await coroutine

        def act() -> None:
            loop.call_soon_threadsafe(ask or (lambda: [task.cancel() for task in tasks]))

        with asked(act, hurries=hurries):
            try:
                return runner.run(whole())
            except asyncio.CancelledError:
                if was_asked():
                    _raise()
                raise


async def in_thread(function: Callable[..., T], *args: Any) -> T:
    """Return `function(*args)`, called in a thread of its own: it waits for no other thread, as one of an executor
    may, and the process does not wait for it at its end."""
    import asyncio
    import threading

    loop = asyncio.get_running_loop()
    result: asyncio.Future[T] = loop.create_future()

    def give(how: Callable[[Any], None], what: object) -> None:
        if not result.done():
            how(what)

    def call() -> None:
        try:
            found = function(*args)
        except BaseException as error:  # noqa: BLE001 # it is raised where it is waited for
            answer: tuple[Callable[[Any], None], object] = (result.set_exception, error)
        else:
            answer = (result.set_result, found)
        with suppress(RuntimeError):  # the loop has ended: nobody waits any more
            loop.call_soon_threadsafe(give, *answer)

    threading.Thread(target=call, daemon=True, name=getattr(function, "__name__", "thread")).start()
    return await result


def watch_terminal(*descriptors: int) -> None:
    """From now on take the closing of one of these terminals for a signal. A terminal that closes sends SIGHUP only to
    those that it controls and that do not ignore it. Other files are not watched."""
    import select

    terminals = [descriptor for descriptor in descriptors if _is_terminal(descriptor)]
    if _state.wakes is None or _state.watches or not terminals:
        return
    _state.watches = True
    poll = select.poll()
    for descriptor in terminals:
        poll.register(descriptor, 0)  # a hang-up is told whatever is asked for

    def wait() -> None:
        # Linux wakes nobody up for a hang-up who does not wait for keys too: one has to look.
        while not any(state & (select.POLLHUP | select.POLLERR) for _, state in poll.poll(0)):
            time.sleep(LOOKS)
        time.sleep(LOOKS)  # a second signal would end the process at once: the kernel's SIGHUP comes first
        if not has_begun():
            os.kill(os.getpid(), signal.SIGTERM)  # SIGHUP is ignored; and a signal wakes the main thread up

    _thread.start_new_thread(wait, ())


def _is_terminal(descriptor: int) -> bool:
    """Whether this is a terminal, also one that has closed: os.isatty says no of that."""
    import errno
    import termios

    try:
        termios.tcgetattr(descriptor)
    except termios.error as error:
        return error.args[:1] == (errno.EIO,)
    return True


def finish(code: int) -> NoReturn:
    """End the process with this exit code: what is left of `at_end` is done, then what Python does at its exit, but
    for waiting for threads. What is still to be printed is printed first."""
    _state.act, _state.hurries = _nothing, True  # no signal raises anything here
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    begin()
    _state.code = code
    with _state.acting:
        _do_acts()
    import atexit

    atexit._run_exitfuncs()  # noqa: SLF001 # what Python itself calls, and has no public name
    os._exit(1 if _state.told else code)


def _loop() -> "asyncio.AbstractEventLoop":
    """Return an event loop whose end waits for its executor's threads no longer than THREADS."""
    import asyncio

    class Loop(asyncio.SelectorEventLoop):
        async def shutdown_default_executor(self, *_: object) -> None:
            self._executor_shutdown_called = True
            executor = getattr(self, "_default_executor", None)
            if executor is None:
                return
            executor.shutdown(wait=False, cancel_futures=True)
            until = time.monotonic() + THREADS
            for thread in list(executor._threads):  # noqa: SLF001 # `shutdown` waits without a limit, or not at all
                thread.join(max(0.0, until - time.monotonic()))

    return Loop()


def _take(number: int, frame: FrameType | None) -> None:
    """Handle a signal, in the main thread. That the process ends is the watching thread's care."""
    _state.number = _state.number or number
    if _state.act is None:
        if _state.waits < WAITS and _comes_to_nothing(frame):
            _state.waits += 1
            _send_again()
        else:
            _raise(number)
    elif not _state.taken:
        _state.taken = True
        _state.act()


def _comes_to_nothing(frame: FrameType | None) -> bool:
    """Whether nothing good would come of an exception here: where Python holds the lock of its imports, which might
    then be held for ever, or reports that an exception came to nothing."""
    if frame is not None and frame.f_code.co_filename == "<frozen importlib._bootstrap>":
        return True
    while frame is not None and frame.f_code is not _unraisable.__code__:
        frame = frame.f_back
    return frame is not None


def _unraisable(what: "sys.UnraisableHookArgs") -> None:
    """Python's hook for what was raised where nobody can catch it: what a signal raised is neither lost nor printed."""
    if _thread.get_ident() == _state.main and was_asked() and issubclass(what.exc_type, KeyboardInterrupt | SystemExit):
        _send_again()
    else:
        sys.__unraisablehook__(what)


def _send_again() -> None:
    """Let the signal that asked be sent to the main thread once more, soon."""
    _state.missed = time.monotonic() + AGAIN
    _wake()


def _nothing() -> None:
    """What is done when asked to end while that is deferred, or has begun."""


def _raise(number: int | None = None) -> NoReturn:
    number = number or _state.number or signal.SIGTERM
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)


def _wake() -> None:
    with suppress(OSError):
        os.write(_state.wakes or 0, b"\0")


def _watch(reads: int) -> None:
    """Wait for a signal, and then for the time that it gives; then end the process. The watching thread."""
    import select

    while True:
        now = time.monotonic()
        if _state.deadline is not None and _state.deadline <= now:
            break
        if _state.missed is not None and _state.missed <= now:
            _state.missed = None
            _state.resent += 1
            signal.pthread_kill(_state.main or 0, _state.number or SIGINT)
        moments = [moment for moment in (_state.deadline, _state.missed) if moment is not None]
        if not select.select([reads], [], [], max(0.0, min(moments) - now) if moments else None)[0]:
            continue
        for number in os.read(reads, 64):
            if number not in _SIGNALS:
                continue
            if _state.resent:
                _state.resent -= 1
                continue
            if number == signal.SIGINT and _state.act is None:
                continue  # an exception of the main thread, which may have a program of its own in the foreground
            if _state.again:
                _state.deadline = 0.0
            elif number != signal.SIGINT or _state.hurries:
                _state.number = _state.number or number  # the main thread may not get to it
                begin()
            _state.again = True
    _end_now()


def _end_now() -> NoReturn:
    """Do what must be done, and end the process, whatever other threads do."""
    with suppress(BaseException), _state.acting:  # the main thread may be at it: each act has its limit of time
        _do_acts()
    code = 0 if _state.number is None else 128 + _state.number
    os._exit(1 if _state.told else _state.code or code)


def _do_acts() -> None:
    """Carry out what is left of `at_end`, and print what there is to tell."""
    while _state.acts:
        act, seconds = _state.acts.pop()
        done = _thread.allocate_lock()
        done.acquire()
        said: list[str] = []

        def do(act: Act = act, said: list[str] = said, done: _thread.LockType = done) -> None:
            try:
                with suppress(BaseException):
                    said.extend(filter(None, [act()]))
            finally:
                done.release()

        try:
            _thread.start_new_thread(do, ())
        except RuntimeError:  # no thread is to be had any more
            do()
        done.acquire(timeout=seconds)
        for sentence in said:
            _state.told = True
            with suppress(BaseException):
                print(f"newsstand: {sentence}", file=sys.__stderr__, flush=True)

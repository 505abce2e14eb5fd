"""How a process ends: small programs that are asked to in several ways, each in a process of its own."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import ROOT, present

HEAD = """
import asyncio, os, signal, sys, threading, time
from reader import shutdown
def tell(*words):
    os.write(1, (" ".join(map(str, words)) + "\\n").encode())
shutdown.prepare()
"""
SLOW = 20.0
"""Seconds after which a program that should have ended long ago is killed: it failed."""


class Script:
    """A small program that has called `prepare`, and what it tells."""

    def __init__(self, script: str, before: Callable[[], object] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HEAD + textwrap.dedent(script)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            preexec_fn=before,  # nothing that another thread may hold is asked for in it
        )

    def told(self) -> str:
        """Wait for one line."""
        return present(self.process.stdout).readline().strip()

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def end(self) -> tuple[int, list[str], str]:
        """Wait for the end; return the exit code, the lines that were told, and the errors."""
        try:
            out, err = self.process.communicate(timeout=SLOW)
        except subprocess.TimeoutExpired:
            self.process.kill()
            out, err = self.process.communicate()
            pytest.fail(f"it did not end: {out} {err}")
        return self.process.returncode, out.splitlines(), err


STUCK = """
shutdown.at_end(lambda: tell("first"))
shutdown.at_end(lambda: tell("second"))
in_order = shutdown.at_end(lambda: tell("put in order before"))
in_order()
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_main_thread_that_takes_no_notice_does_not_keep_the_process_alive(name: str) -> None:
    script = Script(
        STUCK
        + """
        with shutdown.asked(lambda: tell("asked")):
            tell("ready")
            while True:
                time.sleep(0.01)
        """.replace("\n        ", "\n")
    )
    assert script.told() == "ready"
    script.send(signal.Signals[name])
    code, told, err = script.end()
    assert (code, told, err) == (128 + signal.Signals[name], ["asked", "second", "first"], "")


def test_a_call_that_no_signal_interrupts_does_not_either(tmp_path: Path) -> None:
    """As SQLite's, which waits for another process: the main thread never comes to what a signal asks of it."""
    script = Script(f"""
        import sqlite3
        one, two = (sqlite3.connect({str(tmp_path / "library.db")!r}, timeout=60) for _ in range(2))
        one.execute("BEGIN EXCLUSIVE")
        shutdown.at_end(lambda: tell("at the end"))
        signal.signal(signal.SIGTERM, lambda *_: None)  # so that the call need not have begun when it comes
        tell("ready")
        two.execute("BEGIN EXCLUSIVE")
        """)
    assert script.told() == "ready"
    script.send(signal.SIGTERM)
    code, told, _ = script.end()
    assert (code, told) == (128 + signal.SIGTERM, ["at the end"])


def test_an_act_that_hangs_costs_its_own_seconds_and_what_one_tells_is_printed() -> None:
    script = Script("""
        shutdown.at_end(lambda: "The last change was lost.")
        shutdown.at_end(lambda: 1 / 0)
        shutdown.at_end(lambda: time.sleep(60), seconds=0.1)
        tell("ready")
        shutdown.begin(0.1)
        time.sleep(60)
        """)
    code, told, err = script.end()
    assert (code, told) == (1, ["ready"])
    assert err == "newsstand: The last change was lost.\n"


def test_what_is_done_at_the_end_may_take_its_time_and_nothing_after_it() -> None:
    """A library waits for another process that writes; Python's own last functions may hang."""
    script = Script("""
        import atexit
        atexit.register(time.sleep, 60)
        shutdown.at_end(lambda: (time.sleep(2), tell("written"))[2:], seconds=10)
        shutdown.finish(3)
        """)
    assert script.end() == (3, ["written"], "")


def test_a_second_signal_ends_at_once() -> None:
    script = Script("""
        with shutdown.asked(lambda: tell("asked"), hurries=False):
            tell("ready")
            time.sleep(60)
        """)
    assert script.told() == "ready"
    script.send(signal.SIGINT)
    assert script.told() == "asked"
    time.sleep(1.5)  # longer than the grace: it was allowed to take its time
    assert script.process.poll() is None
    script.send(signal.SIGINT)
    began = time.monotonic()
    assert script.end()[0] == 128 + signal.SIGINT
    assert time.monotonic() - began < SLOW / 2


def test_a_coroutine_is_cancelled_and_the_signal_is_the_exit_code() -> None:
    for name, ended in ((signal.SIGTERM, "SystemExit(143)"), (signal.SIGINT, "KeyboardInterrupt()")):
        script = Script("""
            async def work():
                try:
                    tell("ready")
                    await asyncio.sleep(60)
                finally:
                    tell("closed")
            try:
                shutdown.run(work())
            except BaseException as error:
                tell(repr(error))
            """)
        assert script.told() == "ready"
        script.send(name)
        assert script.end()[1] == ["closed", ended]


def test_a_coroutine_may_return_what_it_has_after_ctrl_c_but_not_after_a_kill() -> None:
    for name, ended in ((signal.SIGINT, "half of it"), (signal.SIGTERM, "SystemExit(143)")):
        script = Script("""
            async def work():
                try:
                    tell("ready")
                    await asyncio.sleep(60)
                except asyncio.CancelledError:
                    return "half of it"
            try:
                tell(shutdown.run(work(), hurries=False))
            except BaseException as error:
                tell(repr(error))
            time.sleep(0.8)
            tell("goes on", shutdown.was_asked())
            """)
        assert script.told() == "ready"
        script.send(name)
        told = script.end()[1]
        assert told[0] == ended
        assert told[1:] == (["goes on False"] if name is signal.SIGINT else [])


def test_no_thread_is_waited_for_at_the_end() -> None:
    script = Script("""
        from concurrent.futures import ThreadPoolExecutor
        own = ThreadPoolExecutor(1)
        own.submit(time.sleep, 60)
        threading.Thread(target=time.sleep, args=(60,)).start()
        async def work():
            asyncio.get_running_loop().run_in_executor(None, time.sleep, 60)
            asyncio.ensure_future(shutdown.in_thread(time.sleep, 60))
            await asyncio.sleep(0.05)
            return await shutdown.in_thread(lambda: "from a thread")
        tell(shutdown.run(work()))
        import atexit
        atexit.register(tell, "atexit")
        shutdown.finish(3)
        """)
    began = time.monotonic()
    assert script.end() == (3, ["from a thread", "atexit"], "")
    assert time.monotonic() - began < SLOW / 2


def test_a_thread_that_soon_has_written_its_file_may_finish() -> None:
    script = Script("""
        async def work():
            asyncio.get_running_loop().run_in_executor(None, lambda: (time.sleep(0.03), tell("written")))
        shutdown.run(work())
        shutdown.finish(0)
        """)
    assert script.end() == (0, ["written"], "")


def test_what_is_raised_in_a_thread_is_raised_where_it_is_waited_for() -> None:
    script = Script("""
        try:
            shutdown.run(shutdown.in_thread(int, "x"))
        except ValueError as error:
            tell("raised")
        shutdown.finish(0)
        """)
    assert script.end() == (0, ["raised"], "")


def test_a_hang_up_that_nohup_has_ignored_stays_ignored() -> None:
    script = Script(
        "tell('ready')\ntime.sleep(0.5)\ntell('still here')",
        before=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    assert script.told() == "ready"
    script.send(signal.SIGHUP)
    assert script.end() == (0, ["still here"], "")


def test_a_terminal_that_closes_asks_for_the_end_also_where_no_signal_does() -> None:
    master, slave = os.openpty()
    script = Script(f"shutdown.watch_terminal(0, 1, {slave})\ntell('ready')\ntime.sleep(60)", before=None)
    assert script.told() == "ready"  # it does not have that terminal: nothing is watched
    script.process.kill()
    script.end()
    process = subprocess.Popen(
        [sys.executable, "-c", HEAD + "shutdown.watch_terminal(0, 1, 2)\ntell('ready')\ntime.sleep(60)"],
        stdin=slave,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    os.close(slave)
    assert present(process.stdout).readline() == b"ready\n"
    os.close(master)
    try:
        assert process.wait(SLOW) == 128 + signal.SIGTERM
    finally:
        process.kill()
        present(process.stdout).close()


def test_an_error_that_nobody_foresaw_is_printed_and_ends_in_one(tmp_path: Path) -> None:
    code = "import reader.cli, reader.__main__ as program\nreader.cli.main = lambda: 1 / 0\nprogram.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=SLOW)
    assert done.returncode == 1
    assert done.stderr.count("ZeroDivisionError") == 1


GOES_ON = """
try:
    act()
    tell("through")
    time.sleep(60)
except KeyboardInterrupt:
    tell("raised")
    shutdown.finish(130)
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("where", ["__del__", "weak reference"])
def test_a_signal_whose_exception_python_can_only_print_is_neither_lost_nor_printed(name: str, where: str) -> None:
    """In a `__del__` and in the callback of a weak reference, as that of Python's lock of a module."""
    script = Script(
        f"""
        import weakref
        def comes(*_):
            os.kill(os.getpid(), signal.{name})
            tell("not reached")
        class Thing:
            {"__del__ = comes" if where == "__del__" else "pass"}
        thing = Thing()
        seen = weakref.ref(thing, {"lambda _: None" if where == "__del__" else "comes"})
        def act():
            global thing
            del thing
        """
        + GOES_ON.replace("\n", "\n        ")
    )
    told = ["through", "raised"] if name == "SIGINT" else ["through"]
    code, said, err = script.end()
    assert (code, said, err) == (128 + signal.Signals[name], told, "")


def test_a_signal_in_the_hook_that_is_told_of_such_exceptions_is_not_lost_either() -> None:
    script = Script(
        """
        sent = []
        before = shutdown._wake
        def comes():
            if not sent:
                sent.append(True)
                os.kill(os.getpid(), signal.SIGINT)
            before()
        shutdown._wake = comes
        class Thing:
            def __del__(self):
                os.kill(os.getpid(), signal.SIGINT)
        def act():
            Thing()
        """
        + GOES_ON.replace("\n", "\n        ")
    )
    assert script.end() == (130, ["through", "raised"], "")


def test_nothing_is_raised_while_python_holds_the_lock_of_its_imports() -> None:
    """No other thread could load a module any more; what is done at the end may have to."""
    script = Script(
        """
        code = "os.kill(os.getpid(), signal.SIGINT)\\ntell('to its end')"
        def act():
            exec(compile(code, "<frozen importlib._bootstrap>", "exec"))
        """
        + GOES_ON.replace("\n", "\n        ")
    )
    assert script.end() == (130, ["to its end", "through", "raised"], "")


def test_an_import_that_waits_for_another_thread_keeps_no_signal_for_ever() -> None:
    script = Script(
        """
        code = "tell('ready')\\nlock.acquire()"
        lock = threading.Lock()
        lock.acquire()
        def act():
            exec(compile(code, "<frozen importlib._bootstrap>", "exec"))
        """
        + GOES_ON.replace("\n", "\n        ")
    )
    assert script.told() == "ready"
    script.send(signal.SIGINT)
    assert script.end() == (130, ["raised"], "")


def test_what_else_python_can_only_print_is_printed() -> None:
    script = Script("""
        class Thing:
            def __del__(self):
                1 / 0
        Thing()
        shutdown.finish(0)
        """)
    code, _, err = script.end()
    assert (code, err.count("ZeroDivisionError")) == (0, 1)

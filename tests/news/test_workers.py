"""Worker processes: a bad task costs itself, and none outlives its parent."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import pytest
from pebble import ProcessPool

from reader.errors import NotAPage, WorkerError, WorkerTimeout
from reader.extract import extract
from reader.fetch.politeness.turns import Lane, Turn
from reader.news.workers import CpuTime, Pool


def _start_and_wait(started: Path) -> None:
    started.touch()
    time.sleep(60)


def _burn(seconds: float) -> float:
    """Take CPU time, and say so."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return seconds


def _burn_and_catch_everything(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        with contextlib.suppress(BaseException):
            _burn(seconds)


def _niceness() -> int:
    return os.nice(0)


def _wait_for(path: Path) -> None:
    while not path.exists():
        time.sleep(0.01)


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(2, seconds=1.0, memory=300_000_000, patience=60.0)
    yield pool
    pool.close()


async def test_a_task_runs_in_another_process(pool: Pool) -> None:
    assert await pool.run(os.getpid) != os.getpid()


async def test_a_task_that_hangs_costs_only_itself() -> None:
    pool = Pool(1, patience=1.0)
    try:
        with pytest.raises(WorkerTimeout):
            await pool.run(time.sleep, 60)
    finally:
        pool.close()


async def test_a_worker_that_dies_costs_only_its_task(pool: Pool) -> None:
    with pytest.raises(WorkerError):
        await pool.run(os._exit, 7)
    assert await pool.run(abs, -3) == 3


async def test_a_task_that_wants_too_much_memory_is_refused(pool: Pool) -> None:
    with pytest.raises(WorkerError):
        await pool.run(bytes, 2_000_000_000)
    assert await pool.run(abs, -3) == 3


async def test_a_task_that_runs_while_the_workers_are_ended_fails(tmp_path: Path) -> None:
    pool, started = Pool(1, seconds=60), tmp_path / "started"
    task = asyncio.create_task(pool.run(_start_and_wait, started))
    await asyncio.to_thread(_wait_for, started)
    await asyncio.to_thread(pool.close)
    async with asyncio.timeout(10):
        with pytest.raises(WorkerError, match="stopped"):
            await task


async def test_a_task_is_cut_off_by_its_cpu_time(pool: Pool) -> None:
    with pytest.raises(WorkerTimeout):
        await pool.run(_burn, 30.0)
    done, seconds = await pool.run_in_turn(Turn(), CpuTime(0.5), _burn, 0.1)
    assert done == 0.1
    assert 0.1 <= seconds < 0.5


async def test_a_task_that_cannot_be_stopped_ends_with_its_worker(pool: Pool) -> None:
    with pytest.raises(WorkerTimeout):
        await pool.run(_burn_and_catch_everything, 30.0)
    assert await pool.run(abs, -3) == 3


async def test_a_task_that_takes_more_than_its_share_begins_anew_behind_the_others(pool: Pool) -> None:
    done, seconds = await pool.run_in_turn(Turn(Lane.NEW), CpuTime(0.1), _burn, 0.4)
    assert done == 0.4
    assert seconds >= 0.4
    usual, costly = await pool.run(_niceness), (await pool.run_in_turn(Turn(Lane.SLOW), CpuTime(0.1), _niceness))[0]
    assert costly > usual or usual >= 10


async def test_however_many_are_costly_the_others_are_not_held_up() -> None:
    pool = Pool(1, seconds=30.0)
    try:
        await pool.run(abs, -3)
        costly = [
            asyncio.create_task(pool.run_in_turn(Turn(Lane.NEW, 1), CpuTime(0.05), _burn, 20.0)) for _ in range(10)
        ]
        await asyncio.sleep(0)
        assert (await pool.run_in_turn(Turn(Lane.NEW, 2), CpuTime(0.5), abs, -3))[0] == 3
        assert not any(task.done() for task in costly)
        for task in costly:
            task.cancel()
        await asyncio.gather(*costly, return_exceptions=True)
    finally:
        pool.close()


async def test_workers_with_nothing_to_do_are_ended() -> None:
    pool = Pool(1, idle=0.05)
    try:
        first = await pool.run(os.getpid)
        async with asyncio.timeout(30):
            while alive(first):  # noqa: ASYNC110 # a process of another parent has no event to wait for
                await asyncio.sleep(0.02)
        assert await pool.run(os.getpid) != first
    finally:
        pool.close()


def _be_in_one_call(started: Path) -> None:
    """Be in a call of C that never returns, nor looks for signals."""
    started.touch()
    deque(repeat(0), maxlen=0)


async def test_a_worker_in_a_call_that_does_not_return_is_ended_at_once(tmp_path: Path) -> None:
    """Asked to end, it would be waited for until it is killed, three seconds for each."""
    pool, started = Pool(1, seconds=60), tmp_path / "started"
    task = asyncio.create_task(pool.run(_be_in_one_call, started))
    await asyncio.to_thread(_wait_for, started)
    began = time.monotonic()
    await asyncio.to_thread(pool.close)
    assert time.monotonic() - began < 2.5
    with pytest.raises(WorkerError):
        await task


async def test_what_a_task_raises_is_raised_here(pool: Pool) -> None:
    with pytest.raises(NotAPage):
        await pool.run(extract, b"%PDF-1.7 \x00\x01", "https://example.org/a.pdf")


PARENT = """
import asyncio, os
from reader.news.workers import CpuTime, Pool
async def main():
    pool = Pool(2)
    print(*await asyncio.gather(*(pool.run(os.getpid) for _ in range(8))), flush=True)
    os.kill(os.getpid(), 9)
asyncio.run(main())
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_workers_end_when_their_parent_is_killed() -> None:
    done = subprocess.run([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    workers = {int(pid) for pid in done.stdout.split()}
    assert workers
    end = time.monotonic() + 3
    while any(map(alive, workers)) and time.monotonic() < end:
        os.sched_yield()
    assert not any(map(alive, workers))


ENDED = """
import asyncio, os, sys, threading, time
from multiprocessing import util
from reader import shutdown
from reader.news import workers
shutdown.prepare()
workers._PRELOAD[:] = ["slow_to_load"]
os.environ["PYTHONPATH"] = os.pathsep.join([os.environ["FOLDER"], *sys.path])
sys.path.insert(0, os.environ["FOLDER"])
pool = workers.Pool(1)
spawn, mkdir = util.spawnv_passfds, os.mkdir
def spawned(*arguments):
    pid = spawn(*arguments)
    if "forkserver" in repr(arguments):
        os.write(1, f"{pid}\\n".encode())
        after_spawn()
    return pid
def made(path, *more, **named):
    mkdir(path, *more, **named)
    if "newsstand-" in str(path):
        after_mkdir()
util.spawnv_passfds, os.mkdir = spawned, made
def finish():
    threading.Thread(target=shutdown.finish, args=(0,)).start()
    time.sleep(0.9)
after_spawn = after_mkdir = lambda: None
work = lambda: asyncio.run(pool.run(abs, -3))
"""
"""A program whose fork server loads something slow; what follows says when it ends."""


def _ended(tmp_path: Path, how: str) -> tuple[int, str, str]:
    """Run ENDED and `how`; return the code, the output and the errors. Fails where the server or a file is left."""
    temporary = Path(tempfile.mkdtemp(prefix="nt-", dir="/tmp"))
    (tmp_path / "slow_to_load.py").write_text("import time\ntime.sleep(30)\n", encoding="utf-8")
    with tmp_path.joinpath("errors").open("w") as errors:  # no pipe: a server that is left would keep it open
        done = subprocess.run(
            [sys.executable, "-c", ENDED + how],
            env={**os.environ, "TMPDIR": str(temporary), "FOLDER": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            check=False,
        )
    left = [file.name for file in temporary.iterdir()]
    shutil.rmtree(temporary)
    servers = [int(line) for line in done.stdout.split() if line.isdigit()]
    still = [pid for pid in servers if alive(pid)]
    for pid in still:
        os.kill(pid, signal.SIGKILL)
    assert (left, still) == ([], [])
    return done.returncode, done.stdout, tmp_path.joinpath("errors").read_text()


def test_closing_waits_for_no_fork_server_that_loads_its_modules(tmp_path: Path) -> None:
    """The thread that starts a worker holds a lock until the server answers."""
    code, told, errors = _ended(
        tmp_path,
        """
from multiprocessing import forkserver
async def work():
    task = asyncio.ensure_future(pool.run(abs, -3))
    while pool._lock.acquire(blocking=False):
        pool._lock.release()
        await asyncio.sleep(0.001)
    while forkserver._forkserver._forkserver_pid is None:
        await asyncio.sleep(0.01)
    task.cancel()
    shutdown.begin(20)
    await shutdown.in_thread(pool.close)
    print("closed", flush=True)
shutdown.run(work())
shutdown.finish(3)
""",
    )
    assert (code, told.split()[1:], errors) == (3, ["closed"], "")


def test_what_ends_the_workers_waits_for_nobody_who_starts_them(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = Pool(1)
    starting = ProcessPool(1)
    monkeypatch.setattr(pool, "_pools", {False: starting})
    ended = threading.Thread(target=pool._kill)
    with starting._context.status_mutex:
        ended.start()
        ended.join(20)
        assert not ended.is_alive()
    assert not starting._context.alive


@pytest.mark.parametrize("moment", ["after_spawn", "after_mkdir"])
def test_a_fork_server_that_is_just_being_started_ends_with_the_process(tmp_path: Path, moment: str) -> None:
    """Whether it has its folder only, or is a process whose number nobody knows yet."""
    assert _ended(tmp_path, f"{moment} = finish\ntry:\n    work()\nexcept Exception:\n    pass\ntime.sleep(20)")[0] == 0


def test_a_socket_that_is_made_while_its_folder_is_removed_goes_with_it(tmp_path: Path) -> None:
    how = """
import shutil, socket
removed, bound, bind = threading.Event(), threading.Event(), socket.socket.bind
rmdir = os.rmdir
class Socket(socket.socket):
    def bind(self, address):
        threading.Thread(target=shutdown.finish, args=(0,)).start()
        removed.wait(20)
        super().bind(address)
        bound.set()
socket.socket = Socket
def slow(*arguments, **named):
    removed.set()
    bound.wait(20)
    rmdir(*arguments, **named)
os.rmdir = slow
work()
time.sleep(20)
"""
    assert _ended(tmp_path, how)[0] == 0


def test_where_no_worker_can_start_the_task_fails_in_words(tmp_path: Path) -> None:
    program = tmp_path / "unguarded.py"  # each worker imports the program, and this one begins anew in each
    program.write_text(
        "import asyncio\nfrom reader.errors import WorkerError\nfrom reader.news.workers import Pool\n"
        "try:\n    asyncio.run(Pool(1).run(abs, -3))\nexcept WorkerError as error:\n    print(error)\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, check=False, timeout=120)
    assert "no worker process could be started" in done.stdout, done.stderr


def test_workers_start_where_the_folder_for_temporary_files_has_a_long_name(tmp_path: Path) -> None:
    folder = tmp_path / ("a-long-name" * 12)
    folder.mkdir()
    code = (
        "import asyncio; from reader.news.workers import Pool\n"
        "pool = Pool(1); print(asyncio.run(pool.run(abs, -3))); pool.close()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "3\n", done.stderr
    assert not list(folder.iterdir())


def test_an_address_that_names_the_fork_server_silences_no_command(tmp_path: Path) -> None:
    address = "http://127.0.0.1:9/multiprocessing.forkserver.html"
    done = subprocess.run(
        [sys.executable, "-m", "reader", "--library", tmp_path / "library.db", "read", address],
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "127.0.0.1" in done.stderr


def test_what_a_worker_writes_before_it_is_ready_reaches_no_terminal() -> None:
    code = (
        "import multiprocessing.forkserver, os, sys\n"
        "from reader.news import worker_streams\n"
        "os.write(2, b'a traceback')\n"
    )
    started = "from multiprocessing.forkserver import main\n"
    quiet, loud = (
        subprocess.run([sys.executable, "-c", first + code], capture_output=True, check=False)
        for first in (started, "")
    )
    assert (quiet.stderr, loud.stderr) == (b"", b"a traceback")

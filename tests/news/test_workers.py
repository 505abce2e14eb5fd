"""Worker processes: a bad task costs itself, and none outlives its parent."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import pytest

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

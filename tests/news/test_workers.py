"""Worker processes: a bad task costs itself, and none outlives its parent."""

import asyncio
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
from reader.news.workers import Pool


def _start_and_wait(started: Path) -> None:
    started.touch()
    time.sleep(60)


def _wait_for(path: Path) -> None:
    while not path.exists():
        time.sleep(0.01)


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(2, seconds=1.0, memory=300_000_000)
    yield pool
    pool.close()


async def test_a_task_runs_in_another_process(pool: Pool) -> None:
    assert await pool.run(os.getpid) != os.getpid()


async def test_a_task_that_hangs_costs_only_itself(pool: Pool) -> None:
    with pytest.raises(WorkerTimeout):
        await pool.run(time.sleep, 60)
    assert await pool.run(abs, -3) == 3


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
from reader.news.workers import Pool
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

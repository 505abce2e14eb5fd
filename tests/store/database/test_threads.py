"""The threads of a library: what is handed over is written, in order; what is read is what was written before."""

import asyncio
import gc
import logging
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.errors import LibraryError, NotFound
from reader.store import View
from tests import present
from tests.store.sample_library import SampleLibrary, story


@pytest.fixture
def page(sample: SampleLibrary) -> int:
    sample.lists(sample.subscribe(), story("a"))
    return sample.page("a")


class Gate:
    """Something that keeps a thread of the library busy until it is opened."""

    def __init__(self) -> None:
        self._inside, self._open = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self._inside.set()
        assert self._open.wait(20)

    async def reached(self) -> None:
        assert await asyncio.to_thread(self._inside.wait, 20)

    def open(self) -> None:
        self._open.set()


async def test_writes_are_done_in_the_order_of_the_calls(sample: SampleLibrary, page: int) -> None:
    library = sample.library
    acts = [library.writing(library.star, [page], number % 2 == 0) for number in range(50)]
    made = [act.id for act in await asyncio.gather(*acts)]
    assert made == sorted(set(made))
    assert not present(library.row(page)).starred


async def test_reads_and_writes_have_one_thread_each_that_is_not_the_callers(sample: SampleLibrary) -> None:
    library = sample.library
    readers = await asyncio.gather(*(library.reading(threading.current_thread) for _ in range(5)))
    writers = await asyncio.gather(*(library.writing(threading.current_thread) for _ in range(5)))
    assert len({*readers}) == len({*writers}) == 1
    assert len({*readers, *writers, threading.current_thread()}) == 3


async def test_a_write_in_the_writing_thread_goes_through_no_other(sample: SampleLibrary) -> None:
    """A write that waited for its own thread would never end."""

    def both() -> tuple[threading.Thread, threading.Thread]:
        of_write = sample.library._db.write(lambda _: threading.current_thread())
        return threading.current_thread(), of_write

    here, there = await asyncio.wait_for(sample.library.writing(both), 20)
    assert here is there


def test_a_write_within_a_read_is_refused_and_does_not_wait_for_ever(sample: SampleLibrary) -> None:
    """What the writing thread runs may ask for the connection that the read keeps: each would wait for the other."""
    library, errors = sample.library, list[Exception]()

    def write(_: sqlite3.Connection) -> None:
        library._db.read(lambda _: None)  # also once a read within this one has ended
        try:
            library._db.write(lambda _: library.data_version())
        except Exception as error:  # noqa: BLE001  # whichever: the thread must have ended
            errors.append(error)

    thread = threading.Thread(target=library._db.read, args=(write,), daemon=True)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
    assert [str(error) for error in errors] == ["a read may not write: write after it"]
    library.remember("key", "value")
    assert library.recall("key") == "value"


async def test_what_is_read_in_the_reading_thread_may_write(sample: SampleLibrary, page: int) -> None:
    library = sample.library
    await asyncio.wait_for(library.reading(library._db.read, lambda _: library.star([page])), 20)
    assert present(library.row(page)).starred


async def test_nothing_is_written_between_the_writes_of_one_call(sample: SampleLibrary, page: int) -> None:
    library, gate = sample.library, Gate()

    def first() -> list[int]:
        before = library.star([page])
        gate()
        return [before.id, library.save([page]).id]

    writing = library.writing(first)
    await gate.reached()
    other = library.writing(library.mark_read, [page])
    plain = asyncio.create_task(asyncio.to_thread(library.remember, "key", "value"))
    gate.open()
    star, save = await writing
    assert save == star + 1
    assert (await other).id == save + 1
    await plain


async def test_a_cancelled_awaiter_still_writes(sample: SampleLibrary, page: int) -> None:
    library, gate = sample.library, Gate()
    library.writing(gate)
    await gate.reached()

    async def mark() -> None:
        await library.writing(library.star, [page])

    waiting = asyncio.create_task(mark())
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    gate.open()
    await library.writing(lambda: None)
    assert present(library.row(page)).starred


async def test_a_read_whose_caller_is_cancelled_before_its_turn_is_not_run(sample: SampleLibrary) -> None:
    library, gate, ran = sample.library, Gate(), list[int]()
    busy = asyncio.create_task(library.reading(gate))
    await gate.reached()
    waiting = asyncio.create_task(library.reading(ran.append, 1))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    await asyncio.sleep(0)
    gate.open()
    await busy
    await library.reading(lambda: None)
    assert waiting.cancelled()
    assert ran == []


async def test_a_failing_write_is_raised_to_whoever_awaits_it_and_logged(
    sample: SampleLibrary, page: int, caplog: pytest.LogCaptureFixture
) -> None:
    library = sample.library

    def fails() -> None:
        library.star([page])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await library.writing(fails)
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError
    assert present(library.row(page)).starred  # each write in it was a transaction of its own
    assert (await library.writing(library.save, [page])).pages == 1


async def test_a_failing_write_that_nobody_awaits_is_logged_once(
    sample: SampleLibrary, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> None:
        raise ZeroDivisionError

    sample.library.writing(fails)
    await sample.library.writing(lambda: None)
    gc.collect()
    await asyncio.sleep(0)
    assert [record.name for record in caplog.records] == ["newsstand.store"]


async def test_a_write_that_is_refused_is_no_fault_in_the_log(
    sample: SampleLibrary, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "newsstand.store"), pytest.raises(NotFound):
        await asyncio.wait_for(sample.library.writing(sample.library.rename_source, 999, "A name"), 20)
    assert [record.levelname for record in caplog.records] == ["INFO"]


async def test_a_write_into_a_library_that_can_only_be_read_is_no_fault_in_the_log(
    sample: SampleLibrary, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample.library._db, "read_only", True)  # as opening it says: root can write any file
    with caplog.at_level(logging.INFO, "newsstand.store"), pytest.raises(LibraryError):
        await asyncio.wait_for(sample.library.writing(sample.library.mark_read, [1]), 20)
    assert [record.levelname for record in caplog.records] == ["INFO"]


async def test_whoever_awaits_a_write_that_stops_an_iteration_is_told(sample: SampleLibrary) -> None:
    with pytest.raises(RuntimeError, match="StopIteration"):
        await asyncio.wait_for(sample.library.writing(next, iter(())), 20)


async def test_closing_writes_what_was_handed_over_and_nothing_after(path: Path, clock: Callable[[], float]) -> None:
    with SampleLibrary(path, clock) as sample:
        sample.lists(sample.subscribe(), story("a"))
        library, page, gate = sample.library, sample.page("a"), Gate()
        library.writing(gate)
        await gate.reached()

        def several() -> None:  # reads and writes also while the library is closing
            assert library.row(page)
            library.star([page])
            library.save([page])

        act = library.writing(several)
        closing = asyncio.create_task(asyncio.to_thread(library.close))
        await asyncio.sleep(0.05)
        assert not closing.done()
        gate.open()
        await closing
        await act
        for use in (lambda: library.writing(library.star, [page]), lambda: library.star([page]), library.data_version):
            with pytest.raises(LibraryError, match="closed"):
                use()
        with pytest.raises(LibraryError, match="closed"):
            await library.reading(library.sources)
        library.close()
    with SampleLibrary(path, clock) as again:
        row = present(again.library.row(page))
        assert row.starred
        assert row.saved


async def test_reads_see_what_was_written_before_them(sample: SampleLibrary, page: int) -> None:
    library = sample.library
    for number in range(20):
        await library.writing(library.star, [page], number % 2 == 0)
        there = present(await library.reading(library.row, page))
        assert library.row(page) == there
        assert there.starred is (number % 2 == 0)
        assert await library.writing(library.row, page) == there


async def test_nothing_that_is_handed_over_blocks_the_loop_or_its_own_reads(sample: SampleLibrary, page: int) -> None:
    """Both threads are busy, within a transaction and within a read: the loop goes on, and reads rows."""
    library, writer, reader = sample.library, Gate(), Gate()

    def delete_and_wait(con: sqlite3.Connection) -> None:
        con.execute("DELETE FROM facts")
        writer()

    def read_and_wait(con: sqlite3.Connection) -> None:
        con.execute("SELECT 1")
        reader()

    inside = library.writing(library._db.write, delete_and_wait)
    reading = asyncio.create_task(library.reading(library._db.read, read_and_wait))
    await writer.reached()
    await reader.reached()
    began = time.perf_counter()
    for _ in range(100):
        library.writing(library.star, [page])
        assert not library.rows([page])[page].starred
        library.data_version()
        await asyncio.sleep(0)
    took = time.perf_counter() - began
    assert not reading.done()
    writer.open()
    reader.open()
    await inside
    await reading
    assert took < 5  # seconds: a transaction or a read that was waited for takes twenty


def test_a_list_that_is_read_in_pieces_lets_others_read_between_them(sample: SampleLibrary) -> None:
    sample.lists(sample.subscribe(), *(story(str(number)) for number in range(1200)))
    pieces = sample.library.json_lines()
    first = next(pieces)
    other: list[Any] = []
    thread = threading.Thread(target=lambda: other.append(sample.library.listing(View("unread"))))
    thread.start()
    thread.join(20)
    assert len(other[0]) == 1200
    assert len((first + "".join(pieces)).splitlines()) == 1200


def test_a_loop_that_ends_first_leaves_no_trace(tmp_path: Path) -> None:
    """As when ^C ends a command: what was handed over is written at closing, and nobody is told of a closed loop."""
    script = f"""
        import asyncio, threading
        from pathlib import Path
        from reader.store import Library

        go_on = threading.Event()

        async def main():
            asyncio.create_task(wait(library.writing(go_on.wait, 20)))
            asyncio.create_task(wait(library.writing(library.remember, "key", "value")))
            await asyncio.sleep(0)

        async def wait(act):
            await act

        with Library.open(Path({str(tmp_path / "library.db")!r})) as library:
            asyncio.run(main())
            go_on.set()
        with Library.open(Path({str(tmp_path / "library.db")!r})) as library:
            print(library.recall("key"))
    """
    ran = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("value\n", "")

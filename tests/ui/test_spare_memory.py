"""Memory that nobody uses is given back while nobody types, and only then."""

import asyncio
import time
from pathlib import Path

import pytest
from rich.cells import cached_cell_len

from reader.text import urls
from reader.text.compare import same_text
from reader.ui import spare_memory
from reader.ui.spare_memory import QUIET, SpareMemory
from tests import cached
from tests.ui.app_driver import OpenReader

LONG_AGO = float("-inf")


def own_memory() -> float:
    """Return the megabytes that this process shares with nobody."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="utf-8").splitlines()[1:]
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def make_something() -> None:
    """Make and keep enough for Python's collector to begin, and let go of it."""
    _ = [[n] for n in range(5000)]


@pytest.fixture
def due(monkeypatch: pytest.MonkeyPatch) -> SpareMemory:
    """A release is due."""
    monkeypatch.setattr(spare_memory, "EVERY", 0.0)
    memory = SpareMemory()
    make_something()
    return memory


def test_what_was_remembered_of_addresses_titles_and_widths_is_forgotten() -> None:
    title = "The ferry returns after a night of storm"
    asked = urls.canonical("HTTPS://Gull.example/a/../ferry?utm_source=x"), same_text(title, title.upper())
    cached_cell_len("the harbour")
    spare_memory.release()
    assert cached(urls.canonical).cache_info().currsize == cached_cell_len.cache_info().currsize == 0
    assert asked == (
        urls.canonical("HTTPS://Gull.example/a/../ferry?utm_source=x"),
        same_text(title, title.upper()),
    )


def test_nothing_is_done_right_after_a_key(due: SpareMemory) -> None:
    assert not due.look(time.monotonic())
    assert due.look(time.monotonic() - 2 * QUIET)


def test_nothing_is_done_twice_in_a_short_while() -> None:
    memory = SpareMemory()
    make_something()
    assert not memory.look(LONG_AGO)


def test_a_reader_that_does_nothing_is_left_alone(due: SpareMemory) -> None:
    assert due.look(LONG_AGO)
    assert not due.look(LONG_AGO), "nothing was made since"
    make_something()
    assert due.look(LONG_AGO)


@pytest.mark.skipif(spare_memory._malloc_trim() is None, reason="a C library without malloc_trim")
def test_free_pages_between_what_is_in_use_go_back_to_the_system() -> None:
    blocks = [bytes([n % 251]) * 3000 for n in range(20_000)]
    kept = blocks[::200]
    full = own_memory()
    del blocks
    spare_memory.release()
    assert full - own_memory() > 40, "of 60 MB that were let go"
    assert len(kept) == 100


def test_where_the_c_library_has_no_such_function_the_rest_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spare_memory, "_malloc_trim", lambda: None)
    cached_cell_len("the harbour")
    spare_memory.release()
    assert cached_cell_len.cache_info().currsize == 0


async def test_a_reader_that_nobody_types_at_forgets_what_it_remembered(
    open_reader: OpenReader, two_papers: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spare_memory, "EVERY", 0.0)
    async with open_reader() as reader:
        await reader.press("j", "enter")
        assert time.monotonic() - reader.app.last_key < 20
        urls.canonical("https://gull.example/remembered")
        end = time.monotonic() + 10
        while cached(urls.canonical).cache_info().currsize:
            assert time.monotonic() < end
            make_something()
            await asyncio.sleep(0.1)

"""The log of a run: an error stands in it once, however many tell of it."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cli.context import start_log
from reader.store import Library


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    logger = logging.getLogger("newsstand")
    before = (logger.handlers[:], logger.propagate, logger.level, logging.raiseExceptions)
    start_log(tmp_path / "newsstand.log")
    yield tmp_path / "newsstand.log"
    for handler in logger.handlers:
        handler.close()
    logger.handlers[:], logger.propagate, level, logging.raiseExceptions = before
    logger.setLevel(level)


def test_a_failed_write_that_a_screen_tells_of_has_one_traceback(log: Path, tmp_path: Path) -> None:
    def fails() -> None:
        raise ZeroDivisionError("no such number")

    async def screen(library: Library) -> None:
        try:
            await library.writing(fails)
        except ZeroDivisionError:
            logging.getLogger("newsstand.ui").exception("%s failed", "marks")

    with Library.open(tmp_path / "library.db") as library:
        asyncio.run(screen(library))
    text = log.read_text()
    assert text.count("Traceback") == 1
    assert "a write of the library failed\nTraceback" in text
    assert text.endswith("newsstand.ui: marks failed: ZeroDivisionError('no such number')\n")


def test_another_error_of_the_same_kind_has_its_own_traceback(log: Path) -> None:
    for error in (ValueError("a"), ValueError("b")):
        logging.getLogger("newsstand.news").error("%s cannot be kept", error, exc_info=error)
    assert log.read_text().count("ValueError: ") == 2

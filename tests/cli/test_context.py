"""The log of a run: an error stands in it once, however many tell of it."""

import asyncio
import logging
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cli.context import start_log
from reader.store import Library


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    logger = logging.getLogger("newsstand")
    last_resort = logging.lastResort
    before = (logger.handlers[:], logger.propagate, logger.level, logging.raiseExceptions)
    start_log(tmp_path / "newsstand.log")
    yield tmp_path / "newsstand.log"
    for handler in logger.handlers:
        handler.close()
    logger.handlers[:], logger.propagate, level, logging.raiseExceptions = before
    logger.setLevel(level)
    logging.lastResort = last_resort


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


def test_the_log_is_its_owners_alone_and_so_are_those_of_older_versions(log: Path, tmp_path: Path) -> None:
    for file in (log, log.with_name("newsstand.log.1")):
        file.write_text("old\n")
        file.chmod(0o644)
    folder = tmp_path / "state" / "newsstand"
    start_log(log)
    logging.getLogger("newsstand.fetch").info("asked")
    assert [stat.S_IMODE(file.stat().st_mode) for file in (log, log.with_name("newsstand.log.1"))] == [0o600, 0o600]
    before = os.umask(0)
    try:
        start_log(folder / "newsstand.log")
        logging.getLogger("newsstand.fetch").info("asked")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "newsstand.log")] == [0o700, 0o600]
    folder.chmod(0o755)
    start_log(folder / "newsstand.log")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_is_not_newsstands_own_keeps_its_mode(log: Path) -> None:
    log.parent.chmod(0o755)
    start_log(log)
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o755


@pytest.mark.parametrize("planted", ["link", "dangling", "hard link", "pipe"])
def test_what_was_planted_in_the_logs_place_is_not_written_to(log: Path, planted: str) -> None:
    victim = log.with_name("victim")
    if planted != "dangling":
        victim.write_text("mine\n")
        victim.chmod(0o644)
    if planted == "pipe":
        os.mkfifo(log)
    elif planted == "hard link":
        os.link(victim, log)
    else:
        log.symlink_to(victim)
    logging.getLogger("newsstand.fetch").error("asked")
    assert not victim.exists() if planted == "dangling" else victim.read_text() == "mine\n"
    assert planted == "dangling" or stat.S_IMODE(victim.stat().st_mode) == 0o644


def test_a_link_put_in_the_place_of_a_log_put_aside_is_replaced(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    victim = log.with_name("victim")
    victim.write_text("mine\n")
    log.with_name("newsstand.log.1").symlink_to(victim)
    handler = logging.getLogger("newsstand").handlers[0]
    monkeypatch.setattr(handler, "maxBytes", 100)
    for number in range(5):
        logging.getLogger("newsstand.fetch").info("asked %d %s", number, "." * 60)
    assert victim.read_text() == "mine\n"


def test_no_secret_stands_in_the_log_and_no_line_that_nobody_logged(log: Path) -> None:
    address = "https://ann:Pier77@gull.example/feed?key=Pier77"
    logger = logging.getLogger("newsstand.fetch")
    logger.info("%s: %s", address, "\x1b]0;owned\x07\n2026-11-30 12:00:00 ERROR newsstand: a line of its own")
    try:
        int(f"bad header 'Authorization': 'Basic Pier77' of {address}")
    except ValueError as error:
        logger.exception("%s", {"password": "Pier77"})
        logger.warning("once more %s", address, exc_info=error)
    text = log.read_text()
    assert "Pier77" not in text
    assert "\x1b" not in text
    assert [line[:4] for line in text.splitlines() if re.search(" (ERROR|INFO|WARNING) ", line[:40])] == ["2026"] * 3
    assert "https://gull.example/feed?…" in text
    assert text.count("Traceback") == 1


def test_a_log_that_is_replaced_is_closed(log: Path) -> None:
    logging.getLogger("newsstand.fetch").info("asked")
    before = logging.getLogger("newsstand").handlers[0]
    assert isinstance(before, logging.FileHandler)
    stream = before.stream
    assert stream is not None
    start_log(log)
    assert stream.closed

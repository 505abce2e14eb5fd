"""Fixtures for the tests of every room: a library on disk, papers on loopback, what opens stories from both."""

import logging
import os
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from reader import config
from reader.news.stories import StoryLoader
from reader.store import Library
from tests.fetch.scripted_server import Server

# No test writes into the keyring of whoever runs it; programs that a test starts have this too.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
# Hundreds of programs are started by the tests: where each had to compile all modules anew, that took half of its time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# The same examples at every run, so that a red suite means a change; --hypothesis-profile=default looks for new ones.
settings.register_profile("derandomized", derandomize=True, deadline=None)
settings.load_profile("derandomized")


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder without settings, library and log."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def own_folders(empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the settings of whoever runs it, nor writes beside that person's library."""
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(empty_home / name.lower()))


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """A command that a test runs in this process sends the log to its own file; the next test finds it as it was."""
    log, last = logging.getLogger("newsstand"), logging.lastResort
    handlers, propagate, level = log.handlers[:], log.propagate, log.level
    yield
    for handler in log.handlers:
        if handler not in handlers:
            handler.close()
    log.handlers[:], log.propagate, logging.lastResort = handlers, propagate, last
    log.setLevel(level)


@pytest.fixture
def server() -> Iterator[Server]:
    """A paper whose every answer a test scripts."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def other() -> Iterator[Server]:
    """A second paper, on a port of its own."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db") as library:
        yield library


@pytest.fixture
async def loader(library: Library) -> AsyncIterator[StoryLoader]:
    loader = StoryLoader(library, config.load(), workers=False)
    yield loader
    await loader.close()


UNTRACED = (
    "tests/ui/",
    "tests/program/",
    "tests/extract/mutated/",
    "tests/extract/markdown/test_convert.py",
    "tests/extract/markdown/test_soup.py",
    "tests/extract/test_time_bounds.py",
    "tests/extract/markdown/test_safety.py",
    "tests/fetch/feeds/test_harm.py",
    "tests/fetch/feeds/test_other_parsers.py",
    "tests/fetch/feeds/test_suites.py",
    "tests/fetch/http/test_size.py",
    "tests/lists/test_opml.py::test_fifty_megabytes_end_within_seconds",
    "tests/config/test_loading.py::test_a_file_of_the_largest_size_is_checked_in_a_moment",
)
"""Tests that run without coverage: of the interface, which is not measured, of time, of other projects' material, which
may be absent, and thousands of examples of one thing. Tracing doubles their time."""


def pytest_configure() -> None:
    """Let Ctrl-C reach the programs that tests start, also where a shell has started the tests in the background:
    there it is ignored, and what is ignored is so in every program started from here."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(UNTRACED):
            item.add_marker(pytest.mark.no_cover)

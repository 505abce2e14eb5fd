"""A reader over a real library, driven by its keys."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.message_pump import MessagePump
from textual.pilot import Pilot, WaitForScreenTimeout

from reader import config
from reader.commands import COMMANDS, Command
from reader.ui.app import NewsstandApp
from reader.ui.base.key_order import KeyOrder
from tests.ui.app_driver import HANOI, AppDriver, Clock, FilledLibrary, OpenReader


@pytest.fixture(autouse=True)
def no_idling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not let the pilot wait until the processor is idle: what a test waits for are messages and workers."""

    async def go_on(*_: float) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr("textual.app.wait_for_idle", go_on)
    monkeypatch.setattr("textual.pilot.wait_for_idle", go_on)


@pytest.fixture(autouse=True)
def no_messages_to_wait_for_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pilot would send one to each widget, several times a key, and wait for all of them: a third of a test's time.
    Looking is as good: a widget that waits for a message has none left."""

    async def wait_for_screen(pilot: Pilot[None], *_: float) -> bool:
        app: Any = pilot.app
        began = time.monotonic()
        for look in itertools.count():
            screens = app._screen_stack[-1:]  # none once the app is at its end
            pumps = [app, *(pump for screen in screens for pump in screen.walk_children(with_self=True))]
            if app._exception_event.is_set() or all(map(has_taken_all, pumps)):
                break
            if time.monotonic() - began > 30:
                raise WaitForScreenTimeout
            await asyncio.sleep(0 if look < 50 else 0.001)
        return not app._exception_event.is_set()

    monkeypatch.setattr(Pilot, "_wait_for_screen", wait_for_screen)


def has_taken_all(pump: MessagePump) -> bool:
    """Say whether whoever takes messages from this queue waits for one, or will never take one."""
    ready: Any = pump._message_queue.ready_event
    return not pump._running or (not ready.is_set() and bool(ready._waiters))


@pytest.fixture(autouse=True)
def cut_text_ends_in_an_ellipsis(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ends a text that was cut is the process's own: an app in ASCII leaves it to no later test."""
    monkeypatch.setattr("reader.ui.text.cells._ending", "…")


@pytest.fixture(autouse=True)
def each_key_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that the pilot has pressed has been through all widgets: the app takes them one by one. The next comes as
    from fingers, however fast the machine is: it did not come in one go with the one before."""
    press = Pilot.press

    async def press_and_wait(pilot: Pilot[None], *keys: str) -> None:
        await press(pilot, *keys)
        app = pilot.app
        while isinstance(app, KeyOrder) and app.is_running and not app._exit and not app.all_keys_taken:  # noqa: ASYNC110  # it needs no event but here
            await asyncio.sleep(0)
        if isinstance(app, KeyOrder):
            app._dropping = -1.0

    monkeypatch.setattr(Pilot, "press", press_and_wait)


@pytest.fixture(autouse=True)
def a_good_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Wherever the tests run, the reader takes its terminal for one of true colour that knows UTF-8, and nobody's
    settings for its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    for name, value in {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def no_backup_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a test takes, the reader makes no backup in the midst of it, but where that is the subject."""
    monkeypatch.setattr("reader.ui.app.BACKUP_AFTER", 3600)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def filled(tmp_path: Path, clock: Clock) -> Iterator[FilledLibrary]:
    filled = FilledLibrary(tmp_path / "filled.db", clock)
    yield filled
    filled.library.close()


@pytest.fixture
def open_reader(filled: FilledLibrary, clock: Clock) -> OpenReader:
    """Open the reader on the filled library; it stays off the network but where a test says `offline=False`."""

    @asynccontextmanager
    async def opened(
        *,
        columns: int = 120,
        rows: int = 40,
        offline: bool = True,
        wait: bool = True,
        settings: dict[str, object] | None = None,
        commands: tuple[Command, ...] = COMMANDS,
    ) -> AsyncIterator[AppDriver]:
        loaded = config.load()
        chosen = msgspec.structs.replace(
            loaded, reader=msgspec.structs.replace(loaded.reader, **(settings or {})), commands=commands
        )
        app = NewsstandApp(filled.path, chosen, clock=clock, zone=HANOI, offline=offline)
        async with app.run_test(size=(columns, rows)) as pilot:
            reader = AppDriver(app, pilot)
            if wait:
                await reader.wait_until_idle()
            yield reader

    return opened


@pytest.fixture
def two_papers(filled: FilledLibrary) -> dict[str, int]:
    """Two papers in two folders, six headlines, two of them kept; pages by headline."""
    gull = filled.paper("The Gull", folder="Coast")
    ledger = filled.paper("Northern Ledger", folder="Inland", short="Ledger")
    titles = ["Ferry returns after eleven years", "Seals on the sand", "Council votes on gulls"]
    inland = ["Quarry signs the order", "Old mill sold", "Rain stops play"]
    pages = dict(zip(titles, filled.headlines(gull, *titles, minutes_ago=1), strict=True))
    pages |= dict(zip(inland, filled.headlines(ledger, *inland, minutes_ago=120), strict=True))
    filled.keep(pages[titles[1]])
    related = [("Seals on the sand", filled.url(gull, titles[1])), ("A lamp goes out", "https://gone.example/lamp")]
    filled.keep(pages[titles[0]], related=related)
    return pages

"""The reader makes backups beside the keys: one that is asked for, and one that is due."""

import asyncio
import threading
import time
from pathlib import Path

import pytest

from reader.store import backups
from reader.store.backups import copying
from reader.ui import app as app_module
from tests.ui.app_driver import FilledLibrary, OpenReader

Pages = dict[str, int]


async def until(there: Path, name: str) -> list[Path]:
    """Wait until a file of such a name lies in the folder of backups."""
    end = time.monotonic() + 10
    while not (found := sorted(backups.folder_of(there).glob(name))):
        assert time.monotonic() < end
        await asyncio.sleep(0.02)
    return found


async def test_the_command_makes_one_and_says_where(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages
) -> None:
    async with open_reader(columns=200) as reader:
        await reader.press(":", *"back up", "enter")
        (made,) = await until(filled.path, "*.db")
        await reader.wait_until_idle()
        assert reader.footer.startswith("Backup made:")
        assert made.name in reader.footer
    assert backups.listed(filled.path)[0].kind == backups.Kind.MANUAL


async def test_why_one_cannot_be_made_is_said(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages
) -> None:
    backups.folder_of(filled.path).write_text("in the way")
    async with open_reader(columns=200) as reader:
        await reader.press(":", *"back up", "enter")
        end = time.monotonic() + 10
        while "cannot be written" not in reader.text:
            assert time.monotonic() < end
            await asyncio.sleep(0.02)


async def test_one_that_is_due_is_made_once_the_first_screen_stands(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "BACKUP_AFTER", 0.05)
    async with open_reader() as reader:
        (made,) = await until(filled.path, "*-automatic.db")
        assert made == backups.listed(filled.path)[0].file
        await reader.press("j")
        reader.app.session.backups.make_due()  # it has been asked today
    assert len(backups.listed(filled.path)) == 1


async def test_quitting_waits_for_no_backup_and_leaves_no_half_of_one(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk on which each step takes a tenth of a second."""
    monkeypatch.setattr(app_module, "BACKUP_AFTER", 0.01)
    monkeypatch.setattr(copying, "STEP", 1)
    monkeypatch.setattr(copying, "SYNCED", 1)
    began = threading.Event()

    def slow(_path: Path) -> None:
        began.set()
        time.sleep(0.1)

    monkeypatch.setattr(copying, "sync", slow)
    async with open_reader():
        assert await asyncio.to_thread(began.wait, 10)
        closing = time.monotonic()
    assert time.monotonic() - closing < 3
    assert [file.name for file in backups.folder_of(filled.path).iterdir()] == []

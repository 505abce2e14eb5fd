"""A library whose file is damaged: read as far as it goes, never written, said, and repaired."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader import config
from reader.errors import LibraryError
from reader.store import Library
from reader.ui.app import NewsstandApp
from tests.program.damage import KINDS, damage
from tests.program.damaged_library import endure, is_sound
from tests.store.doctor.made_library import make_library
from tests.ui.app_driver import AppDriver


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with nothing wrong."""
    path = tmp_path_factory.mktemp("whole") / "library.db"
    make_library(path, entries=400, sources=8, seed=3)
    return path


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("STATE", "CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))


@pytest.mark.parametrize("seed", range(1000, 1000 + KINDS))
def test_no_damage_gives_a_traceback_or_costs_a_mark_that_can_be_read(whole: Path, tmp_path: Path, seed: int) -> None:
    endure(whole, tmp_path / "shelf", seed, highest=450)


def fingerprint(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


async def use(path: Path) -> AppDriver:
    """Read, mark, look round and leave, as a person would. What is not foreseen ends the test."""
    app = NewsstandApp(path, config.load(), offline=True)
    app.goes_on = False
    async with app.run_test(size=(120, 40)) as pilot:
        reader = AppDriver(app, pilot)
        await reader.fail()
        for key in ("j", "m", "enter", "s", "escape", "left", "j", "enter", "right", "u", "question_mark", "escape"):
            await _press(pilot, reader, key)
    return reader


async def _press(pilot: Pilot[None], reader: AppDriver, key: str) -> None:
    await pilot.press(key)
    await reader.fail()


@pytest.mark.parametrize("seed", [2001, 2004, 2007])
async def test_the_reader_goes_on_with_what_can_be_read(whole: Path, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "shelf" / "library.db"
    how = damage(whole, path, seed)
    sound, before = is_sound(path), fingerprint(path)
    refused = ""
    try:
        await use(path)
    except LibraryError as error:
        refused = str(error)
    assert not refused or str(path) in refused
    assert not refused or how in ("first_page", "head", "truncated", "truncated_at_a_page", "pages_of_others")
    assert sound or fingerprint(path) == before


async def test_the_reader_says_that_a_library_is_damaged_and_what_to_do(whole: Path, tmp_path: Path) -> None:
    path = broken(whole, tmp_path)
    app = NewsstandApp(path, config.load(), offline=True)
    async with app.run_test(size=(120, 40)) as pilot:
        reader = AppDriver(app, pilot)
        await reader.fail()
        assert "damaged" in reader.footer
        assert "newsstand --library … doctor" in reader.footer


def broken(whole: Path, folder: Path) -> Path:
    """A copy whose last page, a leaf of some index or table, is zeros."""
    path = folder / "library.db"
    path.write_bytes(whole.read_bytes()[:-4096] + bytes(4096))
    return path


def test_the_first_write_finds_what_nothing_has_read_yet(whole: Path, tmp_path: Path) -> None:
    path = broken(whole, tmp_path)
    before = fingerprint(path)
    library = Library.open(path)
    states = [library.damaged]
    with pytest.raises(LibraryError, match=r"`newsstand --library \S+/library.db doctor --repair`"):
        library.star([1])
    states.append(library.damaged)
    library.remember("measure", "60")
    library.close()
    assert states == [False, True]
    assert fingerprint(path) == before


def test_after_a_crash_the_library_is_checked_before_anything_is_done(whole: Path, tmp_path: Path) -> None:
    path = broken(whole, tmp_path)
    code = "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('UPDATE facts SET value = 7')\n"
    code += "c.commit(); os._exit(0)"
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    before = fingerprint(path)
    with Library.open(path) as library:
        assert library.damaged
    assert fingerprint(path) == before


@pytest.mark.parametrize("command", [["mark", "1"], ["refresh"], ["rename", "1", "Gull"], ["save", "1", "--no-fetch"]])
def test_a_command_says_once_that_the_library_is_damaged(whole: Path, tmp_path: Path, command: list[str]) -> None:
    path = broken(whole, tmp_path)
    for _ in range(2):  # the first finds it, the others know it from the file itself, where it was left open
        code = "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('UPDATE facts SET value = 7')\n"
        code += "c.commit(); os._exit(0)"
        subprocess.run([sys.executable, "-c", code, str(path)], check=True)
        program = [sys.executable, "-m", "reader", "--library", str(path), *command]
        done = subprocess.run(program, capture_output=True, encoding="utf-8", timeout=60, check=False)
        assert done.returncode == 1
        assert done.stderr.count("is damaged. It is only read") == 1

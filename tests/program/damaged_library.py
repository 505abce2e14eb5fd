"""What the program must do with a damaged library, whatever the damage: a test of one calls `endure`."""

import json
import logging
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from reader.cli.group import newsstand
from reader.errors import Misuse, NewsstandError
from tests.program.damage import UNKNOWN_TO_SQLITE, damage, readable

SQLITES_OWN = ("malformed", "no such table", "no such column", "Could not decode", "unable to", "Traceback")
"""Words that no person is to read, but after `SQLite says:`."""


@dataclass(frozen=True)
class Said:
    """What one command said, and its exit code."""

    code: int
    text: str


def run(path: Path, *arguments: str) -> Said:
    """Run a command on a library in this process, as `main` does. What is no error of ours is raised."""
    log = logging.getLogger("newsstand")  # a file beside the library, else: nothing of it is said
    with (
        patch("reader.cli.context.start_log"),
        patch("reader.cli.library.doctor.start_log"),
        patch.object(log, "handlers", [logging.NullHandler()]),
        patch.object(log, "propagate", False),
    ):
        done = CliRunner().invoke(newsstand, ["--library", str(path), *arguments])
    if isinstance(done.exception, NewsstandError):
        return Said(2 if isinstance(done.exception, Misuse) else 1, f"{done.output}{done.exception}")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    own = "\n".join(line for line in done.output.splitlines() if "SQLite says:" not in line)
    if "--json" not in arguments:
        assert not any(words in own for words in SQLITES_OWN), own
        assert "\x1b" not in own
    return Said(done.exit_code, done.output)


def is_sound(path: Path) -> bool:
    """Ask SQLite itself, on a copy."""
    folder = path.parent / "asked"
    folder.mkdir()
    for file in (one for one in path.parent.glob(f"{path.name}*") if one.is_file()):
        shutil.copyfile(file, folder / file.name)
    try:
        with closing(sqlite3.connect(folder / path.name)) as con:
            return con.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except (sqlite3.Error, UnicodeDecodeError):
        return False
    finally:
        shutil.rmtree(folder)


def endure(whole: Path, folder: Path, seed: int, highest: int) -> str:
    """Damage a copy of a library, use it, repair it. Assert that nothing is written before, no error shows that is not
    ours, and all that could be read is there afterwards. Return how it was damaged."""
    path = folder / "library.db"
    how = damage(whole, path, seed)
    marks, sources = readable(path, highest)
    sound, before = is_sound(path) and how not in UNKNOWN_TO_SQLITE, path.read_bytes()
    for arguments in (
        ("list",),
        ("list", "--json", "--limit", "50"),
        ("list", "--starred"),
        ("list", "--saved", "--json"),
        ("read", "3", "--plain"),
        ("read", "40", "41", "--json"),
        ("sources",),
        ("sources", "--json"),
        ("export",),
    ):
        run(path, *arguments)
    checked = run(path, "doctor")
    assert checked.code in (0, 1)
    assert run(path, "doctor", "--json").code == checked.code
    if not sound:
        assert checked.code == 1
        marked = run(path, "mark", "2", "--as", "star")
        assert marked.code != 0, (how, marked)
        assert path.read_bytes() == before, how
    lost, before = not marks and not sources, path.read_bytes()
    repaired = run(path, "doctor", "--repair", "--yes")
    if repaired.code != 0:
        assert lost, (how, repaired)
        assert path.read_bytes() == before
        return how
    if checked.code == 1:
        assert any(kept.read_bytes() == before for kept in folder.glob("library.damaged-*.db"))
    assert run(path, "doctor") == Said(0, f"The library {path} is well.\n"), how
    assert is_sound(path)
    marks_now, sources_now = readable(path, highest)
    for page, (read, starred, saved, tags) in marks.items():
        now = marks_now[page]
        for one, other in zip((read, starred, saved), now, strict=False):
            assert one is None or one == other or abs(one) > 1 << 37, (how, page, marks[page], now)
        assert set(tags) <= set(now[3]), (how, page)
    for number, source in sources.items():
        found = sources_now[number]
        assert found[3] == source[3], (how, source, found)
        assert found[2] == source[2] or not (source[2] or "").isprintable(), (how, source, found)
    listed = run(path, "list", "--limit", "1", "--json")
    assert listed.code == 0
    if listed.text:
        assert run(path, "mark", str(json.loads(listed.text)["id"]), "--as", "star").code == 0
    return how

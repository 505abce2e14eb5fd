"""What can become of a library's file, by a seed: and what of it can still be read, told by code that shares nothing
with the repair."""

import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

PAGE = 4096
Marks = dict[int, tuple[int | None, int | None, int | None, tuple[str, ...]]]
"""When a page was read, starred, saved, and its tags, by its id."""
Sources = dict[int, tuple[str, str, str | None, int | None]]
"""Address, title, folder and when it was removed, by the source's id."""


def _flip(chance: random.Random, data: bytearray, first: int, last: int, times: int) -> None:
    for _ in range(times):
        data[chance.randrange(first, last)] ^= 1 << chance.randrange(8)


def flipped_bits(chance: random.Random, data: bytearray) -> None:
    """Single bits anywhere."""
    _flip(chance, data, 0, len(data), chance.randint(1, 300))


def random_bytes(chance: random.Random, data: bytearray) -> None:
    """Short runs of other bytes, below the first page."""
    for _ in range(chance.randint(1, 40)):
        at = chance.randrange(PAGE, len(data) - 64)
        data[at : at + 64] = chance.randbytes(64)


def head(chance: random.Random, data: bytearray) -> None:
    """Bits of the first hundred bytes."""
    _flip(chance, data, 0, 100, chance.randint(1, 8))


def first_page(chance: random.Random, data: bytearray) -> None:
    """The first page is zeros: SQLite knows nothing any more."""
    data[:PAGE] = bytes(PAGE)


def truncated(chance: random.Random, data: bytearray) -> None:
    """Cut off anywhere."""
    del data[chance.randrange(PAGE, len(data)) :]


def truncated_at_a_page(chance: random.Random, data: bytearray) -> None:
    """Cut off at a page's end."""
    del data[chance.randrange(1, len(data) // PAGE) * PAGE :]


def zeroed_pages(chance: random.Random, data: bytearray) -> None:
    """Some pages are zeros."""
    for number in chance.sample(range(1, len(data) // PAGE), chance.randint(1, 12)):
        data[number * PAGE : (number + 1) * PAGE] = bytes(PAGE)


def zeroed_interior_pages(chance: random.Random, data: bytearray) -> None:
    """Some pages that lead to others are zeros: all below them is there, and out of SQLite's reach."""
    inner = [number for number in range(1, len(data) // PAGE) if data[number * PAGE] in (2, 5)]
    for number in chance.sample(inner, min(len(inner), chance.randint(1, 4))):
        data[number * PAGE : (number + 1) * PAGE] = bytes(PAGE)


def pages_of_others(chance: random.Random, data: bytearray) -> None:
    """Pages stand in each other's place, or hold noise."""
    for _ in range(chance.randint(1, 5)):
        one, other = chance.sample(range(1, len(data) // PAGE), 2)
        page = data[one * PAGE : (one + 1) * PAGE]
        data[one * PAGE : (one + 1) * PAGE] = data[other * PAGE : (other + 1) * PAGE]
        data[other * PAGE : (other + 1) * PAGE] = page if chance.random() < 0.5 else chance.randbytes(PAGE)


def wrong_version(chance: random.Random, data: bytearray) -> None:
    """The version that the head tells: one that no Newsstand gives, or a former one than that of the tables."""
    numbers = (chance.randrange(1 << 31, 1 << 32), chance.randrange(1 << 16, 1 << 31), chance.randrange(8))
    data[60:64] = chance.choice(numbers).to_bytes(4)


def wrong_format(chance: random.Random, data: bytearray) -> None:
    """The versions of SQLite's file format in the head: with that for writing SQLite only reads, and says nothing."""
    data[chance.choice((18, 18, 18, 19))] = chance.randrange(3, 256)


UNKNOWN_TO_SQLITE = ("wrong_version", "wrong_format")
"""Damage that `PRAGMA integrity_check` does not find."""

_OF_THE_FILE: tuple[Callable[[random.Random, bytearray], None], ...] = (
    flipped_bits,
    random_bytes,
    head,
    first_page,
    truncated,
    truncated_at_a_page,
    zeroed_pages,
    zeroed_interior_pages,
    pages_of_others,
    wrong_version,
    wrong_format,
)

_WRONG = (
    "UPDATE sources SET kind = 'telegraph' WHERE id = 2",
    "UPDATE sources SET failure = '{broken' WHERE id = 3",
    "UPDATE sources SET categories = '[1, 2' , headers = 'x' WHERE id = 4",
    "UPDATE sources SET title = CAST(x'54ff41fe' AS TEXT) WHERE id = 5",
    "UPDATE sources SET due_at = 'soon', asked_at = 1e300, interval = 'often' WHERE id = 6",
    "UPDATE entries SET authors = 'Ann', attachments = '{' WHERE id % 3 = 0",
    "UPDATE entries SET title = x'00ff1b5b' WHERE id % 17 = 0",
    "UPDATE entries SET title = 'A \x1b]0;owned\x07 headline' || char(0x202e) WHERE id % 19 = 0",
    "UPDATE entries SET time = 'yesterday', published = 'noon', published_offset = 90000 WHERE id % 23 = 0",
    "UPDATE entries SET page = 10000000 + id WHERE id % 29 = 0",
    "UPDATE entries SET source = 77 WHERE id % 31 = 0",
    "UPDATE entries SET summary = CAST(x'80818283' AS TEXT), section = x'ff' WHERE id % 37 = 0",
    "UPDATE pages SET time = 9223372036854775807 WHERE id % 41 = 0",
    "UPDATE pages SET time = 'never' WHERE id % 43 = 0",
    "UPDATE pages SET unread = 1 - unread, listed = 1 WHERE id % 47 = 0",
    "UPDATE pages SET entry = 5000000, article = 5000000 WHERE id % 53 = 0",
    "UPDATE pages SET merged_into = 8000000 WHERE id % 59 = 0",
    "UPDATE pages SET url = x'ff00', title = 12 WHERE id % 61 = 0",
    "UPDATE articles SET fields = 'none', words = 'many', updated = 9e18 WHERE id % 2 = 0",
    "UPDATE articles SET markdown = x'ffff' WHERE id % 5 = 0",
    "UPDATE statuses SET starred_at = 'often' WHERE page % 11 = 0 AND starred_at IS NOT NULL",
    "UPDATE statuses SET read_at = 4611686018427387904 WHERE page % 13 = 0 AND read_at IS NOT NULL",
    "UPDATE statuses SET tags = '{{{', place = 'top' WHERE page % 17 = 0",
    "DELETE FROM journal WHERE id % 7 = 0",
    "DELETE FROM acts WHERE id % 3 = 0",
    "DELETE FROM pages WHERE id % 67 = 0",
    "DELETE FROM sources WHERE id = 7",
    "UPDATE listed SET unread = 'perhaps' WHERE page % 71 = 0",
    "UPDATE facts SET value = x'ff00'",
    "UPDATE robots SET until = 'always', rules = x'ff'",
    "UPDATE acts SET pages = 99999, state = 'half' WHERE id = 2",
)
"""Values that Newsstand never writes."""


def wrong_values(chance: random.Random, path: Path) -> None:
    """A sound file, and values that no column may hold."""
    without_rules = "UPDATE sqlite_master SET sql = replace(replace(sql, ') STRICT', ') '), ' STRICT,', ' ') "
    with closing(sqlite3.connect(path, isolation_level=None)) as con:
        whole = con.execute("SELECT rowid, sql FROM sqlite_master").fetchall()
        con.execute("PRAGMA writable_schema = ON")
        con.execute(without_rules + "WHERE type = 'table'")
        con.execute("UPDATE sqlite_master SET sql = replace(sql, 'CHECK', '-- CHECK') WHERE name = 'acts'")
    with closing(sqlite3.connect(path, isolation_level=None)) as con:
        con.execute("PRAGMA ignore_check_constraints = ON")
        for statement in chance.sample(_WRONG, chance.randint(1, 12)):
            with suppress(sqlite3.Error, UnicodeDecodeError):
                con.execute(statement)
        con.execute("PRAGMA writable_schema = ON")
        con.executemany("UPDATE sqlite_master SET sql = ? WHERE rowid = ?", [(sql, row) for row, sql in whole])


def damaged_log(chance: random.Random, path: Path) -> None:
    """Killed while open, and what it left beside the file is damaged too."""
    con = sqlite3.connect(path, isolation_level=None)
    con.execute("UPDATE statuses SET saved_at = 1780000001 WHERE page % 2 = 0")
    con.execute("UPDATE entries SET title = title || '!' WHERE id % 2 = 0")
    wal = path.with_name(f"{path.name}-wal")
    left = wal.read_bytes()
    con.close()
    path.write_bytes(path.with_name("before.db").read_bytes())
    log = bytearray(left)
    _flip(chance, log, 0, len(log), chance.randint(1, 5))
    wal.write_bytes(log)


KINDS = len(_OF_THE_FILE) + 2


def damage(whole: Path, path: Path, seed: int) -> str:
    """Copy a library to `path` and damage it; return how."""
    chance = random.Random(seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(whole, path)
    kind = seed % KINDS
    if kind < len(_OF_THE_FILE):
        data = bytearray(path.read_bytes())
        _OF_THE_FILE[kind](chance, data)
        path.write_bytes(data)
        return _OF_THE_FILE[kind].__name__
    if kind == len(_OF_THE_FILE):
        wrong_values(chance, path)
        return "wrong_values"
    shutil.copyfile(whole, path.with_name("before.db"))
    damaged_log(chance, path)
    path.with_name("before.db").unlink()
    return "damaged_log"


def readable(path: Path, highest: int) -> tuple[Marks, Sources]:
    """Return the marks and sources that SQLite gives, each asked for by its id. Works on a copy."""
    folder = path.parent / "independent"
    folder.mkdir()
    for file in (one for one in path.parent.glob(f"{path.name}*") if one.is_file()):
        shutil.copyfile(file, folder / file.name)
    marks: Marks = {}
    found: Sources = {}
    with closing(sqlite3.connect(folder / path.name, isolation_level=None)) as con:
        with suppress(sqlite3.Error, UnicodeDecodeError):
            con.execute("PRAGMA writable_schema = ON")
        for page in range(1, highest + 1):
            with suppress(sqlite3.Error, UnicodeDecodeError):
                row = con.execute(
                    "SELECT read_at, starred_at, saved_at, tags FROM statuses WHERE page = ?", (page,)
                ).fetchone()
                if row is not None and all(mark is None or isinstance(mark, int) for mark in row[:3]):
                    marks[page] = (*row[:3], _tags(row[3]))
        for number in range(1, 101):
            with suppress(sqlite3.Error, UnicodeDecodeError):
                row = con.execute(
                    "SELECT url, title, folder, removed_at FROM sources WHERE id = ?", (number,)
                ).fetchone()
                if row is not None and all(isinstance(value, str | None) for value in row[:3]):
                    if not isinstance(row[3], int | None):
                        continue
                    found[number] = row
    shutil.rmtree(folder)
    return marks, found


def _tags(text: object) -> tuple[str, ...]:
    try:
        tags = json.loads(text) if isinstance(text, str) else []
    except ValueError:
        return ()
    return tuple(tags) if isinstance(tags, list) and all(isinstance(tag, str) for tag in tags) else ()

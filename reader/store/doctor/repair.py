"""Repair: the library's rows into a new file, which takes its place once it is sound. The damaged one is kept beside.

Whatever fails on the way (a full disk, a kill) leaves the library as it was.
"""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reader.errors import LibraryError
from reader.safe_files import sync
from reader.store import migrations
from reader.store.doctor.check import Finding, check, look
from reader.store.doctor.raw import PAGE_SIZE
from reader.store.doctor.rebuild import Rebuilt, rebuild
from reader.store.library_file import exclusive
from reader.store.library_file.header import MAGIC
from reader.store.library_file.opening import library_errors
from reader.store.library_file.watch import FAULTS
from reader.words import library as library_words

_BESIDE = ("", "-wal", "-shm")
"""The files that are one library."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did: where the damaged file is now, what the new one holds, what is still wrong with it."""

    kept: Path
    rebuilt: Rebuilt
    left: tuple[Finding, ...]


def repair(path: Path, now: datetime) -> Repaired:
    """Put a sound library in the place of a damaged one; the damaged one gets a name with the time, `now`.

    LibraryError, and nothing changed: where another program has it open, where no row of it can be read, where the new
    file is not sound. DiskFull where there is no room for it.
    """
    look(path)
    path = path.resolve()  # a link stays a link
    with (
        library_errors(path),
        exclusive.alone(path) as opened,
        tempfile.TemporaryDirectory(prefix=f".{path.name}.repair-", dir=path.parent) as folder,
    ):
        damaged, new = Path(folder, "damaged.db"), Path(folder, "new.db")
        _copy(opened, damaged)
        for beside in (path.with_name(f"{path.name}-wal"),):
            if beside.is_file():
                shutil.copyfile(beside, damaged.with_name("damaged.db-wal"))
        _mend_head(damaged)
        _bring_up(damaged)
        rebuilt = rebuild(damaged, new)
        if not rebuilt.rows["sources"] and not rebuilt.rows["statuses"] and not rebuilt.rows["pages"]:
            raise LibraryError(library_words.nothing_to_repair(path))
        _use_wal(new)
        left = check(new)
        if any(finding.kind in ("integrity", "header", "orphans") for finding in left):
            raise LibraryError(library_words.not_repaired(path))
        new.chmod(0o600)
        sync(new)
        kept = _put_in_place(path, new, now)
    return Repaired(kept, rebuilt, left)


def _copy(opened: int, to: Path) -> None:
    """Copy the library by the descriptor that holds its lock."""
    with to.open("xb") as copy:
        os.lseek(opened, 0, os.SEEK_SET)
        while part := os.read(opened, 1 << 20):
            copy.write(part)


def _mend_head(damaged: Path) -> None:
    """Write into our copy's head what stands there in every library (https://sqlite.org/fileformat2.html, 1.3), so that
    SQLite opens it whatever has become of the first bytes."""
    size = damaged.stat().st_size
    with damaged.open("r+b") as file:
        head = bytearray(file.read(100).ljust(100, b"\0"))
        number = int.from_bytes(head[60:64], "big")
        head[0:16] = MAGIC
        head[16:24] = PAGE_SIZE.to_bytes(2, "big") + bytes((2, 2, 0, 64, 32, 32))
        head[28:32] = max(1, -(-size // PAGE_SIZE)).to_bytes(4, "big")
        head[44:48], head[56:60] = (4).to_bytes(4, "big"), (1).to_bytes(4, "big")
        head[52:56] = head[64:68] = bytes(4)
        if not 0 < number <= migrations.VERSION:
            head[60:64] = migrations.VERSION.to_bytes(4, "big")
        head[68:72] = migrations.APPLICATION_ID.to_bytes(4, "big")
        head[92:96] = head[24:28]
        file.seek(0)
        file.write(head)
        if size % PAGE_SIZE or not size:  # SQLite removes the log of an empty file
            file.truncate(max(1, -(-size // PAGE_SIZE)) * PAGE_SIZE)


def _bring_up(damaged: Path) -> None:
    """Bring a copy of an older version to ours, by the version of its tables, whatever number it has. Where damage is
    in the way it stays as it is: its rows are read by the names of their columns, and what later versions added to them
    has its default."""
    with closing(sqlite3.connect(damaged, isolation_level=None)) as con, suppress(*FAULTS, LibraryError):
        con.execute("PRAGMA writable_schema = ON")
        with suppress(*FAULTS):
            number = migrations.version_by_tables(con)
            if number is not None and number != migrations.stored_version(con):
                con.execute(f"PRAGMA user_version = {number}")
        migrations.migrate(con)


def _use_wal(new: Path) -> None:
    with closing(sqlite3.connect(new, isolation_level=None)) as con:
        con.execute("PRAGMA synchronous = FULL")
        con.execute("PRAGMA journal_mode = WAL")


def _put_in_place(path: Path, new: Path, now: datetime) -> Path:
    """Give the damaged library its name with the time, all its files, and the new one its place; return that name."""
    kept = _free_name(path, now)
    os.link(path, kept)
    for ending in _BESIDE[1:]:
        beside = path.with_name(path.name + ending)
        if beside.exists():
            os.link(beside, kept.with_name(kept.name + ending))
    sync(path.parent)
    # The log belongs to the damaged file: the new one must never be read with it. A kill between the two leaves the
    # damaged file without its log, which both have beside them under the name with the time.
    for ending in _BESIDE[1:]:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    new.replace(path)
    sync(path.parent)
    return kept


def _free_name(path: Path, now: datetime) -> Path:
    """A name that nothing has: `library.damaged-2026-11-30-1815.db`, or with a number."""
    stem = f"{path.stem}.damaged-{now:%Y-%m-%d-%H%M}"
    number = 1
    while True:
        found = path.with_name(f"{stem}{f'-{number}' if number > 1 else ''}{path.suffix}")
        if not any(os.path.lexists(found.with_name(found.name + ending)) for ending in _BESIDE):
            return found
        number += 1

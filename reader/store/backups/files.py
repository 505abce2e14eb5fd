"""The folder of a library's backups: how its files are named, which there are, and which of them have had their day.

Knows no SQLite but the header of its files (https://www.sqlite.org/fileformat.html, section 1.3).
"""

import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from reader.store.library_file.header import LENGTH, version_in

DAY = 86_400
"""Seconds."""

PART = ".newsstand-backup-"
"""How the name of a copy begins that is not whole yet; it ends in `.part`."""


class Kind(StrEnum):
    """Why a backup was made. Only AUTOMATIC and UPGRADE are ever pruned."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"
    UPGRADE = "before-upgrade"
    RESTORE = "before-restore"


PRUNED = frozenset((Kind.AUTOMATIC, Kind.UPGRADE))

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2}-\d{6})(?:-(automatic|before-upgrade|before-restore))?(?:-\d+)?\.db")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. `made_at` in UTC seconds, `size` in bytes; `version` is its schema's, None for no library of ours."""

    file: Path
    made_at: int
    size: int
    version: int | None
    kind: Kind


def folder_of(library: Path) -> Path:
    """Return the folder of a library's backups, which lies beside it; it need not be there. Pure."""
    return library.with_name(f"{library.name}.backups")


def name_of(kind: Kind, now: float, number: int = 1) -> str:
    """Return the name of a backup that is made now (UTC), the `number`-th of this second and kind. Pure."""
    parts = [f"{datetime.fromtimestamp(now, UTC):%Y-%m-%d-%H%M%S}"]
    parts += [kind.value] if kind is not Kind.MANUAL else []
    parts += [str(number)] if number > 1 else []
    return "-".join(parts) + ".db"


def listed(library: Path) -> list[Backup]:
    """Return the backups in the library's folder, newest first. OSError where the folder cannot be read.

    A file that was put there under another name counts as made by hand, at the time of its last change.
    """
    found = []
    with suppress(FileNotFoundError), os.scandir(folder_of(library)) as entries:
        for entry in entries:
            if entry.name.endswith(".db") and not entry.name.startswith(".") and entry.is_file(follow_symlinks=False):
                with suppress(OSError):  # it has gone meanwhile, or may not be read
                    found.append(described(Path(entry.path)))
    return sorted(found, key=lambda backup: (backup.made_at, backup.file.name), reverse=True)


def described(file: Path) -> Backup:
    """Return what name and header of a backup say. OSError where it cannot be read."""
    with file.open("rb") as stream:
        header, facts = stream.read(LENGTH), os.fstat(stream.fileno())
    named = _NAME.fullmatch(file.name)
    made_at, kind = int(facts.st_mtime), Kind.MANUAL
    if named:
        with suppress(ValueError):  # a day that no calendar has
            made_at = int(datetime.strptime(named[1], "%Y-%m-%d-%H%M%S").replace(tzinfo=UTC).timestamp())
            kind = Kind(named[2]) if named[2] else Kind.MANUAL
    return Backup(file, made_at, facts.st_size, version_in(header), kind)


def latest(backups: list[Backup], now: float) -> int | None:
    """Return when the newest backup that can be brought back was made, in UTC seconds; None for none. Pure.

    One from the future, made before the clock was set back, says nothing.
    """
    times = [backup.made_at for backup in backups if backup.version is not None and backup.made_at <= now + DAY]
    return max(times, default=None)


def prune(library: Path, keep: int, now: float, spare: Path) -> list[Path]:
    """Remove the oldest automatic backups but `keep`; return those removed. `spare` stays in any case.

    Those from the future count as the oldest: a clock that was wrong would keep them for ever. What cannot be removed
    stays, and so does whatever a person made or named.
    """
    own = [one for one in listed(library) if one.kind in PRUNED and one.file != spare]
    own.sort(key=lambda one: (one.made_at <= now + DAY, one.made_at))
    removed = []
    for backup in own[: max(0, len(own) + 1 - keep)]:
        with suppress(OSError):
            backup.file.unlink()
            removed.append(backup.file)
    remove_parts(folder_of(library), now)
    return removed


def remove_parts(folder: Path, now: float) -> None:
    """Remove copies that were begun more than a day ago and never finished: their process was killed."""
    for part in folder.glob(f"{PART}*.part"):
        with suppress(OSError):
            if abs(now - part.lstat().st_mtime) > DAY:
                part.unlink()


def is_regular(path: Path) -> bool:
    """Say whether there is a file of this name that is no link, folder or device. OSError where that is not known."""
    return stat.S_ISREG(path.lstat().st_mode)

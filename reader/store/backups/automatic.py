"""The backups that are made by themselves: before an upgrade, and where the last one is older than some days.

Never made where they would fill the disk.
"""

import logging
import shutil
import sqlite3
import threading
import time
from contextlib import suppress
from pathlib import Path

from reader.errors import LibraryError, NewsstandError
from reader.store.backups import files
from reader.store.backups.copying import StoppedError, make
from reader.store.backups.files import DAY, Backup, Kind
from reader.store.library_file import exclusive
from reader.words import library as library_words

_log = logging.getLogger("newsstand.store")

SPARE = 32_000_000
"""Bytes that stay free on the disk beside an automatic backup: what is marked next must find room."""


def make_due(library: Path, *, keep: int, days: int, now: float, stop: threading.Event | None = None) -> Backup | None:
    """Make a backup where the last one is `days` old or older (or there is none), and keep the newest `keep` of those
    made by themselves. Return it, or None where none was due or could be made: the log says why. Raises nothing.

    `keep` or `days` 0: none is ever made. May take seconds; `stop` ends it soon after it is set.
    """
    if not keep or not days:
        return None

    def is_made() -> bool:
        last = files.latest(files.listed(library), now)
        return last is not None and now - last < days * DAY

    try:
        if is_made() or not _has_room(library):
            return None
        begun = time.monotonic()
        made = make(library, now=now, kind=Kind.AUTOMATIC, stop=stop, unless=is_made)
        files.prune(library, keep, now, made.file)
    except StoppedError:
        return None
    except (NewsstandError, OSError, sqlite3.Error) as error:
        _log.warning("no backup was made: %s", error)
        return None
    _log.info("backup made in %.1f s: %s", time.monotonic() - begun, made.file)
    return made


def make_for_upgrade(library: Path, *, keep: int, now: float) -> Backup | None:
    """Make a backup of a library that is about to be upgraded; prune as `make_due` does. `keep` 0: none.

    It replaces earlier ones of the same version: their upgrades failed, and would fill the folder with one after the
    other. LibraryError where it cannot be made: the library must then not be upgraded.
    """
    if not keep:
        return None
    try:
        made = make(library, now=now, kind=Kind.UPGRADE)
    except (LibraryError, OSError) as error:
        raise LibraryError(library_words.no_backup_for_upgrade(error)) from error
    with suppress(OSError):
        for one in files.listed(library):
            if one.kind is Kind.UPGRADE and one.version == made.version and one.file != made.file:
                one.file.unlink()
        files.prune(library, keep, now, made.file)
    return made


def _has_room(library: Path) -> bool:
    sizes = [path.stat().st_size for path in (library, exclusive.wal_of(library)) if path.exists()]
    free = shutil.disk_usage(library.parent).free
    if free >= sum(sizes) + SPARE:
        return True
    _log.warning("no backup was made: too little room beside %s (%d bytes free)", library, free)
    return False

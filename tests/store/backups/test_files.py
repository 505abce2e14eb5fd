"""The names of backups, the list of them, and which of them go."""

import os
import sqlite3
from pathlib import Path

from reader.store.backups import files
from reader.store.backups.files import DAY, Kind
from reader.store.migrations import APPLICATION_ID
from tests.store.conftest import NOW


def add(library: Path, kind: Kind, when: float) -> Path:
    """A backup of that kind and time, with nothing in it."""
    folder = files.folder_of(library)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / files.name_of(kind, when)
    con = sqlite3.connect(path)
    con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    con.execute("PRAGMA user_version = 4")
    con.execute("CREATE TABLE t (x)")
    con.close()
    return path


def test_a_name_says_when_and_why(path: Path) -> None:
    for at, kind in enumerate(Kind):
        for number in (1, 2, 11):
            made = add(path, Kind.MANUAL, NOW - DAY)
            file = made.rename(made.with_name(files.name_of(kind, NOW + at, number)))
            found = files.described(file)
            assert (found.made_at, found.kind, found.version) == (NOW + at, kind, 4)


def test_the_list_is_newest_first_and_has_what_a_person_put_there(path: Path) -> None:
    assert files.listed(path) == []
    first, second = add(path, Kind.AUTOMATIC, NOW), add(path, Kind.MANUAL, NOW + 60)
    third = add(path, Kind.UPGRADE, NOW + 120).rename(first.with_name("before the big move.db"))
    os.utime(third, (NOW + 120, NOW + 120))
    (first.parent / "notes.db").write_text("no library")
    os.utime(first.parent / "notes.db", (NOW + 180, NOW + 180))
    (first.parent / "readme.txt").write_text("no backup")
    (first.parent / "link.db").symlink_to(first)
    (first.parent / "2023-13-41-000000-automatic.db").mkdir()
    assert [(one.file.name, one.kind, one.version) for one in files.listed(path)] == [
        ("notes.db", Kind.MANUAL, None),
        ("before the big move.db", Kind.MANUAL, 4),
        (second.name, Kind.MANUAL, 4),
        (first.name, Kind.AUTOMATIC, 4),
    ]


def test_a_date_that_no_calendar_has_is_a_name_like_any_other(path: Path) -> None:
    odd = add(path, Kind.AUTOMATIC, NOW).rename(files.folder_of(path) / "2023-13-41-000000-automatic.db")
    os.utime(odd, (NOW, NOW))
    assert (files.described(odd).made_at, files.described(odd).kind) == (NOW, Kind.MANUAL)


def test_the_oldest_automatic_ones_go_and_no_other(path: Path) -> None:
    kept = [add(path, kind, NOW - 90 * DAY) for kind in (Kind.MANUAL, Kind.RESTORE)]
    named = add(path, Kind.AUTOMATIC, NOW - 80 * DAY).rename(files.folder_of(path) / "mine.db")
    own = [add(path, (Kind.AUTOMATIC, Kind.UPGRADE)[n % 2], NOW - (60 - n * 7) * DAY) for n in range(5)]
    new = add(path, Kind.AUTOMATIC, NOW)
    assert files.prune(path, 3, NOW, new) == own[:3]
    assert {one.file for one in files.listed(path)} == {*kept, named, *own[3:], new}


def test_one_from_the_future_goes_first_and_the_new_one_never(path: Path) -> None:
    """The clock was a year ahead, and is right again."""
    wrong = [add(path, Kind.AUTOMATIC, NOW + (365 + n) * DAY) for n in range(3)]
    assert files.latest(files.listed(path), NOW) is None
    new = add(path, Kind.AUTOMATIC, NOW)
    assert files.prune(path, 3, NOW, new) == wrong[:1]
    assert files.latest(files.listed(path), NOW) == NOW


def test_what_a_killed_process_left_goes_after_a_day(path: Path) -> None:
    folder = add(path, Kind.MANUAL, NOW).parent
    old, young, other = (folder / name for name in (".newsstand-backup-1.part", ".newsstand-backup-2.part", "x.part"))
    for part in (old, young, other):
        part.write_text("half")
        os.utime(part, (NOW, NOW))
    os.utime(old, (NOW - 2 * DAY, NOW - 2 * DAY))
    files.remove_parts(folder, NOW)
    assert not old.exists()
    assert young.exists()
    assert other.exists()

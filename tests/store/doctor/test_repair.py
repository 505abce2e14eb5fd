"""Repair of what no command makes any more: a damaged library of an older version, or one that says it is."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.store import Library, View, backups, migrations
from reader.store.doctor.check import check
from reader.store.doctor.repair import repair
from tests import ROOT
from tests.store.doctor.made_library import make_library
from tests.store.migrations.old_libraries import VERSIONS, old_library


def test_a_damaged_library_of_the_first_version_becomes_one_of_ours_with_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as con:
        con.executescript((ROOT / "tests/store/schema_1.sql").read_text(encoding="utf-8"))
        con.execute("PRAGMA application_id = 0x4E455753")
        con.execute("PRAGMA user_version = 1")
        con.execute("BEGIN")
        con.execute(
            "INSERT INTO sources (url, title, kind, position, added_at) "
            "VALUES ('https://gull.example/rss', 'The Gull', 'feed', 1, 1)"
        )
        for page in range(1, 1500):
            con.execute("INSERT INTO pages (id, url, time) VALUES (?, ?, 1)", (page, f"http://gull.example/{page}"))
            con.execute("INSERT INTO statuses (page, starred_at) VALUES (?, 5)", (page,))
            con.execute("INSERT INTO aliases VALUES (?, ?, 'link')", (f"http://gull.example/{page}", page))
        con.execute("COMMIT")
    path.write_bytes(path.read_bytes()[: -3 * 4096] + bytes(3 * 4096))
    assert [finding.kind for finding in check(path)] == ["integrity"]
    done = repair(path, datetime(2026, 11, 30, 18, 5, tzinfo=UTC))
    assert done.kept.name == "library.damaged-2026-11-30-1805.db"
    assert check(path) == ()
    with Library.open(path) as library:
        assert len(library.listing(View("starred"))) == 1499
        assert [source.title for source in library.sources()] == ["The Gull"]


NOW = datetime(2026, 11, 30, 18, 5, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    make_library(path, entries=60, sources=4)
    return path


def put(path: Path, at: int, value: bytes) -> None:
    data = bytearray(path.read_bytes())
    data[at : at + len(value)] = value
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("at", "value", "kind"),
    [
        (60, b"\xff", "header"),
        (60, b"\x80", "header"),
        (60, b"\x01", "header"),
        (60, bytes(4), "header"),
        (63, bytes((migrations.VERSION - 1,)), "version"),
        (63, b"\x01", "version"),
        (18, b"\x4d", "header"),
    ],
    ids=["negative", "least", "huge", "none", "former", "first", "format"],
)
def test_a_wrong_number_in_the_head_is_damage_which_is_read_told_and_repaired(
    path: Path, at: int, value: bytes, kind: str
) -> None:
    with Library.open(path) as library:
        starred = len(library.listing(View("starred")))
    assert starred
    put(path, at, value)
    before = path.read_bytes()
    for _ in range(3):
        with Library.open(path) as library:
            assert library.damaged
            assert len(library.listing(View("starred"))) == starred
            with pytest.raises(LibraryError, match=r"newsstand.* doctor"):
                library.star([1])
    assert path.read_bytes() == before
    assert backups.listed(path) == []
    assert [finding.kind for finding in check(path)] == [kind]
    repair(path, NOW)
    assert check(path) == ()
    with Library.open(path) as library:
        assert not library.damaged
        assert len(library.listing(View("starred"))) == starred
        library.star([1])


def test_a_head_that_sqlite_cannot_read_is_said_to_be_damaged_and_repaired(path: Path) -> None:
    put(path, 19, b"\x4d")
    with pytest.raises(LibraryError, match=r"damaged.*newsstand.* doctor"):
        Library.open(path)
    assert [finding.kind for finding in check(path)] == ["header"]
    repair(path, NOW)
    assert check(path) == ()


@pytest.mark.parametrize("version", VERSIONS)
def test_the_tables_say_of_which_version_a_library_is(version: int, tmp_path: Path) -> None:
    path = old_library(tmp_path / "library.db", version)
    with closing(sqlite3.connect(path, isolation_level=None)) as con:
        for said in range(migrations.VERSION + 1):
            con.execute(f"PRAGMA user_version = {said}")
            assert migrations.version_by_tables(con) == version


@pytest.mark.parametrize("version", [one for one in VERSIONS if one < migrations.VERSION])
def test_an_old_library_that_says_it_is_of_ours_is_found_and_upgraded_by_the_repair(
    version: int, tmp_path: Path
) -> None:
    path = old_library(tmp_path / "library.db", version)
    put(path, 60, migrations.VERSION.to_bytes(4))
    assert [finding.kind for finding in check(path)] == ["version"]
    repair(path, NOW)
    assert check(path) == ()
    sound = old_library(tmp_path / "sound.db", version)
    with Library.open(sound) as one, Library.open(path) as other:
        assert [row.enclosures for row in one.entries()] == [row.enclosures for row in other.entries()]
        assert one.listing(View("starred")) == other.listing(View("starred"))


def test_a_schema_is_asked_for_tables_alone(tmp_path: Path) -> None:
    path, other = old_library(tmp_path / "library.db", 1), tmp_path / "other.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as con:
        con.execute("PRAGMA writable_schema = ON")
        con.execute("INSERT INTO sqlite_master VALUES ('table', 'x', 'x', 0, ?)", (f"ATTACH '{other}' AS x",))
        assert migrations.version_by_tables(con) == 1
    assert not other.exists()

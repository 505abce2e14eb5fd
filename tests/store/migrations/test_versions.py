"""A library of every version so far opens in today's, with all that was in it; one whose upgrade fails is as it was.

The upgrade fails by its own fault, by a kill at any moment, and on a full disk.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.store import Library, View, backups, migrations
from tests import ROOT, present
from tests.store.conftest import Clock
from tests.store.migrations.old_libraries import HERE, VERSIONS, content, old_library
from tests.store.migrations.test_steps import shape

NEWEST = 8
"""The newest version that has a fixture. When the next is released, `make.py` makes one of this, and this grows."""


def test_every_version_so_far_has_a_library() -> None:
    assert list(range(1, NEWEST + 1)) == VERSIONS
    assert migrations.VERSION >= NEWEST
    for version in VERSIONS:
        assert f"PRAGMA user_version = {version};" in (HERE / f"{version}.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_of_it_is_lost_and_its_schema_is_today_s(version: int, path: Path, tmp_path: Path) -> None:
    before = content(old_library(path, version))
    Library.open(path).close()
    after = content(path)
    changed = {table for table in before if before[table] != after[table]}
    assert changed <= ({"aliases", "articles", "entries", "facts"} if version < 3 else {"facts"})
    assert {table: len(rows) for table, rows in before.items()} == {table: len(rows) for table, rows in after.items()}
    con = sqlite3.connect(tmp_path / "fresh.db", isolation_level=None)
    migrations.migrate(con)
    con.close()
    assert shape(path) == shape(tmp_path / "fresh.db")
    con = sqlite3.connect(path)
    assert con.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert con.execute("PRAGMA foreign_key_check").fetchall() == []
    con.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_read_marked_and_undone_as_ever(version: int, path: Path, clock: Clock) -> None:
    clock.now = 1_700_100_000
    with Library.open(old_library(path, version), clock=clock, who="reader") as library:
        assert {source.title: source.folder for source in library.sources()} == {
            "The Tern": "Coast",
            "Notes of the Mill": None,
        }
        mill = present(library.source_by_url("http://mill.example/feed"))
        assert (present(mill.failure).status, mill.tries) == (503, 0 if version == 1 else 1)
        rows = {row.title: row for row in library.entries()}
        assert {title for title, row in rows.items() if row.read} == {
            "The terns are back",
            "The bar has moved",
            "The race is dry",
        }
        starred = library.rows(library.listing(View("starred")).pages).values()
        assert {row.title for row in starred} == {"The terns are back", "The crane leaves"}
        assert {title for title, row in rows.items() if row.saved} == {"A song of the bar"}
        assert [file.url for file in rows["A song of the bar"].enclosures] == ["https://tern.example/song.ogg"]
        back = rows["The terns are back"].page
        assert library.status(back).reading_position == 1
        story = present(library.article(back))
        assert story.markdown.endswith("'at last'.")
        assert (story.authors, story.figures[0].caption, story.links[0].title) == (("Ada Quill",), "A tern", "The bar")
        assert library.page_of("http://mill.example/wheel") == rows["A new wheel"].page
        assert library.recall("measure") == "70"
        undone = [present(library.undo()).act for _ in range(3)]  # of the Newsstand of then
        assert undone == ["read", "remove", "rename"]
        assert {source.title for source in library.sources()} == {"The Tern", "Mill Notes", "The Quay"}
        assert "The crane leaves" in [row.title for row in library.entries()]
        library.mark_read(library.listing(View("unread")).pages)
        assert len(library.listing(View("unread"))) == 0


@pytest.mark.parametrize("version", [one for one in VERSIONS if one < migrations.VERSION])
def test_before_the_upgrade_a_copy_is_made_of_the_library_as_it_was(version: int, path: Path) -> None:
    before = content(old_library(path, version))
    Library.open(path).close()
    (backup,) = backups.listed(path)
    assert (backup.kind, backup.version) == (backups.Kind.UPGRADE, version)
    assert content(backup.file) == before
    Library.open(path).close()
    assert len(backups.listed(path)) == 1


def test_no_copy_is_made_where_the_settings_want_none(path: Path) -> None:
    Library.open(old_library(path, 1), backups=lambda: 0).close()
    assert [file.name for file in path.parent.iterdir()] == ["library.db"]


def test_where_no_copy_can_be_made_the_library_is_not_upgraded(path: Path) -> None:
    old_library(path, 1)
    backups.folder_of(path).write_text("in the way")
    before = path.read_bytes()
    with pytest.raises(LibraryError, match=r"library\.db.*no backup could be made before its upgrade"):
        Library.open(path)
    assert path.read_bytes() == before


def test_an_upgrade_that_fails_in_its_last_step_leaves_the_first_version(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(old_library(path, 1))
    last = migrations.VERSION
    broken = (migrations.MIGRATIONS[last], "DELETE FROM statuses;", "UPDATE nowhere SET x = 1;")
    monkeypatch.setitem(migrations.MIGRATIONS, last, "\n".join(broken))
    with pytest.raises(LibraryError, match="SQLITE_ERROR"):
        Library.open(path)
    con = sqlite3.connect(path)
    assert con.execute("PRAGMA user_version").fetchone() == (1,)
    con.close()
    assert content(path) == before


def test_an_upgrade_that_fails_again_and_again_leaves_one_copy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old_library(path, 1)
    last = migrations.VERSION
    broken = (migrations.MIGRATIONS[last], "UPDATE nowhere SET x = 1;")
    monkeypatch.setitem(migrations.MIGRATIONS, last, "\n".join(broken))
    for _ in range(4):
        with pytest.raises(LibraryError, match=r"SQLITE_ERROR.*newsstand.* doctor"):
            Library.open(path)
    (copy,) = backups.listed(path)
    assert (copy.kind, copy.version) == (backups.Kind.UPGRADE, 1)


UPGRADE = """
    import sqlite3, sys
    from pathlib import Path
    from reader.store import Library, migrations
    newest = max(migrations.MIGRATIONS)
    slow = '''
        CREATE TABLE slow (x);
        WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 400000)
            INSERT INTO slow SELECT randomblob(60) FROM n;
        DROP TABLE slow;
        UPDATE statuses SET read_at = NULL;
    '''
    migrations.MIGRATIONS[newest] += slow
    migrations.MIGRATIONS[2] += slow.replace("UPDATE statuses SET read_at = NULL;", "")
    print("begun", flush=True)
    try:
        Library.open(Path(sys.argv[1]), backups=lambda: 0).close()
    except Exception as error:
        sys.exit(type(error).__name__)
"""
"""An upgrade that takes about a second: two of its steps do much work that leaves nothing."""


def kill_in_the_midst(path: Path, after: float) -> bool:
    """Upgrade in a process that is killed so many seconds after it began; say whether it was still at work."""
    command = [sys.executable, "-c", textwrap.dedent(UPGRADE), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}) as it:
        assert present(it.stdout).readline() == b"begun\n"
        time.sleep(after)  # a moment, not an act: anywhere within the upgrade
        it.send_signal(signal.SIGKILL)
        return it.wait() == -signal.SIGKILL


def is_as_it_was_or_upgraded(path: Path, before: dict[str, list[tuple[object, ...]]]) -> int:
    """Check a library whose upgrade was cut off, and return its version."""
    con = sqlite3.connect(path)
    number = int(con.execute("PRAGMA user_version").fetchone()[0])
    assert con.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    con.close()
    if number == 1:
        assert content(path) == before
    else:
        assert number == migrations.VERSION
    return number


def test_an_upgrade_that_is_killed_leaves_the_library_as_it_was(path: Path) -> None:
    before = content(old_library(path, 1))
    for after in (0.05, 0.25, 0.5):
        assert kill_in_the_midst(path, after)
        assert is_as_it_was_or_upgraded(path, before) == 1
    with Library.open(path) as library:
        assert len(library.sources()) == 2

"""A library of an older Newsstand is brought here step by step, whole or not at all."""

import sqlite3
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.store import Library, migrations
from tests.store.conftest import Clock
from tests.store.sample_library import SampleLibrary, story


def shape(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the columns of every table and of every index; SQLite writes their text in its own way."""
    con = sqlite3.connect(path)
    names = con.execute("SELECT name, type FROM sqlite_master ORDER BY name").fetchall()
    found = {name: con.execute(f"PRAGMA {kind}_xinfo({name})").fetchall() for name, kind in names}
    con.close()
    return found


def test_the_schema_comes_to_the_same_from_every_version(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    con = sqlite3.connect(path, isolation_level=None)
    con.executescript(Path(__file__).with_name("schema_1.sql").read_text(encoding="utf-8"))
    con.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
    con.execute("PRAGMA user_version = 1")
    con.close()
    Library.open(path).close()
    con = sqlite3.connect(tmp_path / "fresh.db", isolation_level=None)
    migrations.migrate(con)
    con.close()
    assert shape(path) == shape(tmp_path / "fresh.db")
    assert set(migrations.MIGRATIONS) == set(range(2, migrations.VERSION + 1))


def test_the_schema_is_commented_and_splits_into_its_statements() -> None:
    script = migrations.schema()
    made = list(migrations.statements(script))
    assert len(made) == script.count("CREATE ")
    assert script.count("--") > 40


@pytest.fixture
def old(path: Path, clock: Clock) -> Path:
    """A library of this version, with a read story in it."""
    with SampleLibrary(path, clock) as sample:
        sample.lists(sample.subscribe(), story("a"), story("b"))
        sample.library.mark_read([sample.page("a")])
    return path


def test_steps_are_taken_in_order_and_marks_live_through_them(
    old: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = migrations.VERSION
    steps = {
        now + 1: "ALTER TABLE sources ADD COLUMN weather TEXT; UPDATE sources SET weather = 'rain; wind';",
        now + 2: "UPDATE sources SET weather = weather || ', sun';",
    }
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    monkeypatch.setattr(migrations, "VERSION", now + 2)
    with SampleLibrary(old, clock) as sample:
        assert sample.titles() == ["Story b"]
        weather = sample.library._db.read(lambda con: con.execute("SELECT weather FROM sources").fetchone()[0])
        assert weather == "rain; wind, sun"
    with SampleLibrary(old, clock) as sample:
        assert sample.library._db.read(migrations.version) == now + 2


def test_a_step_that_fails_leaves_the_library_as_it_was(
    old: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = migrations.VERSION
    steps = {now + 1: "UPDATE statuses SET read_at = NULL; UPDATE nowhere SET x = 1;"}
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "MIGRATIONS", steps)
        patched.setattr(migrations, "VERSION", now + 1)
        with pytest.raises(LibraryError, match="nowhere"):
            Library.open(old)
    with SampleLibrary(old, clock) as sample:
        assert sample.titles() == ["Story b"]
        assert sample.library._db.read(migrations.version) == now

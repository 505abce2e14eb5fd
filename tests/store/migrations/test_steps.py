"""A library of an older Newsstand is brought here step by step, whole or not at all."""

import json
import sqlite3
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.models import Enclosure
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
    con.executescript((Path(__file__).parents[1] / "schema_1.sql").read_text(encoding="utf-8"))
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


def test_the_one_enclosure_of_an_entry_becomes_the_first_of_all(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SampleLibrary(path, clock) as sample:
        sample.lists(sample.subscribe(), story("a"), story("b"), story("c"))
    con = sqlite3.connect(path, isolation_level=None)
    con.execute("ALTER TABLE entries RENAME COLUMN attachments TO enclosure")
    kept = json.dumps({"url": "https://harbour.example/a.mp3", "type": "audio/mpeg", "length": 12})
    con.execute("UPDATE entries SET enclosure = ? WHERE link LIKE '%/a.html'", (kept,))
    con.execute("UPDATE entries SET enclosure = 'torn' WHERE link LIKE '%/b.html'")
    con.execute("PRAGMA user_version = 3")
    con.close()
    monkeypatch.setattr(migrations, "VERSION", 4)  # what comes later is in the file already
    with SampleLibrary(path, clock) as sample:
        found = {row.title: row.enclosures for row in sample.library.entries()}
    sound = Enclosure("https://harbour.example/a.mp3", "audio/mpeg", 12)
    assert found == {"Story a": (sound,), "Story b": (), "Story c": ()}


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
    steps = {
        migrations.VERSION
        + 1: "ALTER TABLE sources ADD COLUMN weather TEXT; UPDATE sources SET weather = 'rain; wind';",
        migrations.VERSION + 2: "UPDATE sources SET weather = weather || ', sun';",
    }
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    monkeypatch.setattr(migrations, "VERSION", newest := max(steps))
    with SampleLibrary(old, clock) as sample:
        assert sample.titles() == ["Story b"]
        weather = sample.library._db.read(lambda con: con.execute("SELECT weather FROM sources").fetchone()[0])
        assert weather == "rain; wind, sun"
    with SampleLibrary(old, clock) as sample:
        assert sample.library._db.read(migrations.version) == newest


def test_a_step_that_fails_leaves_the_library_as_it_was(
    old: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = migrations.VERSION
    new = "CREATE TABLE tides (height REAL);"
    failing = "".join((new, "UPDATE statuses SET read_at = NULL;", "UPDATE nowhere SET x = 1;"))
    ours = migrations.schema() + new
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "schema", lambda: ours)
        patched.setitem(migrations.MIGRATIONS, here + 1, failing)
        patched.setattr(migrations, "VERSION", here + 1)
        with pytest.raises(LibraryError, match="SQLITE_ERROR"):
            Library.open(old)
    with SampleLibrary(old, clock) as sample:
        assert sample.titles() == ["Story b"]
        assert sample.library._db.read(migrations.version) == here


def test_pages_that_http_and_https_kept_apart_become_one_with_the_next_refresh(path: Path, clock: Clock) -> None:
    """Version 2 made two pages of one address. The older was starred and kept, the younger read; undo still works."""
    path.parent.mkdir(exist_ok=True)
    con = sqlite3.connect(path, isolation_level=None)
    con.executescript((Path(__file__).parents[1] / "schema_1.sql").read_text(encoding="utf-8"))
    con.executescript(
        """
        INSERT INTO sources (id, url, title, kind, home, position, added_at)
            VALUES (1, 'https://heron.example/rss', 'Heron', 'feed', 'https://heron.example/', 0, 1);
        INSERT INTO pages (id, url, time, entry, listed, unread) VALUES
            (1, 'http://heron.example/geese', 1, 1, 1, 1), (2, 'https://heron.example/geese', 2, 2, 1, 0),
            (3, 'http://heron.example/mill', 3, 3, 1, 1), (4, 'http://heron.example/notes', 4, 4, 1, 1),
            (5, 'https://heron.example/notes', 5, 5, 1, 1);
        INSERT INTO aliases VALUES
            ('http://heron.example/geese', 1, 'link'), ('https://heron.example/geese', 2, 'link'),
            ('http://heron.example/mill', 3, 'link'), ('http://heron.example/notes', 4, 'link'),
            ('https://heron.example/notes', 5, 'link');
        INSERT INTO entries (id, source, guid, page, link, link_key, title, time, first_seen, digest) VALUES
            (1, 1, 'http://heron.example/geese', 1, 'http://heron.example/geese', 11, 'Geese', 1, 1, 'a'),
            (2, 1, 'https://heron.example/geese', 2, 'https://heron.example/geese', 12, 'Geese', 2, 2, 'b'),
            (3, 1, 'http://heron.example/mill', 3, 'http://heron.example/mill', 13, 'Mill', 3, 3, 'c'),
            (4, 1, 'n1', 4, 'http://heron.example/notes', 14, 'Notes of May', 4, 4, 'd'),
            (5, 1, 'n2', 5, 'https://heron.example/notes', 15, 'Notes of June', 5, 5, 'e');
        INSERT INTO listed VALUES
            (1, 1, 1, 1, 1), (1, 2, 2, 2, 0), (1, 3, 3, 3, 1), (1, 4, 4, 4, 1), (1, 5, 5, 5, 1);
        INSERT INTO articles
            (id, page, kept_at, hash, url, canonical_url, site, title, words, minutes, how, fields, markdown)
            VALUES (1, 1, 1, 'h', 'http://heron.example/geese', 'http://heron.example/geese', 'Heron', 'Geese', 2, 1,
                    'generic', '{"authors": [], "tags": [], "figures": [], "links": []}', 'They came.');
        UPDATE pages SET article = 1, kept_at = 1 WHERE id = 1;
        INSERT INTO statuses (page, read_at, starred_at) VALUES (1, NULL, 7), (2, 8, NULL);
        INSERT INTO acts (id, act, at, who, process, pages) VALUES
            (1, 'star', 7, 'reader', '0:x', 1), (2, 'read', 8, 'reader', '999999999:x', 1);
        INSERT INTO journal (act, page, property, old, new) VALUES
            (1, 1, 'starred_at', NULL, 7), (2, 2, 'read_at', NULL, 8);
        """
    )
    con.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
    con.execute("PRAGMA user_version = 1")
    con.close()
    with SampleLibrary(path, clock) as sample:
        source = sample.library.sources()[0]
        assert sample.library.page_of("https://heron.example/mill") == sample.library.page_of(
            "http://heron.example/mill"
        )
        sample.lists(source, story("geese", "Geese", paper="heron", link="https://heron.example/geese"))
        row = sample.library.row(2)
        assert row is not None
        assert (row.page, row.read, row.starred, row.kept) == (1, True, True, True)
        assert sample.library.row(1) == row
        assert sorted(sample.titles("source", source=1)) == ["Geese", "Mill", "Notes of June", "Notes of May"]
        undone = sample.library.undo()
        assert undone is not None
        assert undone.act == "read"
        assert sample.library.status(1).read_at is None
        assert sample.library.status(1).starred_at == 7
        journal = sample.library._db.read(lambda con: con.execute("SELECT count(*) FROM journal").fetchone()[0])
        assert journal > 2

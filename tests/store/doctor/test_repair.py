"""Repair of what no command makes any more: a damaged library of an older version."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from reader.store import Library, View
from reader.store.doctor.check import check
from reader.store.doctor.repair import repair
from tests import ROOT


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

"""Pages read without SQLite give the very rows that SQLite gives."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from reader.store.doctor.raw import PageFile, Record

LONG = "the tide table of the eleventh " * 900


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with a table of several pages, rows that run over, and a table without rowids."""
    path = tmp_path / "tides.db"
    con = sqlite3.connect(path, isolation_level=None)
    con.execute("CREATE TABLE tides (id INTEGER PRIMARY KEY, port TEXT, height REAL, at INTEGER, log BLOB, note TEXT)")
    con.execute("CREATE TABLE ports (name TEXT PRIMARY KEY, depth INTEGER) WITHOUT ROWID")
    con.execute("BEGIN")
    for n in range(1, 400):
        note = LONG[: n * 70] if n % 9 == 0 else None
        values = (n * 3 - 200, f"Cảng {n}", n / 8, n * 10 ** (n % 16) - 5, bytes(n % 50), note)
        con.execute("INSERT INTO tides VALUES (?, ?, ?, ?, ?, ?)", values)
        con.execute("INSERT INTO ports VALUES (?, ?)", (f"port {n:03} {'x' * (n % 90)}", n))
    con.execute("COMMIT")
    con.close()
    return path


def rows(path: Path, fields: int) -> list[Record]:
    return [record for page in PageFile(path).records() for record in page if len(record.fields) == fields]


def test_rows_are_those_that_sqlite_gives(path: Path) -> None:
    con = sqlite3.connect(path)
    asked = con.execute("SELECT * FROM tides ORDER BY id").fetchall()
    ports = con.execute("SELECT * FROM ports ORDER BY name").fetchall()
    con.close()
    found = sorted((record.rowid or 0, *record.fields[1:]) for record in rows(path, 6))
    assert found == asked
    assert all(record.whole for record in rows(path, 6))
    assert sorted(record.fields for record in rows(path, 2) if isinstance(record.fields[1], int)) == ports


def test_what_a_killed_program_left_in_the_log_is_read_up_to_its_last_transaction(path: Path) -> None:
    code = "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    code += "c.execute('PRAGMA journal_mode = WAL'); c.execute(\"UPDATE tides SET port = 'moved' WHERE id = 1\")\n"
    code += "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN'); c.execute(\"UPDATE tides SET port = 'never'\")\n"
    code += "os._exit(0)"
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    ports = {record.rowid: record.fields[1] for record in rows(path, 6)}
    assert ports[1] == "moved"
    assert "never" not in ports.values()


def test_a_row_whose_later_pages_are_lost_keeps_the_fields_before_them(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for start in range(0, len(data), 4096):
        if data[start] == 0:  # a page that a row runs over to
            data[start : start + 4096] = bytes(4096)
    path.write_bytes(data)
    broken = [record for record in rows(path, 5) if not record.whole]
    assert len(broken) > 10
    assert all(str(record.fields[1]).startswith("Cảng") for record in broken)


def test_deleted_rows_stay_deleted(path: Path) -> None:
    con = sqlite3.connect(path, isolation_level=None)
    con.execute("DELETE FROM tides")
    con.close()
    assert rows(path, 6) == []


@pytest.mark.parametrize("seed", range(20))
def test_noise_is_no_row_and_no_error(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "noise.db"
    path.write_bytes(b"\x0d".join(os.urandom(4095) for _ in range(8)))
    for page in PageFile(path).records():
        assert len(list(page)) < 20
    path.write_bytes(os.urandom(seed * 5))
    assert list(PageFile(path).records()) == []

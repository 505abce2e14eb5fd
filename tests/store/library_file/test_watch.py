"""The check of a library that is open."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.store.library_file.opening import library_errors
from reader.store.library_file.watch import BackgroundCheck, is_whole


def made(path: Path) -> Path:
    con = sqlite3.connect(path, isolation_level=None)
    con.execute("CREATE TABLE tides (id INTEGER PRIMARY KEY, note TEXT)")
    con.execute("CREATE INDEX notes ON tides(note)")
    con.execute("BEGIN")
    con.executemany("INSERT INTO tides (note) VALUES (?)", [(f"flood {n}",) for n in range(3000)])
    con.execute("COMMIT")
    con.close()
    return path


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, check_same_thread=False)


def check(path: Path) -> bool:
    found = threading.Event()
    running = BackgroundCheck(lambda: connect(path), found.set)
    running.wait()
    assert running.ended
    running.stop()
    return found.is_set()


def test_a_sound_file_is_well_and_a_damaged_one_is_found(tmp_path: Path) -> None:
    path = made(tmp_path / "tides.db")
    assert not check(path)
    data = path.read_bytes()
    path.write_bytes(data[:8192] + bytes(4096) + data[12288:])
    assert check(path)


def test_an_index_that_says_other_than_its_table_is_found_too(tmp_path: Path) -> None:
    path = made(tmp_path / "tides.db")
    data = bytearray(path.read_bytes())
    at = data.rindex(b"flood 17")
    data[at : at + 7] = b"flooD 1"
    path.write_bytes(data)
    con = connect(path)
    assert is_whole(con)
    con.close()
    assert check(path)


def test_a_sentence_of_sqlites_own_that_is_no_text_is_damage_too(tmp_path: Path) -> None:
    """Python raises UnicodeDecodeError then, in place of an error of SQLite."""
    path = made(tmp_path / "tides.db")
    data = path.read_bytes()
    path.write_bytes(data.replace(b"ON tides(note)", b"ON tid\xc4s(note)"))
    assert check(path)
    with pytest.raises(LibraryError, match="damaged"), library_errors(path), closing(connect(path)) as con:
        con.execute("SELECT note FROM tides")


def test_a_check_that_cannot_be_made_says_nothing(tmp_path: Path) -> None:
    def refuses() -> sqlite3.Connection:
        raise sqlite3.OperationalError("unable to open")

    found = threading.Event()
    running = BackgroundCheck(refuses, found.set)
    running.wait()
    running.stop()
    assert not found.is_set()

"""The libraries of former versions, as SQL beside this file: see `make.py`."""

import sqlite3
from pathlib import Path

HERE = Path(__file__).parent
VERSIONS = sorted(int(file.stem) for file in HERE.glob("*.sql"))


def old_library(path: Path, version: int) -> Path:
    """Make the library of a version at `path`, as its Newsstand left it; return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    con = sqlite3.connect(path, isolation_level=None)
    con.execute("PRAGMA journal_mode = WAL")
    con.executescript((HERE / f"{version}.sql").read_text(encoding="utf-8"))
    con.close()
    path.chmod(0o600)
    return path


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of a library, by table; of each row the columns that the first version had."""
    con = sqlite3.connect(path)
    con.execute("PRAGMA query_only = ON")
    first = sqlite3.connect(":memory:")
    first.executescript((HERE / "1.sql").read_text(encoding="utf-8"))
    found = {}
    for (table,) in first.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"):
        columns = [row[1] for row in first.execute(f"PRAGMA table_info({table})") if row[1] != "enclosure"]
        query = f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 # names of the schema
        found[table] = sorted(con.execute(query).fetchall(), key=repr)
    first.close()
    con.close()
    return found

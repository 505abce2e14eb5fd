"""How much of a library its connections keep in memory, however long it is open."""

from pathlib import Path

from reader.store.library_file.opening import LibraryFile

MOST = 8 * 1024
"""Kilobytes of all three together."""


def test_the_three_connections_keep_little_of_the_file_in_memory(tmp_path: Path) -> None:
    file = LibraryFile(tmp_path / "library.db", lambda: None)
    try:
        kept = [con.execute("PRAGMA cache_size").fetchone()[0] for con in (file.writer, file.reader, file.shared)]
    finally:
        file.close(damaged=False)
    assert all(size < 0 for size in kept), "in kilobytes, not in pages, whose size may change"
    assert -sum(kept) <= MOST

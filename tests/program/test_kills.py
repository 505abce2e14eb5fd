"""A small part of `tests/long/test_kills.py`: killed at any moment, a process takes nothing acknowledged with it."""

from pathlib import Path

from reader.store import Library
from tests.fetch.scripted_server import Server
from tests.program.kills import kill, make_papers


def test_nothing_acknowledged_is_lost_when_a_process_is_killed(tmp_path: Path, server: Server) -> None:
    path = tmp_path / "library.db"
    counts = kill(path, ("refresh", "mark"), make_papers(server), 3, seed=3)
    assert counts["kill of refresh"]
    assert counts["kill of mark"]
    with Library.open(path, who="reader") as library:
        assert library.undo() is not None


def test_no_source_and_nothing_starred_is_lost_while_others_change_and_prune(tmp_path: Path) -> None:
    counts = kill(tmp_path / "library.db", ("change", "prune"), (), 3, seed=4)
    assert counts["change"] >= 3
    assert counts["prune"] >= 3

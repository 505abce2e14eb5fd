"""`newsstand prune`: what it says, what it takes, and what it refuses."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from reader.cli.group import newsstand
from reader.errors import Misuse
from tests.store.conftest import Clock
from tests.store.sample_library import SampleLibrary, story, text


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of a year and more ago: two stories read then, one of them kept, and one starred."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = tmp_path / "library.db"
    with SampleLibrary(path, Clock()) as sample:
        sample.lists(sample.subscribe(), story("a"), story("b"), story("c"))
        page = sample.library.keep_article(sample.page("a"), text("https://harbour.example/a.html", "Story a"))
        sample.library.mark_read([page, sample.page("b")])
        sample.library.star([sample.page("c")])
    return path


def run(path: Path, *arguments: str) -> str:
    done = CliRunner().invoke(newsstand, ["--library", str(path), *arguments], standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.output


def entries(path: Path) -> int:
    con = sqlite3.connect(path)
    count: int = con.execute("SELECT count(*) FROM entries").fetchone()[0]
    con.close()
    return count


def test_a_dry_run_says_it_by_source_and_takes_nothing(path: Path) -> None:
    said = run(path, "prune", "--dry-run")
    assert "Harbour  1 kept story  2 headlines" in said
    assert "Would remove 1 kept story and 2 headlines" in said
    assert entries(path) == 3


def test_what_goes_is_said_in_json_too(path: Path) -> None:
    done = json.loads(run(path, "prune", "--json"))
    assert (done["dry_run"], done["articles"], done["entries"], done["over"]) == (False, 1, 2, 0)
    assert done["sources"] == [{"source": 1, "title": "Harbour", "articles": 1, "entries": 2, "bytes": done["bytes"]}]
    assert entries(path) == 1
    assert "Nothing to remove" in run(path, "prune")


def test_a_source_has_bounds_of_its_own(path: Path) -> None:
    run(path, "set", "1", "--keep-days", "0", "--keep-megabytes", "50")
    assert "Nothing to remove" in run(path, "prune")
    source = json.loads(run(path, "sources", "--json"))
    assert (source["keep_days"], source["keep_megabytes"]) == (0, 50)
    assert 'keep-days="0"' in run(path, "export")
    run(path, "set", "1", "--keep-days", "default")
    assert "Removed" in run(path, "prune")


@pytest.mark.parametrize("days", ["-1", "36501", "many"])
def test_days_that_are_none_are_refused(path: Path, days: str) -> None:
    with pytest.raises(Misuse, match="--keep-days"):
        run(path, "set", "1", f"--keep-days={days}")


def test_a_file_is_compacted_not_only_said_to_be(path: Path) -> None:
    with pytest.raises(Misuse, match="exclude each other"):
        run(path, "prune", "--dry-run", "--compact")
    run(path, "prune", "--compact")
    assert entries(path) == 1


def test_undo_says_what_is_gone(path: Path) -> None:
    with SampleLibrary(path, Clock(), who="cli") as sample:
        sample.library.edit_source(1, keep_days=36500)
        sample.library.mark_read([row.page for row in sample.view("source", source=1)], read=False)
        sample.library.edit_source(1, keep_days=None)
        sample.library.undo()
    config = path.parent / "config" / "newsstand" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[keep]\ndays = 36500\n", encoding="utf-8")
    run(path, "set", "1", "--keep-days", "1")
    run(path, "prune")
    run(path, "undo")
    assert "2 more are no longer in the library and stay as they are." in run(path, "undo")


def test_a_pruned_library_is_well(path: Path) -> None:
    run(path, "prune")
    assert run(path, "doctor") == f"The library {path} is well.\n"

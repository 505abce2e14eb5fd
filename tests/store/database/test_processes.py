"""Two processes on one library: what one does, the other sees at its next look, and says who did it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ROOT, add_source
from tests.store.journal_rows import changed_since, last_journal_id
from tests.store.sample_library import SampleLibrary, story

OTHER = """
import sys
from pathlib import Path
from reader.models import Entry, NewSource
from reader.store import FeedChanges, Library

with Library.open(Path(sys.argv[1]), who="cli") as library:
    print("open", flush=True)
    for line in sys.stdin:
        eval(line)
        print("done", flush=True)
"""


class Other:
    """A second process that has the library open all the while, and does what it is told."""

    def __init__(self, path: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", OTHER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        self._answers("open")

    def does(self, act: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{act}\n")
        self._process.stdin.flush()
        self._answers("done")

    def _answers(self, word: str) -> None:
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == f"{word}\n"

    def ends(self) -> None:
        with self._process as process:
            assert process.stdin is not None
            process.stdin.close()


@pytest.fixture
def other(sample: SampleLibrary, path: Path) -> Iterator[Other]:
    gull = add_source(sample.library, "https://gull.example/rss", "Gull")
    sample.lists(gull, story("a", paper="gull"), story("b", paper="gull"))
    other = Other(path)
    yield other
    other.ends()


ACTS = {
    "add": ('library.add_sources([NewSource("https://lamp.example/rss", "Lamp", folder="Light")])', {"removed_at"}),
    "edit": ('library.edit_source(1, title="The Gull", stories=5, feed_text=True)', {"title", "stories", "feed_text"}),
    "rename": ('library.rename_source(1, "The Gull")', {"title"}),
    "move": ('library.move_source(1, "Sea/North")', {"folder"}),
    "remove": ("library.remove_source(1)", {"removed_at"}),
}


@pytest.mark.parametrize("kind", ACTS)
def test_what_another_process_does_with_a_source_is_seen_at_one_look(
    sample: SampleLibrary, other: Other, kind: str
) -> None:
    act, properties = ACTS[kind]
    last, version = last_journal_id(sample.library), sample.library.data_version()
    before = sample.library.sources()
    other.does(act)
    assert sample.library.data_version() != version
    changes = changed_since(sample.library, last)
    assert {change.kind for change in changes} == {kind}
    assert len({change.act for change in changes}) == 1
    assert properties <= {change.property for change in changes} <= properties | {"position"}
    assert {(change.own, change.page) for change in changes} == {(False, None)}
    after = sample.library.sources()
    assert after != before
    assert {change.source for change in changes} <= {source.id for source in (*before, *after)}
    assert changed_since(sample.library, changes[-1].id) == []


def test_what_it_marks_is_seen_at_one_look_and_what_it_takes_back(sample: SampleLibrary, other: Other) -> None:
    page = sample.page("a", "gull")
    for act, name in (("mark_read", "read_at"), ("star", "starred_at"), ("save", "saved_at")):
        for how, kind in ((f"library.{act}([{page}])", None), ("library.undo()", "undo"), ("library.redo()", "redo")):
            last, version = last_journal_id(sample.library), sample.library.data_version()
            other.does(how)
            assert sample.library.data_version() != version
            (change,) = changed_since(sample.library, last)
            assert (change.page, change.property, change.own) == (page, name, False)
            assert change.kind == (kind or name.removesuffix("_at").replace("starred", "star").replace("saved", "save"))
            assert (getattr(sample.library.status(page), name) is not None) is (kind != "undo")


def test_headlines_that_it_brings_are_seen_though_they_are_no_act(sample: SampleLibrary, other: Other) -> None:
    version, counted = sample.library.data_version(), sample.library.counts(today=0).unread
    entry = story("c", paper="gull")
    made = f"Entry(guid={entry.guid!r}, link={entry.link!r}, title={entry.title!r})"
    other.does(f"library.keep_feed(1, FeedChanges(new=({made},)), now=9)")
    assert sample.library.data_version() != version
    assert sample.library.counts(today=0).unread == counted + 1


def test_nothing_is_seen_where_nothing_was_done(sample: SampleLibrary, other: Other) -> None:
    last, version = last_journal_id(sample.library), sample.library.data_version()
    other.does('library.rename_source(1, "Gull")')
    other.does('library.add_sources([NewSource("https://gull.example/rss", "Gull")])')
    other.does("library.sources()")
    assert changed_since(sample.library, last) == []
    assert sample.library.data_version() == version


def test_each_takes_back_only_its_own_while_both_are_open(sample: SampleLibrary, other: Other) -> None:
    other.does('library.rename_source(1, "Theirs")')
    sample.library.move_source(1, "Ours")
    other.does("library.undo()")
    source = sample.library.source(1)
    assert source is not None
    assert (source.title, source.folder) == ("Gull", "Ours")
    undone = sample.library.undo()
    assert undone is not None
    assert undone.act == "move"
    source = sample.library.source(1)
    assert source is not None
    assert source.folder is None

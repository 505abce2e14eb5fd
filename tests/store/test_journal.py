"""Every act can be taken back, by whoever did it, also tomorrow; nobody takes back another's."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from reader.models import NewSource, Source
from tests import present
from tests.store.conftest import Clock
from tests.store.journal_rows import changed_since, last_journal_id
from tests.store.sample_library import SampleLibrary, story


@pytest.fixture
def paper(sample: SampleLibrary) -> Source:
    source = sample.subscribe()
    sample.lists(source, *(story(str(n)) for n in range(5)))
    return source


def pages(sample: SampleLibrary) -> list[int]:
    return [row.page for row in sample.view("source", source=1)]


def test_acts_are_taken_back_and_done_again_in_order(sample: SampleLibrary, paper: Source, clock: Clock) -> None:
    one, two, *_ = pages(sample)
    sample.library.mark_read([one])
    sample.library.star([one, two])
    sample.library.save([two])
    walked = [present(sample.library.undo()).act for _ in range(3)]
    assert walked == ["save", "star", "read"]
    assert all(sample.library.status(page) == sample.library.status(404) for page in (one, two))
    clock.tick()
    assert [present(sample.library.redo()).act for _ in range(3)] == ["read", "star", "save"]
    assert sample.library.redo() is None
    assert sample.library.status(two).starred_at == int(clock.now) - 60
    assert sample.library.status(one).starred_at == int(clock.now) - 60


def test_all_read_is_one_act_over_those_that_were_unread(sample: SampleLibrary, paper: Source) -> None:
    everything = pages(sample)
    sample.library.mark_read(everything[:2])
    act = sample.library.mark_read(everything)
    assert act.pages == 3
    assert sample.titles() == []
    assert sample.library.undo() == act
    assert len(sample.titles()) == 3


def test_an_act_that_changes_nothing_is_not_written_down(sample: SampleLibrary, paper: Source) -> None:
    page = pages(sample)[0]
    sample.library.star([page])
    before = last_journal_id(sample.library)
    assert (sample.library.star([page]).id, sample.library.star([page]).pages) == (0, 0)
    assert sample.library.save([page], False).pages == 0
    assert last_journal_id(sample.library) == before
    sample.library.undo()
    assert not present(sample.library.row(page)).starred


def test_a_new_act_after_an_undo_ends_what_could_be_done_again(sample: SampleLibrary, paper: Source) -> None:
    one, two, three, *_ = pages(sample)
    sample.library.star([one])
    sample.library.star([two])
    sample.library.undo()
    sample.library.star([three])
    assert sample.library.redo() is None
    sample.library.undo()
    sample.library.redo()
    assert [present(sample.library.row(page)).starred for page in (one, two, three)] == [True, False, True]


def test_undo_reaches_back_across_a_restart(sample: SampleLibrary, paper: Source, path: Path, clock: Clock) -> None:
    page = pages(sample)[0]
    sample.library.mark_read([page])
    sample.library.star([page])
    sample.library.close()
    with SampleLibrary(path, clock) as again:
        assert present(again.library.undo()).act == "star"
    with SampleLibrary(path, clock) as again:
        assert present(again.library.undo()).act == "read"
        assert present(again.library.redo()).act == "read"
    with SampleLibrary(path, clock) as again:
        assert present(again.library.redo()).act == "star"


def test_one_does_not_take_back_what_another_open_reader_did(
    sample: SampleLibrary, paper: Source, path: Path, clock: Clock
) -> None:
    one, two, *_ = pages(sample)
    sample.library.star([one])
    with SampleLibrary(path, clock) as other:
        other.library.star([two])
        sample.library.undo()
        assert (present(sample.library.row(one)).starred, present(sample.library.row(two)).starred) == (False, True)
        assert present(other.library.undo()).act == "star"
        assert not present(sample.library.row(two)).starred


def test_what_a_window_did_is_its_own_also_after_it_is_closed(
    sample: SampleLibrary, paper: Source, path: Path, clock: Clock
) -> None:
    one, two, three, *_ = pages(sample)
    with SampleLibrary(path, clock) as other:
        other.library.star([one])
        with SampleLibrary(path, clock) as late:
            other.library.star([two])
            other.library.close()
            late.library.save([three])
            assert present(late.library.undo()).act == "save"
            assert late.library.undo() is None
    sample.library.undo()
    assert [present(sample.library.row(page)).starred for page in (one, two)] == [True, True]
    with SampleLibrary(path, clock) as new:
        assert present(new.library.undo()).act == "star"
        assert not present(sample.library.row(two)).starred


def test_what_another_window_set_to_the_same_since_is_not_taken_back(
    sample: SampleLibrary, paper: Source, path: Path, clock: Clock
) -> None:
    page = pages(sample)[0]
    sample.library.star([page])
    sample.library.star([page], on=False)
    sample.library.rename_source(paper.id, "The Buoy")
    with SampleLibrary(path, clock) as other:
        other.library.star([page])
        other.library.star([page], on=False)
        other.library.rename_source(paper.id, "The Ebb")
        other.library.rename_source(paper.id, "The Buoy")
        sample.library.undo()
        assert not present(sample.library.row(page)).starred
        assert present(sample.library.source(paper.id)).title == "The Buoy"


def test_a_new_act_leaves_what_another_window_can_do_again(
    sample: SampleLibrary, paper: Source, path: Path, clock: Clock
) -> None:
    one, two, *_ = pages(sample)
    with SampleLibrary(path, clock) as other:
        other.library.star([one])
        other.library.undo()
        sample.library.star([two])
        assert present(other.library.redo()).act == "star"


def test_the_reader_does_not_take_back_what_the_command_line_did(
    sample: SampleLibrary, paper: Source, path: Path, clock: Clock
) -> None:
    with SampleLibrary(path, clock, who="cli") as command:
        command.library.star([pages(sample)[0]])
    assert present(sample.library.undo()).act == "add"


def test_undo_leaves_alone_what_another_process_did_since(
    sample: SampleLibrary, paper: Source, path: Path, clock: Clock
) -> None:
    one, two, *_ = pages(sample)
    sample.library.mark_read([one, two])
    clock.tick()
    with SampleLibrary(path, clock, who="cli") as other:
        other.library.mark_read([one], False)
        clock.tick()
        other.library.mark_read([one])
    later = sample.library.status(one).read_at
    undone = present(sample.library.undo())
    assert undone.pages == 1
    assert (sample.library.status(one).read_at, sample.library.status(two).read_at) == (later, None)
    sample.library.redo()
    assert sample.library.status(one).read_at == later


def test_undo_goes_on_to_the_act_before_where_one_has_no_effect_left(
    sample: SampleLibrary, paper: Source, path: Path, clock: Clock
) -> None:
    one, two, *_ = pages(sample)
    sample.library.star([one])
    sample.library.mark_read([two])
    with SampleLibrary(path, clock, who="cli") as other:
        other.library.mark_read([two], False)
    assert present(sample.library.undo()).act == "star"


def test_another_process_is_seen_through_the_journal(sample: SampleLibrary, paper: Source, path: Path) -> None:
    page = pages(sample)[0]
    last, version = last_journal_id(sample.library), sample.library.data_version()
    assert sample.library.data_version() == version
    script = f"""
        from pathlib import Path
        from reader.store import Library
        with Library.open(Path({str(path)!r}), who="cli") as library:
            library.mark_read([{page}])
            library.undo()
            library.star([{page}])
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=True)
    assert sample.library.data_version() != version
    changes = changed_since(sample.library, last)
    assert [(c.kind, c.page, c.property, c.own) for c in changes] == [
        ("read", page, "read_at", False),
        ("undo", page, "read_at", False),
        ("star", page, "starred_at", False),
    ]
    assert (changes[1].old, changes[1].new) == (changes[0].new, None)
    assert present(sample.library.row(page)).starred


def test_acts_of_a_process_that_still_runs_are_its_own(sample: SampleLibrary, paper: Source) -> None:
    sample.library._db.write(
        lambda con: con.execute(
            "INSERT INTO acts (act, at, who, process) VALUES ('star', 1, 'reader', ?)", (f"{os.getppid()}:x",)
        )
    )
    assert present(sample.library.undo()).act == "add"


@pytest.mark.parametrize(
    "process", ["", "lantern", "lantern:7", "12", "-4:a", "0:", "\u0664:a", "9999999999:a", "9" * 25 + ":a"]
)
def test_an_act_whose_process_names_none_stops_nobody_and_can_be_taken_back(
    sample: SampleLibrary, paper: Source, path: Path, clock: Clock, process: str
) -> None:
    page = pages(sample)[0]
    sample.library.star([page])
    sample.library._db.write(lambda con: con.execute("UPDATE acts SET process = ? WHERE act = 'star'", (process,)))
    sample.library.close()
    with SampleLibrary(path, clock) as again:
        assert [source.id for source in again.library.sources()] == [paper.id]
        assert present(again.library.undo()).act == "star"
        assert not present(again.library.row(page)).starred


def test_undo_on_many_sources_reads_what_others_did_once(
    sample: SampleLibrary, paper: Source, path: Path, clock: Clock
) -> None:
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    def steps_of_undo() -> int:
        nonlocal steps
        sample.library._db._writer.set_progress_handler(count, 1000)
        before = steps
        sample.library.undo()
        sample.library._db._writer.set_progress_handler(None, 0)
        return steps - before

    sample.lists(paper, *(story(f"tide {n}") for n in range(2000)))
    papers = [NewSource(f"https://lock{n}.example/rss", f"Lock {n}") for n in range(200)]
    sample.library.add_sources(papers)
    alone = steps_of_undo()
    sample.library.add_sources(papers)
    with SampleLibrary(path, clock, who="cli") as command:
        command.library.mark_read(pages(sample))
        command.library.mark_read(pages(sample), False)
    assert steps_of_undo() < alone + 300  # 4,000 more where each source reads them anew


def test_place_is_no_act(sample: SampleLibrary, paper: Source) -> None:
    page = pages(sample)[0]
    before = last_journal_id(sample.library)
    sample.library.set_reading_position(page, 12)
    sample.library.set_reading_position(404, 12)
    assert sample.library.status(page).reading_position == 12
    assert last_journal_id(sample.library) == before


def test_undo_of_thousands_is_one_act(sample: SampleLibrary, clock: Clock) -> None:
    source = sample.subscribe()
    sample.lists(source, *(story(str(n)) for n in range(3000)))
    everything = pages(sample)
    sample.library.mark_read(everything)
    assert sample.library.counts(today=0).unread == 0
    assert present(sample.library.undo()).pages == 3000
    assert sample.library.counts(today=0).unread == sample.library.counts(today=0).sources[source.id] == 3000

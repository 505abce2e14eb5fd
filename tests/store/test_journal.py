"""Every act can be taken back, by whoever did it, also tomorrow; nobody takes back another's."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from reader.models import Source
from tests import present
from tests.store.conftest import Clock
from tests.store.journal_rows import changed_since, last_journal_id
from tests.store.sample_library import Kiosk, story


@pytest.fixture
def paper(kiosk: Kiosk) -> Source:
    source = kiosk.subscribe()
    kiosk.lists(source, *(story(str(n)) for n in range(5)))
    return source


def pages(kiosk: Kiosk) -> list[int]:
    return [row.page for row in kiosk.view("source", source=1)]


def test_acts_are_taken_back_and_done_again_in_order(kiosk: Kiosk, paper: Source, clock: Clock) -> None:
    one, two, *_ = pages(kiosk)
    kiosk.library.mark_read([one])
    kiosk.library.star([one, two])
    kiosk.library.save([two])
    walked = [present(kiosk.library.undo()).act for _ in range(3)]
    assert walked == ["save", "star", "read"]
    assert all(kiosk.library.status(page) == kiosk.library.status(404) for page in (one, two))
    clock.tick()
    assert [present(kiosk.library.redo()).act for _ in range(3)] == ["read", "star", "save"]
    assert kiosk.library.redo() is None
    assert kiosk.library.status(two).starred_at == int(clock.now) - 60
    assert kiosk.library.status(one).starred_at == int(clock.now) - 60


def test_all_read_is_one_act_over_those_that_were_unread(kiosk: Kiosk, paper: Source) -> None:
    everything = pages(kiosk)
    kiosk.library.mark_read(everything[:2])
    act = kiosk.library.mark_read(everything)
    assert act.pages == 3
    assert kiosk.titles() == []
    assert kiosk.library.undo() == act
    assert len(kiosk.titles()) == 3


def test_an_act_that_changes_nothing_is_not_written_down(kiosk: Kiosk, paper: Source) -> None:
    page = pages(kiosk)[0]
    kiosk.library.star([page])
    before = last_journal_id(kiosk.library)
    assert (kiosk.library.star([page]).id, kiosk.library.star([page]).pages) == (0, 0)
    assert kiosk.library.save([page], False).pages == 0
    assert last_journal_id(kiosk.library) == before
    kiosk.library.undo()
    assert not present(kiosk.library.row(page)).starred


def test_a_new_act_after_an_undo_ends_what_could_be_done_again(kiosk: Kiosk, paper: Source) -> None:
    one, two, three, *_ = pages(kiosk)
    kiosk.library.star([one])
    kiosk.library.star([two])
    kiosk.library.undo()
    kiosk.library.star([three])
    assert kiosk.library.redo() is None
    kiosk.library.undo()
    kiosk.library.redo()
    assert [present(kiosk.library.row(page)).starred for page in (one, two, three)] == [True, False, True]


def test_undo_reaches_back_across_a_restart(kiosk: Kiosk, paper: Source, path: Path, clock: Clock) -> None:
    page = pages(kiosk)[0]
    kiosk.library.mark_read([page])
    kiosk.library.star([page])
    kiosk.library.close()
    with Kiosk(path, clock) as again:
        assert present(again.library.undo()).act == "star"
    with Kiosk(path, clock) as again:
        assert present(again.library.undo()).act == "read"
        assert present(again.library.redo()).act == "read"
    with Kiosk(path, clock) as again:
        assert present(again.library.redo()).act == "star"


def test_one_does_not_take_back_what_another_open_reader_did(
    kiosk: Kiosk, paper: Source, path: Path, clock: Clock
) -> None:
    one, two, *_ = pages(kiosk)
    kiosk.library.star([one])
    with Kiosk(path, clock) as other:
        other.library.star([two])
        kiosk.library.undo()
        assert (present(kiosk.library.row(one)).starred, present(kiosk.library.row(two)).starred) == (False, True)
        assert present(other.library.undo()).act == "star"
        assert not present(kiosk.library.row(two)).starred


def test_the_reader_does_not_take_back_what_the_command_line_did(
    kiosk: Kiosk, paper: Source, path: Path, clock: Clock
) -> None:
    with Kiosk(path, clock, who="cli") as command:
        command.library.star([pages(kiosk)[0]])
    assert present(kiosk.library.undo()).act == "add"


def test_undo_leaves_alone_what_another_process_did_since(
    kiosk: Kiosk, paper: Source, path: Path, clock: Clock
) -> None:
    one, two, *_ = pages(kiosk)
    kiosk.library.mark_read([one, two])
    clock.tick()
    with Kiosk(path, clock, who="cli") as other:
        other.library.mark_read([one], False)
        clock.tick()
        other.library.mark_read([one])
    later = kiosk.library.status(one).read_at
    undone = present(kiosk.library.undo())
    assert undone.pages == 1
    assert (kiosk.library.status(one).read_at, kiosk.library.status(two).read_at) == (later, None)
    kiosk.library.redo()
    assert kiosk.library.status(one).read_at == later


def test_undo_goes_on_to_the_act_before_where_one_has_no_effect_left(
    kiosk: Kiosk, paper: Source, path: Path, clock: Clock
) -> None:
    one, two, *_ = pages(kiosk)
    kiosk.library.star([one])
    kiosk.library.mark_read([two])
    with Kiosk(path, clock, who="cli") as other:
        other.library.mark_read([two], False)
    assert present(kiosk.library.undo()).act == "star"


def test_another_process_is_seen_through_the_journal(kiosk: Kiosk, paper: Source, path: Path) -> None:
    page = pages(kiosk)[0]
    last, version = last_journal_id(kiosk.library), kiosk.library.data_version()
    assert kiosk.library.data_version() == version
    script = f"""
        from pathlib import Path
        from reader.store import Library
        with Library.open(Path({str(path)!r}), who="cli") as library:
            library.mark_read([{page}])
            library.undo()
            library.star([{page}])
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=True)
    assert kiosk.library.data_version() != version
    changes = changed_since(kiosk.library, last)
    assert [(c.kind, c.page, c.property, c.own) for c in changes] == [
        ("read", page, "read_at", False),
        ("undo", page, "read_at", False),
        ("star", page, "starred_at", False),
    ]
    assert (changes[1].old, changes[1].new) == (changes[0].new, None)
    assert present(kiosk.library.row(page)).starred


def test_acts_of_a_process_that_still_runs_are_its_own(kiosk: Kiosk, paper: Source) -> None:
    kiosk.library._db.write(
        lambda con: con.execute(
            "INSERT INTO acts (act, at, who, process) VALUES ('star', 1, 'reader', ?)", (f"{os.getppid()}:x",)
        )
    )
    assert present(kiosk.library.undo()).act == "add"


def test_place_is_no_act(kiosk: Kiosk, paper: Source) -> None:
    page = pages(kiosk)[0]
    before = last_journal_id(kiosk.library)
    kiosk.library.set_place(page, 12)
    kiosk.library.set_place(404, 12)
    assert kiosk.library.status(page).place == 12
    assert last_journal_id(kiosk.library) == before


def test_undo_of_thousands_is_one_act(kiosk: Kiosk, clock: Clock) -> None:
    source = kiosk.subscribe()
    kiosk.lists(source, *(story(str(n)) for n in range(3000)))
    everything = pages(kiosk)
    kiosk.library.mark_read(everything)
    assert kiosk.library.counts(today=0).unread == 0
    assert present(kiosk.library.undo()).pages == 3000
    assert kiosk.library.counts(today=0).unread == kiosk.library.counts(today=0).sources[source.id] == 3000

"""Looking after sources: several at once, what is chosen for one, their order. Each is one act, and is taken back."""

from functools import partial
from pathlib import Path
from typing import cast

import pytest

from reader.errors import Misuse, NotFound
from reader.models import Failure, FailureKind, NewSource, Source, SourceChanges
from reader.store import EntryFilter, Library, View
from tests import add_source, present
from tests.store.conftest import Clock
from tests.store.journal_rows import changed_since, last_journal_id
from tests.store.sample_library import SampleLibrary, story, text

GULL, LAMP, WEIR = (f"https://{paper}.example/rss" for paper in ("gull", "lamp", "weir"))
FAULT = Failure(FailureKind.HTTP, GULL, status=404)


def titles(sample: SampleLibrary, folder: str | None = None) -> list[str]:
    return [source.title for source in sample.library.sources() if source.folder == folder]


def source(sample: SampleLibrary, number: int) -> Source:
    found = sample.library.source(number)
    assert found is not None
    return found


def test_several_sources_come_and_go_as_one_act(sample: SampleLibrary) -> None:
    before = last_journal_id(sample.library)
    added = sample.library.add_sources([NewSource(GULL, "Gull"), NewSource(LAMP, "Lamp", folder="Light")])
    assert [one.title for one in added] == ["Gull", "Lamp"]
    assert len({change.act for change in changed_since(sample.library, before)}) == 1
    undone = present(sample.library.undo())
    assert (undone.act, undone.pages) == ("add", 2)
    assert sample.library.sources() == []
    assert sample.library.undo() is None
    assert present(sample.library.redo()).pages == 2
    assert sample.library.sources() == list(added)


def test_what_is_there_is_returned_as_it_is_and_undo_leaves_it(sample: SampleLibrary) -> None:
    old = add_source(sample.library, GULL, "The Gull", folder="Sea")
    added = sample.library.add_sources([NewSource(LAMP, "Lamp"), NewSource(GULL, "Other name", folder="Elsewhere")])
    assert added[1] == old
    assert present(sample.library.undo()).pages == 1
    assert sample.library.sources() == [old]


def test_an_address_that_is_named_twice_is_one_source_with_what_was_said_first(sample: SampleLibrary) -> None:
    first, lamp, again = sample.library.add_sources(
        [NewSource(GULL, "Gull"), NewSource(LAMP, "Lamp"), NewSource(GULL, "Double", folder="Sea")]
    )
    assert first == again
    assert (first.title, first.folder) == ("Gull", None)
    assert sample.library.sources() == [first, lamp]
    assert present(sample.library.undo()).pages == 2


def test_adding_nothing_is_no_act(sample: SampleLibrary) -> None:
    assert sample.library.add_sources([]) == ()
    assert sample.library.undo() is None


def test_a_removed_source_comes_back_as_it_was_due_now_and_undo_removes_it_again(
    sample: SampleLibrary, clock: Clock
) -> None:
    gull = add_source(sample.library, GULL, "Gull")
    sample.library.edit_source(gull.id, title="My Gull", stories=3)
    sample.lists(gull, story("a", paper="gull"), story("b", paper="gull"))
    sample.library.mark_read([sample.page("a", "gull")])
    sample.library.keep_same(
        gull.id, etag='"x"', last_modified=None, body_hash=None, due_at=int(clock.now) + 3600, now=clock.now
    )
    sample.library.remove_source(gull.id)
    back, lamp = sample.library.add_sources([NewSource(GULL, "Gull"), NewSource(LAMP, "Lamp")])
    assert (back.id, back.title, back.stories, back.removed_at) == (gull.id, "My Gull", 3, None)
    assert sample.titles() == ["Story b"]
    assert [one.id for one in sample.library.due(clock.now)] == [back.id, lamp.id]
    assert (present(sample.library.undo()).act, sample.library.sources(), sample.titles()) == ("add", [], [])
    assert present(sample.library.undo()).act == "remove"
    assert sample.titles() == ["Story b"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Đại Đoàn Kết <b>"),
        ("folder", "World/Asia"),
        ("url", LAMP),
        ("interval", 600),
        ("stories", 0),
        ("feed_text", True),
        ("browser", True),
        ("user_agent", "Other/1"),
        ("seconds", 2.5),
        ("categories", ("News", "World/Asia")),
    ],
)
def test_each_choice_for_a_source_is_kept_taken_back_and_done_again(
    sample: SampleLibrary, path: Path, clock: Clock, name: str, value: object
) -> None:
    gull = add_source(sample.library, GULL, "Gull")
    changes = cast("SourceChanges", {name: value})
    act = sample.library.edit_source(gull.id, **changes)
    assert (act.act, act.pages) == ("edit", 1)
    assert getattr(source(sample, gull.id), name) == value
    sample.library.close()
    with SampleLibrary(path, clock) as again:
        assert getattr(source(again, gull.id), name) == value
        assert again.library.edit_source(gull.id, **changes).pages == 0
        assert present(again.library.undo()).act == "edit"
        assert source(again, gull.id) == gull
        assert present(again.library.redo()).act == "edit"
        assert getattr(source(again, gull.id), name) == value


def test_a_choice_can_be_given_up(sample: SampleLibrary) -> None:
    gull = add_source(sample.library, GULL, "Gull", folder="Sea", interval=900)
    given_up: SourceChanges = {
        "folder": None,
        "interval": None,
        "stories": None,
        "user_agent": None,
        "seconds": None,
    }
    sample.library.edit_source(gull.id, stories=3, user_agent="Other/1", seconds=9)
    assert sample.library.edit_source(gull.id, **given_up).pages == 1
    assert {name: getattr(source(sample, gull.id), name) for name in given_up} == given_up
    sample.library.undo()
    edited = source(sample, gull.id)
    assert (edited.folder, edited.interval, edited.stories, edited.seconds) == ("Sea", 900, 3, 9)


def test_many_choices_at_once_are_one_act(sample: SampleLibrary) -> None:
    gull = add_source(sample.library, GULL, "Gull")
    sample.library.edit_source(gull.id, title="The Gull", folder="Sea", browser=True, categories=("a", "b"))
    sample.library.undo()
    assert source(sample, gull.id) == gull
    assert present(sample.library.undo()).act == "add"


def test_the_address_of_another_source_is_refused_by_its_name_and_nothing_is_changed(sample: SampleLibrary) -> None:
    gull, lamp = add_source(sample.library, GULL, "Gull"), add_source(sample.library, LAMP, "The Lamp")
    with pytest.raises(Misuse, match=r"https://lamp\.example/rss is the address of The Lamp"):
        sample.library.edit_source(gull.id, title="New name", url=LAMP)
    assert source(sample, gull.id) == gull
    sample.library.remove_source(lamp.id)
    with pytest.raises(Misuse, match="was the address of the removed The Lamp"):
        sample.library.edit_source(gull.id, url=LAMP)
    assert sample.library.edit_source(gull.id, url=GULL).pages == 0


def test_another_address_forgets_what_was_known_of_the_old_one_and_is_asked_now(
    sample: SampleLibrary, clock: Clock
) -> None:
    gull, due = add_source(sample.library, GULL, "Gull"), int(clock.now) + 3600
    sample.library.keep_same(gull.id, etag='"1"', last_modified="Mon", body_hash="ff", due_at=due, now=clock.now)
    sample.library.keep_failure(gull.id, FAULT, due_at=due, now=clock.now)
    sample.library.edit_source(gull.id, title="The Gull")
    renamed = source(sample, gull.id)
    assert (renamed.etag, renamed.failure, renamed.tries, renamed.due_at) == ('"1"', FAULT, 1, due)
    sample.library.edit_source(gull.id, url=WEIR)
    moved = source(sample, gull.id)
    assert (moved.etag, moved.last_modified, moved.body_hash) == (None, None, None)
    assert (moved.failure, moved.failed_since, moved.tries, moved.due_at) == (None, None, 0, 0)
    assert [one.id for one in sample.library.due(clock.now)] == [gull.id]


def test_undo_leaves_the_address_where_another_source_has_taken_the_old_one(sample: SampleLibrary, path: Path) -> None:
    gull = add_source(sample.library, GULL, "Gull")
    sample.library.edit_source(gull.id, url=WEIR, title="The Gull")
    sample.library.close()
    with SampleLibrary(path, sample.clock, who="cli") as command:
        other = add_source(command.library, GULL, "A newcomer")
    with SampleLibrary(path, sample.clock) as again:
        assert present(again.library.undo()).act == "edit"
        after = source(again, gull.id)
        assert (after.title, after.url) == ("Gull", WEIR)
        assert source(again, other.id).url == GULL


def test_what_no_source_has_and_whom_nobody_knows_is_refused(sample: SampleLibrary) -> None:
    gull = add_source(sample.library, GULL, "Gull")
    with pytest.raises(Misuse, match="colour"):
        sample.library.edit_source(gull.id, **cast("SourceChanges", {"colour": "red"}))
    gone = add_source(sample.library, LAMP, "Lamp")
    sample.library.remove_source(gone.id)
    for number in (404, gone.id):
        for act in (
            partial(sample.library.edit_source, number, title="x"),
            partial(sample.library.rename_source, number, "x"),
            partial(sample.library.move_source, number, "x"),
            partial(sample.library.move_source_before, number, None),
            partial(sample.library.step_source, number, 1),
        ):
            with pytest.raises(NotFound, match=str(number)):
                act()
    with pytest.raises(NotFound):
        sample.library.remove_source(404)
    with pytest.raises(NotFound, match="404"):
        sample.library.move_source_before(gull.id, None, 404)
    assert sample.library.remove_source(gone.id).pages == 0
    assert [present(sample.library.undo()).act for _ in range(2)] == ["remove", "add"]


@pytest.fixture
def four_sources(sample: SampleLibrary) -> list[Source]:
    """Four sources in one folder."""
    return list(
        sample.library.add_sources([NewSource(f"https://{name}.example/", name, folder="Sea") for name in "abcd"])
    )


@pytest.mark.parametrize(
    ("which", "steps", "after"),
    [(0, 1, "bacd"), (3, -1, "abdc"), (1, 9, "acdb"), (2, -9, "cabd"), (0, -1, "abcd"), (3, 1, "abcd"), (1, 0, "abcd")],
)
def test_a_source_steps_within_its_folder_and_back(
    sample: SampleLibrary, four_sources: list[Source], which: int, steps: int, after: str
) -> None:
    add_source(sample.library, GULL, "Gull")
    act = sample.library.step_source(four_sources[which].id, steps)
    assert "".join(titles(sample, "Sea")) == after
    assert titles(sample) == ["Gull"]
    moved = after != "abcd"
    assert (act.act, act.pages) == ("reorder", int(moved))
    assert present(sample.library.undo()).act == ("reorder" if moved else "add")
    assert "".join(titles(sample, "Sea")) == "abcd"


def test_a_source_is_placed_before_another_one_also_of_another_folder(
    sample: SampleLibrary, four_sources: list[Source]
) -> None:
    gull = add_source(sample.library, GULL, "g")
    act = sample.library.move_source_before(gull.id, "Sea", four_sources[2].id)
    assert (act.act, act.pages) == ("move", 1)
    assert (titles(sample), "".join(titles(sample, "Sea"))) == ([], "abgcd")
    sample.library.move_source_before(four_sources[0].id, "Sea")
    assert "".join(titles(sample, "Sea")) == "bgcda"
    assert sample.library.move_source_before(four_sources[0].id, "Sea").pages == 0
    sample.library.undo()
    sample.library.undo()
    assert (titles(sample), "".join(titles(sample, "Sea"))) == (["g"], "abcd")
    with pytest.raises(NotFound):
        sample.library.move_source_before(gull.id, "Land", four_sources[0].id)


def test_a_removed_source_comes_back_to_its_place(sample: SampleLibrary, four_sources: list[Source]) -> None:
    sample.library.step_source(four_sources[3].id, -2)
    sample.library.remove_source(four_sources[3].id)
    assert "".join(titles(sample, "Sea")) == "abc"
    sample.library.undo()
    assert "".join(titles(sample, "Sea")) == "adbc"


def test_moving_ends_at_the_end_of_the_folder_and_where_one_is_already_nothing_moves(
    sample: SampleLibrary, four_sources: list[Source]
) -> None:
    gull = add_source(sample.library, GULL, "g")
    sample.library.move_source(gull.id, "Sea")
    assert "".join(titles(sample, "Sea")) == "abcdg"
    assert sample.library.move_source(four_sources[0].id, "Sea").pages == 0
    assert "".join(titles(sample, "Sea")) == "abcdg"
    sample.library.undo()
    assert titles(sample) == ["g"]


def test_read_later_has_what_was_saved_last_first_and_counts_it(sample: SampleLibrary, clock: Clock) -> None:
    gull = add_source(sample.library, GULL, "Gull")
    sample.lists(gull, *(story(name, paper="gull") for name in "abc"))
    for name in "bca":
        sample.library.save([sample.page(name, "gull")])
        clock.tick()
    assert sample.titles("saved") == ["Story a", "Story c", "Story b"]
    listing = sample.library.listing(View("saved"))
    assert list(listing.times) == [sample.library.status(page).saved_at for page in listing.pages]
    assert sample.library.counts(today=0).saved == 3
    sample.library.save([sample.page("c", "gull")], False)
    assert (sample.titles("saved"), sample.library.counts(today=0).saved) == (["Story a", "Story b"], 2)
    assert {row.title for row in sample.library.entries(EntryFilter(saved=True))} == {"Story a", "Story b"}
    sample.library.undo()
    assert sample.titles("saved") == ["Story a", "Story c", "Story b"]  # where it was, not on top


def test_what_was_saved_of_a_removed_source_stays_on_read_later(sample: SampleLibrary) -> None:
    gull = add_source(sample.library, GULL, "Gull")
    sample.lists(gull, story("a", paper="gull"))
    sample.library.save([sample.page("a", "gull")])
    sample.library.remove_source(gull.id)
    assert (sample.titles("saved"), sample.titles()) == (["Story a"], [])


def test_headlines_stand_in_the_order_asked_also_of_merged_pages_unknown_ones_and_pages_without_any(
    sample: SampleLibrary,
) -> None:
    gull, sea = add_source(sample.library, GULL, "Gull"), add_source(sample.library, f"{GULL}/sea", "Gull at sea")
    sample.lists(gull, story("a", paper="gull"))
    sample.lists(sea, story("b", "Story a", paper="gull"))
    stays, goes = sample.page("a", "gull"), sample.page("b", "gull")
    bare = sample.library.ensure_page("https://weir.example/bare.html")
    canonical = "https://gull.example/a.html"
    kept = sample.library.keep_article(goes, text("https://gull.example/b.html", "Story a", canonical_url=canonical))
    assert kept == stays == sample.page("b", "gull") != goes
    one = present(sample.library.row(kept))
    assert sample.library.titles([bare, 404, goes, stays, bare]) == [
        "https://weir.example/bare.html",
        "",
        one.title,
        one.title,
        "https://weir.example/bare.html",
    ]
    assert sample.library.titles([]) == []


def test_visits_that_fail_are_counted_until_one_goes_well(sample: SampleLibrary, clock: Clock) -> None:
    gull = add_source(sample.library, GULL, "Gull")
    tried = []
    for _ in range(3):
        sample.library.keep_failure(gull.id, FAULT, due_at=0, now=clock.tick())
        tried.append(source(sample, gull.id).tries)
    assert tried == [1, 2, 3]
    assert source(sample, gull.id).failed_since == clock.now - 120
    sample.library.keep_same(gull.id, etag=None, last_modified=None, body_hash=None, due_at=0, now=clock.tick())
    well = source(sample, gull.id)
    assert (well.tries, well.failure, well.failed_since) == (0, None, None)


def test_a_library_that_can_be_written_says_so(sample: SampleLibrary) -> None:
    assert not sample.library.read_only


def test_two_open_libraries_keep_acts_on_sources_apart(sample: SampleLibrary, path: Path, clock: Clock) -> None:
    """The second does not take back what the first did, but sees it."""
    gull = add_source(sample.library, GULL, "Gull")
    with Library.open(path, clock=clock) as other:
        other.rename_source(gull.id, "Renamed there")
        assert present(sample.library.undo()).act == "add"
        assert sample.library.sources() == other.sources() == []
        assert present(other.undo()).act == "rename"
        assert present(other.source(gull.id)).title == "Gull"

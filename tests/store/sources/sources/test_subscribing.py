"""Subscribing, removing, renaming, moving: acts like any other."""

import pytest

from reader.errors import Misuse, NotFound
from reader.models import Failure, FailureKind, NewSource, SourceKind
from reader.store import FeedChanges
from tests import add_source, present
from tests.store.conftest import Clock
from tests.store.journal_rows import last_journal_id
from tests.store.sample_library import SampleLibrary, story


def titles(sample: SampleLibrary) -> list[str]:
    return [source.title for source in sample.library.sources()]


def test_sources_stand_by_folder_in_the_order_they_were_added(sample: SampleLibrary) -> None:
    for paper, folder in (("weir", "Water"), ("lamp", None), ("harbour", "Water"), ("apple", "Food"), ("zoo", None)):
        sample.subscribe(paper, folder=folder)
    assert titles(sample) == ["Lamp", "Zoo", "Apple", "Weir", "Harbour"]


def test_all_that_is_known_of_a_source_is_kept(sample: SampleLibrary) -> None:
    source = add_source(
        sample.library,
        "https://lamp.example/map.xml",
        "Lamp",
        kind=SourceKind.SITEMAP,
        short="LMP",
        home="https://lamp.example/",
        folder="Light",
        language="vi",
        brand_colour="#aa3322",
        interval=900,
    )
    assert sample.library.source_by_url("https://lamp.example/map.xml") == source == sample.library.source(source.id)
    assert (source.kind, source.short, source.brand_colour, source.interval) == (
        SourceKind.SITEMAP,
        "LMP",
        "#aa3322",
        900,
    )
    assert source.due_at == 0


def test_adding_what_is_there_changes_nothing(sample: SampleLibrary) -> None:
    one = sample.subscribe()
    before = last_journal_id(sample.library)
    assert sample.subscribe() == one
    assert last_journal_id(sample.library) == before


def test_a_removed_source_takes_its_stories_along_but_not_the_starred_and_undo_brings_all_back(
    sample: SampleLibrary,
) -> None:
    one, other = sample.subscribe(), sample.subscribe("lamp")
    sample.lists(one, story("a"), story("b"))
    sample.lists(other, story("a"), story("c", paper="lamp"))
    sample.library.star([sample.page("b")])
    before = (sample.view("unread"), sample.library.counts(today=0))
    sample.library.remove_source(one.id)
    assert titles(sample) == ["Lamp"]
    assert sorted(sample.titles()) == ["Story a", "Story c"]
    assert sample.library.counts(today=0).sources == {other.id: 2}
    starred = sample.view("starred")[0]
    assert (starred.title, starred.paper, starred.source) == ("Story b", "Harbour", None)
    assert sample.titles("source", source=one.id) == []
    assert sample.library.due(10**12) == [sample.library.source(other.id)]
    assert present(sample.library.undo()).act == "remove"
    assert (sample.view("unread"), sample.library.counts(today=0)) == before
    sample.library.redo()
    assert titles(sample) == ["Lamp"]


def test_subscribing_again_brings_a_removed_source_back_with_what_was_read(sample: SampleLibrary) -> None:
    paper = sample.subscribe()
    sample.lists(paper, story("a"), story("b"))
    sample.library.mark_read([sample.page("a")])
    sample.library.remove_source(paper.id)
    assert sample.subscribe().id == paper.id
    assert sample.titles() == ["Story b"]


def test_renaming_and_moving_are_undone_in_turn(sample: SampleLibrary) -> None:
    paper = sample.subscribe(folder="Water")
    sample.library.rename_source(paper.id, "The Harbour")
    sample.library.move_source(paper.id, None)
    moved = present(sample.library.source(paper.id))
    assert (moved.title, moved.folder) == ("The Harbour", None)
    assert [present(sample.library.undo()).act for _ in range(2)] == ["move", "rename"]
    assert sample.library.source(paper.id) == paper
    assert present(sample.library.redo()).act == "rename"
    assert present(sample.library.source(paper.id)).title == "The Harbour"


def test_a_folder_shows_the_stories_of_its_sources_once(sample: SampleLibrary) -> None:
    one, other = sample.subscribe(folder="Water"), sample.subscribe("weir", folder="Water")
    loose = sample.subscribe("lamp")
    sample.lists(one, story("a"))
    sample.lists(other, story("a"), story("b", paper="weir"))
    sample.lists(loose, story("c", paper="lamp"))
    assert sample.titles("folder", folder="Water") == ["Story b", "Story a"]
    assert sample.titles("folder", folder=None) == ["Story c"]
    sample.library.remove_source(other.id)
    assert sample.titles("folder", folder="Water") == ["Story a"]


def test_what_is_due(sample: SampleLibrary, clock: Clock) -> None:
    one, other = sample.subscribe(), sample.subscribe("lamp")
    now = int(clock.now)
    sample.library.keep_same(one.id, etag=None, last_modified=None, body_hash=None, due_at=now + 60, now=now)
    assert [source.id for source in sample.library.due(now)] == [other.id]
    assert [source.id for source in sample.library.due(now + 60)] == [other.id, one.id]
    assert [source.id for source in sample.library.due(now, every=True)] == [other.id, one.id]
    assert [source.id for source in sample.library.due(now, ids=[one.id])] == [one.id]


def test_a_clock_that_was_set_back_leaves_nothing_waiting(sample: SampleLibrary, clock: Clock) -> None:
    soon, asked_later, daily, yearly = (sample.subscribe(paper) for paper in ("weir", "lamp", "gull", "mill"))
    now, day = int(clock.now), 86400
    sample.library.edit_source(yearly.id, interval=365 * day)
    for source, asked, due in (
        (soon, now, now + 1800),
        (asked_later, now + 3600, now + 5400),  # an hour ahead: asked in what is the future now
        (daily, 0, now + 365 * day),  # nobody knows when it was asked; no wait of its is as long
        (yearly, now, now + 364 * day),
    ):
        sample.library.keep_same(source.id, etag=None, last_modified=None, body_hash=None, due_at=due, now=asked)
    assert {source.id for source in sample.library.due(now)} == {asked_later.id, daily.id}


def test_a_source_that_moved_for_good(sample: SampleLibrary) -> None:
    one, other = sample.subscribe(), sample.subscribe("lamp")
    assert sample.library.keep_moved(one.id, "https://harbour.example/new")
    assert present(sample.library.source(one.id)).url == "https://harbour.example/new"
    assert not sample.library.keep_moved(other.id, "https://harbour.example/new")
    assert present(sample.library.source(other.id)).url == other.url


def test_a_list_of_papers_comes_and_goes_as_one_act(sample: SampleLibrary) -> None:
    known = sample.subscribe()
    wanted = [NewSource(f"https://{name}.example/", name, folder="Water") for name in ("weir", "lock", "weir")]
    weir, harbour, lock, again = sample.library.add_sources([wanted[0], NewSource(known.url, "Another"), *wanted[1:]])
    assert (harbour, again) == (known, weir)
    assert titles(sample) == ["Harbour", weir.title, lock.title]
    undone = present(sample.library.undo())
    assert (undone.act, undone.pages) == ("add", 2)
    assert titles(sample) == ["Harbour"]


def test_what_is_chosen_for_a_source_is_one_act_and_another_address_begins_anew(
    sample: SampleLibrary, clock: Clock
) -> None:
    paper, other = sample.subscribe(), sample.subscribe("lamp")
    sample.library.keep_same(
        paper.id, etag='"1"', last_modified=None, body_hash="f", due_at=int(clock.now) + 3600, now=clock.now
    )
    sample.library.keep_failure(
        paper.id, Failure(FailureKind.HTTP, status=404), due_at=int(clock.now) + 3600, now=clock.now
    )
    before = present(sample.library.source(paper.id))
    done = sample.library.edit_source(
        paper.id, url="https://harbour.example/new", folder="Water", seconds=2.5, feed_text=True, categories=("Sea",)
    )
    assert (done.act, done.pages) == ("edit", 1)
    after = present(sample.library.source(paper.id))
    assert (after.url, after.folder, after.seconds, after.feed_text) == (
        "https://harbour.example/new",
        "Water",
        2.5,
        True,
    )
    assert after.categories == ("Sea",)
    assert (after.etag, after.body_hash, after.failure, after.tries, after.due_at) == (None, None, None, 0, 0)
    with pytest.raises(Misuse, match="Lamp"):
        sample.library.edit_source(paper.id, url=other.url, title="Lamp")
    assert sample.library.source(paper.id) == after
    sample.library.undo()
    restored = present(sample.library.source(paper.id))
    assert (restored.url, restored.folder, restored.seconds, restored.categories) == (before.url, None, None, ())


def test_a_source_is_asked_sooner_where_a_shorter_interval_was_chosen(sample: SampleLibrary, clock: Clock) -> None:
    paper = sample.subscribe()
    now = int(clock.now)
    sample.library.keep_same(paper.id, etag=None, last_modified=None, body_hash=None, due_at=now + 24 * 3600, now=now)
    sample.library.edit_source(paper.id, interval=900)
    assert present(sample.library.source(paper.id)).due_at == now + 900


def test_sources_are_put_in_order_and_undo_restores_each_place(sample: SampleLibrary) -> None:
    one, two, three = (sample.subscribe(paper, folder="Water") for paper in ("weir", "lock", "sluice"))
    assert sample.library.step_source(three.id, -2)[1:4:2] == ("reorder", 1)
    assert titles(sample) == ["Sluice", "Weir", "Lock"]
    assert sample.library.step_source(three.id, -1).pages == 0
    sample.library.remove_source(one.id)
    sample.library.move_source_before(two.id, "Water", three.id)
    assert titles(sample) == ["Lock", "Sluice"]
    with pytest.raises(NotFound):
        sample.library.move_source_before(two.id, None, three.id)
    assert [present(sample.library.undo()).act for _ in range(2)] == ["move", "remove"]
    assert titles(sample) == ["Sluice", "Weir", "Lock"]
    assert present(sample.library.undo()).pages == 1
    assert titles(sample) == ["Weir", "Lock", "Sluice"]


@pytest.mark.parametrize("act", ["remove_source", "rename_source", "move_source", "step_source", "edit_source"])
def test_acts_on_a_source_that_is_not_there_say_so(sample: SampleLibrary, act: str) -> None:
    arguments: dict[str, list[object]] = {"rename_source": ["A"], "move_source": ["A"], "step_source": [1]}
    more = arguments.get(act, [])
    with pytest.raises(NotFound, match="no source 99"):
        getattr(sample.library, act)(99, *more)


def test_undo_gives_a_source_its_address_back_though_another_had_it_meanwhile(sample: SampleLibrary) -> None:
    paper = sample.subscribe()
    sample.library.edit_source(paper.id, url="https://harbour.example/new")
    sample.subscribe()
    assert [present(sample.library.undo()).act for _ in range(2)] == ["add", "edit"]
    assert [(source.id, source.url) for source in sample.library.sources()] == [(paper.id, paper.url)]
    assert [present(sample.library.redo()).act for _ in range(2)] == ["edit", "add"]
    assert [source.url for source in sample.library.sources()] == ["https://harbour.example/new", paper.url]


def test_a_visit_keeps_nothing_of_a_source_that_was_removed_or_given_another_address_meanwhile(
    sample: SampleLibrary, clock: Clock
) -> None:
    gone, moved = sample.subscribe("gone"), sample.subscribe("moved")
    sample.library.remove_source(gone.id)
    sample.library.edit_source(moved.id, url="https://moved.example/new")
    as_left = [sample.library.source(source.id) for source in (gone, moved)]
    for source in (gone, moved):
        now, asked = clock.tick(), source.url
        changes = FeedChanges(title="Its own", new=(story("a"),), etag='"1"', due_at=int(now) + 3600)
        assert sample.library.keep_feed(source.id, changes, now=now, asked=asked) == (0, 0)
        sample.library.keep_same(
            source.id, etag='"2"', last_modified=None, body_hash="f", due_at=int(now) + 3600, now=now, asked=asked
        )
        sample.library.keep_failure(source.id, Failure(FailureKind.TLS), due_at=int(now) + 3600, now=now, asked=asked)
        assert not sample.library.keep_moved(source.id, source.url + "?2", asked=source.url)
    assert [sample.library.source(source.id) for source in (gone, moved)] == as_left
    assert sample.titles() == []
    assert sample.library.keep_moved(moved.id, "https://moved.example/newer", asked="https://moved.example/new")


def test_headlines_come_in_the_order_asked_for(sample: SampleLibrary) -> None:
    sample.lists(sample.subscribe(), story("a"), story("b"))
    a, b = sample.page("a"), sample.page("b")
    assert sample.library.titles([b, 99, a, b]) == ["Story b", "", "Story a", "Story b"]

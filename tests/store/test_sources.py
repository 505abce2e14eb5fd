"""Subscribing, removing, renaming, moving: acts like any other."""

import pytest

from reader.errors import Misuse, NotFound
from reader.models import Failure, FailureKind, NewSource, SourceKind
from reader.store import FeedChanges
from tests import present
from tests.store.conftest import Clock
from tests.store.journal_rows import last_journal_id
from tests.store.sample_library import Kiosk, story


def titles(kiosk: Kiosk) -> list[str]:
    return [source.title for source in kiosk.library.sources()]


def test_sources_stand_by_folder_in_the_order_they_were_added(kiosk: Kiosk) -> None:
    for paper, folder in (("weir", "Water"), ("lamp", None), ("harbour", "Water"), ("apple", "Food"), ("zoo", None)):
        kiosk.subscribe(paper, folder=folder)
    assert titles(kiosk) == ["Lamp", "Zoo", "Apple", "Weir", "Harbour"]


def test_all_that_is_known_of_a_source_is_kept(kiosk: Kiosk) -> None:
    source = kiosk.library.add_source(
        "https://lamp.example/map.xml", "Lamp", kind=SourceKind.SITEMAP, short="LMP", home="https://lamp.example/",
        folder="Light", language="vi", press="#aa3322", interval=900,
    )  # fmt: skip
    assert kiosk.library.source_by_url("https://lamp.example/map.xml") == source == kiosk.library.source(source.id)
    assert (source.kind, source.short, source.press, source.interval) == (SourceKind.SITEMAP, "LMP", "#aa3322", 900)
    assert source.due_at == 0


def test_adding_what_is_there_changes_nothing(kiosk: Kiosk) -> None:
    one = kiosk.subscribe()
    before = last_journal_id(kiosk.library)
    assert kiosk.subscribe() == one
    assert last_journal_id(kiosk.library) == before


def test_a_removed_source_takes_its_stories_along_but_not_the_starred_and_undo_brings_all_back(kiosk: Kiosk) -> None:
    one, other = kiosk.subscribe(), kiosk.subscribe("lamp")
    kiosk.lists(one, story("a"), story("b"))
    kiosk.lists(other, story("a"), story("c", paper="lamp"))
    kiosk.library.star([kiosk.page("b")])
    before = (kiosk.view("unread"), kiosk.library.counts(today=0))
    kiosk.library.remove_source(one.id)
    assert titles(kiosk) == ["Lamp"]
    assert sorted(kiosk.titles()) == ["Story a", "Story c"]
    assert kiosk.library.counts(today=0).sources == {other.id: 2}
    starred = kiosk.view("starred")[0]
    assert (starred.title, starred.paper, starred.source) == ("Story b", "Harbour", None)
    assert kiosk.titles("source", source=one.id) == []
    assert kiosk.library.due(10**12) == [kiosk.library.source(other.id)]
    assert present(kiosk.library.undo()).act == "remove"
    assert (kiosk.view("unread"), kiosk.library.counts(today=0)) == before
    kiosk.library.redo()
    assert titles(kiosk) == ["Lamp"]


def test_subscribing_again_brings_a_removed_source_back_with_what_was_read(kiosk: Kiosk) -> None:
    paper = kiosk.subscribe()
    kiosk.lists(paper, story("a"), story("b"))
    kiosk.library.mark_read([kiosk.page("a")])
    kiosk.library.remove_source(paper.id)
    assert kiosk.subscribe().id == paper.id
    assert kiosk.titles() == ["Story b"]


def test_renaming_and_moving_are_undone_in_turn(kiosk: Kiosk) -> None:
    paper = kiosk.subscribe(folder="Water")
    kiosk.library.rename_source(paper.id, "The Harbour")
    kiosk.library.move_source(paper.id, None)
    moved = present(kiosk.library.source(paper.id))
    assert (moved.title, moved.folder) == ("The Harbour", None)
    assert [present(kiosk.library.undo()).act for _ in range(2)] == ["move", "rename"]
    assert kiosk.library.source(paper.id) == paper
    assert present(kiosk.library.redo()).act == "rename"
    assert present(kiosk.library.source(paper.id)).title == "The Harbour"


def test_a_folder_shows_the_stories_of_its_sources_once(kiosk: Kiosk) -> None:
    one, other = kiosk.subscribe(folder="Water"), kiosk.subscribe("weir", folder="Water")
    loose = kiosk.subscribe("lamp")
    kiosk.lists(one, story("a"))
    kiosk.lists(other, story("a"), story("b", paper="weir"))
    kiosk.lists(loose, story("c", paper="lamp"))
    assert kiosk.titles("folder", folder="Water") == ["Story b", "Story a"]
    assert kiosk.titles("folder", folder=None) == ["Story c"]
    kiosk.library.remove_source(other.id)
    assert kiosk.titles("folder", folder="Water") == ["Story a"]


def test_what_is_due(kiosk: Kiosk, clock: Clock) -> None:
    one, other = kiosk.subscribe(), kiosk.subscribe("lamp")
    now = int(clock.now)
    kiosk.library.keep_same(one.id, etag=None, last_modified=None, body_hash=None, due_at=now + 60, now=now)
    assert [source.id for source in kiosk.library.due(now)] == [other.id]
    assert [source.id for source in kiosk.library.due(now + 60)] == [other.id, one.id]
    assert [source.id for source in kiosk.library.due(now, every=True)] == [other.id, one.id]
    assert [source.id for source in kiosk.library.due(now, ids=[one.id])] == [one.id]


def test_a_source_that_moved_for_good(kiosk: Kiosk) -> None:
    one, other = kiosk.subscribe(), kiosk.subscribe("lamp")
    assert kiosk.library.keep_moved(one.id, "https://harbour.example/new")
    assert present(kiosk.library.source(one.id)).url == "https://harbour.example/new"
    assert not kiosk.library.keep_moved(other.id, "https://harbour.example/new")
    assert present(kiosk.library.source(other.id)).url == other.url


def test_a_list_of_papers_comes_and_goes_as_one_act(kiosk: Kiosk) -> None:
    known = kiosk.subscribe()
    wanted = [NewSource(f"https://{name}.example/", name, folder="Water") for name in ("weir", "lock", "weir")]
    weir, harbour, lock, again = kiosk.library.add_sources([wanted[0], NewSource(known.url, "Another"), *wanted[1:]])
    assert (harbour, again) == (known, weir)
    assert titles(kiosk) == ["Harbour", weir.title, lock.title]
    undone = present(kiosk.library.undo())
    assert (undone.act, undone.pages) == ("add", 2)
    assert titles(kiosk) == ["Harbour"]


def test_what_is_chosen_for_a_source_is_one_act_and_another_address_begins_anew(kiosk: Kiosk, clock: Clock) -> None:
    paper, other = kiosk.subscribe(), kiosk.subscribe("lamp")
    kiosk.library.keep_same(paper.id, etag='"1"', last_modified=None, body_hash="f", due_at=2**40, now=clock.now)
    kiosk.library.keep_failure(paper.id, Failure(FailureKind.HTTP, status=404), due_at=2**40, now=clock.now)
    before = present(kiosk.library.source(paper.id))
    done = kiosk.library.edit_source(
        paper.id, url="https://harbour.example/new", folder="Water", seconds=2.5, feed_text=True, categories=("Sea",)
    )
    assert (done.act, done.pages) == ("edit", 1)
    after = present(kiosk.library.source(paper.id))
    assert (after.url, after.folder, after.seconds, after.feed_text) == (
        "https://harbour.example/new", "Water", 2.5, True,
    )  # fmt: skip
    assert after.categories == ("Sea",)
    assert (after.etag, after.body_hash, after.failure, after.tries, after.due_at) == (None, None, None, 0, 0)
    with pytest.raises(Misuse, match="Lamp"):
        kiosk.library.edit_source(paper.id, url=other.url, title="Lamp")
    assert kiosk.library.source(paper.id) == after
    kiosk.library.undo()
    restored = present(kiosk.library.source(paper.id))
    assert (restored.url, restored.folder, restored.seconds, restored.categories) == (before.url, None, None, ())


def test_a_source_is_asked_sooner_where_a_shorter_interval_was_chosen(kiosk: Kiosk, clock: Clock) -> None:
    paper = kiosk.subscribe()
    now = int(clock.now)
    kiosk.library.keep_same(paper.id, etag=None, last_modified=None, body_hash=None, due_at=now + 24 * 3600, now=now)
    kiosk.library.edit_source(paper.id, interval=900)
    assert present(kiosk.library.source(paper.id)).due_at == now + 900


def test_sources_are_put_in_order_and_undo_restores_each_place(kiosk: Kiosk) -> None:
    one, two, three = (kiosk.subscribe(paper, folder="Water") for paper in ("weir", "lock", "sluice"))
    assert kiosk.library.step_source(three.id, -2)[1::2] == ("reorder", 1)
    assert titles(kiosk) == ["Sluice", "Weir", "Lock"]
    assert kiosk.library.step_source(three.id, -1).pages == 0
    kiosk.library.remove_source(one.id)
    kiosk.library.place_source(two.id, "Water", three.id)
    assert titles(kiosk) == ["Lock", "Sluice"]
    with pytest.raises(NotFound):
        kiosk.library.place_source(two.id, None, three.id)
    assert [present(kiosk.library.undo()).act for _ in range(2)] == ["move", "remove"]
    assert titles(kiosk) == ["Sluice", "Weir", "Lock"]
    assert present(kiosk.library.undo()).pages == 1
    assert titles(kiosk) == ["Weir", "Lock", "Sluice"]


@pytest.mark.parametrize("act", ["remove_source", "rename_source", "move_source", "step_source", "edit_source"])
def test_acts_on_a_source_that_is_not_there_say_so(kiosk: Kiosk, act: str) -> None:
    arguments: dict[str, list[object]] = {"rename_source": ["A"], "move_source": ["A"], "step_source": [1]}
    more = arguments.get(act, [])
    with pytest.raises(NotFound, match="no source 99"):
        getattr(kiosk.library, act)(99, *more)


def test_undo_gives_a_source_its_address_back_though_another_had_it_meanwhile(kiosk: Kiosk) -> None:
    paper = kiosk.subscribe()
    kiosk.library.edit_source(paper.id, url="https://harbour.example/new")
    kiosk.subscribe()
    assert [present(kiosk.library.undo()).act for _ in range(2)] == ["add", "edit"]
    assert [(source.id, source.url) for source in kiosk.library.sources()] == [(paper.id, paper.url)]
    assert [present(kiosk.library.redo()).act for _ in range(2)] == ["edit", "add"]
    assert [source.url for source in kiosk.library.sources()] == ["https://harbour.example/new", paper.url]


def test_a_visit_keeps_nothing_of_a_source_that_was_removed_or_given_another_address_meanwhile(
    kiosk: Kiosk, clock: Clock
) -> None:
    gone, moved = kiosk.subscribe("gone"), kiosk.subscribe("moved")
    kiosk.library.remove_source(gone.id)
    kiosk.library.edit_source(moved.id, url="https://moved.example/new")
    as_left = [kiosk.library.source(source.id) for source in (gone, moved)]
    for source in (gone, moved):
        now, asked = clock.tick(), source.url
        changes = FeedChanges(title="Its own", new=(story("a"),), etag='"1"', due_at=2**40)
        assert kiosk.library.keep_feed(source.id, changes, now=now, asked=asked) == (0, 0)
        kiosk.library.keep_same(
            source.id, etag='"2"', last_modified=None, body_hash="f", due_at=2**40, now=now, asked=asked
        )
        kiosk.library.keep_failure(source.id, Failure(FailureKind.TLS), due_at=2**40, now=now, asked=asked)
        assert not kiosk.library.keep_moved(source.id, source.url + "?2", asked=source.url)
    assert [kiosk.library.source(source.id) for source in (gone, moved)] == as_left
    assert kiosk.titles() == []
    assert kiosk.library.keep_moved(moved.id, "https://moved.example/newer", asked="https://moved.example/new")


def test_headlines_come_in_the_order_asked_for(kiosk: Kiosk) -> None:
    kiosk.lists(kiosk.subscribe(), story("a"), story("b"))
    a, b = kiosk.page("a"), kiosk.page("b")
    assert kiosk.library.titles([b, 99, a, b]) == ["Story b", "", "Story a", "Story b"]

"""Subscribing, removing, renaming, moving: acts like any other."""

from kiosk import story

from reader.models import SourceKind


def titles(kiosk):
    return [source.title for source in kiosk.library.sources()]


def test_sources_stand_by_folder_in_the_order_they_were_added(kiosk):
    for paper, folder in (("weir", "Water"), ("lamp", None), ("harbour", "Water"), ("apple", "Food"), ("zoo", None)):
        kiosk.subscribe(paper, folder=folder)
    assert titles(kiosk) == ["Lamp", "Zoo", "Apple", "Weir", "Harbour"]


def test_all_that_is_known_of_a_source_is_kept(kiosk):
    source = kiosk.library.add_source(
        "https://lamp.example/map.xml", "Lamp", kind=SourceKind.SITEMAP, short="LMP", home="https://lamp.example/",
        folder="Light", language="vi", press="#aa3322", interval=900,
    )  # fmt: skip
    assert kiosk.library.source_by_url("https://lamp.example/map.xml") == source == kiosk.library.source(source.id)
    assert (source.kind, source.short, source.press, source.interval) == (SourceKind.SITEMAP, "LMP", "#aa3322", 900)
    assert source.due_at == 0


def test_adding_what_is_there_changes_nothing(kiosk):
    one = kiosk.subscribe()
    before = kiosk.library.last_journal_id()
    assert kiosk.subscribe() == one
    assert kiosk.library.last_journal_id() == before


def test_a_removed_source_takes_its_stories_along_but_not_the_starred_and_undo_brings_all_back(kiosk):
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
    assert kiosk.library.undo().act == "remove"
    assert (kiosk.view("unread"), kiosk.library.counts(today=0)) == before
    kiosk.library.redo()
    assert titles(kiosk) == ["Lamp"]


def test_subscribing_again_brings_a_removed_source_back_with_what_was_read(kiosk):
    paper = kiosk.subscribe()
    kiosk.lists(paper, story("a"), story("b"))
    kiosk.library.mark_read([kiosk.page("a")])
    kiosk.library.remove_source(paper.id)
    assert kiosk.subscribe().id == paper.id
    assert kiosk.titles() == ["Story b"]


def test_renaming_and_moving_are_undone_in_turn(kiosk):
    paper = kiosk.subscribe(folder="Water")
    kiosk.library.rename_source(paper.id, "The Harbour")
    kiosk.library.move_source(paper.id, None)
    moved = kiosk.library.source(paper.id)
    assert (moved.title, moved.folder) == ("The Harbour", None)
    assert [kiosk.library.undo().act for _ in range(2)] == ["move", "rename"]
    assert kiosk.library.source(paper.id) == paper
    assert kiosk.library.redo().act == "rename"
    assert kiosk.library.source(paper.id).title == "The Harbour"


def test_a_folder_shows_the_stories_of_its_sources_once(kiosk):
    one, other = kiosk.subscribe(folder="Water"), kiosk.subscribe("weir", folder="Water")
    loose = kiosk.subscribe("lamp")
    kiosk.lists(one, story("a"))
    kiosk.lists(other, story("a"), story("b", paper="weir"))
    kiosk.lists(loose, story("c", paper="lamp"))
    assert kiosk.titles("folder", folder="Water") == ["Story b", "Story a"]
    assert kiosk.titles("folder", folder=None) == ["Story c"]
    kiosk.library.remove_source(other.id)
    assert kiosk.titles("folder", folder="Water") == ["Story a"]


def test_what_is_due(kiosk, clock):
    one, other = kiosk.subscribe(), kiosk.subscribe("lamp")
    now = int(clock.now)
    kiosk.library.keep_same(one.id, etag=None, last_modified=None, body_hash=None, due_at=now + 60, now=now)
    assert [source.id for source in kiosk.library.due(now)] == [other.id]
    assert [source.id for source in kiosk.library.due(now + 60)] == [other.id, one.id]
    assert [source.id for source in kiosk.library.due(now, every=True)] == [other.id, one.id]
    assert [source.id for source in kiosk.library.due(now, ids=[one.id])] == [one.id]


def test_a_source_that_moved_for_good(kiosk):
    one, other = kiosk.subscribe(), kiosk.subscribe("lamp")
    assert kiosk.library.keep_moved(one.id, "https://harbour.example/new")
    assert kiosk.library.source(one.id).url == "https://harbour.example/new"
    assert not kiosk.library.keep_moved(other.id, "https://harbour.example/new")
    assert kiosk.library.source(other.id).url == other.url

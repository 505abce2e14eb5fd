"""A paper lists stories, changes them, lists them again: what was read stays read, and one mark hits one story."""

from datetime import UTC, datetime

import pytest

from reader.models import Entry, Failure, FailureKind
from reader.store import FeedChanges
from tests import present
from tests.store.conftest import Clock
from tests.store.sample_library import Kiosk, story


def test_new_stories_stand_unread_newest_first(kiosk: Kiosk, clock: Clock) -> None:
    paper = kiosk.subscribe()
    early = datetime.fromtimestamp(clock.now - 3600, UTC)
    assert kiosk.lists(paper, story("a", published=early), story("b")) == (2, 0)
    assert kiosk.titles() == ["Story b", "Story a"]
    assert kiosk.titles("source", source=paper.id) == ["Story b", "Story a"]
    assert kiosk.library.counts(today=int(clock.now) - 60).today == 1


def test_a_story_dated_in_the_future_sorts_by_when_it_was_first_seen(kiosk: Kiosk, clock: Clock) -> None:
    paper = kiosk.subscribe()
    kiosk.lists(paper, story("future", published=datetime(2099, 1, 1, tzinfo=UTC)))
    clock.tick()
    kiosk.lists(paper, story("now"))
    assert kiosk.titles() == ["Story now", "Story future"]


def test_a_read_story_that_its_paper_changes_stays_read_and_says_changed(kiosk: Kiosk, clock: Clock) -> None:
    paper = kiosk.subscribe()
    kiosk.lists(paper, story("a", "Ferry late"))
    page = kiosk.page("a")
    kiosk.library.mark_read([page])
    before = present(kiosk.library.row(page))
    clock.tick()
    assert kiosk.lists(paper, story("a", "Ferry very late")) == (0, 1)
    after = present(kiosk.library.row(page))
    assert (after.title, after.read, after.changed) == ("Ferry very late", True, True)
    assert (after.entry, after.time) == (before.entry, before.time)
    assert kiosk.titles() == []


def test_reading_a_changed_story_again_settles_it_and_undo_brings_the_mark_back(kiosk: Kiosk, clock: Clock) -> None:
    paper = kiosk.subscribe()
    kiosk.lists(paper, story("a", "Ferry late"))
    page = kiosk.page("a")
    kiosk.library.mark_read([page])
    clock.tick()
    kiosk.lists(paper, story("a", "Ferry very late"))
    clock.tick()
    assert kiosk.library.mark_read([page]).pages == 1
    assert not present(kiosk.library.row(page)).changed
    kiosk.library.undo()
    assert present(kiosk.library.row(page)).changed


def test_a_new_author_alone_does_not_say_that_the_words_changed(kiosk: Kiosk, clock: Clock) -> None:
    paper = kiosk.subscribe()
    kiosk.lists(paper, story("a"))
    kiosk.library.mark_read([kiosk.page("a")])
    clock.tick()
    assert kiosk.lists(paper, story("a", authors=("Mai",))) == (0, 1)
    assert not present(kiosk.library.row(kiosk.page("a"))).changed


def test_a_paper_that_changes_guids_does_not_list_its_stories_anew(kiosk: Kiosk, clock: Clock) -> None:
    paper = kiosk.subscribe()
    kiosk.lists(paper, story("a", "Ferry late", guid="1"))
    kiosk.library.mark_read([kiosk.page("a")])
    clock.tick()
    kiosk.lists(paper, story("a", "Ferry  LATE", guid="2"))
    assert kiosk.titles() == []
    assert len(kiosk.view("source", source=paper.id)) == 1


def test_a_story_in_two_sources_is_read_once(kiosk: Kiosk, clock: Clock) -> None:
    one, other = kiosk.subscribe(), kiosk.subscribe("lamp")
    kiosk.lists(one, story("a", "Ferry late"))
    clock.tick()
    kiosk.lists(
        other, story("a", "Ferry late, says Harbour", guid="x", link="https://HARBOUR.example/a.html?utm_source=lamp")
    )
    assert len(kiosk.titles()) == 1
    assert kiosk.library.counts(today=0).sources == {one.id: 1, other.id: 1}
    page = kiosk.page("a")
    assert kiosk.library.rows([page], source=one.id)[page].title == "Ferry late"
    assert kiosk.library.rows([page], source=other.id)[page].paper == "Lamp"
    kiosk.library.mark_read([page])
    assert kiosk.library.counts(today=0).sources == {}


def test_entries_that_share_one_link_are_marked_one_by_one(kiosk: Kiosk, clock: Clock) -> None:
    paper = kiosk.subscribe()
    shared = "https://harbour.example/briefs.html"
    kiosk.lists(paper, *(story(f"s{n}", f"Brief {n}", guid=str(n), link=shared) for n in range(5)))
    clock.tick()
    kiosk.lists(paper, story("late", "Brief 5", guid="5", link=shared))
    rows = kiosk.view("unread")
    assert len({row.page for row in rows}) == 6
    assert {row.url for row in rows} == {shared}
    kiosk.library.mark_read([rows[0].page])
    assert len(kiosk.titles()) == 5


def test_a_latecomer_with_the_link_of_a_read_story_is_unread(kiosk: Kiosk, clock: Clock) -> None:
    paper = kiosk.subscribe()
    kiosk.lists(paper, story("live", "Live: morning", guid="1"))
    kiosk.library.mark_read([kiosk.page("live")])
    clock.tick()
    kiosk.lists(paper, story("live", "Live: evening", guid="2"))
    assert kiosk.titles() == ["Live: evening"]


@pytest.mark.parametrize(
    "link", [None, "https://harbour.example/", "https://harbour.example/index.html", "https://harbour.example/rss"]
)
def test_entries_with_no_link_or_the_papers_own_home_have_pages_of_their_own(kiosk: Kiosk, link: str | None) -> None:
    paper = kiosk.subscribe()
    kiosk.lists(paper, Entry("1", link, "Notice"), Entry("2", link, "Notice"))
    rows = kiosk.view("unread")
    assert len(rows) == 2
    assert all(row.url == (link or "") for row in rows)
    assert kiosk.library.page_of("https://harbour.example/") is None
    kiosk.library.mark_read([rows[0].page])
    assert len(kiosk.view("unread")) == 1


def test_a_link_to_the_front_page_of_another_site_is_a_story(kiosk: Kiosk) -> None:
    one, other = kiosk.subscribe("lamp"), kiosk.subscribe("weir")
    kiosk.lists(one, story("x", "A new thing", link="https://thing.example/"))
    kiosk.lists(other, story("y", "See: a new thing", link="https://thing.example"))
    assert len(kiosk.titles()) == 1


def test_a_moved_link_is_one_more_alias_of_its_page(kiosk: Kiosk, clock: Clock) -> None:
    paper = kiosk.subscribe()
    kiosk.lists(paper, story("a", guid="1", link="http://harbour.example/a.html"))
    page = kiosk.library.page_of("http://harbour.example/a.html")
    kiosk.lists(paper, story("a", guid="1"))
    assert kiosk.page("a") == page == kiosk.library.page_of("http://harbour.example/a.html")
    assert present(kiosk.library.row(page)).url == "https://harbour.example/a.html"


def test_a_moved_link_that_is_another_storys_is_not_taken(kiosk: Kiosk) -> None:
    paper = kiosk.subscribe()
    kiosk.lists(paper, story("a", "Ferry"), story("b", "Bread"))
    a, b = kiosk.page("a"), kiosk.page("b")
    kiosk.lists(paper, story("a", "Ferry", link="https://harbour.example/b.html"))
    assert (kiosk.page("a"), kiosk.page("b")) == (a, b)
    assert len(kiosk.titles()) == 2


def test_two_processes_that_decide_the_same_keep_it_once(kiosk: Kiosk) -> None:
    paper = kiosk.subscribe()
    changes = FeedChanges(new=(story("a"), story("b")))
    assert kiosk.library.keep_feed(paper.id, changes, now=kiosk.clock()) == (2, 0)
    assert kiosk.library.keep_feed(paper.id, changes, now=kiosk.clock()) == (0, 0)
    later = FeedChanges(new=(story("a", "Changed"), story("b")))
    assert kiosk.library.keep_feed(paper.id, later, now=kiosk.clock()) == (0, 1)
    assert len(kiosk.titles()) == 2


def test_a_story_that_left_the_feed_long_ago_comes_back_read(kiosk: Kiosk) -> None:
    paper = kiosk.subscribe()
    kiosk.lists(paper, story("a"))
    kiosk.library.mark_read([kiosk.page("a")])
    kiosk.library._db.write(lambda con: [con.execute("DELETE FROM listed"), con.execute("DELETE FROM entries")])
    kiosk.lists(paper, story("a"))
    assert kiosk.titles() == []
    assert kiosk.titles("source", source=paper.id) == ["Story a"]


def test_entry_ids_are_never_used_again(kiosk: Kiosk) -> None:
    paper = kiosk.subscribe()
    kiosk.lists(paper, story("a"), story("b"))
    newest = max(present(row.entry) for row in kiosk.view("unread"))
    kiosk.library._db.write(lambda con: [con.execute("DELETE FROM listed"), con.execute("DELETE FROM entries")])
    kiosk.lists(paper, story("c"))
    assert present(present(kiosk.library.row(kiosk.page("c"))).entry) > newest


def test_facts_validators_and_faults_of_a_visit_are_kept(kiosk: Kiosk, clock: Clock) -> None:
    paper = kiosk.library.add_source("https://harbour.example/rss", "https://harbour.example/rss", language="vi")
    fault = Failure(FailureKind.BROKEN_FEED, line=214, entries=31)
    changes = FeedChanges("Harbour", "https://harbour.example/", "en", new=(), etag='"1"', last_modified="Tue",
                          body_hash="h", due_at=int(clock.now) + 900, fault=fault)  # fmt: skip
    kiosk.library.keep_feed(paper.id, changes, now=clock.now)
    kept = present(kiosk.library.source(paper.id))
    assert (kept.title, kept.home, kept.language) == ("Harbour", "https://harbour.example/", "vi")
    assert (kept.etag, kept.last_modified, kept.body_hash, kept.due_at) == ('"1"', "Tue", "h", int(clock.now) + 900)
    assert (kept.failure, kept.failed_since) == (fault, int(clock.now))
    began = int(clock.now)
    down = Failure(FailureKind.HTTP, status=404, until=datetime(2023, 11, 14, 9, 0, tzinfo=UTC))
    kiosk.library.keep_failure(paper.id, down, due_at=5, now=clock.tick())
    kept = present(kiosk.library.source(paper.id))
    assert (kept.failure, kept.failed_since, kept.answered_at) == (down, began, began)
    kiosk.library.keep_same(paper.id, etag=None, last_modified=None, body_hash=None, due_at=9, now=clock.tick())
    kept = present(kiosk.library.source(paper.id))
    assert (kept.failure, kept.failed_since, kept.etag, kept.answered_at) == (None, None, '"1"', int(clock.now))


def test_changes_for_a_source_that_is_not_there_are_left(kiosk: Kiosk) -> None:
    assert kiosk.library.keep_feed(99, FeedChanges(new=(story("a"),)), now=1) == (0, 0)

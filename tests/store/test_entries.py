"""A paper lists stories, changes them, lists them again: what was read stays read, and one mark hits one story."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reader.models import Enclosure, Entry, Failure, FailureKind
from reader.store import FeedChanges
from tests import add_source, present
from tests.store.conftest import Clock
from tests.store.sample_library import SampleLibrary, story


def test_new_stories_stand_unread_newest_first(sample: SampleLibrary, clock: Clock) -> None:
    paper = sample.subscribe()
    early = datetime.fromtimestamp(clock.now - 3600, UTC)
    assert sample.lists(paper, story("a", published=early), story("b")) == (2, 0)
    assert sample.titles() == ["Story b", "Story a"]
    assert sample.titles("source", source=paper.id) == ["Story b", "Story a"]
    assert sample.library.counts(today=int(clock.now) - 60).today == 1


def test_a_story_dated_in_the_future_sorts_by_when_it_was_first_seen(sample: SampleLibrary, clock: Clock) -> None:
    paper = sample.subscribe()
    sample.lists(paper, story("future", published=datetime(2099, 1, 1, tzinfo=UTC)))
    clock.tick()
    sample.lists(paper, story("now"))
    assert sample.titles() == ["Story now", "Story future"]


def test_a_read_story_that_its_paper_changes_stays_read_and_says_changed(sample: SampleLibrary, clock: Clock) -> None:
    paper = sample.subscribe()
    sample.lists(paper, story("a", "Ferry late"))
    page = sample.page("a")
    sample.library.mark_read([page])
    before = present(sample.library.row(page))
    clock.tick()
    assert sample.lists(paper, story("a", "Ferry very late")) == (0, 1)
    after = present(sample.library.row(page))
    assert (after.title, after.read, after.changed) == ("Ferry very late", True, True)
    assert (after.entry, after.time) == (before.entry, before.time)
    assert sample.titles() == []


def test_reading_a_changed_story_again_ends_its_change_and_undo_brings_the_mark_back(
    sample: SampleLibrary, clock: Clock
) -> None:
    paper = sample.subscribe()
    sample.lists(paper, story("a", "Ferry late"))
    page = sample.page("a")
    sample.library.mark_read([page])
    clock.tick()
    sample.lists(paper, story("a", "Ferry very late"))
    clock.tick()
    assert sample.library.mark_read([page]).pages == 1
    assert not present(sample.library.row(page)).changed
    sample.library.undo()
    assert present(sample.library.row(page)).changed


def test_a_new_author_alone_does_not_say_that_the_words_changed(sample: SampleLibrary, clock: Clock) -> None:
    paper = sample.subscribe()
    sample.lists(paper, story("a"))
    sample.library.mark_read([sample.page("a")])
    clock.tick()
    assert sample.lists(paper, story("a", authors=("Mai",))) == (0, 1)
    assert not present(sample.library.row(sample.page("a"))).changed


def test_a_paper_that_changes_guids_does_not_list_its_stories_anew(sample: SampleLibrary, clock: Clock) -> None:
    paper = sample.subscribe()
    sample.lists(paper, story("a", "Ferry late", guid="1"))
    sample.library.mark_read([sample.page("a")])
    clock.tick()
    sample.lists(paper, story("a", "Ferry  LATE", guid="2"))
    assert sample.titles() == []
    assert len(sample.view("source", source=paper.id)) == 1


def test_a_story_in_two_sources_is_read_once(sample: SampleLibrary, clock: Clock) -> None:
    one, other = sample.subscribe(), sample.subscribe("lamp")
    sample.lists(one, story("a", "Ferry late"))
    clock.tick()
    sample.lists(
        other, story("a", "Ferry late, says Harbour", guid="x", link="https://HARBOUR.example/a.html?utm_source=lamp")
    )
    assert len(sample.titles()) == 1
    assert sample.library.counts(today=0).sources == {one.id: 1, other.id: 1}
    page = sample.page("a")
    assert sample.library.rows([page], source=one.id)[page].title == "Ferry late"
    assert sample.library.rows([page], source=other.id)[page].paper == "Lamp"
    sample.library.mark_read([page])
    assert sample.library.counts(today=0).sources == {}


def test_entries_that_share_one_link_are_marked_one_by_one(sample: SampleLibrary, clock: Clock) -> None:
    paper = sample.subscribe()
    shared = "https://harbour.example/briefs.html"
    sample.lists(paper, *(story(f"s{n}", f"Brief {n}", guid=str(n), link=shared) for n in range(5)))
    clock.tick()
    sample.lists(paper, story("late", "Brief 5", guid="5", link=shared))
    rows = sample.view("unread")
    assert len({row.page for row in rows}) == 6
    assert {row.url for row in rows} == {shared}
    sample.library.mark_read([rows[0].page])
    assert len(sample.titles()) == 5


def test_a_latecomer_with_the_link_of_a_read_story_is_unread(sample: SampleLibrary, clock: Clock) -> None:
    paper = sample.subscribe()
    sample.lists(paper, story("live", "Live: morning", guid="1"))
    sample.library.mark_read([sample.page("live")])
    clock.tick()
    sample.lists(paper, story("live", "Live: evening", guid="2"))
    assert sample.titles() == ["Live: evening"]


@pytest.mark.parametrize(
    "link", [None, "https://harbour.example/", "https://harbour.example/index.html", "https://harbour.example/rss"]
)
def test_entries_with_no_link_or_the_papers_own_home_have_pages_of_their_own(
    sample: SampleLibrary, link: str | None
) -> None:
    paper = sample.subscribe()
    sample.lists(paper, Entry("1", link, "Notice"), Entry("2", link, "Notice"))
    rows = sample.view("unread")
    assert len(rows) == 2
    assert all(row.url == (link or "") for row in rows)
    assert sample.library.page_of("https://harbour.example/") is None
    sample.library.mark_read([rows[0].page])
    assert len(sample.view("unread")) == 1


def test_a_link_to_the_front_page_of_another_site_is_a_story(sample: SampleLibrary) -> None:
    one, other = sample.subscribe("lamp"), sample.subscribe("weir")
    sample.lists(one, story("x", "A new thing", link="https://thing.example/"))
    sample.lists(other, story("y", "See: a new thing", link="https://thing.example"))
    assert len(sample.titles()) == 1


def test_a_moved_link_is_one_more_alias_of_its_page(sample: SampleLibrary, clock: Clock) -> None:
    paper = sample.subscribe()
    sample.lists(paper, story("a", guid="1", link="http://harbour.example/a.html"))
    page = sample.library.page_of("http://harbour.example/a.html")
    sample.lists(paper, story("a", guid="1"))
    assert sample.page("a") == page == sample.library.page_of("http://harbour.example/a.html")
    assert present(sample.library.row(page)).url == "https://harbour.example/a.html"


def test_a_moved_link_that_is_another_storys_is_not_taken(sample: SampleLibrary) -> None:
    paper = sample.subscribe()
    sample.lists(paper, story("a", "Ferry"), story("b", "Bread"))
    a, b = sample.page("a"), sample.page("b")
    sample.lists(paper, story("a", "Ferry", link="https://harbour.example/b.html"))
    assert (sample.page("a"), sample.page("b")) == (a, b)
    assert len(sample.titles()) == 2


def test_two_processes_that_decide_the_same_keep_it_once(sample: SampleLibrary) -> None:
    paper = sample.subscribe()
    changes = FeedChanges(new=(story("a"), story("b")))
    assert sample.library.keep_feed(paper.id, changes, now=sample.clock()) == (2, 0)
    assert sample.library.keep_feed(paper.id, changes, now=sample.clock()) == (0, 0)
    later = FeedChanges(new=(story("a", "Changed"), story("b")))
    assert sample.library.keep_feed(paper.id, later, now=sample.clock()) == (0, 1)
    assert len(sample.titles()) == 2


def test_a_story_that_left_the_feed_long_ago_comes_back_read(sample: SampleLibrary) -> None:
    paper = sample.subscribe()
    sample.lists(paper, story("a"))
    sample.library.mark_read([sample.page("a")])
    sample.library._db.write(lambda con: [con.execute("DELETE FROM listed"), con.execute("DELETE FROM entries")])
    sample.lists(paper, story("a"))
    assert sample.titles() == []
    assert sample.titles("source", source=paper.id) == ["Story a"]


def test_entry_ids_are_never_used_again(sample: SampleLibrary) -> None:
    paper = sample.subscribe()
    sample.lists(paper, story("a"), story("b"))
    newest = max(present(row.entry) for row in sample.view("unread"))
    sample.library._db.write(lambda con: [con.execute("DELETE FROM listed"), con.execute("DELETE FROM entries")])
    sample.lists(paper, story("c"))
    assert present(present(sample.library.row(sample.page("c"))).entry) > newest


def test_facts_validators_and_faults_of_a_visit_are_kept(sample: SampleLibrary, clock: Clock) -> None:
    paper = add_source(sample.library, "https://harbour.example/rss", "https://harbour.example/rss", language="vi")
    fault = Failure(FailureKind.BROKEN_FEED, line=214, entries=31)
    changes = FeedChanges(
        "Harbour",
        "https://harbour.example/",
        "en",
        new=(),
        etag='"1"',
        last_modified="Tue",
        body_hash="h",
        due_at=int(clock.now) + 900,
        fault=fault,
    )
    sample.library.keep_feed(paper.id, changes, now=clock.now)
    kept = present(sample.library.source(paper.id))
    assert (kept.title, kept.home, kept.language) == ("Harbour", "https://harbour.example/", "vi")
    assert (kept.etag, kept.last_modified, kept.body_hash, kept.due_at) == ('"1"', "Tue", "h", int(clock.now) + 900)
    assert (kept.failure, kept.failed_since) == (fault, int(clock.now))
    began = int(clock.now)
    down = Failure(FailureKind.HTTP, status=404, until=datetime(2023, 11, 14, 9, 0, tzinfo=UTC))
    sample.library.keep_failure(paper.id, down, due_at=5, now=clock.tick())
    kept = present(sample.library.source(paper.id))
    assert (kept.failure, kept.failed_since, kept.answered_at) == (down, began, began)
    sample.library.keep_same(paper.id, etag=None, last_modified=None, body_hash=None, due_at=9, now=clock.tick())
    kept = present(sample.library.source(paper.id))
    assert (kept.failure, kept.failed_since, kept.etag, kept.answered_at) == (None, None, '"1"', int(clock.now))


def test_changes_for_a_source_that_is_not_there_are_left(sample: SampleLibrary) -> None:
    assert sample.library.keep_feed(99, FeedChanges(new=(story("a"),)), now=1) == (0, 0)


def test_what_an_earlier_newsstand_did_not_keep_comes_in_without_a_word(sample: SampleLibrary, clock: Clock) -> None:
    paper = sample.subscribe()
    earlier = story("a", summary="Rain")
    sample.lists(paper, earlier)
    sample.library.mark_read([sample.page("a")])
    clock.tick()
    sound = Enclosure("https://harbour.example/a.mp3")
    assert sample.lists(paper, replace(earlier, content="<p>Rain</p><p>Wind</p>", enclosures=(sound,))) == (0, 0)
    row = present(sample.library.row(sample.page("a")))
    assert not row.changed
    assert row.enclosures == (sound,)
    assert present(sample.library.feed_text(row.page)).html == "<p>Rain</p><p>Wind</p>"


def test_only_other_words_say_that_a_read_story_has_changed(sample: SampleLibrary, clock: Clock) -> None:
    paper = sample.subscribe()
    sample.lists(paper, story("a", summary="Rain", content='<p class="x1">Rain and <a href="/w?t=1">wind</a></p>'))
    sample.library.mark_read([sample.page("a")])
    clock.tick()
    sample.lists(paper, story("a", summary="Rain", content='<p class="x2">Rain and <a href="/w?t=2">wind</a></p>'))
    assert not present(sample.library.row(sample.page("a"))).changed
    sample.lists(paper, story("a", summary="Rain", content="<p>Rain and storm</p>"))
    assert present(sample.library.row(sample.page("a"))).changed

"""What a prune takes and what it never takes, and that nothing it took comes back as new."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.models import Link, LinkKind
from reader.news.pruning import DAY, LONGEST_GAP, dry_run, is_wanted, prune
from reader.store import Bounds, Library, Pruned
from tests.store.conftest import Clock
from tests.store.sample_library import SampleLibrary, story, text

YEAR = Bounds(365, 0)
MONTH = Bounds(30, 0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sample(tmp_path: Path, clock: Clock) -> Iterator[SampleLibrary]:
    with SampleLibrary(tmp_path / "library.db", clock) as opened:
        yield opened


def kept_text(sample: SampleLibrary, name: str, size: int = 2000, *links: Link) -> int:
    """Keep a text of so many letters as the article of a story of the harbour paper; return its page."""
    address = f"https://harbour.example/{name}.html"
    return sample.library.keep_article(
        sample.page(name), text(address, f"Story {name}", "Wind. " * (size // 6), links=links)
    )


def is_kept(sample: SampleLibrary, page: int) -> bool:
    return sample.library.article(page) is not None


def test_what_nothing_has_happened_to_for_longer_than_its_days_goes(sample: SampleLibrary, clock: Clock) -> None:
    source = sample.subscribe()
    sample.lists(source, story("old"), story("read"))
    clock.tick(300 * DAY)
    sample.lists(source, story("new"))
    clock.tick(100 * DAY)
    sample.library.mark_read([sample.page("read")])
    report = prune(sample.library, YEAR)
    assert report.total.entries == 1
    assert sample.titles("source", source=source.id) == ["Story new", "Story read"]
    assert sample.titles() == ["Story new"]


def test_an_old_date_in_a_feed_is_no_age(sample: SampleLibrary) -> None:
    source = sample.subscribe()
    sample.lists(source, story("ancient", published=datetime(1999, 5, 1, tzinfo=UTC)))
    assert prune(sample.library, YEAR).total == Pruned()


def test_what_a_person_has_marked_stays(sample: SampleLibrary, clock: Clock) -> None:
    source, library = sample.subscribe(), sample.library
    sample.lists(source, *(story(name) for name in ("starred", "saved", "tagged", "read", "unread")))
    library.star([sample.page("starred")])
    library.save([sample.page("saved")])
    library.mark_read([sample.page(name) for name in ("starred", "saved", "tagged", "read")])
    tagged = sample.page("tagged")
    library._db.write(
        lambda con: con.execute("UPDATE statuses SET tags = '[\"ropes\"]' WHERE page = ?", (tagged,))
    )  # nothing sets tags yet
    clock.tick(4000 * DAY)
    for bounds in (MONTH, Bounds(0, 1), Bounds(30, 1)):
        prune(library, bounds)
    assert sample.titles("starred") == ["Story starred"]
    assert sample.titles("saved") == ["Story saved"]
    assert {row.title for row in sample.view("source", source=source.id)} == {
        "Story starred",
        "Story saved",
        "Story tagged",
    }


def test_texts_go_before_headlines_where_room_is_wanted_and_the_oldest_first(
    sample: SampleLibrary, clock: Clock
) -> None:
    source, library = sample.subscribe(), sample.library
    names = [f"s{number}" for number in range(12)]
    sample.lists(source, *(story(name) for name in names))
    for name in names:
        clock.tick(DAY)
        library.mark_read([kept_text(sample, name, 200_000)])
    report = prune(library, Bounds(365, 1))
    assert report.after <= 1_000_000 < report.size
    assert report.total.entries == 0 < report.total.articles < 12
    kept = [is_kept(sample, sample.page(name)) for name in names]
    assert kept == sorted(kept)
    assert len(sample.titles("source", source=source.id)) == 12
    assert library.counts(today=0).kept == sum(kept)


def test_replaced_versions_go_first(sample: SampleLibrary, clock: Clock) -> None:
    source, library = sample.subscribe(), sample.library
    sample.lists(source, story("a"), story("b"))
    for number in range(8):
        clock.tick()
        library.mark_read([kept_text(sample, "a", 150_000 + 6 * number)])
    kept_text(sample, "b", 150_000)
    library.mark_read([sample.page("a"), sample.page("b")])
    report = prune(library, Bounds(0, 1))
    assert report.total.articles == 7
    assert is_kept(sample, sample.page("a"))
    assert is_kept(sample, sample.page("b"))


def test_unread_stories_stay_however_large_the_library_is_and_that_is_said(sample: SampleLibrary, clock: Clock) -> None:
    source, library = sample.subscribe(), sample.library
    sample.lists(source, story("a"), story("b"))
    pages = [kept_text(sample, name, 1_500_000) for name in "ab"]
    clock.tick(300 * DAY)
    report = prune(library, Bounds(365, 1))
    assert report.total == Pruned()
    assert report.over > 1_000_000
    assert all(is_kept(sample, page) for page in pages)


def test_what_was_pruned_does_not_come_back_as_new(sample: SampleLibrary, clock: Clock) -> None:
    source, library = sample.subscribe(), sample.library
    one = datetime.fromtimestamp(clock.now, UTC)
    listed = (
        story("same", guid="tag:1"),
        story("retitled", guid="tag:2"),
        story("readdressed", guid="tag:3"),
        story("reguided", guid="tag:4", published=one, summary="Rain."),
        story("visit", guid="tag:5", link="https://harbour.example/visit?sid=1", published=one, summary="Sun."),
    )
    sample.lists(source, *listed)
    library.mark_read([row.page for row in sample.view("source", source=source.id)][:2])
    clock.tick(400 * DAY)
    assert prune(library, YEAR).total.entries == 5
    again = (
        listed[0],
        story("retitled", "Another headline", guid="tag:2"),
        story("readdressed", link="https://harbour.example/elsewhere.html", guid="tag:3"),
        story("reguided", guid="other", published=one, summary="Rain."),
        story("visit", guid="6", link="https://harbour.example/visit?sid=2", published=one, summary="Sun."),
    )
    assert sample.lists(source, *again) == (0, 0)
    assert sample.titles() == []
    other = story("afresh", guid="tag:1")  # papers use a guid again
    assert sample.lists(source, *again[1:], other) == (1, 0)
    assert sample.titles() == ["Story afresh"]


def test_a_column_of_one_name_is_not_taken_for_what_was_pruned(sample: SampleLibrary, clock: Clock) -> None:
    source, library = sample.subscribe(), sample.library
    sample.lists(source, story("weather", "Weather", guid="w1", summary="Rain on Monday."))
    clock.tick(400 * DAY)
    prune(library, YEAR)
    assert sample.lists(source, story("weather", "Weather", guid="w2", summary="Sun on Friday.")) == (1, 0)


def test_what_was_read_is_read_still_when_it_is_opened_by_its_address(sample: SampleLibrary, clock: Clock) -> None:
    source, library = sample.subscribe(), sample.library
    sample.lists(source, story("read"), story("unread"))
    page = sample.page("read")
    library.mark_read([page])
    read_at = library.status(page).read_at
    clock.tick(400 * DAY)
    prune(library, YEAR)
    assert library.page_of("https://harbour.example/read.html") is None
    assert library.status(page).read_at == read_at
    assert library.ensure_page("https://harbour.example/read.html") == page
    row = library.row(page)
    assert row is not None
    assert row.read
    other = sample.subscribe("gull")
    sample.lists(other, story("x", link="https://harbour.example/read.html"))
    assert sample.titles() == []


def test_a_text_that_was_on_its_way_is_kept(sample: SampleLibrary, clock: Clock) -> None:
    source, library = sample.subscribe(), sample.library
    sample.lists(source, story("late"))
    page = sample.page("late")
    clock.tick(400 * DAY)
    prune(library, YEAR)
    late = text("https://harbour.example/late.html", "Story late")
    assert library.keep_article(page, late) == page
    row = library.row(page)
    assert row is not None
    assert (row.kept, row.url) == (True, "https://harbour.example/late.html")


OPENS = """
import sys
from pathlib import Path
from reader.store import Library
library = Library.open(Path(sys.argv[1]))
library.keep_open([int(sys.argv[2])])
print("open", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("elsewhere", [False, True], ids=["here", "in another process"])
def test_what_is_open_stays_and_what_its_links_lead_to(sample: SampleLibrary, clock: Clock, elsewhere: bool) -> None:
    source, library = sample.subscribe(), sample.library
    sample.lists(source, story("open"), story("linked"), story("other"))
    for name in ("linked", "other"):
        kept_text(sample, name)
    page = kept_text(
        sample, "open", 2000, Link(LinkKind.RELATED, "Story linked", "https://harbour.example/linked.html?utm_source=x")
    )
    library.mark_read([sample.page(name) for name in ("open", "linked", "other")])
    clock.tick(400 * DAY)
    if elsewhere:
        with subprocess.Popen(
            [sys.executable, "-c", OPENS, str(library.path), str(page)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdin is not None
            assert process.stdout.readline() == "open\n"
            prune(library, YEAR)
            process.stdin.close()
    else:
        library.keep_open([page])
        prune(library, YEAR)
    assert sorted(sample.titles("source", source=source.id)) == ["Story linked", "Story open"]
    assert is_kept(sample, sample.page("linked"))
    library.keep_open([])
    prune(library, YEAR)
    assert sample.titles("source", source=source.id) == []


def test_a_source_has_days_and_room_of_its_own(sample: SampleLibrary, clock: Clock) -> None:
    library = sample.library
    weir, lock, sluice = (sample.subscribe(paper) for paper in ("weir", "lock", "sluice"))
    for source, paper in ((weir, "weir"), (lock, "lock"), (sluice, "sluice")):
        sample.lists(
            source, *(story(f"{paper}{number}", paper=paper, content="Ropes. " * 60_000) for number in range(9))
        )
        library.mark_read([row.page for row in sample.view("source", source=source.id)])
    library.edit_source(weir.id, keep_days=7)
    library.edit_source(lock.id, keep_days=0)
    library.edit_source(sluice.id, keep_megabytes=2)
    clock.tick(20 * DAY)
    report = prune(library, MONTH)
    assert {source: pruned.entries for source, pruned in report.sources.items()} == {weir.id: 9, sluice.id: 0}
    assert 0 < report.sources[sluice.id].size < 9 * 420_000
    clock.tick(1000 * DAY)
    prune(library, MONTH)
    assert [len(sample.titles("source", source=source.id)) for source in (weir, lock, sluice)] == [0, 9, 0]


def test_a_dry_run_says_what_a_prune_takes_and_takes_nothing(sample: SampleLibrary, clock: Clock) -> None:
    source, library = sample.subscribe(), sample.library
    other = sample.subscribe("gull")
    sample.lists(source, *(story(f"s{number}") for number in range(10)))
    sample.lists(other, *(story(f"g{number}", paper="gull", content="Salt. " * 3000) for number in range(10)))
    for number in range(10):
        library.mark_read([kept_text(sample, f"s{number}", 300_000)])
    clock.tick(40 * DAY)
    sample.lists(source, *(story(f"t{number}") for number in range(4)))
    for number in range(4):
        library.mark_read([kept_text(sample, f"t{number}", 600_000)])
    before = library.data_version(), sample.titles("source", source=source.id)
    for bounds in (MONTH, Bounds(0, 3), Bounds(30, 2)):
        said = dry_run(library, bounds)
        assert said.total.size > 0
        assert (library.data_version(), sample.titles("source", source=source.id)) == before
    said, done = dry_run(library, MONTH), prune(library, MONTH)
    assert (said.total.articles, said.total.entries) == (done.total.articles, done.total.entries) == (10, 20)
    assert said.sources.keys() == done.sources.keys()
    said, done = dry_run(library, Bounds(0, 2)), prune(library, Bounds(0, 2))
    assert abs(said.total.articles - done.total.articles) <= 1


def test_undo_of_a_removal_works_until_its_days_are_over(sample: SampleLibrary, clock: Clock) -> None:
    source, library = sample.subscribe(), sample.library
    sample.lists(source, story("a"), story("b"))
    library.remove_source(source.id)
    clock.tick(364 * DAY)
    prune(library, YEAR)
    assert library.undo() is not None
    assert len(sample.titles()) == 2
    assert library.redo() is not None
    clock.tick(3 * DAY)
    prune(library, YEAR)
    assert library.undo() is not None, "the redo is new, the removal's days are not over"
    assert sample.titles() == []


def test_a_source_that_is_subscribed_to_anew_brings_what_was_never_read_of_it(
    sample: SampleLibrary, clock: Clock
) -> None:
    source, library = sample.subscribe(), sample.library
    sample.lists(source, story("read"), story("unread"))
    library.mark_read([sample.page("read")])
    library.remove_source(source.id)
    clock.tick(400 * DAY)
    prune(library, YEAR)
    assert sample.subscribe().id == source.id
    assert sample.lists(source, story("read"), story("unread")) == (1, 0)
    assert sample.titles() == ["Story unread"]


def test_undo_says_what_it_can_no_longer_change(sample: SampleLibrary, clock: Clock) -> None:
    source, library = sample.subscribe(), sample.library
    sample.lists(source, story("a"), story("b"), story("c"))
    clock.tick(200 * DAY)
    library.star([sample.page("c")])
    library.edit_source(source.id, keep_days=1)
    library.mark_read([sample.page(name) for name in "abc"])
    clock.tick(2 * DAY)
    prune(library, YEAR)
    act = library.undo()
    assert act is not None
    assert (act.act, act.pages, act.pruned) == ("read", 1, 2)
    assert sample.titles() == ["Story c"]
    act = library.redo()
    assert act is not None
    assert (act.pages, act.pruned) == (1, 0)


def test_the_journal_forgets_acts_whose_days_are_over(sample: SampleLibrary, clock: Clock) -> None:
    source, library = sample.subscribe(), sample.library
    sample.lists(source, story("a"), story("b"))
    library.mark_read([sample.page("a")])
    library.undo()
    library.star([sample.page("b")])
    clock.tick(400 * DAY)
    library.mark_read([sample.page("b")])
    prune(library, YEAR)
    acts = library._db.read(
        lambda con: con.execute("SELECT act FROM acts").fetchall()
    )  # no read of the library lists acts
    assert acts == [("read",)]
    assert library.undo() is not None
    assert library.undo() is None
    assert sample.titles("starred") == ["Story b"]


def test_it_runs_by_itself_once_a_day_or_where_the_library_is_too_large(sample: SampleLibrary, clock: Clock) -> None:
    library = sample.library
    assert not is_wanted(library, YEAR), "the first time it only notes the day"
    clock.tick(DAY)
    assert is_wanted(library, YEAR)
    prune(library, YEAR)
    assert not is_wanted(library, YEAR)
    assert is_wanted(library, MONTH), "the settings are others"
    source = sample.subscribe()
    sample.lists(source, story("a"))
    kept_text(sample, "a", 2_000_000)
    assert is_wanted(library, Bounds(365, 1))
    prune(library, Bounds(365, 1))
    assert not is_wanted(library, Bounds(365, 1)), "all that is left is protected: an hour passes first"
    clock.tick(3600)
    assert is_wanted(library, Bounds(365, 1))
    clock.tick(-40 * DAY)
    assert is_wanted(library, Bounds(365, 1)), "the clock was set back"


def test_a_clock_far_ahead_takes_nothing_by_itself_until_a_day_has_passed(sample: SampleLibrary, clock: Clock) -> None:
    library = sample.library
    prune(library, YEAR)
    clock.tick(LONGEST_GAP + 1)
    assert not is_wanted(library, YEAR)
    clock.tick(DAY)
    assert is_wanted(library, YEAR)


def test_a_library_that_cannot_be_written_is_left_alone(sample: SampleLibrary, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write what is read-only")
    sample.library.close()
    sample.library.path.chmod(0o400)
    with Library.open(sample.library.path) as library:
        assert not is_wanted(library, YEAR)


def test_the_file_shrinks_and_an_older_one_does_so_once_it_is_compacted(sample: SampleLibrary, clock: Clock) -> None:
    source, library = sample.subscribe(), sample.library

    def size() -> int:
        library._db.write(lambda con: None)  # so that the checkpoint below has something to do
        library._db._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # what closing does
        return library.path.stat().st_size

    for round_ in range(2):
        names = [f"r{round_}s{number}" for number in range(20)]
        sample.lists(source, *(story(name) for name in names))
        for name in names:
            kept_text(sample, name, 300_000)
        library.mark_read([sample.page(name) for name in names])
        clock.tick(400 * DAY)
        large = size()
        prune(library, YEAR)
        if round_ == 0:
            assert size() < large - 4_000_000
            library._db._writer.execute("PRAGMA auto_vacuum = NONE")  # as an older Newsstand made it
            library._db._writer.execute("VACUUM")
            assert not library.pruner.can_shrink()
        else:
            assert size() >= large - 100_000
            library.pruner.compact()
            assert library.pruner.can_shrink()
            assert size() < 2_500_000

"""What lists show, and that they are read without walking the library."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.library import make_library
from reader.models import Enclosure, Entry
from reader.store import EntryFilter, FeedChanges, Library, View, ViewKind, headline_lists
from reader.store.headline_lists import JSON_NAMES
from reader.store.pages import update_derived
from tests import add_source, present
from tests.store.conftest import Clock
from tests.store.sample_library import SampleLibrary, story, text


def test_starred_kept_and_lately_sort_each_in_its_way(sample: SampleLibrary, clock: Clock) -> None:
    paper = sample.subscribe()
    for name in "abc":
        sample.lists(paper, story(name))
        clock.tick()
    for name in "acb":
        sample.library.mark_read([sample.page(name)])
        sample.library.star([sample.page(name)])
        clock.tick()
    sample.library.keep_article(sample.page("b"), text("https://harbour.example/b.html", "Story b"))
    assert sample.titles("starred") == ["Story c", "Story b", "Story a"]
    assert sample.titles("lately") == ["Story b", "Story c", "Story a"]
    assert sample.titles("kept") == ["Story b"]
    counts = sample.library.counts(today=0)
    assert (counts.starred, counts.kept, counts.unread, counts.sources) == (3, 1, 0, {})


def test_a_story_that_two_papers_of_a_folder_list_counts_once_there(sample: SampleLibrary) -> None:
    library = sample.library
    papers = [add_source(library, f"https://{name}.example/rss", name, folder="Coast") for name in ("one", "two")]
    shared, own = "https://one.example/shared", "https://two.example/own"
    for paper, links in zip(papers, ((shared,), (shared, own)), strict=True):
        entries = tuple(Entry(guid=link, link=link, title=link) for link in links)
        library.keep_feed(paper.id, FeedChanges(new=entries), now=2e9)
    counts = library.counts(today=0)
    assert (counts.unread, [counts.sources[paper.id] for paper in papers]) == (2, [1, 2])
    assert counts.of_folder("Coast", 3) == 2
    assert counts.of_folder("Inland", 3) == 3


def test_today_shows_what_was_read_too_and_counts_what_was_not(sample: SampleLibrary, clock: Clock) -> None:
    paper = sample.subscribe()
    sample.lists(paper, story("old"))
    today = clock.tick(86400)
    sample.lists(paper, story("a"), story("b"))
    sample.library.mark_read([sample.page("a")])
    pages = sample.library.listing(View("today"), today=today).pages
    assert [present(sample.library.row(page)).title for page in pages] == ["Story b", "Story a"]
    assert sample.library.counts(today=today).today == 1


def test_times_stand_beside_their_pages(sample: SampleLibrary, clock: Clock) -> None:
    paper = sample.subscribe()
    sample.lists(paper, story("a", published=datetime.fromisoformat("1999-12-31T23:59:59-05:00")), story("b"))
    listing = sample.library.listing(View("unread"))
    assert list(listing.times) == [int(clock.now), 946702799]
    assert [present(sample.library.row(page)).time for page in listing.pages] == list(listing.times)
    assert (listing.pages.typecode, listing.times.typecode) == ("q", "q")


def test_an_empty_library_has_empty_lists(sample: SampleLibrary) -> None:
    for kind in ("unread", "today", "starred", "kept", "lately", "source", "folder"):
        assert len(sample.library.listing(View(kind))) == 0
    assert sample.library.rows([]) == {}
    assert sample.library.known([]) == {}
    assert sample.library.counts(today=0).sources == {}


def test_known_links_are_found_by_any_spelling(sample: SampleLibrary) -> None:
    sample.lists(sample.subscribe(), story("a", summary="Rain."), story("b"))
    sample.library.mark_read([sample.page("b")])
    asked = [
        "https://harbour.example/a.html#top",
        "HTTPS://harbour.example:443/b.html?utm_source=x",
        "https://no.example/",
    ]
    known = sample.library.known(asked)
    assert set(known) == set(asked[:2])
    assert (known[asked[0]].summary, known[asked[0]].read, known[asked[0]].title) == ("Rain.", False, "Story a")
    assert known[asked[1]].read


def test_the_command_line_asks_for_what_fits(sample: SampleLibrary, clock: Clock) -> None:
    one, other = sample.subscribe(), sample.subscribe("lamp")
    sample.lists(one, story("a"), story("b"))
    since = clock.tick()
    sound = Enclosure("https://lamp.example/c.mp3", "audio/mpeg", 12, 90)
    talk = "https://lamp.example/talk"
    sample.lists(other, story("c", paper="lamp", enclosures=(sound,), discussion=talk, linked=(talk,)))
    related = sample.library.ensure_page("https://harbour.example/related")
    sample.library.star([sample.page("a"), related])
    sample.library.mark_read([sample.page("a")])

    def titles(*, limit: int | None = None, **asked: Any) -> list[str]:
        return [row.title for row in sample.library.entries(EntryFilter(**asked), limit=limit)]

    assert titles() == ["Story c", "Story b", "Story a"]
    assert titles(unread=True) == ["Story c", "Story b"]
    assert titles(starred=True) == ["https://harbour.example/related", "Story a"]
    assert titles(sources=(one.id,)) == ["Story b", "Story a"]
    assert titles(since=since) == ["Story c"]
    assert titles(limit=1) == ["Story c"]
    assert titles(unread=True, sources=(one.id,), since=since) == []
    assert titles(until=since - 1) == ["Story b", "Story a"]
    assert titles(sources=(one.id, other.id), unread=True) == ["Story c", "Story b"]
    assert titles(sources=()) == []
    sample.library.save([related])
    assert titles(saved=True) == ["https://harbour.example/related"]


@pytest.mark.parametrize("limit", [None, 1])
@pytest.mark.parametrize(
    "asked", [EntryFilter(), EntryFilter(unread=True), EntryFilter(starred=True), EntryFilter(sources=(1,))]
)
def test_listings_as_json_say_what_the_rows_say(
    sample: SampleLibrary, clock: Clock, asked: EntryFilter, limit: int | None
) -> None:
    one, other = sample.subscribe(), sample.subscribe("lamp")
    sample.lists(one, story("a"), story("b"))
    sample.lists(other, story("c", paper="lamp"))
    related = sample.library.ensure_page("https://harbour.example/related")
    sample.library.star([sample.page("a"), related])
    sample.library.mark_read([sample.page("a")])
    lines = [json.loads(line) for line in "".join(sample.library.json_lines(asked, limit=limit)).splitlines()]
    rows = sample.library.entries(asked, limit=limit)
    assert [line["id"] for line in lines] == [row.page for row in rows]
    for line, row in zip(lines, rows, strict=True):
        assert tuple(line) == JSON_NAMES
        wanted = (
            row.title,
            row.url,
            row.paper,
            row.source,
            row.section,
            row.summary,
            row.read,
            row.starred,
            row.saved,
            row.kept,
            row.changed,
            row.minutes,
            [asdict(file) for file in row.enclosures],
            row.discussion,
            list(row.linked),
        )
        assert tuple(value for name, value in line.items() if name not in ("id", "time")) == wanted
        assert datetime.fromisoformat(line["time"]).timestamp() == row.time


@pytest.fixture
def big(path: Path) -> Iterator[Library]:
    """A library of the benchmark, small."""
    make_library(path, 2000, 20, seed=5)
    with Library.open(path) as library:
        yield library


def test_what_the_benchmark_writes_is_what_the_library_would_have_written(big: Library) -> None:
    def state(con: sqlite3.Connection) -> list[list[Any]]:
        return [con.execute(f"SELECT * FROM {table}").fetchall() for table in ("pages", "listed", "entries")]  # noqa: S608  # names from here

    before = big._db.read(state)
    big._db.write(lambda con: update_derived(con, range(1, 2001)))
    assert big._db.read(state) == before
    assert len(big.listing(View("unread"))) == sum(big.counts(today=0).sources.values()) == 2000


@pytest.mark.parametrize("kind", ["unread", "today", "kept", "source"])
def test_lists_come_from_an_index_in_order(big: Library, kind: ViewKind) -> None:
    plan = big._db.read(
        lambda con: con.execute(
            f"EXPLAIN QUERY PLAN {headline_lists._LISTINGS[kind]}", {"today": 0, "source": 1}
        ).fetchall()
    )
    assert "USING COVERING INDEX" in plan[0][3] or "USING INDEX" in plan[0][3]
    assert not any("TEMP B-TREE" in step[3] for step in plan)


def test_a_story_that_no_source_lists_is_known_by_the_paper_of_its_host(path: Path) -> None:
    with Library.open(path) as library:
        add_source(library, "https://feeds.gull.example/rss", "The Gull", short="Gull", home="https://gull.example/")
        own, foreign = (
            library.ensure_page("https://www.gull.example/pier"),
            library.ensure_page("https://tern.example/a"),
        )
        rows = library.rows([own, foreign])
        assert (rows[own].paper, rows[own].short, rows[own].source) == ("The Gull", "Gull", None)
        assert rows[foreign].paper == "tern.example"


@pytest.mark.parametrize("first", ["own", "other"])
def test_a_story_in_two_feeds_is_called_by_the_paper_on_whose_site_it_stands(path: Path, first: str) -> None:
    with Library.open(path) as library:
        papers = {
            "own": add_source(library, "https://gull.example/rss", "The Gull", home="https://gull.example"),
            "other": add_source(library, "https://tern.example/rss", "The Tern", home="https://tern.example/"),
        }
        story = Entry("pier", "https://gull.example/pier", "The pier")
        for name in sorted(papers, key=lambda name: name != first):
            library.keep_feed(papers[name].id, FeedChanges(new=(story,)), now=5)
        (row,) = library.rows(library.listing(View("unread")).pages).values()
        assert row.paper == "The Gull"
        (listed,) = library.rows([row.page], source=papers["other"].id).values()
        assert listed.paper == "The Tern"

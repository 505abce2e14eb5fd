"""A story is itself over time: whatever a paper does to guids, titles and addresses, no mark is lost or goes astray."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.fetch import parse
from reader.models import Entry, Source
from reader.news.identity import pair
from reader.news.refresh import decide
from reader.store import OldEntry, digest
from reader.text import urls
from tests import present
from tests.store.conftest import Clock
from tests.store.sample_library import SampleLibrary

ROAD = "https://heron.example/road"


@pytest.fixture
def heron(tmp_path: Path) -> Iterator[SampleLibrary]:
    with SampleLibrary(tmp_path / "library.db", Clock()) as sample:
        yield sample


class Paper:
    """A paper whose feed is written anew for each visit, and a reader who marks what is listed."""

    def __init__(self, sample: SampleLibrary) -> None:
        self.sample = sample
        self.source: Source = sample.subscribe("heron")

    def lists(self, *entries: Entry) -> tuple[int, int]:
        assert isinstance(self.sample.clock, Clock)
        self.sample.clock.tick()
        return self.sample.lists(self.source, *entries)

    def reads(self) -> None:
        rows = self.sample.view("source", source=self.source.id)
        self.sample.library.mark_read([row.page for row in rows])

    def rows(self) -> list[tuple[str, str, bool]]:
        return sorted((row.title, row.url, row.read) for row in self.sample.view("source", source=self.source.id))


@pytest.fixture
def paper(heron: SampleLibrary) -> Paper:
    return Paper(heron)


def entry(title: str, link: str | None, guid: str | None = None, **facts: str) -> Entry:
    return Entry(guid or link or title, link, title, **facts)  # type: ignore[arg-type] # texts of an entry


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://heron.example/road", "https://heron.example/road"),
        ("https://heron.example/road", "http://heron.example/road"),
        ("http://heron.example/road?n=5", "https://heron.example/road?n=5"),
        ("http://www.heron.example/road", "https://heron.example/road"),
        ("https://heron.example/road", "https://www.heron.example/road"),
    ],
)
def test_a_paper_that_moves_to_https_or_leaves_its_www_lists_nothing_anew(
    paper: Paper, before: str, after: str
) -> None:
    paper.lists(entry("The road is dry", before), entry("Two ducks", before + "2"))
    paper.reads()
    assert paper.lists(entry("The road is dry", after), entry("Two ducks", after + "2")) == (0, 0)
    assert paper.rows() == [("The road is dry", after, True), ("Two ducks", after + "2", True)]
    assert paper.sample.library.page_of(before) == paper.sample.library.page_of(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://heron.example/road", "https://heron.example/road/"),
        ("https://heron.example/road/", "https://heron.example/road"),
        ("https://heron.example/road/?n=1", "https://heron.example/road?n=1"),
    ],
)
def test_a_paper_whose_addresses_get_a_last_slash_or_lose_it_lists_nothing_anew(
    paper: Paper, before: str, after: str
) -> None:
    paper.lists(entry("The road is dry", before))
    paper.reads()
    assert paper.lists(entry("The road is dry", after))[0] == 0
    assert paper.rows() == [("The road is dry", after, True)]


@pytest.mark.parametrize("other", ["http://heron.example/road", "https://www.heron.example/road"])
def test_stories_listed_side_by_side_under_two_spellings_stay_two(paper: Paper, other: str) -> None:
    both = (entry("The road is dry", ROAD), entry("The road is wet", other))
    for _ in range(2):
        paper.lists(*both)
        assert [title for title, _, _ in paper.rows()] == ["The road is dry", "The road is wet"]
        paper.reads()
    paper.sample.library.mark_read([paper.sample.view("source", source=paper.source.id)[0].page], False)
    assert len(paper.sample.titles()) == 1


def test_a_guid_used_again_for_another_title_at_another_address_is_another_story(paper: Paper) -> None:
    first, second = entry("Geese are back", f"{ROAD}/1", "today"), entry("Mill sold", f"{ROAD}/2", "today")
    paper.lists(first)
    paper.reads()
    assert paper.lists(second) == (1, 0)
    both = [("Geese are back", f"{ROAD}/1", True), ("Mill sold", f"{ROAD}/2", False)]
    assert paper.rows() == both
    # The feed parser tells entries of one guid apart by their links; one that stands alone has its guid as it is.
    shared = [replace(one, guid=f"today {one.link}") for one in (first, second)]
    for visit in ((*shared,), (second,), (first,), (shared[1], shared[0])):
        assert paper.lists(*visit) == (0, 0)
        assert paper.rows() == both
    third = entry("Bridge lit", f"{ROAD}/3", "today")
    assert paper.lists(third) == (1, 0)
    assert len(paper.rows()) == 3
    assert paper.lists(replace(third, title="Bridge lit up", guid=f"today {third.link}"), shared[0]) == (0, 1)
    assert [title for title, _, _ in paper.rows()] == ["Bridge lit up", "Geese are back", "Mill sold"]


def test_an_edited_title_at_the_same_address_is_the_same_story_changed(paper: Paper) -> None:
    paper.lists(entry("Geese are back", ROAD, "g1"))
    paper.reads()
    assert paper.lists(entry("Geese are back, early", ROAD, "g1")) == (0, 1)
    assert paper.rows() == [("Geese are back, early", ROAD, True)]


def test_an_address_that_moved_with_its_title_is_the_same_story(paper: Paper) -> None:
    paper.lists(entry("Geese are back", ROAD, "g1"))
    paper.reads()
    assert paper.lists(entry("Geese are back", f"{ROAD}/geese", "g1")) == (0, 0)
    assert paper.rows() == [("Geese are back", f"{ROAD}/geese", True)]
    assert paper.sample.library.page_of(ROAD) == paper.sample.library.page_of(f"{ROAD}/geese")


def test_an_address_that_a_story_has_left_is_free_for_another(paper: Paper) -> None:
    paper.lists(entry("Geese are back", ROAD, "g1"))
    paper.lists(entry("Geese are back", f"{ROAD}/geese", "g1"))
    paper.reads()
    paper.lists(entry("Geese are back", f"{ROAD}/geese", "g1"), entry("Mill sold", ROAD, "g2"))
    assert paper.rows() == [("Geese are back", f"{ROAD}/geese", True), ("Mill sold", ROAD, False)]
    assert paper.sample.library.page_of(ROAD) != paper.sample.library.page_of(f"{ROAD}/geese")


def test_an_address_that_comes_late_belongs_to_the_story(paper: Paper) -> None:
    paper.lists(entry("Geese are back", None, "g1"))
    paper.reads()
    assert paper.lists(entry("Geese are back early", ROAD, "g1")) == (0, 1)
    assert paper.rows() == [("Geese are back early", ROAD, True)]


def test_guids_made_anew_at_each_visit_do_not_fill_the_library(paper: Paper) -> None:
    for visit in range(4):
        paper.lists(entry("Geese are back", ROAD, f"g{visit}"), entry("Mill sold", f"{ROAD}/2", f"h{visit}"))
        assert len(paper.sample.library.old_entries(paper.source.id)) == 2
        paper.reads()
    assert paper.sample.titles() == []


def test_items_of_one_page_and_one_title_are_stories_of_their_own(paper: Paper) -> None:
    notes = [entry("Release notes", ROAD, f"g{n}", summary=f"New in {n}") for n in range(3)]
    paper.lists(*notes[:2])
    assert len(paper.rows()) == 2
    paper.sample.library.mark_read([paper.sample.view("unread")[0].page])
    paper.lists(*notes[1:])
    assert [read for _, _, read in paper.rows()].count(True) == 1
    assert len(paper.rows()) == 3


@pytest.mark.parametrize(
    "address",
    [f"{ROAD}/{{}}?sid={{}}", f"{ROAD}?n={{}}&_={{}}", f"{ROAD}?v={{1}}&n={{0}}", f"{ROAD}/{{}};jsessionid={{}}?a=b"],
)
def test_a_parameter_of_the_visit_makes_no_new_story(paper: Paper, address: str) -> None:
    titles = ("Geese are back", "Mill sold", "Bridge lit")

    def visit(token: str, *changed: str) -> tuple[int, int]:
        named = [changed[n] if n < len(changed) else title for n, title in enumerate(titles)]
        return paper.lists(*(entry(title, address.format(n, f"{token}{n}")) for n, title in enumerate(named)))

    visit("a")
    paper.reads()
    for token in "bcd":
        assert visit(token) == (0, 0)
    assert [(title, read) for title, _, read in paper.rows()] == [(title, True) for title in sorted(titles)]
    shown = {title: url for title, url, _ in paper.rows()}
    assert all(f"d{n}" in shown[title] for n, title in enumerate(titles))
    aliases = paper.sample.library._db.read(lambda con: con.execute("SELECT count(*) FROM aliases").fetchone()[0])
    assert aliases == 3
    new = entry("Otter seen", address.format(7, "e7"))
    paper.lists(new, *(entry(title, address.format(n, f"e{n}")) for n, title in enumerate(titles)))
    assert paper.sample.titles() == ["Otter seen"]


def test_a_title_that_is_edited_while_the_token_differs_is_the_same_story_where_the_guid_stays(paper: Paper) -> None:
    paper.lists(*(entry(f"Story {n}", f"{ROAD}/{n}?key=a{n}", f"g{n}") for n in range(3)))
    paper.reads()
    edited = [entry(f"Story {n}" + " again" * (n == 1), f"{ROAD}/{n}?key=b{n}", f"g{n}") for n in range(3)]
    assert paper.lists(*edited) == (0, 1)
    assert [read for _, _, read in paper.rows()] == [True] * 3


def test_a_title_that_is_edited_while_the_token_differs_is_the_same_story_if_its_neighbour_tells_the_token(
    paper: Paper,
) -> None:
    for token, geese in (("a", "Geese are back"), ("b", "Geese are back"), ("c", "Geese are back, early")):
        paper.lists(entry(geese, f"{ROAD}/1?t={token}"), entry("Mill sold", f"{ROAD}/2?t={token}"))
        paper.reads()
    assert paper.rows() == [("Geese are back, early", f"{ROAD}/1?t=c", True), ("Mill sold", f"{ROAD}/2?t=c", True)]


def test_a_guid_used_again_without_addresses_is_another_story_where_all_of_it_differs(paper: Paper) -> None:
    monday, tuesday = (datetime(2019, 11, day, 7, tzinfo=UTC) for day in (18, 19))
    paper.lists(replace(entry("Geese are back", None, "today", summary="They came by night."), published=monday))
    paper.reads()
    mended = replace(entry("Geese: back", None, "today", summary="They came by day."), published=monday)
    assert paper.lists(mended) == (0, 1), "of the same hour: it was mended"
    other = replace(entry("Mill sold", None, "today", summary="For one crown."), published=tuesday)
    assert paper.lists(other) == (1, 0)
    assert [(title, read) for title, _, read in paper.rows()] == [("Geese: back", True), ("Mill sold", False)]


@pytest.mark.parametrize("later", [7, 9])
def test_a_parameter_that_tells_stories_apart_goes_on_telling_them_apart(paper: Paper, later: int) -> None:
    """All of them have one title, and no date."""
    paper.lists(*(entry("Notice", f"{ROAD}?id={n}") for n in (5, 6)))
    paper.reads()
    paper.lists(*(entry("Notice", f"{ROAD}?id={n}") for n in (later, 8)))
    assert len(paper.sample.titles()) == 2
    paper.lists(entry("Notice", f"{ROAD}?id={later + 20}"))
    assert len(paper.rows()) == 5


def test_the_same_headline_each_day_is_a_story_each_day(paper: Paper) -> None:
    for day in range(1, 4):
        published = datetime(2026, 5, day, 6, tzinfo=UTC)
        one = replace(entry("Weather today", f"{ROAD}?day={day}"), published=published)
        paper.lists(one)
        assert len(paper.rows()) == day
    assert len(paper.sample.titles()) == 3


def test_an_empty_link_is_the_permalink_that_the_guid_says() -> None:
    item = "<item><title>{0}</title>{1}<guid{2}>https://heron.example/{0}</guid>{3}</item>"
    items = [
        item.format("a", "<link/>", "", ""),
        item.format("b", "<link> </link>", ' isPermaLink="true"', ""),
        item.format("c", "", "", "<link></link>"),
        item.format("d", "<link/>", ' isPermaLink="false"', ""),
        item.format("e", "<link>https://heron.example/other</link>", "", ""),
    ]
    feed = f"<rss version='2.0'><channel><title>Heron</title>{''.join(items)}</channel></rss>"
    links = [one.link for one in parse(feed.encode(), "https://heron.example/feed").entries]
    assert links == [*(f"https://heron.example/{name}" for name in "abc"), None, "https://heron.example/other"]


# Any sequence of documents

GUIDS = st.sampled_from(["g", "h", None])
TITLES = st.sampled_from(["Rain", "Sun", "Fog"])
LINKS = st.sampled_from(
    [
        None,
        "http://heron.example/a",
        "https://heron.example/a",
        "https://www.heron.example/a",
        "https://heron.example/b",
        "http://heron.example/b?id=1",
        "https://heron.example/b?id=2",
        "https://heron.example/b?id=2&sid=x",
        "https://heron.example/b?id=2&sid=y",
        "https://heron.example/",
    ]
)
ENTRIES = st.builds(lambda guid, title, link: entry(title, link, guid, summary=guid), GUIDS, TITLES, LINKS)
"""With the guid for a summary: entries of one title and one address are two where they differ in anything."""


def as_parsed(entries: list[Entry]) -> tuple[Entry, ...]:
    """With guids told apart as the parser does it."""
    from reader.fetch.feeds import _identified

    return tuple(_identified(iter(entries)))


DOCUMENTS = st.lists(st.lists(ENTRIES, max_size=4).map(as_parsed), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS, st.data())
def test_no_sequence_of_documents_loses_a_mark_or_makes_one_of_two_side_by_side(
    documents: list[tuple[Entry, ...]], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder, SampleLibrary(Path(folder) / "library.db", Clock()) as sample:
        paper = Paper(sample)
        starred: set[int] = set()
        for document in documents:
            paper.lists(*document)
            kept = sample.library.old_entries(paper.source.id)
            pages = dict(sample.library._db.read(lambda con: con.execute("SELECT id, page FROM entries").fetchall()))
            stories = {(known.title, known.link): pages[known.id] for known in kept.values()}
            listed = {(one.title, one.link): stories[one.title, one.link] for one in document}  # each has its row
            apart = {(title, urls.page_key(link) if link else None) for title, link in listed}
            assert len(set(listed.values())) >= len(apart)
            rows = sample.library.rows(list(listed.values()))
            assert all(
                urls.page_key(rows[page].url) == urls.page_key(link) for (_, link), page in listed.items() if link
            )
            for page in starred:
                assert sample.library.status(page).starred_at is not None
                assert present(sample.library.row(page)).starred
            for page in data.draw(st.lists(st.sampled_from(sorted(listed.values())), max_size=1)) if listed else ():
                sample.library.star([page])
                starred.add(page)


@given(DOCUMENTS)
def test_no_two_entries_of_a_document_are_one_kept_entry(documents: list[tuple[Entry, ...]]) -> None:
    old: dict[str, OldEntry] = {}
    for document in documents:
        found = [known.id for known in pair(document, old).found if known is not None]
        assert len(found) == len(set(found))
        for one in decide_new(document, old):
            old[one.guid] = OldEntry(len(old) + 1, digest(one), one.guid, one.title, one.link)


def decide_new(document: tuple[Entry, ...], old: dict[str, OldEntry]) -> tuple[Entry, ...]:
    from reader.models import Feed

    new = decide(Feed("", "", entries=document), old).new
    assert len({one.guid for one in new}) == len(new)
    assert not {one.guid for one in new} & old.keys()
    return new

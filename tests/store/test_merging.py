"""Two pages prove to be one story."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.models import Source
from reader.store import View
from tests import present
from tests.store.conftest import Clock
from tests.store.sample_library import SampleLibrary, story, text

HARBOUR = "https://harbour.example"
Twins = tuple[Source, Source, int, int]
"""Two sources, the older page and the younger."""


@pytest.fixture
def twins(sample: SampleLibrary, clock: Clock) -> Twins:
    """Two sources of one paper list one story under two addresses; both were marked before anyone knew."""
    front, sea = sample.subscribe(), sample.subscribe(feed="sea/rss")
    sample.lists(front, story("a", "Ferry late"))
    clock.tick()
    sample.lists(sea, story("sea-a", "Ferry late"), story("other", "Bread"))
    older, younger = sample.page("a"), sample.page("sea-a")
    sample.library.mark_read([younger])
    sample.library.star([younger])
    sample.library.set_reading_position(younger, 7)
    return front, sea, older, younger


def prove(sample: SampleLibrary, younger: int) -> int:
    return sample.library.keep_article(
        younger, text(f"{HARBOUR}/sea-a.html", "Ferry late", canonical_url=f"{HARBOUR}/a.html")
    )


def test_the_older_page_stays_with_the_marks_of_both(sample: SampleLibrary, twins: Twins) -> None:
    front, sea, older, younger = twins
    assert prove(sample, younger) == older
    status = sample.library.status(older)
    assert (status.read_at, status.starred_at) == (int(sample.clock()),) * 2
    assert status.reading_position == 7
    assert sample.page("a") == sample.page("sea-a") == older
    assert sample.titles() == ["Bread"]
    assert sample.titles("starred") == sample.titles("kept") == ["Ferry late"]
    assert len(sample.view("source", source=front.id)) == 1
    assert len(sample.view("source", source=sea.id)) == 2
    assert sample.library.counts(today=0).sources == {sea.id: 1}


def test_undo_leaves_alone_what_another_did_to_the_page_that_stayed(sample: SampleLibrary, twins: Twins) -> None:
    _, _, older, younger = twins
    sample.library.save([younger])
    prove(sample, younger)
    with SampleLibrary(sample.library.path, sample.clock, who="cli") as command:
        command.library.save([older], False)
        command.library.save([older])
    assert present(sample.library.undo()).act == "star"
    assert sample.titles("saved") == ["Ferry late"]
    assert sample.titles("starred") == []


def test_undo_leaves_alone_what_another_did_to_the_page_that_was_merged(sample: SampleLibrary, twins: Twins) -> None:
    _, _, older, younger = twins
    sample.library.save([older])
    with SampleLibrary(sample.library.path, sample.clock, who="cli") as command:
        command.library.save([younger])
    prove(sample, younger)
    assert present(sample.library.undo()).act == "star"
    assert sample.titles("saved") == ["Ferry late"]


def test_the_younger_id_goes_on_working(sample: SampleLibrary, twins: Twins) -> None:
    _, _, older, younger = twins
    prove(sample, younger)
    assert sample.library.row(younger) == sample.library.row(older)
    assert present(sample.library.article(younger)).title == "Ferry late"
    assert sample.library.status(younger) == sample.library.status(older)
    sample.library.mark_read([younger, older], False)
    assert not present(sample.library.row(older)).read
    assert present(sample.library.undo()).pages == 1
    assert present(sample.library.row(older)).read


def test_undo_of_a_mark_made_before_the_merge_reaches_the_page_that_stayed(sample: SampleLibrary, twins: Twins) -> None:
    _, _, older, younger = twins
    prove(sample, younger)
    assert present(sample.library.undo()).act == "star"
    assert not present(sample.library.row(older)).starred


def test_plain_undo_walks_past_merges(sample: SampleLibrary, twins: Twins) -> None:
    _, _, older, younger = twins
    prove(sample, younger)
    acts = []
    while act := sample.library.undo():
        acts.append(act.act)
    assert "merge" not in acts
    assert sample.page("sea-a") == older


def test_three_pages_become_one(sample: SampleLibrary, twins: Twins) -> None:
    _, sea, older, younger = twins
    sample.lists(sea, story("third", "Ferry late", guid="3"))
    third = sample.page("third")
    claim = text(f"{HARBOUR}/third.html", "Ferry late", canonical_url=f"{HARBOUR}/sea-a.html")
    assert sample.library.keep_article(third, claim) == younger
    assert prove(sample, younger) == older
    assert present(sample.library.row(third)).page == present(sample.library.row(younger)).page == older
    assert sample.page("third") == sample.page("sea-a") == older


def test_a_page_kept_later_takes_in_those_that_claimed_it(sample: SampleLibrary, clock: Clock) -> None:
    """The headline of the listed page differs, so the claim is only believed when its article is read."""
    front, sea = sample.subscribe(), sample.subscribe(feed="sea/rss")
    sample.lists(front, story("a", "LIVE | Ferry"))
    sample.lists(sea, story("sea-a", "Ferry late again"))
    a, sea_a = sample.page("a"), sample.page("sea-a")
    claim = text(f"{HARBOUR}/sea-a.html", "Ferry late", canonical_url=f"{HARBOUR}/a.html")
    assert sample.library.keep_article(sea_a, claim) == sea_a
    assert sample.library.keep_article(a, text(f"{HARBOUR}/a.html", "Ferry late")) == a
    assert sample.page("sea-a") == a
    assert len(sample.library.listing(View("unread"))) == 1


def of_an_older_newsstand(path: Path, key: str, former: str, page: int) -> None:
    """Bring the key of a page back to what Newsstand wrote before, and forget that it was renewed."""
    with closing(sqlite3.connect(path)) as con, con:
        con.execute("DELETE FROM facts WHERE key LIKE 'keys%'")
        con.execute("DELETE FROM aliases WHERE key = ?", (former,))
        assert con.execute("UPDATE aliases SET key = ? WHERE key = ? AND page = ?", (former, key, page)).rowcount == 1
        con.execute("UPDATE entries SET link_key = 7 WHERE page = ?", (page,))


def test_keys_that_an_older_newsstand_made_with_the_port_of_https_are_renewed(
    sample: SampleLibrary, clock: Clock
) -> None:
    """Nothing of such a source comes back as new, what was read is read, and it is found from elsewhere."""
    link = "http://harbour.example:443/a.html"
    source, other = sample.subscribe(), sample.subscribe("mill")
    listed = (story("a", "Ferry late", link=link), story("b", "Bread"))
    assert sample.lists(source, *listed) == (2, 0)
    page = sample.page("a")
    sample.library.mark_read([page])
    sample.library.star([page])
    path = sample.library.path
    of_an_older_newsstand(path, "https://harbour.example/a.html", "https://harbour.example:443/a.html", page)
    assert sample.library.page_of(link) is None
    clock.tick()
    assert sample.lists(source, *listed) == (0, 0)
    assert sample.library.page_of(link) == sample.page("a") == page
    assert sample.lists(other, story("c", "Ferry late", link=link)) == (1, 0)
    assert [row.page for row in sample.view("source", source=other.id)] == [page]
    assert sample.titles() == ["Bread"]
    assert sample.titles("starred") == ["Ferry late"]
    with closing(sqlite3.connect(path)) as con:
        assert con.execute("SELECT count(DISTINCT link_key) FROM entries WHERE page = ?", (page,)).fetchone() == (1,)
        assert con.execute("SELECT count(*) FROM aliases WHERE key LIKE '%:443/%'").fetchone() == (0,)


def test_where_both_keys_were_there_the_two_pages_become_one(sample: SampleLibrary, clock: Clock) -> None:
    source, other = sample.subscribe(), sample.subscribe("mill")
    sample.lists(source, story("a", "Ferry late", link="http://harbour.example:8443/a.html"))
    older = present(sample.library.page_of("http://harbour.example:8443/a.html"))
    sample.lists(other, story("a", "Ferry late"))
    younger = sample.page("a")
    assert younger != older
    sample.library.mark_read([younger])
    former = "https://harbour.example:443/a.html"
    of_an_older_newsstand(sample.library.path, "https://harbour.example:8443/a.html", former, older)
    clock.tick()
    sample.lists(other, story("a", "Ferry late"))
    assert sample.page("a") == older
    assert sample.library.status(older).read_at is not None
    assert sample.titles() == []

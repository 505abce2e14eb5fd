"""Two pages prove to be one story."""

import pytest

from reader.models import Source
from reader.store import View
from tests import present
from tests.store.conftest import Clock
from tests.store.sample_library import Kiosk, story, text

HARBOUR = "https://harbour.example"
Twins = tuple[Source, Source, int, int]
"""Two sources, the older page and the younger."""


@pytest.fixture
def twins(kiosk: Kiosk, clock: Clock) -> Twins:
    """Two sources of one paper list one story under two addresses; both were marked before anyone knew."""
    front, sea = kiosk.subscribe(), kiosk.subscribe(feed="sea/rss")
    kiosk.lists(front, story("a", "Ferry late"))
    clock.tick()
    kiosk.lists(sea, story("sea-a", "Ferry late"), story("other", "Bread"))
    older, younger = kiosk.page("a"), kiosk.page("sea-a")
    kiosk.library.mark_read([younger])
    kiosk.library.star([younger])
    kiosk.library.set_place(younger, 7)
    return front, sea, older, younger


def prove(kiosk: Kiosk, younger: int) -> int:
    return kiosk.library.keep_article(
        younger, text(f"{HARBOUR}/sea-a.html", "Ferry late", canonical_url=f"{HARBOUR}/a.html")
    )


def test_the_older_page_stays_with_the_marks_of_both(kiosk: Kiosk, twins: Twins) -> None:
    front, sea, older, younger = twins
    assert prove(kiosk, younger) == older
    status = kiosk.library.status(older)
    assert (status.read_at, status.starred_at) == (int(kiosk.clock()),) * 2
    assert status.place == 7
    assert kiosk.page("a") == kiosk.page("sea-a") == older
    assert kiosk.titles() == ["Bread"]
    assert kiosk.titles("starred") == kiosk.titles("kept") == ["Ferry late"]
    assert len(kiosk.view("source", source=front.id)) == 1
    assert len(kiosk.view("source", source=sea.id)) == 2
    assert kiosk.library.counts(today=0).sources == {sea.id: 1}


def test_the_younger_id_goes_on_working(kiosk: Kiosk, twins: Twins) -> None:
    _, _, older, younger = twins
    prove(kiosk, younger)
    assert kiosk.library.row(younger) == kiosk.library.row(older)
    assert present(kiosk.library.article(younger)).title == "Ferry late"
    assert kiosk.library.status(younger) == kiosk.library.status(older)
    kiosk.library.mark_read([younger, older], False)
    assert not present(kiosk.library.row(older)).read
    assert present(kiosk.library.undo()).pages == 1
    assert present(kiosk.library.row(older)).read


def test_undo_of_a_mark_made_before_the_merge_reaches_the_page_that_stayed(kiosk: Kiosk, twins: Twins) -> None:
    _, _, older, younger = twins
    prove(kiosk, younger)
    assert present(kiosk.library.undo()).act == "star"
    assert not present(kiosk.library.row(older)).starred


def test_plain_undo_walks_past_merges(kiosk: Kiosk, twins: Twins) -> None:
    _, _, older, younger = twins
    prove(kiosk, younger)
    acts = []
    while act := kiosk.library.undo():
        acts.append(act.act)
    assert "merge" not in acts
    assert kiosk.page("sea-a") == older


def test_three_pages_become_one(kiosk: Kiosk, twins: Twins) -> None:
    _, sea, older, younger = twins
    kiosk.lists(sea, story("third", "Ferry late", guid="3"))
    third = kiosk.page("third")
    claim = text(f"{HARBOUR}/third.html", "Ferry late", canonical_url=f"{HARBOUR}/sea-a.html")
    assert kiosk.library.keep_article(third, claim) == younger
    assert prove(kiosk, younger) == older
    assert present(kiosk.library.row(third)).page == present(kiosk.library.row(younger)).page == older
    assert kiosk.page("third") == kiosk.page("sea-a") == older


def test_a_page_kept_later_takes_in_those_that_claimed_it(kiosk: Kiosk, clock: Clock) -> None:
    """The headline of the listed page differs, so the claim is only believed when its article is read."""
    front, sea = kiosk.subscribe(), kiosk.subscribe(feed="sea/rss")
    kiosk.lists(front, story("a", "LIVE | Ferry"))
    kiosk.lists(sea, story("sea-a", "Ferry late again"))
    a, sea_a = kiosk.page("a"), kiosk.page("sea-a")
    claim = text(f"{HARBOUR}/sea-a.html", "Ferry late", canonical_url=f"{HARBOUR}/a.html")
    assert kiosk.library.keep_article(sea_a, claim) == sea_a
    assert kiosk.library.keep_article(a, text(f"{HARBOUR}/a.html", "Ferry late")) == a
    assert kiosk.page("sea-a") == a
    assert len(kiosk.library.listing(View("unread"))) == 1

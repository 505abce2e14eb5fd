"""Articles are kept as versions; their addresses prove pages to be one, and are not believed when they lie."""

from datetime import UTC, datetime

import pytest

from reader.errors import NotFound
from reader.models import Figure, Link, LinkKind
from tests import present
from tests.store.conftest import Clock
from tests.store.sample_library import SampleLibrary, story, text

HARBOUR = "https://harbour.example"


def test_a_kept_article_reads_back_exactly(sample: SampleLibrary) -> None:
    sample.lists(sample.subscribe(), story("a"))
    teased = datetime.fromisoformat("2023-11-13T07:00:00-03:30")
    related = Link(LinkKind.RELATED, "Bread", f"{HARBOUR}/b.html", "City", "Less salt.", teased)
    full = text(
        f"{HARBOUR}/a.html",
        "Ferry late",
        "Rain.\n\n## More\n\nWind.",
        kicker="Sea",
        section="City",
        tags=("ferry",),
        authors=("Mai", "Tom"),
        updated=datetime(2023, 11, 14, 3, 0, tzinfo=UTC),
        lang="en",
        lede="Late again.",
        figures=(Figure(f"{HARBOUR}/p.jpg", "A ferry", "Tom"),),
        links=(related,),
    )
    page = sample.page("a")
    assert sample.library.keep_article(page, full) == page
    kept = sample.library.article(page)
    assert kept == full
    assert present(kept.published).isoformat() == "2023-11-14T09:05:00+07:00"
    assert present(kept.links[0].published).isoformat() == "2023-11-13T07:00:00-03:30"
    row = present(sample.library.row(page))
    assert (row.kept, row.minutes, row.title) == (True, 1, "Story a")


def test_the_same_article_is_no_new_version_and_another_is(sample: SampleLibrary, clock: Clock) -> None:
    sample.lists(sample.subscribe(), story("a"))
    page = sample.page("a")
    versions = "SELECT count(*) FROM articles"
    for markdown, expected in (("Rain.", 1), ("Rain.", 1), ("Snow.", 2)):
        sample.library.keep_article(page, text(f"{HARBOUR}/a.html", "Ferry", markdown))
        assert sample.library._db.read(lambda con: con.execute(versions).fetchone()[0]) == expected
    assert present(sample.library.article(page)).markdown == "Snow."


def test_a_new_version_of_a_read_story_says_changed(sample: SampleLibrary, clock: Clock) -> None:
    sample.lists(sample.subscribe(), story("a"))
    page = sample.page("a")
    sample.library.keep_article(page, text(f"{HARBOUR}/a.html", "Ferry", "Rain."))
    sample.library.mark_read([page])
    clock.tick()
    assert not present(sample.library.row(page)).changed
    sample.library.keep_article(page, text(f"{HARBOUR}/a.html", "Ferry", "Snow."))
    assert present(sample.library.row(page)).changed


def test_an_article_with_no_text_is_not_kept_and_proves_nothing(sample: SampleLibrary) -> None:
    sample.lists(sample.subscribe(), story("a"))
    sample.library.keep_article(sample.page("a"), text(f"{HARBOUR}/elsewhere.html", "Nothing", ""))
    assert not present(sample.library.row(sample.page("a"))).kept
    assert sample.library.page_of(f"{HARBOUR}/elsewhere.html") is None


def test_a_related_story_stands_in_kept_starred_and_lately_but_never_in_unread(sample: SampleLibrary) -> None:
    page = sample.library.ensure_page(f"{HARBOUR}/related.html", title="As the link said")
    sample.library.keep_article(page, text(f"{HARBOUR}/related.html", "Old pier", lede="It stands.", section="City"))
    sample.library.star([page])
    assert sample.titles("kept") == sample.titles("starred") == ["Old pier"]
    assert sample.titles() == sample.titles("lately") == []
    assert sample.library.counts(today=0).unread == 0
    sample.library.mark_read([page])
    row = sample.view("lately")[0]
    assert (row.paper, row.short, row.source, row.entry) == ("harbour.example", "", None, None)
    assert (row.summary, row.section, row.minutes) == ("It stands.", "City", 1)


def test_a_canonical_address_of_the_same_site_becomes_an_alias(sample: SampleLibrary) -> None:
    sample.lists(sample.subscribe(), story("amp-a"))
    page = sample.page("amp-a")
    sample.library.keep_article(page, text(f"{HARBOUR}/amp-a.html", "Ferry", canonical_url=f"{HARBOUR}/a.html"))
    assert sample.page("a") == page
    assert sample.library.known([f"{HARBOUR}/a.html?utm_medium=x"])[f"{HARBOUR}/a.html?utm_medium=x"].kept


@pytest.mark.parametrize(
    "lie", [f"{HARBOUR}/", "https://other.example/a.html", "https://harbour.example:8443/a.html", ""]
)
def test_a_canonical_address_of_a_home_or_another_site_is_not_believed(sample: SampleLibrary, lie: str) -> None:
    sample.lists(sample.subscribe(), story("a"))
    sample.library.keep_article(sample.page("a"), text(f"{HARBOUR}/a.html", "Ferry", canonical_url=lie))
    assert sample.library.page_of(lie) is None


def test_a_blog_claims_no_address_of_another_blog_on_its_platform(sample: SampleLibrary) -> None:
    blog, other = "https://one.blogspot.com/a.html", "https://two.blogspot.com/a.html"
    sample.lists(sample.subscribe(), story("a", link=blog))
    page = present(sample.library.page_of(blog))
    sample.library.keep_article(page, text(blog, "Ferry", canonical_url=other))
    assert sample.library.page_of(other) is None


def test_a_canonical_address_that_two_differing_stories_claim_is_neithers(sample: SampleLibrary) -> None:
    sample.lists(sample.subscribe(), story("a", "Ferry"), story("b", "Bread"))
    section = f"{HARBOUR}/city"
    a, b = sample.page("a"), sample.page("b")
    sample.library.keep_article(a, text(f"{HARBOUR}/a.html", "Ferry", canonical_url=section))
    assert sample.library.page_of(section) == a
    assert sample.library.keep_article(b, text(f"{HARBOUR}/b.html", "Bread", canonical_url=section)) == b
    assert sample.library.page_of(section) is None
    assert sample.library.keep_article(a, text(f"{HARBOUR}/a.html", "Ferry", canonical_url=section)) == a
    assert sample.library.page_of(section) is None
    assert len(sample.titles()) == 2


def test_stories_that_were_all_sent_to_one_notice_stay_apart(sample: SampleLibrary) -> None:
    sample.lists(sample.subscribe(), story("a", "Ferry"), story("b", "Bread"))
    for name in ("a", "b"):
        sample.library.keep_article(sample.page(name), text(f"{HARBOUR}/gone.html", "This story is gone"))
    assert sample.page("a") != sample.page("b")
    sample.library.mark_read([sample.page("a")])
    assert sample.titles() == ["Bread"]


def test_entries_that_share_a_link_do_not_become_one_by_their_article(sample: SampleLibrary) -> None:
    shared = f"{HARBOUR}/briefs.html"
    sample.lists(sample.subscribe(), story("1", "One", guid="1", link=shared), story("2", "Two", guid="2", link=shared))
    for row in sample.view("unread"):
        assert sample.library.keep_article(row.page, text(shared, "Briefs")) == row.page
    assert len(sample.titles()) == 2


def test_the_feeds_own_words_and_where_their_links_start(sample: SampleLibrary) -> None:
    paper = sample.subscribe()
    sample.lists(
        paper,
        story("a", content="<p>Rain</p>", summary="Rain", authors=("Ada",)),
        story("b", summary="Bread"),
        story("c"),
        story("d", guid="d", link=None, content="<p>x</p>"),
    )
    assert sample.library.feed_text(sample.page("a")) == ("<p>Rain</p>", "Rain", f"{HARBOUR}/a.html", ("Ada",))
    assert sample.library.feed_text(sample.page("b")) == (None, "Bread", f"{HARBOUR}/b.html", ())
    assert sample.library.feed_text(sample.page("c")) is None
    linkless = next(row for row in sample.view("unread") if not row.url)
    assert sample.library.feed_text(linkless.page) == ("<p>x</p>", None, f"{HARBOUR}/", ())


def test_a_page_that_is_not_there(sample: SampleLibrary) -> None:
    with pytest.raises(NotFound):
        sample.library.keep_article(404, text(f"{HARBOUR}/a.html", "Ferry"))
    assert (sample.library.article(404), sample.library.feed_text(404), sample.library.row(404)) == (None, None, None)
    assert sample.library.mark_read([404]).pages == 0

"""What stands among other stories and is none; and stories about such things, which are."""

import pytest

from reader.extract import Rules, extract
from reader.extract.links.not_stories import is_story_link, without_sections
from reader.models import Link, LinkKind
from tests.extract.sample_pages import english

HERE = "https://marsh.example"


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("CLICK HERE TO GET THE MARSH APP", f"{HERE}/marsh-mobile?pid=x"),
        ("Download our free weather app", f"{HERE}/weather"),
        ("← Return to previous page", f"{HERE}/2026/03/the-ferry-is-saved-at-last/0"),
        ("Zurück zur Übersicht", f"{HERE}/2026/03/die-faehre"),
        ("View the Full Gallery »", f"{HERE}/2026/03/the-ferry-is-saved-at-last-gallery"),
        ("Tides & Nets Latest Articles", f"{HERE}/tides/tides-and-nets"),
        ("Marsh Sails discount code", f"{HERE}/vouchercodes/marsh-sails"),
        ("How to draw a ferry in an afternoon", "https://www.udemy.com/course/how-to-draw-a-ferry-12345/"),
        ("[email protected] of the harbour office", f"{HERE}/cdn-cgi/l/email-protection#a1b2c3"),
        ("Write to the ferry's own office here", f"{HERE}/cdn-cgi/l/email-protection"),
        ("Video", f"{HERE}/2026/03/the-ferry-is-saved-at-last"),
        ("Watch now 01:39", f"{HERE}/clip/12345"),
        ("WhatsApp Icon", "https://wa.me?text=https%3A%2F%2Fmarsh.example"),
        ("The ferry is saved at last", "https://wa.me/?text=ferry"),
        ("The ferry is saved at last", "https://api.whatsapp.com/send?text=ferry"),
        ("Please consider supporting independent journalism", f"{HERE}/give"),
        ("Spenden Sie für guten Journalismus", f"{HERE}/hilfe"),
        ("Everything that you give helps us", f"{HERE}/donate?from=foot"),
        ("Read all that we have written", f"{HERE}/log-in?next=/a"),
        ("Đăng nhập", f"{HERE}/tai-khoan"),
        ("Chia sẻ", f"{HERE}/a/12345"),
        ("Share on Facebook", f"{HERE}/a/12345"),
        ("Harbour master wanted for Upper Marsh", "https://jobs.marsh.example/harbour-master-12345"),
        ("Knots for beginners: a workshop of one day", "https://karrierewelt.marsh.example/knots-for-beginners-12345"),
        ("Sailmaker (m/w/d) in Nieder-Marsch", f"{HERE}/stellenanzeige/sailmaker-12345"),
        ("The calendar of all our ferries", "https://shop.marsh.example/calendar-12345"),
        ("Sign up for our morning letter", f"{HERE}/letters"),
        ("Datenschutzeinstellungen anpassen", f"{HERE}/x"),
        ("privacy policy of the machine", "http://help.disqus.com/articles/466259-privacy-policy"),
        ("All that you may want to know", f"{HERE}/help/handling-of-your-account"),
        ("How to read the Marsh Post", "https://support.marsh.example/how-to-read-the-post"),
        ("Getting more out of your boat", f"{HERE}/category/getting-more-out-of-your-boat/"),
        ("Leave a Reply Cancel reply", f"{HERE}/2026/03/the-ferry-is-saved/#respond"),
        ("Abbrechen", f"{HERE}/2026/03/the-ferry-is-saved-12345.html#respond"),
        ("March 2, 2026 at 6:29 pm", f"{HERE}/2026/03/the-ferry/comment-page-1/#comment-10735"),
        ("Two for one at the chandler's", f"{HERE}/coupons/detail/783?return=1"),
        ("What is your boat worth today", f"{HERE}/lp/15001/?from=foot"),
        ("Links to this page of ours", f"{HERE}/Special:WhatLinksHere/Ferry"),
        ("Diskussion zum Seiteninhalt [t]", f"{HERE}/w/index.php?title=Diskussion:Ferry&action=edit&redlink=1"),
        ("See all discussion groups", f"{HERE}/community/groups"),
        ("Make the Post your Home Page", f"{HERE}/makehome/"),
        ("Send us your story tips", f"{HERE}/storytip"),
        ("Email newsletters and alerts", f"{HERE}/email"),
        ("Comments powered by Reeds", f"{HERE}/reeds"),
        ("Chính sách bảo mật của báo", f"{HERE}/bao-mat"),
        ("What many ask about the ferry", f"{HERE}/faq/ferries"),
        ("The small print of the paper", f"{HERE}/legal/terms-and-conditions-of-the-paper"),
        (
            "When the paper is late again",
            "https://help.marsh.example/hc/en-us/articles/36001234-When-the-paper-is-late",
        ),
    ],
)
def test_apps_jobs_shops_donations_and_share_links_are_no_stories(title: str, url: str) -> None:
    for kind in (LinkKind.RELATED, LinkKind.MORE):
        assert not is_story_link(Link(kind, title, url))
    assert is_story_link(Link(LinkKind.INLINE, title, url))


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Click here to vote: how a website ruined a town", f"{HERE}/2026/03/how-a-website-ruined-a-town"),
        ("Donate to the museum, asks the mayor of Marsh", f"{HERE}/the-mayor-asks-for-the-museum-12345"),
        ("Video shows the ferry leaving without its captain", f"{HERE}/ferry-12345"),
        ("Shop owners fear the new harbour", f"{HERE}/shop/owners-fear-the-new-harbour"),
        ("Jobs go at the sail works of Upper Marsh", f"{HERE}/jobs/sail-works-12345"),
        ("The best apps for sailors this spring", f"{HERE}/apps/the-best-for-sailors"),
        ("Xem thêm bến phà mới ở Hạ Long", f"{HERE}/ben-pha-moi-o-ha-long"),
        ("Live: the vote on the ferry", f"{HERE}/live-the-vote-on-the-ferry"),
        ("Raxo", f"{HERE}/raxo-12345"),
        ("See all the boats that sank this winter", f"{HERE}/2026/03/see-all-the-boats"),
        ("Privacy policy of the harbour is void", f"{HERE}/privacy-policy-of-the-harbour-is-void-12345"),
        ("Help is on its way to Upper Marsh", f"{HERE}/world/help-is-on-its-way"),
        ("Court lets the ferry sail on", f"{HERE}/legal/county-court-lets-the-ferry-sail-2026-03-01/"),
        ("Court lets the ferry sail on", f"{HERE}/legal/county-court-lets-the-ferry-sail"),
        ("Why the ferry stops at noon", f"{HERE}/faq/why-the-ferry-stops-at-noon-4711.html"),
        ("How to row in fog", f"{HERE}/help/how-to-row-in-fog-4711.html"),
        ("Oars that break: the makers answer", "https://help.marsh.example/stories/3212345/"),
        ("Fans carry the rowers home", "https://support.marsh.example/2026/03/fans-carry-the-rowers"),
        ("The ferry is saved", f"{HERE}/category/boats/2026/the-ferry-is-saved"),
        ("The ferry is saved, and all laugh", f"{HERE}/2026/the-ferry-is-saved#comments"),
    ],
)
def test_stories_about_such_things_are_stories(title: str, url: str) -> None:
    assert is_story_link(Link(LinkKind.RELATED, title, url))


def test_a_page_offers_its_stories_without_what_stands_among_them() -> None:
    links = (
        ("/a-tale-of-the-marsh-10000", "A tale of the marsh"),
        ("/marsh-mobile-10001?pid=x", "CLICK HERE TO GET THE MARSH APP"),
        ("https://jobs.other.example/sailmaker-wanted-12345", "Sailmaker wanted in Upper Marsh"),
        ("/a-tale-of-the-marsh-20000", "Another tale of the marsh"),
    )
    items = "".join(f'<li><a href="{href}">{title}</a></li>' for href, title in links)
    article = extract(
        english(after=f"<aside class='related'><h3>Related</h3><ul>{items}</ul></aside>"),
        f"{HERE}/ferry",
        rules=Rules(),
    )
    assert [link.title for link in article.links if link.kind is LinkKind.RELATED] == [
        "A tale of the marsh",
        "Another tale of the marsh",
    ]


STORIES = (
    Link(LinkKind.MORE, "Bridge", f"{HERE}/2026/03/bridge"),
    Link(LinkKind.MORE, "Keel", f"{HERE}/the-new-keel-of-the-ferry"),
)
SECTIONS = (
    Link(LinkKind.MORE, "All the boats of the marsh", f"{HERE}/boats"),
    Link(LinkKind.RELATED, "Get your boat delivered", f"{HERE}/marsh/delivery"),
)


@pytest.mark.parametrize(
    ("others", "here"),
    [(STORIES, f"{HERE}/ferry"), ((), f"{HERE}/2026/03/ferry"), (STORIES, "https://other.example/a")],
)
def test_a_section_is_no_story_where_the_addresses_of_stories_are_known(others: tuple[Link, ...], here: str) -> None:
    assert list(without_sections([*others, *SECTIONS], here)) == list(others)


@pytest.mark.parametrize(
    "link",
    [
        Link(LinkKind.MORE, "The ferry of Marsh is saved", f"{HERE}/news/ferry-saved"),
        Link(LinkKind.INLINE, "boats", f"{HERE}/boats"),
        Link(LinkKind.NEXT, "Next", f"{HERE}/boats"),
        Link(LinkKind.MORE, "All the boats of the marsh", "https://other.example/boats"),
    ],
)
def test_a_short_slug_under_a_headline_and_what_is_elsewhere_stay(link: Link) -> None:
    assert list(without_sections([*STORIES, link], f"{HERE}/2026/03/ferry")) == [*STORIES, link]


def test_where_no_address_tells_a_story_a_headline_does() -> None:
    assert list(without_sections(SECTIONS, f"{HERE}/ferry")) == list(SECTIONS)


def test_a_front_page_with_a_mark_of_where_it_was_shown_is_no_story() -> None:
    front = Link(LinkKind.RELATED, "A second house by the sea", "https://houses.example/?from_id=MP2&seen=foot")
    paged = Link(LinkKind.RELATED, "A second house by the sea", "https://houses.example/?p=123")
    assert list(without_sections([front, paged], f"{HERE}/ferry")) == [paged]


@pytest.mark.parametrize("query", ["title=My_Ferry", "page=story-of-a", "seen=foot&Title=Ferry"])
def test_a_query_that_names_a_page_is_no_front_page(query: str) -> None:
    link = Link(LinkKind.RELATED, "The story of a boat", f"https://boats.example/?{query}")
    assert list(without_sections([link], f"{HERE}/ferry")) == [link]


@pytest.mark.parametrize("title", ["Zurück zur Natur", "Retour à la normale", "Back to the marsh for the ferrymen"])
def test_a_story_may_be_about_going_back(title: str) -> None:
    assert is_story_link(Link(LinkKind.RELATED, title, f"{HERE}/2026/03/the-ferry-is-saved-at-last"))

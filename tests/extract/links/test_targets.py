"""Where a link leads, and whether that is a story."""

import pytest
from lxml import etree

from reader.extract.links.targets import (
    MOST_OF_A_KIND,
    inline_links,
    is_headline,
    is_story,
    is_story_address,
    link_target,
    story_target,
    unique_links,
)
from reader.models import Link, LinkKind

BASE = "https://marsh.example/a/"


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("b.html", f"{BASE}b.html"),
        ("/b?utm_source=x", "https://marsh.example/b"),
        ("mailto:ann@marsh.example", "mailto:ann@marsh.example"),
        ("javascript:go()", None),
        (" #top", None),
        ("run();", None),
        ("", None),
        (None, None),
        ("ftp://marsh.example/x", None),
    ],
)
def test_where_a_link_leads(href: str | None, target: str | None) -> None:
    assert link_target(href, BASE) == target


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("/ferry-1.html", ("https://marsh.example/ferry-1.html", "https://marsh.example/ferry-1.html")),
        ("https://www.marsh.example/Ferry%2d1?utm_source=x", None),
        ("/", None),
        ("/photo.jpg", None),
        ("/author/ann", None),
        ("https://www.facebook.com/marsh", None),
        ("mailto:ann@marsh.example", None),
        ("#top", None),
    ],
)
def test_what_is_a_story_to_link_to(href: str, target: tuple[str, str] | None) -> None:
    found = story_target(href, BASE)
    if href.startswith("https://www.marsh"):
        assert found is not None
        assert "utm" not in found[0]
    else:
        assert found == target


@pytest.mark.parametrize(
    ("address", "story"),
    [
        ("https://marsh.example/news/12345", True),
        ("https://marsh.example/the-old-ferry-is-saved", True),
        ("https://marsh.example/2026/03/ferry", True),
        ("https://marsh.example/ferry?id=123", True),
        ("https://marsh.example/harbour", False),
        ("https://12345.example/", False),
    ],
)
def test_a_storys_address_has_a_number_a_date_or_a_headline(address: str, story: bool) -> None:
    assert is_story_address(address) is story
    assert is_story(Link(LinkKind.MORE, "Ferry", address)) is story
    assert is_story(Link(LinkKind.MORE, "The ferry is saved", address))


def test_a_headline_has_four_words_or_is_as_long_without_spaces() -> None:
    assert is_headline("The ferry is saved")
    assert not is_headline("Ferry saved at")
    assert not is_headline("All of it")
    assert is_headline("渡し船が来年も運航を続けることに")


def test_each_link_is_there_once_and_no_kind_has_too_many() -> None:
    def link(kind: LinkKind, number: int) -> Link:
        return Link(kind, f"Story {number}", f"https://marsh.example/{number}")

    related = link(LinkKind.RELATED, 1)
    assert unique_links([related, related, link(LinkKind.MORE, 1)]) == (related,)
    assert unique_links([related, link(LinkKind.INLINE, 1)]) == (related, link(LinkKind.INLINE, 1))
    many = [link(LinkKind.MORE, number) for number in range(MOST_OF_A_KIND + 5)]
    assert len(unique_links(many)) == MOST_OF_A_KIND


def test_the_links_of_running_text_are_those_with_a_text_and_an_address() -> None:
    block = etree.fromstring(
        '<p><a href="https://a.example/">one</a> <a href="mailto:x@a.example">two</a> <a href="https://a.example/">3</a>'
        " <a>four</a></p>"
    )
    assert inline_links([block]) == [Link(LinkKind.INLINE, "one", "https://a.example/")]


def test_a_story_is_there_once_whatever_its_address_says_of_where_it_was_shown() -> None:
    address = "https://marsh.example/news/ferry"
    one = Link(LinkKind.RELATED, "The ferry is saved", address)
    for other in (
        f"{address}/",
        "http://www.marsh.example/news/ferry",
        f"{address}?mod=mostread",
        f"{address}?ref=x#c",
    ):
        assert unique_links([one, Link(LinkKind.MORE, "The ferry is saved", other)]) == (one,)
    second = Link(LinkKind.MORE, "The pier is painted", f"{address}?id=2")
    assert unique_links([one, second]) == (one, second)


def test_a_story_under_two_addresses_of_a_site_is_listed_once() -> None:
    title = "The family of the ferryman speaks"
    one, two = (Link(LinkKind.MORE, title, f"https://marsh.example/ferryman{end}") for end in ("", "-2"))
    elsewhere = Link(LinkKind.MORE, title, "https://moor.example/ferryman")
    short = [Link(LinkKind.MORE, "Tides of the week", f"https://marsh.example/tides-{n}") for n in (1, 2)]
    assert unique_links([one, two, elsewhere, *short]) == (one, elsewhere, *short)

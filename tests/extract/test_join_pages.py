"""The pages of one article become one: everything once, in order, nothing lost."""

import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypedDict, Unpack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.extract.join_pages import is_page_of, join, pages_in, stated_page_count, still_holds
from reader.models import Article, Figure, Link, LinkKind

STORY = "https://marsh.example/local/ferry"
INTRO = "The council of Lower Marsh has kept the old ferry, after three winters of argument."


class Facts(TypedDict, total=False):
    """What a page may say besides its text."""

    canonical_url: str
    lede: str | None
    authors: tuple[str, ...]
    published: datetime | None
    updated: datetime | None
    figures: tuple[Figure, ...]
    links: tuple[Link, ...]


def page(number: int, *blocks: str, last: bool = False, **facts: Unpack[Facts]) -> Article:
    url = STORY if number == 1 else f"{STORY}?page={number}"
    edges = () if last else (Link(LinkKind.NEXT, "Next", f"{STORY}?page={number + 1}"),)
    facts = {"links": edges, "canonical_url": url, **facts}
    return Article(url=url, site="The Marsh Post", title="Ferry saved", markdown="\n\n".join(blocks), **facts)


def said(number: int) -> str:
    names = [f"{word}{number}" for word in ("rower", "keel", "lamp", "baker", "bell", "rope", "storm")]
    return f"Paragraph {number}: what happened to {' and to '.join(names)}, nobody in all the village can tell."


def test_the_text_of_all_pages_stands_in_order_and_what_each_repeats_stands_once() -> None:
    first = page(1, INTRO, "## The beginning", said(1), lede="All of it.")
    second = page(2, "## Ferry saved", "All of it.", INTRO, said(2), "## The beginning", "Yes.", said(3), lede=None)
    third = page(3, INTRO, "Yes.", said(4), said(2), last=True)
    whole = join(first, [second, third])
    assert whole.markdown.split("\n\n") == [
        INTRO,
        "## The beginning",
        said(1),
        said(2),
        "## The beginning",
        "Yes.",
        said(3),
        said(4),
    ]
    assert (whole.url, whole.canonical_url, whole.title, whole.lede) == (STORY, STORY, "Ferry saved", "All of it.")
    assert whole.words == len(re.findall(r"\w+", "All of it. " + whole.markdown))
    assert whole.minutes == 1


def test_a_standfirst_that_only_a_later_page_has_is_a_paragraph_of_it() -> None:
    whole = join(page(1, said(1), lede="All of it."), [page(2, said(2), lede="New *here*: 5 < 6.", last=True)])
    assert whole.markdown.split("\n\n") == [said(1), "New \\*here\\*: 5 < 6.", said(2)]
    assert whole.lede == "All of it."


def test_notes_are_numbered_through_and_stand_at_the_end() -> None:
    first = page(1, "One[^1] and two[^2].", "[^1]: The first.", "[^2]: The second.")
    second = page(
        2,
        "Three[^1], `a[^1]` and two again[^2]; \\[^1].",
        "```\nx[^1]\n\ny\n```",
        "[^1]: The third.",
        "[^2]: The second.",
        last=True,
    )
    assert join(first, [second]).markdown == (
        "One[^1] and two[^2].\n\nThree[^3], `a[^1]` and two again[^2]; \\[^1].\n\n```\nx[^1]\n\ny\n```\n\n"
        "[^1]: The first.\n\n[^2]: The second.\n\n[^3]: The third."
    )


def test_a_picture_that_every_page_prints_stands_once() -> None:
    ferry, keel = Figure("https://marsh.example/ferry.jpg", "The ferry"), Figure("https://marsh.example/keel.jpg")
    shown = '![The ferry](https://marsh.example/ferry.jpg "Ann Lee")'
    first = page(1, shown, said(1), figures=(ferry,))
    second = page(2, shown, said(2), "![](https://marsh.example/keel.jpg)", figures=(ferry, keel), last=True)
    whole = join(first, [second])
    assert whole.figures == (ferry, keel)
    assert whole.markdown.split("\n\n") == [shown, said(1), said(2), "![](https://marsh.example/keel.jpg)"]


def test_links_are_united_without_those_from_page_to_page() -> None:
    old, other = "https://marsh.example/old", "https://marsh.example/other"
    first = page(1, said(1))
    first = replace(first, links=(*first.links, Link(LinkKind.RELATED, "Old plan", old)))
    second = page(2, said(2), last=True)
    second = replace(
        second,
        links=(
            Link(LinkKind.RELATED, "Old plan", old),
            Link(LinkKind.INLINE, "page one", STORY),
            Link(LinkKind.INLINE, "page three", f"{STORY}?page=3"),
            Link(LinkKind.MORE, "Other", other),
        ),
    )
    assert [(link.kind, link.url) for link in join(first, [second]).links] == [("related", old), ("more", other)]


def test_an_edge_stays_to_a_page_that_is_missing_and_never_leads_back() -> None:
    first, second = page(1, said(1)), page(2, said(2))
    part = join(first, [second])
    assert part.next == Link(LinkKind.NEXT, "Next", f"{STORY}?page=3")
    assert pages_in(part) == 2
    assert join(part, [page(3, said(3), last=True)]).next is None
    loop = replace(second, links=(Link(LinkKind.NEXT, "Next", STORY),))
    assert join(first, [loop]).next is None
    assert join(first, []) == first


@pytest.mark.parametrize(
    ("says", "of"),
    [
        ("Page 2 of 6", 6),
        ("2/6", 6),
        ("Seite 2 von 12", 12),
        ("Trang 2 trên 4", 4),
        ("Next", None),
        ("2", None),
        ("", None),
        ("9 of 6", None),
    ],
)
def test_an_edge_says_of_how_many_pages_it_is_one(says: str, of: int | None) -> None:
    edge = Link(LinkKind.NEXT, says, f"{STORY}?page=2")
    assert stated_page_count(replace(page(1, said(1)), links=(edge,))) == of
    assert stated_page_count(page(1, said(1), last=True)) is None


def test_the_facts_are_the_first_pages_and_the_change_the_latest() -> None:
    early, late = datetime(2024, 2, 3, 18, tzinfo=UTC), datetime(2024, 2, 5, tzinfo=UTC)
    first = page(1, said(1), published=early, updated=early)
    whole = join(first, [page(2, said(2), published=late, updated=late, authors=("Ann Lee",), last=True)])
    assert (whole.published, whole.updated, whole.authors) == (early, late, ("Ann Lee",))


def test_a_page_that_holds_all_is_the_whole_and_what_it_lacks_is_not_lost() -> None:
    only = "Only the first page says this, and it is not one word."
    new = said(2).replace("happened to", "had happened to")
    rest = [said(n) for n in range(3, 12)]
    whole = page(2, said(1), new, *rest, said(12), last=True)
    assert join(page(1, said(1), said(2), *rest, only), [whole]).markdown.split("\n\n") == [
        said(1),
        new,
        *rest,
        only,
        said(12),
    ]


def test_thousands_of_blocks_are_joined_in_bounded_time() -> None:
    began = time.process_time()
    lines = ["This is said again and again, and it is not one word."] * 9_000
    whole = join(page(1, *lines), [page(2, *lines, said(1), last=True)])
    assert whole.markdown.split("\n\n") == [*lines, said(1)]
    held = said(2) * 900
    ours, theirs = ([f"{said(n)} {word}." for n in range(800)] for word in ("Ours", "Theirs"))
    whole = join(page(1, held, *ours), [page(2, held, *(line[::-1] for line in theirs), last=True)])
    assert set(whole.markdown.split("\n\n")) >= {held, *ours}
    assert time.process_time() - began < 4.0


def test_a_first_page_read_again_does_not_replace_the_whole_unless_it_says_something_new() -> None:
    first = page(1, said(1), said(2))
    whole = join(first, [page(2, said(3), last=True)])
    assert still_holds(whole, first)
    assert not still_holds(whole, page(1, said(1), "This is new, and nobody has read it before today."))
    assert not still_holds(whole, replace(first, title="Ferry sunk"))
    assert not still_holds(whole, page(1, said(1), said(2), last=True))  # it has one page now
    assert not still_holds(first, first)


def test_what_a_redirect_leads_to_instead_is_no_page_of_the_article() -> None:
    first = page(1, said(1))
    assert is_page_of(page(2, said(2)), first, f"{STORY}?page=2")
    assert is_page_of(replace(page(2), url=f"{STORY}?seite=2"), first, f"{STORY}?page=2")
    assert not is_page_of(replace(page(2), url="https://marsh.example/subscribe"), first, f"{STORY}?page=2")


@given(
    st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=6), min_size=2, max_size=5),
    st.lists(st.integers(0, 3), max_size=4),
)
def test_every_paragraph_of_every_page_is_there_once_and_each_note_has_its_mark(
    numbers: list[list[int]], notes: list[int]
) -> None:
    pages = []
    for n, page_numbers in enumerate(numbers, 1):
        marks = "".join(f"[^{label}]" for label in range(1, len(notes) + 1))
        blocks = [*map(said, dict.fromkeys(page_numbers)), f"{said(100 + n)[:-1]}{marks}."]
        blocks += [f"[^{label}]: Note {note} of the ferry's story." for label, note in enumerate(notes, 1)]
        pages.append(page(n, *blocks, last=n == len(numbers)))
    whole = join(pages[0], pages[1:])
    paragraphs = [block for block in whole.markdown.split("\n\n") if re.match(r"Paragraph \d\d?:", block)]
    assert sorted(paragraphs) == sorted({said(one) for page_numbers in numbers for one in page_numbers})
    defined = re.findall(r"^\[\^(\d+)\]:", whole.markdown, re.M)
    assert len(set(defined)) == len(defined)
    assert set(re.findall(r"\[\^(\d+)\](?!:)", whole.markdown)) <= set(defined)
    assert all(f"Paragraph {100 + n}:" in whole.markdown for n in range(1, len(numbers) + 1))

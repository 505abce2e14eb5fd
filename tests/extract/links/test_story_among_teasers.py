"""A short story comes out whole from a page that is full of teasers of others, and these are links and no text."""

from collections.abc import Callable

import pytest

from reader.extract import extract
from reader.models import LinkKind
from tests.extract.short_story_pages import SHAPES, SITE, address, page
from tests.extract.short_story_words import ENGLISH, LANGUAGES, Words

PATHS = ("/ferry", "/news/2024/heron-nest-stops-the-bridge", "/?p=123456", "/culture/31234.html")
TURNED = [(shape, LANGUAGES[(number + turn) % 12]) for turn in (0, 5) for number, shape in enumerate(SHAPES)]
"""Each shape in two languages, each language in two shapes."""


@pytest.mark.parametrize("count", [8, 14, 20])
@pytest.mark.parametrize(("shape", "words"), TURNED, ids=lambda one: getattr(one, "lang", None) or one.__name__)
def test_a_short_story_stands_without_the_teasers_around_it(
    shape: Callable[[Words, int], str], words: Words, count: int
) -> None:
    article = extract(page(words, shape, count), SITE + PATHS[count % 4])

    told = f"{article.lede or ''}\n{article.markdown}"
    others = {link.title for link in article.links if link.kind in (LinkKind.MORE, LinkKind.RELATED)}
    assert article.title == words.title
    assert [paragraph for paragraph in words.story if paragraph not in told] == []
    assert [n for n in range(count) if words.headline(n) in told or words.lede(n) in told] == []
    assert [n for n in range(count) if words.headline(n) not in others] == []


def cards(count: int) -> str:
    return "".join(
        f"<div><h3><a href={address(n)}>{ENGLISH.headline(n)}</a></h3><p>{ENGLISH.lede(n)}</p></div>"
        for n in range(count)
    )


def marked_up(body: str, title: str) -> bytes:
    return f"<html><head><title>{title}</title></head><body><main>{body}</main></body></html>".encode()


@pytest.mark.parametrize("path", ["/", "/business"])
@pytest.mark.parametrize("paragraphs", [0, 1, 3])
def test_a_section_that_says_what_it_is_about_is_a_list(path: str, paragraphs: int) -> None:
    about = "".join(f"<p>{paragraph}</p>" for paragraph in ENGLISH.story[:paragraphs])
    markup = marked_up(f"<h1>Business</h1><div>{about}</div><div>{cards(12)}</div>", "Business")

    assert extract(markup, SITE + path).how == "list"


@pytest.mark.parametrize("path", ["/heron", "/?story=48213", "/48213-heron.html"])
def test_the_address_alone_costs_no_story(path: str) -> None:
    story = f"<div class=a>{''.join(f'<p>{paragraph}</p>' for paragraph in ENGLISH.story)}</div>"
    markup = marked_up(f"<div><h1>Heron</h1><time>3 May 2024</time>{story}</div><div>{cards(8)}</div>", "Heron")

    assert ENGLISH.story[0] in extract(markup, SITE + path).markdown


def test_a_number_in_the_address_makes_a_story_of_one_without_heading_and_date() -> None:
    story = f"<div class=a>{''.join(f'<p>{paragraph}</p>' for paragraph in ENGLISH.story)}</div>"
    markup = marked_up(f"{story}<div>{cards(8)}</div>", "Heron")

    assert ENGLISH.story[0] in extract(markup, f"{SITE}/index.php?story=48213").markdown
    assert extract(markup, f"{SITE}/index.php").how == "list"


def test_a_story_about_other_stories_keeps_them() -> None:
    listed = "".join(
        f"<h2><a href={address(n)}>{ENGLISH.headline(n)}</a></h2><p>{ENGLISH.lede(n)}</p>" for n in range(8)
    )
    story = "".join(f"<p>{paragraph}</p>" for paragraph in ENGLISH.story)
    markup = marked_up(
        f"<article><h1>Eight good stories of this week</h1>{story}{listed}</article>", "Eight good stories"
    )

    told = extract(markup, f"{SITE}/news/2024/eight-good-stories-of-this-week").markdown

    assert [n for n in range(8) if ENGLISH.lede(n) not in told] == []

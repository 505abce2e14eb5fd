"""A caption that stands as a paragraph beside its picture is said once, as the picture's caption."""

import pytest

from reader.extract import Rules, extract
from reader.models import Article
from tests.extract.sample_pages import SENTENCES, english

URL = "https://marsh.example/news/ferry-1.html"
CAPTION = "The ferry at its landing in the snow of last January"


def story(picture: str) -> Article:
    texts = [f"<p>{sentence}</p>" for sentence in SENTENCES]
    return extract(english("".join([*texts[:2], picture, *texts[2:]])), URL, rules=Rules())


@pytest.mark.parametrize(
    "picture",
    [
        f'<div><a href="/p/1.jpg"><img src="/p/1.jpg" alt="{CAPTION}"></a><p>{CAPTION}</p></div>',
        f'<div><p>{CAPTION}</p></div><div><img src="/p/1.jpg" alt="{CAPTION}"></div>',
        f'<div><img src="/p/1.jpg" alt="{CAPTION} - The Marsh Post"></div><div>{CAPTION}</div>',
        f'<div><img src="/p/1.jpg" alt="{CAPTION}."></div><div>{CAPTION}. Photo: Ann Reed</div>',
        f'<figure><img src="/p/1.jpg"><figcaption>{CAPTION}</figcaption></figure><p>{CAPTION}</p>',
    ],
)
def test_the_words_of_the_alt_beside_a_picture_are_its_caption_and_stand_once(picture: str) -> None:
    article = story(picture)
    assert [(figure.caption or "").rstrip(".") for figure in article.figures] == [CAPTION]
    assert article.markdown.count(CAPTION) == 1
    assert all(sentence in article.markdown for sentence in SENTENCES)


def test_a_label_between_a_picture_and_its_caption_parts_them_not() -> None:
    long = f"{CAPTION}, when nobody but the harbour master had come to see it off in the dark."
    article = story(f'<div><img src="/p/1.jpg" alt="{long}"></div><div>Picture</div><p>{long}</p>')
    assert [figure.caption for figure in article.figures] == [long]
    assert article.markdown.count(long) == 1


@pytest.mark.parametrize(
    ("alt", "text"),
    [
        ("The ferry", "The ferry at its landing, seen from the old bridge, in the snow of last January"),
        (CAPTION, "Nobody came to see the ferry off, and nobody was surprised by that."),
        (CAPTION, f'{CAPTION}: <a href="/winter-12345.html">all winters of the marsh</a> were like this one.'),
        ("", "The boat."),
    ],
)
def test_a_paragraph_that_says_something_else_than_the_picture_stays(alt: str, text: str) -> None:
    article = story(f'<div><img src="/p/1.jpg" alt="{alt}"></div><p>{text}</p>')
    assert text.partition("<")[0].strip() in article.markdown.replace("\n", " ")
    assert [figure.caption for figure in article.figures] == [None]


@pytest.mark.parametrize("line", ["The ferry Ann", "<b>The ferry Ann of Lower Marsh, built in the year 1932</b>"])
def test_a_name_beside_its_picture_stays_a_line_and_is_said_once(line: str) -> None:
    name = line.removeprefix("<b>").removesuffix("</b>")
    article = story(f'<div><img src="/p/1.jpg" alt="{name}"></div><p>{line}</p>')
    assert article.markdown.count(name) == 1
    assert f"[{name}]" not in article.markdown


def test_an_aside_called_caption_is_that_of_the_picture_above_it() -> None:
    article = story(
        '<aside class="img-left"><img src="/p/1.jpg" alt=""></aside>'
        f'<aside class="caption-left"><p>{CAPTION}</p></aside>'
    )
    assert [figure.caption for figure in article.figures] == [CAPTION]
    alone = story(f'<aside class="caption-left"><p>{CAPTION}</p></aside>')
    assert CAPTION not in alone.markdown


def test_a_page_about_a_picture_is_not_its_address() -> None:
    article = story(f'<p><img src="/p/ferry.jpg" data-url="/photos/list?story=7&amp;picture=2" alt="{CAPTION}"></p>')
    assert [figure.image for figure in article.figures] == ["https://marsh.example/p/ferry.jpg"]

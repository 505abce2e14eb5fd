"""Lists of links: sources and steps are text of a story; contents, profiles and other stories are not."""

import pytest

from reader.extract import Rules, extract
from tests.extract.sample_pages import SENTENCES, english, paragraphs

URL = "https://marsh.example/news/ferry-1.html"
ANSWER = "It does so from April to October, every half hour, and in winter when somebody rings the bell on the quay."


def body(html: str) -> str:
    return extract(english(html), URL, rules=Rules()).markdown


def listed(*items: str, tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def test_answers_under_links_to_themselves_are_text() -> None:
    questions = [
        f"<a href='#q{n}'>When does the {n}. ferry run?</a><div id='q{n}'><p>{ANSWER}</p></div>" for n in "123"
    ]
    text = body(f"{paragraphs()}<h2>Questions</h2>{listed(*questions)}")
    assert text.count(ANSWER) == 3
    assert "When does the 2. ferry run?" in text


@pytest.mark.parametrize(
    "item",
    [
        "<a href='#q{}'>When does the ferry run?</a>",
        "<a href='#c{}'>3 May 2024, 10:05</a> <p>My wife and I would have it painted in blue, as it was before.</p>",
        "<a href='#c{}'>#</a> <p>My wife and I would have it painted in blue, as it was before the war.</p>",
    ],
    ids=["contents", "dates of comments", "signs of comments"],
)
def test_links_to_places_of_the_page_are_no_text(item: str) -> None:
    marks = [item.format(n) for n in "123"]
    assert body(f"<p>{SENTENCES[0]}</p>{listed(*marks)}{paragraphs(SENTENCES[1:])}").count("\n- ") == 0


def linked(host: str, *words: str) -> list[str]:
    return [f"<a href='{host}/page/{n}'>{word}</a>" for n, word in enumerate(words)]


BOOKS = ("The tide tables of the county", "On keels and how to lay them", "A history of the lower marsh")


@pytest.mark.parametrize("tag", ["ul", "ol"])
def test_sources_under_a_heading_at_the_end_stay(tag: str) -> None:
    text = body(f"{paragraphs()}<h2>References</h2>{listed(*linked('https://library.example', *BOOKS[:2]), tag=tag)}")
    assert "## References" in text
    assert all(book in text for book in BOOKS[:2])


def test_three_things_on_other_sites_under_the_last_sentence_stay() -> None:
    assert BOOKS[2] in body(f"{paragraphs()}{listed(*linked('https://library.example', *BOOKS))}")


@pytest.mark.parametrize("host", ["https://marsh.example", "https://www.facebook.com", "https://x.com"])
def test_stories_and_profiles_under_a_heading_at_the_end_go(host: str) -> None:
    text = body(f"{paragraphs()}<h2>The Marsh Post elsewhere</h2>{listed(*linked(host, *BOOKS))}")
    assert BOOKS[0] not in text
    assert "elsewhere" not in text


def test_steps_that_are_links_are_no_other_stories() -> None:
    steps = (
        "Give yourself plenty of time for it.",
        "Count every board of the old keel.",
        "Paint the boat in the spring.",
    )
    text = body(f"{paragraphs()}<p>Two months before</p>{listed(*linked('', *steps))}{paragraphs()}")
    assert all(step in text for step in steps)
    headlines = [step.rstrip(".") for step in steps]
    assert headlines[0] not in body(f"{paragraphs()}<p>Before</p>{listed(*linked('', *headlines))}{paragraphs()}")

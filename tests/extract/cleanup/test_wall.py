"""A page that asks for something in place of its story."""

import pytest

from reader.extract import words_beyond_wall
from reader.models import Article


def article(*paragraphs: str) -> Article:
    text = "\n\n".join(paragraphs)
    return Article(
        "https://a.example/1", "https://a.example/1", "a.example", "T", markdown=text, words=len(text.split())
    )


@pytest.mark.parametrize(
    "wall",
    [
        "You need to enable JavaScript to run this app.",
        "This site requires JavaScript.",
        "Bitte JavaScript aktivieren.",
        "Veuillez activer JavaScript.",
        "**Subscribe** to continue reading.",
        "Create a free account or log in to keep reading this story.",
        "To read the whole piece, please sign in or become a member.",
        "This story is for subscribers only.",
        "You have read your last free article.",
        "Already a subscriber? [Log in](https://a.example/login)",
        "Nur für Abonnenten",
        "Article réservé aux abonnés",
        "Vui lòng đăng nhập để đọc tiếp",
        "この記事は有料会員限定です。残り1200文字",
        "Checking your browser before you go on.",
    ],
)
def test_walls_of_many_papers_say_nothing_of_the_story(wall: str) -> None:
    assert words_beyond_wall(article(wall)) == 0
    assert words_beyond_wall(article("Four words of it.", wall)) == 4


def test_a_story_says_all_that_it_says() -> None:
    told = "The harbour office subscribed to the tide tables of its neighbour, and reads them each morning."
    assert words_beyond_wall(article(told, told)) == 32
    long = "He subscribed in spring to read on, " * 30
    assert words_beyond_wall(article(long)) == len(long.split())

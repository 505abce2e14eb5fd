"""Whose words a story is: the page's or the feed's; and whose headline."""

import pytest

from reader.models import Article, Enclosure
from reader.news.feed_or_page import with_headline
from reader.news.stories import Story, StoryLoader
from tests import add_source
from tests.fetch.scripted_server import Server, reply
from tests.news.run_refresh import run
from tests.sample_paper import feed, page

NOTES = (
    '<p>Ines asks <a href="https://keel.example/">the boatwright</a> why keels rot.</p>'
    '<ul><li>00:00 Hello</li><li>02:41 Tar</li><li><a href="https://tar.example/">The tar that we used</a></li></ul>'
)
PLAYER = (
    b"<html><head><title>Why keels rot - The Gull Radio</title></head><body><article><h1>Why keels rot</h1>"
    b"<p>A talk about tar and keels, with Ines and the boatwright of the harbour.</p>"
    b"<p>Listen to it on your way across the water.</p></article></body></html>"
)
HTML = {"Content-Type": "text/html"}


async def opened(loader: StoryLoader, server: Server, title: str, extra: str, answer: bytes) -> Story:
    """Refresh a feed with one entry, then open it; its page answers so."""
    url = server.says("/keels", answer)
    add_source(loader.library, server.says("/feed", feed((title, url), extra=extra)), "The Gull")
    await run(loader, stories=False)
    return await loader.open(url, page=loader.library.page_of(url))


@pytest.mark.parametrize("kind", ["audio/mpeg", "video/mp4"])
async def test_the_notes_of_an_episode_are_its_story_with_links_and_time_marks(
    loader: StoryLoader, server: Server, kind: str
) -> None:
    extra = f'<description><![CDATA[{NOTES}]]></description><enclosure url="https://radio.example/1" type="{kind}"/>'
    story = await opened(loader, server, "Episode 7: Why keels rot", extra, reply(PLAYER, headers=HTML))
    assert story.article is not None
    assert story.article.title == "Episode 7: Why keels rot"
    assert "[The tar that we used](https://tar.example/)" in story.article.markdown
    assert "02:41 Tar" in story.article.markdown


async def test_a_few_words_of_a_feed_with_a_picture_are_no_notes(loader: StoryLoader, server: Server) -> None:
    extra = f'<description><![CDATA[{NOTES}]]></description><enclosure url="https://gull.example/1" type="image/png"/>'
    story = await opened(loader, server, "Why keels rot", extra, reply(PLAYER, headers=HTML))
    assert story.article is not None
    assert "across the water" in story.article.markdown


async def test_a_page_with_far_fewer_words_does_not_replace_a_long_summary(loader: StoryLoader, server: Server) -> None:
    said = " ".join(f"On the {n}th plank the tar had cracked and water stood in the seam." for n in range(12))
    extra = f"<description>{said}</description>"
    story = await opened(loader, server, "Why keels rot", extra, reply(PLAYER, headers=HTML))
    assert story.article is not None
    assert "11th plank" in story.article.markdown


async def test_the_story_bears_the_headline_of_the_feed_where_the_page_adds_to_it(
    loader: StoryLoader, server: Server
) -> None:
    answer = page("The Harbour Diary: Bringing in the nets - a day on the water")
    story = await opened(loader, server, "Bringing in the nets", "", answer)
    assert story.article is not None
    assert story.article.title == "Bringing in the nets"
    kept = await loader.open(story.url)
    assert kept.article is not None
    assert kept.article.title == "Bringing in the nets"


@pytest.mark.parametrize(
    ("listed", "printed", "title"),
    [
        ("Nets are dear", "Nets are dear | Tide: The Harbour® Blog", "Nets are dear"),
        ("Nets are dear", "Nets are dear Posted on July 1, 2024 by ines", "Nets are dear"),
        ("Ines: “Nets are dear”", "Tide - Ines: 'Nets are dear'", "Ines: “Nets are dear”"),
        ("港口的渔网越来越贵了吗", "港口的渔网越来越贵了吗 - 海港日报", "港口的渔网越来越贵了吗"),
        ("Nets are de…", "Nets are dear, says Ines", "Nets are dear, says Ines"),
        ("Nets are dear", "Nets are dearer than ever", "Nets are dearer than ever"),
        ("Interview", "Interview: Ines of the harbour", "Interview: Ines of the harbour"),
        ("NETS ARE DEAR", "Nets are dear", "Nets are dear"),
        ("", "Nets are dear", "Nets are dear"),
        ("Nets are dear", "post", "Nets are dear"),
        ("Nets are dear", "tide.example", "Nets are dear"),
        ("Nets are dear", "Letters of the Tide", "Nets are dear"),
        ("Nets are dear, and so are ropes, they…", "Accueil", "Nets are dear, and so are ropes, they…"),
        ("Letters of the Tide", "Tide", "Tide"),
        ("", "post", "post"),
    ],
)
def test_which_headline_a_story_bears(listed: str, printed: str, title: str) -> None:
    address = "https://tide.example/nets"
    article = Article(url=address, canonical_url=address, site="tide.example", title=printed)
    assert with_headline(article, listed, "Letters of the Tide").title == title


def test_a_file_without_a_type_makes_no_recording() -> None:
    from reader.news.feed_or_page import is_recording

    assert not is_recording([Enclosure("https://radio.example/1")])

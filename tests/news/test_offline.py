"""What is made readable without a network, and how far that goes."""

from contextlib import aclosing

import pytest
from msgspec.structs import replace

from reader.models import RefreshEvent, RefreshStep
from reader.news.offline import keep_unread
from reader.news.stories import StoryLoader
from reader.store import View
from tests.fetch.scripted_server import Server, reply
from tests.news.run_refresh import run
from tests.sample_paper import feed, page, paragraphs


async def keep(loader: StoryLoader) -> list[RefreshEvent]:
    async with aclosing(keep_unread(loader)) as events:
        return [event async for event in events]


@pytest.fixture
async def paper(loader: StoryLoader, server: Server) -> Server:
    """A paper with three headlines; the first story has related stories in no feed, which have related stories too."""
    server.says("/deep", page("Deep"))
    server.says("/near", page("Near", related=(("Deep under the harbour wall", "/deep"),)))
    server.says("/1", page("One", related=(("Near the harbour wall", "/near"), ("Two boats in the harbour", "/2"))))
    server.says("/2", page("Two"))
    server.says("/3", page("Three"))
    links = [(name, server.url(f"/{n}")) for n, name in enumerate(("One", "Two", "Three"), 1)]
    loader.library.add_source(server.says("/feed", feed(*links)), "The Gull")
    await run(loader, stories=False)
    return server


def limited(loader: StoryLoader, **budget: object) -> None:
    loader.config = replace(loader.config, offline=replace(loader.config.offline, **budget))


async def test_unread_stories_are_kept_and_their_related_ones_one_step_deep(loader: StoryLoader, paper: Server) -> None:
    events = await keep(loader)
    assert {event.step for event in events} == {RefreshStep.STORY}
    assert events[-1].done == events[-1].total == 4
    assert sorted(path for path in paper.paths() if path != "/feed") == ["/1", "/2", "/3", "/near"]
    assert len(loader.library.listing(View("kept"))) == 4


async def test_what_is_kept_is_not_asked_for_again(loader: StoryLoader, paper: Server) -> None:
    await keep(loader)
    asked = len(paper.asked)
    assert await keep(loader) == []
    assert len(paper.asked) == asked


async def test_what_was_read_is_not_fetched(loader: StoryLoader, paper: Server) -> None:
    page_of_three = loader.library.page_of(paper.url("/3"))
    assert page_of_three is not None
    loader.library.mark_read([page_of_three], True)
    await keep(loader)
    assert "/3" not in paper.paths()


async def test_the_budget_of_stories_holds(loader: StoryLoader, paper: Server) -> None:
    limited(loader, articles=2)
    assert len(await keep(loader)) == 2
    assert len(loader.library.listing(View("kept"))) == 2


async def test_no_budget_means_no_story(loader: StoryLoader, paper: Server) -> None:
    for nothing in ({"stories": 0}, {"articles": 0}, {"megabytes": 0}):
        limited(loader, **{"stories": 20, "articles": 400, "megabytes": 100, **nothing})
        assert await keep(loader) == []


async def test_related_stories_can_be_left_out(loader: StoryLoader, paper: Server) -> None:
    limited(loader, related=False)
    await keep(loader)
    assert "/near" not in paper.paths()


async def test_a_story_that_cannot_be_had_is_told_and_the_rest_comes(loader: StoryLoader, paper: Server) -> None:
    del paper.scripts["/2"]
    events = await keep(loader)
    failed = [event for event in events if event.step is RefreshStep.STORY_FAILED]
    assert len(failed) == 1
    assert len(loader.library.listing(View("kept"))) == 3


async def test_one_story_without_an_address_and_a_text_does_not_stand_for_the_others(
    loader: StoryLoader, server: Server
) -> None:
    def item(name: str, text: str) -> str:
        facts = f"<title>{name}</title><guid isPermaLink='false'>{name}</guid>"
        return f"<item>{facts}<description>{text}</description></item>"

    told = f"<![CDATA[{paragraphs(6, 'lifeboat')}]]>"
    first = f"<rss version='2.0'><channel><title>The Gull</title>{item('Bare', '')}</channel></rss>"
    second = first.replace("</channel>", item("Told", told) + "</channel>")
    headers = {"Content-Type": "text/xml"}
    server.says("/feed", reply(first.encode(), headers=headers), reply(second.encode(), headers=headers))
    loader.library.add_source(server.url("/feed"), "The Gull")
    await run(loader)
    assert len(loader.library.listing(View("kept"))) == 0
    await run(loader, every=True)
    assert [row.title for row in loader.library.rows(loader.library.listing(View("kept")).pages).values()] == ["Told"]

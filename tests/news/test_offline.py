"""What is made readable without a network, and how far that goes."""

from collections import Counter
from contextlib import aclosing

import pytest
from msgspec.structs import replace

from reader.models import FailureKind, RefreshEvent, RefreshStep
from reader.news.offline import keep_unread
from reader.news.stories import StoryLoader
from reader.store import View
from tests import add_source
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
    add_source(loader.library, server.says("/feed", feed(*links)), "The Gull")
    await run(loader, stories=False)
    return server


def limited(loader: StoryLoader, **budget: object) -> None:
    loader.config = replace(loader.config, offline=replace(loader.config.offline, **budget))


async def test_unread_stories_are_kept_and_their_related_ones_one_step_deep(loader: StoryLoader, paper: Server) -> None:
    events = await keep(loader)
    assert {event.step for event in events} == {RefreshStep.STORY}
    assert events[-1].done == events[-1].total == 4
    assert sorted(paper.paths()) == ["/1", "/2", "/3", "/feed", "/near", "/robots.txt"]
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
    add_source(loader.library, server.url("/feed"), "The Gull")
    await run(loader)
    assert len(loader.library.listing(View("kept"))) == 0
    await run(loader, every=True)
    assert [row.title for row in loader.library.rows(loader.library.listing(View("kept")).pages).values()] == ["Told"]


async def test_a_morning_asks_the_papers_one_reads_and_nobody_else(
    loader: StoryLoader, paper: Server, other: Server
) -> None:
    """A job board, a shop and a share link beside the related stories; a robots.txt that keeps one path to people."""
    elsewhere = other.says("/jobs/harbour-master-wanted-12345", page("Harbour master wanted"))
    related = (
        ("Near the harbour wall", "/near"),
        ("Harbour master wanted, apply by May", elsewhere),
        ("What the drowned village still says", "/people-only/drowned-village-54321"),
    )
    paper.says("/1", page("One", related=related))
    paper.says("/people-only/drowned-village-54321", page("What the drowned village still says"))
    rules = b"User-agent: Newsstand\nDisallow: /people-only/\n\nUser-agent: *\nDisallow: /near\n"
    paper.says("/robots.txt", reply(rules, headers={"Content-Type": "text/plain"}))
    await run(loader, every=True)
    await run(loader, every=True)
    asked = Counter(paper.paths())
    assert asked == {"/feed": 3, "/robots.txt": 1, "/1": 1, "/2": 1, "/3": 1, "/near": 1}
    assert other.paths() == []


async def test_a_page_that_robots_txt_forbids_is_told_once_and_opens_by_hand(
    loader: StoryLoader, paper: Server
) -> None:
    paper.says("/robots.txt", reply(b"User-agent: *\nDisallow: /2\n", headers={"Content-Type": "text/plain"}))
    failed = [event for event in await keep(loader) if event.step is RefreshStep.STORY_FAILED]
    assert [event.failure and event.failure.kind for event in failed] == [FailureKind.ROBOTS]
    assert "/2" not in paper.paths()
    assert await keep(loader) == []
    story = await loader.open(paper.url("/2"))
    assert story.kept
    assert "/2" in paper.paths()


@pytest.mark.parametrize(
    ("answer", "fetched"),
    [
        (reply(status=404), True),
        (reply(status=403), True),
        (reply(status=500), False),
        (reply(b"<html><p>No such page", headers={"Content-Type": "text/html"}), True),
        (reply(b"User-agent: *\nDisallow: /\n"), False),
        (reply(b"User-agent: Otherbot\nDisallow: /\n"), True),
    ],
    ids=["none", "refused", "broken", "a page", "nobody", "another"],
)
async def test_what_a_host_answers_when_it_is_asked_for_its_rules(
    loader: StoryLoader, paper: Server, answer: bytes, fetched: bool
) -> None:
    paper.says("/robots.txt", answer)
    await keep(loader)
    assert ("/1" in paper.paths()) is fetched


async def test_the_rules_of_a_host_are_good_for_a_day_in_another_process_too(
    loader: StoryLoader, paper: Server
) -> None:
    await keep(loader)
    later = StoryLoader(loader.library, loader.config, clock=lambda: loader.clock() + 3600, workers=False)
    next_day = StoryLoader(loader.library, loader.config, clock=lambda: loader.clock() + 90_000, workers=False)
    for another, asked in ((later, 1), (next_day, 2)):
        await another.open(paper.url("/2?page=x"), by_hand=False, found_on=paper.url("/2"))
        await another.close()
        assert paper.paths().count("/robots.txt") == asked

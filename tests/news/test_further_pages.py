"""Stories in several pages: the rest comes when it is asked for, and stays."""

import asyncio

from reader.models import FailureKind, LinkKind
from reader.news.offline import keep_unread
from reader.news.stories import StoryLoader
from tests import add_source
from tests.fetch.scripted_server import Server, reply
from tests.news.run_refresh import run
from tests.sample_paper import feed, in_pages, page


def printed(server: Server, of: int, *, without: tuple[int, ...] = (), canonical: str = "") -> str:
    for number in range(2, of + 1):
        if number not in without:
            server.says(f"/ferry?page={number}", in_pages(number, of, canonical=canonical))
    return server.says("/ferry", in_pages(1, of, canonical=canonical))


async def test_a_story_in_three_pages_is_one_when_it_is_asked_for(loader: StoryLoader, server: Server) -> None:
    url = printed(server, 3)
    first = await loader.open(url)
    assert first.article is not None
    assert first.article.next is not None
    assert server.paths() == ["/ferry"]
    on_page: list[tuple[int, int | None]] = []
    whole = await loader.open_whole(url, on_page=lambda *page: on_page.append(page))
    assert whole.article is not None
    assert on_page == [(2, None), (3, None)]
    assert whole.page == first.page
    assert whole.article.next is None
    assert whole.failure is None
    for name in ("ferry1", "keel2", "lottery3"):
        assert whole.article.markdown.count(f"the {name} came in") == 4
    assert whole.article.markdown.count("three winters of argument") == 1
    assert "Next" not in whole.article.markdown
    assert whole.article.words > 2.5 * first.article.words
    # It is what is kept, and nobody asks again for what is there.
    again = await loader.open(url)
    assert again.article == whole.article
    assert (await loader.open_whole(url)).article == whole.article
    assert server.paths() == ["/ferry", "/ferry?page=2", "/ferry?page=3"]


async def test_the_whole_is_not_replaced_by_its_first_page_read_anew(loader: StoryLoader, server: Server) -> None:
    url = printed(server, 3)
    whole = await loader.open_whole(url)
    renewed = await loader.open(url, renew=True)
    assert renewed.article == whole.article
    assert loader.library.article(whole.page or 0) == whole.article
    server.says("/ferry", page("The ferry sank", about="wreck"))
    assert (await loader.open(url, renew=True)).article != whole.article


async def test_a_whole_whose_first_page_has_changed_is_renewed_whole_or_not_at_all(
    loader: StoryLoader, server: Server
) -> None:
    url = printed(server, 3)
    whole = await loader.open_whole(url)
    assert whole.article is not None
    changed = in_pages(1, 3, title="The old ferry is back")

    server.scripts["/ferry"] = [changed]
    server.scripts["/ferry?page=3"] = [reply(status=503)]
    assert (await loader.open(url, renew=True)).article == whole.article
    server.scripts["/ferry?page=2"] = [reply(status=302, headers={"Location": "/ferry"})]
    assert (await loader.open(url, renew=True)).article == whole.article
    assert loader.library.article(whole.page or 0) == whole.article

    for number in (2, 3):
        server.scripts[f"/ferry?page={number}"] = [in_pages(number, 3)]
    renewed = await loader.open(url, renew=True)
    assert renewed.article is not None
    assert (renewed.article.title, renewed.article.next) == ("The old ferry is back", None)
    assert "lottery3" in renewed.article.markdown
    assert loader.library.article(whole.page or 0) == renewed.article


async def test_a_first_page_alone_is_renewed_by_itself(loader: StoryLoader, server: Server) -> None:
    url = printed(server, 3)
    await loader.open(url)
    server.scripts["/ferry"] = [in_pages(1, 3, title="The old ferry is back")]
    renewed = await loader.open(url, renew=True)
    assert renewed.article is not None
    assert renewed.article.title == "The old ferry is back"
    assert server.paths() == ["/ferry", "/ferry"]


async def test_who_is_told_to_stop_keeps_what_has_come(loader: StoryLoader, server: Server) -> None:
    url = printed(server, 4)
    stop = asyncio.Event()

    def on_page(number: int, _of: int | None) -> None:
        if number == 3:
            stop.set()

    story = await loader.open_whole(url, on_page=on_page, stop=stop)
    assert story.article is not None
    assert story.failure is None
    assert story.article.next is not None
    assert story.article.next.url == server.url("/ferry?page=3")
    kept = await loader.kept(url)
    assert kept is not None
    assert kept.article == story.article


async def test_a_page_that_is_missing_leaves_what_came_before_it_and_says_so(
    loader: StoryLoader, server: Server
) -> None:
    url = printed(server, 4, without=(3,))
    server.says("/ferry?page=3", reply(status=503))
    story = await loader.open_whole(url)
    assert story.article is not None
    assert story.failure is not None
    assert (story.failure.kind, story.failure.status) == (FailureKind.HTTP, 503)
    assert "keel2" in story.article.markdown
    assert story.article.next is not None
    assert story.article.next.url == server.url("/ferry?page=3")
    # Later it is there: only what is missing is asked for.
    server.says("/ferry?page=3", in_pages(3, 4))
    before = len(server.paths())
    on_page: list[tuple[int, int | None]] = []
    whole = await loader.open_whole(url, on_page=lambda *page: on_page.append(page))
    assert whole.article is not None
    assert whole.article.next is None
    assert on_page == [(3, None), (4, None)]
    assert server.paths()[before:] == ["/ferry?page=3", "/ferry?page=4"]
    assert all(name in whole.article.markdown for name in ("ferry1", "keel2", "lottery3", "chapel4"))


async def test_what_leads_in_a_circle_or_to_another_story_ends(loader: StoryLoader, server: Server) -> None:
    url = server.says("/ferry", in_pages(1, 3))
    server.says("/ferry?page=2", reply(status=302, headers={"Location": "/ferry"}))
    story = await loader.open_whole(url)
    assert story.article is not None
    assert (story.failure, story.article.next) == (None, None)
    assert server.paths() == ["/ferry", "/ferry?page=2", "/ferry"]

    walled = server.says("/quays", in_pages(1, 2, at="/quays"))
    server.says("/quays?page=2", reply(status=302, headers={"Location": "/subscribe"}))
    server.says("/subscribe", page("Read on with a subscription", about="offer"))
    story = await loader.open_whole(walled)
    assert story.article is not None
    assert story.failure is not None
    assert story.failure.kind is FailureKind.NO_ARTICLE
    assert "offer" not in story.article.markdown
    assert story.article.next is not None


async def test_twenty_pages_are_the_most(loader: StoryLoader, server: Server) -> None:
    url = printed(server, 25)
    story = await loader.open_whole(url)
    assert story.article is not None
    assert len(server.paths()) == 20
    assert story.article.next is not None
    await loader.open_whole(url)
    assert len(server.paths()) == 20


async def test_two_who_ask_for_the_rest_at_once_get_it_once(loader: StoryLoader, server: Server) -> None:
    url = printed(server, 3)
    stories = await asyncio.gather(*(loader.open_whole(url) for _ in range(3)))
    assert len({story.article.markdown for story in stories if story.article}) == 1
    assert len(server.paths()) == 3


async def test_a_second_page_opened_by_itself_never_takes_the_place_of_the_whole(
    loader: StoryLoader, server: Server
) -> None:
    url = printed(server, 3, canonical="/ferry")
    whole = await loader.open_whole(url)
    second = await loader.open(server.url("/ferry?page=2"))
    assert second.article is not None
    assert second.page != whole.page
    kept = await loader.kept(url)
    assert kept is not None
    assert kept.article == whole.article


async def test_offline_keeps_stories_whole(loader: StoryLoader, server: Server) -> None:
    url = printed(server, 3)
    feed_url = server.says("/feed", feed(("The ferry is back", url), home=server.url("/")))
    add_source(loader.library, feed_url, "The Gull")
    await run(loader, stories=False)
    events = [event async for event in keep_unread(loader)]
    assert [event.step for event in events] == ["story"]
    kept = await loader.kept(url)
    assert kept is not None
    assert kept.article is not None
    assert kept.article.next is None
    assert "lottery3" in kept.article.markdown
    assert not [link for link in kept.article.links if link.kind is LinkKind.NEXT]
    assert [event async for event in keep_unread(loader)] == []
    assert len([path for path in server.paths() if path.startswith("/ferry")]) == 3

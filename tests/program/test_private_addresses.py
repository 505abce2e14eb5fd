"""One refresh asks nothing at home for what strangers name: stories ahead, their robots.txt, related ones, feeds."""

import asyncio
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from reader import config
from reader.models import Failure, FailureKind, RefreshStep
from reader.news.stories import StoryLoader
from reader.news.subscriptions import find
from reader.news.subscriptions.find_feeds import FoundFeed, fetch_offer
from reader.store import Library
from tests import add_source
from tests.fetch.public_loopback import PUBLIC, count_as_public
from tests.fetch.scripted_server import Server, reply
from tests.news.run_refresh import run
from tests.sample_paper import feed, in_pages, page


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A paper at a public address. `server`, at 127.0.0.1, is at home."""
    count_as_public(monkeypatch)
    server = Server(host=PUBLIC)
    yield server
    server.close()


async def test_stories_of_the_web_are_not_fetched_ahead_from_home_and_a_person_may_open_them(
    loader: StoryLoader, web: Server, server: Server
) -> None:
    server.says("/admin/reboot?now=1", page("Down"))
    add_source(loader.library, web.says("/feed", feed(("Free boats", server.url("/admin/reboot?now=1")))), "The Gull")
    events = await run(loader)
    failed = [event.failure for event in events if event.step is RefreshStep.STORY_FAILED and event.failure]
    assert [failure.kind for failure in failed] == [FailureKind.PRIVATE_ADDRESS]
    assert server.asked == []
    assert (await loader.open(server.url("/admin/reboot?now=1"))).kept
    assert server.paths() == ["/admin/reboot?now=1"]


async def test_a_story_that_is_under_way_for_nobody_is_opened_for_a_person(
    loader: StoryLoader, web: Server, server: Server
) -> None:
    url = server.says("/note", page("At home"))
    ahead = asyncio.create_task(loader.open(url, by_hand=False, found_on=web.url("/feed")))
    by_hand = asyncio.create_task(loader.open(url))
    refused = (await ahead).failure
    assert refused is not None
    assert refused.kind is FailureKind.PRIVATE_ADDRESS
    assert (await by_hand).kept


async def test_related_stories_and_further_pages_lead_nowhere_at_home(
    loader: StoryLoader, web: Server, server: Server
) -> None:
    add_source(loader.library, server.says("/own-feed", feed(("At home", server.url("/own")))), "Home")
    server.says("/own", page("At home"))
    web.says("/1", page("One", related=(("Two boats in the harbour", server.url("/reboot")),)))
    further = in_pages(1, 2, at="/ferry").replace(b'"/ferry?page=2"', f'"{server.url("/ferry?page=2")}"'.encode())
    web.says("/ferry", reply(further.partition(b"\r\n\r\n")[2], headers={"Content-Type": "text/html"}))
    links = [(name, web.url(path)) for name, path in (("One", "/1"), ("The ferry is back", "/ferry"))]
    add_source(loader.library, web.says("/feed", feed(*links)), "The Gull")
    await run(loader)
    await loader.open_whole(web.url("/ferry"))
    assert sorted(server.paths()) == ["/own", "/own-feed", "/robots.txt"]


async def test_a_paper_at_home_is_read_as_any_other(loader: StoryLoader, web: Server, server: Server) -> None:
    server.says("/1", page("One", related=(("Two boats in the harbour", "/2"),)))
    server.says("/2", page("Two"))
    add_source(loader.library, server.says("/feed", feed(("One", server.url("/1")))), "Home")
    events = await run(loader)
    assert [event.step for event in events if event.failure] == []
    assert sorted(server.paths()) == ["/1", "/2", "/feed", "/robots.txt"]


async def test_a_source_that_redirects_home_fails_and_says_why(
    loader: StoryLoader, web: Server, server: Server
) -> None:
    server.says("/status", feed(("One", "http://gull.example/1")))
    moved = reply(status=301, headers={"Location": server.url("/status")})
    source = add_source(loader.library, web.says("/feed", moved), "The Gull")
    await run(loader)
    kept = loader.library.source(source.id)
    assert kept is not None
    assert kept.failure is not None
    assert kept.failure.kind is FailureKind.PRIVATE_ADDRESS
    assert kept.url == web.url("/feed")
    assert server.asked == []


async def test_feeds_that_a_page_of_the_web_names_are_not_looked_for_at_home(
    loader: StoryLoader, web: Server, server: Server
) -> None:
    alternate = f'<link rel=alternate type="application/rss+xml" href="{server.url("/feed.xml")}">'
    html = {"Content-Type": "text/html"}
    web.says("/", reply(f"<html><head>{alternate}</head><body>words</body></html>".encode(), headers=html))
    found = await find(loader, web.url("/"))
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.NO_NEWS
    offer = await fetch_offer(loader, FoundFeed(server.url("/feed.xml"), "Gull", found_on=web.url("/")))
    assert isinstance(offer, Failure)
    assert server.asked == []


async def test_a_setting_allows_it(library: Library, web: Server, server: Server) -> None:
    settings = config.load()
    allowed = replace(settings, network=replace(settings.network, private_addresses=True))
    loader = StoryLoader(library, allowed, workers=False)
    server.says("/note", page("At home"))
    add_source(library, web.says("/feed", feed(("Note", server.url("/note")))), "The Gull")
    await run(loader)
    await loader.close()
    assert sorted(server.paths()) == ["/note", "/robots.txt"]

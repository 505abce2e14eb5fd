"""Subscribing: what an address offers, what is there already, lists brought in and written."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader import config
from reader.fetch.politeness.turns import Turn
from reader.lists.catalogue import Paper, Section
from reader.models import Failure, FailureKind, Source
from reader.news.stories import StoryLoader
from reader.news.subscriptions import (
    FoundFeed,
    FoundFeeds,
    Subscribed,
    SubscriptionRequest,
    fetch_offer,
    find,
    find_feeds,
    import_subscriptions,
    of_catalogue,
    parse_list,
    subscribe_all,
    write_opml,
)
from reader.news.workers import CpuTime
from reader.store import Library, View
from reader.words.failures import failure as failure_sentence
from tests import add_source
from tests.fetch.scripted_server import Server, reply
from tests.sample_paper import feed


def front(server: Server, count: int) -> str:
    """A front page that names so many feeds, each with one headline."""
    links = "".join(
        f'<link rel=alternate type="application/rss+xml" title="Section {n}" href="/feed{n}">' for n in range(count)
    )
    for n in range(count):
        server.says(f"/feed{n}", feed((f"Headline {n}", server.url(f"/{n}"))))
    return server.says("/", reply(f"<html><head>{links}</head></html>".encode(), headers={"Content-Type": "text/html"}))


def subscribe(loader: StoryLoader, offer: FoundFeed, title: str | None = None, folder: str | None = None) -> Subscribed:
    return subscribe_all(loader.library, [SubscriptionRequest(offer, title, folder)], loader.clock())[0]


async def found(loader: StoryLoader, address: str) -> FoundFeeds:
    offers = await find(loader, address)
    assert isinstance(offers, FoundFeeds), offers
    return offers


async def test_a_page_offers_every_feed_it_names_and_the_first_ones_with_their_headlines(
    loader: StoryLoader, server: Server
) -> None:
    offers = await found(loader, front(server, 10))
    assert [offer.url for offer in offers.offers] == [server.url(f"/feed{n}") for n in range(10)]
    assert [offer.feed is not None for offer in offers.offers] == [True] * 8 + [False] * 2
    assert 0 < offers.seconds < 10
    last = offers.offers[-1]
    assert last.title == "Section 9"
    fetched = await fetch_offer(loader, last)
    assert not isinstance(fetched, Failure)
    assert fetched.feed is not None
    assert [entry.title for entry in fetched.feed.entries] == ["Headline 9"]
    assert await fetch_offer(loader, fetched) is fetched


async def test_what_is_subscribed_is_known_under_other_spellings_and_where_its_address_leads(
    loader: StoryLoader, server: Server
) -> None:
    first = (await found(loader, front(server, 2))).offers[0]
    done = subscribe(loader, first, folder="Coast")
    assert (done.new, done.asked, done.source.folder) == (True, True, "Coast")
    asked = len(server.asked)
    again = await found(loader, server.url("/feed0").replace("http://", "HTTP://") + "?utm_source=x#top")
    assert again.offers[0].source == done.source
    assert len(server.asked) == asked  # nobody had to be asked
    server.says("/short", reply(status=302, headers={"Location": "/feed0"}))
    for address in (server.url("/short"), server.url("/")):
        offers = await found(loader, address)
        assert offers.offers[0].source is not None
        assert offers.offers[0].source.id == done.source.id
    assert [offer.source is None for offer in offers.offers] == [False, True]
    assert not (subscribe(loader, first)).new
    assert len(loader.library.sources()) == 1


async def test_an_offer_that_is_no_feed_any_more_says_why(loader: StoryLoader, server: Server) -> None:
    offer = (await found(loader, front(server, 9))).offers[8]
    server.says("/feed8", reply(b"<html>gone</html>", headers={"Content-Type": "text/html"}))
    fetched = await fetch_offer(loader, offer)
    assert isinstance(fetched, Failure)
    assert fetched.kind is FailureKind.NOT_A_FEED
    server.says("/feed8", reply(status=404))
    fetched = await fetch_offer(loader, offer)
    assert isinstance(fetched, Failure)
    assert fetched.status == 404


async def test_one_that_was_removed_comes_back_with_its_marks_under_the_new_name(
    loader: StoryLoader, server: Server
) -> None:
    library = loader.library
    first = subscribe(loader, (await found(loader, front(server, 1))).offers[0])
    page = library.listing(View("unread")).pages[0]
    library.star([page])
    library.mark_read([page])
    library.remove_source(first.source.id)
    assert library.sources() == []
    back = subscribe(loader, (await found(loader, server.url("/"))).offers[0], title="My Gull", folder="World")
    assert back.new
    assert (back.source.id, back.source.title, back.source.folder) == (first.source.id, "My Gull", "World")
    row = library.row(page)
    assert row is not None
    assert row.starred
    assert row.read


async def test_no_news_is_a_failure_and_nothing_is_kept(loader: StoryLoader, server: Server) -> None:
    failure = await find(
        loader, server.says("/", reply(b"<html><p>hello</html>", headers={"Content-Type": "text/html"}))
    )
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.NO_NEWS
    assert loader.library.sources() == []


async def test_all_that_is_parsed_behind_an_address_has_one_budget_of_cpu_time(
    loader: StoryLoader, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[float] = []

    async def work(_turn: Turn, share: CpuTime, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        given.append(share.most)
        return function(*args, **kwargs), 2.0

    monkeypatch.setattr(loader, "work_in_turn", work)
    offers = await found(loader, front(server, 3))
    assert given == [5, 3, 1]  # the page as a feed, the page, the first that it names
    assert [offer.feed is not None for offer in offers.offers] == [True, False, False]


async def test_what_costs_too_much_is_said_and_can_be_subscribed_to_anyway(
    library: Library, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_feeds, "SECONDS", 0.2)
    url = server.says("/feed", reply(b"<rss><channel><title>The Lamp</title>" + b"<a " * 300_000))
    loader = StoryLoader(library, config.load())
    try:
        failure = await find(loader, url)
    finally:
        await loader.close()
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.seconds) == (FailureKind.CRASHED, 0.2)
    assert "s of work" in failure_sentence(failure, promises=False)
    assert find_feeds.unanswered((), url, failure) is not None


PAPER = Paper(
    "gull",
    "The Gull",
    "Gull",
    "https://gull.example/",
    "en",
    "GB",
    ("news",),
    "#b7282e",
    "https://gull.example/feed",
    (Section("Sport", "https://gull.example/sport"),),
)


def test_papers_of_the_catalogue_are_subscribed_to_as_one_act(library: Library) -> None:
    known = add_source(library, "https://GULL.example/sport#a", "Mine")
    requests = [of_catalogue(chosen, folder="World") for chosen in (PAPER, (PAPER, PAPER.sections[0]), PAPER)]
    sources = [done.source for done in subscribe_all(library, requests, 0)]
    assert [source.title for source in sources] == ["The Gull", "Mine", "The Gull"]
    assert (sources[0].brand_colour, sources[0].language, sources[0].folder) == ("#b7282e", "en", "World")
    library.undo()
    assert library.sources() == [known]


def plain(source: Source) -> Source:
    return replace(source, id=0, due_at=0)


def test_a_library_written_and_brought_into_another_is_the_same_list(library: Library, tmp_path: Path) -> None:
    first = add_source(
        library, "https://gull.example/feed?a=1&b=2", "Fish & <Chips>", folder="World/AC\\/DC", brand_colour="#b7282e"
    )
    add_source(library, "https://tern.example/feed", "Đường", folder="World", categories=("a,b", "c"), short="Đ")
    add_source(library, "https://auk.example/feed", "Auk")
    add_source(library, "https://owl.example/feed", "Owl", folder="World")
    library.edit_source(first.id, interval=1800, stories=7, feed_text=True, browser=True, user_agent="me", seconds=2.5)
    library.step_source(library.sources()[-1].id, -1)
    document = write_opml(library)
    with Library.open(tmp_path / "second.db") as second:
        done = import_subscriptions(second, parse_list(document, "feeds.opml"))
        assert len(done.added) == 4
        assert [plain(source) for source in second.sources()] == [plain(source) for source in library.sources()]
        assert write_opml(second) == document
        again = import_subscriptions(second, parse_list(document, "feeds.opml"))
        assert (len(again.added), len(again.known)) == (0, 4)
        second.undo()  # the list was one act
        assert second.sources() == []


async def test_several_feeds_are_subscribed_to_as_one_act(loader: StoryLoader, server: Server) -> None:
    requests = [
        SubscriptionRequest(FoundFeed(server.url(f"/{name}"), name, None), folder="World") for name in ("one", "two")
    ]
    there = add_source(loader.library, server.url("/there"), "There")
    done = subscribe_all(
        loader.library, [*requests, SubscriptionRequest(FoundFeed(there.url, "There", None))], loader.clock()
    )
    assert [(one.source.title, one.new) for one in done] == [("one", True), ("two", True), ("There", False)]
    loader.library.undo()
    assert [source.title for source in loader.library.sources()] == ["There"]

"""How a source is asked: its login and headers go to its host alone, are shown nowhere, and come back with undo."""

import base64
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from reader import config
from reader.fetch.response import Response
from reader.lists.catalogue import Paper
from reader.models import Entry, Failure, FailureKind, Feed, RefreshStep, Source
from reader.news.asking import credentials
from reader.news.asking.own_headers import FORGOTTEN_AFTER, forget_unneeded
from reader.news.stories import StoryLoader
from reader.news.subscriptions import (
    AskAs,
    FoundFeed,
    SubscriptionRequest,
    edit_source,
    fetch_offer,
    find,
    import_subscriptions,
    of_catalogue,
    parse_list,
    subscribe_all,
    write_opml,
)
from reader.store import EntryFilter, Library
from tests import add_source
from tests.fetch.scripted_server import Call, Script, Server, reply
from tests.news.run_refresh import run
from tests.sample_paper import feed, page

ANN = "ann:g%40ull"


def token(login: str = "ann:g@ull") -> str:
    return "Basic " + base64.b64encode(login.encode()).decode()


def guarded(answer: bytes, login: str = "ann:g@ull") -> Script:
    """An answer for those alone who say who they are."""

    def script(call: Call) -> None:
        known = call.asked.headers.get("authorization") == token(login)
        call.send(answer if known else reply(b"", 401, {"WWW-Authenticate": "Basic realm=quay"}))

    return script


def private(url: str, login: str = ANN) -> str:
    return url.replace("//", f"//{login}@", 1)


def sent(server: Server, path: str) -> list[str | None]:
    return [asked.headers.get("authorization") for asked in server.asked if asked.target == path]


async def add(loader: StoryLoader, address: str, ask_as: AskAs | None = None) -> Source:
    found = await find(loader, address, ask_as or AskAs())
    assert not isinstance(found, Failure), found
    return subscribe_all(loader.library, [SubscriptionRequest(found.offers[0])], loader.clock())[0].source


def again(library: Library) -> StoryLoader:
    """Another process, as far as loading goes."""
    return StoryLoader(library, config.load(), workers=False)


async def test_a_login_in_an_address_is_sent_kept_and_sent_again(loader: StoryLoader, server: Server) -> None:
    story = server.says("/ferry", guarded(page("The ferry is back")))
    url = server.says("/feed", guarded(feed(("The ferry is back", story))))
    source = await add(loader, private(url))
    assert (source.url, source.failure) == (url, None)
    assert len(loader.library.entries(EntryFilter(sources=(source.id,)))) == 1
    later = again(loader.library)
    await run(later, every=True)
    await later.close()
    assert sent(server, "/feed") == [token(), token()]
    assert sent(server, "/ferry") == [token()]
    assert [row.kept for row in loader.library.entries(EntryFilter(sources=(source.id,)))] == [True]


async def test_a_login_is_in_no_column_no_log_and_no_failure(
    loader: StoryLoader, server: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "newsstand")
    await add(loader, private(server.says("/feed", guarded(feed()))))
    server.says("/feed", reply(b"", 401), reply(b"", 302, {"Location": private("ftp://quay.example/")}))
    events = [*await run(loader, every=True), *await run(loader, every=True)]
    for address in (
        private(server.url("/none")),
        "https://ann:g/ull@quay.example/",
        "gopher://ann:g@ull@quay.example/",
    ):
        failure = await find(loader, address)
        assert isinstance(failure, Failure)
        events.append(failure)  # type: ignore[arg-type]  # only its text is looked at
    loader.library.close()
    names = [name for name in ("library.db", "library.db-wal") if (tmp_path / name).exists()]
    kept = b"".join((tmp_path / name).read_bytes() for name in names)
    for text in (repr(events), caplog.text, repr(loader.own_headers), kept.decode("latin-1")):
        for secret in ("ull", "ann:", token()[6:]):
            assert secret not in text.replace("Gull", "").replace("null", "").replace("NULL", "")


@pytest.mark.parametrize("status", [301, 302, 307])
async def test_a_login_and_headers_never_follow_to_another_host(
    loader: StoryLoader, server: Server, other: Server, status: int
) -> None:
    there = other.says("/feed", feed(("Elsewhere", "https://example.org/1")))
    url = server.says("/feed", guarded(feed(("Here", "https://example.org/0"))))
    source = await add(loader, private(url), AskAs("Mine/1", (("X-Ticket", "t1"), ("Cookie", "c=1"))))
    server.says("/feed", reply(b"", status, {"Location": there}))
    await run(loader, every=True, stories=False)
    assert server.asked[-1].headers["authorization"] == token()
    assert (server.asked[-1].headers["x-ticket"], server.asked[-1].headers["cookie"]) == ("t1", "c=1")
    (asked,) = other.asked
    assert not {"authorization", "x-ticket", "cookie"} & asked.headers.keys()
    assert asked.headers["user-agent"] == "Mine/1"
    moved = loader.library.source(source.id)
    assert moved is not None
    assert moved.url == url  # else the next request would take them there


async def test_headers_go_along_with_the_first_request_the_pages_and_to_nobody_else(
    loader: StoryLoader, server: Server, other: Server
) -> None:
    here, there = server.says("/ferry", page("The ferry")), other.says("/crane", page("The crane"))
    url = server.says("/feed", feed(("The ferry", here), ("The crane", there)))
    front = f'<link rel=alternate type="application/rss+xml" href="{url}">'
    server.says("/", reply(front.encode(), headers={"Content-Type": "text/html"}))
    await add(loader, server.url("/"), AskAs("Mine/1", (("X-Ticket", "t1"),)))
    await run(loader, every=True)
    own = [asked for asked in server.asked if asked.target != "/robots.txt"]  # which is the same for everyone
    assert {asked.headers.get("x-ticket") for asked in own} == {"t1"}
    assert {asked.headers["user-agent"] for asked in (*server.asked, *other.asked)} == {"Mine/1"}
    assert "/crane" in other.paths()
    assert not any("x-ticket" in asked.headers for asked in other.asked)


async def test_a_feed_on_another_host_than_the_page_gets_neither(
    loader: StoryLoader, server: Server, other: Server
) -> None:
    front = f'<link rel=alternate type="application/rss+xml" href="{other.says("/feed", feed())}">'
    front += f'<link rel=alternate type="application/rss+xml" href="{other.says("/second", feed())}">'
    server.says("/", guarded(reply(front.encode(), headers={"Content-Type": "text/html"})))
    found = await find(loader, private(server.url("/")), AskAs("Mine/1", (("X-Ticket", "t1"),)))
    assert not isinstance(found, Failure)
    for offer in found.offers:
        assert (offer.login, offer.ask_as) == (None, AskAs("Mine/1"))
    assert not isinstance(await fetch_offer(loader, replace(found.offers[0], feed=None)), Failure)
    assert not any("authorization" in asked.headers or "x-ticket" in asked.headers for asked in other.asked)


async def test_a_list_brings_logins_and_takes_them_along_only_when_asked(
    loader: StoryLoader, server: Server, tmp_path: Path
) -> None:
    url = server.says("/feed", guarded(feed(("One", "https://example.org/1"))))
    outline = f'<outline text="{private(url)}" xmlUrl="{private(url)}"/>'
    bad = '<outline text="Old" xmlUrl="ftp://ann:g@ull@quay.example/"/>'
    done = import_subscriptions(loader.library, parse_list(f"<opml><body>{outline}{bad}</body></opml>".encode(), "l"))
    assert [left.what for left in done.left_out] == ["Old (ftp://quay.example/)"]
    assert (done.added[0].url, done.added[0].title) == (url, url)
    edit_source(loader.library, done.added[0].id, headers=(("Cookie", "c=1"), ("Referer", "https://quay.example/")))
    (event,) = [one for one in await run(loader, stories=False) if one.step is RefreshStep.KEPT]
    assert event.new == 1
    document = write_opml(loader.library)
    assert b"ann" not in document
    assert b"c=1" not in document
    assert b"Referer: https://quay.example/" in document
    with Library.open(tmp_path / "second.db") as second:
        (source,) = import_subscriptions(second, parse_list(write_opml(loader.library, passwords=True), "l")).added
        later = again(second)
        assert [one.step for one in await run(later, stories=False) if one.failure] == []
        await later.close()
        assert source.headers == (("Cookie", "c=1"), ("Referer", "https://quay.example/"))
        assert len(second.entries()) == 1
    newsboat = import_subscriptions(loader.library, parse_list(private(server.url("/b")).encode(), "urls"))
    assert (newsboat.added[0].url, newsboat.added[0].credentials is None) == (server.url("/b"), False)


async def test_a_list_gives_a_login_to_a_source_that_had_none(loader: StoryLoader, server: Server) -> None:
    url = server.says("/feed", guarded(feed()))
    source = add_source(loader.library, url, "The Gull")
    assert [event.failure.status for event in await run(loader) if event.failure] == [401]
    import_subscriptions(loader.library, parse_list(f'"{private(url)}"\n'.encode(), "urls"))
    assert [event.failure for event in await run(loader) if event.failure] == []  # and is due at once
    changed = loader.library.source(source.id)
    assert changed is not None
    assert changed.title == "The Gull"


async def test_adding_what_is_there_with_another_login_changes_the_login(loader: StoryLoader, server: Server) -> None:
    url = server.says("/feed", guarded(feed()))
    source = await add(loader, private(url))
    server.says("/feed", guarded(feed(), "ann:new"))
    found = await find(loader, private(url, "ann:new"))
    assert not isinstance(found, Failure)
    (done,) = subscribe_all(loader.library, [SubscriptionRequest(found.offers[0])], 0)
    assert (done.new, done.changed, done.source.id) == (False, True, source.id)
    later = again(loader.library)
    assert [event.failure for event in await run(later, every=True) if event.failure] == []
    await later.close()
    assert loader.library.undo() is not None
    undone = loader.library.source(source.id)
    assert undone is not None
    assert undone.credentials == source.credentials


async def test_a_removed_source_is_asked_no_more_and_comes_back_with_its_login(
    loader: StoryLoader, server: Server
) -> None:
    url = server.says("/feed", guarded(feed()))
    source = await add(loader, private(url))
    library, name = loader.library, source.credentials or ""
    library.remove_source(source.id)
    assert await again(library).own_headers.headers(url, None) == ()
    library.undo()
    later = again(library)
    assert [event.failure for event in await run(later, every=True) if event.failure] == []
    await later.close()
    library.remove_source(source.id)
    now = library.source(source.id)
    assert now is not None
    assert now.removed_at is not None
    await forget_unneeded(library, now.removed_at + FORGOTTEN_AFTER - 10)
    assert credentials.find(library.path, name) is not None
    await forget_unneeded(library, now.removed_at + FORGOTTEN_AFTER + 10)
    assert credentials.find(library.path, name) is None
    assert library.sources_with_credentials() == []


async def test_the_login_of_one_source_is_good_for_the_others_of_its_host_also_when_it_is_removed(
    loader: StoryLoader, server: Server, other: Server
) -> None:
    first = await add(loader, private(server.says("/one", guarded(feed()))))
    add_source(loader.library, server.says("/two", guarded(feed())), "Two")
    add_source(loader.library, other.says("/three", feed()), "Three")
    loader.library.remove_source(first.id)
    later = again(loader.library)
    assert [event.failure for event in await run(later) if event.failure] == []
    await forget_unneeded(loader.library, loader.clock() + FORGOTTEN_AFTER + 10)
    await later.close()
    assert sent(other, "/three") == [None]
    assert [source.id for source in loader.library.sources_with_credentials()] == [first.id]


async def test_two_accounts_at_one_host_stay_apart(loader: StoryLoader, server: Server) -> None:
    await add(loader, private(server.says("/one", guarded(feed()))))
    await add(loader, private(server.says("/two", guarded(feed(), "bob:tern")), "bob:tern"))
    later = again(loader.library)
    await run(later, every=True, stories=False)
    await later.close()
    assert sent(server, "/one")[-1] == token()
    assert sent(server, "/two")[-1] == token("bob:tern")


async def test_another_address_at_another_host_leaves_the_secrets_behind(loader: StoryLoader, server: Server) -> None:
    headers = (("Cookie", "c=1"), ("Referer", "https://quay.example/"))
    source = await add(loader, private(server.says("/feed", guarded(feed()))), AskAs(None, headers))
    edit_source(loader.library, source.id, url=server.url("/moved"))
    same = loader.library.source(source.id)
    assert same is not None
    assert (same.credentials, same.headers) == (source.credentials, headers)
    edit_source(loader.library, source.id, url="https://tern.example/feed")
    gone = loader.library.source(source.id)
    assert gone is not None
    assert (gone.credentials, gone.headers) == (None, headers[1:])
    loader.library.undo()
    assert loader.library.source(source.id) == same


async def test_the_first_refresh_after_adding_asks_for_what_is_new_alone(loader: StoryLoader, server: Server) -> None:
    body = feed(("One", "https://example.org/1")).partition(b"\r\n\r\n")[2]
    dated = {"Content-Type": "text/xml", "Last-Modified": "Mon, 23 Nov 2026 08:00:00 GMT"}
    known = [
        await add(loader, server.says("/etag", feed(("One", "https://example.org/1")), reply(status=304))),
        await add(loader, server.says("/date", reply(body, headers=dated), reply(status=304))),
        await add(loader, server.says("/bytes", reply(body, headers={"Content-Type": "text/xml"}))),
    ]
    steps = {event.source.url: event.step for event in await run(loader, stories=False) if event.source}
    assert set(steps) == {source.url for source in known}
    assert set(steps.values()) == {RefreshStep.SAME}
    asked = {one.target: one.headers for one in server.asked}
    assert asked["/etag"]["if-none-match"] == '"1"'
    assert asked["/date"]["if-modified-since"] == dated["Last-Modified"]


async def test_what_comes_back_has_its_changed_headlines_though_the_next_answer_is_the_same(
    loader: StoryLoader, server: Server
) -> None:
    source = await add(loader, server.says("/feed", feed(("Old words", "https://example.org/1"))))
    loader.library.remove_source(source.id)
    server.says("/feed", feed(("New words", "https://example.org/1")))
    await add(loader, source.url)
    await run(loader, every=True, stories=False)
    assert [row.title for row in loader.library.entries()] == ["New words"]


async def test_a_preview_counts_as_fetched(loader: StoryLoader, server: Server) -> None:
    url = server.says("/feed", feed(("One", "https://example.org/1")))
    fetched = await fetch_offer(loader, FoundFeed(url, "Gull"))
    assert isinstance(fetched, FoundFeed)
    subscribe_all(loader.library, [SubscriptionRequest(fetched)], loader.clock())
    server.says("/feed", reply(status=304))
    await run(loader, stories=False)
    assert server.asked[-1].headers["if-none-match"] == '"1"'


def test_a_paper_of_the_catalogue_that_was_looked_at_keeps_what_came(library: Library) -> None:
    paper = Paper(
        "gull", "The Gull", "Gull", "https://gull.example/", "en", "GB", (), "#b7282e", "https://gull.example/feed", ()
    )
    answer = Response(paper.feed, paper.feed, None, 200, b"", None, None, '"7"', None, "ab", False, None)
    seen = FoundFeed(paper.feed, "", Feed(paper.feed, "Gull feed", entries=(Entry("1", None, "One"),)), None, answer)
    ask_as = AskAs("Mine/1", (("X-Ticket", "t1"),))
    (done,) = subscribe_all(library, [of_catalogue(paper, fetched=seen, ask_as=ask_as)], 0)
    assert (done.source.title, done.source.etag, done.source.body_hash) == ("The Gull", '"7"', "ab")
    assert (done.source.user_agent, done.source.headers, done.asked) == ("Mine/1", ask_as.headers, True)
    assert [row.title for row in library.entries()] == ["One"]


async def test_a_pause_is_kept_with_the_source_for_every_process(loader: StoryLoader, server: Server) -> None:
    busy = reply(b"", 429, {"Retry-After": "3600"})
    source = add_source(loader.library, server.says("/feed", busy, feed()), "The Gull")
    (failed,) = [event for event in await run(loader) if event.failure]
    assert failed.failure is not None
    add_source(loader.library, server.says("/second", feed()), "Second")
    fresh = again(loader.library)
    events = await run(fresh, every=True, stories=False)
    await fresh.close()
    assert {event.failure.kind for event in events if event.failure} == {FailureKind.WAIT}  # one host, one pause
    later = again(loader.library)
    page_url = server.says("/ferry", page("The ferry"))
    for events in (await run(later, every=True), await run(later, sources=[source.id], every=True)):
        assert {event.failure.kind for event in events if event.failure} == {FailureKind.WAIT}
    story = await later.open(page_url)
    assert story.failure is not None
    assert story.failure.kind is FailureKind.WAIT  # its pages are on the same host
    await later.close()
    kept = loader.library.source(source.id)
    assert kept is not None
    assert kept.tries == 1  # it was asked once
    assert server.paths() == ["/feed"]
    forced = again(loader.library)
    assert [event.failure for event in await run(forced, every=True, force=True) if event.failure] == []
    await forced.close()


async def test_a_pause_that_is_over_is_over(loader: StoryLoader, server: Server) -> None:
    source = add_source(
        loader.library, server.says("/feed", reply(b"", 429, {"Retry-After": "60"}), feed()), "The Gull"
    )
    await run(loader)
    later = StoryLoader(loader.library, loader.config, workers=False, clock=lambda: loader.clock() + 61)
    await run(later)
    await later.close()
    assert server.paths() == ["/feed", "/feed"]
    kept = loader.library.source(source.id)
    assert kept is not None
    assert kept.failure is None

"""A refresh: what is due is asked, what is new is kept, what fails stops nobody."""

import asyncio
import random
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from msgspec import structs

from reader import config
from reader.errors import WorkerError
from reader.fetch.politeness.turns import Lane, Turn
from reader.models import Entry, Failure, FailureKind, Feed, RefreshEvent, RefreshStep, Source
from reader.news.asking.turns import turn_of_parsing
from reader.news.refresh import decide, next_visit, refresh
from reader.news.stories import StoryLoader
from reader.news.workers import CpuTime
from reader.store import Library, OldEntry, View, digest
from tests import add_source
from tests.fetch.scripted_server import Call, Server, reply
from tests.news.run_refresh import run
from tests.sample_paper import feed, page


def outcome(events: list[RefreshEvent]) -> dict[str, RefreshStep]:
    """Return how it went with each source, by title."""
    return {
        event.source.title: event.step
        for event in events
        if event.source is not None and event.step is not RefreshStep.STARTED
    }


async def test_a_first_refresh_brings_the_headlines_and_their_stories(loader: StoryLoader, server: Server) -> None:
    story = server.says("/ferry", page("The ferry is back"))
    source = add_source(loader.library, server.says("/feed", feed(("The ferry is back", story))), "The Gull")
    events = await run(loader)
    assert outcome(events) == {"The Gull": RefreshStep.KEPT}
    listing = loader.library.listing(View("source", source=source.id))
    (row,) = loader.library.rows(listing.pages).values()
    assert (row.title, row.kept, row.read) == ("The ferry is back", True, False)
    assert events[-1].step is RefreshStep.DONE


async def test_the_charset_of_a_feed_may_stand_in_its_header_alone(loader: StoryLoader, server: Server) -> None:
    words = "ข่าวเช้าวันนี้"
    body = feed((words, "https://example.org/1")).partition(b"\r\n\r\n")[2].decode().partition("?>")[2]
    headers = {"Content-Type": "text/xml; charset=Windows-874"}
    add_source(loader.library, server.says("/feed", reply(body.encode("cp874"), headers=headers)), "The Gull")
    await run(loader, stories=False)
    (row,) = loader.library.rows(loader.library.listing(View("unread")).pages).values()
    assert row.title == words


async def test_what_did_not_change_is_neither_parsed_nor_shown_as_new(loader: StoryLoader, server: Server) -> None:
    response = feed(("One", "https://example.org/1"))
    url = server.says("/feed", response, reply(status=304), response)
    add_source(loader.library, url, "The Gull")
    steps = [outcome(await run(loader, every=True, stories=False))["The Gull"] for _ in range(3)]
    assert steps == [RefreshStep.KEPT, RefreshStep.SAME, RefreshStep.SAME]
    assert server.asked[1].headers["if-none-match"] == '"1"'
    assert len(loader.library.listing(View("unread"))) == 1


async def test_one_bad_source_never_stops_the_others(loader: StoryLoader, server: Server) -> None:
    add_source(loader.library, server.says("/gone", reply(status=404)), "Gone")
    add_source(
        loader.library, server.says("/page", reply(b"<html><p>hello", headers={"Content-Type": "text/html"})), "Page"
    )
    add_source(
        loader.library, server.says("/packed", reply(b"\x00junk", headers={"Content-Encoding": "gzip"})), "Packed"
    )
    add_source(loader.library, server.says("/good", feed(("One", "https://example.org/1"))), "Good")
    events = await run(loader, stories=False)
    assert outcome(events) == {
        "Gone": RefreshStep.FAILED,
        "Page": RefreshStep.FAILED,
        "Packed": RefreshStep.FAILED,
        "Good": RefreshStep.KEPT,
    }
    kinds = {source.title: source.failure and source.failure.kind for source in loader.library.sources()}
    assert kinds == {
        "Gone": FailureKind.HTTP,
        "Page": FailureKind.NOT_A_FEED,
        "Packed": FailureKind.BAD_ENCODING,
        "Good": None,
    }


async def test_a_broken_feed_keeps_what_can_be_read_and_shows_its_fault(loader: StoryLoader, server: Server) -> None:
    body = feed(("One", "https://example.org/1"), ("Two", "https://example.org/2")).partition(b"\r\n\r\n")[2]
    broken = body[: body.rindex(b"</item>") + 7] + b"<item><title>Thr"
    url = server.says("/feed", reply(broken, headers={"Content-Type": "application/rss+xml"}))
    source = add_source(loader.library, url, "The Gull")
    events = await run(loader, stories=False)
    kept = next(event for event in events if event.step is RefreshStep.KEPT)
    assert kept.failure is not None
    assert kept.failure.kind is FailureKind.BROKEN_FEED
    assert len(loader.library.listing(View("unread"))) >= 2
    failure = (loader.library.source(source.id) or source).failure
    assert failure is not None
    assert failure.kind is FailureKind.BROKEN_FEED
    await run(loader, every=True, stories=False)  # the same bytes are as broken as before
    assert (loader.library.source(source.id) or source).failure == failure


async def test_a_source_that_moved_for_good_is_remembered_at_its_new_address(
    loader: StoryLoader, server: Server
) -> None:
    new = server.says("/new", feed(("One", "https://example.org/1")))
    old = server.says("/old", reply(status=301, headers={"Location": "/new"}))
    source = add_source(loader.library, old, "The Gull")
    events = await run(loader, stories=False)
    assert [event.moved_to for event in events if event.step is RefreshStep.KEPT] == [new]
    assert (loader.library.source(source.id) or source).url == new


@pytest.mark.parametrize("later", [feed(("One", "https://example.org/1")), reply(status=304)], ids=["same", "304"])
async def test_a_move_is_remembered_also_when_nothing_is_new(loader: StoryLoader, server: Server, later: bytes) -> None:
    moved = reply(status=301, headers={"Location": "/new"})
    old = server.says("/old", feed(("One", "https://example.org/1")), moved)
    new = server.says("/new", later)
    source = add_source(loader.library, old, "The Gull")
    await run(loader, every=True, stories=False)
    events = await run(loader, every=True, stories=False)
    assert [(event.step, event.moved_to) for event in events if event.moved_to] == [(RefreshStep.SAME, new)]
    assert (loader.library.source(source.id) or source).url == new


async def test_a_story_two_papers_list_is_one_page(loader: StoryLoader, server: Server, other: Server) -> None:
    story = server.says("/ferry", page("The ferry is back"))
    add_source(loader.library, server.says("/feed", feed(("The ferry is back", story))), "The Gull")
    add_source(
        loader.library, other.says("/feed", feed(("The ferry is back", f"{story}?utm_source=other"))), "The Tern"
    )
    await run(loader)
    listing = loader.library.listing(View("unread"))
    assert len(listing) == 1
    loader.library.mark_read(listing.pages, True)
    assert loader.library.counts(today=0).sources == {}
    assert server.paths().count("/ferry") == 1


async def test_a_full_disk_costs_what_is_new_and_nothing_that_is_there(loader: StoryLoader, server: Server) -> None:
    titles = ["".join(random.Random(n).choices("abcdefghij ", k=400)) for n in range(200)]
    many = feed(*((title, f"https://example.org/{n}") for n, title in enumerate(titles)))
    source = add_source(
        loader.library, server.says("/feed", feed(("One", "https://example.org/one")), many), "The Gull"
    )
    await run(loader, stories=False)
    writer = loader.library._db._writer
    [size] = writer.execute("PRAGMA page_count").fetchone()
    writer.execute(f"PRAGMA max_page_count = {size}")
    events = await run(loader, every=True, stories=False)
    assert [event.failure and event.failure.kind for event in events if event.step is RefreshStep.FAILED] == [
        FailureKind.DISK_FULL
    ]
    assert len(loader.library.listing(View("source", source=source.id))) == 1
    writer.execute("PRAGMA max_page_count = 100000")
    await run(loader, every=True, stories=False)
    assert len(loader.library.listing(View("source", source=source.id))) == 201


@pytest.mark.parametrize("error", [RuntimeError("a bug"), WorkerError("the worker ended")], ids=["bug", "worker"])
async def test_what_parsing_one_feed_raises_costs_that_source_alone(
    loader: StoryLoader, server: Server, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    bad = add_source(loader.library, server.says("/bad", feed(("Bad", "https://example.org/1"))), "Bad")
    add_source(loader.library, server.says("/good", feed(("Good", "https://example.org/2"))), "Good")
    work = loader.work_in_turn

    async def fails(
        turn: Turn, share: CpuTime, function: Callable[..., object], *arguments: object, **named: object
    ) -> object:
        if arguments[1] == bad.url:
            raise error
        return await work(turn, share, function, *arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(loader, "work_in_turn", fails)
        events = await run(loader, stories=False)
    assert outcome(events) == {"Bad": RefreshStep.FAILED, "Good": RefreshStep.KEPT}
    failure = (loader.library.source(bad.id) or bad).failure
    assert failure is not None
    assert failure.kind is FailureKind.CRASHED
    events = await run(loader, every=True, stories=False)  # it is asked again, and is well
    assert outcome(events)["Bad"] is RefreshStep.KEPT
    assert (loader.library.source(bad.id) or bad).failure is None


SOURCE = Source(1, "https://example.org/feed", "The Gull")
NOW = 1_000_000


def test_deciding_is_by_guid_and_words_never_by_dates() -> None:
    one, two = Entry("1", None, "One"), Entry("2", None, "Two")
    old = {"1": OldEntry(7, digest(one), "1", "One"), "2": OldEntry(8, digest(replace(two, title="Too")), "2", "Too")}
    changes = decide(Feed("u", "T", entries=(one, two, Entry("3", None, "Three"))), old)
    assert [entry.guid for entry in changes.new] == ["3"]
    assert changes.changed == ((8, two),)


def test_a_source_may_ask_for_a_longer_pause_but_not_for_ever() -> None:
    assert next_visit(SOURCE, NOW, every=1800) == NOW + 1800
    assert next_visit(SOURCE, NOW, every=1800, server_interval=3600) == NOW + 3600
    assert next_visit(SOURCE, NOW, every=1800, server_interval=10**9) == NOW + 5 * 3600
    assert next_visit(replace(SOURCE, interval=600), NOW, every=1800) == NOW + 600


def test_what_keeps_failing_is_asked_ever_more_seldom() -> None:
    failure = Failure(FailureKind.TIMEOUT)
    first = next_visit(SOURCE, NOW, every=1800, failure=failure)
    later = next_visit(replace(SOURCE, failed_since=NOW - 7200), NOW, every=1800, failure=failure)
    last = next_visit(replace(SOURCE, failed_since=1), NOW, every=1800, failure=failure)
    assert (first, later, last) == (NOW + 1800, NOW + 7200, NOW + 86400)


def test_retry_after_is_obeyed() -> None:
    until = datetime.fromtimestamp(NOW + 4000, UTC)
    assert next_visit(SOURCE, NOW, every=1800, failure=Failure(FailureKind.WAIT, until=until)) == NOW + 4000


@pytest.mark.parametrize(("failing", "visit"), [(None, 2), (2, 2), (30, 30), (3600, 60)])
def test_a_short_pause_is_believed_and_less_so_each_time(failing: int | None, visit: int) -> None:
    failure = Failure(FailureKind.WAIT, until=datetime.fromtimestamp(NOW + 1.5, UTC))
    source = replace(SOURCE, failed_since=None if failing is None else NOW - failing)
    assert next_visit(source, NOW, every=1800, failure=failure) == NOW + visit


async def test_good_sources_are_not_held_up_by_silent_ones(library: Library, server: Server, other: Server) -> None:
    settings = config.load()
    loader = StoryLoader(
        library, structs.replace(settings, network=structs.replace(settings.network, at_once=2)), workers=False
    )
    for number in range(6):
        add_source(library, server.says(f"/silent{number}", Call.gone), f"Silent {number}")
    add_source(library, other.says("/feed", feed(("One", "https://example.org/1"))), "The Gull")
    async with asyncio.timeout(15), aclosing(refresh(loader, stories=False)) as events:
        steps = [event async for event in _until(events, "The Gull")]
    assert steps[-1].step is RefreshStep.KEPT
    assert (steps[-1].done, steps[-1].total) == (1, 7)
    await loader.close()


async def _until(events: AsyncGenerator[RefreshEvent, None], title: str) -> AsyncIterator[RefreshEvent]:
    """Yield events until one source has been visited."""
    async for event in events:
        yield event
        if event.source is not None and event.source.title == title and event.step is not RefreshStep.STARTED:
            return


async def test_how_long_a_source_took_and_what_it_cost_is_remembered(library: Library, server: Server) -> None:
    loader = StoryLoader(library, config.load())
    body = feed(("One", "https://example.org/1"))
    source = add_source(library, server.says("/feed", body, reply(status=304)), "The Gull")
    assert (source.took, source.parse_seconds) == (None, None)
    await run(loader, stories=False)
    first = library.source(source.id) or source
    assert first.took is not None
    assert first.took > 0
    assert first.parse_seconds is not None
    assert first.parse_seconds > 0
    await run(loader, every=True, stories=False)
    second = library.source(source.id) or source
    assert second.took not in (None, first.took)
    assert second.parse_seconds == first.parse_seconds
    await loader.close()


async def test_a_source_that_burns_a_worker_is_cut_off_and_asked_ever_more_seldom(
    library: Library, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.news.refresh.most_seconds", lambda size: 0.05)
    loader = StoryLoader(library, config.load())
    many = feed(*((f"Note {number}", f"https://example.org/{number}") for number in range(3000)))
    source = add_source(library, server.says("/feed", many), "The Gull")
    (event,) = [event for event in await run(loader, stories=False) if event.step is RefreshStep.FAILED]
    assert event.failure is not None
    assert (event.failure.kind, event.failure.seconds) == (FailureKind.CRASHED, 0.05)
    burnt = library.source(source.id) or source
    assert turn_of_parsing(burnt, 10).lane is Lane.SLOW
    await loader.close()


def test_the_longer_a_source_burnt_workers_the_longer_it_is_left_alone() -> None:
    source = Source(1, "https://gull.example/feed", "The Gull")
    burnt = [Failure(FailureKind.CRASHED, seconds=seconds) for seconds in (1.0, 4.0, 20.0, 900.0)]
    pauses = [next_visit(source, 10**9, every=1800, failure=failure) - 10**9 for failure in burnt]
    assert pauses == [1800, 4000, 20000, 86400]
    failing = replace(source, failed_since=10**9 - 50_000)
    assert next_visit(failing, 10**9, every=1800, failure=burnt[1]) == 10**9 + 50_000


async def test_a_host_that_leaves_hundreds_unanswered_is_not_asked_for_each(library: Library, server: Server) -> None:
    settings = config.load()
    network = structs.replace(settings.network, seconds=1, per_host=2)
    loader = StoryLoader(library, structs.replace(settings, network=network), workers=False)
    for number in range(30):
        add_source(library, server.says(f"/silent{number}", Call.gone), f"Silent {number}")
    events = await run(loader, stories=False)
    kinds = [event.failure.kind for event in events if event.failure is not None]
    assert kinds == [FailureKind.TIMEOUT] * 30
    assert len(server.asked) < 10
    await loader.close()

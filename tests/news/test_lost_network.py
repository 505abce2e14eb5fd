"""A network that is gone is no fault of the sources: none of them waits longer for it. One that answers tells more."""

import pytest

from reader.models import Failure, FailureKind, RefreshStep, Source
from reader.news.lost_network import probe
from reader.news.stories import StoryLoader
from reader.store import Library
from tests import add_source
from tests.fetch.scripted_server import Call, Server, reply
from tests.news.run_refresh import run
from tests.sample_paper import feed


def hang_up(_: Call) -> None:
    """Close the connection without a word: to whoever asks that is no network."""


def fresh(library: Library, source: Source) -> Source:
    found = library.source(source.id)
    assert found is not None
    return found


@pytest.fixture
def gull(loader: StoryLoader, server: Server) -> Source:
    server.says("/robots.txt", reply(status=404))
    return add_source(loader.library, server.says("/gull", hang_up), "The Gull")


@pytest.fixture
def quay(loader: StoryLoader, other: Server) -> Source:
    other.says("/robots.txt", reply(status=404))
    return add_source(loader.library, other.says("/quay", hang_up), "The Quay")


async def test_where_nothing_answers_no_source_fails_and_all_are_due_again(
    loader: StoryLoader, server: Server, other: Server, gull: Source, quay: Source
) -> None:
    server.says("/gull", feed(("Ferry returns", server.url("/ferry"))))
    other.says("/quay", feed())
    await run(loader, stories=False)
    server.says("/gull", hang_up)
    other.says("/quay", hang_up)
    before = [fresh(loader.library, source) for source in (gull, quay)]
    assert all(source.due_at > loader.clock() for source in before)
    events = await run(loader, every=True)
    steps = [(event.step, event.failure and event.failure.kind) for event in events]
    assert steps == [
        (RefreshStep.STARTED, None),
        (RefreshStep.STARTED, None),
        (RefreshStep.FAILED, FailureKind.OFFLINE),
        (RefreshStep.FAILED, FailureKind.OFFLINE),
        (RefreshStep.DONE, None),
    ], "and no story is asked for"
    assert [event.done for event in events] == [0, 0, 1, 2, 2]
    assert loader.offline_since is not None
    for source in (fresh(loader.library, gull), fresh(loader.library, quay)):
        assert (source.failure, source.tries, source.failed_since) == (None, 0, None)
        assert source.due_at <= loader.clock()
    server.says("/gull", feed())
    again = {event.source.title: event.step for event in await run(loader, stories=False) if event.source is not None}
    assert again == {"The Gull": RefreshStep.KEPT, "The Quay": RefreshStep.FAILED}, "both are due"
    assert loader.offline_since is None


async def test_sources_that_never_answered_do_not_fail_either(loader: StoryLoader, gull: Source, quay: Source) -> None:
    await run(loader)
    for source in (gull, quay):
        assert (fresh(loader.library, source).failure, fresh(loader.library, source).due_at) == (None, source.due_at)


async def test_one_that_answers_makes_it_the_others_fault(
    loader: StoryLoader, server: Server, gull: Source, quay: Source
) -> None:
    server.says("/gull", reply(status=404))
    await run(loader)
    kinds = [fresh(loader.library, source).failure for source in (gull, quay)]
    assert [failure and failure.kind for failure in kinds] == [FailureKind.HTTP, FailureKind.NO_CONNECTION]
    dead = fresh(loader.library, quay)
    assert dead.tries == 1
    assert dead.due_at > loader.clock()


async def test_a_source_that_was_not_due_is_asked_before_it_is_believed_that_nothing_answers(
    loader: StoryLoader, server: Server, gull: Source, quay: Source
) -> None:
    server.says("/gull", feed())
    await run(loader, sources=[gull.id], stories=False)
    await run(loader, stories=False)
    assert server.paths().count("/gull") == 2
    dead = fresh(loader.library, quay)
    assert dead.failure is not None
    assert dead.failure.kind is FailureKind.NO_CONNECTION
    server.says("/gull", hang_up)
    await run(loader, sources=[quay.id], stories=False)
    assert fresh(loader.library, quay).tries == 1, "now nobody answers, and it has not failed again"


async def test_the_only_source_is_believed_once_it_has_answered(
    loader: StoryLoader, server: Server, gull: Source
) -> None:
    (event,) = [event for event in await run(loader) if event.failure is not None]
    assert event.failure is not None
    assert event.failure.kind is FailureKind.NO_CONNECTION, "perhaps there is no such server"
    server.says("/gull", feed(), hang_up)
    await run(loader, every=True, stories=False)
    await run(loader, every=True, stories=False)
    assert fresh(loader.library, gull).failure is None
    assert not await probe(loader, 0)
    server.says("/gull", feed())
    assert await probe(loader, 0)


async def test_what_waits_for_a_server_and_what_failed_before_keep_their_time(
    loader: StoryLoader, gull: Source, quay: Source
) -> None:
    later = int(loader.clock()) + 9999
    gone = Failure(FailureKind.HTTP, gull.url, status=404)
    loader.library.keep_failure(gull.id, gone, due_at=later, now=loader.clock())
    await run(loader, every=True, stories=False)
    kept = fresh(loader.library, gull)
    assert (kept.failure, kept.due_at, kept.tries) == (gone, later, 1)

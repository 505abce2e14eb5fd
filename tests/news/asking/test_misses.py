"""How long only a person asks for a story that is not to be had: hours first, then days, in every process."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from reader import config
from reader.models import Failure, FailureKind
from reader.news.asking.misses import pause
from reader.news.offline import keep_unread
from reader.news.stories import StoryLoader
from reader.store import Library
from tests import add_source
from tests.fetch.scripted_server import Server, reply
from tests.news.run_refresh import run
from tests.sample_paper import feed, page

HOUR, DAY = 3600, 86400
GONE = Failure(FailureKind.HTTP, status=410)
BROKEN = Failure(FailureKind.HTTP, status=500)


@pytest.mark.parametrize(
    ("failure", "listed", "pauses"),
    [
        (GONE, False, [DAY, 4 * DAY, 16 * DAY, 30 * DAY, 30 * DAY]),
        (GONE, True, [HOUR, 4 * HOUR, 16 * HOUR, 64 * HOUR]),
        (Failure(FailureKind.TLS), False, [DAY, 4 * DAY]),
        (BROKEN, False, [0, HOUR, 4 * HOUR, 16 * HOUR]),
        (BROKEN, True, [0, 0, HOUR, 4 * HOUR, 16 * HOUR, DAY, DAY]),
        (Failure(FailureKind.NO_HOST), False, [0, HOUR]),
        (Failure(FailureKind.ROBOTS), True, [DAY, DAY]),
        (Failure(FailureKind.WAIT), False, [0, 0]),
        (Failure(FailureKind.OFFLINE), True, [0, 0]),
        (Failure(FailureKind.DISK_FULL), True, [0, 0]),
    ],
)
def test_each_pause_is_longer_than_the_one_before(failure: Failure, listed: bool, pauses: list[int]) -> None:
    assert [pause(failure, tries, listed=listed) for tries in range(1, len(pauses) + 1)] == pauses
    assert pause(failure, 5000, listed=listed) <= 30 * DAY


class Processes:
    """Programs that one after another keep the stories of one library, at times that a test sets."""

    def __init__(self, path: Path) -> None:
        self.now = 1_700_000_000.0
        self.library = Library.open(path, clock=lambda: self.now)

    def another(self) -> StoryLoader:
        return StoryLoader(self.library, config.load(), clock=lambda: self.now, workers=False)

    async def keep(self) -> int:
        """Keep what is unread in a process of its own; return how many stories could not be had."""
        loader = self.another()
        failed = [event.failure for event in [event async for event in keep_unread(loader)]]
        await loader.close()
        return len([failure for failure in failed if failure is not None])


@pytest.fixture
async def processes(tmp_path: Path, server: Server) -> AsyncIterator[Processes]:
    """A paper with a story whose related story is gone, and one that is gone itself."""
    processes = Processes(tmp_path / "library.db")
    server.says("/1", page("One", related=(("What the harbour wall hid for so long", "/dead"),)))
    add_source(
        processes.library, server.says("/feed", feed(("One", server.url("/1")), ("Two", server.url("/2")))), "The Gull"
    )
    loader = processes.another()
    await run(loader, stories=False)
    await loader.close()
    yield processes
    processes.library.close()


async def test_what_is_gone_is_asked_for_after_growing_pauses_whatever_process_asks(
    processes: Processes, server: Server
) -> None:
    def asked(path: str) -> int:
        return server.paths().count(path)

    assert await processes.keep() == 2
    for _ in range(5):
        processes.now += 240
        assert await processes.keep() == 0
    assert (asked("/dead"), asked("/2")) == (1, 1)
    processes.now += HOUR
    assert await processes.keep() == 1, "a paper's own story may come late"
    assert (asked("/dead"), asked("/2")) == (1, 2)
    processes.now += DAY
    assert await processes.keep() == 2
    processes.now += DAY
    assert await processes.keep() == 1
    assert (asked("/dead"), asked("/2")) == (2, 4)


async def test_a_person_always_asks_and_does_not_lengthen_the_pause_and_what_came_is_forgotten(
    processes: Processes, server: Server
) -> None:
    await processes.keep()
    dead = server.url("/dead")
    before = processes.library.failed_story(dead)
    loader = processes.another()
    for _ in range(3):
        assert (await loader.open(dead)).failure is not None
    assert processes.library.failed_story(dead) == before
    server.says("/dead", page("The wall"))
    assert (await loader.open(dead)).kept
    assert processes.library.failed_story(dead) is None
    assert not await loader.gave_up(dead)
    await loader.close()


async def test_what_is_not_the_page_s_fault_is_no_miss(processes: Processes, server: Server) -> None:
    """The rules of the host could not be had, or it asked us to wait."""
    answers: list[Callable[[], object]] = [
        lambda: server.says("/robots.txt", reply(status=500)),
        lambda: server.says("/robots.txt", reply(status=429, headers={"Retry-After": "60"})),
    ]
    for answer in answers:
        answer()
        for _ in range(4):
            processes.now += 2 * HOUR
            await processes.keep()
    assert [path for path in server.paths() if path in ("/1", "/2")] == []
    server.says("/robots.txt", reply(status=404))
    processes.now += 301
    assert await processes.keep() == 2
    assert sorted(path for path in server.paths() if path in ("/1", "/2")) == ["/1", "/2"]


async def test_a_story_that_failed_in_the_future_is_asked_for_again(library: Library, server: Server) -> None:
    now = 1_700_000_000.0
    loader = StoryLoader(library, config.load(), clock=lambda: now, workers=False)
    url = server.says("/gone", reply(status=410))
    await loader.open(url)
    assert await loader.gave_up(url)
    now -= 365 * DAY
    assert not await loader.gave_up(url)
    await loader.close()
    later = StoryLoader(library, config.load(), clock=lambda: now, workers=False)
    assert not await later.gave_up(url)  # what the library has of it counts as little
    await later.open(url)
    assert await later.gave_up(url)
    await later.close()

"""A host that cannot say what it asks of programs is asked again soon, and its stories are kept then."""

import pytest

from reader import config
from reader.models import Failure, FailureKind
from reader.news.stories import StoryLoader
from reader.store import Library
from tests.fetch.scripted_server import Script, Server, reply
from tests.sample_paper import page


def hang_up(_: object) -> None:
    """Close the connection without a word."""


@pytest.mark.parametrize(
    ("answer", "again_after", "kind"),
    [
        (reply(status=429, headers={"Retry-After": "20"}), 20, FailureKind.WAIT),
        (reply(status=503, headers={"Retry-After": "40"}), 40, FailureKind.WAIT),
        (reply(status=429), 300, FailureKind.WAIT),
        (reply(status=500), 300, FailureKind.HTTP),
        (hang_up, 300, FailureKind.NO_CONNECTION),
    ],
    ids=["429", "503", "429 without a time", "broken", "silent"],
)
async def test_a_host_that_cannot_say_is_asked_again_when_it_lets_us_or_after_minutes(
    library: Library, server: Server, answer: Script, again_after: int, kind: FailureKind
) -> None:
    now = 1_700_000_000.0
    loader = StoryLoader(library, config.load(), clock=lambda: now, workers=False)
    server.says("/robots.txt", answer)
    url = server.says("/ferry", page("The ferry is back"))
    failure = (await loader.open(url, by_hand=False, found_on=url)).failure
    assert failure is not None
    assert failure.kind is kind
    server.says("/robots.txt", reply(status=404))
    now += again_after - 1
    assert isinstance((await loader.open(url, by_hand=False, found_on=url)).failure, Failure)
    assert "/ferry" not in server.paths()
    now += 1
    assert not await loader.gave_up(url)
    assert (await loader.open(url, by_hand=False, found_on=url)).kept
    await loader.close()


async def test_a_person_need_not_wait_for_the_rules(library: Library, server: Server) -> None:
    loader = StoryLoader(library, config.load(), workers=False)
    server.says("/robots.txt", reply(status=500))
    url = server.says("/ferry", page("The ferry is back"))
    assert (await loader.open(url)).kept
    assert server.paths() == ["/ferry"]
    await loader.close()


async def test_rules_are_asked_anew_when_the_clock_was_set_back_a_year(library: Library, server: Server) -> None:
    now = 1_700_000_000.0
    server.says("/robots.txt", reply(b"User-agent: *\nDisallow: /"))
    url = server.says("/ferry", page("The ferry is back"))
    loader = StoryLoader(library, config.load(), clock=lambda: now, workers=False)
    assert (await loader.open(url, by_hand=False, found_on=url)).failure == Failure(FailureKind.ROBOTS, url)
    server.says("/robots.txt", reply(status=404))
    now -= 365 * 86400
    assert not await loader.gave_up(url)
    assert (await loader.open(url, by_hand=False, found_on=url)).kept
    await loader.close()
    assert library.robots(server.url(""), int(now)) is None or server.paths().count("/robots.txt") == 2


async def test_rules_that_were_kept_in_the_future_are_asked_for_anew(library: Library, server: Server) -> None:
    now = 1_700_000_000
    library.keep_robots(server.url(""), "User-agent: *\nDisallow: /", now + 365 * 86400)
    url = server.says("/ferry", page("The ferry is back"))
    loader = StoryLoader(library, config.load(), clock=lambda: float(now), workers=False)
    assert (await loader.open(url, by_hand=False, found_on=url)).kept
    await loader.close()

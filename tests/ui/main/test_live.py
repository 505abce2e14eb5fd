"""What the reader does by itself while it is open: it finds the network again, and keeps what had to wait."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from reader.config.values import KeepSettings
from reader.errors import DiskFull
from reader.models import Failure, FailureKind, Source
from reader.news.pruning import DAY, prune
from reader.store import Bounds, Library
from tests import add_source
from tests.fetch.scripted_server import Server, reply
from tests.ui.app_driver import AppDriver, Clock, FilledLibrary, OpenReader, feed, web_page

WAIT_A_LITTLE = reply(status=429, headers={"Retry-After": "20"})


def hang_up(_: object) -> None:
    """Close the connection without a word: to whoever asks that is no network."""


async def a_second(reader: AppDriver) -> None:
    reader.app.main_screen.live.check_for_changes()
    await reader.wait_until_idle()
    reader.app.main_screen.stories.fetch_awaited()
    await reader.wait_until_idle()


async def a_minute(reader: AppDriver, clock: Clock) -> None:
    clock.now += 60
    reader.app.main_screen.live.every_minute()
    await reader.wait_until_idle()


@pytest.fixture
def papers(filled: FilledLibrary, server: Server, other: Server) -> Callable[[bool], None]:
    """Two papers that have answered once and are due; call it with whether there is a network."""
    for paper, name in ((server, "The Gull"), (other, "Ledger")):
        filled.paper(name, url=paper.url("/rss"))

    def network(there: bool) -> None:
        for paper, name in ((server, "Gull"), (other, "Ledger")):
            story = paper.url("/story")
            paper.says("/story", web_page(f"{name} again", about=name) if there else hang_up)
            paper.says("/rss", feed((f"{name} again", story)) if there else hang_up)
            if not there:
                paper.says("/robots.txt", hang_up)
            else:
                paper.says("/robots.txt", reply(status=404))

    return network


async def test_without_a_network_one_source_is_asked_each_minute_and_all_once_it_answers(
    open_reader: OpenReader,
    filled: FilledLibrary,
    server: Server,
    other: Server,
    clock: Clock,
    papers: Callable[[bool], None],
) -> None:
    papers(False)
    async with open_reader(offline=False) as reader:
        await reader.press("R")
        assert "Offline since 14:00" in reader.lines[0]
        await a_second(reader)
        asked = len(server.asked) + len(other.asked)
        tries = [source.tries for source in filled.library.sources()]
        for minutes in range(1, 4):
            await a_minute(reader, clock)
            now = len(server.asked) + len(other.asked)
            assert now - asked in (minutes, 2 * minutes), "one source, and once more as a hung-up connection is"
        assert [source.tries for source in filled.library.sources()] == tries, "it says nothing of the source"
        papers(True)
        await a_minute(reader, clock)
        await a_second(reader)
        await a_second(reader)
        assert "Offline" not in reader.lines[0]
        assert "● Gull again" in reader.text
        assert "● Ledger again" in reader.text
        assert [source.failure for source in filled.library.sources()] == [None, None]


async def test_the_longer_there_is_no_network_the_more_seldom_one_asks_and_a_new_reader_asks_all(
    open_reader: OpenReader,
    filled: FilledLibrary,
    server: Server,
    other: Server,
    clock: Clock,
    papers: Callable[[bool], None],
) -> None:
    papers(False)
    async with open_reader(offline=False) as reader:
        await reader.press("R")
        asked = len(server.asked) + len(other.asked)
        for _ in range(60):
            await a_minute(reader, clock)
        tries = (len(server.asked) + len(other.asked) - asked) / 2  # a hung-up connection is tried once more
        assert 18 <= tries <= 24, "each minute, then each few minutes"
        assert "error" not in reader.lines[0]
    papers(True)
    async with open_reader(offline=False) as reader:
        await reader.wait_until_idle()
        assert "● Gull again" in reader.text
        assert "● Ledger again" in reader.text


async def test_a_story_opened_by_hand_that_comes_ends_offline_and_fetches_what_was_lost(
    open_reader: OpenReader,
    filled: FilledLibrary,
    server: Server,
    other: Server,
    clock: Clock,
    papers: Callable[[bool], None],
) -> None:
    papers(False)
    gull = filled.library.sources()[0]
    filled.headlines(gull, "Ferry returns")
    async with open_reader(offline=False) as reader:
        await reader.press("R")
        await a_second(reader)
        assert "Offline since 14:00" in reader.lines[0]
        papers(True)
        server.says("/ferry-returns", web_page("Ferry returns"))
        clock.now += 5
        await reader.press("enter")
        assert "On the 4th morning the ferry came in" in reader.text
        await a_second(reader)
        assert "Offline" not in reader.lines[0]
        assert "/rss" in other.paths()
        assert [source.failure for source in filled.library.sources()] == [None, None]


async def test_the_story_that_is_open_comes_with_the_network(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, clock: Clock, papers: Callable[[bool], None]
) -> None:
    papers(False)
    server.says("/ferry-returns", hang_up)
    filled.headlines(filled.library.sources()[0], "Ferry returns")
    async with open_reader(offline=False) as reader:
        await reader.press("R", "enter")
        assert "It will come with the network" in " ".join(reader.text.split())
        await a_second(reader)
        papers(True)
        server.says("/ferry-returns", web_page("Ferry returns"))
        await a_minute(reader, clock)
        await a_second(reader)
        assert "On the 4th morning the ferry came in" in reader.text


async def test_what_a_paper_refuses_for_a_while_is_kept_as_soon_as_it_lets_us(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, clock: Clock
) -> None:
    stories = [(f"Story {n}", server.says(f"/{n}", web_page(f"Story {n}", about=f"boat {n}"))) for n in range(6)]
    add_source(filled.library, server.says("/rss", feed(*stories)), "The Gull")
    server.says("/robots.txt", WAIT_A_LITTLE, reply(status=404))
    async with open_reader(offline=False) as reader:
        assert "6 unread · 0 kept offline" in reader.lines[0]
        assert server.paths() == ["/rss", "/robots.txt"]
        clock.now += 19
        await a_second(reader)
        assert server.paths() == ["/rss", "/robots.txt"]
        clock.now += 2
        await a_second(reader)
        assert "6 unread · 6 kept offline" in reader.lines[0]


async def test_a_paper_that_asks_us_to_wait_is_no_error_and_is_told_to_who_asks_for_it(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, other: Server, clock: Clock
) -> None:
    filled.paper("The Gull", url=server.says("/rss", WAIT_A_LITTLE))
    async with open_reader(offline=False) as reader:
        await reader.press("R")
        source: Source = filled.library.sources()[0]
        assert source.failure is not None
        assert "error" not in reader.lines[0]
        assert reader.footer.startswith("The Gull: it asks us to wait 20 s; Newsstand will.")
        assert "!" not in reader.text
        clock.now += 3600
        filled.paper("Ledger", url=other.says("/ledger", feed()))
        await a_second(reader)
        await reader.press("R")
        assert reader.footer == "Nothing new."
        clock.now += 2 * 86400
        await reader.press("R")
        assert "1 error !" in reader.lines[0], "for two days it has not answered"


async def test_what_failed_before_is_not_said_again_after_each_refresh_of_all(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, other: Server, clock: Clock
) -> None:
    filled.paper("The Gull", url=server.says("/rss", feed()))
    filled.paper("Ledger", url=other.says("/rss", reply(status=404)))
    async with open_reader(offline=False) as reader:
        await reader.press("R")
        assert reader.footer.startswith("! Ledger: the server answered 404")
        await reader.press("escape", "R")
        assert reader.footer == "Nothing new."
        assert "1 error !" in reader.lines[0]
        other.says("/rss", reply(status=410))
        await reader.press("R")
        assert reader.footer.startswith("! Ledger: the server answered 410"), "that is new"


async def test_a_paper_that_had_to_wait_when_the_reader_was_opened_comes_when_the_wait_is_over(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, other: Server, clock: Clock
) -> None:
    gull = filled.paper("The Gull", url=server.says("/rss", feed(("Ferry returns", server.url("/ferry")))))
    filled.paper("Ledger", url=other.says("/rss", feed()))
    until = datetime.fromtimestamp(clock.now + 300, UTC)
    wait = Failure(FailureKind.WAIT, gull.url, status=503, until=until)
    filled.library.keep_failure(gull.id, wait, due_at=int(clock.now + 300), now=clock.now)
    async with open_reader(offline=False) as reader:
        clock.now += 299
        await a_second(reader)
        assert server.asked == []
        clock.now += 1
        await a_second(reader)
        assert server.paths().count("/rss") == 1
        assert "Ferry returns" in reader.text
        assert other.asked == [], "it is not due"


async def test_a_server_that_asks_for_a_second_again_and_again_is_asked_ever_more_seldom(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, clock: Clock
) -> None:
    filled.paper("The Gull", url=server.says("/rss", reply(status=429, headers={"Retry-After": "1"})))
    async with open_reader(offline=False) as reader:
        await reader.press("R")
        for _ in range(120):
            clock.now += 1
            await a_second(reader)
        assert 6 <= server.paths().count("/rss") <= 9


async def test_a_wait_whose_end_cannot_be_written_is_not_asked_about_each_second(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull("The disk is full.")

    filled.paper("The Gull", url=server.says("/rss", WAIT_A_LITTLE, reply(status=404)))
    async with open_reader(offline=False) as reader:
        await reader.press("R")
        monkeypatch.setattr(reader.app.session.library, "keep_failure", full)
        for _ in range(50):
            clock.now += 1
            await a_second(reader)
        assert server.paths().count("/rss") == 2


async def test_what_another_process_prunes_leaves_the_list_and_the_story_that_is_open_stays(
    open_reader: OpenReader, filled: FilledLibrary, clock: Clock, two_papers: dict[str, int]
) -> None:
    async with open_reader() as reader:
        await reader.press("enter")
        await reader.wait_until_idle()
        assert "Ferry returns" in reader.text
        clock.now += 400 * DAY
        with Library.open(filled.path, clock=clock, who="cli") as other:
            other.mark_read(two_papers.values())
            assert prune(other, Bounds(365, 0)).total.entries == 0, "it was read just now"
            clock.now += 400 * DAY
            assert prune(other, Bounds(365, 0)).total.entries == 4, "all but the story and the one it links to"
        await a_second(reader)
        left = [filled.row(page).title for page in reader.app.main_screen.list_pane.listing.pages]
        assert left == []
        assert "Ferry returns" in reader.text
        assert filled.row(two_papers["Ferry returns after eleven years"]).kept
        assert filled.row(two_papers["Seals on the sand"]).kept


async def test_it_prunes_by_itself_by_the_settings_that_hold(
    open_reader: OpenReader, filled: FilledLibrary, clock: Clock, two_papers: dict[str, int]
) -> None:
    async with open_reader() as reader:
        session, live = reader.app.main_screen.session, reader.app.main_screen.live
        session.config = replace(session.config, keep=KeepSettings(days=30, megabytes=0))
        live.prune()
        await reader.wait_until_idle()
        clock.now += 40 * DAY
        live.prune()
        await reader.wait_until_idle()
        assert len(reader.app.main_screen.list_pane.listing) == 0
        assert filled.unread() == 0
        assert filled.library.row(two_papers["Old mill sold"]) is None

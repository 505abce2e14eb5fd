"""A story whose server asks us to wait, or that wants a network: it comes by itself once it may."""

from tests.fetch.scripted_server import Server, reply
from tests.ui.app_driver import AppDriver, Clock, FilledLibrary, OpenReader, web_page


def busy(seconds: int, status: int = 429) -> bytes:
    """An answer that asks us to come back later."""
    return reply(status=status, headers={"Retry-After": str(seconds)})


async def look_again(reader: AppDriver) -> None:
    """What the reader does each second."""
    reader.app.main_screen.live.check_for_changes()
    reader.app.main_screen.stories.fetch_awaited()
    await reader.wait_until_idle()


async def test_a_story_that_must_wait_says_how_long_and_comes_when_that_is_over(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, clock: Clock
) -> None:
    gull = filled.paper("The Gull", url=server.url("/rss"))
    server.says("/ferry-returns", busy(20), web_page("Ferry returns"))
    filled.headlines(gull, "Ferry returns")
    async with open_reader(columns=80, rows=24, offline=False) as reader:
        await reader.press("enter")
        said = " ".join(" ".join(reader.lines[3:]).split())
        assert "The server asks us to wait; the story is fetched by itself in 20 s." in said
        assert "o opens it in the browser, r tries again." in said
        assert "Newsstand will" not in said
        clock.now += 19
        await look_again(reader)
        assert server.paths() == ["/ferry-returns"]
        clock.now += 1
        await look_again(reader)
        assert server.paths() == ["/ferry-returns"] * 2
        assert "On the 4th morning the ferry came in" in reader.text
        await look_again(reader)
        assert server.paths() == ["/ferry-returns"] * 2


async def test_a_long_wait_is_told_by_the_clock_and_r_during_it_asks_nobody(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, clock: Clock
) -> None:
    gull = filled.paper("The Gull", url=server.url("/rss"))
    server.says("/ferry-returns", busy(1800, status=503), web_page("Ferry returns"))
    filled.headlines(gull, "Ferry returns")
    async with open_reader(columns=80, rows=24, offline=False) as reader:
        await reader.press("enter")
        assert "fetched by itself at 14:30." in " ".join(reader.text.split())
        clock.now += 1750
        await reader.press("r")
        assert "fetched by itself in 50 s." in " ".join(reader.text.split())
        assert server.paths() == ["/ferry-returns"]
        clock.now += 50
        await reader.press("r")
        assert "On the 4th morning the ferry came in" in reader.text


async def test_a_server_that_goes_on_asking_us_to_wait_is_left_to_the_reader_in_the_end(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, clock: Clock
) -> None:
    gull = filled.paper("The Gull", url=server.url("/rss"))
    server.says("/ferry-returns", busy(20))
    filled.headlines(gull, "Ferry returns")
    async with open_reader(columns=80, rows=24, offline=False) as reader:
        await reader.press("enter")
        for _ in range(9):
            clock.now += 20
            await look_again(reader)
        assert len(server.paths()) == 6, "as often as the reader tries by itself"
        said = " ".join(reader.text.split())
        assert "by itself" not in said
        assert "It asks us to wait 20 s; try again then." in said


async def test_a_story_that_was_left_is_not_fetched_behind_one_s_back(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, clock: Clock
) -> None:
    gull = filled.paper("The Gull", url=server.url("/rss"))
    server.says("/ferry-returns", busy(20))
    filled.headlines(gull, "Ferry returns", "Seals on the sand")
    filled.keep(filled.headlines(gull, "Old mill sold", minutes_ago=60)[0])
    async with open_reader(offline=False) as reader:
        await reader.press("enter", "h", "G", "enter")
        assert "On the 4th morning" in reader.text
        clock.now += 60
        await look_again(reader)
        assert server.paths() == ["/ferry-returns"]
        assert "On the 4th morning" in reader.text

"""A person types faster than the library writes and the network answers: nothing is lost, nothing is taken over."""

import sqlite3
import threading

from textual import events

from reader.ui.app import NewsstandApp
from tests.fetch.scripted_server import Call, Server
from tests.ui.app_driver import FilledLibrary, OpenReader, web_page

FERRY, SEALS, COUNCIL = "Ferry returns after eleven years", "Seals on the sand", "Council votes on gulls"
Pages = dict[str, int]


def burst(app: NewsstandApp, *keys: str) -> None:
    """Type all these keys before the first of them is looked at."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_quitting_at_once_keeps_every_star(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    async with open_reader() as reader:
        burst(reader.app, "*", "j", "*", "j", "*", "Q")
        while not reader.app._exit:
            await reader.pilot.pause()
    assert [filled.row(two_papers[title]).starred for title in (FERRY, SEALS, COUNCIL)] == [True, True, True]


async def test_quitting_waits_for_another_process_that_is_writing(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    elsewhere = sqlite3.connect(filled.path, isolation_level=None, check_same_thread=False)
    elsewhere.execute("BEGIN IMMEDIATE")
    ends = threading.Timer(0.3, elsewhere.execute, ["COMMIT"])
    async with open_reader() as reader:
        burst(reader.app, "*", "j", "*", "j", "*", "Q")
        while not reader.app._exit:
            await reader.pilot.pause()
        assert not filled.row(two_papers[FERRY]).starred
        ends.start()
    ends.join()
    elsewhere.close()
    assert [filled.row(two_papers[title]).starred for title in (FERRY, SEALS, COUNCIL)] == [True, True, True]


async def test_a_key_typed_before_the_start_is_through_does_not_end_the_start(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader(columns=200, wait=False) as reader:
        assert not reader.app.main_screen.sources
        burst(reader.app, "j", ".", "j")
        await reader.wait_until_idle()
        assert [source.title for source in reader.app.main_screen.sources.values()] == ["The Gull", "Northern Ledger"]
        assert "      The Gull          3" in reader.text
        assert "6 unread" in reader.lines[2]
        assert reader.app.main_screen.list_pane.cursor == 2


async def test_a_view_opened_before_the_start_is_through_is_the_one_shown(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader(columns=200, wait=False) as reader:
        burst(reader.app, "h", "j", "j", "enter")
        await reader.wait_until_idle()
        assert reader.app.main_screen.headlines.name == "Starred"
        assert "Nothing starred" in reader.text
        assert reader.app.main_screen.sources


async def test_a_link_that_comes_late_does_not_take_the_place_of_another_story(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    may_come = threading.Event()

    def slowly(call: Call) -> None:
        may_come.wait(10)
        call.send(web_page("The lamp at Scar Point", about="lamp"))

    lamp = server.says("/lamp", slowly)
    gull = filled.paper("The Gull")
    ferry, seals = filled.headlines(gull, "Ferry returns", "Seals on the sand")
    filled.keep(ferry, body=f"It passes [the lamp at Scar Point]({lamp}) twice a day, at the top of the tide.")
    filled.keep(seals)
    async with open_reader() as reader:
        await reader.press("enter", "tab")
        await reader.pilot.press("enter")
        while not server.asked:
            await reader.pilot.pause()
        await reader.pilot.press("h", "j", "enter")
        may_come.set()
        await reader.wait_until_idle()
        stories = reader.app.main_screen.stories
        assert [entry.title for entry in stories.history.entries] == ["Seals on the sand"]
        assert "the lamp came in" not in reader.text
        assert not reader.footer.startswith("Fetching")
        assert filled.row(filled.library.page_of(lamp) or 0).kept, "what came is kept all the same"


async def test_m_straight_after_opening_a_story_leaves_it_unread(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    async with open_reader() as reader:
        burst(reader.app, "enter", "m")
        await reader.wait_until_idle()
        assert not filled.row(two_papers[FERRY]).read
        assert f"● {FERRY}" in reader.text
        assert "6 unread" in " ".join(reader.text.split())


async def test_marks_typed_faster_than_they_are_written_follow_what_the_screen_shows(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    async with open_reader() as reader:
        await reader.press("enter")
        burst(reader.app, "m", "m", "*", "*", "*")
        await reader.wait_until_idle()
        assert filled.row(two_papers[FERRY]).read
        assert filled.row(two_papers[FERRY]).starred
        await reader.press("h", "j")
        burst(reader.app, "m", "m", "m")
        await reader.wait_until_idle()
        assert filled.row(two_papers[SEALS]).read

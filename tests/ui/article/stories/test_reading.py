"""A person reads: opens headlines, walks to related stories and back, marks and stars, and undoes it."""

import pytest

from tests import present
from tests.fetch.scripted_server import Server, reply
from tests.ui.app_driver import FilledLibrary, OpenReader, browser_into, web_page

FERRY, SEALS = "Ferry returns after eleven years", "Seals on the sand"
Pages = dict[str, int]


async def test_the_first_view_is_all_unread_with_the_focus_on_the_headlines(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        assert "All unread" in reader.lines[2]
        assert reader.app.main_screen.pane_name == "headlines"
        assert reader.app.focused is reader.app.main_screen.list_pane
        assert f"● {FERRY}" in reader.text


async def test_enter_opens_a_kept_story_at_once_and_it_is_read(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    async with open_reader() as reader:
        await reader.press("enter")
        assert "On the 4th morning the ferry came in" in reader.text
        assert reader.app.main_screen.pane_name == "article"
        assert filled.row(two_papers[FERRY]).read
        assert "5 unread" in reader.lines[0] or "5 unread" in reader.lines[2]


async def test_what_was_read_stays_in_all_unread_until_it_is_listed_anew(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        await reader.press("enter", "q")
        assert f"● {FERRY}" not in reader.text
        assert FERRY in reader.text
        assert not reader.style_of("Council votes on gulls").italic
        await reader.press(".")
        assert FERRY not in "\n".join(line[:46] for line in reader.lines)
        assert "● Seals" in reader.text


async def test_a_related_story_opens_in_place_and_h_and_l_walk_the_trail(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        await reader.press("enter", "1")
        assert f"Ferry returns… › {SEALS}" in reader.lines[2]
        await reader.press("H")
        assert "The Gull › Harbour" in reader.lines[2]
        await reader.press("L")
        assert f"› {SEALS}" in reader.lines[2]
        await reader.press("L")
        assert reader.footer == "There is no story to go forward to."


async def test_each_story_on_the_trail_keeps_its_place(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    async with open_reader(rows=20) as reader:
        await reader.press("enter", "space", "space")
        reading_position = reader.app.main_screen.article_pane.reading_position
        assert reading_position > 0
        await reader.press("1")
        assert reader.app.main_screen.article_pane.reading_position == 0
        await reader.press("alt+left")
        assert reader.app.main_screen.article_pane.reading_position == reading_position
        assert filled.library.status(two_papers[FERRY]).reading_position == reading_position


async def test_a_story_opened_again_another_day_is_where_it_was_left(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader(rows=20) as reader:
        await reader.press("enter", "space", "space")
        reading_position = reader.app.main_screen.article_pane.reading_position
        await reader.press("Q")
    async with open_reader(rows=20) as reader:
        assert reader.app.main_screen.headlines.view.kind == "unread"
        await reader.press("h", "j", "j", "j", "j", "enter", "enter")
        assert reader.app.main_screen.article_pane.reading_position == reading_position


async def test_a_story_that_was_read_to_its_end_begins_at_its_top_again(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    async with open_reader(rows=20) as reader:
        await reader.press("enter", "G", "1")
        assert filled.library.status(two_papers[FERRY]).reading_position == 0
        await reader.press("H")
        assert reader.app.main_screen.article_pane.percent == 100


async def test_space_pages_on_and_at_the_end_opens_the_next_unread_story(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        await reader.press("enter")
        for _ in range(8):
            if SEALS in present(reader.app.main_screen.stories.history.current).title:
                break
            await reader.press("space")
        assert present(reader.app.main_screen.stories.history.current).title == SEALS
        assert reader.app.main_screen.list_pane.page == two_papers[SEALS]


async def test_n_and_p_walk_the_unread_and_capitals_walk_them_all(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    filled.library.mark_read([two_papers[SEALS]])
    filled.keep(two_papers["Council votes on gulls"])
    async with open_reader() as reader:
        await reader.press("h", *["j"] * 6, "enter")
        assert reader.app.main_screen.headlines.name == "Coast"
        titles = []
        for key in ("enter", "n", "p", "J", "K"):
            await reader.press(key)
            titles.append(present(reader.app.main_screen.stories.history.current).title)
        council = "Council votes on gulls"
        assert titles == [FERRY, council, council, council, SEALS]


async def test_without_a_network_n_goes_to_what_is_kept(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    filled.keep(two_papers["Rain stops play"])
    async with open_reader() as reader:
        titles = []
        for _ in range(3):
            await reader.press("n")
            titles.append(present(reader.app.main_screen.stories.history.current).title)
        assert titles == [FERRY, SEALS, "Rain stops play"]


async def test_m_u_and_star_are_seen_at_once_and_undone_with_ctrl_z(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    async with open_reader() as reader:
        await reader.press("m")
        assert filled.row(two_papers[FERRY]).read
        assert "5 unread" in reader.lines[2]
        await reader.press("u", "*")
        assert not filled.row(two_papers[FERRY]).read
        assert filled.row(two_papers[FERRY]).starred
        assert "★ ↓" in reader.text
        await reader.press("ctrl+z")
        assert not filled.row(two_papers[FERRY]).starred
        assert reader.footer == "Undone: starred, 1 story. ^Y redoes."
        assert "★" not in reader.text
        await reader.press("ctrl+y")
        assert filled.row(two_papers[FERRY]).starred


async def test_all_read_says_how_many_and_how_to_take_it_back(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    async with open_reader() as reader:
        await reader.press("A")
        assert reader.footer == "6 marked read. ^Z undoes."
        assert filled.unread() == 0
        assert "●" not in reader.text
        await reader.press("ctrl+z")
        assert filled.unread() == 6
        assert f"● {FERRY}" in reader.text


async def test_without_a_network_the_summary_stands_there_and_the_story_counts_as_read(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    async with open_reader() as reader:
        await reader.press("j", "j", "enter")
        assert "It will come with the network; here is its summary." in " ".join(reader.text.split())
        assert "What became of it: council votes on gulls." in reader.text
        assert "summary only" in reader.lines[2]
        assert filled.row(two_papers["Council votes on gulls"]).read


async def test_a_story_that_did_not_come_this_time_is_not_read_and_one_that_never_will_is(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    gull = filled.paper("The Gull", url=server.url("/rss"))
    server.says("/ferry-returns", reply(status=503))
    server.says("/seals", reply(b"\x89PNG", headers={"Content-Type": "image/png"}))
    ferry, seals = filled.headlines(gull, "Ferry returns", "Seals")
    async with open_reader(offline=False) as reader:
        await reader.press("enter")
        assert "What became of it: ferry returns." in reader.text
        assert not filled.row(ferry).read
        await reader.press("h", "j", "enter")
        assert "What became of it: seals." in reader.text
        assert filled.row(seals).read


async def test_a_story_that_is_not_kept_is_fetched_and_takes_its_summarys_place(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    gull = filled.paper("The Gull", url=server.url("/rss"))
    server.says("/ferry-returns", web_page("Ferry returns"))
    (page,) = filled.headlines(gull, "Ferry returns")
    async with open_reader() as reader:
        await reader.press("enter")
        assert "On the 4th morning the ferry came in" in reader.text
        assert "What became of it" not in "\n".join(line[46:] for line in reader.lines)
        assert filled.row(page).read
        assert filled.row(page).kept


async def test_a_link_that_is_no_story_says_so_and_one_stays_where_one_was(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    picture = server.says("/picture?of=ferry", reply(b"\x89PNG", headers={"Content-Type": "image/png"}))
    gull = filled.paper("The Gull")
    (page,) = filled.headlines(gull, "Ferry returns")
    filled.keep(page, body=f"The [picture of it]({picture}) hangs in the hall of the harbour board, next to the clock.")
    async with open_reader() as reader:
        await reader.press("enter", "tab", "enter")
        assert reader.footer == "This page cannot be read here; o opens it in the browser."
        assert "hangs in the hall" in reader.text
        assert reader.app.main_screen.stories.history.position == 0


async def test_a_link_in_the_text_is_followed_in_place_by_its_letter(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    other = server.says("/lamp", web_page("The lamp at Scar Point", about="lamp"))
    gull = filled.paper("The Gull")
    (page,) = filled.headlines(gull, "Ferry returns")
    filled.keep(page, body=f"It passes [the lamp at Scar Point]({other}) twice a day, at the top of the tide.")
    async with open_reader() as reader:
        await reader.press("enter", "f")
        assert "Esc leave" in reader.footer
        await reader.press("a")
        assert "On the 4th morning the lamp came in" in reader.text
        assert "Ferry returns › The lamp at Scar Point" in reader.lines[2]


async def test_o_hands_http_addresses_to_the_browser_and_nothing_else(
    open_reader: OpenReader, two_papers: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    async with open_reader() as reader:
        monkeypatch.setattr("reader.ui.base.outside.start_browser", browser_into(opened))
        await reader.press("o")
        for url in ("javascript:alert(1)", "file:///etc/passwd", "mailto:desk@gull.example"):
            reader.app.main_screen.open_url(url)
            await reader.wait_until_idle()
    assert opened == ["https://the-gull.example/ferry-returns-after-eleven-years", "mailto:desk@gull.example"]


async def test_q_goes_back_to_the_headlines_and_then_quits(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        await reader.press("enter", "q")
        assert reader.app.main_screen.pane_name == "headlines"
        assert reader.app.is_running
        await reader.pilot.press("q")
        await reader.pilot.pause()
        assert reader.app._exit


async def test_the_measure_that_was_set_is_remembered(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader(columns=200) as reader:
        await reader.press("enter", "<", "<")
        assert reader.app.main_screen.article_pane.measure == 68
    async with open_reader(columns=200) as reader:
        assert reader.app.main_screen.article_pane.measure == 68


async def test_f_with_no_link_in_sight_says_so(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        await reader.press("G", "enter")
        assert not reader.app.main_screen.article_pane.story_layout.targets
        await reader.press("f")
        assert reader.footer == "No links on this screen."

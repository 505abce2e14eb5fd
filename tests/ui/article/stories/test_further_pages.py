"""A person reads a story that its paper prints in several pages."""

from reader.models import NewSource
from tests.fetch.scripted_server import Server, reply
from tests.sample_paper import in_pages
from tests.ui.app_driver import FilledLibrary, OpenReader, feed

MORE = "This story has more pages. + loads them."


def printed(server: Server, filled: FilledLibrary, *pages: int, of: int) -> None:
    for number in pages:
        server.says(f"/ferry?page={number}" if number > 1 else "/ferry", in_pages(number, of))
    listed = server.says("/feed", feed(("The ferry is back", server.url("/ferry"))))
    filled.library.add_sources([NewSource(listed, "The Gull", stories=0)])  # nothing is kept but what is opened


async def test_plus_loads_the_further_pages_under_what_is_read(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    printed(server, filled, 1, 2, 3, of=3)
    async with open_reader(columns=90, rows=30) as reader:
        await reader.press("R", "enter")
        await reader.press("G")
        assert MORE in reader.text
        assert "keel2" not in reader.text
        await reader.press("k", "k")
        reading_position = reader.app.main_screen.article_pane.reading_position
        await reader.press("+")
        assert reader.footer == "The whole story is here: 3 pages."
        assert reader.app.main_screen.article_pane.reading_position == reading_position
        await reader.press("space")
        assert "keel2" in reader.text
        await reader.press("G")
        assert MORE not in reader.text
        assert "lottery3" in reader.text
        await reader.press("+")
        assert reader.footer == "This story has no more pages."
    page = filled.library.page_of(server.url("/ferry"))
    kept = filled.library.article(page or 0)
    assert kept is not None
    assert kept.next is None


async def test_a_page_that_is_missing_is_said_plainly_and_can_be_asked_for_again(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    printed(server, filled, 1, 2, of=3)
    server.says("/ferry?page=3", reply(status=500))
    async with open_reader(columns=90, rows=30) as reader:
        await reader.press("R", "enter", "+")
        assert reader.footer.startswith("Page 3 is missing: ")
        assert "500" in reader.footer
        await reader.press("G")
        assert "keel2" in reader.text
        assert MORE in reader.text
        server.says("/ferry?page=3", in_pages(3, 3))
        await reader.press("+", "G")
        assert "lottery3" in reader.text
        assert MORE not in reader.text


async def test_esc_stops_the_loading(open_reader: OpenReader, filled: FilledLibrary, server: Server) -> None:
    printed(server, filled, 1, of=3)  # page 2 is never answered
    async with open_reader(columns=90, rows=30) as reader:
        await reader.press("R", "enter")
        await reader.pilot.press("+")
        while "Fetching page 2" not in reader.footer:
            await reader.pilot.pause()
        await reader.press("escape")
        assert reader.footer == "Stopped. The story stays as it was."
        await reader.press("G")
        assert MORE in reader.text


async def test_a_story_of_one_page_has_no_such_line(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    printed(server, filled, 1, of=1)
    async with open_reader(columns=90, rows=30) as reader:
        await reader.press("R", "enter", "G")
        assert "more pages" not in reader.text

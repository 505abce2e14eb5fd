"""A person puts stories by, copies links, and keeps the list of papers in order."""

import pytest

from reader.errors import LibraryError
from reader.store import View
from tests import add_source, present
from tests.fetch.scripted_server import Server
from tests.ui.app_driver import AppDriver, FilledLibrary, OpenReader, browser_into, feed, web_page

FERRY, SEALS = "Ferry returns after eleven years", "Seals on the sand"
Pages = dict[str, int]


def papers(reader: AppDriver) -> list[str]:
    return [item.name for item in reader.app.main_screen.tree_pane.items if item.kind == "source"]


async def test_s_puts_a_story_on_read_later_and_takes_it_off(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages
) -> None:
    async with open_reader(columns=200, rows=50) as reader:
        await reader.press("j", "s")
        assert reader.footer == "Added to Read later. ^Z undoes."
        assert filled.row(two_papers[SEALS]).saved
        assert "Read later            1" in reader.text
        await reader.press("h", "j", "j", "j", "enter")
        assert reader.app.main_screen.headlines.name == "Read later"
        assert present(reader.app.main_screen.list_pane.row).title == SEALS
        await reader.press("s")
        assert reader.footer == "Removed from Read later. ^Z undoes."
        assert not filled.row(two_papers[SEALS]).saved


async def test_y_copies_the_link_of_the_story_or_of_what_tab_has_reached(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        await reader.press("y")
        assert reader.footer == "Link copied."
        assert reader.app.clipboard == "https://the-gull.example/ferry-returns-after-eleven-years"
        await reader.press("enter", "tab", "y")
        assert reader.app.clipboard == "https://the-gull.example/seals-on-the-sand"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "", "\x1b]52;c;eA==\x07"])
async def test_only_links_that_lead_out_are_copied(open_reader: OpenReader, two_papers: Pages, address: str) -> None:
    async with open_reader() as reader:
        reader.app.main_screen.copy_link(address)
        await reader.wait_until_idle()
        assert reader.footer == "No link here to copy."
        assert reader.app.clipboard == ""


async def test_d_removes_a_source_says_what_stays_and_undo_brings_it_back(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages
) -> None:
    filled.library.star([two_papers[FERRY], two_papers[SEALS]])
    async with open_reader(columns=200, rows=50) as reader:
        await reader.press("h", "8", "G", "d")
        assert reader.footer == "The Gull removed; its 2 starred stories stay. ^Z undoes."
        assert papers(reader) == ["Northern Ledger"]
        assert "Council votes" not in reader.text
        assert reader.app.main_screen.tree_pane.view == View("source", source=2), "the cursor stays where it was"
        await reader.press("ctrl+z")
        assert reader.footer == "The Gull is back, with everything that was marked. ^Y redoes."
        assert papers(reader) == ["The Gull", "Northern Ledger"]
        await reader.press("ctrl+y")
        assert reader.footer == "The Gull removed again. ^Z undoes."


async def test_removing_the_source_in_view_shows_what_is_unread(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        await reader.press("h", "G", "enter", "h", "d")
        assert reader.app.main_screen.headlines.name == "All unread"
        assert reader.footer == "Northern Ledger removed. ^Z undoes."
        assert reader.app.main_screen.tree_pane.view.kind == "source"


async def test_a_view_is_not_removed(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        await reader.press("h", "d")
        assert reader.footer == "No source here. Move the cursor to a source, or to one of its headlines."


async def test_alt_j_and_alt_k_move_a_source_in_its_folder_and_the_cursor_goes_with_it(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    for name in ("One", "Two", "Three"):
        filled.paper(name)
    async with open_reader() as reader:
        await reader.press("h", "7", "G", "alt+j", "alt+down")
        assert papers(reader) == ["Two", "Three", "One"]
        assert reader.app.main_screen.tree_pane.view == View("source", source=1)
        await reader.press("alt+k")
        assert papers(reader) == ["Two", "One", "Three"]
        await reader.press("ctrl+z")
        assert reader.footer == "The sources are in their old order. ^Y redoes."
        assert papers(reader) == ["Two", "Three", "One"]


async def test_undoing_a_rename_names_the_source(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        library = reader.app.session.library
        await library.writing(library.rename_source, 1, "The Seagull")
        reader.app.main_screen.changed()
        await reader.wait_until_idle()
        assert papers(reader)[0] == "The Seagull"
        await reader.press("ctrl+z")
        assert reader.footer == "The Gull has its old name again. ^Y redoes."


async def test_a_source_set_to_the_browser_opens_there_with_enter(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    filled.library.edit_source(1, browser=True)
    async with open_reader() as reader:
        monkeypatch.setattr("reader.ui.base.outside.start_browser", browser_into(opened))
        await reader.press("enter")
        assert opened == ["https://the-gull.example/ferry-returns-after-eleven-years"]
        assert filled.row(two_papers[FERRY]).read
        assert reader.app.main_screen.stories.history.current is None
        await reader.press("3", "j", "enter")
        assert reader.app.main_screen.stories.history.current is not None, "the other paper's open here"


async def test_just_these_sources_are_fetched_after_what_is_running(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    story = server.says("/story", web_page("A story"))
    one = add_source(filled.library, server.says("/one", feed(("A story", story), title="One")), "One")
    two = add_source(filled.library, server.says("/two", feed(("A story", story), title="Two")), "Two")
    add_source(filled.library, server.says("/three", feed(("A story", story), title="Three")), "Three")
    async with open_reader() as reader:
        reader.app.main_screen.fetch([one.id])
        while "/one" not in server.paths():
            await reader.pilot.pause()
        reader.app.main_screen.fetch([two.id])
        await reader.wait_until_idle()
        assert [path for path in server.paths() if path in ("/one", "/two", "/three")] == ["/one", "/two"]
        assert reader.footer == "Two: 1 headline."


async def test_several_sources_fetched_at_once_are_counted_together(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    urls = [server.says(f"/{name}", feed((name, server.says(f"/{name}/story", web_page(name))))) for name in "ab"]
    ids = [add_source(filled.library, url, f"Paper {n}").id for n, url in enumerate(urls)]
    async with open_reader() as reader:
        reader.app.main_screen.fetch(ids)
        await reader.wait_until_idle()
        assert reader.footer == "2 sources: 2 headlines."


async def test_a_library_that_cannot_be_written_is_read_and_every_mark_says_why_not(
    open_reader: OpenReader, two_papers: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = "The library is on a disk that cannot be written."

    def refuse(*_: object) -> None:
        raise LibraryError(sentence)

    monkeypatch.setattr("reader.store.Library.read_only", True)
    async with open_reader() as reader:
        assert reader.footer.startswith("! Read-only library: marks and new headlines are not saved.")
        monkeypatch.setattr(reader.app.session.library, "mark_read", refuse)
        await reader.pilot.press("m")
        await reader.fail()
        assert reader.footer.startswith(f"! {sentence}")
        assert f"● {FERRY}" in reader.text


async def test_a_source_at_the_edge_of_its_folder_says_that_it_stays(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        before = papers(reader)
        await reader.press("h", "G", "alt+j")
        assert reader.footer == "It is the last one of its folder."
        await reader.press("alt+k")
        assert reader.footer == "It is the first one of its folder."
        assert papers(reader) == before

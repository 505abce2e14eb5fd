"""The palette offers commands of other panes too, and Enter goes where they work."""

import pytest

from reader.commands import COMMANDS, CONTEXTS, works_in
from reader.store import View
from reader.ui.commands.palette_items import pane_of
from reader.ui.dialogs.palette import PaletteList
from tests.ui.app_driver import AppDriver, FilledLibrary, OpenReader

Pages = dict[str, int]
SETTINGS = "Edit name, folder and settings of a source"
GULL = View("source", source=1)


def pane_in_focus(reader: AppDriver) -> str:
    return reader.app.main_screen.pane_name


@pytest.mark.parametrize("typed", ["folder", "rename", "edit"])
async def test_the_settings_of_a_source_are_found_from_a_story_and_opened_in_sources(
    open_reader: OpenReader, two_papers: Pages, typed: str
) -> None:
    async with open_reader() as reader:
        reader.app.main_screen.open_view(GULL)
        await reader.press("enter", ":", *typed)
        (line,) = [line for line in reader.lines if SETTINGS in line]
        assert "in Sources" in line
        await reader.press("enter")
        assert pane_in_focus(reader) == "sources"
        assert reader.app.screen.id == "settings"
        assert "The Gull" in reader.text


async def test_where_the_cursor_is_on_no_source_that_is_said_in_sources(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        await reader.press("enter", ":", *"unsubscribe", "enter")
        assert pane_in_focus(reader) == "sources"
        assert reader.footer.startswith("No source here.")
        assert reader.app.screen is reader.app.main_screen


async def test_what_marks_stories_only_says_its_key_there(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages
) -> None:
    filled.library.mark_read([two_papers["Ferry returns after eleven years"]])
    async with open_reader() as reader:
        await reader.press("h", ":", *"mark unread", "enter")
        assert pane_in_focus(reader) == "headlines"
        assert reader.footer == "u (mark unread) works here."
        assert filled.row(two_papers["Ferry returns after eleven years"]).read


async def test_without_a_story_there_is_no_going_to_one(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        await reader.press(":", *"next link", "enter")
        assert pane_in_focus(reader) == "headlines"
        assert reader.footer.startswith("No story is open.")
        await reader.press("enter", "h", ":", *"next link", "enter")
        assert pane_in_focus(reader) == "article"
        assert reader.app.main_screen.article_pane.current_target is not None


async def test_commands_of_other_panes_are_dim_and_behind_the_headlines(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    filled.headlines(filled.paper("The Weir"), "A starling in the lock", "Nothing else")
    async with open_reader(columns=100, rows=40) as reader:
        await reader.press("h", ":", *"sta")
        assert reader.text.index("A starling in the lock") < reader.text.index("Commands of other panes")
        appearance = reader.app.main_screen.appearance()
        style = reader.style_of("in the headlines")
        assert reader.style_of("Star  ").color == style.color == appearance.style(appearance.dim).color


def test_each_command_leads_to_a_pane_that_it_works_in() -> None:
    for command in COMMANDS:
        if not all(works_in(command, pane) for pane in CONTEXTS):
            assert works_in(command, pane_of(command)), command.id


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("mark all", "Mark everything in this list read"),
        ("prune", "newsstand prune"),
        ("doctor", "newsstand doctor"),
        ("restore", "newsstand restore"),
        ("sort", "newsstand list"),
    ],
)
async def test_other_words_find_a_command_and_what_only_a_shell_has(
    open_reader: OpenReader, two_papers: Pages, typed: str, found: str
) -> None:
    async with open_reader() as reader:
        await reader.press(":", *typed)
        assert found in reader.text
        if found.startswith("newsstand"):
            await reader.press("enter")
            assert reader.footer == f"In a shell: {found} --help"


@pytest.mark.parametrize("pane", ["sources", "headlines"])
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("backup", "Back up the library"),
        ("export", "Export subscriptions to a file"),
        ("remove", "Remove a source"),
        ("config", "Settings"),
        ("offline", "Keep all unread stories for reading offline"),
        ("rename", SETTINGS),
        ("star", "Star"),
        ("newsstand restore", "Take back a backup"),
        ("prune", "Remove old stories"),
        ("REFRESH-ALL", "Refresh every source"),
        ("narrow", "Filter the list by words in the headline"),
    ],
)
async def test_what_is_typed_whole_comes_first_in_whichever_pane_it_works(
    open_reader: OpenReader, two_papers: Pages, pane: str, typed: str, first: str
) -> None:
    async with open_reader(columns=80, rows=24) as reader:
        await reader.press(*(("h",) if pane == "sources" else ()), ":", *typed)
        chosen = reader.app.screen.query_one(PaletteList).chosen
        assert chosen is not None
        assert chosen.name == first

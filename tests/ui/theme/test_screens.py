"""What stands on the screen, cell for cell: signs, weights, colours, at every size, in both themes and depths."""

import os
import re

import pytest
from rich.cells import cell_len
from textual.strip import Strip

from reader.ui.theme.terminal import depth_of
from tests import present
from tests.ui.app_driver import FilledLibrary, OpenReader

FERRY = "Ferry returns after eleven years"
Pages = dict[str, int]
SIZES = [(40, 20), (80, 24), (100, 30), (120, 40), (139, 32), (140, 40), (200, 50), (300, 60)]


@pytest.mark.parametrize(("columns", "rows"), SIZES)
async def test_every_line_fills_the_screen_exactly_in_every_pane(
    open_reader: OpenReader, two_papers: Pages, columns: int, rows: int
) -> None:
    async with open_reader(columns=columns, rows=rows) as reader:
        for keys in (("h",), ("l",), ("enter",), ("question_mark",), ("escape",)):
            await reader.press(*keys)
            strips: list[Strip] = reader.app.screen._compositor.render_strips()
            assert len(strips) == rows
            for strip in strips:
                assert sum(cell_len(segment.text) for segment in strip) == columns
        assert "? all keys" in reader.lines[-1]


async def test_unread_is_bold_with_a_mark_in_spot_and_read_is_regular_and_soft(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    filled.library.mark_read([two_papers[FERRY]])
    async with open_reader(columns=200) as reader:
        await reader.press("h", "j", "j", "j", "j", "j", "j", "enter")
        appearance = reader.app.appearance()
        assert reader.style_of("Seals on the sand").bold
        await reader.press("j")
        assert not reader.style_of(FERRY).bold
        assert present(reader.style_of(FERRY).color).name == appearance.soft.lower()
        assert present(reader.style_of("●").color).name == appearance.spot.lower()


async def test_the_cursor_has_colour_only_in_the_pane_in_focus(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader(columns=120) as reader:
        appearance = reader.app.appearance()
        assert present(reader.style_of("▌").color).name == appearance.spot.lower()
        assert present(reader.style_of(FERRY).bgcolor).name == appearance.surface.lower()
        await reader.press("enter")
        assert present(reader.style_of("▌").color).name == appearance.faint.lower()
        assert not reader.style_of("All unread").bold


@pytest.mark.parametrize(("theme", "ground"), [("dark", "#191816"), ("light", "#faf7f1")])
async def test_both_themes_paint_their_own_paper(
    open_reader: OpenReader, two_papers: Pages, theme: str, ground: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    async with open_reader(settings={"theme": theme}) as reader:
        for strip in reader.app.screen._compositor.render_strips():
            for segment in strip:
                assert segment.style is not None
                assert segment.style.bgcolor is not None
        assert present(reader.style_of("Council votes").bgcolor).name == ground


async def test_with_256_colours_every_colour_is_one_of_the_palette(
    open_reader: OpenReader, two_papers: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLORTERM", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    async with open_reader() as reader:
        assert depth_of(os.environ, "dark") == "256"
        assert reader.app.appearance().spot == "#FF875F"


async def test_one_of_textuals_own_themes_can_be_set(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader(settings={"theme": "nord"}) as reader:
        assert reader.app.theme == "nord"
        assert f"● {FERRY}" in reader.text


async def test_changing_the_theme_paints_everything_anew(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader(columns=200) as reader:
        before = reader.style_of("Council votes").bgcolor
        reader.app.theme = "newsstand-light"
        await reader.wait_until_idle()
        after = reader.style_of("Council votes").bgcolor
        assert before != after
        assert reader.style_of("Sources").bgcolor == after


async def test_the_page_of_keys_shows_all_of_them_and_goes_away_again(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        await reader.press("question_mark")
        assert reader.lines[0].startswith("  Keyboard shortcuts")
        assert "gg Home     top" in reader.text
        assert "1-9         related" in reader.text
        await reader.press("escape")
        assert "All unread" in reader.lines[2]


async def test_the_palette_runs_what_it_finds(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    async with open_reader() as reader:
        await reader.press("colon", *"star")
        assert reader.lines[3][22:98] == "━" * 76
        assert "▌  Star" in reader.text
        await reader.press("enter")
        assert filled.row(two_papers[FERRY]).starred


async def test_the_palette_opens_papers_and_stories_by_name(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        await reader.press("ctrl+p", *"ledger", "enter")
        assert reader.app.main_screen.headlines.name == "Northern Ledger"
        await reader.press("colon", *"rain", "enter")
        assert present(reader.app.main_screen.stories.history.current).title == "Rain stops play"
        await reader.press("colon", *"qqqq")
        assert 'Nothing for "qqqq". Accents can be left out.' in reader.text
        await reader.press("escape")
        assert reader.app.screen is reader.app.main_screen


async def test_a_sequence_shows_that_it_waits(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        await reader.press("G", "g")
        assert reader.lines[-1].endswith(" g")
        await reader.press("g")
        assert reader.app.main_screen.list_pane.cursor == 0
        assert not reader.lines[-1].endswith(" g")


async def test_where_columns_are_few_the_state_gives_way_before_the_title(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader(columns=40, rows=20, offline=False) as reader:
        assert reader.lines[0].split() == ["All", "unread", "6", "unread"]
        await reader.resize(80, 24)
        assert reader.lines[0].endswith("6 unread · 2 kept offline")
        await reader.press("slash", *"seal")
        assert reader.lines[0].endswith("1 of 6"), "of this list, and not of all there is"
        await reader.press("escape", "h", "j", "j", "j", "j", "j", "j", "l")
        assert reader.lines[0].split()[-2:] == ["3", "unread"], "of one paper"


async def test_in_ascii_the_place_in_a_story_is_written_in_ascii(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader(columns=40, rows=20, settings={"icons": "ascii"}) as reader:
        await reader.press("enter", "space")
        assert re.search(r"\d+% - \d min left", reader.lines[0])
        assert not set(reader.text) & set("…·━│")

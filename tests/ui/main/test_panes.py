"""A person looks round: panes by the screen's width, focus, views, folders, counts, densities, days."""

import pytest

from reader import words
from tests import add_source, present
from tests.ui.app_driver import NOW, AppDriver, Clock, FilledLibrary, OpenReader

FERRY, SEALS = "Ferry returns after eleven years", "Seals on the sand"
Pages = dict[str, int]


def in_focus(reader: AppDriver) -> str:
    return reader.app.main_screen.pane.name


async def test_a_wide_screen_shows_three_panes_and_the_heavy_rule_says_which_has_the_focus(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader(columns=200, rows=50) as reader:
        assert reader.lines[0].startswith("  N E W S S T A N D")
        assert "Saturday 16 November 2019" in reader.lines[0]
        assert reader.lines[1] == "─" * 28 + "━" * 60 + "─" * 112
        assert reader.lines[2].startswith("  Sources                  │  All unread")
        await reader.press("l")
        assert reader.lines[1] == "─" * 88 + "━" * 112
        await reader.press("h", "h")
        assert reader.lines[1] == "━" * 28 + "─" * 172


async def test_at_120_columns_the_window_moves_only_when_the_focus_would_leave_it(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        assert reader.lines[1] == "━" * 46 + "─" * 74
        await reader.press("h")
        assert reader.lines[1] == "━" * 34 + "─" * 86
        await reader.press("l")
        assert reader.lines[1] == "─" * 34 + "━" * 86
        await reader.press("enter")
        assert reader.lines[1] == "─" * 46 + "━" * 74


async def test_at_80_columns_there_is_one_pane_its_title_is_the_masthead_and_the_rule_stays_thin(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader(columns=80, rows=24) as reader:
        assert reader.lines[0] == "  All unread" + "6 unread · Offline since 14:00 · 2 stories kept".rjust(66)
        assert reader.lines[1] == "─" * 80
        assert reader.lines[2] == "  Today  Saturday 16 November"
        assert reader.lines[3] == f"▌ ● {FERRY}"
        assert reader.lines[4].rstrip() == f"▌   The Gull · 13:59 · 3 min{' ' * 48}↓"
        assert "─" not in reader.lines[-2]
        await reader.press("enter")
        assert reader.lines[0].startswith("   The Gull › Harbour")
        assert reader.lines[2] == ""
        assert reader.lines[3].startswith("   HARBOUR ━━━")


async def test_a_high_narrow_screen_has_its_hairline_over_the_footer(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader(columns=80, rows=40) as reader:
        assert reader.lines[-2] == "─" * 80


async def test_resizing_keeps_the_cursor_and_the_focus(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader(columns=200, rows=50) as reader:
        await reader.press("j", "j")
        await reader.resize(80, 24)
        assert reader.app.main_screen.list_pane.page == two_papers["Council votes on gulls"]
        assert "▌ ● Council votes on gulls" in reader.text
        await reader.resize(120, 40)
        assert reader.lines[1] == "━" * 46 + "─" * 74


async def test_sources_show_views_folders_and_counts_and_a_paper_opens_with_enter(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader(columns=200, rows=50) as reader:
        left = [line[:27].rstrip() for line in reader.lines[4:16]]
        assert left == [
            "▌ All unread            6",
            "  Today                 6",
            "  Starred",
            "  Read later",
            "  Kept offline          2",
            "  Read lately",
            "",
            "  ▾ Coast               3",
            "      The Gull          3",
            "",
            "  ▾ Inland              3",
            "      Northern Ledger   3",
        ]
        await reader.press("h", "G", "enter")
        assert "Northern Ledger" in reader.lines[2]
        assert "3 unread" in reader.lines[2]
        assert "● Quarry signs the order" in reader.text
        assert "Northern Ledger · 12:00" not in reader.text, "one paper's rows do not name it"


async def test_a_folder_folds_and_stays_folded_next_time(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        await reader.press("h", *["j"] * 6, "h")
        assert "▸ Coast" in reader.text
        assert "The Gull  " not in "\n".join(line[:33] for line in reader.lines)
    async with open_reader() as reader:
        await reader.press("h")
        assert "▸ Coast" in reader.text
        await reader.press(*["j"] * 6, "space")
        assert "▾ Coast" in reader.text


async def test_a_failing_source_has_its_mark_and_the_masthead_counts_it(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages
) -> None:
    from reader.models import Failure, FailureKind

    filled.library.keep_failure(1, Failure(FailureKind.HTTP, status=404), due_at=int(NOW.timestamp()) + 60, now=0)
    async with open_reader(columns=200) as reader:
        reader.app.session.offline = False
        reader.app.main_screen.retitle()
        assert "1 error !" in reader.lines[0]
        assert any(line[:27].split() == ["The", "Gull", "3", "!"] for line in reader.lines)
        assert "1 source failed." in reader.text


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        ("j j", "Nothing starred. * on a headline puts it here."),
        ("j j j", "Nothing to read later. s on a headline puts it here."),
        ("j j j j", "Nothing kept yet. O keeps everything unread."),
        ("j j j j j", "Nothing read yet. Enter opens a story."),
    ],
)
async def test_an_empty_view_says_what_would_fill_it(
    open_reader: OpenReader, filled: FilledLibrary, view: str, sentence: str
) -> None:
    filled.paper("The Gull")
    async with open_reader() as reader:
        await reader.press("h", *view.split(), "enter")
        assert sentence in " ".join(reader.text.split())


async def test_when_all_is_read_it_says_so_and_when_it_refreshes(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        reader.app.session.offline = False
        await reader.press("A", ".")
        left = " ".join(" ".join(line[:45] for line in reader.lines).split())
        assert "All read. Next refresh at 15:00; r refreshes now." in left


async def test_what_has_not_answered_yet_is_not_said_to_have(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages
) -> None:
    add_source(filled.library, "https://slow.example/feed", "Slow Post")
    async with open_reader() as reader:
        assert "Choose a headline. 2 of 3 sources have" in reader.text


async def test_a_library_without_sources_names_the_way_to_one(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        assert "No sources yet." not in reader.text, "first comes the welcome"
        await reader.press("escape")
        assert "No sources yet. a adds one by its address, C shows the catalogue." in " ".join(
            " ".join(line[:45] for line in reader.lines).split()
        )


async def test_read_lately_shows_the_day_in_place_of_headings(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages, clock: Clock
) -> None:
    filled.library.mark_read([two_papers[FERRY]])
    clock.now += 2 * 86400
    async with open_reader() as reader:
        await reader.press("h", "j", "j", "j", "j", "j", "enter")
        assert "The Gull · 16 Nov · 3 min" in reader.text
        assert "Saturday 16 November" not in "\n".join(reader.lines[2:])


async def test_days_have_their_headings(open_reader: OpenReader, filled: FilledLibrary) -> None:
    gull = filled.paper("The Gull")
    filled.headlines(gull, "New today")
    filled.headlines(gull, "Old already", minutes_ago=15 * 60)
    filled.headlines(gull, "Older still", minutes_ago=60 * 60)
    async with open_reader() as reader:
        headings = [line[:44].strip() for line in reader.lines if "November" in line[:44]]
        assert headings == ["Today  Saturday 16 November", "Yesterday  Friday 15 November", "Thursday  14 November"]


@pytest.mark.parametrize(("density", "rows"), [("comfortable", 4), ("snug", 2), ("compact", 1)])
async def test_each_density_has_its_height(open_reader: OpenReader, two_papers: Pages, density: str, rows: int) -> None:
    async with open_reader(columns=80, rows=40, settings={"density": density}) as reader:
        first = next(number for number, line in enumerate(reader.lines) if FERRY in line)
        second = next(number for number, line in enumerate(reader.lines) if SEALS in line)
        assert second - first == rows


async def test_a_compact_row_names_its_paper_shortly_and_its_time(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    filled.library.star([two_papers[FERRY]])
    async with open_reader(columns=80, rows=24, settings={"density": "compact"}) as reader:
        assert reader.lines[3] == f"▌ ● {FERRY:51}★ ↓  The Gull    13:59"
        assert reader.lines[6] == f"  ● {'Quarry signs the order':56}Ledger      12:00"


async def test_a_click_on_a_headline_opens_it_and_on_a_paper_shows_it(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader(columns=200, rows=50) as reader:
        await reader.pilot.click("#headlines", offset=(10, 6))
        await reader.wait_until_idle()
        assert present(reader.app.main_screen.stories.history.current).title == SEALS
        await reader.pilot.click("#sources", offset=(6, 11))
        await reader.wait_until_idle()
        assert reader.app.main_screen.headlines.name == "Northern Ledger"


async def test_a_title_full_of_markup_is_shown_as_it_is_and_does_nothing(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    gull = filled.paper("The Gull [/]")
    filled.headlines(gull, "[@click=app.leave]Press me[/] [bold]now")
    async with open_reader() as reader:
        assert "● [@click=app.leave]Press me[/]" in reader.text
        await reader.press("enter")
        assert "[@click=app.leave]Press me[/] [bold]now" in reader.text
        assert reader.app.is_running


async def test_n_goes_round_to_what_is_unread_above(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        await reader.press("G", "enter", "n")
        assert "Nothing is unread" not in reader.text
        assert reader.app.main_screen.list_pane.cursor == 0


async def test_undoing_all_read_fills_the_list_that_was_emptied(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        await reader.press("A", "full_stop")
        assert FERRY not in reader.text
        await reader.press("ctrl+z")
        assert FERRY in reader.text


async def test_a_digit_that_no_story_has_says_so(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        await reader.press("enter", "9")
        assert reader.footer == "No story has the number 9 here."


async def test_q_goes_from_a_story_to_the_headlines_and_from_there_out(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        await reader.press("enter", "q")
        assert in_focus(reader) == "headlines"
        assert reader.app.is_running
        await reader.press("h")
        assert in_focus(reader) == "sources"
        await reader.pilot.press("q")
        await reader.pilot.pause()
        assert not reader.app.is_running


async def test_z_says_what_it_did_only_where_no_story_shows_it(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        before = reader.footer
        await reader.press("z")
        assert reader.footer == words.zoomed(True)
        await reader.press("z")
        assert reader.footer == words.zoomed(False)
        await reader.press("escape", "enter", "z")
        assert in_focus(reader) == "article"
        assert reader.footer not in (before, words.zoomed(True))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "One pane fits here at a time. A window of 120 columns shows two."),
        ({"panes": 1}, "One pane is shown at a time: the setting reader.panes is 1."),
    ],
)
async def test_z_changes_nothing_where_one_pane_fits_and_says_so(
    open_reader: OpenReader, two_papers: Pages, settings: dict[str, object], said: str
) -> None:
    async with open_reader(columns=80 if not settings else 200, rows=24, settings=settings) as reader:
        for go in (("h",), ("l",), ("enter",), ("h", "h")):
            await reader.press(*go)
            here = in_focus(reader)
            await reader.press("z")
            assert (in_focus(reader), reader.footer) == (here, said)
            assert not reader.app.main_screen.pane_settings.alone

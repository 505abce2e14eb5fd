"""A person bends the screen to their hands: counts, keys of their own, widths, a story alone, and where they left."""

from pathlib import Path

import pytest

from reader import config
from reader.commands import COMMANDS
from reader.commands.keymap import resolve
from reader.store import View
from reader.ui.app import NewsstandApp
from reader.ui.commands import TABLE
from tests import present
from tests.ui.app_driver import HANOI, AppDriver, Clock, FilledLibrary, OpenReader

FERRY, SEALS = "Ferry returns after eleven years", "Seals on the sand"
Pages = dict[str, int]


def under_cursor(reader: AppDriver) -> str:
    row = reader.app.main_screen.list_pane.row
    assert row is not None
    return row.title


async def test_a_count_moves_that_many_rows_and_goes_to_that_row(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        await reader.press("3")
        assert reader.footer.endswith(" 3")
        await reader.press("j")
        assert under_cursor(reader) == "Quarry signs the order"
        assert not reader.footer.endswith("3")
        await reader.press("2", "G")
        assert under_cursor(reader) == SEALS
        await reader.press("5", "escape", "k")
        assert under_cursor(reader) == FERRY
        await reader.press("h", "9", "9", "j", "2", "k")
        assert reader.app.main_screen.tree_pane.view == View("source", source=1)


async def test_a_count_before_n_opens_the_story_that_far_on(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        await reader.press("2", "n")
        assert under_cursor(reader) == SEALS, "offline, the second of those that are kept"
        await reader.press("h", "2", "J")
        assert under_cursor(reader) == "Quarry signs the order"


async def test_digits_in_a_story_open_related_ones_and_count_nothing(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        await reader.press("enter", "1")
        assert present(reader.app.main_screen.stories.history.current).title == SEALS
        assert reader.app.main_screen.keys.waiting == ""


async def test_keys_of_ones_own_work_and_stand_in_the_footer_and_in_every_sentence(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    commands, faults = resolve({}, {"refresh": ["f5"], "star": "v", "undo": "U", "all-read": [], "next-unread": "g n"})
    assert not faults or all(fault.why == "keyless" for fault in faults)
    async with open_reader(columns=200, commands=commands) as reader:
        assert "F5 refresh" in reader.footer
        assert "gn next unread" in reader.footer
        assert "all read" not in reader.footer
        await reader.press("v", "v")
        reader.app.main_screen.run_command("all-read")
        await reader.wait_until_idle()
        assert reader.footer == "6 marked read. U undoes."
        await reader.press("h", "j", "j", "enter")
        assert "Nothing starred. v on a headline puts it here." in reader.text
        await reader.press("U")
        assert shelf_unread(reader) == 6


def shelf_unread(reader: AppDriver) -> int:
    return len(reader.app.session.library.listing(View("unread")))


async def test_a_command_without_a_key_goes_by_its_name(open_reader: OpenReader, two_papers: Pages) -> None:
    commands, _ = resolve({}, {"undo": []})
    async with open_reader(commands=commands) as reader:
        await reader.press("A")
        assert reader.footer == '6 marked read. "Undo" undoes.'


async def test_the_keys_are_as_shipped_again_in_the_next_reader(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader(commands=COMMANDS) as reader:
        await reader.press("A")
        assert reader.footer == "6 marked read. ^Z undoes."


async def test_panes_are_made_wider_and_narrower_and_stay_so(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader(columns=200, rows=50) as reader:
        await reader.press("}", "}")
        assert reader.lines[1] == "─" * 28 + "━" * 64 + "─" * 108
        await reader.press("h", "8", "{")
        assert reader.lines[1] == "━" * 20 + "─" * 180
    async with open_reader(columns=200, rows=50) as reader:
        assert reader.lines[1] == "─" * 20 + "━" * 64 + "─" * 116


def panes_of(reader: AppDriver) -> tuple[str, ...]:
    """The panes that are shown, however wide the screen is."""
    return reader.app.main_screen.window.panes


async def test_z_shows_the_story_alone_remembers_it_and_takes_it_back(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        await reader.press("enter", "z")
        assert panes_of(reader) == ("article",)
        await reader.press("q")
        assert panes_of(reader) == ("headlines", "article")
    async with open_reader() as reader:
        await reader.press("enter")
        assert panes_of(reader) == ("article",)
        await reader.press("z")
        assert panes_of(reader) == ("headlines", "article")
        await reader.press("h", "z")
        assert panes_of(reader) == ("article",), "it goes to the story that is open"
    async with open_reader() as reader:
        await reader.press("z")
        assert reader.footer == "Stories open beside the headlines."


async def test_the_reader_opens_where_it_was_left(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        await reader.press("h", "G", "enter")
        assert reader.app.main_screen.headlines.name == "Northern Ledger"
    async with open_reader() as reader:
        assert reader.app.main_screen.headlines.name == "Northern Ledger"
        assert under_cursor(reader) == "Quarry signs the order"
        await reader.press("h", "k", "enter")
        assert reader.app.main_screen.headlines.name == "Inland"
    async with open_reader(settings={"view": "today"}) as reader:
        assert reader.app.main_screen.headlines.name == "Today"


async def test_a_source_that_is_no_more_is_not_opened(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        await reader.press("h", "G", "enter")
    filled.library.remove_source(2)
    async with open_reader() as reader:
        assert reader.app.main_screen.headlines.name == "All unread"
        assert under_cursor(reader) == FERRY


async def test_at_most_so_many_panes_stand_side_by_side(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader(columns=200, rows=50, settings={"panes": 2}) as reader:
        assert panes_of(reader) == ("headlines", "article")
        assert sum(reader.app.main_screen.window.widths) == 200
    async with open_reader(columns=200, rows=50, settings={"panes": 1}) as reader:
        assert panes_of(reader) == ("headlines",)


async def test_h_closes_a_folder_and_l_opens_it_before_it_leads_to_the_headlines(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    filled.paper("Home Post", folder="Home")
    async with open_reader() as reader:
        await reader.press("h", "G", "h", "h")
        assert "▸ Home" in reader.text
        for shown, pane in (("▾ Home", "sources"), ("▾ Home", "headlines")):
            await reader.press("l")
            assert shown in reader.text
            assert reader.app.main_screen.pane_name == pane


async def test_folders_within_folders_stand_after_their_parents_by_their_whole_path(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    filled.paper("Straits Post", folder="World/Asia")
    filled.paper("Home Post", folder="Home")
    filled.paper("Globe", folder="World")
    async with open_reader(columns=200, rows=50) as reader:
        left = [line[:27].strip() for line in reader.lines[10:20]]
        folders = [name for name in left if name.startswith("▾")]
        assert folders.index("▾ World › Asia") == folders.index("▾ World") + 1
        await reader.press("h", *"99", "j", "enter")
        assert any(line.startswith("▌   ") for line in reader.lines)


async def test_what_nobody_foresaw_is_a_line_in_the_footer_and_the_reader_goes_on(
    open_reader: OpenReader, two_papers: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_reader() as reader:

        def fail(host: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setitem(TABLE, "star", fail)
        await reader.press("*")
        assert "Something went wrong; see the log (: log). Nothing you marked is lost." in reader.footer
        await reader.press("escape", "j")
        assert under_cursor(reader) == SEALS


async def test_a_wrong_setting_is_said_and_the_reader_opens_with_the_default(
    filled: FilledLibrary, clock: Clock, two_papers: Pages, tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[reader]\ntherme = "light"\nmeasure = 70\n[keys]\nstar = "x"\n', encoding="utf-8")
    app = NewsstandApp(filled.path, config.load(file), clock=clock, zone=HANOI, offline=True)
    async with app.run_test(size=(120, 40)) as pilot:
        reader = AppDriver(app, pilot)
        await reader.wait_until_idle()
        assert "config.toml, line 2: reader.therme: no such setting; did you mean reader.theme?" in reader.footer
        await reader.press("escape")
        assert "x star" in reader.footer
        assert app.theme == "newsstand-dark"
        assert file.read_text(encoding="utf-8").startswith("[reader]")


async def test_a_wrong_site_rule_is_said_in_the_same_line_and_the_reader_opens(
    filled: FilledLibrary, clock: Clock, two_papers: Pages, tmp_path: Path
) -> None:
    rule = tmp_path / "sites" / "ferry.toml"
    rule.parent.mkdir()
    rule.write_text('hosts = ["ferry.example"]\nled = ["p.x"]\n', encoding="utf-8")
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    settings = config.load(tmp_path / "config.toml")
    app = NewsstandApp(filled.path, settings, clock=clock, zone=HANOI, offline=True)
    async with app.run_test(size=(120, 40)) as pilot:
        reader = AppDriver(app, pilot)
        await reader.wait_until_idle()
        assert "sites/ferry.toml, line 2: led: no such key in a site rule; did you mean lede?" in reader.footer

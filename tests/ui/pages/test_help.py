"""A person looks a key up, finds it by what it does, and learns by which name the settings bind it."""

from pathlib import Path

import pytest

from reader import config
from reader.commands import COMMANDS
from reader.ui.pages.help import Help, all_keys, columns, find_commands, groups, keys_text
from reader.ui.pages.log import LogPage, log_lines, tail
from reader.ui.theme.theme import appearance_of, themes
from tests.ui.app_driver import AppDriver, FilledLibrary, OpenReader

pytestmark = pytest.mark.usefixtures("two_papers")  # without a source the reader opens on the welcome

THEME = themes("truecolor")[0]
APPEARANCE = appearance_of({**THEME.to_color_system().generate(), **THEME.variables})


def ids(typed: str) -> list[str]:
    return [command.id for command in find_commands(COMMANDS, typed)]


def help_page(reader: AppDriver) -> Help:
    page = reader.app.screen
    assert isinstance(page, Help)
    return page


def test_a_command_is_found_by_key_label_title_group_and_id() -> None:
    assert ids("*")[0] == "star"
    assert ids("^Z") == ["undo"]
    assert ids("ctrl+z") == ["undo"]
    assert ids("gg") == ["top"]
    assert ids("later") == ["save"]
    assert "catalogue" in ids("choose PAPERS")
    assert ids("previous-unread") == ["previous-unread"]
    assert set(ids("mark")) >= {command.id for command in COMMANDS if command.group == "Mark"}
    assert ids("òpên thê pälette") == []
    assert "browser" in ids("BRÖWSER"), "accents and case do not matter"
    assert ids("") == [command.id for command in COMMANDS]
    assert ids("no such thing") == []


def test_a_key_that_was_typed_comes_before_the_words_that_hold_it() -> None:
    assert ids("m")[0] == "read"
    assert ids("M")[:1] != ["read"]
    assert ids("enter")[0] == "enter"


def test_keys_are_written_as_many_as_fit_and_a_command_without_one_goes_by_name() -> None:
    by_id = {command.id: command for command in COMMANDS}
    assert keys_text(by_id["related"]) == "1-9"
    assert keys_text(by_id["down"]) == "j ↓"
    assert keys_text(by_id["log"]) == "by name"
    assert all_keys(by_id["top"]) == ["gg", "Home"]


async def test_the_page_of_keys_is_searched_while_one_types(open_reader: OpenReader) -> None:
    async with open_reader(columns=120, rows=40) as reader:
        await reader.press("?")
        assert "mark unread" in reader.text
        await reader.press("/", "s", "t", "a", "r")
        assert reader.footer.startswith("/  star")
        assert "of " in reader.footer
        line = next(line for line in reader.lines if line.strip().endswith("star") and "*" in line)
        assert line.split() == ["*", "star"]
        assert "mark unread" not in reader.text
        await reader.press("x", "x")
        assert 'No key or command matches "starxx".' in reader.text
        await reader.press("backspace", "backspace", "enter")
        assert "Esc show all" in reader.footer
        await reader.press("escape")
        assert "mark unread" in reader.text
        await reader.press("escape")
        assert not isinstance(reader.app.screen, Help)


async def test_what_a_search_finds_stands_there_whole_with_its_id(open_reader: OpenReader) -> None:
    async with open_reader(columns=80, rows=24) as reader:
        await reader.press("?", "/", *"tab")
        text = " ".join(reader.text.split())
        assert "Copy the link. The link selected with Tab, else that of the story." in text
        assert "y copy " in text
        assert "names for it" not in reader.lines[0]


async def test_a_wide_page_names_the_id_of_every_command(open_reader: OpenReader) -> None:
    async with open_reader(columns=200, rows=50) as reader:
        await reader.press("?")
        words = reader.text.split()
        assert all(command.id in words for command in COMMANDS)


@pytest.mark.parametrize("columns", [20, 40, 80, 120, 200])
async def test_the_page_of_keys_never_spills(open_reader: OpenReader, columns: int) -> None:
    async with open_reader(columns=columns, rows=24) as reader:
        await reader.press("?")
        assert all(len(line) <= columns for line in reader.lines)
        await reader.press("/", *"open")
        assert all(len(line) <= columns for line in reader.lines)
        assert reader.footer.startswith("/ ")


async def test_the_page_shows_the_keys_that_are_bound_now(open_reader: OpenReader, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys]\nstar = "X"\nlog = "ctrl+l"\nundo = []\n')
    commands = config.load(file).commands
    async with open_reader(columns=120, rows=40) as reader:
        reader.app.push_screen(Help(reader.app.main_screen, commands))
        await reader.wait_until_idle()
        rows = [" ".join(line.split()) for line in reader.lines]
        assert any("X star" in row for row in rows)
        assert any("^L the log" in row for row in rows)
        assert any("by name undo" in row for row in rows)


async def test_the_palette_offers_what_has_no_key(open_reader: OpenReader, filled: FilledLibrary) -> None:
    async with open_reader() as reader:
        await reader.press(":", *"the log")
        assert "Show the log" in reader.text
        await reader.press("enter")
        assert isinstance(reader.app.screen, LogPage)
        await reader.press("escape")
        assert not isinstance(reader.app.screen, LogPage)


async def test_the_palette_puts_what_begins_with_the_word_first_and_knows_ids(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press(":", *"lo")
        assert "Show the story alone, or all panes" in reader.text
        assert reader.text.index("Show the log") < reader.text.index("Choose papers from the catalogue")
        await reader.press(*["backspace"] * 2, *"zoom")
        assert "Show the story alone, or all panes" in reader.text


async def test_the_log_shows_its_end_its_path_and_nothing_that_acts(open_reader: OpenReader, tmp_path: Path) -> None:
    path = tmp_path / "newsstand.log"
    lines = [f"2026-11-24 08:{n % 60:02}:00 INFO newsstand.refresh line {n}" for n in range(100)]
    lines += ["2026-11-24 09:00:00 ERROR newsstand.ui an act \x1b]0;owned\x07could not \x1b[31mbe written", "Traceback"]
    path.write_text("\n".join(lines) + "\n")
    async with open_reader(columns=120, rows=30) as reader:
        reader.app.push_screen(LogPage(reader.app.appearance, path))
        await reader.wait_until_idle()
        page = reader.app.screen
        assert isinstance(page, LogPage)
        while not page._lines.scroll_y:  # it goes to its end once it has been laid out
            await reader.pilot.pause()
        assert str(path)[:60] in reader.text
        assert "an act could not be written" in reader.text
        assert "\x1b" not in reader.text
        assert "owned" not in reader.text
        assert "line 99" in reader.text
        assert "line 3 " not in reader.text
        await reader.press("g")
        assert "Errors with their causes" in reader.text
        assert "line 0" in reader.text


@pytest.mark.parametrize("columns", [20, 40, 80])
async def test_a_log_with_long_lines_is_wrapped(open_reader: OpenReader, tmp_path: Path, columns: int) -> None:
    path = tmp_path / "newsstand.log"
    path.write_text("2026-11-24 09:00:00 ERROR newsstand.ui " + "x" * 300 + " the end\n")
    async with open_reader(columns=columns, rows=40) as reader:
        reader.app.push_screen(LogPage(reader.app.appearance, path))
        await reader.wait_until_idle()
        assert all(len(line) <= columns for line in reader.lines)
        await reader.press("G")
        assert "end" in reader.text


async def test_a_log_that_is_not_there_is_no_failure(open_reader: OpenReader, tmp_path: Path) -> None:
    async with open_reader() as reader:
        for path, said in (
            (None, "No log is written this time."),
            (tmp_path / "no.log", "Nothing has been written yet."),
            (tmp_path, "This file cannot be read."),
        ):
            reader.app.push_screen(LogPage(reader.app.appearance, path))
            await reader.wait_until_idle()
            assert said in reader.text
            await reader.press("q")


def test_of_a_large_log_only_the_end_is_read_in_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "newsstand.log"
    path.write_bytes(b"".join(b"line %06d \xff\n" % n for n in range(100_000)))
    lines, cut = tail(path)
    assert cut
    assert lines[-1].startswith("line 099999")
    assert all(line.startswith("line 0") for line in lines)
    assert sum(map(len, lines)) < 200_000
    path.write_text("all of it\n")
    assert tail(path) == (["all of it"], False)


def test_an_error_in_the_log_is_seen_and_what_belongs_to_it_is_indented() -> None:
    error, trace = log_lines(["2026-11-24 09:00:00,123 ERROR ui: no", "    at line 3"], 60, APPEARANCE)
    assert error[0].style is not None
    assert error[0].style.bold
    assert trace[0].text == "    at line 3"


@pytest.mark.parametrize("width", [40, 80, 100, 120, 200])
def test_the_page_of_keys_names_every_command_at_any_width(width: int) -> None:
    labels = [label for column in columns(width) for _, label in column]
    for command in COMMANDS:
        assert command.label in labels
    assert len(columns(120)) == 3
    assert sum(len(group) - 1 for group in groups()) == len(COMMANDS)

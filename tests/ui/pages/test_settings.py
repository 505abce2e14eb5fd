"""The settings page, over real files: a choice is seen at once, kept, taken back; what the user's file sets wins."""

import asyncio
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual import events

from reader import config
from reader.ui.app import NewsstandApp
from reader.ui.article.view import ArticleView
from tests.ui.app_driver import HANOI, AppDriver, Clock, FilledLibrary
from tests.ui.dialog_driver import press, wait_until_idle

Open = Callable[..., AbstractAsyncContextManager[AppDriver]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The user's settings, empty."""
    file = tmp_path / "config.toml"
    file.touch()
    return file


@pytest.fixture
def chosen(file: Path) -> Path:
    """What the reader writes."""
    return file.with_name("chosen.toml")


@pytest.fixture
def opened(filled: FilledLibrary, clock: Clock, file: Path, two_papers: dict[str, int]) -> Open:
    """Open the reader with the settings of these files, and its page of settings."""

    @asynccontextmanager
    async def opened(*keys: str, columns: int = 80, rows: int = 24) -> AsyncIterator[AppDriver]:
        app = NewsstandApp(filled.path, config.load(file), clock=clock, zone=HANOI, offline=True)
        async with app.run_test(size=(columns, rows)) as pilot:
            reader = AppDriver(app, pilot)
            await reader.wait_until_idle()
            await press(reader, *(keys or ("comma",)))
            yield reader

    return opened


def written(chosen: Path) -> dict[str, object]:
    return tomllib.loads(chosen.read_text(encoding="utf-8"))


def is_there(file: Path) -> bool:
    return file.exists()


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def line_of(reader: AppDriver, name: str) -> str:
    """The line of a setting, without the scrollbar."""
    return next(line for line in reader.lines if name in line).rstrip("┃ ")


async def type_text(reader: AppDriver, text: str) -> None:
    await press(reader, *["space" if letter == " " else letter for letter in text])


async def test_it_shows_every_setting_with_its_value_and_what_it_does(opened: Open) -> None:
    async with opened(columns=120, rows=50) as reader:
        assert reader.lines[0] == "  Settings   all at their defaults"
        names = ["Theme", "Line length", "Refresh every", "Stories kept", "Days kept", "Longest wait", "Key set"]
        assert [line_of(reader, name).split()[-0] for name in names]
        assert "longest line of a story, in cells" in line_of(reader, "Line length")
        assert "reader.theme · default: dark, unchanged" in reader.text


async def test_a_theme_is_seen_at_once_and_kept(opened: Open, chosen: Path, file: Path) -> None:
    async with opened() as reader:
        dark = reader.style_of("Headline rows").bgcolor
        await press(reader, "right")
        assert reader.app.theme == "newsstand-light"
        assert reader.style_of("Headline rows").bgcolor != dark
        assert written(chosen) == {"reader": {"theme": "light"}}
        assert "• Theme" in reader.text
        assert reader.lines[0] == "  Settings   1 chosen here"
    assert config.load(file).reader.theme == "light"
    assert text_of(file) == ""


async def test_the_terminals_own_colours_come_and_go(opened: Open) -> None:
    async with opened() as reader:
        await press(reader, "right", "right")
        assert (reader.app.theme, reader.app.native_ansi_color) == ("newsstand-terminal", True)
        await press(reader, "right")
        assert (reader.app.theme, reader.app.native_ansi_color) == ("newsstand-sepia", False)


async def test_a_terminal_of_few_colours_says_that_a_theme_does_nothing(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened() as reader:
        assert "This terminal shows its own colours only." in " ".join(reader.text.split())


async def test_line_length_density_dates_and_panes_are_live(opened: Open) -> None:
    async with opened(columns=160, rows=40) as reader:
        screen = reader.app.main_screen
        await press(reader, "j", "left", "left", "j", "left")
        assert (screen.query_one(ArticleView).measure, screen.list_pane.density) == (70, "compact")
        await press(reader, "j", "j", "left", "j", "right")
        assert screen.session.config.reader.dates == "month-day"
        assert len(screen.window.panes) == 2
        await press(reader, "j", "space", "escape")
        assert "November 16" in reader.lines[0]
        assert "pm" in reader.text


async def test_another_set_of_keys_holds_at_once(opened: Open, chosen: Path) -> None:
    async with opened() as reader:
        await press(reader, "G", "right", "right")
        assert written(chosen) == {"keys": {"set": "arrows"}}
        await press(reader, "escape", "f12")
        assert reader.lines[0].startswith("  Settings")
        await press(reader, "j")
        assert reader.footer == "j does nothing here."
        await press(reader, "down")
        assert "reader.measure" in reader.text


async def test_a_number_is_typed_and_a_wrong_one_is_told(opened: Open, chosen: Path) -> None:
    async with opened("comma", "j", "6") as reader:
        await press(reader, "9", "0", "enter")
        assert reader.footer.startswith("! Line length must be a width in cells (66 to 80), not 690")
        await press(reader, "backspace", "enter")
        assert written(chosen) == {"reader": {"measure": 69}}
        await press(reader, "enter", "x", "enter")
        assert reader.footer == '! "x" is not a number.'
        await press(reader, "escape")
        assert "‹ 69 ›" in line_of(reader, "Line length")


async def test_seconds_may_be_a_fraction(opened: Open, chosen: Path) -> None:
    async with opened() as reader:
        await press(reader, "/")
        await type_text(reader, "wait")
        await press(reader, "enter", "7", "full_stop", "5", "enter")
        assert written(chosen) == {"network": {"seconds": 7.5}}
        assert "Holds from the next start." in reader.text


@pytest.mark.parametrize("key", ["x", "backspace", "delete"])
async def test_a_choice_is_taken_back(opened: Open, chosen: Path, key: str) -> None:
    async with opened() as reader:
        await press(reader, "right", key)
        assert reader.app.theme == "newsstand-dark"
        assert written(chosen) == {"reader": {}}
        await press(reader, key)
        assert reader.footer == "Theme has its default already."


async def test_undo_goes_back_step_by_step(opened: Open, chosen: Path) -> None:
    async with opened() as reader:
        await press(reader, "right", "j", "right", "x", "ctrl+z")
        assert written(chosen) == {"reader": {"theme": "light", "measure": 73}}
        await press(reader, "ctrl+z", "ctrl+z")
        assert (reader.app.theme, written(chosen)) == ("newsstand-dark", {"reader": {}})
        await press(reader, "ctrl+z")
        assert reader.footer == "No setting was changed here since this page was opened."


async def test_what_the_users_file_sets_says_so_and_stays(opened: Open, chosen: Path, file: Path) -> None:
    await asyncio.to_thread(file.write_text, '[reader]\ntheme = "nord"\nmeasure = 70\n')
    async with opened() as reader:
        assert reader.lines[0] == "  Settings   2 set in config.toml"
        assert "set in config.toml; change it" in line_of(reader, "Theme")
        for key in ("right", "enter", "x", "backspace"):
            await press(reader, key)
            assert reader.footer.startswith("reader.theme is set in"), key
        await press(reader, "j", "7")
        assert reader.footer.startswith("reader.measure is set in")
        assert (reader.app.theme, is_there(chosen)) == ("nord", False)
        await press(reader, "escape", "colon")
        await type_text(reader, "sepia")
        await press(reader, "enter")
        assert reader.footer.startswith("! config.toml sets it, and that wins: change it there.")
    assert text_of(file) == '[reader]\ntheme = "nord"\nmeasure = 70\n'


async def test_a_line_length_set_while_reading_is_shown_and_gives_way(opened: Open, chosen: Path, file: Path) -> None:
    async with opened("enter", "greater_than_sign", "greater_than_sign", "comma", "j") as reader:
        assert "76" in line_of(reader, "Line length")
        assert "set with < and >" in reader.text
        await press(reader, "right")
        assert reader.app.main_screen.query_one(ArticleView).measure == 77
        await press(reader, "x")
        assert reader.app.main_screen.query_one(ArticleView).measure == 72
    async with opened() as reader:
        assert reader.app.main_screen.query_one(ArticleView).measure == 72


async def test_words_filter_it_accents_and_case_do_not_matter(opened: Open) -> None:
    async with opened("comma", "/") as reader:
        await type_text(reader, "MEGAbytes unp")
        assert "Largest unpacked" in reader.text
        assert "Theme" not in reader.text
        await press(reader, "z")
        assert 'No setting matches "MEGAbytes unpz".' in reader.text
        await press(reader, "escape")
        assert "Theme" in reader.text
        await press(reader, "escape")
        assert "Settings" not in reader.lines[0]


async def test_it_is_opened_from_the_palette_at_a_setting(opened: Open) -> None:
    async with opened("colon") as reader:
        await type_text(reader, "longest wait")
        assert "Longest wait" in reader.text
        await press(reader, "enter")
        assert line_of(reader, "Longest wait").lstrip().startswith("▌")


async def test_the_palette_has_every_theme(opened: Open, chosen: Path) -> None:
    async with opened("colon") as reader:
        await type_text(reader, "theme: sep")
        await press(reader, "enter")
        assert (reader.app.theme, written(chosen)) == ("newsstand-sepia", {"reader": {"theme": "sepia"}})


@pytest.mark.parametrize(
    ("typed", "page"), [("newsboat", "import"), ("OPML subs", "export"), ("preferences", "settings")]
)
async def test_the_palette_knows_commands_by_the_names_of_the_command_line(opened: Open, typed: str, page: str) -> None:
    async with opened("colon") as reader:
        await type_text(reader, typed)
        await press(reader, "enter")
        assert reader.app.screen.id == page


async def test_the_mouse_goes_to_a_setting_and_changes_it(opened: Open) -> None:
    async with opened() as reader:
        for y, x in ((4, 12), (4, 30), (5, 12)):
            await reader.pilot.click(offset=(x, y))
            await wait_until_idle(reader)
        assert reader.app.theme == "newsstand-light"
        assert line_of(reader, "Line length").lstrip().startswith("▌")
        at = line_of(reader, "Line length").index("‹")
        await reader.pilot.click(offset=(at, 5))
        await wait_until_idle(reader)
        assert reader.app.session.config.reader.measure == 71


async def test_what_cannot_be_kept_holds_and_says_so(opened: Open, chosen: Path) -> None:
    await asyncio.to_thread(chosen.mkdir)
    async with opened() as reader:
        await press(reader, "escape", "escape", "comma", "right")
        assert reader.app.theme == "newsstand-light"
        assert reader.footer.startswith("! This holds until you quit: chosen.toml cannot be")


async def test_what_was_chosen_is_on_the_disk_when_the_reader_is_left(opened: Open, chosen: Path) -> None:
    async with opened() as reader:
        for _ in range(5):
            reader.app.screen.post_message(events.Key("right", None))
        await reader.pilot.pause()
        reader.app.leave()
    theme = config.load(chosen.with_name("config.toml")).reader.theme
    assert written(chosen) == {"reader": {"theme": theme}}
    assert theme != "dark"


@pytest.mark.parametrize(("columns", "rows"), [(40, 12), (80, 24), (120, 40), (200, 50)])
async def test_every_line_fits_at_every_size(opened: Open, columns: int, rows: int) -> None:
    async with opened("comma", "end", columns=columns, rows=rows) as reader:
        strips = reader.app.screen._compositor.render_strips()
        assert {strip.cell_length for strip in strips} == {columns}
        assert line_of(reader, "Key set").lstrip().startswith("▌")
        await press(reader, "home")
        assert "How it looks" in reader.text


async def test_what_is_typed_takes_the_place_of_the_old_value(opened: Open, chosen: Path) -> None:
    async with opened("comma", "j", "enter") as reader:
        await press(reader, "7", "8", "enter")
        assert written(chosen) == {"reader": {"measure": 78}}
        await press(reader, "enter", "left", "right", "end", "0", "enter")
        assert reader.footer.startswith("! Line length must be a width in cells (66 to 80), not 780")

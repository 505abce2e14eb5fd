"""The main screens as pictures: each must look as it did when a person last looked at its snapshot and took it.

The snapshots lie in `__snapshots__/test_snapshots/`, one SVG a test, and open in any browser. CONTRIBUTING says how to
take new ones. What a screen does is tested where its code is; here it is only seen that nothing moved by accident.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widgets import Input

from reader import config
from reader.news.subscriptions import FoundFeeds
from reader.ui.app import NewsstandApp
from tests.ui.app_driver import HANOI, AppDriver, Clock, FilledLibrary
from tests.ui.dialog_driver import paste, press, wait_until_idle
from tests.ui.sample_library import CATALOGUE, fill, found_feeds, let_two_fail

Steps = Callable[[AppDriver], Awaitable[None]]


class SnapCompare(Protocol):
    """The fixture of pytest-textual-snapshot, as it is used here."""

    def __call__(
        self,
        app: NewsstandApp,
        *,
        terminal_size: tuple[int, int],
        run_before: Callable[[Pilot[None]], Awaitable[None]],
    ) -> bool: ...


class LooksTheSame(Protocol):
    """Open the reader, press keys, then do `then`; say whether its screen is the snapshot of this test."""

    def __call__(
        self, *keys: str, columns: int = 80, rows: int = 24, then: Steps | None = None, theme: str = "dark"
    ) -> bool: ...


@pytest.fixture
def looks_the_same(
    filled: FilledLibrary, clock: Clock, snap_compare: SnapCompare, monkeypatch: pytest.MonkeyPatch
) -> LooksTheSame:
    """Over the library as the test leaves it; nothing is fetched, and the clock stands still."""
    monkeypatch.delenv("COLORFGBG", raising=False)  # where a terminal says so, its 16 colours are for a light ground

    def compare(*keys: str, columns: int = 80, rows: int = 24, then: Steps | None = None, theme: str = "dark") -> bool:
        settings = config.load()
        settings = replace(
            settings,
            reader=replace(settings.reader, theme=theme),
            refresh=replace(settings.refresh, at_start=False),
        )
        app = NewsstandApp(filled.path, settings, clock=clock, zone=HANOI)

        async def run_before(pilot: Pilot[None]) -> None:
            reader = AppDriver(app, pilot)
            await wait_until_idle(reader)
            await press(reader, *keys)
            if then is not None:
                await then(reader)
            for field in app.screen.query(Input):
                field.cursor_blink = False  # and the cursor is seen
            await wait_until_idle(reader)

        same = snap_compare(app, terminal_size=(columns, rows), run_before=run_before)
        if not same:
            pytest.fail("snapshot_report.html shows what differs; --snapshot-update where it should.", pytrace=False)
        return same

    return compare


@pytest.fixture
def sample(filled: FilledLibrary) -> None:
    fill(filled)


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real catalogue is data that changes, and its papers are real."""
    monkeypatch.setattr("reader.lists.catalogue.papers", lambda: CATALOGUE)


@pytest.mark.usefixtures("sample")
def test_main_80x24(looks_the_same: LooksTheSame) -> None:
    assert looks_the_same()


@pytest.mark.usefixtures("sample")
def test_main_120x40(looks_the_same: LooksTheSame) -> None:
    assert looks_the_same(columns=120, rows=40)


@pytest.mark.usefixtures("sample")
def test_main_200x50(looks_the_same: LooksTheSame) -> None:
    assert looks_the_same(columns=200, rows=50)


@pytest.mark.usefixtures("sample")
def test_story_80x24(looks_the_same: LooksTheSame) -> None:
    assert looks_the_same("enter")


@pytest.mark.usefixtures("sample")
def test_story_to_its_end_120x40(looks_the_same: LooksTheSame) -> None:
    assert looks_the_same("enter", "G", columns=120, rows=40)


@pytest.mark.usefixtures("sample")
def test_story_light_80x24(looks_the_same: LooksTheSame) -> None:
    assert looks_the_same("enter", theme="light")


@pytest.mark.usefixtures("sample")
def test_main_high_contrast_80x24(looks_the_same: LooksTheSame) -> None:
    assert looks_the_same(theme="high-contrast")


@pytest.mark.usefixtures("sample")
def test_main_16_colours_80x24(looks_the_same: LooksTheSame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLORTERM", "")
    assert looks_the_same()


@pytest.mark.usefixtures("sample")
def test_story_no_color_80x24(looks_the_same: LooksTheSame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert looks_the_same("enter")


@pytest.mark.usefixtures("sample")
def test_sources_80x24(looks_the_same: LooksTheSame) -> None:
    assert looks_the_same("h")


@pytest.mark.usefixtures("sample")
def test_filter_80x24(looks_the_same: LooksTheSame) -> None:
    assert looks_the_same("slash", *"the")


@pytest.mark.usefixtures("sample")
def test_help_80x24(looks_the_same: LooksTheSame) -> None:
    assert looks_the_same("question_mark")


@pytest.mark.usefixtures("sample")
def test_palette_80x24(looks_the_same: LooksTheSame) -> None:
    assert looks_the_same("colon", *"st")


@pytest.mark.usefixtures("sample", "catalogue")
def test_catalogue_80x24(looks_the_same: LooksTheSame) -> None:
    assert looks_the_same("C")


@pytest.mark.usefixtures("catalogue")
def test_welcome_80x24(looks_the_same: LooksTheSame) -> None:
    async def until_it_is_there(reader: AppDriver) -> None:
        for _ in range(500):
            if reader.app.screen.id == "welcome":
                break
            await reader.pilot.pause()
        await wait_until_idle(reader)

    assert looks_the_same(then=until_it_is_there)


@pytest.mark.usefixtures("sample")
def test_add_source_80x24(looks_the_same: LooksTheSame, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    async def find(*_: object) -> FoundFeeds:
        return found_feeds(clock.now)

    async def look_up(reader: AppDriver) -> None:
        await paste(reader, "tidings.example")
        await press(reader, "enter")

    monkeypatch.setattr(
        "reader.news.subscriptions.find", find
    )  # a real server's address would have another port each time
    assert looks_the_same("a", then=look_up)


@pytest.mark.usefixtures("sample")
def test_source_settings_80x24(looks_the_same: LooksTheSame) -> None:
    assert looks_the_same("h", "G", "e")


@pytest.mark.usefixtures("sample")
def test_settings_80x24(looks_the_same: LooksTheSame) -> None:
    assert looks_the_same("comma", "j")


@pytest.mark.usefixtures("sample")
def test_settings_120x40(looks_the_same: LooksTheSame) -> None:
    assert looks_the_same("comma", "j", columns=120, rows=40)


@pytest.mark.usefixtures("sample")
def test_failing_sources_80x24(looks_the_same: LooksTheSame, filled: FilledLibrary) -> None:
    let_two_fail(filled)
    assert looks_the_same("!")


def test_no_snapshot_is_left_over() -> None:
    """Side by side, which is how the tests run, syrupy does not say so itself."""
    kept = {path.stem for path in (Path(__file__).parent / "__snapshots__" / Path(__file__).stem).iterdir()}
    assert kept <= set(globals())

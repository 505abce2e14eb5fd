"""A list that scrolls: it moves no further than what is to be seen asks for."""

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Size

from reader.ui.base.lines_view import LinesView
from reader.ui.theme.scrollbar import ThinScrollbar, ThinScrollbarWithTrack
from tests.ui.headlines.sample_row import APPEARANCE


class Lines(App[None]):
    """Fifty lines and nothing else."""

    def compose(self) -> ComposeResult:
        self.view = LinesView(lambda: APPEARANCE)
        yield self.view

    def on_mount(self) -> None:
        self.view.virtual_size = Size(20, 50)


@pytest.mark.parametrize(
    ("start", "first", "last", "top"),
    [
        (10, 12, 14, 10),  # in sight already
        (10, 8, 9, 8),  # above: its first line comes to the top
        (10, 19, 21, 12),  # below: its last line comes to the foot
        (10, 9, 30, 9),  # higher than the view, from above
    ],
)
async def test_it_scrolls_as_little_as_shows_the_lines(start: int, first: int, last: int, top: int) -> None:
    app = Lines()
    async with app.run_test(size=(20, 10)) as pilot:
        app.view.scroll_to(y=start, animate=False)
        await pilot.pause()
        app.view.reveal(first, last)
        await pilot.pause()
        assert app.view.scroll_offset.y == top


async def test_its_scrollbar_is_thin_and_a_rule_where_that_is_asked_for() -> None:
    app = Lines()
    async with app.run_test(size=(20, 10)):
        assert app.view.vertical_scrollbar.renderer is ThinScrollbar
        app.view.show_track(True)
        assert app.view.vertical_scrollbar.renderer is ThinScrollbarWithTrack

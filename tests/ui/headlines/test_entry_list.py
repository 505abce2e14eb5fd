"""A list of 200,000 headlines costs what the visible ones cost: rows are read by id, few at a time, as seen."""

from array import array
from collections.abc import Sequence
from dataclasses import replace

import pytest
from textual.app import App, ComposeResult

from reader.store import Listing, Row
from reader.ui.headlines.entry_list import ROWS_AT_ONCE, EntryList, ListOptions
from tests.ui.app_driver import HANOI, NOW
from tests.ui.headlines.sample_row import APPEARANCE, ROW

MANY = 200_000


class Shown(App[None]):
    """A list and nothing else."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.read: list[int] = []
        now = int(NOW.timestamp())
        self.listing = Listing(array("q", range(1, count + 1)), array("q", (now - 300 * n for n in range(count))))

    def rows(self, pages: Sequence[int], source: int | None) -> dict[int, Row]:
        self.read.append(len(pages))
        return {page: replace(ROW, page=page, title=f"Headline {page}") for page in pages}

    def compose(self) -> ComposeResult:
        self.list = EntryList(self.rows, lambda: NOW.timestamp(), HANOI, lambda: APPEARANCE)
        self.list.styles.overflow_y = "scroll"
        self.list.styles.scrollbar_size_vertical = 1
        yield self.list

    def on_mount(self) -> None:
        self.list.focus()
        self.list.show(self.listing, ListOptions())

    @property
    def text(self) -> str:
        strips = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def test_only_what_is_seen_is_read() -> None:
    app = Shown(MANY)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        assert "● Headline 1\n" in app.text
        assert sum(app.read) <= 2 * ROWS_AT_ONCE
        app.list.go(MANY - 1)
        await pilot.pause()
        assert f"▌ ● Headline {MANY}\n" in app.text
        assert max(app.read) <= ROWS_AT_ONCE
        assert sum(app.read) <= 4 * ROWS_AT_ONCE


async def test_the_cursor_is_always_in_sight_and_stops_at_both_ends() -> None:
    app = Shown(300)
    async with app.run_test(size=(60, 30)) as pilot:
        for step in (1, 7, 500, -3, -900, 44):
            app.list.move(step)
            await pilot.pause()
            assert f"Headline {app.list.page}" in app.text
        assert app.list.cursor == 44


@pytest.mark.parametrize("share", [1.0, 0.5])
async def test_pages_go_down_and_up_again_to_where_one_was(share: float) -> None:
    app = Shown(300)
    async with app.run_test(size=(60, 30)) as pilot:
        app.list.page_by(share)
        first = app.list.cursor
        assert first >= 1
        app.list.page_by(share)
        app.list.page_by(-share)
        await pilot.pause()
        assert app.list.cursor == first


async def test_going_to_the_first_row_shows_its_day_too() -> None:
    app = Shown(300)
    async with app.run_test(size=(60, 30)) as pilot:
        app.list.go(250)
        app.list.go(0)
        await pilot.pause()
        assert app.text.startswith("  Today  Saturday 16 November")


async def test_a_row_that_was_marked_is_drawn_as_it_was_given() -> None:
    app = Shown(5)
    async with app.run_test(size=(60, 30)) as pilot:
        row = app.list.row_of(1)
        assert row is not None
        app.list.replace_row(replace(row, read=True, starred=False))
        await pilot.pause()
        assert "    Headline 2\n" in app.text
        app.list.reload_rows([row.page])
        await pilot.pause()
        assert "  ● Headline 2\n" in app.text


async def test_shown_anew_the_cursors_row_stays_at_the_same_height() -> None:
    app = Shown(300)
    async with app.run_test(size=(60, 30)) as pilot:
        app.list.go(40)
        await pilot.pause()
        before = [number for number, line in enumerate(app.text.split("\n")) if "Headline 41" in line]
        newer = Listing(
            array("q", range(900, 905)) + app.listing.pages, array("q", [app.listing.times[0]] * 5) + app.listing.times
        )
        app.list.show(newer, ListOptions(), keep=41)
        await pilot.pause()
        after = [number for number, line in enumerate(app.text.split("\n")) if "Headline 41" in line]
        assert (before, app.list.page) == (after, 41)


async def test_scrolled_away_a_key_brings_the_cursor_back_and_a_click_chooses() -> None:
    app = Shown(300)
    async with app.run_test(size=(60, 30)) as pilot:
        await pilot.click("EntryList", offset=(8, 6))
        await pilot.pause()
        assert app.list.page == 2
        app.list.scroll_to(y=400, animate=False)
        await pilot.pause()
        assert "Headline 101" in app.text
        app.list.move(1)
        await pilot.pause()
        assert "Headline 3\n" in app.text

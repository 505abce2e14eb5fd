"""Which keys the footer shows."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.commands import PaneName
from reader.ui.main import footer
from reader.ui.main.footer import hints
from reader.ui.main.pane_widths import PANES
from tests.ui.app_driver import OpenReader


def test_the_footer_drops_from_the_right_but_all_keys_is_always_there() -> None:
    wide, narrow = hints("headlines", 200), hints("headlines", 60)
    assert wide[:2] == [("Enter", "open"), ("n", "next unread")]
    assert narrow[-1] == ("?", "all keys")
    assert narrow[:-1] == wide[: len(narrow) - 1]
    assert hints("article", 10) == [("?", "all keys")]


def test_related_stories_are_offered_only_where_there_are_some() -> None:
    assert ("1-9", "related") in hints("article", 200)
    assert ("1-9", "related") not in hints("article", 200, related=False)


async def test_an_error_stands_beside_the_keys_and_goes_with_the_next_one(
    open_reader: OpenReader, two_papers: dict[str, int]
) -> None:
    async with open_reader(columns=80, rows=24) as reader:
        screen = reader.app.main_screen
        screen.say("The Tide: no answer within 20 seconds. What was kept is still here.", "error")
        await reader.wait_until_idle()
        assert reader.footer.startswith("! The Tide: no answer within 20 seconds.")
        assert reader.footer.endswith("? all keys")
        screen.say("Nothing new.")
        await reader.wait_until_idle()
        assert reader.footer.startswith("! The Tide"), "what comes by itself does not take its place"
        await reader.press("j")
        assert reader.footer.startswith("Enter open")


async def test_an_error_goes_after_a_while(
    open_reader: OpenReader, two_papers: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(footer, "ERROR_SECONDS", 0.01)
    async with open_reader() as reader:
        reader.app.main_screen.say("It went wrong.", "error")
        await asyncio.sleep(0.05)
        await reader.wait_until_idle()
        assert reader.footer.startswith("Enter open")


@given(st.integers(20, 200), st.sampled_from(PANES))
def test_the_footer_always_fits(width: int, pane: PaneName) -> None:
    shown = hints(pane, width)
    assert sum(len(key) + 1 + len(label) for key, label in shown) + 3 * (len(shown) - 1) + 4 <= width or len(shown) == 1

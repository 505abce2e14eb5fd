"""What is closed is gone: no page, dialog or field stays in memory once it was closed, nor what it had drawn."""

import asyncio
import gc
import time
from collections import Counter
from typing import TypeVar

import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.strip import Strip
from textual.widget import Widget

from reader.ui.theme.textual_caches import STYLES, bound_caches
from tests.ui.app_driver import AppDriver, OpenReader

T = TypeVar("T")

TIMES = 6
GIVE_UP = 10.0
"""Seconds after which what is still there stays: a timer or a message under way may hold the last ones for a while."""


def alive(kind: type[T]) -> list[T]:
    """Return all of a kind that are in memory."""
    gc.collect()
    return [thing for thing in gc.get_objects() if isinstance(thing, kind)]


async def open_and_close(reader: AppDriver, act: str) -> None:
    """Open what a key, or a command without one, opens; close it, and the list's filter."""
    if act in ("log", "import", "export"):
        reader.app.main_screen.run_command(act)
        await reader.wait_until_idle()
    else:
        await reader.press(act)
    for _ in range(3):
        await reader.press("escape")


@pytest.mark.parametrize(
    "act",
    [
        *("comma", "slash", "C", "e"),
        *(
            pytest.param(act, marks=pytest.mark.long)
            for act in ("question_mark", "colon", "exclamation_mark", "a", "log", "import", "export")
        ),
    ],
)
async def test_what_was_opened_and_closed_is_gone(
    open_reader: OpenReader, two_papers: dict[str, int], act: str
) -> None:
    async with open_reader() as reader:
        await open_and_close(reader, act)
        widgets, caches = len(alive(Widget)), len(alive(StylesCache))
        for _ in range(TIMES):
            await open_and_close(reader, act)
        end = time.monotonic() + GIVE_UP
        # The last opening's may still be held for a while: what each opening leaves would be as many as these at least.
        while max(more := (len(alive(Widget)) - widgets, len(alive(StylesCache)) - caches)) >= TIMES:
            assert time.monotonic() < end, f"{more[0]} widgets, {more[1]} caches: {Counter(map(type, alive(Widget)))}"
            await asyncio.sleep(0.1)


def test_the_colours_of_a_line_are_what_textual_says() -> None:
    bound_caches()
    bound_caches()
    ground, over = Color.parse("#102030"), Color.parse("#ff000080")
    inner, outer = StylesCache().get_inner_outer(ground, over)
    assert (inner.background, outer.background) == (ground + over, ground)


def test_styles_that_are_each_seen_once_are_not_remembered_for_ever() -> None:
    bound_caches()

    for place in range(3 * STYLES):
        assert (
            Strip.render_ansi(Style(color="#ff0000", meta={"offset": (place, 0)}), ColorSystem.TRUECOLOR)
            == "38;2;255;0;0"
        )
    assert Strip.render_ansi.cache_info().currsize <= STYLES

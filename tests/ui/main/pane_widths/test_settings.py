"""How wide panes are once a person has set it, and stories alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.commands import PaneName
from reader.ui.main.pane_widths import NARROWEST, PANES, PaneSettings, parse_settings, resized, visible_panes, window

SETTINGS = st.builds(PaneSettings, st.none() | st.integers(1, 400), st.none() | st.integers(1, 400), st.booleans())


@given(st.integers(1, 400), st.sampled_from(PANES), st.integers(0, 2), SETTINGS, st.integers(1, 3))
def test_panes_always_fill_the_screen_and_the_one_in_focus_is_shown(
    columns: int, focus: PaneName, first: int, settings: PaneSettings, most: int
) -> None:
    found = visible_panes(columns, focus, first, settings, most)
    assert sum(found.widths) == columns
    assert focus in found.panes
    assert len(found.widths) <= most
    assert found.single or min(found.widths) >= NARROWEST


@pytest.mark.parametrize("columns", [40, 80, 120, 160, 200])
def test_who_sets_nothing_gets_what_the_screen_gives(columns: int) -> None:
    for focus in PANES:
        assert visible_panes(columns, focus, 1, PaneSettings()) == window(columns, focus, 1)


@given(SETTINGS)
def test_what_was_set_is_read_again(settings: PaneSettings) -> None:
    assert parse_settings(settings.to_json()) == settings


@pytest.mark.parametrize("damaged", [None, "", "[1]", "{", '{"sources": "wide"}', '{"headlines": -3, "alone": 1}'])
def test_what_is_damaged_is_as_if_nothing_was_set(damaged: str | None) -> None:
    assert parse_settings(damaged) == PaneSettings()


def test_a_pane_grows_at_its_rule_and_the_last_one_at_its_left() -> None:
    now = window(200, "headlines", 0)
    wider = resized(200, "headlines", now, PaneSettings(), 4)
    assert visible_panes(200, "headlines", 0, wider).widths == (28, 64, 108)
    assert visible_panes(200, "article", 0, resized(200, "article", now, PaneSettings(), 4)).widths == (28, 56, 116)


@given(st.integers(120, 300), st.sampled_from(PANES), st.integers(-400, 400))
def test_no_pane_is_ever_squeezed_away(columns: int, focus: PaneName, step: int) -> None:
    now = window(columns, focus, 0)
    after = visible_panes(columns, focus, now.first, resized(columns, focus, now, PaneSettings(), step))
    assert min(after.widths) >= NARROWEST


def test_a_story_alone_takes_the_screen_and_the_lists_stay_as_they_are() -> None:
    assert visible_panes(200, "article", 0, PaneSettings(alone=True)).widths == (200,)
    assert visible_panes(200, "headlines", 0, PaneSettings(alone=True)) == window(200, "headlines", 0)

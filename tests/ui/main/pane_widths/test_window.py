"""The window on the three panes: which are shown, how wide, and that it moves only when the focus would leave it."""

from hypothesis import given
from hypothesis import strategies as st

from reader.commands import PaneName
from reader.ui.main.pane_widths import PANES, PaneSettings, Window, visible_panes, window


def test_a_wide_screen_shows_all_three_in_the_widths_of_the_look() -> None:
    assert window(200, "headlines", 0) == Window(0, (28, 60, 112))
    assert window(140, "article", 0).widths == (24, 42, 74)


def test_at_120_columns_two_neighbours_are_shown() -> None:
    assert window(120, "headlines", 1) == Window(1, (46, 74))
    assert window(120, "sources", 1) == Window(0, (34, 86))


def test_going_from_sources_to_headlines_moves_the_focus_and_not_the_window() -> None:
    assert window(120, "headlines", 0).panes == ("sources", "headlines")
    assert window(120, "article", 0).panes == ("headlines", "article")


def test_below_120_columns_the_pane_in_focus_has_the_whole_screen() -> None:
    shape = window(80, "article", 0)
    assert (shape.panes, shape.widths, shape.single) == (("article",), (80,), True)


def test_a_wide_list_has_the_whole_width_until_a_story_is_read() -> None:
    def shown(columns: int, focus: PaneName, most: int = 3) -> tuple[PaneName, ...]:
        return visible_panes(columns, focus, 0, PaneSettings(), most, wide_list=True).panes

    assert shown(120, "headlines") == ("headlines",)
    assert shown(120, "sources") == ("sources",)
    assert shown(120, "article") == ("headlines", "article")
    assert shown(200, "headlines") == shown(200, "sources") == ("sources", "headlines")
    assert shown(200, "headlines", 1) == ("headlines",)
    assert visible_panes(200, "headlines", 0, PaneSettings(sources=40), wide_list=True).widths == (40, 160)


def test_a_span_says_where_the_heavy_rule_lies() -> None:
    assert window(200, "headlines", 0).span("headlines") == (28, 60)


@given(st.integers(1, 400), st.sampled_from(PANES), st.integers(0, 2))
def test_the_focus_is_always_in_the_window_and_the_widths_fill_the_screen(
    columns: int, focus: PaneName, first: int
) -> None:
    shape = window(columns, focus, first)
    assert focus in shape.panes
    assert sum(shape.widths) == columns
    assert min(shape.widths) > 0
    assert window(columns, focus, shape.first) == shape

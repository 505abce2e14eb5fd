"""A headline drawn: always exactly as wide as its pane, in the weights and colours that say what it is."""

from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from reader.models import Enclosure
from reader.store import Row
from reader.text import clean_line
from reader.ui.app import NewsstandApp  # noqa: F401 (the look's themes are registered by it)
from reader.ui.headlines.rows import (
    HEIGHTS,
    Cursor,
    Density,
    RowStyle,
    density_for,
    heading_line,
    row_facts,
    row_lines,
    row_time,
)
from tests.ui.headlines.sample_row import APPEARANCE, NOW, ROW


def row_style(
    width: int = 60,
    density: Density = "comfortable",
    *,
    mixed: bool = True,
    by_time: bool = True,
    offline: bool = False,
) -> RowStyle:
    return RowStyle(APPEARANCE, width, density, now=NOW, mixed=mixed, by_time=by_time, offline=offline)


def text(line: Iterable[Segment]) -> str:
    return "".join(segment.text for segment in line)


def test_a_comfortable_row_has_its_summary_where_one_line_holds_the_headline() -> None:
    lines = [text(line).rstrip() for line in row_lines(ROW, row_style(45), "none")]
    assert lines == [
        "  ● Làng gốm mở xưởng ban đêm",
        "    Khách xếp hàng từ chiều",
        "    Kinh tế Sáng · 13:12 · 4 min        ★ ↓",
        "",
    ]


def test_a_row_of_one_paper_does_not_name_it() -> None:
    assert row_facts(ROW, row_style(mixed=False), 40) == "13:12 · 4 min"


def test_what_changed_says_so_and_is_bold_again() -> None:
    row = replace(ROW, read=True, changed=True)
    assert row_facts(row, row_style(), 60) == "Kinh tế Sáng · 13:12 · 4 min · updated"
    first = row_lines(row, row_style(), "none")[0]
    assert text(first).startswith("  ○ ")
    assert first[2].style is not None
    assert first[2].style.bold


def test_without_a_network_what_is_not_kept_goes_dim_and_says_so() -> None:
    row = replace(ROW, kept=False, minutes=None)
    lines = row_lines(row, row_style(offline=True), "none")
    assert lines[0][2].style == APPEARANCE.style(APPEARANCE.dim)
    assert "13:12 · not kept" in text(lines[2])


def test_the_paper_gives_way_where_the_row_is_tight() -> None:
    row = replace(ROW, paper="Nhật báo của một thành phố rất dài tên")
    assert row_facts(row, row_style(), 30) == "Nhật báo của… · 13:12 · 4 min"


def test_a_list_that_does_not_go_by_time_shows_the_day() -> None:
    old = replace(ROW, time=ROW.time - 3 * 86400)
    assert row_time(old, row_style(by_time=False)) == "13 Nov"
    assert row_time(ROW, row_style(by_time=False)) == "13:12"


@pytest.mark.parametrize(
    ("setting", "width", "height", "density"),
    [
        ("auto", 80, 22, "snug"),
        ("auto", 46, 22, "comfortable"),
        ("auto", 80, 36, "comfortable"),
        ("compact", 46, 40, "compact"),
    ],
)
def test_auto_is_snug_in_a_wide_low_pane(setting: str, width: int, height: int, density: str) -> None:
    assert density_for(setting, width, height) == density


def test_a_day_heading_fills_its_line() -> None:
    line = heading_line(NOW.date(), row_style(45))
    assert text(line) == "  Today  Saturday 16 November".ljust(45)


TITLES = st.text(st.sampled_from("abc đẩy Thủ đô 海辺の図書館 e\u0301 [/] ‍👩‍👧 W"), max_size=120).map(clean_line)


@given(
    st.builds(
        replace,
        st.just(ROW),
        title=TITLES,
        summary=TITLES,
        paper=TITLES,
        short=TITLES,
        read=st.booleans(),
        starred=st.booleans(),
        kept=st.booleans(),
        changed=st.booleans(),
        minutes=st.none() | st.integers(1, 999),
    ),
    st.integers(38, 120),
    st.sampled_from(get_args(Density)),
    st.sampled_from(get_args(Cursor)),
    st.booleans(),
    st.booleans(),
)
def test_every_line_of_every_row_is_exactly_as_wide_as_the_pane(
    row: Row, width: int, density: Density, cursor: Cursor, mixed: bool, offline: bool
) -> None:
    lines = row_lines(row, row_style(width, density, mixed=mixed, offline=offline), cursor)
    assert len(lines) == HEIGHTS[density]
    for line in lines:
        assert Strip(line).cell_length == width
        assert abs(cell_len(text(line)) - width) <= 2  # a joiner at a seam between two segments counts otherwise


def test_a_short_headline_without_a_summary_has_its_facts_right_below() -> None:
    lines = [text(line).rstrip() for line in row_lines(replace(ROW, summary=None), row_style(45), "none")]
    assert lines[0] == "  ● Làng gốm mở xưởng ban đêm"
    assert lines[1].startswith("    ")
    assert "13:" in lines[1]
    assert lines[2:] == ["", ""]


def test_of_an_episode_the_row_says_how_long_it_plays() -> None:
    files = (Enclosure("https://a.example/1.pdf"), Enclosure("https://a.example/1.mp3", duration=3720))
    assert row_facts(replace(ROW, enclosures=files), row_style(mixed=False), 40) == "13:12 · 1 h 2 min"


def test_a_row_whose_headline_is_all_of_its_text_says_it_once() -> None:
    lines = [text(line) for line in row_lines(replace(ROW, summary=ROW.title), row_style(45), "none")]
    assert sum(ROW.title in line for line in lines) == 1
    assert len(lines) == HEIGHTS["comfortable"]

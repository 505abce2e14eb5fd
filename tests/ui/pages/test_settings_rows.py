"""Settings as rows: how they step, what is typed, what is said; and that each has words of its own."""

from dataclasses import replace
from pathlib import Path

import pytest

from reader import config
from reader.config.chosen import Value, problem
from reader.ui.pages.settings_rows import fitting_rows, parsed, row_line, setting_rows, stepped
from reader.ui.text.cells import cut
from reader.ui.theme.theme import Appearance
from reader.words import settings as settings_words
from tests.ui.article.sample_story import APPEARANCE

ROWS = setting_rows(config.load(Path("/dev/null")))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_setting_has_a_name_and_an_explanation(row: object) -> None:
    names = {one.name: settings_words.setting_name(one.name) for one in ROWS}
    assert all(name and about and ":" not in name for name, about in names.values()), names


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_step_is_a_value_that_the_setting_may_have(row: object) -> None:
    for one in ROWS:
        at = one
        for step in (1, 1, -1, -1, -1, 1):
            at = replace(at, value=stepped(at, step))
            assert problem(at.name, at.value) == "", at


@pytest.mark.parametrize(
    ("name", "value", "up", "down"),
    [
        ("reader.measure", 80, 80, 79),
        ("refresh.every", 31, 35, 30),
        ("refresh.every", 1, 5, 1),
        ("offline.articles", 400, 450, 350),
        ("refresh.at_start", True, False, False),
        ("reader.clock", 12, 24, 24),
        ("network.seconds", 7.5, 10.0, 5.0),
    ],
)
def test_numbers_go_by_whole_steps_and_choices_round(name: str, value: Value, up: Value, down: Value) -> None:
    row = replace(next(one for one in ROWS if one.name == name), value=value)
    assert (stepped(row, 1), stepped(row, -1)) == (up, down)


@pytest.mark.parametrize(
    ("typed", "value"), [("70", 70), (" 70 ", 70), ("70.5", 70.5), ("x", None), ("inf", None), ("", None)]
)
def test_what_is_typed_for_a_number(typed: str, value: Value | None) -> None:
    assert parsed(next(row for row in ROWS if row.name == "reader.measure"), typed) == value


def test_rows_are_found_by_section_name_and_explanation() -> None:
    assert [row.name for row in fitting_rows(ROWS, "OFFLINE step")] == ["offline.related"]
    assert len(fitting_rows(ROWS, "")) == len(ROWS)


@pytest.mark.parametrize("width", [20, 36, 76, 88])
def test_a_line_is_exactly_as_wide_as_the_column(width: int) -> None:
    appearance: Appearance = APPEARANCE
    for row in ROWS:
        for here in (False, True):
            long = replace(row, value="catppuccin-macchiato") if row.name == "reader.theme" else row
            line = row_line(long, width, appearance, here=here)
            assert sum(segment.cell_length for segment in line) == width, cut(str(line), 200)

"""Text in cells: nothing is ever wider than it may be, in any script."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.text import clean_line
from reader.ui.text.cells import cut, pad, spread, wrap

TEXT = st.text(st.sampled_from("abc def đẩy Thủ đô 海辺の図書館 e\u0301 👨\u200d👩\u200d👧 x"), max_size=80).map(
    clean_line
)


def test_what_fits_is_left_as_it_is() -> None:
    assert cut("Thủ đô", 6) == "Thủ đô"
    assert pad("港日報", 8) == "港日報  "


def test_a_cut_is_at_a_word_where_that_costs_less_than_half() -> None:
    assert cut("mỗi tuần một chuyến thuyền", 22) == "mỗi tuần một chuyến…"
    assert cut("Donaudampfschifffahrt Linz", 12) == "Donaudampfs…"


def test_what_was_cut_once_is_not_cut_with_two_signs_for_it() -> None:
    assert cut(cut("Nhật báo Sông Hồng", 8), 7) == "Nhật…"
    assert cut("Nhật báo Sông Hồng", 12, "...") == "Nhật báo..."


def test_a_wide_character_is_never_cut_in_half() -> None:
    assert cut("海辺の図書館", 6) == "海辺…"


def test_a_headline_takes_two_lines_and_the_second_is_cut() -> None:
    assert wrap("Hà Nội – Thanh Hóa: Xác định 12 nội dung thúc đẩy hợp tác, phát triển", 38, 2) == [
        "Hà Nội – Thanh Hóa: Xác định 12 nội",
        "dung thúc đẩy hợp tác, phát triển",
    ]
    assert wrap("one two three four", 8, 2) == ["one two", "three…"]
    assert wrap("海辺の図書館、夜間開館", 8, 2) == ["海辺の図", "書館、…"]


def test_left_and_right_stand_at_the_two_ends() -> None:
    assert spread("All unread", "37", 20) == "All unread        37"
    assert spread("A very long name of a paper", "37", 12) == "A very…   37"


@given(TEXT, st.integers(0, 30))
def test_a_cut_never_exceeds_its_width(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width


@given(TEXT, st.integers(2, 30))
def test_padding_fills_exactly(text: str, width: int) -> None:
    assert cell_len(pad(text, width)) == width


@given(TEXT, st.integers(4, 30), st.integers(1, 3))
def test_wrapped_lines_fit_and_say_the_beginning_of_the_text(text: str, width: int, lines: int) -> None:
    wrapped = wrap(text, width, lines)
    assert 1 <= len(wrapped) <= lines
    assert all(cell_len(line) <= width for line in wrapped)
    said = "".join(wrapped).replace(" ", "").removesuffix("…")
    assert text.replace(" ", "").startswith(said)


def test_joiners_before_a_wide_letter_do_not_widen_a_cut() -> None:
    assert cell_len(pad("\u200d\u200dのT", 2)) == 2

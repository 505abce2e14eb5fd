"""Lines: whole words, cells instead of characters, and each script by its own rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from reader.text import clean
from reader.ui.text.cells import cut
from reader.ui.text.wrap import break_lines, crop, headline_lines, is_rtl, slices, wrap_styled

PLAIN = Style()
SCRIPTS = st.text(
    st.one_of(
        st.sampled_from("aăâđêôơư ộ–—“”.,;:/?&=-\xa0 "),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x4E80),
        st.sampled_from("「」、。，ーっ가각ก็مرحباשלום👩‍👩‍👧❤️e\u0301\u200d\ufe0f \n"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=120,
).map(clean)


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in break_lines(text, width)]


@given(SCRIPTS, st.integers(2, 40))
def test_every_line_fits_and_no_letter_is_lost_or_moved(text: str, width: int) -> None:
    broken = lines(text, width)
    assert all(cell_len(line) <= width for line in broken)
    assert "".join(broken).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(st.lists(SCRIPTS, max_size=6), st.integers(2, 40))
def test_styles_cut_lines_no_differently(parts: list[str], width: int) -> None:
    drawn = wrap_styled([(part, PLAIN, number) for number, part in enumerate(parts)], width)
    assert ["".join(text for text, _, _ in line) for line in drawn] == lines("".join(parts), width)


def test_words_stay_whole_and_an_address_breaks_after_a_slash() -> None:
    assert lines("được ký năm 2012", 10) == ["được ký", "năm 2012"]
    assert lines("xem https://songhong.example/thoi-su/pho-di-bo", 22) == [
        "xem",
        "https://songhong.",
        "example/thoi-su/pho-",
        "di-bo",
    ]


def test_a_name_held_together_by_no_break_spaces_goes_to_the_next_line_whole() -> None:
    assert lines("lúc chiều xuống. Photo:\xa0Hoài\xa0An", 20) == ["lúc chiều xuống.", "Photo:\xa0Hoài\xa0An"]


def test_chinese_breaks_between_characters_but_not_before_a_full_stop() -> None:
    assert lines("港口今天重新開放了。市民歡迎", 18) == ["港口今天重新開放", "了。市民歡迎"]
    assert lines("他說「開放」了", 7) == ["他說", "「開", "放」了"]


def test_korean_keeps_its_words() -> None:
    assert lines("도서관이 밤에도 문을 연다", 16) == ["도서관이 밤에도", "문을 연다"]


def test_a_long_dash_is_a_place_to_break() -> None:
    assert lines("the bridge—closed since May", 12) == ["the bridge—", "closed since", "May"]


@given(SCRIPTS.filter(lambda text: "\n" not in text), st.integers(1, 30))
def test_what_is_cut_fits_and_says_so(text: str, width: int) -> None:
    shown = cut(text, width)
    assert cell_len(shown) <= width
    assert shown == text or shown.endswith("…")


def test_a_cut_falls_at_a_word_where_that_costs_less_than_half() -> None:
    assert cut("Thư viện lưu động về xã đảo", 18) == "Thư viện lưu động…"
    assert cut("Thư viện lưu động về xã đảo", 16) == "Thư viện lưu…"
    assert cut("Llanfairpwllgwyngyll", 9) == "Llanfair…"


@given(SCRIPTS.filter(lambda text: "\n" not in text), st.integers(0, 20), st.integers(0, 20))
def test_a_window_on_a_line_is_as_wide_as_what_there_is_in_it(text: str, start: int, size: int) -> None:
    line = [(text[:7].rstrip("\u200d"), PLAIN, None), (text[7:], PLAIN, 1)]
    seen = crop(line, start, start + size, PLAIN)
    assert sum(cell_len(part) for part, _, _ in seen) <= size


def test_half_of_a_wide_character_at_an_edge_is_a_space() -> None:
    assert crop([("港口abc", PLAIN, None)], 1, 5, PLAIN) == [(" 口a", PLAIN, None)]


def test_slices_keep_each_letter_in_its_style() -> None:
    pieces = [("one ", PLAIN, 1), ("two", PLAIN, 2), (" three", PLAIN, 3)]
    assert slices(pieces, [(0, 7), (8, 13)]) == [
        [("one ", PLAIN, 1), ("two", PLAIN, 2)],
        [("three", PLAIN, 3)],
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Làng gốm mở xưởng ban đêm", ["Làng gốm mở xưởng ban đêm"]),
        (
            "Hà Nội – Thanh Hóa: Xác định 12 nội dung thúc đẩy hợp tác, phát triển",
            ["Hà Nội – Thanh Hóa:", "Xác định 12 nội dung thúc đẩy hợp tác, phát triển"],
        ),
        (
            "Night ferry returns after eleven years, with room for forty lorries and a reading room",
            ["Night ferry returns after eleven years, with", "room for forty lorries and a reading room"],
        ),
    ],
)
def test_a_headline_breaks_as_a_person_would_break_it(title: str, expected: list[str]) -> None:
    assert headline_lines(title, 72) == expected


def test_a_headline_never_leaves_one_word_alone_where_that_can_be_helped() -> None:
    assert headline_lines("Sixty-two cells and one more word make a second line of it all", 50)[-1].count(" ") > 2


@given(SCRIPTS.filter(lambda text: "\n" not in text), st.integers(2, 70))
def test_headline_lines_hold_the_whole_headline_and_fit(title: str, width: int) -> None:
    title = " ".join(title.split(" ")).strip()
    broken = headline_lines(title, width)
    assert all(cell_len(line) <= width for line in broken)
    assert "".join(broken).replace(" ", "") == title.replace(" ", "")


def test_the_first_letter_says_which_way_a_paragraph_runs() -> None:
    assert is_rtl("«مرحبا» Hanoi")
    assert not is_rtl("Hanoi مرحبا")
    assert not is_rtl("12 – 13")


@given(st.text(st.sampled_from("ab cd đẩy 海辺の")), st.integers(0, 20))
def test_in_ascii_a_cut_ends_in_three_dots_and_fits(text: str, width: int) -> None:
    shown = cut(text, width, "...")
    assert cell_len(shown) <= width
    assert shown == text or "...".startswith(shown) or shown.endswith("...")

"""The one door for outside text: nothing that acts on a terminal comes through, and nothing that is written is lost."""

import json
import re
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text import inert, sanitize
from reader.text.sanitize import escaped_json

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
PIECES = (
    "\x1b[ \x1b]0; \x1b]8;;http://x\x07 \x1bP \x1b\\ \x1b \x07 \x00 \x9b \x9d \x90 \x9c 31m 2J [ ] ; a ế "
    "\ufeff \u200d \u200c \u0301 \u0e47 \u064b \ufe0f \ud800 \udfff \U000e0041"
).split(" ")
NASTY = st.lists(
    st.one_of(
        st.sampled_from([*PIECES, *BIDI, *"\r\n\x85\u2028\t\xa0\u202f ", "\r\n"]),
        st.text(max_size=5),
        st.text(st.characters(min_codepoint=0, max_codepoint=0x9F), max_size=5),
    ),
    max_size=40,
).map("".join)


@settings(deadline=None)  # a busy machine is no fault
@given(NASTY)
def test_nothing_that_acts_comes_through(given_text: str) -> None:
    cleaned = sanitize.clean(given_text)
    for character in cleaned:
        assert character == "\n" or unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp"), hex(ord(character))
        assert character not in BIDI
        assert not 0xFDD0 <= ord(character) <= 0xFDEF
        assert ord(character) & 0xFFFE != 0xFFFE
        assert not 0xE0000 <= ord(character) <= 0xE0FFF


@settings(deadline=None)  # a busy machine is no fault
@given(NASTY)
def test_cleaning_twice_is_cleaning_once(given_text: str) -> None:
    once = sanitize.clean(given_text)
    assert sanitize.clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    line = sanitize.clean_line(given_text)
    assert sanitize.clean_line(line) == line
    lines = sanitize.clean_lines(given_text)
    assert sanitize.clean_lines(lines) == lines


@settings(deadline=None)  # a busy machine is no fault
@given(NASTY, st.integers(min_value=1, max_value=30))
def test_a_line_is_one_line_of_at_most_so_many_characters(given_text: str, limit: int) -> None:
    line = sanitize.clean_line(given_text, limit)
    assert len(line) <= limit
    assert "\n" not in line
    assert "  " not in line
    assert line == line.strip()
    if line != sanitize.clean_line(given_text):
        assert line.endswith("…")


@settings(deadline=None)  # a busy machine is no fault
@given(NASTY)
def test_lines_are_trimmed_and_parted_by_one_blank_line_at_most(given_text: str) -> None:
    lines = sanitize.clean_lines(given_text)
    assert "\n\n\n" not in lines
    assert all(line == line.strip() for line in lines.split("\n"))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred\x9b0m", "red"),
        ("\x1b]0;I am your title\x07news", "news"),
        ("\x1b]0;I am your title\x1b\\news", "news"),
        ("\x9d0;I am your title\x9cnews", "news"),
        ("\x1b]8;;https://evil.example\x07click\x1b]8;;\x07", "click"),
        ("\x1bPq#0;2;0;0;0\x1b\\picture", "picture"),
        ("\x1b_Ga=T;AAAA\x1b\\kitty", "kitty"),
        ("\x1b[?1049hscreen", "screen"),
        ("\x1bcreset", "reset"),
        ("\x1b(0lines", "lines"),
        ("\x1b\x00[31mapart", "[31mapart"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("a\u2066b\u2069c", "abc"),
        ("NUL\x00 and BEL\x07", "NUL and BEL"),
        ("lone \ud83d surrogate", "lone  surrogate"),
        ("\ufeffmark", "mark"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("a\tb\u3000c", "a b c"),
        ("ten\xa0o'clock", "ten\xa0o'clock"),
    ],
)
def test_whole_sequences_go_and_the_words_stay(written: str, kept: str) -> None:
    assert sanitize.clean(written) == kept


def test_text_that_was_decoded_wrongly_is_not_swallowed_to_the_end_of_its_line() -> None:
    misread = "Hà Nội và Đông Nam Á: “mùa thu”".encode().decode("latin-1")
    assert "ng Nam" in sanitize.clean(misread)
    assert "thu" in sanitize.clean(misread)


@pytest.mark.parametrize(
    "written",
    [
        "Hội nghị Trung ương 13: “Đổi mới” – vì Người dân",
        "می‌خواهم بروم",  # with a ZWNJ
        "👩‍👩‍👧‍👦 family, 👍🏽 thumb, 🏳️‍🌈 flag, 1️⃣",
        "กรุงเทพมหานคร ที่นี่",
        "हिन्दी में समाचार",
        "שָׁלוֹם עֲלֵיכֶם",
        "ٱلسَّلَامُ عَلَيْكُمْ",
        "日本語、中文、한국어",
        "a < b & c > d [/] [@click=app.quit]",
    ],
)
def test_what_living_scripts_write_comes_through_unharmed(written: str) -> None:
    assert sanitize.clean(written) == unicodedata.normalize("NFC", written)


def test_decomposed_vietnamese_is_composed() -> None:
    assert sanitize.clean(unicodedata.normalize("NFD", "Hỗ trợ người Việt")) == "Hỗ trợ người Việt"


@pytest.mark.parametrize("mark", ["\u0301", "\u0337", "\u20dd", "\u0e47", "\u064b", "\u0951", "\u0591", "\ufe0f"])
def test_a_tower_of_marks_is_cut_down(mark: str) -> None:
    title = sanitize.clean_line("Z" + mark * 500 + "algo")
    assert title.endswith("algo")
    assert len(title) <= 1 + sanitize.MARKS_AT_MOST + 4


def test_joiners_do_not_hide_a_tower() -> None:
    assert len(sanitize.clean("Z" + "\u0337\u200d" * 500 + "algo")) <= 1 + 2 * sanitize.MARKS_AT_MOST + 4


def test_a_hundred_thousand_spaces_cost_no_time() -> None:
    started = time.process_time()
    assert sanitize.clean_lines("ạ" + " " * 100_000 + "b\n" + " \xa0" * 50_000).startswith("ạ ")
    assert sanitize.clean("\x9d" * 100_000 + "\x1b]" * 100_000) == ""
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Điện Biên", "dien bien"),
        ("ĐỒNG", "đồng"),
        ("Hỗ trợ", unicodedata.normalize("NFD", "hỗ trợ")),
        ("Thành ủy", "thanh uỷ"),
        ("Ðà Nẵng", "Đà Nẵng"),  # Eth for D with stroke
        ("STRASSE", "straße"),
        ("Øresund", "oresund"),
        ("Ǿ", "o"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("Ærø", "aero"),
        ("École", "ecole"),
    ],
)
def test_what_is_searched_for_is_found_however_it_is_spelled(one: str, other: str) -> None:
    assert sanitize.fold(one) == sanitize.fold(other)


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(max_size=30))
def test_folding_is_the_same_for_composed_and_decomposed(written: str) -> None:
    assert sanitize.fold(unicodedata.normalize("NFC", written)) == sanitize.fold(unicodedata.normalize("NFD", written))


def test_characters_that_pass_at_once_are_left_alone_by_every_other_rule() -> None:
    plain = [
        chr(n)
        for n in range(0x20000)
        if sanitize.clean_line(f"x{chr(n)}x") and not re.match(sanitize._NOT_PLAIN, chr(n))
    ]
    joined = "".join(plain)

    assert not re.search(sanitize._ODD, joined)
    assert not re.search(sanitize._MARK, joined)
    assert unicodedata.is_normalized("NFC", joined)
    assert not any(map(unicodedata.combining, joined))


def test_folding_takes_every_mark_and_nothing_else() -> None:
    for number in range(0x3000):
        letter = chr(number)
        decomposed = unicodedata.normalize("NFD", letter.casefold())
        bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
        if not set(bare) & set("đðøłıæœ"):
            assert sanitize.fold(letter) == unicodedata.normalize("NFC", bare)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb\x1b]0;owned\x07c\x9b2Jd", "abcd"),
        ("\u202eab\u2066c\u200b\ufeff", "abc"),
        ("tab\tstays\nlines\r\ntoo", "tab\tstays\nlines\ntoo"),
        ("cafe\u0301\u3000\u2009x\xa0y", "cafe\u0301\u3000\u2009x\xa0y"),
        ("no\udc9butf8", "no\ufffdutf8"),
        ("\x1b\x00[2Jx", "[2Jx"),
    ],
)
def test_what_is_printed_acts_in_no_terminal_and_keeps_its_spelling(text: str, shown: str) -> None:
    assert inert(text) == shown
    assert inert(shown) == shown


@given(NASTY)
def test_nothing_that_clean_takes_out_is_printed(text: str) -> None:
    printed = inert(text)
    assert inert(printed) == printed
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", printed
    )


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_json_says_the_same_and_acts_in_no_terminal(text: str) -> None:
    escaped = escaped_json(json.dumps([text], ensure_ascii=False))
    assert json.loads(escaped) == [text]
    assert inert(escaped) == escaped


def test_every_mark_that_is_put_into_an_order_counts_as_one_of_a_tower() -> None:
    ordered = [chr(n) for n in range(0x110000) if unicodedata.combining(chr(n))]
    assert [mark for mark in ordered if not re.match(sanitize._ANY_MARK, mark)] == []


@pytest.mark.parametrize(
    "marks", ["\u0327\u0300", "\u1cd5\u1cd4", "\u3099\u302a", "\U0001d165\U0001d17b", "\u0323\u200d\u0301"]
)
@pytest.mark.parametrize("door", [sanitize.clean, sanitize.clean_line, sanitize.clean_lines, sanitize.fold])
def test_a_hundred_thousand_marks_on_one_letter_are_put_in_order_in_a_moment(
    marks: str, door: Callable[[str], str]
) -> None:
    began = time.process_time()
    kept = door("a" + marks * 50_000)
    assert time.process_time() - began < 2
    assert len(kept) <= 1 + 2 * sanitize.MARKS_AT_MOST

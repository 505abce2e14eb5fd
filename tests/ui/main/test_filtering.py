"""A person narrows a list by headline as they type, keeps it so, and lifts it again."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.store import View
from reader.text import fold
from reader.ui.main.filtering import fold_titles, matching
from reader.ui.text.highlight import match_spans
from tests.ui.app_driver import AppDriver, FilledLibrary, OpenReader

TITLES = ["Hợp tác xã Sáng mở cửa", "Đường sắt hợp nhất", "Ferry returns", "Tác giả và tác phẩm"]


@pytest.fixture
def paper(filled: FilledLibrary) -> list[int]:
    return filled.headlines(filled.paper("Sông"), *TITLES)


def shown(reader: AppDriver) -> list[str]:
    listing = reader.app.main_screen.list_pane.listing
    rows = reader.app.session.library.rows(listing.pages)
    return [rows[page].title for page in listing.pages]


async def type_in(reader: AppDriver, text: str) -> None:
    for letter in text:
        await reader.press("space" if letter == " " else letter)


async def test_the_list_is_narrowed_as_one_types_without_accents_or_case(
    open_reader: OpenReader, paper: list[int]
) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        assert reader.footer.startswith("/")
        assert reader.footer.endswith("4 of 4   Enter done   Esc show all")
        await type_in(reader, "HOP")
        assert shown(reader) == TITLES[:2]
        assert "2 of 4" in reader.footer
        await type_in(reader, " tac")
        assert shown(reader) == TITLES[:1]
        await reader.press("backspace", "backspace", "backspace")
        assert shown(reader) == TITLES[:2]
        assert "All unread / HOP" in reader.lines[2]
        appearance = reader.app.appearance()
        assert (
            reader.style_of("hợp nhất").bgcolor == appearance.style(appearance.bright, bg=appearance.highlight).bgcolor
        )
        assert reader.style_of("Đường").bgcolor != appearance.style(appearance.bright, bg=appearance.highlight).bgcolor


@pytest.mark.parametrize("end", ["enter", "escape"])
async def test_the_headlines_are_not_kept_in_memory_once_the_field_is_closed(
    open_reader: OpenReader, paper: list[int], end: str
) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await type_in(reader, "tac")
        filtering = reader.app.main_screen.filtering
        assert filtering is not None
        assert len(filtering._titles) == len(TITLES)
        await reader.press(end)
        assert filtering._titles == []
        assert len(shown(reader)) == (2 if end == "enter" else 4)
        await reader.press("slash")
        await type_in(reader, "ferry")
        assert shown(reader) == ["Ferry returns"]


async def test_enter_keeps_it_and_gives_the_keys_back_and_esc_lifts_it_on_the_same_story(
    open_reader: OpenReader, paper: list[int]
) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await type_in(reader, "duong")
        await reader.press("enter")
        assert reader.footer.startswith("Enter open")
        assert shown(reader) == [TITLES[1]]
        await reader.press("*", "escape")
        assert shown(reader) == TITLES
        assert reader.app.main_screen.list_pane.page == paper[1]
        assert "All unread" in reader.lines[2]
        assert "/" not in reader.lines[2]


async def test_esc_in_the_field_leaves_all_as_it_was(open_reader: OpenReader, paper: list[int]) -> None:
    async with open_reader() as reader:
        await reader.press("j", "j", "slash")
        await type_in(reader, "q")
        assert shown(reader) == []
        assert 'Nothing for "q". Accents can be left out.' in " ".join(
            " ".join(line[:45] for line in reader.lines).split()
        )
        await reader.press("escape")
        assert shown(reader) == TITLES
        assert reader.app.main_screen.list_pane.page == paper[2]
        assert reader.app.focused is reader.app.main_screen.list_pane


async def test_esc_takes_the_filter_away_from_a_story_and_from_the_sources(
    open_reader: OpenReader, paper: list[int]
) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await type_in(reader, "ferry")
        await reader.press("enter", "enter", "escape")
        assert shown(reader) == TITLES
        await reader.press("slash")
        await type_in(reader, "ferry")
        await reader.press("enter", "h", "h", "escape")
        assert shown(reader) == TITLES


async def test_the_arrows_move_in_the_list_while_one_types(open_reader: OpenReader, paper: list[int]) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await type_in(reader, "t")
        await reader.press("down", "escape")
        assert reader.app.main_screen.list_pane.page == paper[1]


async def test_what_comes_meanwhile_does_not_disturb_it(
    open_reader: OpenReader, filled: FilledLibrary, paper: list[int]
) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await type_in(reader, "ferry")
        await reader.press("enter")
        source = filled.library.sources()[0]
        filled.headlines(source, "Another ferry", "One more")
        reader.app.main_screen.live.check_for_changes()
        await reader.wait_until_idle()
        assert shown(reader) == ["Ferry returns"]
        assert "↑ 2 new" in reader.text
        await reader.press("full_stop")
        assert len(shown(reader)) == 6


async def test_next_unread_stays_within_what_is_shown_and_another_view_lifts_it(
    open_reader: OpenReader, paper: list[int]
) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await type_in(reader, "hop")
        await reader.press("enter", "n", "n", "n")
        assert "Nothing is unread in this list." in reader.text
        await reader.press("h", "h", "j", "enter")
        assert len(shown(reader)) == 4


async def test_slash_again_begins_anew_and_all_read_is_what_is_shown(open_reader: OpenReader, paper: list[int]) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await type_in(reader, "hop")
        await reader.press("enter", "slash")
        assert reader.footer.split()[:2] == ["/", "4"]
        assert shown(reader) == TITLES
        await type_in(reader, "hop nhat")
        assert shown(reader) == [TITLES[1]]
        await reader.press("enter", "A")
        assert reader.footer == "1 marked read. ^Z undoes."


@given(st.lists(st.text()), st.text(max_size=4))
def test_exactly_those_with_every_word_are_found(titles: list[str], typed: str) -> None:
    found = matching(fold_titles(titles, {}), typed)
    assert list(found) == [
        index for index, title in enumerate(titles) if all(word in fold(title) for word in fold(typed).split())
    ]


@given(st.text(), st.lists(st.text(min_size=1, max_size=3), max_size=3))
def test_what_stands_on_lit_is_what_was_typed(text: str, typed: list[str]) -> None:
    wanted = [word for word in map(fold, typed) if word]
    found = match_spans(text, wanted)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(before[1] < after[0] for before, after in pairwise(found))
    apart = "".join(fold(character) for character in text)
    assert bool(found) == any(word in apart for word in wanted)


def test_accents_do_not_shift_what_stands_on_lit() -> None:
    assert match_spans("Đường sắt hợp nhất", ["hop"]) == [(10, 13)]
    assert match_spans("Straße, STRASSE", ["strasse"]) == [(0, 6), (8, 15)]


async def test_the_filter_that_is_opened_from_the_sources_takes_every_letter(
    open_reader: OpenReader, two_papers: dict[str, int]
) -> None:
    for columns in (80, 200):
        async with open_reader(columns=columns) as reader:
            await reader.press("h", "slash", *"mill")
            assert reader.app.main_screen.headlines.filter_text == "mill"
            assert reader.app.main_screen.counts.unread == 6, "m would have marked something read"
            await reader.press("escape", "h")
            await reader.pilot.press("slash", "q")
            await reader.wait_until_idle()
            assert reader.app.is_running
            assert reader.app.main_screen.headlines.filter_text == "q"


async def test_q_lifts_the_filter_before_it_leaves(open_reader: OpenReader, paper: list[int]) -> None:
    async with open_reader() as reader:
        everything = shown(reader)
        await reader.press("/", "h", "o", "enter")
        assert shown(reader) != everything
        await reader.press("q")
        assert shown(reader) == everything
        assert not reader.app._exit
        await reader.pilot.press("q")
        await reader.pilot.pause()
        assert reader.app._exit


async def test_where_one_source_has_nothing_it_says_where_all_of_them_are(
    open_reader: OpenReader, paper: list[int]
) -> None:
    async with open_reader() as reader:
        screen = reader.app.main_screen
        screen.open_view(View("source", source=next(iter(screen.sources))))
        await reader.wait_until_idle()
        await reader.press("/", "z", "z", "z")
        said = " ".join(reader.text.split())
        assert 'Nothing for "zzz" in ' in said
        assert "All unread has every paper." in said

"""The pure parts of the shell: what the masthead says, what the footer shows, the tree, the counts, the palette."""

from array import array
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.commands import COMMANDS, PaneName
from reader.models import Failure, FailureKind, Source
from reader.store import Counts, Listing
from reader.text import clean_line, fold
from reader.ui.dialogs.palette import PaletteItem, find_in_name, find_items
from reader.ui.headlines.view import count_new, nearest
from reader.ui.main.footer import hints
from reader.ui.main.layout import PANES
from reader.ui.main.marks import counted, starred
from reader.ui.main.masthead import RefreshProgress, StyledText, state_words
from reader.ui.main.source_tree import tree_items
from reader.ui.pages.help import columns, groups
from tests.ui.headlines.sample_row import ROW

NOW = datetime(2019, 11, 16, 14, 10)  # noqa: DTZ001


def say(words: StyledText) -> str:
    return "".join(text for text, _ in words)


def state(*, offline: datetime | None = None, progress: RefreshProgress | None = None, errors: int = 0) -> str:
    return say(state_words(offline=offline, progress=progress, errors=errors, unread=37, kept=212, now=NOW))


def test_the_masthead_says_one_thing_the_first_that_applies() -> None:
    offline = NOW.replace(minute=2)
    assert state() == "37 unread · 212 kept offline"
    assert state(errors=5) == "5 errors !"
    assert state(errors=5, progress=RefreshProgress(37, 120, 2)) == "━" * 6 + "─" * 14 + "   37/120 · 2 errors !"
    assert state(errors=5, progress=RefreshProgress(0, 0), offline=offline) == "Offline since 14:02 · 212 stories kept"


def test_the_footer_drops_from_the_right_but_all_keys_is_always_there() -> None:
    wide, narrow = hints("headlines", 200), hints("headlines", 60)
    assert wide[:2] == [("Enter", "open"), ("n", "next unread")]
    assert narrow[-1] == ("?", "all keys")
    assert narrow[:-1] == wide[: len(narrow) - 1]
    assert hints("article", 10) == [("?", "all keys")]


@given(st.integers(20, 200), st.sampled_from(PANES))
def test_the_footer_always_fits(width: int, pane: PaneName) -> None:
    shown = hints(pane, width)
    assert sum(len(key) + 1 + len(label) for key, label in shown) + 3 * (len(shown) - 1) + 4 <= width or len(shown) == 1


def test_the_tree_has_views_then_papers_without_a_folder_then_folders() -> None:
    sources = [
        Source(1, "a", "Loose"), Source(2, "b", "One", folder="A"),
        Source(3, "c", "Two", folder="B", failure=Failure(FailureKind.TLS)), Source(4, "d", "Three", folder="A"),
    ]  # fmt: skip
    items = tree_items(sources, Counts(5, 2, 0, 9, {2: 3, 4: 1}), frozenset("B"))
    assert [(item.name, item.count) for item in items[6:]] == [
        ("", 0), ("Loose", 0), ("", 0), ("A", 4), ("One", 3), ("Three", 1), ("", 0), ("B", 0),
    ]  # fmt: skip
    assert [item.count for item in items[:6]] == [5, 2, 0, 0, 9, None]


def test_counts_change_at_once_and_only_by_what_was_marked() -> None:
    counts = Counts(10, 4, 1, 7, {1: 3})
    assert counted(counts, ROW, read=True, today=0) == Counts(9, 3, 1, 7, {1: 2})
    assert counted(counts, ROW, read=False, today=0) == counts
    assert counted(counts, replace(ROW, read=True), read=False, today=ROW.time + 1) == Counts(11, 4, 1, 7, {1: 4})
    assert starred(counts, ROW, on=False).starred == 0
    assert starred(counts, ROW, on=True) == counts


def listing(*pages: int) -> Listing:
    return Listing(array("q", pages), array("q", pages))


def test_a_list_shown_anew_has_its_cursor_on_what_it_was_on_or_the_next_below() -> None:
    assert nearest(listing(9, 8, 7, 6), 1, listing(9, 8, 6)) == 8
    assert nearest(listing(9, 8, 7, 6), 2, listing(9, 8, 6)) == 6
    assert nearest(listing(9, 8, 7), 2, listing(9, 8)) == 8
    assert nearest(listing(9), 0, listing()) is None
    assert count_new(listing(3, 2, 1), listing(5, 4, 3, 1)) == 2


def test_the_palette_finds_words_without_their_accents() -> None:
    assert find_in_name("Kinh tế Sáng", fold("sáng")) == (8, 12)
    assert find_in_name("Trồng lại hàng sao đen", "sao") == (15, 18)
    assert find_in_name("Đường sắt đô thị", "duong") == (0, 5)
    assert find_in_name("Press on, express", "press") == (0, 5)
    assert find_in_name("Kinh tế Sáng", "xyz") is None


@given(st.text(max_size=40).map(clean_line), st.text(min_size=1, max_size=6))
def test_what_is_found_folds_to_what_was_typed(name: str, typed: str) -> None:
    span = find_in_name(name, fold(typed))
    if span is not None:
        assert fold(typed) in fold(name[span[0] : span[1]]) or fold(typed) in fold(name)
        assert 0 <= span[0] < span[1] <= len(name)


def test_everything_is_offered_until_something_is_typed() -> None:
    items = [PaletteItem("Commands", name, "", lambda: None) for name in ("Star", "Sắp xếp", "Quit")]
    assert [found.item.name for found in find_items(items, "")] == ["Star", "Sắp xếp", "Quit"]
    assert [found.item.name for found in find_items(items, "SA")] == ["Sắp xếp"]


@pytest.mark.parametrize("width", [40, 80, 100, 120, 200])
def test_the_page_of_keys_names_every_command_at_any_width(width: int) -> None:
    labels = [label for column in columns(width) for _, label in column]
    for command in COMMANDS:
        assert command.label in labels
    assert len(columns(120)) == 3
    assert sum(len(group) - 1 for group in groups()) == len(COMMANDS)

"""What the palette finds."""

from hypothesis import given
from hypothesis import strategies as st

from reader.text import clean_line, fold
from reader.ui.dialogs.palette import PaletteItem, PaletteList, find_in_name, find_items
from tests.ui.app_driver import FilledLibrary, OpenReader
from tests.ui.dialog_driver import press


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


def test_what_is_called_so_comes_first_and_what_begins_so_next() -> None:
    names = ("Go back, then quit", "Requite", "Quit at once", "Quit")
    items = [PaletteItem("Commands", name, "", lambda: None) for name in names]
    found = [found.item.name for found in find_items(items, "quit")]
    assert found == ["Quit", "Quit at once", "Go back, then quit", "Requite"]


async def test_the_cursor_moves_by_what_is_in_view_and_stops_at_the_ends(
    open_reader: OpenReader, two_papers: dict[str, int]
) -> None:
    async with open_reader(columns=80, rows=24) as reader:
        await press(reader, "colon")
        listed = reader.app.screen.query_one(PaletteList)
        await press(reader, "pagedown")
        assert listed.cursor == listed.size.height - 1
        await press(reader, "pageup", "pageup")
        assert listed.cursor == 0
        await press(reader, *["pagedown"] * 40)
        assert listed.cursor == len(listed._found) - 1


async def test_the_keys_of_the_panes_are_not_shown_while_they_do_nothing(
    open_reader: OpenReader, two_papers: dict[str, int]
) -> None:
    async with open_reader(columns=120, rows=40) as reader:
        keys = reader.footer
        assert "all keys" in keys
        await reader.press(":")
        assert reader.footer == ""
        await reader.press("escape")
        assert reader.footer == keys


async def test_papers_in_a_closed_folder_are_found(open_reader: OpenReader, filled: FilledLibrary) -> None:
    filled.paper("The Sunday Gull", folder="Coast")
    async with open_reader() as reader:
        await reader.press("h", "G", "h", "h")
        assert "The Sunday Gull" not in reader.text
        await press(reader, "colon", *"sunday")
        assert "The Sunday Gull" in reader.text


async def test_a_number_of_all_kept_stories_is_not_said_to_be_unread(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: dict[str, int]
) -> None:
    async with open_reader() as reader:
        await reader.press("s")
        await press(reader, "colon", *"read later")
        assert "Read later" in reader.text
        assert not [line for line in reader.lines if "Read later" in line and "1 unread" in line]

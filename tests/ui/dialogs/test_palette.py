"""What the palette finds."""

from hypothesis import given
from hypothesis import strategies as st

from reader.text import clean_line, fold
from reader.ui.dialogs.palette import PaletteItem, find_in_name, find_items


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

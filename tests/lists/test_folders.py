"""Folders within folders, as one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.lists import folders


@given(st.lists(st.text(alphabet="ab/\\ ạ", min_size=1), min_size=1))
def test_whatever_folders_are_called_their_path_leads_back_to_them(names: list[str]) -> None:
    assert list(folders.split(folders.join(names))) == names


def test_a_path_is_typed_with_slashes_and_shown_with_arrows() -> None:
    assert folders.split("World/Asia") == ("World", "Asia")
    assert folders.shown("World/Asia") == "World › Asia"
    assert folders.join(["Kinh tế/Xã hội"]) == "Kinh tế\\/Xã hội"
    assert folders.split(None) == folders.split("//") == ()
    assert folders.join([]) is None


@pytest.mark.parametrize("typed", [".", "..", "/..//", "World/../Asia", " .. / . "])
def test_what_means_another_folder_where_paths_are_typed_is_no_name(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        folders.tidy(typed)
    assert folders.join(["World", "..", ".", "Asia"]) == "World/Asia"
    assert folders.tidy("World/...") == "World/..."

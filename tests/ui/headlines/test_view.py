"""Where the cursor stands in a list that is shown anew."""

from array import array

from reader.store import Listing
from reader.ui.headlines.view import count_new, nearest_page


def listing(*pages: int) -> Listing:
    return Listing(array("q", pages), array("q", pages))


def test_a_list_shown_anew_has_its_cursor_on_what_it_was_on_or_the_next_below() -> None:
    assert nearest_page(listing(9, 8, 7, 6), 1, listing(9, 8, 6)) == 8
    assert nearest_page(listing(9, 8, 7, 6), 2, listing(9, 8, 6)) == 6
    assert nearest_page(listing(9, 8, 7), 2, listing(9, 8)) == 8
    assert nearest_page(listing(9), 0, listing()) is None
    assert count_new(listing(3, 2, 1), listing(5, 4, 3, 1)) == 2

"""Where the cursor stands in a list that is shown anew."""

from array import array

from reader.store import Listing
from reader.ui.headlines.view import count_new, nearest_page
from tests.ui.app_driver import FilledLibrary, OpenReader


def listing(*pages: int) -> Listing:
    return Listing(array("q", pages), array("q", pages))


def test_a_list_shown_anew_has_its_cursor_on_what_it_was_on_or_the_next_below() -> None:
    assert nearest_page(listing(9, 8, 7, 6), 1, listing(9, 8, 6)) == 8
    assert nearest_page(listing(9, 8, 7, 6), 2, listing(9, 8, 6)) == 6
    assert nearest_page(listing(9, 8, 7), 2, listing(9, 8)) == 8
    assert nearest_page(listing(9), 0, listing()) is None
    assert count_new(listing(3, 2, 1), listing(5, 4, 3, 1)) == 2


async def test_compact_headlines_have_the_whole_width_and_many_rows(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    paper = filled.paper("The Gull")
    for days in range(8):
        about = "of the harbour, the ferry and the crates that came in on the flood"
        titles = [f"Story {days}-{n} {about}" for n in range(4)]
        filled.headlines(paper, *titles, minutes_ago=days * 1440)
    async with open_reader(columns=120, rows=40, settings={"density": "compact"}) as reader:
        rows = [line for line in reader.lines if "Story " in line]
        assert len(rows) >= 25
        assert all("the crates that came in on the flood" in line for line in rows)
        await reader.press("enter")
        assert any("Story " in line and "┃" in line for line in reader.lines), "a story stands beside the list"

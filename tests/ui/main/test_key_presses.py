"""A key always answers: where it can do nothing it says why, and what was typed for it runs no commands."""

from types import SimpleNamespace

import pytest
from textual import events

from reader.store import View
from reader.ui.base import dead_keys
from tests.ui.app_driver import FilledLibrary, OpenReader

Pages = dict[str, int]


@pytest.mark.parametrize(
    ("go", "key", "said"),
    [
        (("enter",), "/", "A story cannot be searched yet. / filters the headlines; h goes there."),
        (("enter",), "A", "A (all read) works in a list. h leaves the story."),
        (("enter",), "e", "e (source settings) works in a list. h leaves the story."),
        (("enter",), "d", "d (remove) works in Sources. h leads there."),
        (("enter",), "t", "t does nothing. ? shows all keys."),
        (("enter",), "enter", "No link is chosen. Tab goes to the next one, f shows a letter on each."),
        (("enter",), "l", "There is no pane further right."),
        (("h",), "*", "* (star) is for stories. l goes to the headlines."),
        (("h",), "s", "s (read later) is for stories. l goes to the headlines."),
        (("h",), "m", "m (mark read) is for stories. l goes to the headlines."),
        (("h",), "h", "There is no pane further left."),
        ((), "f", "f (links) works in a story. Enter opens one."),
        ((), "d", "d (remove) works in Sources. h leads there."),
        ((), "u", "It is unread already."),
        ((), "K", "This is the first headline of the list."),
        (("G",), "J", "This is the last headline of the list."),
        ((), "H", "No story is open. Enter on a headline opens one."),
        ((), "+", "+ (more pages) works in a story. Enter opens one."),
        ((), ".", "No new headlines."),
        ((), "f5", "F5 does nothing. ? shows all keys."),
        ((), "ctrl+x", "^X does nothing. ? shows all keys."),
    ],
)
async def test_a_key_that_can_do_nothing_says_why(
    open_reader: OpenReader, two_papers: Pages, go: tuple[str, ...], key: str, said: str
) -> None:
    async with open_reader() as reader:
        await reader.press(*go, key)
        assert reader.footer == said


async def test_words_typed_for_a_search_in_a_story_run_no_commands(
    open_reader: OpenReader, two_papers: Pages, filled: FilledLibrary
) -> None:
    async with open_reader() as reader:
        await reader.press("enter", *"/lighthouse", "backspace", "s")
        assert len(reader.app.screen_stack) == 1, "a would have opened a dialog"
        assert reader.app.main_screen.pane_name == "article"
        assert filled.library.row(two_papers["Ferry returns after eleven years"]).saved is False  # type: ignore[union-attr]
        await reader.press("enter", "s")
        assert reader.footer == "Added to Read later. ^Z undoes.", "Enter ended the words"


async def test_why_a_key_does_nothing_is_said_until_the_next_key(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader(columns=80, rows=24) as reader:
        await reader.press("h", "asterisk")
        assert "(star) is for stories" in reader.footer
        await reader.press("j")
        assert "star" not in reader.footer
        await reader.press("asterisk", "exclamation_mark")
        assert "star" not in reader.text


async def test_after_a_while_keys_are_commands_again(
    open_reader: OpenReader, two_papers: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr(dead_keys, "time", SimpleNamespace(monotonic=lambda: now))
    async with open_reader() as reader:
        await reader.press("enter", "/")
        now = dead_keys.TEXT_SECONDS + 0.1
        await reader.press("s")
        assert reader.footer == "Added to Read later. ^Z undoes."


async def test_enter_is_enter_as_the_keypad_sends_it(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"seals", "ctrl+j")
        assert reader.app.main_screen.headlines.filter_text == "seals"
        await reader.press("ctrl+j")
        assert reader.app.main_screen.pane_name == "article"
        await reader.press("colon", *"log", "ctrl+j")
        assert type(reader.app.screen).__name__ == "LogPage"


async def test_a_click_before_all_is_loaded_counts(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader(wait=False) as reader:
        screen = reader.app.main_screen
        assert not screen.loaded
        page = two_papers["Council votes on gulls"]
        screen.list_pane.post_message(screen.list_pane.HeadlineClicked(page))
        await reader.wait_until_idle()
        assert screen.stories.history.current is not None
        assert screen.stories.history.current.page == page


async def test_esc_lifts_the_filter_from_a_story_but_first_leaves_a_link(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        await reader.press("slash", *"ferry", "enter", "enter", "tab", "escape")
        headlines = reader.app.main_screen.headlines
        assert headlines.filter_text == "ferry"
        await reader.press("escape")
        assert headlines.filter_text == ""
        assert reader.app.main_screen.pane_name == "article"


async def test_next_unread_begins_with_the_row_under_the_cursor(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        stories = reader.app.main_screen.stories
        await reader.press("n")
        assert stories.history.entries[0].page == two_papers["Ferry returns after eleven years"]
        await reader.press("h", "j", "n")
        assert stories.history.entries[0].page == two_papers["Seals on the sand"], "not the one after it"


@pytest.mark.parametrize("key", ["n", "J"])
async def test_in_sources_the_next_story_is_one_of_what_the_cursor_is_on(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages, key: str
) -> None:
    async with open_reader() as reader:
        screen = reader.app.main_screen
        await reader.press("h")
        chosen = View("source", source=filled.row(two_papers["Ferry returns after eleven years"]).source)
        screen.tree_pane.point_at(chosen)
        assert chosen != screen.headlines.view
        await reader.press(key)
        assert screen.headlines.view == chosen
        assert filled.row(screen.stories.history.entries[0].page or 0).source == chosen.source
        assert reader.app.main_screen.list_pane.cursor == 0


async def test_a_key_that_comes_behind_a_paste_stays_behind_it(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader() as reader:
        reader.app.post_message(events.Key("slash", "/"))
        reader.app.post_message(events.Paste("sea"))
        reader.app.post_message(events.Key("l", "l"))
        reader.app.post_message(events.Key("enter", "\r"))
        await reader.wait_until_idle()
        assert reader.app.main_screen.headlines.filter_text == "seal"


@pytest.mark.parametrize("away", ["j", "q", "l"])
async def test_why_a_key_did_nothing_goes_with_the_next_key_and_follows_nowhere(
    open_reader: OpenReader, two_papers: Pages, away: str
) -> None:
    async with open_reader(columns=80, rows=24) as reader:
        await reader.press("enter", "7")
        assert reader.footer == "No story has the number 7 here."
        await reader.press(away)
        assert "number 7" not in reader.text


async def test_why_a_key_did_nothing_does_not_follow_a_click_into_another_pane(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader(columns=120, rows=40) as reader:
        await reader.press("enter", "7")
        reader.app.main_screen.set_focus(reader.app.main_screen.list_pane)
        await reader.wait_until_idle()
        assert reader.app.main_screen.pane_name == "headlines"
        assert "number 7" not in reader.text


async def test_letters_that_are_taken_as_words_are_shown_and_esc_makes_keys_of_them_again(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader(columns=80, rows=24) as reader:
        await reader.press("enter", "/", "h")
        said = "Esc ends this: a story cannot be searched yet (/h)."
        assert reader.footer == said
        assert str(reader.app.main_screen.pane_name) == "article"
        await reader.press("a", "backspace")
        assert "(/h)" in reader.footer
        await reader.press("escape")
        assert "cannot be searched" not in reader.text
        await reader.press("h")
        assert str(reader.app.main_screen.pane_name) == "headlines"


async def test_on_a_page_too_letters_that_are_taken_as_words_are_shown(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader(columns=80, rows=24) as reader:
        await reader.press("colon", *"log", "enter", "/", "k")
        assert reader.footer == "Esc ends this: nothing can be searched here (/k)."
        await reader.press("escape")
        assert "searched" not in reader.text
        await reader.press("escape")
        assert len(reader.app.screen_stack) == 1

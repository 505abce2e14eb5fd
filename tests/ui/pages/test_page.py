"""On pages and in dialogs, too: a key that can do nothing says so until the next one, and runs nothing behind it."""

import asyncio
from types import SimpleNamespace

import pytest
from textual import events

from reader.models import Failure, FailureKind
from reader.ui.base import dead_keys
from tests.ui.app_driver import NOW, AppDriver, FilledLibrary, OpenReader
from tests.ui.dialog_driver import press, wait_until_idle

Pages = dict[str, int]
WAYS: dict[str, tuple[str, ...]] = {
    "help": ("question_mark",),
    "failing": ("exclamation_mark",),
    "catalogue": ("C",),
    "welcome's choices": ("C", "tab"),
    "log": ("colon", *"log", "enter"),
    "settings": ("comma",),
}


def fail(filled: FilledLibrary) -> None:
    """Both papers fail."""
    for source in (1, 2):
        failure = Failure(FailureKind.HTTP, status=503)
        filled.library.keep_failure(source, failure, due_at=int(NOW.timestamp()) + 600, now=0)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("key", ["w", "f5", "ctrl+x", "W", "semicolon"])
async def test_a_key_without_a_meaning_says_so_until_the_next_one(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages, way: str, key: str
) -> None:
    fail(filled)
    async with open_reader(columns=80, rows=24) as reader:
        await reader.press(*WAYS[way])
        shown = reader.footer
        await reader.press(key)
        assert reader.footer.endswith("does nothing here.")
        assert shown != reader.footer
        await reader.press("down", "up")
        assert "does nothing here" not in reader.text


async def test_the_answer_names_what_the_key_does_in_the_panes(open_reader: OpenReader, two_papers: Pages) -> None:
    async with open_reader(columns=80, rows=24) as reader:
        await reader.press("C", "asterisk")
        assert reader.footer == "* (star) does nothing here; it does in the panes."


async def test_words_for_a_search_that_a_page_does_not_have_run_nothing(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages
) -> None:
    fail(filled)
    async with open_reader(columns=80, rows=24) as reader:
        await reader.press("exclamation_mark", *"/dredger", "backspace", "enter")
        assert len(filled.library.sources()) == 2, "d would have removed one"
        assert type(reader.app.screen).__name__ == "FailingSources"
        await reader.press("d")
        assert len(filled.library.sources()) == 1, "Enter has ended the words"


async def test_after_a_while_the_keys_of_a_page_are_commands_again(
    open_reader: OpenReader, two_papers: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr(dead_keys, "time", SimpleNamespace(monotonic=lambda: now))
    async with open_reader() as reader:
        await reader.press("colon", *"log", "enter", "slash", "q")
        assert type(reader.app.screen).__name__ == "LogPage"
        now = dead_keys.TEXT_SECONDS + 0.1
        await reader.press("q")
        assert type(reader.app.screen).__name__ == "MainScreen"


async def test_a_dialog_answers_too_and_the_next_letter_takes_the_answer_away(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader(columns=80, rows=24) as reader:
        await reader.press("a", "f7")
        assert "F7 does nothing here." in reader.text
        await reader.press("n")
        assert "does nothing here" not in reader.text
        await reader.press("escape", "e", *["tab"] * 5, "w")
        assert "w does nothing here." in reader.text


async def test_a_count_before_a_key_without_a_meaning_does_not_silence_it(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        await reader.press("7", "w")
        assert reader.footer == "w does nothing. ? shows all keys."


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("enter", "m"), "Marked unread. ^Z undoes."),
        (("enter", "u", "m"), "Marked read. ^Z undoes."),
        (("enter", "asterisk"), "Starred. ^Z undoes."),
        (("enter", "z"), "One pane fits here at a time. A window of 120 columns shows two."),
        (("greater_than_sign",), "Stories have lines of 74 cells."),
        (("R",), "No network: nothing answers. What was kept can be read."),
    ],
)
async def test_what_cannot_be_seen_in_one_pane_is_said(
    open_reader: OpenReader, two_papers: Pages, keys: tuple[str, ...], said: str
) -> None:
    async with open_reader(columns=80, rows=24) as reader:
        await reader.press(*keys)
        assert reader.footer == said


def type_ahead(reader: AppDriver, keys: str) -> None:
    """Type these keys before any is looked at."""
    from textual.keys import _character_to_key

    for key in keys:
        name = "enter" if key == "\r" else _character_to_key(key)
        reader.app.post_message(events.Key(name, key))


@pytest.mark.parametrize(
    ("keys", "shown"), [("/mill", "mill"), (":tsep", "tsep"), ("ahull", "hull"), ("?/quit", "quit")]
)
async def test_what_was_typed_before_the_start_goes_into_the_field_it_was_for(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages, keys: str, shown: str
) -> None:
    async with open_reader(wait=False) as reader:
        assert not reader.app.main_screen.loaded
        type_ahead(reader, keys)
        await reader.wait_until_idle()
        field = reader.app.screen.focused
        assert getattr(field, "value", None) == shown
        assert len(filled.library.sources()) == 2


@pytest.mark.parametrize(("way", "keys"), [((), "tested\r"), (("C",), "xavier"), (("exclamation_mark",), "weed")])
async def test_what_comes_in_one_go_with_a_key_without_a_meaning_runs_nothing(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: Pages, way: tuple[str, ...], keys: str
) -> None:
    fail(filled)
    async with open_reader() as reader:
        await reader.press(*way)
        screens = list(reader.app.screen_stack)
        type_ahead(reader, keys)
        await reader.wait_until_idle()
        assert list(reader.app.screen_stack) == screens, "e would have opened settings, a a dialog"
        assert "does nothing" in reader.footer
        assert len(filled.library.sources()) == 2
        await asyncio.sleep(0.05)
        await reader.press("a")
        assert type(reader.app.screen).__name__ == "AddSource", "what is typed later is a command"


async def test_what_is_pasted_where_there_is_no_field_says_so_and_runs_nothing(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    filled.headlines(filled.paper("The Gull"), "Ferry returns")
    async with open_reader() as reader:
        reader.app.post_message(events.Paste("https://gull.example/mmm"))
        await wait_until_idle(reader)
        assert reader.footer.startswith("Nothing was pasted. a adds a source by its address; paste it there.")
        assert "1 unread" in reader.text
        await press(reader, "question_mark")
        reader.app.post_message(events.Paste("gull"))
        await wait_until_idle(reader)
        assert "Nothing was pasted: there is no field here." in reader.text


async def test_the_palette_answers_a_key_that_it_does_not_have(
    open_reader: OpenReader, two_papers: dict[str, int]
) -> None:
    async with open_reader() as reader:
        await press(reader, "colon", "f5")
        assert "F5 does nothing here." in reader.text
        await press(reader, "d")
        assert "F5" not in reader.text

"""A click on what names a key, or stands for a command, does what it says."""

from reader.models import Failure, FailureKind
from tests import add_source
from tests.ui.app_driver import AppDriver, FilledLibrary, OpenReader


async def click_on(reader: AppDriver, words: str) -> None:
    line = next(index for index, text in enumerate(reader.lines) if words in text)
    await reader.pilot.click(offset=(reader.lines[line].index(words) + 1, line))
    await reader.wait_until_idle()


async def test_a_key_in_the_footer_is_pressed(open_reader: OpenReader, two_papers: dict[str, int]) -> None:
    async with open_reader() as reader:
        await click_on(reader, "all keys")
        assert "Keyboard shortcuts" in reader.text
        await click_on(reader, "back to reading")
        await click_on(reader, "/ filter")
        assert reader.footer.startswith("/")
        await click_on(reader, "Esc show all")
        await click_on(reader, "next unread")
        assert reader.app.main_screen.pane_name == "article"
        await reader.press("a")
        await click_on(reader, "Esc")
        assert len(reader.app.screen_stack) == 1


async def test_errors_and_what_is_new_are_shown(open_reader: OpenReader, filled: FilledLibrary) -> None:
    gull = filled.paper("The Gull")
    filled.headlines(gull, "Ferry returns")
    dead = add_source(filled.library, "https://dead.example/rss", "Dead")
    failure = Failure(FailureKind.HTTP, "https://dead.example/rss", status=404)
    filled.library.keep_failure(dead.id, failure, due_at=int(filled.clock.now) + 3600, now=filled.clock.now)
    async with open_reader(offline=False) as reader:
        filled.headlines(gull, "Newer news")
        reader.app.main_screen.live.check_for_changes()
        await reader.wait_until_idle()
        await click_on(reader, "press .")
        assert "● Newer news" in reader.text
        await click_on(reader, "1 error")
        assert type(reader.app.screen).__name__ == "FailingSources"


async def test_the_key_named_in_an_empty_list_is_pressed(open_reader: OpenReader, filled: FilledLibrary) -> None:
    filled.paper("The Gull")
    async with open_reader() as reader:
        await reader.press("h", "j", "j", "enter")
        assert "Nothing starred. * on a headline puts it here." in reader.text
        await click_on(reader, " * on a headline")
        assert reader.footer == "No story here."

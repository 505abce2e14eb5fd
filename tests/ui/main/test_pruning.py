"""The library is pruned while it is open: what one reads stays, what is gone leaves the list."""

from msgspec.structs import replace

from reader.config.values import KeepSettings
from reader.news.pruning import DAY, prune
from reader.store import Bounds, Library
from tests.ui.app_driver import AppDriver, Clock, FilledLibrary, OpenReader


async def a_second(reader: AppDriver) -> None:
    reader.app.main_screen.live.check_for_changes()
    await reader.wait_until_idle()


async def test_what_another_process_prunes_leaves_the_list_and_the_story_that_is_open_stays(
    open_reader: OpenReader, filled: FilledLibrary, clock: Clock, two_papers: dict[str, int]
) -> None:
    async with open_reader() as reader:
        await reader.press("enter")
        await reader.wait_until_idle()
        assert "Ferry returns" in reader.text
        clock.now += 400 * DAY
        with Library.open(filled.path, clock=clock, who="cli") as other:
            other.mark_read(two_papers.values())
            assert prune(other, Bounds(365, 0)).total.entries == 0, "it was read just now"
            clock.now += 400 * DAY
            assert prune(other, Bounds(365, 0)).total.entries == 4, "all but the story and the one it links to"
        await a_second(reader)
        left = [filled.row(page).title for page in reader.app.main_screen.list_pane.listing.pages]
        assert left == []
        assert "Ferry returns" in reader.text
        assert filled.row(two_papers["Ferry returns after eleven years"]).kept
        assert filled.row(two_papers["Seals on the sand"]).kept


async def test_it_prunes_by_itself_by_the_settings_that_hold(
    open_reader: OpenReader, filled: FilledLibrary, clock: Clock, two_papers: dict[str, int]
) -> None:
    async with open_reader() as reader:
        session, live = reader.app.main_screen.session, reader.app.main_screen.live
        session.config = replace(session.config, keep=KeepSettings(days=30, megabytes=0))
        live.prune()
        await reader.wait_until_idle()
        clock.now += 40 * DAY
        live.prune()
        await reader.wait_until_idle()
        assert len(reader.app.main_screen.list_pane.listing) == 0
        assert filled.unread() == 0
        assert filled.library.row(two_papers["Old mill sold"]) is None

"""The lines of the source tree."""

from reader.models import Failure, FailureKind, Source
from reader.store import Counts, View
from reader.ui.main.source_tree import tree_items
from tests import add_source
from tests.ui.app_driver import FilledLibrary, OpenReader


def test_the_tree_has_views_then_papers_without_a_folder_then_folders() -> None:
    sources = [
        Source(1, "a", "Loose"),
        Source(2, "b", "One", folder="A"),
        Source(3, "c", "Two", folder="B", failure=Failure(FailureKind.TLS)),
        Source(4, "d", "Three", folder="A"),
    ]
    items = tree_items(sources, Counts(5, 2, 0, 9, {2: 3, 4: 1}), frozenset("B"))
    assert [(item.name, item.count) for item in items[6:]] == [
        ("", 0),
        ("Loose", 0),
        ("", 0),
        ("A", 4),
        ("One", 3),
        ("Three", 1),
        ("", 0),
        ("B", 0),
    ]
    assert [item.count for item in items[:6]] == [5, 2, 0, 0, 9, None]
    assert [item.in_folder for item in items[6:12]] == [False, False, False, False, True, True]


def test_a_folder_counts_a_story_once_that_two_of_its_papers_list() -> None:
    sources = [Source(2, "b", "One", folder="A"), Source(4, "d", "Three", folder="A")]
    items = tree_items(sources, Counts(3, 0, 0, 0, {2: 3, 4: 1}, folders={"A": 3}), frozenset())
    assert [item.count for item in items if item.kind == "folder"] == [3]


async def test_a_failing_source_keeps_its_count_and_sources_in_a_folder_are_indented(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    loose, gull = filled.paper("Loose"), filled.paper("The Gull", folder="Coast")
    filled.headlines(gull, "Ferry returns", "Seals on the sand")
    failure = Failure(FailureKind.HTTP, gull.url, status=404)
    filled.library.keep_failure(gull.id, failure, due_at=int(filled.clock.now) + 3600, now=filled.clock.now)
    assert loose
    async with open_reader(columns=200) as reader:
        left = [line[:30] for line in reader.lines]
        assert any(line.startswith("      The Gull") and line.rstrip(" │").endswith("2 !") for line in left)
        assert any(line.startswith("    Loose ") for line in left)


async def test_the_cursor_is_on_what_the_list_shows(open_reader: OpenReader, two_papers: dict[str, int]) -> None:
    async with open_reader(columns=200) as reader:
        screen = reader.app.main_screen
        ledger = next(source for source in screen.sources.values() if source.title == "Northern Ledger")
        screen.open_view(View("source", source=ledger.id))
        await reader.wait_until_idle()
        assert screen.tree_pane.view == View("source", source=ledger.id)


async def test_a_source_that_was_just_added_has_the_cursor_once_it_is_in_the_tree(
    open_reader: OpenReader, two_papers: dict[str, int], filled: FilledLibrary
) -> None:
    async with open_reader(columns=200) as reader:
        screen = reader.app.main_screen
        new = add_source(filled.library, "https://tide.example/rss", "The Tide", folder="Coast")
        screen.sources = screen.sources | {new.id: new}
        screen.open_view(View("source", source=new.id))
        screen.changed()
        await reader.wait_until_idle()
        assert screen.tree_pane.view == View("source", source=new.id)
        await reader.press("h", "d")
        assert reader.footer == "The Tide removed. ^Z undoes."

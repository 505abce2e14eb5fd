"""The lines of the source tree."""

from reader.models import Failure, FailureKind, Source
from reader.store import Counts
from reader.ui.main.source_tree import tree_items


def test_the_tree_has_views_then_papers_without_a_folder_then_folders() -> None:
    sources = [
        Source(1, "a", "Loose"), Source(2, "b", "One", folder="A"),
        Source(3, "c", "Two", folder="B", failure=Failure(FailureKind.TLS)), Source(4, "d", "Three", folder="A"),
    ]  # fmt: skip
    items = tree_items(sources, Counts(5, 2, 0, 9, {2: 3, 4: 1}), frozenset("B"))
    assert [(item.name, item.count) for item in items[6:]] == [
        ("", 0), ("Loose", 0), ("", 0), ("A", 4), ("One", 3), ("Three", 1), ("", 0), ("B", 0),
    ]  # fmt: skip
    assert [item.count for item in items[:6]] == [5, 2, 0, 0, 9, None]

"""Everything lies where it is looked for: tests as the code lies, and files where the documents say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ROOT

ACROSS = {
    "tests/program/": "the whole program, by its keys and its command line",
    "tests/house/": "the project itself",
    "tests/long/": "what takes minutes: the whole program, again and again",
    "tests/test_house.py": "the folders of the reader",
    "tests/extract/mutated/": "the whole of extraction, on pages made worse",
    "tests/extract/test_gold.py": "the whole of extraction, on real pages",
    "tests/extract/test_time_bounds.py": "the whole of extraction, on pages that took long",
    "tests/extract/blocks/test_forms.py": "all of reader/extract/blocks, form by form",
    "tests/extract/markdown/test_safety.py": "all of reader/extract/markdown, on whatever a page holds",
    "tests/news/test_source_settings.py": "what is set for one source, in refresh, stories and offline",
    "tests/ui/test_snapshots.py": "the main screens as pictures",
    "tests/ui/article/layout/test_safety.py": "all of reader/ui/article/layout, on whatever a page holds",
    "tests/ui/dialogs/test_subscribing.py": "adding a source and its settings, dialog after dialog",
    "tests/ui/main/test_arrangement.py": "the screen as a person arranges it: keys, counts, widths",
    "tests/ui/main/test_fast_typing.py": "the screen while keys come faster than writes",
    "tests/ui/theme/test_screens.py": "the look of every screen, cell for cell",
    "tests/ui/theme/test_style_sheets.py": "the style sheets, which are no module",
}
"""Tests that belong to no one module, and what they are about. A new test has a module of its name."""
TESTS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py"))


def has_module(test: str, root: Path = ROOT) -> bool:
    """Say whether a test is named for a module or a folder of the reader, or lies in a folder that is."""
    place = Path("reader", *Path(test).parts[1:])
    named = place.with_name(place.stem.removeprefix("test_"))
    return (
        any((root / path).is_file() for path in (named.with_suffix(".py"), named / "__init__.py"))
        or (root / place.parent.with_suffix(".py")).is_file()
    )


def test_tests_lie_as_the_code_lies() -> None:
    assert [test for test in TESTS if not test.startswith(tuple(ACROSS)) and not has_module(test)] == []


@pytest.mark.parametrize("across", ACROSS)
def test_an_exception_is_there_and_is_one(across: str) -> None:
    these = [test for test in TESTS if test.startswith(across)]
    assert these
    assert not all(has_module(test) for test in these)


def test_a_test_without_a_module_is_seen() -> None:
    assert has_module("tests/store/test_journal.py")
    assert has_module("tests/store/database/test_threads.py")
    assert has_module("tests/demo/test_papers.py")
    assert not has_module("tests/store/test_machine.py")
    assert not has_module("tests/store/journals/test_undo.py")


NAMED = re.compile(r"(?<![\w./-])(?:reader|docs|tests|config|benchmarks|\.ci)/[\w./*-]*[\w*/]")
"""A path of ours in prose, from the root; `*` stands for any name, NAME for one that the reader chooses."""
IN_READER = re.compile(r"`([\w]+(?:/\w+)+\.\w+)`")
"""A path in a code span that can begin below `reader/`, as in the tables of the documents."""
BELOW = ("", "reader", "reader/extract")  # docs/extraction.md is about the latter
MADE_LATER = {"reader/_config": "in the wheel alone", "reader/_locale": "with the first translation"}


def prose() -> Iterator[tuple[str, str]]:
    """Yield each document and each docstring of ours: where it stands, and its text."""
    for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))):
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    for folder in ("reader", "tests", "benchmarks", "docs", ".ci"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                    yield path.relative_to(ROOT).as_posix(), str(node.value.value)


def missing(text: str) -> list[str]:
    """Return the paths that a text names and that are not there."""
    named = [path for path in NAMED.findall(text) if path not in MADE_LATER and "NAME" not in path]
    gone = [path for path in named if not any(ROOT.glob(path.rstrip("/")))]
    below = [path for path in IN_READER.findall(text) if "NAME" not in path]
    return gone + [path for path in below if not any((ROOT / at / path).exists() for at in BELOW)]


def test_paths_that_are_named_in_prose_are_there() -> None:
    assert [(where, gone) for where, text in prose() if (gone := missing(text))] == []


def test_a_path_that_is_not_there_is_seen() -> None:
    assert missing("See reader/store/journal.py, `store/journal.py`, tests/store/ and config/keys/*.toml.") == []
    assert missing("`config/sites/NAME.toml` and `reader/_config`") == []
    assert missing("See reader/store/marks.py and `store/marks.py` (tests/marks/).") == [
        "reader/store/marks.py",
        "tests/marks/",
        "store/marks.py",
    ]

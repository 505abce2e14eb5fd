"""`./check` runs the tests that matter to a change: by place, by the names they import, by their helpers."""

import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests import ROOT, present

SPEC = present(importlib.util.spec_from_file_location("chosen_tests", ROOT / ".ci/chosen_tests.py"))
chosen_tests = importlib.util.module_from_spec(SPEC)
present(SPEC.loader).exec_module(chosen_tests)

FILES = {
    "reader/__init__.py": "",
    "reader/words/__init__.py": "from reader.words.failures import failure\nfrom reader.words.dates import age as age",
    "reader/words/failures.py": "def failure(): ...",
    "reader/words/dates.py": "def age(): ...",
    "reader/store/__init__.py": "from reader.store.library import Library\nfrom reader.store.values import Act, Row",
    "reader/store/library.py": "from reader.store import journal\nclass Library: ...",
    "reader/store/values.py": "class Act: ...\nclass Row: ...",
    "reader/store/journal.py": "",
    "reader/fetch/__init__.py": "if TYPE_CHECKING:\n    from reader.fetch.http import Client",
    "reader/fetch/http.py": "class Client: ...",
    "reader/ui/__init__.py": "",
    "reader/ui/app.py": "",
    "tests/__init__.py": "",
    "tests/conftest.py": "from reader.store import Library\nfrom tests.server import Server\n"
    "@pytest.fixture\ndef library(): yield Library()\n@pytest.fixture\ndef server(): yield Server()",
    "tests/server.py": "from reader.fetch import Client\nclass Server: ...",
    "tests/test_house.py": "",
    "tests/house/test_readme.py": "",
    "tests/words/test_failures.py": "from reader.words.failures import failure",
    "tests/words/test_age.py": "from reader import words\ndef test(): words.age()",
    "tests/words/test_dates.py": "",
    "tests/store/test_values.py": "from reader.store import Row",
    "tests/store/test_journal.py": "def test(library): ...",
    "tests/store/library/test_closing.py": "",
    "tests/fetch/test_http.py": "def test(server): ...",
    "tests/ui/__init__.py": "",
    "tests/ui/conftest.py": "from tests.ui.app_driver import open_app\n"
    "@pytest.fixture(autouse=True)\ndef always(): open_app()\n"
    "@pytest.fixture\ndef app(library): yield open_app()",
    "tests/ui/app_driver.py": "from tests.ui.clock import Clock\nfrom reader.ui.app import App\ndef open_app(): ...",
    "tests/ui/clock.py": "class Clock: ...",
    "tests/ui/test_app.py": "def test(app): ...",
    "tests/ui/test_snapshots.py": "",
}  # fmt: skip

Chosen = Callable[[Sequence[str]], list[str]]


@pytest.fixture
def chosen(tmp_path: Path) -> Chosen:
    """The tests that are chosen in a small house, but for those about the house itself."""
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)

    def of(changed: Sequence[str]) -> list[str]:
        return [path for path in chosen_tests.tests_for(changed, tmp_path) if path != "tests/test_house.py"]

    return of


def test_a_module_is_tested_by_the_test_of_its_name(chosen: Chosen) -> None:
    assert chosen(["reader/store/journal.py"]) == ["tests/store/test_journal.py"]


def test_a_module_with_much_to_test_is_tested_by_its_folder(chosen: Chosen) -> None:
    assert "tests/store/library/test_closing.py" in chosen(["reader/store/library.py"])


def test_of_a_package_only_the_names_that_are_imported_count(chosen: Chosen) -> None:
    assert chosen(["reader/store/values.py"]) == ["tests/store/test_values.py"]
    assert "tests/store/test_values.py" not in chosen(["reader/store/library.py"])


def test_of_a_package_that_is_imported_whole_what_is_used_of_it_counts(chosen: Chosen) -> None:
    drawn = "tests/ui/test_snapshots.py"
    assert chosen(["reader/words/dates.py"]) == [drawn, "tests/words/test_age.py", "tests/words/test_dates.py"]
    assert chosen(["reader/words/failures.py"]) == [drawn, "tests/words/test_failures.py"]


def test_a_package_whose_surface_changes_is_tested_by_all_that_import_from_it(chosen: Chosen) -> None:
    assert {"tests/store/test_values.py", "tests/store/test_journal.py"} <= set(chosen(["reader/store/__init__.py"]))


def test_fixtures_that_a_test_asks_for_are_part_of_it(chosen: Chosen) -> None:
    tests = chosen(["reader/store/library.py"])
    assert {"tests/store/test_journal.py", "tests/ui/test_app.py"} <= set(tests)  # itself, and through another fixture
    assert "tests/fetch/test_http.py" not in tests  # which asks for another fixture of the same file


def test_names_that_a_package_loads_late_are_found(chosen: Chosen) -> None:
    assert chosen(["reader/fetch/http.py"]) == ["tests/fetch/test_http.py"]


def test_what_tests_read_is_tested_by_those_beside_it_and_a_document_by_the_house(chosen: Chosen) -> None:
    assert chosen(["tests/words/pages/long/names.toml"]) == sorted(path for path in FILES if "tests/words/" in path)
    assert chosen(["tests/ui/__snapshots__/test_snapshots/a.svg"]) == ["tests/ui/test_snapshots.py"]
    assert chosen(["README.md"]) == ["tests/house/test_readme.py"]


def test_helpers_are_followed_through_other_helpers_and_fixtures(chosen: Chosen) -> None:
    everything_in_ui = ["tests/ui/test_app.py", "tests/ui/test_snapshots.py"]
    for changed in ("tests/ui/clock.py", "tests/ui/app_driver.py", "tests/ui/conftest.py", "reader/ui/app.py"):
        assert chosen([changed]) == everything_in_ui, changed
    assert chosen(["tests/server.py"]) == ["tests/fetch/test_http.py"]


def test_a_module_that_no_test_imports_is_tested_by_its_folder(chosen: Chosen, tmp_path: Path) -> None:
    (tmp_path / "reader/words/numbers.py").write_text("")
    tests = {path for path in FILES if "tests/words/" in path}
    assert set(chosen(["reader/words/numbers.py"])) == {"tests/ui/test_snapshots.py"} | tests


def test_a_module_without_a_test_of_its_own_is_tested_by_its_folder_though_a_test_elsewhere_imports_it() -> None:
    for path, own in (
        ("reader/store/pages.py", "tests/store/test_entries.py"),
        ("reader/extract/cleanup/boilerplate.py", "tests/extract/cleanup/test_trim.py"),
        ("reader/fetch/entry_html.py", "tests/fetch/feeds/test_texts.py"),
    ):
        assert own in chosen_tests.tests_for([path], ROOT)


def test_a_changed_test_is_run_and_what_is_gone_is_not(chosen: Chosen) -> None:
    assert chosen(["tests/words/test_age.py", "tests/words/test_gone.py"]) == ["tests/words/test_age.py"]


def test_what_is_no_code_is_tested_by_those_that_read_it(chosen: Chosen) -> None:
    assert set(chosen(["reader/store/schema.sql"])) == {path for path in FILES if path.startswith("tests/store/")}
    assert chosen(["LICENSE"]) == []


@pytest.mark.parametrize("path", ["pyproject.toml", "tests/conftest.py"])
def test_what_everything_depends_on_is_tested_by_everything(chosen: Chosen, path: str) -> None:
    assert chosen([path]) == ["tests"]


def test_a_change_of_one_module_is_tested_by_a_small_part_of_the_tests() -> None:
    every = len(list((ROOT / "tests").rglob("test_*.py")))
    for path in ("reader/store/codec.py", "reader/text/dates.py", "reader/news/offline.py", "reader/cli/stories.py"):
        assert 4 <= len(chosen_tests.tests_for([path], ROOT)) < every / 8, path

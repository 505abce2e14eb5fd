"""Which tests matter to a change: those that lie where the module lies, those that import it, those about the house.

Imports are followed by name: `from reader.store import Library` is an import of `reader/store/library.py`, not of all
that the package hands on. Helpers and fixtures count as part of each test that uses them. Nothing is imported or run.
"""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ALWAYS = ("tests/test_house.py", "tests/house/test_imports.py", "tests/house/test_sentences.py")
"""Tests about the house: any change can break them."""
DATA = (
    ("config/sites/", "tests/extract/rules/"),
    ("config/keys/", "tests/commands/"),
    ("config/sources", "tests/lists/"),
    ("config/default.toml", "tests/config/"),
    ("config/", "tests/house/"),
    ("reader/store/", "tests/store/"),
    ("reader/demo/", "tests/demo/"),
    ("reader/words/settings.py", "tests/config/"),
    ("reader/words/settings.py", "tests/ui/pages/test_settings.py"),
    ("reader/words/site_rules.py", "tests/config/"),
    ("reader/words/library.py", "tests/store/database/"),
    ("reader/words/help_pages.py", "tests/ui/pages/test_help.py"),
    ("reader/extract/", "tests/extract/test_page.py"),
    ("reader/extract/", "tests/extract/test_gold.py"),
    ("reader/ui/theme/", "tests/ui/theme/"),
    (".ci/", "tests/house/"),
    ("docs/", "tests/house/"),
    ("README.md", "tests/house/"),
    ("CONTRIBUTING.md", "tests/house/"),
    ("CHANGELOG.md", "tests/house/"),
)
"""By the beginning of a path: the tests that read what no test imports, and those that matter besides its own."""
SNAPSHOTS = "tests/ui/test_snapshots.py"
DRAWN = ("reader/ui/", "reader/words/", "reader/commands/", "tests/ui/__snapshots__/")
"""What can stand in a snapshot, and the snapshots."""
EVERYWHERE = ("pyproject.toml", "tests/conftest.py")
"""Files that every test depends on."""


@dataclass(frozen=True)
class Fixture:
    """One fixture of a conftest: the names of modules that it uses, and the other fixtures it asks for."""

    names: frozenset[str]
    asks: frozenset[str]
    always: bool
    """Whether every test has it, asked for or not (`autouse`)."""


@dataclass(frozen=True)
class SourceFile:
    """What one file imports, as dotted names; where `bound` says under which name in the file."""

    path: str
    bound: dict[str, str]
    names: frozenset[str]
    asks: frozenset[str]
    """Arguments of its functions: those of a test are fixtures."""
    fixtures: dict[str, Fixture] = field(default_factory=dict)

    @property
    def is_package(self) -> bool:
        """Whether it is the `__init__` of a folder."""
        return self.path.endswith("/__init__.py")

    @property
    def is_test(self) -> bool:
        """Whether pytest looks for tests in it."""
        return Path(self.path).name.startswith("test_")


def module_of(path: str) -> str | None:
    """Return the dotted name of a Python file of ours, None for any other file."""
    if not path.endswith(".py") or not path.startswith(("reader/", "tests/", "benchmarks/")):
        return None
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def source_files(root: Path) -> dict[str, SourceFile]:
    """Return every file of `reader` and `tests`, by dotted name."""
    paths = [path for folder in ("reader", "tests") for path in sorted((root / folder).rglob("*.py"))]
    files = (_source_file(path.relative_to(root).as_posix(), _wanted_text(path, root)) for path in paths)
    return {module_of(file.path) or file.path: file for file in files}


def _wanted_text(file: Path, root: Path) -> str:
    # What a module of the reader imports is not asked for, but for packages: a fifth of the time.
    wanted = file.is_relative_to(root / "tests") or file.name == "__init__.py"
    return file.read_text(encoding="utf-8") if wanted else ""


@cache
def _source_file(path: str, text: str) -> SourceFile:
    tree = ast.parse(text)
    bound: dict[str, str] = {}
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
            bound.update({alias.asname: alias.name for alias in node.names if alias.asname})
        elif isinstance(node, ast.ImportFrom) and node.module:
            bound.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    names |= set(bound.values()) | _used(tree, bound)
    fixtures = {
        function.name: Fixture(
            frozenset(_used(function, bound)),
            frozenset(_arguments(function)),
            any("autouse" in ast.unparse(mark) for mark in function.decorator_list),
        )
        for function in tree.body
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and Path(path).name == "conftest.py"
    }
    return SourceFile(path, bound, frozenset(names), frozenset(_arguments(tree)), fixtures)


def _used(tree: ast.AST, bound: dict[str, str]) -> set[str]:
    """Return the imported names that this code uses; of a package that it imported whole, what it takes from it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in bound:
            found.add(bound[node.id])
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in bound:
            found.add(f"{bound[node.value.id]}.{node.attr}")
    return found


def _arguments(tree: ast.AST) -> set[str]:
    """Return the arguments of all functions here, and the names that `usefixtures` marks give."""
    found = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "usefixtures":
            found.update(one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))
    return found


def written_in(name: str, files: dict[str, SourceFile]) -> set[str]:
    """Return the module that a dotted name comes from, and the packages that hand it on; nothing for others' names."""
    module, taken = name, ""
    while module not in files:
        module, _, last = module.rpartition(".")
        if not module:
            return set()
        taken = f"{last}.{taken}" if taken else last
    first, _, rest = taken.partition(".")
    source = files[module].bound.get(first) if files[module].is_package else None
    if source is None or source == name:
        return {module}
    return {module} | written_in(f"{source}.{rest}" if rest else source, files)


def needed_by(test: SourceFile, files: dict[str, SourceFile]) -> set[str]:
    """Return the modules that a test imports, itself or through its helpers and fixtures."""
    found: set[str] = set()
    names = set(test.names) | _names_of_fixtures(test, files)
    while names:
        new = {module for name in names for module in written_in(name, files)} - found
        found |= new
        # What a helper imports is part of the test. What a module of the reader imports is not: nearly all would be.
        names = {name for module in new if module.startswith("tests") for name in files[module].names}
    return found


def _names_of_fixtures(test: SourceFile, files: dict[str, SourceFile]) -> set[str]:
    folders = [folder.as_posix() for folder in Path(test.path).parents]
    beside = [file.fixtures for folder in folders if (file := files.get(f"{folder.replace('/', '.')}.conftest"))]
    names: set[str] = set()
    asked = set(test.asks) | {name for fixtures in beside for name, one in fixtures.items() if one.always}
    done: set[str] = set()
    while asked - done:
        name = (asked - done).pop()
        done.add(name)
        for fixture in (fixtures[name] for fixtures in beside if name in fixtures):
            names |= fixture.names
            asked |= fixture.asks
    return names


def tests_for(changed: Iterable[str], root: Path) -> list[str]:
    """Return the test files that matter to these files, from the root; `tests` for all of them."""
    changed = list(changed)
    if any(path in EVERYWHERE for path in changed):
        return ["tests"]
    files = source_files(root)
    tests = {file.path: file for file in files.values() if file.is_test}
    modules = {name for path in changed if (name := module_of(path))}
    needed = {path: needed_by(test, files) for path, test in tests.items()}
    chosen = {path for path in tests if path in changed or needed[path] & modules}
    for path in changed:
        reading = tuple(folder for start, folder in DATA if path.startswith(start))
        if path.startswith("reader/") and path.endswith(".py"):
            chosen |= _tests_beside(path, tests)
            if path.startswith(("reader/words/", "reader/extract/")):
                chosen.update(test for test in tests if reading and test.startswith(reading))
        elif reading:
            chosen.update(test for test in tests if test.startswith(reading))
        elif path.endswith("/conftest.py"):  # its hooks and what its fixtures do reach every test below
            chosen.update(test for test in tests if test.startswith(path.removesuffix("conftest.py")))
        elif path.startswith("tests/") and not path.endswith((".py", ".svg")):
            chosen |= _tests_around(path, tests)
    if any(path.startswith(DRAWN) for path in changed):
        chosen.add(SNAPSHOTS)
    chosen.update(ALWAYS)
    return sorted(path for path in chosen if (root / path).exists())


def _tests_around(path: str, tests: Iterable[str]) -> set[str]:
    """Return the tests that may read a file of the tests (a page, a picture, a list): those of the folder it lies in,
    or of the nearest above that has any."""
    found: set[str] = set()
    folder = Path(path).parent
    while not found and folder.name:
        found = {test for test in tests if test.startswith(f"{folder.as_posix()}/")}
        folder = folder.parent
    return found


def _tests_beside(path: str, tests: Iterable[str]) -> set[str]:
    """Return the tests of a module by their place; where it has none of its own, those of the folder it lies in, or of
    the nearest above that has any: it is tested through others, of which one that imports it may be the least."""
    place = Path("tests", *Path(path).parts[1:])
    folder = f"{place.with_suffix('').as_posix()}/"  # of a module with much to test
    own = {
        test for test in tests if test == place.with_name(f"test_{place.name}").as_posix() or test.startswith(folder)
    }
    above = place.parent
    while not own and above.name:
        own = {test for test in tests if test.startswith(f"{above.as_posix()}/")}
        above = above.parent
    return own

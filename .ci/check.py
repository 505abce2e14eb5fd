"""Check a change before it is committed: lint, format, types, import contracts, and the tests that matter to it.

The tests that matter are those that lie where the changed module lies, those that import it, and those about the
house itself. `.ci/run` stays the whole: it installs anew and runs every test.
"""

import argparse
import ast
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
ALWAYS = ("tests/test_house.py", "tests/house/test_imports.py", "tests/house/test_sentences.py")
"""Tests about the house: any change can break them."""
DATA = (
    ("config/sites/", "tests/extract/rules/"),
    ("config/keys/", "tests/commands/"),
    ("config/sources", "tests/lists/"),
    ("config/", "tests/config/"),
    ("reader/store/", "tests/store/"),
    ("reader/demo/", "tests/demo/"),
    ("reader/ui/theme/", "tests/ui/theme/"),
)
"""Files that are no code, by the beginning of their path, and the tests that read them."""
SNAPSHOTS = "tests/ui/test_snapshots.py"
EVERYWHERE = ("pyproject.toml", "tests/conftest.py")
"""Files that every test depends on."""


def changed_files(base: str) -> list[str]:
    """Return the paths, from the root, that differ from `base`, with those that git does not know yet."""
    asked = (["diff", "--name-only", base], ["ls-files", "--others", "--exclude-standard"])
    found = [subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True) for words in asked]
    return sorted({line for run in found for line in run.stdout.splitlines()})


def module_of(path: str) -> str | None:
    """Return the dotted name of a Python file of ours, None for any other file."""
    if not path.endswith(".py") or not path.startswith(("reader/", "tests/", "benchmarks/")):
        return None
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports_of(file: Path) -> set[str]:
    """Return every module that a file may import, by dotted name: `from a import b` counts as `a` and as `a.b`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def surfaces() -> dict[str, set[str]]:
    """Return, for each module of ours, the packages that hand its names on: who imports one of them may mean it."""
    found: dict[str, set[str]] = {}
    for face in sorted((ROOT / "reader").rglob("__init__.py")):
        package = module_of(face.relative_to(ROOT).as_posix())
        for name in imports_of(face):
            if package and name.startswith("reader."):
                found.setdefault(name, set()).add(package)
    return found


def tests_for(changed: Iterable[str]) -> list[str]:
    """Return the test files that matter to these files, from the root; `tests` for all of them."""
    changed = list(changed)
    if any(path in EVERYWHERE for path in changed):
        return ["tests"]
    tests = {path.relative_to(ROOT).as_posix(): imports_of(path) for path in sorted((ROOT / "tests").rglob("*.py"))}
    # A helper of the tests is as much of a change as a module: what imports it is run.
    modules = {name for path in changed if (name := module_of(path))}
    handed_on = surfaces()
    modules |= {package for name in modules for package in handed_on.get(name, ())}
    chosen = {path for path, imported in tests.items() if imported & modules or path in changed}
    for path in changed:
        if path.startswith("reader/") and path.endswith(".py"):
            place = Path("tests", *Path(path).parts[1:])
            folder = f"{place.with_suffix('').as_posix()}/"  # of a module with much to test
            own = {place.with_name(f"test_{place.name}").as_posix()} & tests.keys()
            own.update(test for test in tests if test.startswith(folder))
            # A module without tests of its own is tested by those of its folder, or of the folder above.
            above = place.parent
            while not own and above.name:
                own = {test for test in tests if test.startswith(f"{above.as_posix()}/")}
                above = above.parent
            chosen.update(own)
        elif reading := next((folder for start, folder in DATA if path.startswith(start)), None):
            chosen.update(test for test in tests if test.startswith(reading))
        elif path.endswith("/conftest.py"):  # fixtures reach a test without an import
            chosen.update(test for test in tests if test.startswith(path.removesuffix("conftest.py")))
    if any(path.startswith("reader/ui/") for path in changed):
        chosen.add(SNAPSHOTS)  # whatever is drawn can stand in one
    files = {path for path in chosen if Path(path).name.startswith("test_")}
    files.update(place for place in ALWAYS if (ROOT / place).exists())
    return sorted(files)


def run(name: str, command: Sequence[str]) -> tuple[str, bool, float, str]:
    """Run one step; return its name, whether it passed, its seconds, and what it printed."""
    began = time.monotonic()
    done = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, check=False, capture_output=True, text=True)
    return name, done.returncode == 0, time.monotonic() - began, done.stdout + done.stderr


def main() -> int:
    """Run the steps side by side; print each as it ends, with what it said where it failed. Return 1 if one failed."""
    parser = argparse.ArgumentParser(prog="./check", description="Check a change before it is committed.")
    parser.add_argument("--since", default="HEAD", metavar="COMMIT", help="what counts as changed (default: HEAD)")
    parser.add_argument("--all", action="store_true", help="run every test, not only those that matter to the change")
    parser.add_argument("--list", action="store_true", help="print the tests that would run, and run nothing")
    asked = parser.parse_args()
    tests = ["tests"] if asked.all else tests_for(changed_files(asked.since))
    if asked.list:
        print("\n".join(tests))
        return 0
    steps: dict[str, list[str]] = {
        "lint": ["ruff", "check", "."],
        "format": ["ruff", "format", "--check", "."],
        "contracts": ["lint-imports", "--no-cache"],
        "types": ["mypy"],
        "tests": ["pytest", *tests],
    }
    if not tests:
        del steps["tests"]
    failed = False
    with ThreadPoolExecutor(2) as pool:
        for name, passed, seconds, said in pool.map(lambda step: run(*step), steps.items()):
            print(f"{'passed' if passed else 'FAILED'}  {name:9} {seconds:5.1f} s", flush=True)
            if not passed:
                failed = True
                print(said)
    if not asked.all:
        print(f"tests that ran: {' '.join(tests)}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

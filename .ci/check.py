"""Check a change before it is committed: lint, format, types, import contracts, and the tests that matter to it.

`chosen_tests.py` says which those are. `.ci/run` stays the whole: it installs anew and runs every test.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from chosen_tests import ROOT, tests_for

BIN = Path(sys.executable).parent


def changed_files(base: str) -> list[str]:
    """Return the paths, from the root, that differ from `base`, with those that git does not know yet."""
    asked = (["diff", "--name-only", base], ["ls-files", "--others", "--exclude-standard"])
    found = [subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True) for words in asked]
    return sorted({line for run in found for line in run.stdout.splitlines()})


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
    parser.add_argument("--no-tests", action="store_true", help="run no test: lint, format, types and contracts alone")
    parser.add_argument("--list", action="store_true", help="print the tests that would run, and run nothing")
    asked = parser.parse_args()
    tests = ["tests"] if asked.all else tests_for(changed_files(asked.since), ROOT)
    if asked.no_tests:
        tests = []
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
    if tests and not asked.all:
        print(f"tests that ran: {' '.join(tests)}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

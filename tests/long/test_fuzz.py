"""Minutes of fuzzing for each parser, and each piece that it knows a hundred thousand times.

`NEWSSTAND_LONG_MINUTES` says how many minutes of CPU each has, `NEWSSTAND_LONG_SEED` which inputs: without it, others
at each run. `tests/fuzz` makes the inputs, and says how one is given again.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import ROOT
from tests.fuzz.running import run
from tests.fuzz.subjects import SUBJECTS

pytestmark = pytest.mark.long

MINUTES = float(os.environ.get("NEWSSTAND_LONG_MINUTES") or 1)
"""Ten minutes for each of ten parsers would be longer than all else of the long run together."""
SEED = int(os.environ.get("NEWSSTAND_LONG_SEED") or time.time() * 1000 % 1_000_000)


@pytest.fixture(scope="session")
def folder() -> Path:
    """Where inputs that show a fault are written: they stay."""
    folder = ROOT / "build" / "fuzz"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.parametrize("name", SUBJECTS)
def test_minutes_of_fuzzing(name: str, folder: Path) -> None:
    done = run(SUBJECTS[name], SEED, seconds=60 * MINUTES, folder=folder)
    print(done)  # noqa: T201 # the summary of a long run
    assert done.faults == [], "\n".join(done.faults)


@pytest.mark.parametrize("name", SUBJECTS)
def test_nothing_that_comes_a_hundred_thousand_times_takes_long(name: str, folder: Path) -> None:
    done = run(SUBJECTS[name], 0, folder=folder)
    print(f"floods of {done}")  # noqa: T201 # as above
    assert done.faults == [], "\n".join(done.faults)


@pytest.mark.parametrize("name", SUBJECTS)
def test_what_comes_of_an_input_does_not_depend_on_the_order_of_sets(name: str) -> None:
    command = [sys.executable, "-m", "tests.fuzz", name, "--count", "150", "--seed", "2"]
    said = [
        subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": number})
        for number in ("1", "2")
    ]
    assert all(one.returncode == 0 for one in said), said[0].stdout
    assert said[0].stdout.splitlines()[1] == said[1].stdout.splitlines()[1]

"""A real library in a real file, a clock that tests move, and short ways to say what a paper does."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.store.sample_library import SampleLibrary

NOW = 1_700_000_000


@dataclass
class Clock:
    """Time stands still until a test moves it."""

    now: float = NOW

    def __call__(self) -> float:
        return self.now

    def tick(self, seconds: float = 60) -> int:
        self.now += seconds
        return int(self.now)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "share" / "library.db"


@pytest.fixture
def sample(path: Path, clock: Clock) -> Iterator[SampleLibrary]:
    with SampleLibrary(path, clock) as opened:
        yield opened

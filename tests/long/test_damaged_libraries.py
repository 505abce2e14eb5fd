"""Two hundred damaged libraries: none gives a traceback, and every mark and source that can be read is saved."""

import os
from pathlib import Path

import pytest

from tests.program.damaged_library import endure
from tests.store.doctor.made_library import make_library

MANY = int(os.environ.get("NEWSSTAND_LONG") or 200)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of some thousand entries, and nothing wrong with it."""
    path = tmp_path_factory.mktemp("whole") / "library.db"
    make_library(path, entries=3000, sources=12, seed=7)
    return path


@pytest.mark.long
@pytest.mark.parametrize("seed", range(MANY))
def test_a_damaged_library_is_read_and_repaired_without_a_loss(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    endure(whole, tmp_path / "shelf", seed, highest=3200)

"""The program over a home of its own."""

from pathlib import Path

import pytest

from tests.cli.sample_home import Stand


@pytest.fixture
def stand(tmp_path: Path) -> Stand:
    return Stand(tmp_path)

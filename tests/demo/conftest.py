"""One server for all tests of the demo, its clock stopped on a Monday morning."""

from collections.abc import Iterator

import pytest

from reader.demo.server import DemoServer

MORNING = 1_763_972_400.0  # Monday 24 November 2025, 08:20 UTC


@pytest.fixture(scope="session")
def demo() -> Iterator[DemoServer]:
    with DemoServer(clock=lambda: MORNING) as running:
        yield running

"""An hour of the busy reader, as many acts in less time: its memory ends where minute five stood."""

import os

import pytest

from benchmarks import memory

pytestmark = pytest.mark.long

MINUTES = max(8, int(os.environ.get("NEWSSTAND_LONG", "60")))
"""A minute is a hundred requests, and what is typed between them."""


def test_an_hour_of_reading_ends_within_a_tenth_of_minute_five() -> None:
    found = memory.measure(memory.arguments(["--fast", "--minutes", str(MINUTES)]))
    own = memory.ratio([(minute, at.own) for minute, at in found.items()])
    tree = memory.ratio([(minute, at.tree) for minute, at in found.items()])
    print(f"memory: {MINUTES} minutes of 100 requests, the end to minute five: own {own:.3f}, tree {tree:.3f}")  # noqa: T201 # the summary of a long run
    assert own <= memory.RATIO

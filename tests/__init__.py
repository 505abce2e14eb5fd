"""The tests, one folder for each room of `reader`, beside those of the whole program and of the house itself.

The folders lie as the code lies: what tests `reader/store/journal.py` is `tests/store/test_journal.py`, and a module
with much to test has a folder of its name. Helpers stand beside the tests that use them; `reader` imports none of this.
"""

from collections.abc import Callable
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parents[1]
"""The checkout."""
SHARED = ROOT.parent / "shared"
"""Third parties' pages and feeds, beside the project; tests that use it skip where it is absent."""

Value = TypeVar("Value")


def present(value: Value | None) -> Value:
    """Return what must be there: a test that finds None in its place fails here."""
    assert value is not None
    return value


def cached(function: Callable[..., Value]) -> "_lru_cache_wrapper[Value]":
    """Return a function as what `lru_cache` made of it, with `cache_info` and `__wrapped__`."""
    assert isinstance(function, _lru_cache_wrapper)
    return function

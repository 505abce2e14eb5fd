"""The tests, one folder for each room of `reader`, beside those of the whole program and of the house itself.

The folders lie as the code lies: what tests `reader/store/journal.py` is `tests/store/test_journal.py`, and a module
with much to test has a folder of its name. Helpers stand beside the tests that use them; `reader` imports none of this.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar, runtime_checkable

from reader.models import NewSource, Source
from reader.store import Library

ROOT = Path(__file__).parents[1]
"""The checkout."""
SHARED = ROOT.parent / "shared"
"""Third parties' pages and feeds, beside the project; tests that use it skip where it is absent."""

Value = TypeVar("Value")


def present(value: Value | None) -> Value:
    """Return what must be there: a test that finds None in its place fails here."""
    assert value is not None
    return value


def add_source(library: Library, url: str, title: str, **more: Any) -> Source:
    """Subscribe to one source; `more` as `NewSource` has it."""
    (added,) = library.add_sources([NewSource(url, title, **more)])
    return added


class CacheSize(Protocol):
    """What `cache_info` of a function with a cache tells, of which tests read the size."""

    @property
    def currsize(self) -> int: ...


@runtime_checkable
class Cached(Protocol):
    """A function that remembers what it has said, as `lru_cache` and `reader.text.urls.remembered` make one."""

    __wrapped__: Callable[..., object]

    def __call__(self, *arguments: str) -> object: ...

    def cache_info(self) -> CacheSize: ...

    def cache_clear(self) -> None: ...


def cached(function: object) -> Cached:
    """Return a function as one that remembers what it has said: it must be one."""
    assert isinstance(function, Cached)
    return function

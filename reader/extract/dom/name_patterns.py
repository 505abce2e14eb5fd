"""Patterns for the classes and ids of elements, with a cache: pages repeat the same few hundred names."""

import re
from collections.abc import Callable
from functools import lru_cache

_CACHED = 8192
LONGEST_NAME = 500


def name_matcher(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Return a function that says whether a name matches `pattern` anywhere.

    Its answers for the last 8,192 names are cached. For names, not for texts, which do not come again.
    """

    return cached_by_name(lambda name: pattern.search(name) is not None)


def cached_by_name(matches: Callable[[str], bool]) -> Callable[[str], bool]:
    """Return `matches` with a cache of its last 8,192 answers. Only the first 500 characters of a name are looked at:
    no page needs more, and some have a megabyte."""
    answer = lru_cache(maxsize=_CACHED)(matches)

    def cached(name: str) -> bool:
        return answer(name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME])

    return cached

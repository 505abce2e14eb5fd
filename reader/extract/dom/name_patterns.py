"""What classes and ids call an element: a pattern asked of each name once. Pages repeat the same few hundred names."""

import re
from collections.abc import Callable
from functools import lru_cache

_KEPT = 8192
MOST = 500


def name_matcher(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Return a function that says whether a name matches `pattern` anywhere.

    It remembers what it said of the last few thousand names. For names, not for texts: these do not come again.
    """

    return cached_by_name(lambda name: pattern.search(name) is not None)


def cached_by_name(is_called: Callable[[str], bool]) -> Callable[[str], bool]:
    """Return a function that says what `is_called` says of a name, and remembers it. No page needs names of more than
    500 characters, and some have a megabyte of them: what comes after is neither looked at nor kept."""
    known = lru_cache(maxsize=_KEPT)(is_called)

    def is_known(name: str) -> bool:
        return known(name if len(name) <= MOST else name[:MOST])

    return is_known

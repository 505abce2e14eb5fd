"""What classes and ids call an element: a pattern asked of each name once. Pages repeat the same few hundred names."""

import re
from collections.abc import Callable
from functools import lru_cache

_KEPT = 4096


def called(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Return a function that says whether a name matches `pattern` anywhere.

    It remembers what it said of the last few thousand names. For names, not for texts: these do not come again.
    """

    @lru_cache(maxsize=_KEPT)
    def is_called(name: str) -> bool:
        return pattern.search(name) is not None

    return is_called

"""Memory that nobody uses goes back to the system, in a moment in which nobody types.

Two things pile up while one reads, and both are bounded only by far more than a reader needs: answers that caches
remember (about addresses, titles, the width of texts), and pages that the allocator of the C library keeps once they
are free. Knows no widget and no library.

The last is glibc's alone (`malloc_trim(3)`): with another C library nothing is done about it. Python's collector is
left to its own pace: called here it gave nothing back, and a key that came then waited for it.
"""

import gc
import time
from collections.abc import Callable
from functools import cache

from rich.cells import cached_cell_len

from reader.text import urls

EVERY = 10.0
"""Seconds between two releases at least."""

QUIET = 0.3
"""Seconds without a key after which a pause of some milliseconds is not noticed."""


class SpareMemory:
    """Says when it is time. `look` is called each second, in the thread of the event loop."""

    def __init__(self) -> None:
        """The first release is `EVERY` seconds from now."""
        self._at = time.monotonic()
        self._collections = _collections()

    def look(self, last_key: float) -> bool:
        """Release what is not used, and return True: unless a key came just now, at `last_key` (`time.monotonic`), or
        it was done a short while ago, or nothing has been made since."""
        now = time.monotonic()
        if now - last_key < QUIET or now - self._at < EVERY or _collections() == self._collections:
            return False
        release()
        self._at, self._collections = time.monotonic(), _collections()
        return True


def release() -> None:
    """Forget what caches remember, and give free pages back. It takes some milliseconds."""
    urls.forget()
    cached_cell_len.cache_clear()
    trim = _malloc_trim()
    if trim is not None:
        trim(0)


def _collections() -> int:
    """How often Python has collected what is young: only while things are made and kept."""
    count: int = gc.get_stats()[0]["collections"]
    return count


@cache
def _malloc_trim() -> Callable[[int], object] | None:
    """What gives the free pages of glibc back; None where there is another C library, or Python cannot call it."""
    try:
        import ctypes  # here: it is needed only once the first screen has long been there

        trim: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (ImportError, OSError, TypeError, AttributeError):  # TypeError: on Windows a library has a name
        return None
    return trim

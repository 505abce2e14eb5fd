"""Which stories were asked for in vain, and how long only a person asks for them again. Asks nobody."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from reader.errors import LibraryError
from reader.models import Failure, FailureKind
from reader.store import FailedStory, Library
from reader.text.urls import page_key
from reader.text.waits import LONGEST_PAUSE, is_over

_log = logging.getLogger("newsstand.stories")

_HOUR, _DAY = 3600, 86400
_TOLD = 7 * _DAY  # seconds for which the library tells of a story that is not to be had
_GROWS = 4  # each pause is so many times the one before
_GONE = frozenset((401, 402, 403, 404, 406, 407, 410, 428, 451))
_FINAL = frozenset((FailureKind.NO_ADDRESS, FailureKind.NO_ARTICLE, FailureKind.LIST_PAGE, FailureKind.NOT_A_PAGE))
_LASTING = _FINAL | {
    FailureKind.BAD_URL,
    FailureKind.TLS,
    FailureKind.REDIRECT_LOOP,
    FailureKind.BAD_REDIRECT,
    FailureKind.TOO_LARGE,
    FailureKind.TOO_MANY_PARTS,
    FailureKind.PRIVATE_ADDRESS,
    FailureKind.BAD_ENCODING,
}
_NO_MISS = frozenset((FailureKind.OFFLINE, FailureKind.WAIT, FailureKind.DISK_FULL, FailureKind.NOT_KEPT))


def is_final(failure: Failure) -> bool:
    """Say whether asking again soon would give the same."""
    return failure.kind in _FINAL or (failure.kind is FailureKind.HTTP and failure.status in _GONE)


def is_lasting(failure: Failure) -> bool:
    """Say whether it will still be so in some hours: for all that is final, and for what its server has to mend."""
    return failure.kind is FailureKind.ROBOTS or failure.kind in _LASTING or is_final(failure)


def pause(failure: Failure, tries: int, *, listed: bool) -> int:
    """Return for how many seconds only a person asks for a story again that has failed so many times. Pure.

    Each pause is four times the one before; what may pass has none at first. `listed`: it is a story of a paper one
    reads, which is asked for sooner than one that is only linked to.
    """
    if failure.kind in _NO_MISS:
        return 0
    if failure.kind is FailureKind.ROBOTS:
        return _DAY  # as long as robots.txt is kept
    if is_lasting(failure):
        first, longest = (_HOUR if listed else _DAY), LONGEST_PAUSE
    else:
        first, longest = _HOUR, (_DAY if listed else 4 * _DAY)
        tries -= 2 if listed else 1
    return min(longest, first * _GROWS ** min(tries - 1, 9)) if tries > 0 else 0


@dataclass(frozen=True, slots=True)
class _Miss:
    """The last asking for a story failed. `failure` is None where there is something else to read; before `again_at`
    (UTC seconds) only a person asks for it."""

    failure: Failure | None
    again_at: float
    tries: int = 1


class Misses:
    """What one library and one process know of stories that are not to be had, by their page and by their address."""

    def __init__(self, library: Library, clock: Callable[[], float]) -> None:
        self._library = library
        self._clock = clock
        self._missed: dict[str | int, _Miss] = {}

    async def gave_up(self, url: str, *, page: int | None = None) -> bool:
        """Say whether only a person asks for this story now, for it was asked for in vain, also by another process."""
        miss = self._missed.get(_key(url, page))
        if miss is not None:
            return not is_over(miss.again_at, self._clock(), LONGEST_PAUSE)
        failed = await self._library.reading(self._library.failed_story, url) if url else None
        return failed is not None and not is_over(failed.again_at, self._clock(), LONGEST_PAUSE)

    def failure_of(self, url: str, *, page: int | None = None) -> Failure | None:
        """Return why there was nothing to read when this story was last asked for; None where there was something, or
        nobody has asked yet. It knows of this process alone (`Library.failed_stories` has what others found)."""
        misses = (self._missed.get(key) for key in _keys(url, page))
        return next((miss.failure for miss in misses if miss is not None), None)

    async def remember(self, url: str, page: int | None, failure: Failure | None, *, shown: bool) -> None:
        """Remember that a story failed, or (None) that it came; in the library too, for other processes.

        `shown`: there is something else to read in its place. Another process is told only what will still be true
        tomorrow, but waits as long as this one before it asks again. Who asks within a pause does not lengthen it.
        """
        try:
            before = await self._library.reading(self._library.failed_story, url) if url else None
            failed = self._noted(url, page, failure, before, shown=shown)
            if url and failed != before:
                await self._library.writing(self._library.keep_failed_story, url, failed)
        except LibraryError as error:
            _log.warning("whether %s came is not kept: %s", url, error)

    def _noted(
        self, url: str, page: int | None, failure: Failure | None, before: FailedStory | None, *, shown: bool
    ) -> FailedStory | None:
        """Note what came of asking for a story, and return what the library is to have of it, which had `before`."""
        if failure is None:
            for key in _keys(url, page):
                self._missed.pop(key, None)
            return None
        now, here = int(self._clock()), self._missed.get(_key(url, page))
        tries, again_at = (before.tries, before.again_at) if before is not None else (0, 0)
        if here is not None and here.tries > tries:  # the library could not be written
            tries, again_at = here.tries, int(here.again_at)
        counts = _is_miss(failure)
        if counts and is_over(again_at, now, LONGEST_PAUSE):
            tries += 1
            again_at = now + pause(failure, tries, listed=page is not None)
        elif counts:
            again_at = min(again_at, now + pause(failure, tries, listed=page is not None))
        for key in _keys(url, page):
            self._missed[key] = _Miss(None if shown else failure, again_at, tries)
        if not counts:
            return before
        return FailedStory(
            failure, max(now + _TOLD, again_at) if is_lasting(failure) and not shown else 0, again_at, tries
        )


def _is_miss(failure: Failure) -> bool:
    """Say whether it was the page that failed: not the network, not our disk, not the rules of its host."""
    return failure.kind not in _NO_MISS and not failure.url.endswith("/robots.txt")


def _key(url: str, page: int | None) -> str | int:
    """What tells a story from others for longer than a fetch takes: its page, else its address, however spelt."""
    return page_key(url) if page is None else page


def _keys(url: str, page: int | None) -> tuple[str | int, ...]:
    """Under which a story that failed is found: by its page, and by its address, which is all that a link has."""
    return tuple(key for key in (page, page_key(url)) if key)

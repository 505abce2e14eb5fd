"""Keeping the library within its bounds: what goes first, how much, and when it runs by itself.

Nothing is taken at once: a prune is a row of steps, each a short read or one short transaction, between which others
write. It may be left off after any of them.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Generator, Iterable, Sequence

from reader.config import Config
from reader.store import Bounds, Candidate, LastPrune, Library, Part, Pruned, Pruner, PruneReport, shares

_log = logging.getLogger("newsstand.prune")

DAY = 86400
MEGABYTE = 1_000_000

PARTS: tuple[Part, ...] = ("versions", "texts", "entries")
"""In this order they go where room is wanted: what can be had again from the network goes first."""

EVERY = 20 * 3600
"""Seconds between two prunes that nobody asked for, while there is room."""

FULL_EVERY = 3600
"""Seconds between two of them where the library is beyond its bound, and all that is left was protected."""

LONGEST_GAP = 180 * DAY
"""After so many seconds without a prune the first one that nobody asked for is put off by a day: a clock that is wrong
must not take what a person has not seen yet."""

ROOM = 0.95
"""Part of its bound to which a library is brought that is beyond it, so that it need not be done after each refresh."""

_LOOKED_AT = 400  # pages in one step
_SHORTEST_PAUSE = 0.002  # seconds between two steps; at least as long as the last one took

Steps = Generator[None, None, PruneReport]
"""A prune. `next` carries out one step; what it returns at its end says what went."""


def bounds_of(config: Config) -> Bounds:
    """Return the bounds that the settings say."""
    return Bounds(config.keep.days, config.keep.megabytes)


def prune_steps(library: Library, bounds: Bounds) -> Steps:
    """Prune: first what is beyond its days; then, where the library or a source is beyond its room, what was touched
    longest ago: replaced versions, then texts, then headlines. What is free is given back to the file system.

    LibraryError where the library cannot be used. Blocks: each step is for the thread that writes, or a command line.
    """
    pruner = library.pruner
    size = pruner.used()
    went: defaultdict[int, Pruned] = defaultdict(Pruned)
    pruner.close_ended()
    yield
    room = _limit(bounds)
    spare: list[tuple[int, int, bool, bool]] = []
    after: int | None = 0
    while after is not None:
        found, after = pruner.candidates(bounds, after, _LOOKED_AT, sized=False)
        yield
        yield from _taken(pruner, bounds, "entries", [one.page for one in found if one.expired], went)
        if room is not None:
            spare += [(one.seen, one.page, one.articles > 1, one.has_text) for one in found if not one.expired]
    if bounds.days:
        before = pruner.now() - bounds.days * DAY
        while pruner.has_acts(before) and pruner.forget_acts(before):
            yield
    yield from _sources_within_bounds(library, bounds, went)
    if room is not None and pruner.used() > room:
        spare.sort()
        for part in PARTS:
            pages = [
                page for _, page, versions, text in spare if part == "entries" or (versions, text)[part == "texts"]
            ]
            yield from _taken(pruner, bounds, part, pages, went, enough=int(room * ROOM))
    if pruner.can_shrink():
        while pruner.free() and pruner.give_back():
            yield
    after_size = pruner.used()
    over = max(0, after_size - room) if room is not None else 0
    pruner.note(LastPrune(pruner.now(), *bounds, own_bounds(library), over))
    total = sum(went.values(), Pruned())
    return PruneReport(total, dict(went), size, after_size, over)


def _limit(bounds: Bounds) -> int | None:
    return bounds.megabytes * MEGABYTE or None


def _taken(
    pruner: Pruner,
    bounds: Bounds,
    part: Part,
    pages: Sequence[int],
    went: "defaultdict[int, Pruned]",
    *,
    enough: int | None = None,
    only_source: int | None = None,
) -> Generator[None, None, None]:
    """Take this part of all these pages, a transaction at a step; `enough`: until no more of the file is in use."""
    at = 0
    while at < len(pages):
        wanted = None if enough is None else pruner.used() - enough
        if wanted is not None and wanted <= 0:
            return
        some = pages[at : at + _LOOKED_AT]
        dealt, gone = pruner.take(bounds, part, some, only_source=only_source, wanted=wanted)
        for source, pruned in gone.items():
            went[source] += pruned
        at += dealt
        yield


def _sources_within_bounds(
    library: Library, bounds: Bounds, went: "defaultdict[int, Pruned]"
) -> Generator[None, None, None]:
    """Prune the sources that have room of their own, and want more."""
    pruner = library.pruner
    for source in library.sources():
        limit = (source.keep_megabytes or 0) * MEGABYTE
        if not limit:
            continue
        size, spare = 0, list[Candidate]()
        pages = pruner.pages_of_source(source.id)
        for at in range(0, len(pages), _LOOKED_AT):
            size += pruner.size_of_pages(pages[at : at + _LOOKED_AT])
            spare += pruner.candidates_among(bounds, pages[at : at + _LOOKED_AT])
            yield
        for part, chosen in _chosen(spare, size, limit, source.id):
            only = source.id if part == "entries" else None
            yield from _taken(pruner, bounds, part, [one.page for one in chosen], went, only_source=only)


def _chosen(
    spare: Iterable[Candidate], size: int, limit: int, only_source: int | None = None
) -> list[tuple[Part, list[Candidate]]]:
    """Say what goes of what may, in its order, where `size` bytes are more than `limit`. Pure.

    `only_source`: headlines that another source lists too stay.
    """
    if size <= limit:
        return []
    excess = size - int(limit * ROOM)
    oldest = sorted(spare, key=lambda one: (one.seen, one.page))
    chosen: list[tuple[Part, list[Candidate]]] = []
    left: dict[int, Candidate] = {one.page: one for one in oldest}
    for part in PARTS:
        going: list[Candidate] = []
        for one in list(left.values()):
            if excess <= 0:
                break
            if part == "entries" and only_source is not None and one.sources != (only_source,):
                continue
            freed = _freed(one, part)
            if not freed:
                continue
            going.append(one)
            excess -= freed
            left[one.page] = _without(one, part)
        chosen.append((part, going))
    return chosen


def _freed(one: Candidate, part: Part) -> int:
    return sum(pruned.size for pruned in shares(one, part).values())


def _without(one: Candidate, part: Part) -> Candidate:
    """What a candidate is once this part of it has gone. Pure."""
    if part == "versions":
        return one._replace(articles=1, text=one.text - _freed(one, part))
    return one._replace(articles=0, has_text=False, text=0)


def dry_run(library: Library, bounds: Bounds) -> PruneReport:
    """Say what a prune would take, and take nothing. Sizes are what the texts and headlines take, about: what the file
    loses differs a little. Reads every text that may go: some seconds for a large library."""
    pruner = library.pruner
    went: defaultdict[int, Pruned] = defaultdict(Pruned)
    spare: dict[int, Candidate] = {}
    size = left = pruner.used()
    after: int | None = 0

    def go(part: Part, chosen: Iterable[Candidate]) -> None:
        nonlocal left
        for one in chosen:
            for source, pruned in shares(one, part).items():
                went[source] += pruned
                left -= pruned.size
            spare[one.page] = _without(one, part)
            if part == "entries":
                del spare[one.page]

    while after is not None:
        found, after = pruner.candidates(bounds, after, _LOOKED_AT, sized=True)
        spare |= {one.page: one for one in found}
        go("entries", [one for one in found if one.expired])
    for source in library.sources():
        limit = (source.keep_megabytes or 0) * MEGABYTE
        if limit:
            pages = pruner.pages_of_source(source.id)
            own = [spare[page] for page in pages if page in spare]
            expired = sum(pruned.size for number, pruned in went.items() if number == source.id)
            for part, chosen in _chosen(own, pruner.size_of_pages(pages) - expired, limit, source.id):
                go(part, [spare[one.page] for one in chosen])
    room = _limit(bounds)
    if room is not None:
        for part, chosen in _chosen(spare.values(), left, room):
            go(part, [spare[one.page] for one in chosen])
    over = max(0, left - room) if room is not None else 0
    return PruneReport(sum(went.values(), Pruned()), dict(went), size, left, over)


def prune(library: Library, bounds: Bounds) -> PruneReport:
    """Prune now, and return when that is done. Others write between its steps."""
    steps = prune_steps(library, bounds)
    while True:
        began = time.perf_counter()
        report = _step(steps)
        if report is not None:
            return report
        time.sleep(_pause(time.perf_counter() - began))


async def prune_beside(library: Library, bounds: Bounds) -> PruneReport:
    """Prune beside all else: each step is handed over to the library's writing thread, and what is handed over by
    others between two of them has its turn. Where the caller is cancelled, the rest is left for another time."""
    steps = prune_steps(library, bounds)
    while True:
        began = time.perf_counter()
        report = await library.writing(_step, steps)
        if report is not None:
            return report
        await asyncio.sleep(_pause(time.perf_counter() - began))


def _step(steps: Steps) -> PruneReport | None:
    try:
        next(steps)
    except StopIteration as end:
        report: PruneReport = end.value
        return report
    return None


def _pause(taken: float) -> float:
    return max(_SHORTEST_PAUSE, min(taken, 0.1))


def own_bounds(library: Library) -> str:
    """Return the bounds that sources have of their own, as one text: it differs where one of them was changed."""
    return " ".join(
        f"{source.id}:{source.keep_days}:{source.keep_megabytes}"
        for source in library.sources()
        if source.keep_days is not None or source.keep_megabytes is not None
    )


def is_wanted(library: Library, bounds: Bounds) -> bool:
    """Say whether it is time for a prune that nobody asked for. Reads; where the clock may be wrong, or the library was
    never pruned, it only writes down that a day is to pass first."""
    pruner = library.pruner
    if library.read_only:
        return False
    now, last, room = pruner.now(), pruner.last(), _limit(bounds)
    over = max(0, pruner.used() - room) if room is not None else 0
    if last is None or now - last.at > LONGEST_GAP:
        pruner.note(LastPrune(now, *bounds, own_bounds(library), 0))
        return over > 0
    since = now - last.at
    if since < 0 or since >= EVERY:
        return True
    if (last.days, last.megabytes, last.of_sources) != (*bounds, own_bounds(library)):
        return True
    return over > 0 and (last.over == 0 or since >= FULL_EVERY)


async def prune_if_wanted(library: Library, config: Config) -> PruneReport | None:
    """Prune beside all else where it is time to; None where it is not."""
    bounds = bounds_of(config)
    if library.read_only or not await library.writing(is_wanted, library, bounds):
        return None
    report = await prune_beside(library, bounds)
    if report.total != Pruned():
        _log.info(
            "pruned %d articles and %d headlines, %.1f MB",
            report.total.articles,
            report.total.entries,
            report.total.size / MEGABYTE,
        )
    return report

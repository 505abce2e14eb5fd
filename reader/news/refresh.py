"""What is due -> fetch -> decide -> keep, an event for each step. One bad source never stops the others."""

import asyncio
import logging
import math
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from dataclasses import replace

from reader.errors import DiskFull, LibraryError, NotAFeed, WorkerError, WorkerTimeout
from reader.fetch.politeness.turns import Turn
from reader.models import Entry, Failure, FailureKind, Feed, RefreshEvent, RefreshStep, Source
from reader.news.asking.own_headers import forget_unneeded
from reader.news.asking.turns import first_seconds, most_seconds, turn_of, turn_of_parsing
from reader.news.identity import pair
from reader.news.offline import keep_unread
from reader.news.stories import NO_NETWORK, StoryLoader, wait_of
from reader.news.workers import CpuTime
from reader.store import FeedChanges, NewAddress, OldEntry, digest
from reader.text.logins import may_have

_log = logging.getLogger("newsstand.refresh")

_LONGEST_SERVER_INTERVAL = 5 * 3600  # seconds a source's own ttl or max-age may put off the next visit
_NOTICED_WITHIN = 120  # seconds in which one notices by several sources that the network has gone
_SELDOM = 1000  # times the CPU time that a feed took in vain
_LONGEST_PAUSE = 24 * 3600  # seconds between two visits to a source that keeps failing


def decide(feed: Feed, old: Mapping[str, OldEntry]) -> FeedChanges:
    """Say which entries of `feed` are new, which are changed, and which have another address only. Pure.

    `old` is by guid; `identity.pair` finds whose each entry is. A new entry whose guid another one has gets one of its
    own. Entries that the feed no longer lists are left alone: a feed shows the newest, it does not take back the rest.
    """
    pairing = pair(feed.entries, old, (feed.home, feed.url))
    guids = {*old, *(entry.guid for entry in feed.entries)}
    new, changed, readdressed = [], [], []
    for entry, known in zip(feed.entries, pairing.found, strict=True):
        if known is None:
            new.append(replace(entry, guid=_free_guid(entry, guids)) if entry.guid in old else entry)
        elif known.digest == digest(entry):
            continue
        elif entry.link and known.link and known.digest == digest(replace(entry, link=known.link)):
            readdressed.append(NewAddress(known.id, entry, pairing.is_passing(entry.link, known.link)))
        else:
            changed.append((known.id, entry))
    return FeedChanges(
        title=feed.title,
        home=feed.home,
        language=feed.language,
        ttl=feed.ttl,
        new=tuple(new),
        changed=tuple(changed),
        readdressed=tuple(readdressed),
        listed=tuple(known.id for known in pairing.found if known is not None),
        fault=feed.fault,
    )


def _free_guid(entry: Entry, guids: set[str]) -> str:
    """Return the guid that an entry is kept under where its own is another story's, and put it among `guids`: with the
    link in it, as the feed parser would write it were both listed, and `pair` knows it again."""
    wanted = f"{entry.guid} {entry.link or entry.title}"
    number = 1
    while wanted in guids:
        number += 1
        wanted = f"{entry.guid} {number} {entry.link or entry.title}"
    guids.add(wanted)
    return wanted


def next_visit(
    source: Source, now: int, *, every: int, server_interval: int | None = None, failure: Failure | None = None
) -> int:
    """Say when to ask `source` again, in UTC seconds. Pure. `every` and `server_interval` (ttl, max-age): seconds.

    What keeps failing is asked ever more seldom: after as long again as it has been failing, a day at most. A server
    that asks for a pause is asked when that is over, and no sooner than after as long as it has been asking, a minute
    at most: one that says "1 second" again and again is not asked each second. One that took all the CPU time there is
    for it takes a thousandth of a processor at most.
    """
    interval = source.interval or every
    if failure is None:
        return now + max(interval, min(server_interval or 0, _LONGEST_SERVER_INTERVAL))
    failing = now - source.failed_since if source.failed_since is not None else 0
    if failure.until is not None:
        return max(now + min(failing, 60), math.ceil(failure.until.timestamp()))
    if failure.kind is FailureKind.CRASHED and failure.seconds is not None:
        failing = max(failing, round(failure.seconds * _SELDOM))
    return now + max(interval, min(failing, _LONGEST_PAUSE))


async def refresh(
    loader: StoryLoader,
    *,
    sources: Sequence[int] | None = None,
    every: bool = False,
    stories: bool = True,
    force: bool = False,
) -> AsyncGenerator[RefreshEvent, None]:
    """Visit what is due, of `sources` (None: of all), or with `every` all of these; then make stories readable offline.

    A server that has asked for a pause is left alone until it is over, whoever wants what, unless with `force`.

    Yields STARTED and one of SAME, KEPT, FAILED for each source, STORY and STORY_FAILED for stories, DONE at the end.
    """
    due = await loader.library.reading(loader.library.due, int(loader.clock()), every=every, ids=sources)
    await loader.obey_waits([source.id for source in due] if force else [])
    await forget_unneeded(loader.library, loader.clock())
    events: asyncio.Queue[RefreshEvent] = asyncio.Queue()
    alone = every and len(due) == 1  # a person waits for this one
    tasks = [
        asyncio.create_task(
            _visit(loader, source, Turn() if alone else turn_of(source), events, force), name=f"source {source.url}"
        )
        for source in due
    ]
    done = 0
    try:
        while done < len(due):
            event = await events.get()
            done += event.step is not RefreshStep.STARTED
            yield replace(event, done=done, total=len(due))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if stories and due:
        async for event in keep_unread(loader, sources=[source.id for source in due]):
            yield event
    yield RefreshEvent(RefreshStep.DONE, done=done, total=len(due))


async def probe(loader: StoryLoader, number: int) -> bool:
    """Ask one source whether there is a network again, as cheaply as it can be, and say whether there is; keep nothing.

    It is one that has answered before: another for each `number`, lest it is itself what has gone meanwhile, those
    first that answered last. Where no source ever has, nobody is asked: True, for whatever is due will tell.
    """
    from reader.fetch import FEEDS

    known = [
        source
        for source in await loader.library.reading(loader.library.sources)
        if source.answered_at is not None and wait_of(source, loader.clock()) is None
    ]
    if not known:
        return True
    known.sort(key=lambda source: source.answered_at or 0, reverse=True)
    source = known[number % len(known)]
    await loader.get(source.url, source, etag=source.etag, last_modified=source.last_modified, accept=FEEDS)
    return loader.offline_since is None


def lost_since(sources: Iterable[Source], since: float) -> list[int]:
    """Return the sources that fail only since the network has gone (UTC seconds), and by their silence. Pure."""
    began = since - _NOTICED_WITHIN
    return [
        source.id
        for source in sources
        if source.failure is not None
        and source.failure.kind in (*NO_NETWORK, FailureKind.OFFLINE)
        and (source.failed_since or 0) >= began
    ]


async def _visit(
    loader: StoryLoader, source: Source, turn: Turn, events: "asyncio.Queue[RefreshEvent]", force: bool
) -> None:
    events.put_nowait(RefreshEvent(RefreshStep.STARTED, source))
    pause = None if force else wait_of(source, loader.clock())
    if pause is not None:  # it is not asked, so that there is nothing new to keep
        events.put_nowait(RefreshEvent(RefreshStep.FAILED, source, failure=pause))
        return
    try:
        event = await _visited(loader, source, turn)
    except DiskFull as error:
        event = RefreshEvent(RefreshStep.FAILED, source, failure=Failure(FailureKind.DISK_FULL, cause=str(error)))
    except Exception as error:  # noqa: BLE001 # a bug met by one source must not stop the others
        _log.exception("%s could not be refreshed", source.url)
        failure = Failure(FailureKind.CRASHED, source.url, cause=repr(error))
        event = await _failed(loader, source, failure, int(loader.clock()), quietly=True)
    events.put_nowait(event)


async def _visited(loader: StoryLoader, source: Source, turn: Turn) -> RefreshEvent:
    from reader.fetch import FEEDS, parse
    from reader.fetch.response import is_whole

    library, every = loader.library, loader.config.refresh.every * 60
    response = await loader.get(
        source.url, source, etag=source.etag, last_modified=source.last_modified, accept=FEEDS, turn=turn
    )
    now = int(loader.clock())
    if await library.reading(_is_another, loader, source):
        return RefreshEvent(RefreshStep.SAME, source)  # what came belongs to nothing any more
    if isinstance(response, Failure):
        return await _failed(loader, source, response, now)
    due_at = next_visit(source, now, every=every, server_interval=response.max_age)
    if response.not_modified or response.body_hash == source.body_hash:

        def keep_same() -> None:
            library.keep_same(
                source.id,
                etag=response.etag or source.etag,
                last_modified=response.last_modified or source.last_modified,
                body_hash=response.body_hash or source.body_hash,
                due_at=due_at,
                now=now,
                asked=source.url,
                took=response.took,
            )
            _follow(loader, source, response.moved_to)

        await library.writing(keep_same)
        return RefreshEvent(RefreshStep.SAME, source, moved_to=response.moved_to)
    try:
        feed: Feed
        size, whole = len(response.body), is_whole(response.body)
        feed, parse_seconds = await loader.work_in_turn(
            turn if turn == Turn() else turn_of_parsing(source, size, whole=whole),
            CpuTime(first_seconds(source, size, whole=whole), most_seconds(size)),
            parse,
            response.body,
            response.final_url,
            content_type=response.content_type_header,
        )
    except NotAFeed as error:
        return await _failed(loader, source, Failure(FailureKind.NOT_A_FEED, source.url, cause=str(error)), now)
    except WorkerTimeout as error:
        failure = Failure(FailureKind.CRASHED, source.url, seconds=most_seconds(size), cause=str(error))
        return await _failed(loader, source, failure, now)
    except WorkerError as error:
        return await _failed(loader, source, Failure(FailureKind.CRASHED, source.url, cause=str(error)), now)
    server_interval = max(feed.ttl or 0, response.max_age or 0)

    def keep() -> tuple[int, int]:
        changes = replace(
            decide(feed, library.old_entries(source.id)),
            etag=response.etag,
            last_modified=response.last_modified,
            body_hash=response.body_hash,
            due_at=next_visit(source, now, every=every, server_interval=server_interval),
            took=response.took,
            parse_seconds=parse_seconds,
        )
        kept = library.keep_feed(source.id, changes, now=now, asked=source.url)
        _follow(loader, source, response.moved_to)
        return kept

    new, changed = await library.writing(keep)
    return RefreshEvent(
        RefreshStep.KEPT, source, new=new, changed=changed, failure=feed.fault, moved_to=response.moved_to
    )


def _is_another(loader: StoryLoader, source: Source) -> bool:
    """Whether a person has removed the source, or given it another address, while it was asked."""
    now = loader.library.source(source.id)
    return now is None or now.removed_at is not None or now.url != source.url


def _follow(loader: StoryLoader, source: Source, moved_to: str | None) -> None:
    """Remember where a source has moved for good, also when nothing in it is new: its old host may go first.

    One with headers or a login of its own stays: they are for the host that a person has given them to.
    """
    private = bool(source.headers or source.credentials)
    if moved_to and (not private or may_have(moved_to, source.url)):
        loader.library.keep_moved(source.id, moved_to, asked=source.url)


async def _failed(
    loader: StoryLoader, source: Source, failure: Failure, now: int, *, quietly: bool = False
) -> RefreshEvent:
    """Keep a source's failure, and when to ask again. `quietly`: where even that cannot be kept, the log says so."""
    _log.info("%s: %s %s", source.url, failure.kind, failure.cause)
    due_at = next_visit(source, now, every=loader.config.refresh.every * 60, failure=failure)
    library = loader.library
    try:
        await library.writing(library.keep_failure, source.id, failure, due_at=due_at, now=now, asked=source.url)
    except LibraryError:
        if not quietly:
            raise
        _log.exception("the failure of %s could not be kept", source.url)
    return RefreshEvent(RefreshStep.FAILED, source, failure=failure)

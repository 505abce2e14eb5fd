"""What is due -> fetch -> decide -> keep, an event for each step. One bad source never stops the others."""

import asyncio
import logging
import math
from collections.abc import AsyncGenerator, Awaitable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from reader.errors import DiskFull, LibraryError, NotAFeed, WorkerError, WorkerTimeout
from reader.fetch.politeness.turns import Turn
from reader.models import Entry, Failure, FailureKind, Feed, RefreshEvent, RefreshStep, Source
from reader.news.asking.own_headers import forget_unneeded
from reader.news.asking.turns import first_seconds, most_seconds, turn_of, turn_of_parsing
from reader.news.identity import pair
from reader.news.lost_network import is_lost
from reader.news.offline import keep_unread
from reader.news.stories import NO_NETWORK, StoryLoader, wait_of
from reader.news.workers import CpuTime
from reader.store import FeedChanges, NewAddress, OldEntry, digest
from reader.text.logins import may_have

_log = logging.getLogger("newsstand.refresh")

_LONGEST_SERVER_INTERVAL = 5 * 3600  # seconds a source's own ttl or max-age may put off the next visit
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
    Those that cannot be reached are told once another has answered. Where none does, the network is gone, which is not
    their fault: each is an OFFLINE failure, of which nothing is kept, and all are due again; no story is asked for.
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
    answers = loader.network.answers
    silent: list[RefreshEvent] = []  # of sources that could not be reached, before any other has answered
    done, lost = 0, False
    try:
        while done < len(due):
            event = await events.get()
            if _is_silence(event):
                silent.append(event)
            else:
                done += event.step is not RefreshStep.STARTED
                yield replace(event, done=done, total=len(due))
            all_heard = done + len(silent) == len(due)
            if silent and (all_heard or loader.network.answers != answers):
                lost = await is_lost(loader, [told.source for told in silent if told.source is not None], answers)
                for told in silent:
                    done += 1
                    yield replace(await _told_late(loader, told, lost=lost), done=done, total=len(due))
                silent.clear()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if stories and due and not lost:
        async for event in keep_unread(loader, sources=[source.id for source in due]):
            yield event
    yield RefreshEvent(RefreshStep.DONE, done=done, total=len(due))


async def _visit(
    loader: StoryLoader, source: Source, turn: Turn, events: "asyncio.Queue[RefreshEvent]", force: bool
) -> None:
    events.put_nowait(RefreshEvent(RefreshStep.STARTED, source))
    pause = None if force else wait_of(source, loader.clock())
    if pause is not None:  # it is not asked, so that there is nothing new to keep
        events.put_nowait(RefreshEvent(RefreshStep.FAILED, source, failure=pause))
        return
    events.put_nowait(await _safely(loader, source, _visited(loader, source, turn)))


async def _safely(loader: StoryLoader, source: Source, step: Awaitable[RefreshEvent]) -> RefreshEvent:
    """Return what a step comes to. What it raises is the failure of this source alone."""
    try:
        return await step
    except DiskFull as error:
        return RefreshEvent(RefreshStep.FAILED, source, failure=Failure(FailureKind.DISK_FULL, cause=str(error)))
    except Exception as error:  # noqa: BLE001 # a bug met by one source must not stop the others
        _log.exception("%s could not be refreshed", source.url)
        failure = Failure(FailureKind.CRASHED, source.url, cause=repr(error))
        return await _failed(loader, source, failure, int(loader.clock()), quietly=True)


def _is_silence(event: RefreshEvent) -> bool:
    """Say whether a source could not be reached: whose fault that is, the others' answers tell."""
    return event.step is RefreshStep.FAILED and event.failure is not None and event.failure.kind in NO_NETWORK


async def _told_late(loader: StoryLoader, event: RefreshEvent, *, lost: bool) -> RefreshEvent:
    """Keep and return that a source could not be reached; where the network is `lost`, that it is due again."""
    source, failure, now = event.source, event.failure, int(loader.clock())
    if source is None or failure is None:
        return event
    if not lost:
        return await _safely(loader, source, _failed(loader, source, failure, now))
    _log.info("%s: no network, %s", source.url, failure.cause)
    with suppress(LibraryError):  # the library has it in the log
        await loader.library.writing(loader.library.keep_unreached, source.id, now=now)
    return replace(event, failure=replace(failure, kind=FailureKind.OFFLINE))


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
        if response.kind in NO_NETWORK:  # it is kept once it is known whose fault that is
            return RefreshEvent(RefreshStep.FAILED, source, failure=response)
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

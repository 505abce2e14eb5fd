"""Commands that fetch: `refresh` for headlines, `offline` for the stories."""

import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from reader import shutdown
from reader.cli import completion
from reader.cli.context import Context
from reader.cli.output import Progress, complain, failure_json, json_line, say
from reader.cli.selection import source_of
from reader.errors import LibraryError
from reader.models import FailureKind, RefreshEvent, RefreshStep
from reader.text.secrets import without_secrets
from reader.text.urls import host
from reader.words import command_line as command_line_words

if TYPE_CHECKING:
    from reader.config import Config
    from reader.news.stories import StoryLoader
    from reader.store import Library

_LOST = (FailureKind.DISK_FULL, FailureKind.NOT_KEPT)
_VERBOSE = click.option("--verbose", is_flag=True, help="Also name each related story that could not be fetched.")


@click.command(
    "refresh", epilog="Examples:  newsstand refresh    newsstand refresh gull 7    newsstand refresh --all --no-stories"
)
@click.argument("sources", nargs=-1, metavar="[SOURCE...]", shell_complete=completion.sources)
@click.option("--all", "every", is_flag=True, help="Also refresh sources that are not due yet.")
@click.option("--force", is_flag=True, help="Also ask servers that have asked for a pause.")
@click.option("--no-stories", is_flag=True, help="Fetch headlines only, and no stories for reading offline.")
@_VERBOSE
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per event and line.")
@click.pass_obj
def refresh_command(
    context: Context, sources: tuple[str, ...], every: bool, force: bool, no_stories: bool, verbose: bool, as_json: bool
) -> None:
    """Refresh the sources that are due, and keep the newest unread stories for reading offline.

    SOURCE: its number, its address, or part of its name."""
    from reader.news.refresh import refresh

    settings = context.config()
    with context.library() as library:
        if not sources and not library.sources():
            say(command_line_words.no_sources(), err=True)
            return
        library.must_be_writable()
        chosen = [source_of(library, name).id for name in sources] or None

        def events(loader: "StoryLoader") -> AsyncGenerator[RefreshEvent, None]:
            wanted = every or bool(chosen)
            return refresh(loader, sources=chosen, every=wanted, stories=not no_stories, force=force)

        _run(library, settings, events, verbose=verbose, as_json=as_json, prunes=True)


@click.command("offline", epilog="Example:  newsstand offline")
@_VERBOSE
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per event and line.")
@click.pass_obj
def offline_command(context: Context, verbose: bool, as_json: bool) -> None:
    """Keep all unread stories for reading offline, with the stories related to them."""
    from reader.news.offline import keep_unread

    settings = context.config()
    with context.library() as library:
        library.must_be_writable()

        def events(loader: "StoryLoader") -> AsyncGenerator[RefreshEvent, None]:
            return keep_unread(loader, per_source=settings.offline.articles)

        _run(library, settings, events, verbose=verbose, as_json=as_json)


def _run(
    library: "Library",
    settings: "Config",
    events: "Callable[[StoryLoader], AsyncGenerator[RefreshEvent, None]]",
    *,
    verbose: bool,
    as_json: bool,
    prunes: bool = False,
) -> None:
    """Follow the events to the end, prune where `prunes` and it is time to, and exit. What failed is a line each: of
    stories only the papers' own (`verbose`: all), and of a host that asks us to wait one."""
    from reader.news.stories import StoryLoader

    async def follow() -> _Counted:
        progress, counted = Progress(), _Counted()
        waiting: set[str] = set()
        loader = StoryLoader(library, settings)
        try:
            async with aclosing(events(loader)) as stream:
                async for event in stream:
                    progress.tell(event)
                    counted.count(event)
                    if as_json:
                        json_line(_fields(event))
                    if event.failure is not None and (verbose or not _is_left_out(event, waiting)):
                        progress.clear()
                        source, waits = event.source, event.failure.kind is FailureKind.WAIT
                        promises = not waits if source is None else waits or source.answered_at is not None
                        name = source.title if source else event.failure.url
                        complain(name, event.failure, promises=promises)
            if prunes:
                await _prune(library, settings)
        finally:
            progress.clear()
            await loader.close()
        return counted

    counted = shutdown.run(follow())
    if counted.reached_nobody:
        say(command_line_words.nothing_reached(), err=True)
    elif not as_json:
        say(
            command_line_words.refreshed(
                counted.new, counted.kept, counted.missed, counted.lost, counted.related, verbose=verbose
            ),
            err=True,
        )
    sys.exit(1 if counted.failed or counted.lost or counted.reached_nobody else 0)


async def _prune(library: "Library", settings: "Config") -> None:
    """Prune where it is time to. What fails in that does not make a refresh fail: the next one tries again."""
    from reader.news.pruning import prune_if_wanted

    with suppress(LibraryError):  # the library has it in the log
        await prune_if_wanted(library, settings)


@dataclass(slots=True)
class _Counted:
    """What a refresh has brought: headlines, stories kept, stories that could not be fetched (`related`: those that no
    source lists), stories that came and could not be kept, sources that failed, sources that answered, and whatever
    was asked for without a network."""

    new: int = 0
    kept: int = 0
    missed: int = 0
    lost: int = 0
    failed: int = 0
    related: int = 0
    offline: int = 0
    answered: int = 0

    @property
    def reached_nobody(self) -> bool:
        """Whether nothing came because there is no network."""
        return self.offline > 0 and not self.kept and not self.answered

    def count(self, event: RefreshEvent) -> None:
        """Count one event."""
        lost = event.failure is not None and event.failure.kind in _LOST
        self.new += event.new
        self.offline += event.failure is not None and event.failure.kind is FailureKind.OFFLINE
        self.failed += event.step is RefreshStep.FAILED
        self.answered += event.step in (RefreshStep.SAME, RefreshStep.KEPT)
        self.kept += event.step is RefreshStep.STORY
        if event.step in (RefreshStep.STORY, RefreshStep.STORY_FAILED) and lost:
            self.lost += 1
        elif event.step is RefreshStep.STORY_FAILED:
            self.missed += not event.related
            self.related += event.related


def _is_left_out(event: RefreshEvent, waiting: set[str]) -> bool:
    """Whether an event has no line of its own: the summary counts it. `waiting` are the hosts told of so far."""
    failure = event.failure
    if failure is not None and failure.kind is FailureKind.OFFLINE:
        return True
    if event.step is not RefreshStep.STORY_FAILED or failure is None or failure.kind in _LOST:
        return False
    if event.related or failure.kind is not FailureKind.WAIT:
        return event.related
    said = host(failure.url) in waiting
    waiting.add(host(failure.url))
    return said


def _fields(event: RefreshEvent) -> dict[str, object]:
    """Return a step for scripts. It goes into logs as what is said of failures does, and so is without secrets, too;
    `source` is what names the source."""
    return {
        "step": event.step.value,
        "source": None if event.source is None else event.source.id,
        "url": None if event.source is None else without_secrets(event.source.url),
        "page": event.page,
        "related": event.related,
        "new": event.new,
        "changed": event.changed,
        "moved_to": None if event.moved_to is None else without_secrets(event.moved_to),
        "failure": None if event.failure is None else failure_json(event.failure),
        "done": event.done,
        "total": event.total,
    }

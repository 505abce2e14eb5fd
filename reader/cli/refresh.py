"""Commands that fetch: `refresh` for headlines, `offline` for the stories."""

import asyncio
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING

import click

from reader.cli import completion
from reader.cli.context import Context
from reader.cli.output import Progress, complain, failure_json, json_line
from reader.cli.selection import source_of
from reader.models import RefreshEvent, RefreshStep
from reader.words import command_line as command_line_words

if TYPE_CHECKING:
    from reader.config import Config
    from reader.news.stories import StoryLoader
    from reader.store import Library


@click.command(
    "refresh", epilog="Examples:  newsstand refresh    newsstand refresh gull 7    newsstand refresh --all --no-stories"
)
@click.argument("sources", nargs=-1, metavar="[SOURCE...]", shell_complete=completion.sources)
@click.option("--all", "every", is_flag=True, help="Also refresh sources that are not due yet.")
@click.option("--no-stories", is_flag=True, help="Fetch headlines only, and no stories for reading offline.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per event and line.")
@click.pass_obj
def refresh_command(context: Context, sources: tuple[str, ...], every: bool, no_stories: bool, as_json: bool) -> None:
    """Refresh the sources that are due, and keep the newest unread stories for reading offline.

    SOURCE: its number, its address, or part of its name."""
    from reader.news.refresh import refresh

    settings = context.config()
    with context.library() as library:
        if not sources and not library.sources():
            click.echo(command_line_words.no_sources(), err=True)
            return
        library.must_be_writable()
        chosen = [source_of(library, name).id for name in sources] or None

        def events(loader: "StoryLoader") -> AsyncGenerator[RefreshEvent, None]:
            return refresh(loader, sources=chosen, every=every or bool(chosen), stories=not no_stories)

        _run(library, settings, events, as_json)


@click.command("offline", epilog="Example:  newsstand offline")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per event and line.")
@click.pass_obj
def offline_command(context: Context, as_json: bool) -> None:
    """Keep all unread stories for reading offline, with the stories related to them."""
    from reader.news.offline import keep_unread

    settings = context.config()
    with context.library() as library:
        library.must_be_writable()
        _run(library, settings, lambda loader: keep_unread(loader, per_source=settings.offline.articles), as_json)


def _run(
    library: "Library",
    settings: "Config",
    events: "Callable[[StoryLoader], AsyncGenerator[RefreshEvent, None]]",
    as_json: bool,
) -> None:
    from reader.news.stories import StoryLoader

    async def follow() -> tuple[int, int, int, int]:
        progress = Progress()
        new = kept = missed = failed = 0
        loader = StoryLoader(library, settings)
        try:
            async with aclosing(events(loader)) as stream:
                async for event in stream:
                    progress.tell(event)
                    new += event.new
                    kept += event.step is RefreshStep.STORY
                    missed += event.step is RefreshStep.STORY_FAILED
                    failed += event.step is RefreshStep.FAILED
                    if as_json:
                        json_line(_fields(event))
                    if event.failure is not None:
                        progress.clear()
                        kept = event.source is None or event.source.answered_at is not None
                        complain(
                            event.source.title if event.source else event.failure.url, event.failure, promises=kept
                        )
        finally:
            progress.clear()
            await loader.close()
        return new, kept, missed, failed

    new, kept, missed, failed = asyncio.run(follow())
    if not as_json:
        click.echo(command_line_words.refreshed(new, kept, missed), err=True)
    sys.exit(1 if failed else 0)


def _fields(event: RefreshEvent) -> dict[str, object]:
    return {
        "step": event.step.value,
        "source": None if event.source is None else event.source.id,
        "url": None if event.source is None else event.source.url,
        "page": event.page,
        "new": event.new,
        "changed": event.changed,
        "moved_to": event.moved_to,
        "failure": None if event.failure is None else failure_json(event.failure),
        "done": event.done,
        "total": event.total,
    }

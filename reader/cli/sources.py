"""Commands about sources: add, sources."""

import asyncio
import sys
from contextlib import aclosing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from reader import words
from reader.cli import Context
from reader.cli.output import complain, failure_json, json_line, table
from reader.models import Failure, FailureKind, RefreshStep, Source

if TYPE_CHECKING:
    from reader.config import Config
    from reader.store import Library


@click.command("add", epilog="Examples:  newsstand add https://example.org/feed.xml    newsstand add example.org")
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--title", help="Call it so, instead of what it calls itself.")
@click.option("--folder", help="Put it into this folder.")
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
@click.pass_obj
def add_command(context: Context, urls: tuple[str, ...], title: str | None, folder: str | None, as_json: bool) -> None:
    """Subscribe to a feed, or to the feed that a page names, and fetch its headlines."""
    settings = context.config()
    with context.library() as library:
        sys.exit(asyncio.run(_add(library, settings, urls, title, folder, as_json)))


async def _add(
    library: "Library", settings: "Config", urls: tuple[str, ...], title: str | None, folder: str | None, as_json: bool
) -> int:
    from reader.reading import Desk
    from reader.refresh import refresh
    from reader.subscriptions import add

    code = 0
    desk = Desk(library, settings)
    try:
        for url in urls:
            result = await add(desk, url, title=title, folder=folder)
            if isinstance(result, Failure):
                code = max(code, 2 if result.kind is FailureKind.BAD_URL else 1)
                if as_json:
                    json_line({"url": url, "failure": failure_json(result)})
                complain(url, result, promises=False)
                continue
            source = result.source
            source = library.source(source.id) or source
            if result.new and not result.fetched:
                async with aclosing(refresh(desk, sources=[source.id], stories=False)) as events:
                    async for event in events:
                        code = max(code, int(event.step is RefreshStep.FAILED))
                source = library.source(source.id) or source
            if source.failure is not None:
                complain(source.title, source.failure)
            count = len(library.entries(source=source.id))
            if as_json:
                json_line({**_fields(source), "headlines": count, "new": result.new})
            elif result.new:
                click.echo(f"Subscribed to {source.title}: {words.headlines(count)}.")
                if source.url != url:
                    click.echo(f"Its feed was found at {source.url}", err=True)
            else:
                at = f" ({source.url})" if source.url != url else ""
                click.echo(f"Already subscribed to {source.title}{at}: {words.headlines(count)}.")
            if result.others and not as_json:
                click.echo("That page names more feeds; add those you want:\n  " + "\n  ".join(result.others), err=True)
    finally:
        await desk.close()
    return code


@click.command("sources", epilog="Example:  newsstand sources --json | jq -r .url")
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
@click.pass_obj
def sources_command(context: Context, as_json: bool) -> None:
    """List the sources, with unread headlines and trouble."""
    with context.library() as library:
        sources = library.sources()
        counts = library.counts(today=0).sources
        if as_json:
            for source in sources:
                json_line(_fields(source) | {"unread": counts.get(source.id, 0)})
            return
        if not sources:
            click.echo("No sources yet. newsstand add URL subscribes to one.", err=True)
            return
        table(
            [
                [
                    str(source.id),
                    source.folder or "",
                    source.title,
                    words.unread(counts.get(source.id, 0)),
                    source.url if source.failure is None else f"! {words.failure(source.failure)}",
                ]
                for source in sources
            ]
        )


def _fields(source: Source) -> dict[str, object]:
    def moment(seconds: int | None) -> datetime | None:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)

    return {
        "id": source.id,
        "url": source.url,
        "title": source.title,
        "home": source.home,
        "folder": source.folder,
        "language": source.language,
        "asked": moment(source.asked_at),
        "answered": moment(source.answered_at),
        "due": moment(source.due_at or None),
        "failure": None if source.failure is None else failure_json(source.failure),
    }

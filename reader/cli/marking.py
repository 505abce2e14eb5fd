"""Commands that mark: mark, save."""

import asyncio
import sys
from typing import TYPE_CHECKING

import click

from reader.cli import completion
from reader.cli.context import Context
from reader.cli.output import complain, failure_json, json_line
from reader.cli.selection import any_asked, chosen, filters, is_number, pages_of
from reader.errors import Misuse
from reader.words import command_line as command_line_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.config import Config
    from reader.news.stories import Story
    from reader.store import Act, Library

_ACTS = ("read", "unread", "star", "unstar", "save", "unsave")


@click.command(
    "mark",
    epilog="Examples:  newsstand mark 12 15 --as star    newsstand mark --all --source Gull --as read    "
    "newsstand list --unread | grep Sport | cut -d' ' -f1 | newsstand mark - --as read",
)
@click.argument("ids", nargs=-1, metavar="[ID...]", shell_complete=completion.stories)
@click.option("--as", "act", type=click.Choice(_ACTS), default="read", show_default=True, help="How to mark them.")
@click.option("--all", "every", is_flag=True, help="All stories that the options below select.")
@filters
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def mark_command(
    context: Context, /, ids: tuple[str, ...], act: str, every: bool, as_json: bool, **asked: object
) -> None:
    """Mark stories read, unread, starred or saved. ID: a number of `newsstand list`; - reads numbers from stdin."""
    if not ids and not every:
        raise Misuse(command_line_words.no_stories_chosen())
    if ids and (every or any_asked(asked)):
        raise Misuse(command_line_words.numbers_or_all())
    with context.library() as library:
        if every:
            pages = [row.page for row in library.entries(**chosen(library, asked))]
        else:
            pages = pages_of(library, _numbers(ids))
        done = _marked(library, act, pages)
    if as_json:
        json_line({"act": act, "asked": len(pages), "changed": done.pages})
    else:
        click.echo(command_line_words.marked(act, done.pages), err=True)


def _numbers(ids: "Sequence[str]") -> list[str]:
    numbers: list[str] = []
    for one in ids:
        if one == "-":
            if sys.stdin is None:
                raise Misuse(command_line_words.input_closed("mark -"))
            numbers += [line.split()[0] for line in sys.stdin if line.strip()]
        else:
            numbers.append(one)
    return numbers


def _marked(library: "Library", act: str, pages: list[int]) -> "Act":
    if act in ("read", "unread"):
        return library.mark_read(pages, act == "read")
    if act in ("star", "unstar"):
        return library.star(pages, act == "star")
    return library.save(pages, act == "save")


@click.command(
    "save",
    epilog="Examples:  newsstand save https://example.org/story    newsstand save 12 --remove",
)
@click.argument("what", nargs=-1, required=True, metavar="URL|ID...", shell_complete=completion.stories)
@click.option("--remove", is_flag=True, help="Remove them from Read later.")
@click.option("--no-fetch", is_flag=True, help="Do not fetch them now.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.pass_obj
def save_command(context: Context, what: tuple[str, ...], remove: bool, no_fetch: bool, as_json: bool) -> None:
    """Add pages to Read later, and keep them for reading offline. A page that cannot be fetched now is added anyway."""
    from reader.text.urls import is_web

    wrong = [one for one in what if not is_number(one) and not is_web(one)]
    if wrong:
        raise Misuse(command_line_words.neither_story_nor_page(wrong[0]))
    settings = context.config()
    with context.library() as library:
        pages_of(library, [one for one in what if is_number(one)])  # all of them are there, or nothing is done
        pages = [pages_of(library, [one])[0] if is_number(one) else library.ensure_page(one) for one in what]
        pages = list(dict.fromkeys(pages))
        library.save(pages, not remove)
        stories = [] if remove or no_fetch else asyncio.run(_fetched(library, settings, pages))
        failed = {story.page: story.failure for story in stories if story.failure is not None and not story.kept}
        rows = library.rows(pages)
        code = 0
        for page in pages:
            row, failure = rows[page], failed.get(page)
            code = max(code, int(failure is not None))
            if as_json:
                kept = None if failure is None else failure_json(failure)
                json_line({"id": row.page, "url": row.url, "title": row.title, "saved": row.saved, "failure": kept})
                continue
            click.echo(f"{row.page}  {row.title}" + ("" if remove else "  ↓" if row.kept else ""))
            if failure is not None:
                complain(command_line_words.saved_not_kept(), failure)
    sys.exit(code)


async def _fetched(library: "Library", settings: "Config", pages: list[int]) -> "list[Story]":
    from reader.news.stories import StoryLoader

    loader = StoryLoader(library, settings, workers=False)
    try:
        rows = library.rows(pages)
        return [await loader.open(rows[page].url, page=page) for page in pages]
    finally:
        await loader.close()

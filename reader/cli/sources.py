"""Commands about sources: sources, remove, rename, move, set, undo, redo. `add` and `catalogue` stand in adding.py."""

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from reader import words
from reader.cli import completion
from reader.cli.context import Context
from reader.cli.output import failure_json, json_line, table
from reader.cli.selection import source_of
from reader.errors import Misuse
from reader.lists import folders
from reader.models import Source
from reader.text import clean_line
from reader.words import command_line as command_line_words

if TYPE_CHECKING:
    from reader.store import Act, Library


LONGEST_NAME = 500
"""Characters of the longest name of a source, or of a folder."""


def folder_path(text: str | None) -> str | None:
    """Return a folder as typed (`World/Asia`) as the library keeps it; None for none."""
    return folders.tidy(clean_line(text or "", LONGEST_NAME))


@click.command("sources", epilog="Example:  newsstand sources --json | jq -r .url")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.pass_obj
def sources_command(context: Context, as_json: bool) -> None:
    """List your sources, with unread headlines and errors. Other commands take the number before each."""
    with context.library() as library:
        sources = library.sources()
        counts = library.counts(today=0).sources
        if as_json:
            for source in sources:
                json_line(fields(source) | {"unread": counts.get(source.id, 0)})
            return
        if not sources:
            click.echo(command_line_words.no_sources(), err=True)
            return
        table(
            [
                [
                    str(source.id),
                    clean_line(folders.shown(source.folder), 40),
                    clean_line(source.title, 60),
                    words.unread(counts.get(source.id, 0)),
                    _state(source),
                ]
                for source in sources
            ]
        )


def _state(source: Source) -> str:
    """The address, or what is wrong."""
    if source.failure is None:
        return source.url
    kept = source.answered_at is not None
    return f"! {words.failure(source.failure, keys=False, promises=kept)}"


def fields(source: Source) -> dict[str, object]:
    """Return a source for scripts. Times are ISO 8601, intervals seconds; None where the settings hold."""

    def as_datetime(seconds: int | None) -> datetime | None:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)

    return {
        "id": source.id,
        "url": source.url,
        "title": source.title,
        "short": source.short,
        "home": source.home,
        "folder": source.folder,
        "language": source.language,
        "categories": source.categories,
        "interval": source.interval,
        "stories": source.stories,
        "feed_text": source.feed_text,
        "browser": source.browser,
        "user_agent": source.user_agent,
        "seconds": source.seconds,
        "asked": as_datetime(source.asked_at),
        "answered": as_datetime(source.answered_at),
        "due": as_datetime(source.due_at or None),
        "tries": source.tries,
        "failed_since": as_datetime(source.failed_since),
        "failure": None if source.failure is None else failure_json(source.failure),
    }


@click.command("remove", epilog="Examples:  newsstand remove 3    newsstand remove canal")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=completion.sources)
@click.pass_obj
def remove_command(context: Context, sources: tuple[str, ...]) -> None:
    """Unsubscribe from sources. Starred and kept stories stay. SOURCE: number, address, or part of the name."""
    from reader.store import EntryFilter

    with context.library() as library:
        found = {source.id: source for source in [source_of(library, name) for name in sources]}
        for source in found.values():
            starred = len(library.entries(EntryFilter(starred=True, sources=(source.id,))))
            library.remove_source(source.id)
            click.echo(command_line_words.removed(source.title, starred))


@click.command("rename", epilog='Example:  newsstand rename canal "Le Canal"')
@click.argument("source", shell_complete=completion.sources)
@click.argument("name")
@click.pass_obj
def rename_command(context: Context, source: str, name: str) -> None:
    """Rename a source."""
    title = clean_line(name, LONGEST_NAME)
    if not title:
        raise Misuse(command_line_words.no_name())
    with context.library() as library:
        found = source_of(library, source)
        _say(library.rename_source(found.id, title), command_line_words.renamed(found.title, title), found.title)


@click.command(
    "move",
    epilog="Examples:  newsstand move canal World/Europe    newsstand move canal --out    "
    "newsstand move canal --before 3    newsstand move canal --up",
)
@click.argument("source", shell_complete=completion.sources)
@click.argument("folder", required=False, shell_complete=completion.folder_paths)
@click.option("--out", is_flag=True, help="Move it out of its folder.")
@click.option(
    "--before",
    metavar="SOURCE",
    shell_complete=completion.sources,
    help="Move it before this source, into the same folder.",
)
@click.option("--up", is_flag=True, help="Move it one place up in its folder.")
@click.option("--down", is_flag=True, help="Move it one place down in its folder.")
@click.pass_obj
def move_command(
    context: Context, source: str, folder: str | None, out: bool, before: str | None, up: bool, down: bool
) -> None:
    """Move a source into a folder (World/Asia is the folder Asia within World), or within its folder."""
    if sum((folder is not None, out, before is not None, up, down)) != 1:
        raise Misuse(command_line_words.where_to())
    with context.library() as library:
        found = source_of(library, source)
        if before is not None:
            other = source_of(library, before)
            if other.id == found.id:
                raise Misuse(command_line_words.before_itself(found.title))
            act = library.move_source_before(found.id, other.folder, other.id)
            sentence = command_line_words.placed_before(found.title, other.title)
        elif up or down:
            act = library.step_source(found.id, -1 if up else 1)
            sentence = command_line_words.stepped(found.title, up=up)
        else:
            path = folder_path(folder)
            act = library.move_source(found.id, path)
            sentence = command_line_words.moved(found.title, folders.shown(path))
        _say(act, sentence, found.title)


@click.command(
    "set",
    epilog="Examples:  newsstand set canal --every 30 --stories 50    newsstand set canal --feed-text    "
    "newsstand set canal --every default",
)
@click.argument("source", shell_complete=completion.sources)
@click.option("--every", metavar="MINUTES", help="Refresh it every MINUTES (1 to 10080).")
@click.option("--stories", metavar="COUNT", help="Keep this many of its newest unread stories for reading offline.")
@click.option(
    "--feed-text/--full-text", default=None, help="Show the text of the feed, or the whole article from its page."
)
@click.option("--browser/--reader", default=None, help="Open its stories in the browser, or in Newsstand.")
@click.option("--user-agent", metavar="TEXT", help="User-Agent to send to its server.")
@click.option("--seconds", metavar="SECONDS", help="Wait at most this long for an answer (1 to 600).")
@click.pass_obj
def set_command(
    context: Context,
    source: str,
    every: str | None,
    stories: str | None,
    feed_text: bool | None,
    browser: bool | None,
    user_agent: str | None,
    seconds: str | None,
) -> None:
    """Change the settings of one source; the value `default` resets one."""
    changes: dict[str, object] = {}
    if every is not None:
        minutes = _number("--every", every, 1, 10080)
        changes["interval"] = None if minutes is None else int(minutes) * 60
    if stories is not None:
        count = _number("--stories", stories, 0, 100_000)
        changes["stories"] = None if count is None else int(count)
    if seconds is not None:
        changes["seconds"] = _number("--seconds", seconds, 1, 600, whole=False)
    if user_agent is not None:
        if not (user_agent.isascii() and user_agent.isprintable() and len(user_agent) <= 500):
            raise Misuse(command_line_words.bad_user_agent())
        changes["user_agent"] = None if user_agent.strip() in ("", "default") else user_agent.strip()
    changes |= {name: value for name, value in (("feed_text", feed_text), ("browser", browser)) if value is not None}
    if not changes:
        raise Misuse(command_line_words.nothing_to_set())
    shown = [command_line_words.setting(name, value) for name, value in changes.items()]
    with context.library() as library:
        found = source_of(library, source)
        _say(
            library.edit_source(found.id, **changes),
            command_line_words.settings_changed(found.title, shown),
            found.title,
        )


def _number(option: str, text: str, least: int, most: int, *, whole: bool = True) -> float | None:
    if text == "default":
        return None
    try:
        number = int(text) if whole else float(text)
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise Misuse(command_line_words.bad_number(option, text, least, most))
    return number


def _say(act: "Act", sentence: str, name: str) -> None:
    """Say what an act did, or that there was nothing to do."""
    click.echo(sentence if act.pages else command_line_words.nothing_changed(name))


@click.command("undo", epilog="Example:  newsstand undo")
@click.pass_obj
def undo_command(context: Context) -> None:
    """Undo what the command line did last, even days ago. What was done in the reader is undone there."""
    with context.library() as library:
        _again(library, again=False)


@click.command("redo", epilog="Example:  newsstand redo")
@click.pass_obj
def redo_command(context: Context) -> None:
    """Redo what was undone last."""
    with context.library() as library:
        _again(library, again=True)


def _again(library: "Library", *, again: bool) -> None:
    act = library.redo() if again else library.undo()
    if act is None:
        click.echo(words.nothing_to_undo(again=again), err=True)
        sys.exit(1)
    if act.source is None:
        click.echo(words.marks_undone(act.act, act.pages, again=again))
        return
    source = library.source(act.source)
    name = source.title if source is not None else ""
    click.echo(command_line_words.with_reverse(words.source_act(act.act, name, act.pages, again=again), again=again))

"""Commands about sources: sources, remove, rename, move, set, undo, redo. `add` and `catalogue` stand in adding.py."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from reader import words
from reader.cli import completion
from reader.cli.context import Context
from reader.cli.output import failure_json, json_line, say, table
from reader.cli.selection import source_of
from reader.errors import Misuse
from reader.lists import folders
from reader.models import FailureKind, Source, SourceChanges
from reader.text import clean_line
from reader.words import command_line as command_line_words
from reader.words import subscriptions as subscriptions_words

if TYPE_CHECKING:
    from reader.store import Act, Library


LONGEST_NAME = 500
"""Characters of the longest name of a source, or of a folder."""


def checked_name(what: str, text: str) -> str:
    """Return a name as the library keeps it. Misuse, naming the option or command `what`, where nothing of it can be
    shown: it would be there, and nobody could see it."""
    name = clean_line(text, LONGEST_NAME)
    if not name:
        raise Misuse(command_line_words.no_name(what))
    return name


def folder_path(what: str, text: str | None) -> str | None:
    """Return a folder as typed (`World/Asia`) as the library keeps it; None for none. Misuse for what names no folder,
    also for an empty text, as a script's unset variable is one. `what` is the option or command."""
    if text is None:
        return None
    try:
        path = folders.tidy(clean_line(text, LONGEST_NAME))
    except ValueError as error:
        raise Misuse(command_line_words.bad_folder(what)) from error
    if path is None:
        raise Misuse(command_line_words.no_folder_name(what))
    return path


def checked_user_agent(text: str | None) -> str | None:
    """Return a user agent that can be sent; None where the settings hold. Misuse for one that cannot."""
    if text is None or text.strip() in ("", "default"):
        return None
    if not (text.isascii() and text.isprintable() and len(text) <= 500):
        raise Misuse(command_line_words.bad_user_agent())
    return text.strip()


def checked_headers(lines: Sequence[str], *, login: bool = False) -> tuple[tuple[str, str], ...]:
    """Return the headers that lines such as `Name: value` say; () for `default` alone. Misuse, naming the header, for
    one that cannot be sent. `login`: the address has one, so that Authorization is taken."""
    from reader.text.request_headers import HEADERS_AT_MOST, parse_header

    headers: dict[str, tuple[str, str]] = {}
    for line in () if [line.strip() for line in lines] == ["default"] else lines:
        found = parse_header(line)
        name = clean_line(line.partition(":")[0], 100)
        if isinstance(found, str):
            raise Misuse(subscriptions_words.bad_header(f"--header {name}", found))
        if login and found[0].lower() == "authorization":
            raise Misuse(subscriptions_words.bad_header(f"--header {name}", "login"))
        headers[found[0].lower()] = found
        if len(headers) > HEADERS_AT_MOST:
            raise Misuse(subscriptions_words.bad_header(f"--header {name}", "many"))
    return tuple(headers.values())


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
            say(command_line_words.no_sources(), err=True)
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
            ],
            gives_way=_GIVES_WAY,
        )


_GIVES_WAY = ((4, 24), (1, 8), (2, 16), (4, 12), (1, 0), (2, 8), (4, 1), (3, 2), (2, 1))
"""On a narrow terminal: the columns of the table of sources, and the cells they keep. The name stays the longest."""


def _state(source: Source) -> str:
    """The address, or what is wrong."""
    if source.failure is None:
        return source.url
    kept = source.answered_at is not None and source.failure.kind is not FailureKind.WAIT
    return f"! {words.failure(source.failure, keys=False, promises=kept, beside=source.title)}"


def fields(source: Source) -> dict[str, object]:
    """Return a source for scripts. Times are ISO 8601, intervals seconds; None where the settings hold, and in place of
    the values of headers that look secret."""
    from reader.text.request_headers import is_secret

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
        "headers": {name: None if is_secret(name) else value for name, value in source.headers},
        "login": source.credentials is not None,
        "seconds": source.seconds,
        "keep_days": source.keep_days,
        "keep_megabytes": source.keep_megabytes,
        "asked": as_datetime(source.asked_at),
        "answered": as_datetime(source.answered_at),
        "due": as_datetime(source.due_at or None),
        "tries": source.tries,
        "failed_since": as_datetime(source.failed_since),
        "failure": None
        if source.failure is None
        else failure_json(source.failure, promises=source.failure.kind is not FailureKind.WAIT),
    }


@click.command("remove", epilog="Examples:  newsstand remove 3    newsstand remove canal")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=completion.sources)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.pass_obj
def remove_command(context: Context, sources: tuple[str, ...], as_json: bool) -> None:
    """Unsubscribe from sources. Starred and kept stories stay. SOURCE: number, address, or part of the name."""
    from reader.store import EntryFilter

    with context.library() as library:
        found = {source.id: source for source in [source_of(library, name) for name in sources]}
        for source in found.values():
            starred = len(library.entries(EntryFilter(starred=True, sources=(source.id,))))
            act = library.remove_source(source.id)
            if as_json:
                json_line(fields(source) | {"changed": act.pages > 0, "starred": starred})
            else:
                say(command_line_words.removed(source.title, starred))


@click.command("rename", epilog='Example:  newsstand rename canal "Le Canal"')
@click.argument("source", shell_complete=completion.sources)
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def rename_command(context: Context, source: str, name: str, as_json: bool) -> None:
    """Rename a source."""
    title = checked_name("rename", name)
    with context.library() as library:
        found = source_of(library, source)
        act = library.rename_source(found.id, title)
        _say(library, act, command_line_words.renamed(found.title, title), found, as_json=as_json)


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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def move_command(
    context: Context,
    source: str,
    folder: str | None,
    out: bool,
    before: str | None,
    up: bool,
    down: bool,
    as_json: bool,
) -> None:
    """Move a source into a folder (World/Asia is the folder Asia within World), or within its folder."""
    if sum((folder is not None, out, before is not None, up, down)) != 1:
        raise Misuse(command_line_words.where_to())
    path = folder_path("move", folder)
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
            act = library.move_source(found.id, path)
            sentence = command_line_words.moved(found.title, folders.shown(path))
        _say(library, act, sentence, found, as_json=as_json)


@click.command(
    "set",
    epilog="Examples:  newsstand set canal --every 30 --stories 50    newsstand set canal --feed-text    "
    "newsstand set canal --every default",
)
@click.argument("source", shell_complete=completion.sources)
@click.option(
    "--every", "--interval", "every", metavar="MINUTES", help="Refresh it every MINUTES (1 to 10080: a week)."
)
@click.option("--stories", metavar="COUNT", help="Keep this many of its newest unread stories for reading offline.")
@click.option(
    "--feed-text/--full-text", default=None, help="Show the text of the feed, or the whole article from its page."
)
@click.option("--browser/--reader", default=None, help="Open its stories in the browser, or in Newsstand.")
@click.option("--user-agent", metavar="TEXT", help="User-Agent to send to its server.")
@click.option(
    "--header",
    "headers",
    metavar="'NAME: VALUE'",
    multiple=True,
    help="Header to send to its host, in place of those it has; can be repeated.",
)
@click.option("--seconds", metavar="SECONDS", help="Wait at most this long for an answer (1 to 600).")
@click.option("--keep-days", metavar="DAYS", help="Keep its stories this long (0 to 36500; 0: for ever).")
@click.option("--keep-megabytes", metavar="MB", help="Let them take this much room (0 to 1000000; 0: no bound).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def set_command(
    context: Context,
    source: str,
    every: str | None,
    stories: str | None,
    feed_text: bool | None,
    browser: bool | None,
    user_agent: str | None,
    headers: tuple[str, ...],
    seconds: str | None,
    keep_days: str | None,
    keep_megabytes: str | None,
    as_json: bool,
) -> None:
    """Change the settings of one source; the value `default` resets one."""
    changes = SourceChanges()
    if every is not None:
        minutes = _number("--every", every, 1, 10080)
        changes["interval"] = None if minutes is None else int(minutes) * 60
    if stories is not None:
        count = _number("--stories", stories, 0, 100_000)
        changes["stories"] = None if count is None else int(count)
    if seconds is not None:
        changes["seconds"] = _number("--seconds", seconds, 1, 600, whole=False)
    if keep_days is not None:
        changes["keep_days"] = _whole("--keep-days", keep_days, 36500)
    if keep_megabytes is not None:
        changes["keep_megabytes"] = _whole("--keep-megabytes", keep_megabytes, 1_000_000)
    if user_agent is not None:
        changes["user_agent"] = checked_user_agent(user_agent)
    if headers:
        changes["headers"] = checked_headers(headers)
    if feed_text is not None:
        changes["feed_text"] = feed_text
    if browser is not None:
        changes["browser"] = browser
    if not changes:
        raise Misuse(command_line_words.nothing_to_set())
    names = ", ".join(name for name, _ in checked_headers(headers)) or None
    said = changes | ({"headers": names} if headers else {})
    shown = [command_line_words.setting(name, value) for name, value in said.items()]
    with context.library() as library:
        found = source_of(library, source)
        if found.credentials is not None:
            checked_headers(headers, login=True)
        sentence = command_line_words.settings_changed(found.title, shown)
        _say(library, library.edit_source(found.id, **changes), sentence, found, as_json=as_json)


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


def _whole(option: str, text: str, most: int) -> int | None:
    number = _number(option, text, 0, most)
    return None if number is None else int(number)


def _say(library: "Library", act: "Act", sentence: str, source: Source, *, as_json: bool) -> None:
    """Say what an act did, or that there was nothing to do."""
    if as_json:
        json_line(fields(library.source(source.id) or source) | {"changed": act.pages > 0})
    else:
        say(sentence if act.pages else command_line_words.nothing_changed(source.title))


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
        say(words.nothing_to_undo(again=again), err=True)
        sys.exit(1)
    if act.source is None:
        say(words.marks_undone(act.act, act.pages, again=again, pruned=act.pruned))
        return
    source = library.source(act.source)
    name = source.title if source is not None else ""
    say(command_line_words.with_reverse(words.source_act(act.act, name, act.pages, again=again), again=again))

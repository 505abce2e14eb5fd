"""Commands about lists of subscriptions: import, export."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli.context import Context
from reader.cli.output import json_line, say
from reader.errors import Misuse, NewsstandError, NotFound
from reader.text.secrets import without_secrets
from reader.words import command_line as command_line_words
from reader.words import subscriptions as subscriptions_words
from reader.words.failures import cannot_read, no_such_file

if TYPE_CHECKING:
    from reader.news.subscriptions import Imported

_LINES_AT_MOST = 20
"""Lines that are printed one by one; of more, how many there are. --json has all."""


@click.command(
    "import",
    epilog="Examples:  newsstand import feeds.opml    newsstand import ~/.newsboat/urls "
    "--newsboat-marks ~/.newsboat/cache.db    curl -s URL | newsstand import -",
)
@click.argument("file", required=False)
@click.option(
    "--newsboat-marks",
    "cache",
    type=click.Path(path_type=Path),
    help="Also import what is read and starred, from newsboat's cache.db.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.pass_obj
def import_command(context: Context, file: str | None, cache: Path | None, as_json: bool) -> None:
    """Import subscriptions from OPML or newsboat's `urls` file; its cache.db also has what is read and starred."""
    if file is None and cache is None:
        raise Misuse(command_line_words.no_list())
    from reader.lists.newsboat import read_marks
    from reader.news.subscriptions import import_marks, import_subscriptions, parse_list

    if cache is not None:
        read_marks(cache)  # what is wrong with it is said before anything is subscribed
    listed = (
        None if file is None else parse_list(_read(file), subscriptions_words.standard_input() if file == "-" else file)
    )
    with context.library() as library:
        if listed is not None:
            if not listed.feeds and not listed.left_out:
                raise NewsstandError(subscriptions_words.bad_opml(listed.name, "no feeds"))
            done = import_subscriptions(library, listed)
            if as_json:
                _print(done)
            else:
                _tell(done, not_well_formed=listed.not_well_formed)
            if not done.added and not done.known and cache is None:
                sys.exit(1)  # all of it was left out
        if cache is not None:
            marks = import_marks(library, cache)
            if as_json:
                json_line({"read": marks.read, "starred": marks.starred, "unknown": marks.unknown})
            else:
                say(subscriptions_words.marks_imported(marks.read, marks.starred, marks.unknown))


def _read(file: str) -> bytes:
    from reader.lists.opml import LARGEST

    if file == "-":
        if sys.stdin is None:
            raise Misuse(command_line_words.input_closed("import -"))
        return sys.stdin.buffer.read(LARGEST + 1)
    path = Path(file).expanduser()
    try:
        with path.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except (FileNotFoundError, ValueError) as error:
        raise NotFound(no_such_file(file)) from error
    except IsADirectoryError as error:
        raise Misuse(command_line_words.is_folder(file)) from error
    except OSError as error:
        raise Misuse(cannot_read(file, error.strerror)) from error


def _print(done: "Imported") -> None:
    for state, sources in (("added", done.added), ("known", done.known)):
        for source in sources:
            json_line(
                {"state": state, "id": source.id, "url": source.url, "title": source.title, "folder": source.folder}
            )
    for left in done.left_out:
        what = without_secrets(left.what)
        message = subscriptions_words.left_out(what, left.why)
        json_line({"state": "left-out", "what": what, "why": left.why, "line": left.line, "message": message})


def _tell(done: "Imported", *, not_well_formed: bool) -> None:
    known = [command_line_words.known(source.title) for source in done.known]
    left_out = [(without_secrets(left.what), left.why, left.line) for left in done.left_out]
    sentences = known + [subscriptions_words.left_out(*left) for left in left_out]
    if not_well_formed:
        say(command_line_words.not_well_formed(), err=True)
    for line in sentences[:_LINES_AT_MOST]:
        say(line, err=True)
    if len(sentences) > _LINES_AT_MOST:
        say(command_line_words.more_lines(len(sentences) - _LINES_AT_MOST), err=True)
    say(subscriptions_words.list_imported(len(done.added), len(done.known), len(done.left_out)))
    if done.added:
        say(command_line_words.fetch_next(), err=True)


@click.command("export", epilog="Examples:  newsstand export feeds.opml    newsstand export > feeds.opml")
@click.argument("file", default="-")
@click.option("--force", is_flag=True, help="Overwrite a file that exists.")
@click.option(
    "--with-passwords", "passwords", is_flag=True, help="Write users, passwords and secret headers into it too."
)
@click.pass_obj
def export_command(context: Context, file: str, force: bool, passwords: bool) -> None:
    """Export your subscriptions as OPML, with folders, order and the settings of each."""
    from reader import safe_files
    from reader.news.subscriptions import hold_secrets, write_opml

    with context.library() as library:
        document, sources = write_opml(library, passwords=passwords), library.sources()
    if file == "-":
        sys.stdout.buffer.write(document)
        return
    path = Path(file).expanduser()
    private = passwords or hold_secrets(sources)
    try:
        if force:
            path = path.resolve()  # a link stays a link
            if path.is_dir():
                raise Misuse(command_line_words.is_folder(file, new=True))
            safe_files.replace_file(path, document, private=private)  # a full disk costs no list that was there
        else:
            safe_files.write_new(path, document, private=private)
    except FileExistsError as error:
        raise Misuse(command_line_words.exists(file)) from error
    except OSError as error:
        raise NewsstandError(command_line_words.cannot_write(file, error.strerror)) from error
    say(command_line_words.exported(len(sources), file), err=True)

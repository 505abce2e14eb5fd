"""Commands about lists of subscriptions: import, export."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli.context import Context
from reader.cli.output import json_line
from reader.errors import Misuse, NewsstandError, NotFound
from reader.words import command_line as said
from reader.words import subscriptions as lists
from reader.words.failures import cannot_read, no_such_file

if TYPE_CHECKING:
    from reader.news.subscriptions import Imported

_TOLD_AT_MOST = 20
"""Lines that are told one by one; of more, how many there are. --json has all."""


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
        raise Misuse(said.no_list())
    from reader.lists.newsboat import read_marks
    from reader.news.subscriptions import bring_in, bring_marks, read_list

    if cache is not None:
        read_marks(cache)  # what is wrong with it is said before anything is subscribed
    listed = None if file is None else read_list(_read(file), lists.standard_input() if file == "-" else file)
    with context.library() as library:
        if listed is not None:
            if not listed.feeds and not listed.left_out:
                raise NewsstandError(lists.bad_opml(listed.name, "no feeds"))
            done = bring_in(library, listed)
            if as_json:
                _print(done)
            else:
                _tell(done, mended=listed.mended)
        if cache is not None:
            marks = bring_marks(library, cache)
            if as_json:
                json_line({"read": marks.read, "starred": marks.starred, "unknown": marks.unknown})
            else:
                click.echo(lists.marks_imported(marks.read, marks.starred, marks.unknown))


def _read(file: str) -> bytes:
    from reader.lists.opml import LARGEST

    if file == "-":
        if sys.stdin is None:
            raise Misuse(said.input_closed("import -"))
        return sys.stdin.buffer.read(LARGEST + 1)
    path = Path(file).expanduser()
    try:
        with path.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except (FileNotFoundError, ValueError) as error:
        raise NotFound(no_such_file(file)) from error
    except IsADirectoryError as error:
        raise Misuse(said.is_folder(file)) from error
    except OSError as error:
        raise Misuse(cannot_read(file, error.strerror)) from error


def _print(done: "Imported") -> None:
    for state, sources in (("added", done.added), ("known", done.known)):
        for source in sources:
            json_line({"state": state, "id": source.id, "url": source.url, "title": source.title,
                       "folder": source.folder})  # fmt: skip
    for left in done.left_out:
        told = lists.left_out(left.what, left.why)
        json_line({"state": "left-out", "what": left.what, "why": left.why, "line": left.line, "message": told})


def _tell(done: "Imported", *, mended: bool) -> None:
    known = [said.known(source.title) for source in done.known]
    told = known + [lists.left_out(left.what, left.why, left.line) for left in done.left_out]
    if mended:
        click.echo(said.mended(), err=True)
    for line in told[:_TOLD_AT_MOST]:
        click.echo(line, err=True)
    if len(told) > _TOLD_AT_MOST:
        click.echo(said.more_lines(len(told) - _TOLD_AT_MOST), err=True)
    click.echo(lists.list_imported(len(done.added), len(done.known), len(done.left_out)))
    if done.added:
        click.echo(said.fetch_next(), err=True)


@click.command("export", epilog="Examples:  newsstand export feeds.opml    newsstand export > feeds.opml")
@click.argument("file", default="-")
@click.option("--force", is_flag=True, help="Overwrite a file that exists.")
@click.pass_obj
def export_command(context: Context, file: str, force: bool) -> None:
    """Export your subscriptions as OPML, with folders, order and the settings of each."""
    from reader.news.subscriptions import write_opml

    with context.library() as library:
        document, count = write_opml(library), len(library.sources())
    if file == "-":
        sys.stdout.buffer.write(document)
        return
    path = Path(file).expanduser()
    try:
        if force:
            path = path.resolve()  # a link stays a link
            if path.is_dir():
                raise Misuse(said.is_folder(file, new=True))
            aside = path.with_name(f".{path.name}.part")  # so that a full disk costs no list that was there
            aside.write_bytes(document)
            aside.replace(path)
        else:
            with path.open("xb") as opened:
                opened.write(document)
    except FileExistsError as error:
        raise Misuse(said.exists(file)) from error
    except OSError as error:
        raise NewsstandError(said.cannot_write(file, error.strerror)) from error
    click.echo(said.exported(count, file), err=True)

"""Commands about whole copies of the library: backup, restore. Neither opens the library as the others do."""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader.cli.context import Context, start_log
from reader.cli.output import confirmed, json_line, say, table
from reader.cli.output.terminal import is_terminal
from reader.errors import Misuse, NewsstandError, NotFound
from reader.words import library as library_words
from reader.words.datetimes import headlines, short_moment, size, sources

if TYPE_CHECKING:
    from reader.store.backups import Backup, Content


@click.command(
    "backup",
    epilog="Examples:  newsstand backup    newsstand backup ~/Sync/news.db --force    newsstand backup --list",
)
@click.argument("file", required=False)
@click.option("--force", is_flag=True, help="Overwrite a file that exists.")
@click.option("--list", "as_list", is_flag=True, help="List the backups in the library's folder of backups.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object; with --list, one per line.")
@click.pass_obj
def backup_command(context: Context, file: str | None, force: bool, as_list: bool, as_json: bool) -> None:
    """Back up the library to FILE, or to a dated file in its folder of backups; the reader may be open meanwhile."""
    from reader.store import backups

    library = context.paths().library
    if as_list:
        if file is not None or force:
            raise Misuse(library_words.list_alone())
        _list(library, as_json=as_json)
        return
    start_log(context.paths().log)
    if file == "":
        raise Misuse(library_words.no_backup_there("''", "name"))
    target = None if file is None else _expanded(file)
    made = backups.make(library, target, now=time.time(), force=force)
    if as_json:
        json_line(_fields(made))
    else:
        say(library_words.backup_made(made.file, size(made.size)))


def _expanded(file: str) -> Path:
    try:
        return Path(file).expanduser()
    except RuntimeError:  # no such home folder
        return Path(file)


def _list(library: Path, *, as_json: bool) -> None:
    from reader.store import backups

    try:
        found = backups.listed(library)
    except OSError as error:
        reason = error.strerror or error
        raise NewsstandError(library_words.cannot_be_used(backups.folder_of(library), reason)) from error
    if as_json:
        for backup in found:
            json_line(_fields(backup))
    elif found:
        table([_row(backup) for backup in found])
    else:
        say(library_words.no_backups(backups.folder_of(library)), err=True)


def _fields(backup: "Backup") -> dict[str, Any]:
    return {
        "file": str(backup.file),
        "made": datetime.fromtimestamp(backup.made_at, UTC),
        "bytes": backup.size,
        "version": backup.version,
        "kind": backup.kind.value,
    }


def _row(backup: "Backup") -> list[str]:
    return [
        f"{datetime.fromtimestamp(backup.made_at).astimezone():%Y-%m-%d %H:%M}",
        size(backup.size),
        library_words.backup_version(backup.version),
        library_words.backup_kind(backup.kind),
        str(backup.file),
    ]


@click.command(
    "restore",
    epilog="Examples:  newsstand restore 2026-11-24-070512.db    newsstand restore ~/Sync/news.db --yes",
)
@click.argument("file")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def restore_command(context: Context, file: str, yes: bool, as_json: bool) -> None:
    """Put a backup in the place of the library, once it has proved to be whole; no Newsstand may be open meanwhile.
    FILE: a file, or the name of one that `backup --list` lists. What was there is kept among the backups."""
    from reader.store import backups

    library = context.paths().library
    start_log(context.paths().log)
    path = _named(file, library)
    if not yes:
        if not is_terminal(sys.stdin, sys.stderr):
            raise Misuse(library_words.restore_unasked())
        if not confirmed(_question(backups.check(path, library))):
            say(library_words.not_restored(), err=True)
            sys.exit(1)
    done = backups.restore(path, library, now=time.time())
    found = done.content
    if as_json:
        facts = {"file": str(path), "kept": None if done.kept is None else str(done.kept), "version": found.version}
        counted = {"sources": found.sources, "headlines": found.headlines}
        json_line(facts | counted | {"starred": found.starred, "saved": found.saved})
    else:
        say(library_words.restored(sources(found.sources), headlines(found.headlines), done.kept))


def _named(file: str, library: Path) -> Path:
    """The file itself or, where there is none and it is a mere name, the backup of that name, `.db` or not.

    NotFound, saying which backups there are, before anything is asked.
    """
    from reader.store import backups

    if file == "-" or not file:
        raise Misuse(library_words.no_backup(file or "''", regular=False))
    path = _expanded(file)
    try:
        if os.path.lexists(path):
            return path
        if path.name == file:
            for name in (file, f"{file}.db"):
                if (backups.folder_of(library) / name).exists():
                    return backups.folder_of(library) / name
        newest = [backup.file.name for backup in backups.listed(library)]
    except (OSError, ValueError):  # a name with a NUL, or too long, or no folder to look into: whoever opens it says so
        return path
    raise NotFound(library_words.no_backup(file, newest=newest))


def _question(content: "Content") -> str:
    made = datetime.fromtimestamp(content.made_at).astimezone()
    counted = sources(content.sources), headlines(content.headlines)
    return library_words.restore_question(content.file, short_moment(made), *counted)

"""Which stories and sources a command is about: the options that `list` and `mark` share, and what names them."""

import contextlib
import re
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from reader.cli import completion
from reader.errors import NotFound
from reader.words import command_line as command_line_words

if TYPE_CHECKING:
    from reader.models import Source
    from reader.store import EntryFilter, Library

_OPTIONS = (
    click.option("--unread", is_flag=True, help="Only unread stories."),
    click.option("--starred", is_flag=True, help="Only starred stories."),
    click.option("--saved", is_flag=True, help="Only stories on Read later."),
    click.option("--kept", is_flag=True, help="Only stories that can be read offline."),
    click.option(
        "--source", shell_complete=completion.sources, help="Only stories of this source: its number, address or name."
    ),
    click.option(
        "--folder",
        shell_complete=completion.folder_paths,
        help="Only stories of this folder and the folders in it: World or World/Asia.",
    ),
    click.option("--since", help="Only stories since then: 30m, 12h, 2d, 1w ago, or a date such as 2026-11-24."),
    click.option("--until", help="Only stories until then, in the same form."),
)


def filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen(library: "Library", asked: Mapping[str, Any]) -> "EntryFilter":
    """Return the options as `Library.entries` takes them. NotFound for a source or a folder that is not there."""
    from reader.store import EntryFilter

    sources = None
    if asked["source"] is not None:
        sources = [source_of(library, asked["source"]).id]
    if asked["folder"] is not None:
        from reader.lists import folders

        path = folders.split(asked["folder"].strip()) or ("",)  # no name is no folder, not every one
        within = _sources_within(library.sources(), path)
        if not within:
            raise NotFound(command_line_words.no_such_folder(asked["folder"]))
        sources = within if sources is None else [source for source in sources if source in within]
    return EntryFilter(
        unread=asked["unread"],
        starred=asked["starred"],
        saved=asked["saved"],
        kept=asked["kept"],
        sources=None if sources is None else tuple(sources),
        since=parse_time(asked["since"], "--since"),
        until=parse_time(asked["until"], "--until"),
    )


def _sources_within(sources: "Iterable[Source]", path: tuple[str, ...]) -> list[int]:
    """The sources of a folder as it is written; where there is none, of the one that is the same without accents."""
    from reader.lists import folders
    from reader.text import fold

    named = [(source.id, folders.split(source.folder)[: len(path)]) for source in sources]
    exact = [number for number, folder in named if folder == path]
    wanted = [fold(part) for part in path]
    return exact or [number for number, folder in named if [fold(part) for part in folder] == wanted]


def any_asked(asked: Mapping[str, Any]) -> bool:
    """Whether any of the options was given."""
    return any(asked.values())


_SPANS = {"m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_FIRST = -62_135_596_800
"""The first second of the calendar (year 1). A longer span before now begins there, and so leaves nothing out."""


def parse_time(text: str | None, option: str) -> int | None:
    """Return a span before now (30m, 12h, 2d, 1w) or a date as UTC seconds. BadParameter names the option.

    A day without a time is its first second, and for --until its last: here, by this computer's clock.
    """
    if text is None:
        return None
    span = re.fullmatch(r"([0-9]+)([mhdw])", text.strip())
    if span:
        count = int(span[1]) if len(span[1]) < len(str(_FIRST)) else -_FIRST
        return max(_FIRST, int(time.time()) - count * _SPANS[span[2]])
    from datetime import UTC, date, datetime, timedelta

    with contextlib.suppress(ValueError):
        day = date.fromisoformat(text)
        if option == "--until" and day < date.max:
            following = day + timedelta(days=1)
            return int(datetime(following.year, following.month, following.day).astimezone().timestamp()) - 1
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(command_line_words.no_moment(text), param_hint=option) from error
    try:
        return int(moment.astimezone().timestamp())
    except (ValueError, OverflowError):  # at the end of the calendar, where another zone is beyond it
        return int(moment.replace(tzinfo=UTC).timestamp())


def is_number(text: str) -> bool:
    """Whether this can be a story's or a source's number."""
    return re.fullmatch(r"[0-9]{1,18}", text) is not None


def pages_of(library: "Library", numbers: Iterable[str]) -> list[int]:
    """Return the pages of these numbers, each once, also where two numbers are one page by now.

    NotFound names all that are not there: nothing is half done.
    """
    asked = list(dict.fromkeys(numbers))
    rows = library.rows([int(number) for number in asked if is_number(number)])
    missing = [number for number in asked if not is_number(number) or int(number) not in rows]
    if missing:
        names = ", ".join(missing[:5]) + ("…" if len(missing) > 5 else "")
        raise NotFound(command_line_words.no_such_story(names))
    return list(dict.fromkeys(rows[int(number)].page for number in asked))


def source_of(library: "Library", text: str, *, removed: bool = False) -> "Source":
    """Return the source of this number, address, or (part of a) name; accents can be left out.

    NotFound where there is none, or more than one. With `removed`, one that was removed is found by its number, too.
    """
    from reader.text import fold

    if not fold(text).strip():  # a script's unset variable: it stands in every name
        raise NotFound(command_line_words.empty_name())
    sources = library.sources()
    for source in sources:
        if text in (str(source.id), source.url):
            return source
    if removed and is_number(text) and (found := library.source(int(text))) is not None:
        return found
    exact = [source for source in sources if fold(text) == fold(source.title)]
    named = exact or [source for source in sources if fold(text) in fold(source.title)]
    if len(named) == 1:
        return named[0]
    if named:
        some = ", ".join(f"{source.id} {source.title}" for source in named[:5])
        raise NotFound(command_line_words.several_sources(text, some + (", …" if len(named) > 5 else "")))
    raise NotFound(command_line_words.no_such_source(text))

"""What people and scripts name on the command line: stories by number, sources by number, address or name, moments."""

import contextlib
import re
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from reader.errors import NotFound
from reader.words import command_line as said

if TYPE_CHECKING:
    from reader.models import Source
    from reader.store import Library

_SPANS = {"m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}


def moment(text: str | None, option: str) -> int | None:
    """Return a span before now (30m, 12h, 2d, 1w) or a date as UTC seconds. BadParameter names the option.

    A day without a time is its first second, and for --until its last: here, by this computer's clock.
    """
    if text is None:
        return None
    span = re.fullmatch(r"(\d{1,6})([mhdw])", text.strip())
    if span:
        return int(time.time()) - int(span[1]) * _SPANS[span[2]]
    from datetime import date, datetime, timedelta

    with contextlib.suppress(ValueError):
        day = date.fromisoformat(text)
        if option == "--until" and day < date.max:
            following = day + timedelta(days=1)
            return int(datetime(following.year, following.month, following.day).astimezone().timestamp()) - 1
    try:
        return int(datetime.fromisoformat(text).astimezone().timestamp())
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(said.no_moment(text), param_hint=option) from error


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
        raise NotFound(said.no_such_story(names))
    return list(dict.fromkeys(rows[int(number)].page for number in asked))


def source_of(library: "Library", text: str, *, removed: bool = False) -> "Source":
    """Return the source of this number, address, or (part of a) name; accents can be left out.

    NotFound where there is none, or more than one. With `removed`, one that was removed is found by its number, too.
    """
    from reader.text import fold

    if not fold(text).strip():  # a script's unset variable: it stands in every name
        raise NotFound(said.empty_name())
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
        raise NotFound(said.several_sources(text, some + (", …" if len(named) > 5 else "")))
    raise NotFound(said.no_such_source(text))

"""On which line of a TOML file a key stands: tomllib does not say.

The file is read statement by statement with tomllib itself (a statement is over where what was read so far is whole),
so dotted and quoted keys, inline tables and values over several lines are what TOML says they are.
"""

import tomllib
from collections.abc import Iterator, Mapping

WORK = 3_000_000
"""At most so many characters are parsed, those of an unfinished statement again and again; what follows has no line."""


def lines_of(text: str) -> dict[tuple[str, ...], int]:
    """Return the line (from 1) on which each key and table of a TOML document first stands.

    A document that is no TOML, or too long, has lines only for what came before that was noticed.
    """
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    statement, began, work = "", 1, WORK
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        began = began if statement else number
        statement += line + "\n"
        work -= len(statement)
        if work < 0:
            break
        try:
            read = tomllib.loads(statement)
        except (ValueError, RecursionError):
            continue
        paths = list(_paths(read))
        if statement.lstrip().startswith("["):
            table = paths[-1]
            paths = [table]
        else:
            paths = [(*table, *path) for path in paths]
        for path in paths:
            for depth in range(1, len(path) + 1):
                found.setdefault(path[:depth], began)
        statement = ""
    return found


def _paths(read: Mapping[str, object]) -> Iterator[tuple[str, ...]]:
    """The path of every key, each table before what stands in it; of `[[name]]` the name."""
    for key, value in read.items():
        yield (key,)
        if isinstance(value, dict):
            yield from ((key, *rest) for rest in _paths(value))

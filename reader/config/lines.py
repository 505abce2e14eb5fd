"""On which line of a TOML file a key stands: tomllib does not say.

The file is read statement by statement with tomllib itself (a statement is over where what was read so far is whole),
so dotted and quoted keys, inline tables and values over several lines are what TOML says they are.
"""

from collections.abc import Iterator, Mapping

from reader.config import toml

WORK = 1_200_000
"""At most so many characters are parsed, those of an unfinished statement again and again; what follows has no line."""


def lines_of(text: str) -> dict[tuple[str, ...], int]:
    """Return the line (from 1) on which each key and table of a TOML document first stands.

    A document that is no TOML, or too long, has lines only for what came before that was noticed.
    """
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for line, statement, read in statements(text):
        paths = list(_paths(read or {}))
        if statement.lstrip().startswith("[") and paths:
            table = paths[-1]
            paths = [table]
        else:
            paths = [(*table, *path) for path in paths]
        for path in paths:
            for depth in range(1, len(path) + 1):
                found.setdefault(path[:depth], line)
    return found


def unfinished(text: str) -> int | None:
    """Return the line on which the statement begins that the document's end leaves unfinished; None for none."""
    return next((line for line, _, read in statements(text) if read is None), None)


def statements(text: str) -> Iterator[tuple[int, str, dict[str, object] | None]]:
    """Each statement (or line with none), with the line on which it begins and what is read from it.

    A statement ends in a line break, whether the text does or not.

    The last one has None where it never was whole. Ends where WORK is done.
    """
    statement, began, work = "", 1, WORK
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        began = began if statement else number
        statement += line + "\n"
        work -= len(statement)
        if work < 0:
            return
        try:
            read = toml.loads(statement)
        except (ValueError, RecursionError):
            continue
        yield began, statement, read
        statement = ""
    if statement:
        yield began, statement, None


def _paths(read: Mapping[str, object]) -> Iterator[tuple[str, ...]]:
    """The path of every key, each table before what stands in it; of `[[name]]` the name."""
    for key, value in read.items():
        yield (key,)
        if isinstance(value, dict):
            yield from ((key, *rest) for rest in _paths(value))

"""Folders within folders, as one text: `World/Asia`; a slash or a backslash in a name has a backslash before it.

The library keeps a source's folder so, OPML is read into it and written from it, and on the command line it is typed.
"""

from collections.abc import Sequence

SHOWN = " › "
"""Between a folder and the one within it, where people read."""


NO_NAMES = ("", ".", "..")
"""What no folder is called: on the command line a path is typed, and there these mean other folders."""


def join(names: Sequence[str]) -> str | None:
    """Return folder names, outermost first, as one path; None for no folder. What is no name is left out."""
    parts = [name.replace("\\", "\\\\").replace("/", "\\/") for name in names if name not in NO_NAMES]
    return "/".join(parts) or None


def split(path: str | None) -> tuple[str, ...]:
    """Return the names of a path, outermost first; of None, none. Empty names (`//`) are left out."""
    names: list[str] = []
    name, escaped = "", False
    for letter in path or "":
        if not escaped and letter == "\\":
            escaped = True
        elif not escaped and letter == "/":
            names.append(name)
            name = ""
        else:
            name, escaped = name + letter, False
    return tuple(part for part in (*names, name + ("\\" if escaped else "")) if part)


def tidy(typed: str | None) -> str | None:
    """Return what someone typed as a path: no blanks around names, no empty names. None for no folder.

    ValueError for `.` and `..`, which are no names: left out, they would put a source where nobody wanted it.
    """
    names = [name.strip() for name in split(typed)]
    if not {".", ".."}.isdisjoint(names):
        raise ValueError(typed)
    return join(names)


def shown(path: str | None) -> str:
    """Return a path as people read it: `World › Asia`."""
    return SHOWN.join(split(path))

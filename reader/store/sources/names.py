"""Names of sources that nobody has named: the host, and of several of one host as much of the path as tells them apart.

Such a name is ours: it changes without an act. A name that a person or a feed gave does not.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Collection

from reader.text import clean_line
from reader.text.secrets import without_secrets
from reader.text.urls import host
from reader.url_parts import url_parts

_LONGEST = 200
_NUMBER = re.compile(r" \([0-9]+\)\Z")


def is_ours(title: str, url: str) -> bool:
    """Say whether a source has the name that it is given by its address. Pure."""
    name = host(url)
    return bool(name) and title.startswith(name) and _NUMBER.sub("", title) in _names(url)


def tell_apart(con: sqlite3.Connection, hosts: Collection[str]) -> None:
    """Give the sources that are named by one of these hosts names that differ, where there are several.

    Nothing secret comes into a name: those that differ by a query or a token alone are numbered.
    """
    if not hosts:
        return
    found: dict[str, list[tuple[int, str, list[str]]]] = {}
    for source, url, title in con.execute("SELECT id, url, title FROM sources WHERE removed_at IS NULL ORDER BY id"):
        name = host(url)
        if name in hosts and is_ours(title, url):
            found.setdefault(name, []).append((source, title, _names(url)))
    for alike in found.values():
        if len(alike) > 1:
            _tell_apart(con, alike)


def _tell_apart(con: sqlite3.Connection, alike: list[tuple[int, str, list[str]]]) -> None:
    those_with = Counter(name for _, _, names in alike for name in names)
    given = Counter[str]()
    for source, old, names in alike:
        name = next((name for name in names if those_with[name] == 1), names[-1])
        given[name] += 1
        title = name if given[name] == 1 else f"{name} ({given[name]})"
        if title != old:
            con.execute("UPDATE sources SET title = ? WHERE id = ?", (title, source))


def _names(url: str) -> list[str]:
    """The host, and it with ever more of the path; one name where there is no path."""
    path = url_parts(without_secrets(url)).path
    names = [host(url)]
    for step in filter(None, path.split("/")):
        names.append(clean_line(f"{names[-1]}/{step}", _LONGEST))
    return list(dict.fromkeys(names))

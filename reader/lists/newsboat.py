"""newsboat's own files: its list of feeds, `urls`, and its cache with what was read. Both are read, never changed.

Of `urls` (https://newsboat.org/releases/2.40/docs/newsboat.html#_configuring_feeds) a line is an address and tags, in
quotes where they have spaces; `"~name"` is a title, `"!"` hides a feed, `#` begins a comment. Feeds that are programs
or queries have no address, and nothing here runs them.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from reader.errors import Misuse, NewsstandError, NotFound
from reader.models import Login
from reader.text import clean_line
from reader.text.logins import split_login, without_login
from reader.text.urls import absolute, is_web
from reader.words.subscriptions import bad_newsboat_cache

MARKS_AT_MOST = 200_000
"""Items of a cache that are looked at, the newest first."""

_TOKEN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*+)"?|(#.*)|(\S+))', re.S)
_ESCAPED = re.compile(r"\\(.)", re.S)
_WAITS = 2  # seconds for a lock of newsboat's

Skipped = Literal["query", "program", "not-web"]


@dataclass(frozen=True, slots=True)
class UrlsLine:
    """One line of `urls`: its number, address and tags, and the name a `~` tag gives. `why`: it is no feed for us.

    `login`: user and password, which the address has no more.
    """

    number: int
    url: str
    tags: tuple[str, ...] = ()
    title: str | None = None
    why: Skipped | None = None
    login: Login | None = None


@dataclass(frozen=True, slots=True)
class NewsboatItem:
    """One headline of the cache that was read or flagged. `feed` is the address of its feed."""

    guid: str
    title: str
    url: str
    feed: str
    read: bool
    starred: bool


def is_urls(text: str) -> bool:
    """Say whether a text looks like `urls`: its first line that is no comment begins with an address or a query."""
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            return re.match(r'\s*"?(?:https?://|file://|query:|exec:|filter:)', line) is not None
    return False


def parse_urls(text: str) -> tuple[UrlsLine, ...]:
    """Return the lines of `urls` that name something, in their order. Pure."""
    found = (_line(number, line) for number, line in enumerate(text.splitlines(), 1))
    return tuple(line for line in found if line is not None)


def _line(number: int, line: str) -> UrlsLine | None:
    tokens = []
    for match in _TOKEN.finditer(line):
        if match[2] is not None:
            break
        tokens.append(_ESCAPED.sub(r"\1", match[1]) if match[1] is not None else match[3])
    if not tokens or not tokens[0]:
        return None
    url, *rest = tokens
    url, login = split_login(url)
    tags = [clean_line(tag, 200) for tag in rest if not tag.startswith(("~", "!"))]
    title = next((clean_line(tag[1:], 500) for tag in rest if tag.startswith("~")), None)
    if url.startswith("query:"):
        return UrlsLine(number, clean_line(without_login(url), 200), why="query")
    if url.startswith(("exec:", "filter:")) or "`" in line:
        return UrlsLine(number, clean_line(without_login(url), 200), why="program")
    if not is_web(url):
        return UrlsLine(number, clean_line(without_login(url), 200), why="not-web")
    tags = list(dict.fromkeys(filter(None, tags)))
    return UrlsLine(number, absolute("", url) or url, tuple(tags), title or None, login=login)


def read_marks(path: Path) -> tuple[NewsboatItem, ...]:
    """Return what was read or flagged, newest first, of newsboat's `cache.db`. What newsboat deleted is left out.

    Any flag (newsboat has letters for them, and no star) counts as a star. NotFound for no file, Misuse for what is
    no cache, NewsstandError where it is in use or damaged.
    """
    if not path.is_file():
        raise NotFound(bad_newsboat_cache(path, "missing"))
    failure: sqlite3.Error | None = None
    # A file in a folder that cannot be written may need a journal that cannot be made: then it is read as it lies.
    for way in ("mode=ro", "mode=ro&immutable=1"):
        try:
            with closing(sqlite3.connect(f"file:{quote(str(path))}?{way}", uri=True, timeout=_WAITS)) as con:
                return tuple(_items(con))
        except sqlite3.Error as error:
            failure = error
            code = error.sqlite_errorcode & 0xFF if hasattr(error, "sqlite_errorcode") else 0
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise NewsstandError(bad_newsboat_cache(path, "in use")) from error
            if code not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR):
                break
    if "no such table" in str(failure) or "no such column" in str(failure) or "not a database" in str(failure):
        raise Misuse(bad_newsboat_cache(path, "other")) from failure
    raise NewsstandError(bad_newsboat_cache(path, "unreadable")) from failure


def _items(con: sqlite3.Connection) -> Iterator[NewsboatItem]:
    con.text_factory = lambda data: data.decode("utf-8", "replace")
    rows = con.execute(
        "SELECT guid, title, url, feedurl, unread, coalesce(flags, '') FROM rss_item "
        "WHERE deleted = 0 AND (unread = 0 OR coalesce(flags, '') <> '') ORDER BY pubDate DESC, id DESC LIMIT ?",
        (MARKS_AT_MOST,),
    )
    for guid, title, url, feed, unread, flags in rows:
        yield NewsboatItem(
            str(guid), clean_line(str(title), 500), str(url or ""), str(feed), read=not unread, starred=bool(flags)
        )

"""Sources: what one subscribes to. Acts of a person are journalled; what a visit found out is not."""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import partial

from reader.errors import Misuse, NotFound
from reader.models import NewSource, Source, SourceChanges
from reader.store import codec, journal
from reader.store.codec import SOURCE_COLUMNS
from reader.store.journal import Actor
from reader.store.pruning.traits import forget_unread
from reader.store.sources.names import is_ours, tell_apart
from reader.store.values import Act
from reader.text.logins import may_have
from reader.text.request_headers import is_secret
from reader.text.urls import host
from reader.text.waits import LONGEST_WAIT, is_over
from reader.words import library as library_words

_SELECT = f"SELECT {SOURCE_COLUMNS} FROM sources"  # noqa: S608  # a constant of ours

_CLOCKS_DIFFER = 300  # seconds by which a clock may be set back, as each is now and then, without any notice of it

Value = float | str | None
Changes = dict[str, tuple[Value, Value]]
"""Old and new by the name of the column."""


def get(con: sqlite3.Connection, source: int) -> Source | None:
    """Return a source, a removed one too."""
    row = con.execute(f"{_SELECT} WHERE id = ?", (source,)).fetchone()
    return codec.source(row) if row else None


def by_url(con: sqlite3.Connection, url: str) -> Source | None:
    """Return the source at exactly this address, a removed one too."""
    row = con.execute(f"{_SELECT} WHERE url = ?", (url,)).fetchone()
    return codec.source(row) if row else None


def every(con: sqlite3.Connection) -> list[Source]:
    """Return the sources that are not removed: those in no folder first, then folder by folder."""
    found = con.execute(f"{_SELECT} WHERE removed_at IS NULL ORDER BY folder IS NOT NULL, folder, position, id")
    return [codec.source(row) for row in found]


def with_credentials(con: sqlite3.Connection) -> list[Source]:
    """Return the sources that have a login: those that are not removed first."""
    found = con.execute(f"{_SELECT} WHERE credentials IS NOT NULL ORDER BY removed_at IS NOT NULL, id")
    return [codec.source(row) for row in found]


def forget_credentials(con: sqlite3.Connection, source: int) -> None:
    """A source that was removed long ago has its login no more. No act: undo of the removal cannot bring it back."""
    con.execute("UPDATE sources SET credentials = NULL WHERE id = ? AND removed_at IS NOT NULL", (source,))


def due(con: sqlite3.Connection, now: int, *, all_of: bool, ids: Sequence[int] | None) -> list[Source]:
    """Return the sources to visit, those that have waited longest first. Sources named by id are due when named.

    Due are those too that were asked in the future, or wait for longer than any wait is made: the clock was set back.
    """
    found = [codec.source(row) for row in con.execute(f"{_SELECT} WHERE removed_at IS NULL ORDER BY due_at, id")]
    if ids is not None:
        return [source for source in found if source.id in set(ids)]
    return [source for source in found if all_of or _is_due(source, now)]


def _is_due(source: Source, now: int) -> bool:
    if (source.asked_at or 0) > now + _CLOCKS_DIFFER:
        return True
    return is_over(source.due_at, now, max(source.interval or 0, LONGEST_WAIT))


def add(con: sqlite3.Connection, actor: Actor, now: int, wanted: Sequence[NewSource]) -> tuple[Source, ...]:
    """Subscribe to all of these, as one act; return them in their order.

    One that is there is returned as it is; a removed one comes back with its entries.
    """
    changes: dict[int, Changes] = {}
    ids: list[int] = []
    last: dict[str | None, int] = {}  # by folder: asking for each of 20,000 would take half a minute
    for new in wanted:
        old = by_url(con, new.url)
        if old is None:
            last[new.folder] = last[new.folder] + 1 if new.folder in last else _last(con, new.folder)
            ids.append(_insert(con, now, new, last[new.folder]))
            changes[ids[-1]] = {"removed_at": (now, None)}
        else:
            ids.append(old.id)
            if old.removed_at is not None and old.id not in changes:
                changes[old.id] = {"removed_at": (old.removed_at, None)}
                con.execute("UPDATE sources SET due_at = 0 WHERE id = ?", (old.id,))
                forget_unread(con, old.id)
    _change(con, actor, now, "add", changes)
    added = [source for source in map(partial(get, con), changes) if source is not None]
    tell_apart(con, {host(source.url) for source in added if is_ours(source.title, source.url)})
    found = [get(con, source) for source in ids]
    return tuple(source for source in found if source is not None)


def _insert(con: sqlite3.Connection, now: int, new: NewSource, position: int) -> int:
    source = con.execute(
        "INSERT INTO sources (url, title, kind, short, home, folder, language, press, interval, stories, feed_text, "
        "browser, user_agent, seconds, keep_days, keep_megabytes, categories, headers, credentials, "
        "position, added_at, removed_at) "
        "VALUES (:url, :title, :kind, :short, :home, :folder, :language, :brand_colour, :interval, :stories, "
        ":feed_text, :browser, :user_agent, :seconds, :keep_days, :keep_megabytes, :categories, :headers, "
        ":credentials, :position, :now, :now)",
        new._asdict()
        | {"kind": new.kind.value, "position": position, "now": now, "login": None}
        | {"categories": codec.to_json(new.categories), "headers": codec.to_json(new.headers)},
    ).lastrowid
    assert source is not None  # noqa: S101  # an INSERT has one; for the type checker
    return source


def _change(con: sqlite3.Connection, actor: Actor, now: int, act: str, values: Mapping[int, Changes]) -> Act:
    """Write down and carry out what differs, as one act; nothing is written where nothing does."""
    changed = {
        source: {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        for source, changes in values.items()
    }
    changed = {source: changes for source, changes in changed.items() if changes}
    if not changed:
        return Act(0, act, now, 0)
    number = journal.begin(con, actor, act, now)
    for source, changes in changed.items():
        for name, (old, new) in changes.items():
            journal.note_source(con, number, source, name, old, new)
    journal.finish(con, actor, number, len(changed))
    return Act(number, act, now, len(changed))


def _subscribed(con: sqlite3.Connection, source: int, *, or_removed: bool = False) -> Source:
    found = get(con, source)
    if found is None or (found.removed_at is not None and not or_removed):
        raise NotFound(library_words.no_source(source))
    return found


def remove(con: sqlite3.Connection, actor: Actor, now: int, source: int) -> Act:
    """Unsubscribe. Its entries leave the lists; what was starred or kept stays there; undo brings all back."""
    old = _subscribed(con, source, or_removed=True)
    gone = old.removed_at if old.removed_at is not None else now
    return _change(con, actor, now, "remove", {source: {"removed_at": (old.removed_at, gone)}})


def edit(con: sqlite3.Connection, actor: Actor, now: int, source: int, changes: SourceChanges) -> Act:
    """Change what a person may of a source, as one act. An address that another source has is Misuse.

    What is secret (the login, headers such as Cookie) belongs to the old address's host, and does not go to another.
    """
    old = _subscribed(con, source)
    unknown = sorted(set(changes) - SourceChanges.__annotations__.keys())
    if unknown:
        raise Misuse(library_words.cannot_be_changed(unknown[0]))
    other = by_url(con, changes["url"]) if "url" in changes else None
    if other is not None and other.id != source:
        raise Misuse(library_words.address_taken(other.url, other.title, removed=other.removed_at is not None))
    if "url" in changes and not may_have(changes["url"], old.url):
        open_ones = tuple(header for header in old.headers if not is_secret(header[0]))
        changes = {"credentials": None, "headers": open_ones, **changes}
    values = {name: (_column(name, getattr(old, name)), _column(name, new)) for name, new in changes.items()}
    if "folder" in values and values["folder"][0] != values["folder"][1]:
        values["position"] = (_position(con, source), _last(con, values["folder"][1]))
    return _change(con, actor, now, "edit", {source: values})


def _column(name: str, value: object) -> Value:
    if name in ("categories", "headers"):
        return codec.to_json(tuple(value))  # type: ignore[arg-type]  # a tuple, as the model has it
    return int(value) if isinstance(value, bool) else value  # type: ignore[return-value]  # as the model types them


def _position(con: sqlite3.Connection, source: int) -> int:
    position: int = con.execute("SELECT position FROM sources WHERE id = ?", (source,)).fetchone()[0]
    return position


def _last(con: sqlite3.Connection, folder: Value) -> int:
    query = "SELECT coalesce(max(position), 0) + 1 FROM sources WHERE folder IS ?"
    position: int = con.execute(query, (folder,)).fetchone()[0]
    return position


def rename(con: sqlite3.Connection, actor: Actor, now: int, source: int, title: str) -> Act:
    """Give a source the person's own name for it."""
    return _change(con, actor, now, "rename", {source: {"title": (_subscribed(con, source).title, title)}})


def move(con: sqlite3.Connection, actor: Actor, now: int, source: int, folder: str | None) -> Act:
    """Put a source at the end of a folder; None is no folder. One that is in it stays where it is."""
    old = _subscribed(con, source)
    if old.folder == folder:
        return Act(0, "move", now, 0)
    changes: Changes = {"folder": (old.folder, folder), "position": (_position(con, source), _last(con, folder))}
    return _change(con, actor, now, "move", {source: changes})


def move_before(
    con: sqlite3.Connection, actor: Actor, now: int, source: int, folder: str | None, before: int | None
) -> Act:
    """Put a source into a folder, before another one of it (None: at its end)."""
    old = _subscribed(con, source)
    others = [other.id for other in every(con) if other.folder == folder and other.id != source]
    if before is not None and before not in others:
        raise NotFound(library_words.not_in_folder(before))
    at = others.index(before) if before is not None else len(others)
    return _ordered(con, actor, now, "move", old, folder, [*others[:at], source, *others[at:]])


def step(con: sqlite3.Connection, actor: Actor, now: int, source: int, steps: int) -> Act:
    """Move a source so many places down its folder (negative: up), to its end at most."""
    old = _subscribed(con, source)
    order = [other.id for other in every(con) if other.folder == old.folder]
    at = order.index(source)
    order.remove(source)
    order.insert(max(0, min(len(order), at + steps)), source)
    return _ordered(con, actor, now, "reorder", old, old.folder, order)


def _ordered(
    con: sqlite3.Connection, actor: Actor, now: int, act: str, moved: Source, folder: str | None, order: Sequence[int]
) -> Act:
    """Number the sources of a folder anew. That is one source moved, however many numbers change."""
    values: dict[int, Changes] = {
        source: {"position": (_position(con, source), number)} for number, source in enumerate(order, start=1)
    }
    values[moved.id] |= {"folder": (moved.folder, folder)}
    done = _change(con, actor, now, act, values)
    return done._replace(pages=min(done.pages, 1))


def is_as_asked(con: sqlite3.Connection, source: int, asked: str | None) -> bool:
    """Whether a source is still where it was `asked`: a person can remove it, or give it another address, meanwhile.

    Without `asked` nothing is looked at.
    """
    if asked is None:
        return True
    query = "SELECT 1 FROM sources WHERE id = ? AND url = ? AND removed_at IS NULL"
    return con.execute(query, (source, asked)).fetchone() is not None


def keep_moved(con: sqlite3.Connection, source: int, url: str, asked: str | None = None) -> bool:
    """The server says that the source has moved for good. False where another source already has that address."""
    if by_url(con, url) is not None or not is_as_asked(con, source, asked):
        return False
    con.execute("UPDATE sources SET url = ? WHERE id = ?", (url, source))
    return True

"""The journal of a library, as tests read it: nothing else asks for its rows one by one."""

from typing import NamedTuple

from reader.store import Library


class Change(NamedTuple):
    """One row of the journal: what an act changed in one page or source. `own`: by this very Library object."""

    id: int
    act: int
    kind: str
    at: int
    own: bool
    page: int | None
    source: int | None
    property: str
    old: int | str | None
    new: int | str | None


def changed_since(library: Library, after: int) -> list[Change]:
    """Return the rows after the one with this id, oldest first, by whatever process."""
    found = library._db.read(
        lambda con: con.execute(
            "SELECT j.id, j.act, a.act, a.at, a.process = ?, j.page, j.source, j.property, j.old, j.new "
            "FROM journal j JOIN acts a ON a.id = j.act WHERE j.id > ? ORDER BY j.id",
            (library._actor.process, after),
        ).fetchall()
    )
    return [Change(number, act, kind, at, bool(own), *rest) for number, act, kind, at, own, *rest in found]


def last_journal_id(library: Library) -> int:
    """Return the id of the newest row, 0 for none."""
    return max((change.id for change in changed_since(library, 0)), default=0)

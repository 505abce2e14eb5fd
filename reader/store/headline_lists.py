"""What lists show: listings as arrays, rows by id or by filter, counts, known links. Never a body; reads only."""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from reader.models import Status
from reader.store import codec
from reader.store.codec import to_json
from reader.store.values import Counts, KnownLink, Listing, Row, View
from reader.text import urls

LATELY = 1000
"""How many stories "read lately" goes back."""

_LISTINGS = {
    "unread": "SELECT id AS page, time FROM pages WHERE unread = 1 ORDER BY time DESC, id DESC",
    "today": "SELECT id AS page, time FROM pages WHERE listed = 1 AND time >= :today ORDER BY time DESC, id DESC",
    "starred": "SELECT p.id AS page, p.time FROM statuses st JOIN pages p ON p.id = st.page "
    "WHERE st.starred_at IS NOT NULL AND p.merged_into IS NULL ORDER BY p.time DESC, p.id DESC",
    "saved": "SELECT p.id AS page, st.saved_at AS time FROM statuses st JOIN pages p ON p.id = st.page "
    "WHERE st.saved_at IS NOT NULL AND p.merged_into IS NULL ORDER BY st.saved_at DESC, p.id DESC",
    "kept": "SELECT id AS page, time FROM pages WHERE kept_at IS NOT NULL AND merged_into IS NULL "
    "ORDER BY time DESC, id DESC",
    "lately": "SELECT p.id AS page, st.read_at AS time FROM statuses st JOIN pages p ON p.id = st.page "
    "WHERE st.read_at IS NOT NULL AND p.merged_into IS NULL AND p.pruned_at IS NULL "
    "ORDER BY st.read_at DESC, p.id DESC LIMIT :lately",
    "source": "SELECT page, time FROM listed WHERE source = :source ORDER BY time DESC, page DESC",
    # The plus keeps SQLite from walking the whole index of pages to group by it.
    "folder": "SELECT l.page, min(l.time) AS time FROM listed l "
    "WHERE l.source IN (SELECT id FROM sources WHERE folder IS :folder) GROUP BY +l.page ORDER BY 2 DESC, 1 DESC",
}


_numbers = msgspec.json.Decoder(list[int])
_texts = msgspec.json.Decoder(list[str])

LINES_AT_ONCE = 500
"""Lines of JSON that are handed on at once: SQLite makes them, 20,000 cost no Python object each."""

_JSON_FIELDS = (
    "'id', p.id, 'title', coalesce(nullif(e.title, ''), p.title, p.url), 'url', p.url, 'paper', s.title, "
    "'source', CASE WHEN s.removed_at IS NULL THEN s.id END, 'section', coalesce(e.section, p.section), "
    "'summary', coalesce(e.summary, p.summary), 'time', strftime('%Y-%m-%dT%H:%M:%SZ', p.time, 'unixepoch'), "
    "'read', json(iif(st.read_at IS NULL, 'false', 'true')), "
    "'starred', json(iif(st.starred_at IS NULL, 'false', 'true')), "
    "'saved', json(iif(st.saved_at IS NULL, 'false', 'true')), "
    "'kept', json(iif(p.kept_at IS NULL, 'false', 'true')), "
    "'updated', json(iif(st.read_at IS NOT NULL AND p.changed_at > st.read_at, 'true', 'false')), "
    "'minutes', iif(p.kept_at IS NULL, NULL, p.minutes), "
    "'enclosures', json(coalesce(json_extract(e.attachments, '$.enclosures'), '[]')), "
    "'discussion', json_extract(e.attachments, '$.discussion'), "
    "'linked', json(coalesce(json_extract(e.attachments, '$.linked'), '[]'))"
)

JSON_NAMES = (
    "id",
    "title",
    "url",
    "paper",
    "source",
    "section",
    "summary",
    "time",
    "read",
    "starred",
    "saved",
    "kept",
    "updated",
    "minutes",
    "enclosures",
    "discussion",
    "linked",
)
"""The fields of one line of JSON, in their order."""


def listing(con: sqlite3.Connection, view: View, today: int) -> Listing:
    """Return the ids and times of a view: 200,000 in some 100 ms. For the reading thread.

    SQLite makes two JSON lists of them, which takes half as long as 200,000 rows and leaves the interpreter free.
    """
    query = _LISTINGS[view.kind]
    if "LIMIT" not in query:
        query += " LIMIT -1"  # an inner query with a LIMIT keeps its order, whatever is done with it
    values = {"today": today, "source": view.source, "folder": view.folder, "lately": LATELY}
    try:
        pages, times = con.execute(
            f"SELECT json_group_array(page), json_group_array(time) FROM ({query})",  # noqa: S608  # constants of ours
            values,
        ).fetchone()
        found = Listing(array("q", _numbers.decode(pages)), array("q", _numbers.decode(times)))
    except (sqlite3.Error, msgspec.MsgspecError):  # one value is no number, in a damaged library; or all of it is lost
        return _checked_listing(con.execute(query, values))
    if found.times and not (found.times[-1] >= codec.EARLIEST and found.times[0] <= codec.LATEST):
        return _checked_listing(zip(found.pages, found.times, strict=True))
    return found


def _checked_listing(found: Iterable[tuple[object, object]]) -> Listing:
    """Return a listing of rows that may hold any value: what has no number is left out, what has no time is oldest."""
    pages, times = array("q"), array("q")
    for page, time in found:
        if isinstance(page, int):
            pages.append(page)
            times.append(codec.moment(time) or 0)
    return Listing(pages, times)


_ENTRY = "LEFT JOIN entries e ON e.id = p.entry"
"""The join that gives each page `p` its entry `e`."""

_ENTRY_OF_SOURCE = """\
LEFT JOIN listed l ON l.source = :source AND l.page = p.id LEFT JOIN entries e ON e.id = coalesce(l.entry, p.entry)"""
"""The same, with the entry of the source that is asked for where it lists the page."""

_ROWS = (
    "SELECT j.value, p.id, p.url, coalesce(nullif(e.title, ''), p.title), coalesce(e.summary, p.summary), s.id, "
    "s.title, s.short, s.press, s.removed_at, coalesce(e.section, p.section), p.time, st.read_at, st.starred_at, "
    "st.saved_at, p.kept_at, p.changed_at, p.minutes, p.entry, "
    "e.attachments FROM json_each(:pages) j CROSS JOIN pages q ON q.id = j.value "
    "CROSS JOIN pages p ON p.id = coalesce(q.merged_into, q.id) {entry} "
    "LEFT JOIN sources s ON s.id = e.source LEFT JOIN statuses st ON st.page = p.id WHERE p.pruned_at IS NULL"
)
_ROWS_ANYWHERE = _ROWS.format(entry=_ENTRY)
_ROWS_OF_SOURCE = _ROWS.format(entry=_ENTRY_OF_SOURCE)


def rows(con: sqlite3.Connection, pages: Sequence[int], source: int | None = None) -> dict[int, Row]:
    """Return rows by the ids asked for (a merged page's shows what it was merged into). Unknown ids are left out,
    and those of pruned pages.

    With `source`, headline and paper are as that source lists the story.
    """
    query = _ROWS_ANYWHERE if source is None else _ROWS_OF_SOURCE
    found = con.execute(query, {"pages": json.dumps(list(pages)), "source": source})
    shown = {asked: _row(*rest) for asked, *rest in found}
    unlisted = [asked for asked, row in shown.items() if row.source is None and not row.paper]
    if unlisted:
        papers = _papers(con)
        for asked in unlisted:
            at = urls.host(shown[asked].url)
            paper, short, colour = papers.get(at, (at, "", None))
            shown[asked] = replace(shown[asked], paper=paper, short=short, brand_colour=colour)
    return shown


def _papers(con: sqlite3.Connection) -> dict[str, tuple[str, str, str | None]]:
    """Return title, short name and brand colour of the paper at each host: a story that no source lists has one too."""
    found = con.execute("SELECT coalesce(home, url), url, title, short, press FROM sources WHERE removed_at IS NULL")
    papers: dict[str, tuple[str, str, str | None]] = {}
    for home, feed, title, short, colour in found:
        paper = codec.words_of(title), codec.words_of(short), codec.text(colour)
        papers.setdefault(urls.host(codec.words_of(feed)), paper)
        papers[urls.host(codec.words_of(home))] = paper
    return papers


def _row(
    page: int,
    url: object,
    title: object,
    summary: object,
    source: int | None,
    paper: object,
    short: object,
    colour: object,
    removed_at: object,
    section: object,
    time: object,
    read_at: object,
    starred_at: object,
    saved_at: object,
    kept_at: object,
    changed_at: object,
    minutes: object,
    entry: object,
    attachments: object,
) -> Row:
    attached = codec.attachments(attachments)
    address, read, changed = codec.words_of(url), codec.flag(read_at), codec.moment(changed_at)
    return Row(
        page=page,
        url=address,
        title=codec.text(title) or address,
        summary=codec.text(summary),
        source=source if removed_at is None else None,
        paper=codec.words_of(paper),
        short=codec.words_of(short),
        brand_colour=codec.text(colour),
        section=codec.text(section),
        time=codec.moment(time) or 0,
        read=read is not None,
        starred=starred_at is not None,
        saved=saved_at is not None,
        kept=kept_at is not None,
        changed=read is not None and changed is not None and changed > read,
        minutes=codec.number(minutes) if kept_at is not None else None,
        entry=codec.number(entry),
        enclosures=attached.enclosures,
        discussion=attached.discussion,
        linked=attached.linked,
    )


_TITLES_OF = (
    "FROM (SELECT j.value AS page FROM json_each(?) j LIMIT -1) j "
    "LEFT JOIN pages q ON q.id = j.page LEFT JOIN pages p ON p.id = coalesce(q.merged_into, q.id) "
    "LEFT JOIN entries e ON e.id = p.entry"
)


def titles(con: sqlite3.Connection, pages: Sequence[int]) -> list[str]:
    """Return the headlines of these pages, in their order; "" for one that is not there. For the reading thread."""
    title, wanted = "coalesce(nullif(e.title, ''), p.title, p.url, '')", (json.dumps(list(pages)),)
    try:
        found = con.execute(f"SELECT json_group_array({title}) {_TITLES_OF}", wanted).fetchone()[0]  # constants of ours
        return _texts.decode(found)
    except (sqlite3.Error, msgspec.MsgspecError):  # a title is no text, in a damaged library
        return [codec.words_of(text) for (text,) in con.execute(f"SELECT {title} {_TITLES_OF}", wanted)]


def any_pruned(con: sqlite3.Connection, pages: Sequence[int]) -> bool:
    """Say whether nothing is left of one of these pages."""
    row = con.execute(
        "SELECT 1 FROM json_each(?) j CROSS JOIN pages p ON p.id = j.value WHERE p.pruned_at IS NOT NULL LIMIT 1",
        (json.dumps(list(pages)),),
    ).fetchone()
    return row is not None


def counts(con: sqlite3.Connection, today: int) -> Counts:
    """Count pages: 200,000 unread ones in well under 100 ms."""
    # A count per source is four times as fast as one GROUP BY over all.
    per_source = con.execute(
        "SELECT id, (SELECT count(*) FROM listed WHERE source = sources.id AND unread = 1) FROM sources "
        "WHERE removed_at IS NULL"
    ).fetchall()
    total = con.execute(
        "SELECT (SELECT count(*) FROM pages WHERE unread = 1), "
        "(SELECT count(*) FROM pages WHERE unread = 1 AND time >= ?), "
        "(SELECT count(*) FROM statuses st JOIN pages p ON p.id = st.page "
        "WHERE st.starred_at IS NOT NULL AND p.merged_into IS NULL), "
        "(SELECT count(*) FROM pages WHERE kept_at IS NOT NULL AND merged_into IS NULL), "
        "(SELECT count(*) FROM statuses st JOIN pages p ON p.id = st.page "
        "WHERE st.saved_at IS NOT NULL AND p.merged_into IS NULL)",
        (today,),
    ).fetchone()
    unread, of_today, starred, kept, saved = total
    of_sources = {source: count for source, count in per_source if count}
    folders = _folders_with_shared(con, of_sources) if sum(of_sources.values()) != unread else {}
    return Counts(unread, of_today, starred, kept, of_sources, saved, folders)


def _folders_with_shared(con: sqlite3.Connection, of_sources: dict[int, int]) -> dict[str, int]:
    """The unread pages of each folder in which several sources list the same one."""
    folder_of = dict(
        con.execute("SELECT id, folder FROM sources WHERE removed_at IS NULL AND folder IS NOT NULL").fetchall()
    )
    twice = con.execute(
        "SELECT folder, sum(n - 1) FROM (SELECT l.page, s.folder, count(*) AS n FROM "
        "(SELECT page FROM listed WHERE unread = 1 GROUP BY page HAVING count(*) > 1) shared "
        "CROSS JOIN listed l ON l.page = shared.page CROSS JOIN sources s ON s.id = l.source "
        "WHERE l.unread = 1 AND s.removed_at IS NULL AND s.folder IS NOT NULL GROUP BY 1, 2) "
        "GROUP BY folder HAVING sum(n - 1)"
    ).fetchall()
    return {
        folder: sum(of_sources.get(source, 0) for source, its in folder_of.items() if its == folder) - more
        for folder, more in twice
    }


def known(con: sqlite3.Connection, asked: Sequence[str]) -> dict[str, KnownLink]:
    """Return what is known of these addresses, by the address as asked. What is not known is left out."""
    keys = {url: urls.page_key(url) for url in asked}
    found = con.execute(
        "SELECT j.value, p.id, st.read_at, p.kept_at, p.minutes, coalesce(p.summary, e.summary), "
        "coalesce(nullif(e.title, ''), p.title, p.url), coalesce(e.section, p.section), p.time "
        "FROM json_each(?) j CROSS JOIN aliases a ON a.key = j.value CROSS JOIN pages p ON p.id = a.page "
        "LEFT JOIN entries e ON e.id = p.entry LEFT JOIN statuses st ON st.page = p.id",
        (json.dumps(list(set(keys.values()))),),
    )
    links = {
        key: KnownLink(
            page,
            read_at is not None,
            kept_at is not None,
            codec.number(minutes),
            codec.text(summary),
            codec.words_of(title),
            codec.text(section),
            codec.moment(time),
        )
        for key, page, read_at, kept_at, minutes, summary, title, section, time in found
    }
    return {url: links[key] for url, key in keys.items() if key in links}


def status(con: sqlite3.Connection, page: int) -> Status:
    """Return what the reader did to a page; nothing, for a page that nobody touched or that is not there."""
    row = con.execute(
        "SELECT st.read_at, st.starred_at, st.saved_at, st.place FROM pages q "
        "JOIN statuses st ON st.page = coalesce(q.merged_into, q.id) WHERE q.id = ?",
        (page,),
    ).fetchone()
    if row is None:
        return Status()
    read, starred, saved, place = row
    return Status(codec.flag(read), codec.flag(starred), codec.flag(saved), max(0, codec.number(place) or 0))


class EntryFilter(NamedTuple):
    """What the command line asks for: all of it must fit.

    `since` and `until` are UTC seconds; `sources` None means of any source, or of none. Pages that no source lists are
    among them only where one asks for what is starred, saved or kept.
    """

    unread: bool = False
    starred: bool = False
    saved: bool = False
    kept: bool = False
    sources: tuple[int, ...] | None = None
    since: int | None = None
    until: int | None = None

    @property
    def beyond_lists(self) -> bool:
        """Whether pages that no source lists can be among them."""
        return self.starred or self.saved or self.kept

    @property
    def source(self) -> int | None:
        """The one source it is about: headline and paper are then as that source has them."""
        return self.sources[0] if self.sources is not None and len(self.sources) == 1 else None

    @property
    def entry(self) -> str:
        """The join that gives each page `p` its entry `e`."""
        return _ENTRY if self.source is None else _ENTRY_OF_SOURCE

    def where(self) -> tuple[str, dict[str, Any]]:
        """The condition over `pages p`, and the values it names."""
        parts = ["p.merged_into IS NULL"]
        for wanted, column in ((self.starred, "starred_at"), (self.saved, "saved_at")):
            if wanted:
                parts.append(f"EXISTS (SELECT 1 FROM statuses x WHERE x.page = p.id AND x.{column} IS NOT NULL)")  # noqa: S608  # names from the line above
        if self.unread:
            parts.append("p.unread = 1")
        if self.kept:
            parts.append("p.kept_at IS NOT NULL")
        if not self.beyond_lists:
            parts.append("p.listed = 1")
        if self.sources is not None:
            numbers = ", ".join(f"{source:d}" for source in self.sources) or "NULL"
            parts.append(f"EXISTS (SELECT 1 FROM listed x WHERE x.page = p.id AND x.source IN ({numbers}))")  # noqa: S608  # integers
        if self.since is not None:
            parts.append("p.time >= :since")
        if self.until is not None:
            parts.append("p.time <= :until")
        return " AND ".join(parts), {"since": self.since, "until": self.until, "source": self.source}


EVERY_ENTRY = EntryFilter()
"""What is listed, all of it."""


def selected(con: sqlite3.Connection, asked: EntryFilter, limit: int | None) -> list[Row]:
    """Return rows for the command line, newest first, of what fits all that was asked."""
    where, values = asked.where()
    found = con.execute(
        f"SELECT p.id FROM pages p WHERE {where} ORDER BY p.time DESC, p.id DESC LIMIT :limit",  # noqa: S608  # constants of ours
        {**values, "limit": -1 if limit is None else limit},
    ).fetchall()
    return list(rows(con, [page for (page,) in found], asked.source).values())


def json_lines(con: sqlite3.Connection, asked: EntryFilter, limit: int | None) -> Iterator[str]:
    """Yield the lines of what fits, newest first, some hundred to a text that ends with a line's end."""
    if asked.beyond_lists:  # a page that no source lists has its paper from its host
        for row in selected(con, asked, limit):
            yield _json_line(row)
        return
    where, values = asked.where()
    told = 0
    try:
        found = con.execute(
            f"SELECT json_object({_JSON_FIELDS}) FROM pages p {asked.entry} "  # noqa: S608  # constants of ours
            f"LEFT JOIN sources s ON s.id = e.source LEFT JOIN statuses st ON st.page = p.id "
            f"WHERE {where} ORDER BY p.time DESC, p.id DESC LIMIT :limit",
            {**values, "limit": -1 if limit is None else limit},
        )
        while lines := found.fetchmany(LINES_AT_ONCE):
            yield "".join(_with_line_ends(lines))
            told += len(lines)
    except sqlite3.OperationalError:  # a value that JSON cannot hold, in a damaged library
        for row in selected(con, asked, limit)[told:]:
            yield _json_line(row)


def _with_line_ends(rows: Sequence[tuple[str]]) -> Iterator[str]:
    for (line,) in rows:
        yield line
        yield "\n"


def _json_line(row: Row) -> str:
    values = (
        row.page,
        row.title,
        row.url,
        row.paper,
        row.source,
        row.section,
        row.summary,
        datetime.fromtimestamp(row.time, UTC),
        row.read,
        row.starred,
        row.saved,
        row.kept,
        row.changed,
        row.minutes,
        row.enclosures,
        row.discussion,
        row.linked,
    )
    return to_json(dict(zip(JSON_NAMES, values, strict=True))) + "\n"

"""Models to columns and back: JSON columns (msgspec), and aware datetimes as seconds and minutes of offset.

A damaged library can hold any value in any column: text among numbers, JSON that is none, a time beyond all calendars.
Each value is therefore taken as what its column is for; one that cannot be costs itself and nothing else.
"""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import TypeVar

import msgspec

from reader.models import Article, Enclosure, Entry, Failure, Figure, Link, LinkKind, Source, SourceKind
from reader.store.values import OldEntry

T = TypeVar("T")

EARLIEST, LATEST = -62_104_060_800, 253_370_764_800
"""UTC seconds: the years 2 to 9998. In any zone these are dates that Python knows."""


@dataclass(frozen=True, slots=True)
class ArticleFields:
    """What of an article stands in one JSON column: no list needs it."""

    authors: tuple[str, ...]
    tags: tuple[str, ...]
    figures: tuple[Figure, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Attachments:
    """What stands in one JSON column of an entry: its files, where it is discussed, and the pages it is about."""

    enclosures: tuple[Enclosure, ...] = ()
    discussion: str | None = None
    linked: tuple[str, ...] = ()


OF_THE_ENTRY = (LinkKind.DISCUSSION, LinkKind.LINKED)
"""Kinds of links that are kept with the entry, and with no article."""

_encoder = msgspec.json.Encoder()
_fields = msgspec.json.Decoder(ArticleFields)
_strings = msgspec.json.Decoder(tuple[str, ...])
_headers = msgspec.json.Decoder(tuple[tuple[str, str], ...])
_optional_failure = msgspec.json.Decoder(Failure | None)
_attachments = msgspec.json.Decoder(Attachments)
_NOTHING = Attachments()
_NO_FIELDS = ArticleFields((), (), (), ())


def to_json(value: object) -> str:
    """Return a model, or a tuple of strings, as JSON text. Datetimes keep their offsets."""
    return _encoder.encode(value).decode()


def text(value: object) -> str | None:
    """Return a text; None for NULL and for what is no text. Bytes that are no UTF-8 show as U+FFFD."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else None


def words_of(value: object) -> str:
    """Return a text that must be there: "" for what is no text."""
    return text(value) or ""


def number(value: object) -> int | None:
    """Return a whole number; None for NULL and for what is none."""
    return value if isinstance(value, int) else None


def moment(value: object) -> int | None:
    """Return UTC seconds that every calendar has; what lies beyond is the nearest that it has. None for no number."""
    if not isinstance(value, int):
        return None
    return value if EARLIEST <= value <= LATEST else max(EARLIEST, min(value, LATEST))


def flag(value: object) -> int | None:
    """Return when something was marked (UTC seconds). Whatever stands there that is no time still says that it was:
    then at 0. None for NULL."""
    found = moment(value)
    return 0 if found is None and value is not None else found


def _decoded(decoder: "msgspec.json.Decoder[T]", value: object, otherwise: T) -> T:
    """Read a JSON column; `otherwise` for NULL and for what cannot be read: another version wrote it, or damage."""
    if not isinstance(value, str | bytes) or not value:
        return otherwise
    try:
        return decoder.decode(value)
    except (msgspec.MsgspecError, UnicodeError):
        return otherwise


def strings(text: object) -> tuple[str, ...]:
    """Read a JSON list of strings; NULL, and what cannot be read, is an empty one."""
    return _decoded(_strings, text, ())


def failure(text: object) -> Failure | None:
    """Read a kept failure. One that another version wrote and this one cannot read is no failure."""
    return _decoded(_optional_failure, text, None)


def attachments_text(entry: Entry) -> str | None:
    """Return what is attached to an entry as JSON text; NULL for nothing."""
    attached = Attachments(entry.enclosures, entry.discussion, entry.linked)
    return None if attached == _NOTHING else to_json(attached)


def attachments(text: object) -> Attachments:
    """Read what is attached to an entry. What another version wrote and this one cannot read is nothing."""
    return _decoded(_attachments, text, _NOTHING)


def seconds_and_offset(value: datetime | None) -> tuple[int | None, int | None]:
    """Return UTC seconds and the offset in minutes; a naive time is taken as UTC."""
    if value is None:
        return None, None
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    offset = aware.utcoffset() or timedelta()
    # Not timestamp(): it fails in years 1 and 9999, which feeds do print.
    seconds = (aware.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC) - offset) // timedelta(seconds=1)
    return seconds, offset // timedelta(minutes=1)


def when(seconds: object, offset: object) -> datetime | None:
    """Return an aware time, with the offset (in minutes) it was printed with; None where it is none."""
    if not isinstance(seconds, int):
        return None
    minutes = offset if isinstance(offset, int) and abs(offset) < 1440 else 0
    zone = timezone(timedelta(minutes=minutes)) if minutes else UTC
    try:
        return (datetime(1970, 1, 1) + timedelta(seconds=seconds, minutes=minutes)).replace(tzinfo=zone)  # noqa: DTZ001  # set at once; arithmetic in local time stays in range
    except OverflowError:
        return None


_KINDS = frozenset(kind.value for kind in SourceKind)

SOURCE_COLUMNS = (
    "id, url, title, kind, short, home, folder, language, press, interval, etag, last_modified, body_hash, "
    "asked_at, answered_at, due_at, failure, failed_since, removed_at, stories, feed_text, browser, user_agent, "
    "seconds, categories, tries, headers, credentials, keep_days, keep_megabytes, took, parse_seconds"
)


def headers(value: object) -> tuple[tuple[str, str], ...]:
    """Read a source's headers; none where they cannot be read."""
    return _decoded(_headers, value, ())


def has_attachments(value: object) -> bool:
    """Say whether a column of an entry's attachments can be read."""
    return attachments(value) != _NOTHING


def has_fields(value: object) -> bool:
    """Say whether a column of an article's fields can be read, and has any."""
    return _decoded(_fields, value, _NO_FIELDS) != _NO_FIELDS


def no_fields() -> str:
    """The column of an article's fields, where they are lost."""
    return to_json(_NO_FIELDS)


def source_kind(value: object) -> SourceKind:
    """Read a source's kind. One that this version does not know is visited as a feed."""
    return SourceKind(value) if value in _KINDS else SourceKind.FEED


def source(row: sqlite3.Row | tuple[object, ...]) -> Source:
    """Read a source from `SOURCE_COLUMNS`."""
    number_, url, title, kind, short, home, folder, language, press, interval, *rest = row
    etag, modified, body_hash, asked, answered, due, failed, failed_since, removed, stories, *rest = rest
    feed_text, browser, user_agent, seconds, categories, tries, its_headers, credentials, *rest = rest
    keep_days, keep_megabytes, took, parse_seconds = rest
    return Source(
        id=number(number_) or 0,
        url=words_of(url),
        title=words_of(title),
        kind=source_kind(kind),
        short=text(short),
        home=text(home),
        folder=text(folder),
        language=text(language),
        brand_colour=text(press),
        interval=number(interval),
        etag=text(etag),
        last_modified=text(modified),
        body_hash=text(body_hash),
        asked_at=moment(asked),
        answered_at=moment(answered),
        due_at=moment(due) or 0,
        failure=failure(failed),
        failed_since=moment(failed_since),
        removed_at=flag(removed),
        stories=number(stories),
        feed_text=bool(feed_text),
        browser=bool(browser),
        user_agent=text(user_agent),
        seconds=_real(seconds),
        categories=strings(categories),
        tries=number(tries) or 0,
        headers=_decoded(_headers, its_headers, ()),
        credentials=text(credentials),
        keep_days=number(keep_days),
        keep_megabytes=number(keep_megabytes),
        took=_real(took),
        parse_seconds=_real(parse_seconds),
    )


def _real(value: object) -> float | None:
    return value if isinstance(value, int | float) else None


def old_entry(row: tuple[object, ...]) -> OldEntry:
    """Read what is known of a kept entry, from the columns that `OldEntry` names."""
    number_, digest, guid, title, link, summary, published, first_seen = row
    return OldEntry(
        number(number_) or 0,
        words_of(digest),
        words_of(guid),
        words_of(title),
        text(link),
        text(summary),
        number(published),
        number(first_seen) or 0,
    )


ARTICLE_COLUMNS = (
    "url, canonical_url, site, title, kicker, section, published, published_offset, updated, updated_offset, "
    "lang, lede, markdown, words, minutes, how, fields"
)


def article_values(value: Article) -> tuple[object, ...]:
    """Return the values of `ARTICLE_COLUMNS`."""
    links = tuple(link for link in value.links if link.kind not in OF_THE_ENTRY)
    fields = ArticleFields(value.authors, value.tags, value.figures, links)
    return (
        value.url,
        value.canonical_url,
        value.site,
        value.title,
        value.kicker,
        value.section,
        *seconds_and_offset(value.published),
        *seconds_and_offset(value.updated),
        value.lang,
        value.lede,
        value.markdown,
        value.words,
        value.minutes,
        value.how,
        to_json(fields),
    )


def article(row: tuple[object, ...]) -> Article:
    """Read an article from `ARTICLE_COLUMNS`."""
    url, canonical_url, site, title, kicker, section, pub, pub_off, upd, upd_off, lang, lede, markdown, *rest = row
    words, minutes, how, kept = rest
    fields = _decoded(_fields, kept, _NO_FIELDS)
    return Article(
        url=words_of(url),
        canonical_url=words_of(canonical_url),
        site=words_of(site),
        title=words_of(title),
        kicker=text(kicker),
        section=text(section),
        published=when(pub, pub_off),
        updated=when(upd, upd_off),
        lang=text(lang),
        lede=text(lede),
        markdown=words_of(markdown),
        words=number(words) or 0,
        minutes=number(minutes) or 0,
        how=words_of(how),
        authors=fields.authors,
        tags=fields.tags,
        figures=fields.figures,
        links=fields.links,
    )

"""Models to columns and back: JSON columns (msgspec), and aware datetimes as seconds and minutes of offset."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec

from reader.models import Article, Enclosure, Entry, Failure, Figure, Link, LinkKind, Source, SourceKind


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
_failure = msgspec.json.Decoder(Failure)
_attachments = msgspec.json.Decoder(Attachments)


_NOTHING = Attachments()


def to_json(value: object) -> str:
    """Return a model, or a tuple of strings, as JSON text. Datetimes keep their offsets."""
    return _encoder.encode(value).decode()


def strings(text: str | None) -> tuple[str, ...]:
    """Read a JSON list of strings; NULL is an empty one."""
    return _strings.decode(text) if text else ()


def failure(text: str | None) -> Failure | None:
    """Read a kept failure. One that another version wrote and this one cannot read is no failure."""
    try:
        return _failure.decode(text) if text else None
    except msgspec.MsgspecError:
        return None


def attachments_text(entry: Entry) -> str | None:
    """Return what is attached to an entry as JSON text; NULL for nothing."""
    attached = Attachments(entry.enclosures, entry.discussion, entry.linked)
    return None if attached == _NOTHING else to_json(attached)


def attachments(text: str | None) -> Attachments:
    """Read what is attached to an entry. What another version wrote and this one cannot read is nothing."""
    try:
        return _attachments.decode(text) if text else _NOTHING
    except msgspec.MsgspecError:
        return _NOTHING


def seconds_and_offset(value: datetime | None) -> tuple[int | None, int | None]:
    """Return UTC seconds and the offset in minutes; a naive time is taken as UTC."""
    if value is None:
        return None, None
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    offset = aware.utcoffset() or timedelta()
    # Not timestamp(): it fails in years 1 and 9999, which feeds do print.
    seconds = (aware.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC) - offset) // timedelta(seconds=1)
    return seconds, offset // timedelta(minutes=1)


def when(seconds: int | None, offset: int | None) -> datetime | None:
    """Return the aware time of `moment`, with the offset it was printed with."""
    if seconds is None:
        return None
    zone = timezone(timedelta(minutes=offset)) if offset else UTC
    return (datetime(1970, 1, 1) + timedelta(seconds=seconds, minutes=offset or 0)).replace(tzinfo=zone)  # noqa: DTZ001  # set at once; arithmetic in local time stays in range


SOURCE_COLUMNS = (
    "id, url, title, kind, short, home, folder, language, press, interval, etag, last_modified, body_hash, "
    "asked_at, answered_at, due_at, failure, failed_since, removed_at, stories, feed_text, browser, user_agent, "
    "seconds, categories, tries, headers, credentials, keep_days, keep_megabytes, took, parse_seconds"
)


def source(row: sqlite3.Row | tuple[object, ...]) -> Source:
    """Read a source from `SOURCE_COLUMNS`."""
    values = list(row)
    values[3] = SourceKind(values[3])
    values[16] = failure(values[16])
    values[20], values[21] = bool(values[20]), bool(values[21])
    values[24] = strings(values[24])
    values[26] = _headers.decode(values[26] or "[]")
    return Source(*values)


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
    values: list[Any] = list(row)  # as the schema types them
    fields = _fields.decode(values.pop())
    url, canonical_url, site, title, kicker, section, pub, pub_off, upd, upd_off, lang, lede, markdown, *rest = values
    words, minutes, how = rest
    return Article(
        url=url,
        canonical_url=canonical_url,
        site=site,
        title=title,
        kicker=kicker,
        section=section,
        published=when(pub, pub_off),
        updated=when(upd, upd_off),
        lang=lang,
        lede=lede,
        markdown=markdown,
        words=words,
        minutes=minutes,
        how=how,
        authors=fields.authors,
        tags=fields.tags,
        figures=fields.figures,
        links=fields.links,
    )

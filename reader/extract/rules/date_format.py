"""Dates in a format that a site rule gives, for papers whose way of writing them `text.dates` cannot know."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from reader.config.rules import DATE_PARTS
from reader.text import fold
from reader.text.dates import month_of

_LONGEST = 300


def parse_date(formats: Iterable[str], text: str, zone: tzinfo) -> datetime | None:
    """Return the time that stands anywhere in `text` in the first of the formats that finds one, or None.

    Case, accents and white space do not count: `Thứ %a` finds `THỨ BẢY`. Where no offset is read it is `zone`.
    """
    folded = " ".join(fold(text[:_LONGEST]).split())
    for form in formats:
        for found in _pattern(form).finditer(folded):
            value = _datetime(found.groupdict(), zone)
            if value is not None:
                return value
    return None


@lru_cache(maxsize=200)
def _pattern(form: str) -> re.Pattern[str]:
    pieces: list[str] = []
    for literal, part in re.findall(r"([^%]*)(?:%(.)|\Z)", " ".join(form.split()), re.S):
        # White space before a part is optional; `fold` strips the ends of a text.
        pieces.append(re.sub(r"(?:\\?\s)+", r"\\s*", re.escape(_folded(literal))))
        if part:
            pieces.append("%" if part == "%" else DATE_PARTS[part.lower() if part in "AB" else part])
    return re.compile(rf"(?<!\d){''.join(pieces)}(?!\d)")


def _folded(literal: str) -> str:
    """Fold a text and keep the white space at its ends."""
    before = literal[: len(literal) - len(literal.lstrip())]
    after = literal[len(literal.rstrip()) :] if literal.strip() else ""
    return before + fold(literal) + after


def _datetime(found: Mapping[str, str | None], zone: tzinfo) -> datetime | None:
    name = found.get("month_name")
    month = month_of(name) if name else int(found.get("month") or 0)
    year = int(found.get("year") or 0) or 2000 + int(found.get("short_year") or 0)
    hour = int(found.get("hour") or 0)
    noon = (found.get("noon") or "").replace(".", "")
    if noon in ("pm", "ch") and hour < 12:
        hour += 12
    elif noon in ("am", "sa") and hour == 12:
        hour = 0
    try:
        return datetime(
            year,
            month or 0,
            int(found.get("day") or 0),
            hour,
            int(found.get("minute") or 0),
            min(59, int(found.get("second") or 0)),
            tzinfo=_offset(found.get("zone")) or zone,
        )
    except ValueError:
        return None


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text == "z":
        return UTC
    hours, minutes = re.fullmatch(r".(\d{1,2}):?(\d{2})?", text).groups()  # type: ignore[union-attr]  # DATE_PARTS' own
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-offset if text[0] == "-" else offset) if offset < timedelta(hours=24) else None

"""What a feed attaches to an entry: sound, film and other files with their facts, and where the entry is discussed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from reader import text
from reader.models import Enclosure
from reader.text import urls

MOST = 50
"""Files of one entry; what follows is left out."""
_LONGEST_TITLE = 200
_LONGEST_PLAY = 1000 * 3600  # seconds; what claims to be longer is a mistake
_IMAGE_NAME = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)\Z", re.I)
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,]\d+)?\Z", re.A)
_ISO = re.compile(r"PT?(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7})(?:\.\d+)?S)?\Z", re.A | re.I)
_SECONDS = re.compile(r"(\d{1,7})(?:\.\d+)?(?: ?s(?:ec(?:onds?)?)?\.?)?\Z", re.A | re.I)
_MINUTES = re.compile(r"(\d{1,5}) ?m(?:in(?:utes?)?)?\.?\Z", re.A | re.I)


def enclosures(entry: Mapping[str, Any], url: str) -> tuple[Enclosure, ...]:
    """Return the files of an entry as feedparser has it, the first of each address: RSS `enclosure` and Atom
    `link rel=enclosure`, then sound and film of Media RSS. Pictures come last. `itunes:duration` is that of the first
    that plays. Addresses are absolute, seen from `url`, and http or https.
    """
    found: dict[str, Enclosure] = {}
    for address, facts, length in _given(entry):
        absolute = urls.absolute_web(url, address)
        if absolute and len(found) < MOST:
            found.setdefault(absolute, _enclosure(absolute, facts, number(facts.get(length)) or None))
    files = sorted(found.values(), key=lambda file: is_image({"type": file.type, "href": file.url}))
    return with_duration(files, seconds(str(entry.get("itunes_duration") or "")))


def _given(entry: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Address and facts of each file, and which of the facts is its length."""
    for link in entry.get("links") or ():
        if link.get("rel") == "enclosure":
            yield link.get("href") or "", link, "length"
    for media in entry.get("media_content") or ():
        kind = (media.get("type") or "").lower()
        if media.get("medium") in ("audio", "video") or kind.startswith(("audio/", "video/")):
            yield media.get("url") or "", media, "filesize"


def _enclosure(url: str, facts: Mapping[str, Any], length: int | None) -> Enclosure:
    return Enclosure(
        url,
        text.clean_line(facts.get("type") or "", 100) or None,
        length,
        seconds(str(facts.get("duration") or "")),
        text.clean_line(facts.get("title") or "", _LONGEST_TITLE) or None,
    )


def with_duration(files: Iterable[Enclosure], duration: int | None) -> tuple[Enclosure, ...]:
    """Return the files, the first that is no picture with this duration where it has none of its own."""
    given = list(files)
    first = next((n for n, file in enumerate(given) if not is_image({"type": file.type, "href": file.url})), None)
    if duration and first is not None and given[first].duration is None:
        given[first] = replace(given[first], duration=duration)
    return tuple(given)


def discussion(entry: Mapping[str, Any], url: str) -> str | None:
    """Return where an entry is discussed: RSS `comments`, Atom `link rel=replies` (RFC 4685) to a page."""
    given = entry.get("comments")
    candidates = [given] if isinstance(given, str) else []
    for link in entry.get("links") or ():
        if link.get("rel") == "replies" and "html" in (link.get("type") or "html"):
            candidates.append(link.get("href") or "")
    found = (urls.absolute_web(url, candidate) for candidate in candidates if candidate.strip())
    return next(filter(None, found), None)


def is_image(facts: Mapping[str, Any]) -> bool:
    """Say whether a file is a picture: by its `medium` and `type`, or else by its name (`url`, `href`)."""
    kind = (facts.get("type") or "").lower()
    if facts.get("medium") or kind not in ("", "text/html"):
        return facts.get("medium") == "image" or kind.startswith("image/")
    return bool(_IMAGE_NAME.search(urlsplit(facts.get("url") or facts.get("href") or "").path))


def number(value: object) -> int:
    """Return a number of ASCII digits that SQLite can keep; 0 for anything else."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19 else 0


def seconds(written: str) -> int | None:
    """Return how long something plays, as feeds write it: `3723`, `62:03`, `1:02:03`, `PT1H2M3S`, `38 min`.

    None for 0, for what nobody can read, and for more than a thousand hours."""
    written = written.strip()
    found = 0
    if match := _CLOCK.match(written):
        found = int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
    elif match := _SECONDS.match(written):
        found = int(match[1])
    elif match := _MINUTES.match(written):
        found = int(match[1]) * 60
    elif match := _ISO.match(written):
        found = int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + int(match[3] or 0)
    return found if 0 < found <= _LONGEST_PLAY else None

"""What a feed attaches to an entry: sound, film and other files with their facts, and where the entry is discussed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from reader import text
from reader.models import Enclosure
from reader.text import urls
from reader.url_parts import url_parts

MOST = 50
"""Files of one entry; what follows is left out."""
_LONGEST_TITLE = 200
_LONGEST_PLAY = 1000 * 3600  # seconds; what claims to be longer is a mistake
_IMAGE_NAME = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)\Z", re.I)
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,]\d+)?\Z", re.A)
_ISO = re.compile(r"PT?(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7})(?:\.\d+)?S)?\Z", re.A | re.I)
_AVATARS = re.compile(r"(?:\A|\.)gravatar\.com\Z")
_PLAYED_NAME = re.compile(r"\.(?:mp3|m4a|ogg|oga|opus|flac|aac|wav|mp4|m4v|webm|mov|mkv|ogv|m3u8|mpd|pdf|epub)\Z", re.I)
_DEAD = "application/x-shockwave-flash"  # which YouTube still says of addresses that play nothing
_SECONDS = re.compile(r"(\d{1,7})(?:\.\d+)?(?: ?s(?:ec(?:onds?)?)?\.?)?\Z", re.A | re.I)
_MINUTES = re.compile(r"(\d{1,5}) ?m(?:in(?:utes?)?)?\.?\Z", re.A | re.I)


def enclosures(entry: Mapping[str, Any], url: str) -> tuple[Enclosure, ...]:
    """Return the files of an entry as feedparser has it, the first of each address: RSS `enclosure` and Atom
    `link rel=enclosure`, what Atom has for its content elsewhere, then files of Media RSS, its pictures where it does
    not say how wide they are: those that it measures are one picture for lists, in several sizes. Torrents come behind
    what plays, pictures last. `itunes:duration` is that of the first that plays. Addresses are absolute, seen from
    `url`, and http or https.
    """
    found: dict[str, Enclosure] = {}
    for address, facts, length in _given(entry):
        absolute = urls.absolute_web(url, address)
        if absolute and len(found) < MOST:
            found.setdefault(absolute, _enclosure(absolute, facts, number(facts.get(length)) or None))
    files = sorted(found.values(), key=_rank)
    return with_duration(files, seconds(str(entry.get("itunes_duration") or "")))


def _rank(file: Enclosure) -> int:
    if is_image({"type": file.type, "href": file.url}):
        return 2
    return 1 if "bittorrent" in (file.type or "") else 0


def _given(entry: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Address and facts of each file, and which of the facts is its length."""
    for link in entry.get("links") or ():
        if link.get("rel") == "enclosure":
            yield link.get("href") or "", link, "length"
    for content in entry.get("content") or ():
        if (address := content.get("src")) and not is_page(content):
            yield address, content, "length"
    for media in entry.get("media_content") or ():
        if _is_file(media):
            yield media.get("url") or "", media, "filesize"


def is_page(facts: Mapping[str, Any]) -> bool:
    """Say whether what stands elsewhere is a page, and no file: by its type, HTML where none is said."""
    return "html" in (facts.get("type") or "html").lower()


def _is_file(media: Mapping[str, Any]) -> bool:
    kind, where = (media.get("type") or "").lower(), url_parts(media.get("url") or "")
    if is_image(media):
        return not media.get("width") and not _AVATARS.search(where.hostname or "")
    if kind == _DEAD or kind.startswith("text/"):
        return False
    said = media.get("medium") in ("audio", "video", "document", "executable") or "/" in kind
    return said or bool(_PLAYED_NAME.search(where.path))


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
    return bool(_IMAGE_NAME.search(url_parts(facts.get("url") or facts.get("href") or "").path))


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

"""What a server said, as the client hands it on, and which of its headers' words can be kept; and the headers that one
host alone is told. Pure; asks nobody."""

import re
from dataclasses import dataclass, field

from reader.text.charsets import codec

# The end of a document that is all there, whatever length its server has promised.
_WHOLE = re.compile(rb"(?:</(?:html|rss|feed|rdf:rdf|opml)\s*>)\s*(?:<!--[^<>]*-->\s*)*\Z", re.I)
_END_LOOKED_AT = 1000
_VALIDATOR_AT_MOST = 1024  # characters of an ETag or a date that is worth keeping


@dataclass(frozen=True, slots=True)
class OwnHeaders:
    """Headers for the host of `address` alone: its scheme, name and port. They are in no log, for they hold secrets."""

    address: str
    headers: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Response:
    """What a server said: status 2xx with the whole body, decoded, or 304 (`not_modified`) with none.

    `url` is as asked, `final_url` after redirects, `moved_to` where only permanent ones (301, 308) led, if anywhere:
    the address to remember. `body_hash` is the SHA-256 of `body` in hex, "" with 304. `max_age` is in seconds.
    `took`: seconds for the whole chain of redirects, waiting for slots aside. `link` is the `Link` header.
    """

    url: str
    final_url: str
    moved_to: str | None
    status: int
    body: bytes
    content_type: str | None
    charset: str | None
    etag: str | None
    last_modified: str | None
    body_hash: str
    not_modified: bool
    max_age: int | None
    took: float = 0.0
    link: str = ""

    @property
    def content_type_header(self) -> str | None:
        """The Content-Type with its charset, for what decodes by both; `content_type` alone is the kind."""
        return f"{self.content_type or ''}; charset={self.charset}" if self.charset else self.content_type


def validator(value: str | None) -> str | None:
    """Return a validator that can be kept and sent back unchanged, or None."""
    if value and value.isascii() and value.isprintable() and len(value) <= _VALIDATOR_AT_MOST:
        return value
    return None


def known_charset(name: str | None) -> str | None:
    """Return the charset a header names, in lower case, where there is one of that name."""
    return name.lower() if name and codec(name) else None


def is_whole(body: bytes) -> bool:
    """Say whether a document ends as one that is all there."""
    end = body[-_END_LOOKED_AT:]
    json = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and end.rstrip().endswith(b"}")
    return json or _WHOLE.search(end) is not None

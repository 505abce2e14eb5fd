"""Headers that a person adds to the requests of one source: read, checked, the secret ones told apart. Pure."""

import re
from typing import Literal

HEADERS_AT_MOST = 30
"""Headers of one source."""

VALUE_AT_MOST = 4000
"""Characters of one header's value: what servers commonly take in all."""

Why = Literal["shape", "value", "own", "user-agent", "connection"]
"""Why a header is refused; `words.subscriptions.bad_header` makes the sentence."""

_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}\Z")  # RFC 9110 section 5.6.2
_SECRET = re.compile(r"cookie|auth|token|secret|pass|key\b|session|credential|signature|[cx]srf", re.I)
# What the client says itself, and must agree with what it then reads.
_OWN = frozenset(
    "accept-encoding content-encoding content-length content-type expect if-match if-modified-since if-none-match "
    "if-range if-unmodified-since range".split()
)
# What belongs to the connection, or sends a request elsewhere than its address says.
_CONNECTION = frozenset(
    "connection forwarded host http2-settings keep-alive proxy-authenticate proxy-authorization proxy-connection te "
    "trailer transfer-encoding upgrade via".split()
)


def parse_header(line: str) -> tuple[str, str] | Why:
    """Return name and value of `Name: value`, or why it cannot be sent."""
    name, colon, value = line.partition(":")
    name, value = name.strip(" \t"), value.strip(" \t")
    if not colon or not _NAME.match(name):
        return "shape"
    lower = name.lower()
    if lower in _CONNECTION or lower.startswith("x-forwarded-"):
        return "connection"
    if lower in _OWN:
        return "own"
    if lower == "user-agent":
        return "user-agent"
    if not value or not value.isascii() or not value.isprintable() or len(value) > VALUE_AT_MOST:
        return "value"
    return name, value


def is_secret(name: str) -> bool:
    """Say whether a header's value looks like one that nobody else should see: Cookie, Authorization, X-Api-Key."""
    return _SECRET.search(name) is not None

"""An address in its parts (RFC 3986), whatever it is: `urllib.parse` without its ValueError. Pure.

`urlsplit` and `urljoin` raise for text that no address may be: a bracket without its other, brackets around what is no
IPv6 address, signs of which NFKC makes a `/` or an `@`. Addresses come from feeds, pages, lists and redirects, so that
nothing in Newsstand calls those two but this; `tests/house/test_addresses.py` holds that.
"""

from contextlib import suppress
from urllib.parse import SplitResult, urljoin, urlsplit

LONGEST = 10_000
"""Characters of what is parted: `urlsplit` normalizes a host, which takes time that grows with the square of the marks
on one letter. No address that is believed is half as long (`urls.LONGEST`)."""


def url_parts(url: str) -> SplitResult:
    """Return scheme, host and port, path, query and fragment of `url`. Of what cannot be parted, or is too long, all is
    path: without a scheme and a host, so that nobody takes it for an address of the web.

    The port may still be none: `.port` raises ValueError for a word and for a number above 65535.
    """
    if len(url) <= LONGEST:
        with suppress(ValueError):
            return urlsplit(url)
    return SplitResult("", "", url, "", "")


def joined(base: str, href: str) -> str | None:
    """Return `href` as seen from `base` (RFC 3986 section 5), or None where either cannot be parted, or is too long."""
    if len(base) <= LONGEST and len(href) <= LONGEST:
        with suppress(ValueError):
            return urljoin(base, href)
    return None

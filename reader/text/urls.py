"""Absolute, safe and canonical URLs (RFC 3986). Pure; nothing here asks a network."""

import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache, lru_cache, wraps
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar
from urllib.parse import quote, urlunsplit

from reader.text.hosts import unmistakable
from reader.text.sanitize import clean_line, without_towers
from reader.url_parts import joined, url_parts

if TYPE_CHECKING:
    from tldextract import TLDExtract

LONGEST = 4096
"""Characters of the longest URL that is believed."""
LONGEST_KEPT = 2000
"""Characters of the longest text for which an answer is remembered."""

P = ParamSpec("P")
R = TypeVar("R")


class _Remembering(Protocol):
    def cache_clear(self) -> None: ...


C = TypeVar("C", bound=_Remembering)

_FORGETTABLE: list[_Remembering] = []


def forgettable(function: C) -> C:
    """Return a function under `lru_cache`, which from now on `forget` empties too."""
    _FORGETTABLE.append(function)
    return function


def remembered(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator for functions of texts, which remembers the last `most` answers but for long texts: a page may
    have thousands of addresses of a megabyte, and a cache would hold them all. `forget` empties it."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        known = forgettable(lru_cache(maxsize=most)(function))

        @wraps(function)
        def answer(*args: P.args, **kwargs: P.kwargs) -> R:
            for text in args:
                if len(text) > LONGEST_KEPT:  # type: ignore[arg-type] # they are texts
                    return function(*args, **kwargs)
            return known(*args, **kwargs)  # type: ignore[arg-type] # texts can be keys

        answer.cache_info = known.cache_info  # type: ignore[attr-defined] # as lru_cache has it
        answer.cache_clear = known.cache_clear  # type: ignore[attr-defined] # as above
        return answer

    return decorate


def forget() -> None:
    """Forget all answers of functions that are `remembered` or `forgettable`: within a page, or a refresh, the same is
    asked again and again, afterwards hardly ever, and a reader stays open for days. Other threads may ask meanwhile."""
    for function in _FORGETTABLE:
        function.cache_clear()


# Nothing in these that any rule here would write otherwise; nearly every address of a paper is one of them.
_PLAIN_HOST = r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?"
_PLAIN_PAGE = re.compile(_PLAIN_HOST + r"/[A-Za-z0-9_~,./-]*\Z")
_ORIGIN = re.compile(_PLAIN_HOST + r"(?=[/?#])")
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\xa0\u200b\u200e\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
_ESCAPE = re.compile("%[0-9A-Fa-f]{2}")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
# Where each name below belongs to another writer, and the public suffix list does not say so.
_PLATFORMS = tuple(
    "beehiiv.com bearblog.dev canalblog.com dreamwidth.org eklablog.com ghost.io livejournal.com neocities.org "
    "over-blog.com posthaven.com substack.com tistory.com tumblr.com typepad.com weebly.com wordpress.com".split()
)


# These two take long to compile, and a reader that opens paints its first headlines without them.
@cache
def _tracking() -> re.Pattern[str]:
    return re.compile(
        r"(?:utm_\w+|at_(?:medium|campaign|custom\d|link_\w+)|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hs\w+|"
        r"mkt_tok|oly_\w+|vero_\w+|wickedid|cmpid|ocid|ncid|ito|ftag|smid|s_cid|xtor|guccounter|guce_\w+|spm|zarsrc|"
        r"zanpid|ref_src|ref_url|gaa_\w+|traffic_source|__twitter_impression|amp_js_v|usqp)\Z",
        re.I,
    )


@cache
def _host() -> re.Pattern[str]:
    letter = r"[\w\u0080-\U0010ffff]"
    return re.compile(rf"(?:{letter}(?:[\w.\-\u0080-\U0010ffff]*{letter})?\.?|\[[0-9A-Fa-f:.]+\])(?::\d{{1,5}})?\Z")


_LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_PLAIN = re.compile(
    rf"(?P<origin>https?://{_LABEL}(?:\.{_LABEL})*(?=[/?#]|\Z))?"
    r"(?P<path>(?:/(?![./])[A-Za-z0-9%:@!$&'()*+,;=~_-]*(?:\.[A-Za-z0-9%:@!$&'()*+,;=~_-]+)*)*/?)(?<!;)"
    r"(?:\?[A-Za-z0-9%/:@!$&'()*+,;=~._?-]+)?(?:#[A-Za-z0-9%/:@!$&'()*+,;=~._?-]+)?\Z"
)
"""An address with nothing in it to quote, to fold or to take out: as nine of ten are."""


@remembered(4096)
def absolute(base: str, href: str) -> str | None:
    """Return `href` as seen from `base`, or None where it is no http, https or mailto address (`javascript:`, `file:`,
    `data:`, a broken host). White space, control characters and bidi marks in it go, as browsers let them.

    Host names that imitate others are in Punycode from here on, so that they are wherever the address is shown."""
    plain = _PLAIN.match(href) if len(href) < 2000 else None
    if plain and plain["origin"]:
        return href
    if plain and plain["path"] and (there := _PLAIN.match(base[:2000])) and there["origin"]:
        return there["origin"] + href
    href = _CONTROLS.sub(lambda run: "%20" * run.group().count(" "), href.strip(" \t\r\n\f"))
    if not href or len(href) > LONGEST:
        return None
    parts = url_parts(joined(base, href) or "")
    try:
        if parts.scheme in ("http", "https"):
            netloc = parts.netloc.rpartition("@")[2]
            if not _host().match(netloc) or (parts.port or 0) > 65535:
                return None
            netloc.encode()  # UnicodeEncodeError, a ValueError: a lone surrogate, which no library can keep
            netloc = unmistakable(without_towers(netloc))
            if not _host().match(netloc) or clean_line(netloc) != netloc:
                return None  # what NFKC makes of some signs holds blanks; no door would let it through as it is
            path = quote(parts.path, safe="%/:@!$&'()*+,;=~-._")
            query = quote(parts.query, safe="%/:@!$&'()*+,;=~-._?[]")
            fragment = quote(parts.fragment, safe="%/:@!$&'()*+,;=~-._?")
            return _believed(urlunsplit((parts.scheme, netloc, path, query, fragment)))
        if parts.scheme == "mailto" and "@" in parts.path:
            return _believed(urlunsplit(("mailto", "", quote(parts.path, safe="%@+,-._"), "", "")))
    except ValueError:
        return None
    return None


def _believed(url: str) -> str | None:
    """None for what quoting has made too long: whoever is given it again would not take it for an address."""
    return url if len(url) <= LONGEST else None


def absolute_web(base: str, href: str) -> str | None:
    """Return `href` as `absolute` does, or None where it is no http or https address."""
    found = absolute(base, href)
    return found if found is not None and found.startswith("http") else None


def is_web(url: str) -> bool:
    """Say whether `url` is an absolute http or https address that could be asked."""
    return absolute_web("", url) is not None


def without_tracking(url: str) -> str:
    """Return `url` without the parameters that say where a reader came from, and otherwise as it was."""
    if "?" not in url:
        return url
    parts = url_parts(url)
    pieces = parts.query.split("&")
    kept = [piece for piece in pieces if not _tracking().match(piece.partition("=")[0].removeprefix("amp;"))]
    return url if len(kept) == len(pieces) else urlunsplit(parts._replace(query="&".join(kept)))


@remembered(4096)
def canonical(url: str) -> str:
    """Return the form under which two spellings of one address are equal: RFC 3986 section 6.2, and no tracking.

    Scheme and host in lower case, default port, fragment and tracking parameters gone, an empty path `/`, escapes in
    upper case and none where none is needed. Scheme http and https stay apart, for the result is an address that can be
    asked: `page_key` is what a page is found by.
    """
    if _PLAIN_PAGE.match(url):
        return url
    parts = url_parts(without_tracking(url))
    host = (parts.hostname or "").rstrip(".")
    try:
        port = parts.port
    except ValueError:
        return url
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port != {"http": 80, "https": 443}.get(parts.scheme):
        host = f"{host}:{port}"
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    path, query = _ESCAPE.sub(_plainly, parts.path or "/"), _ESCAPE.sub(_plainly, parts.query)
    return urlunsplit((parts.scheme.lower(), host, path, query, fragment))


def page_key(url: str) -> str:
    """Return what two addresses of one page have in common: `canonical`, and http is https. Papers change from one to
    the other, and browsers ask for https first. Not an address to be asked. The key of a key is itself: the port of
    https goes from an address with http too."""
    key = canonical(url)
    return canonical(f"https:{key[5:]}") if key.startswith("http:") else key


def parted(url: str) -> tuple[str, dict[str, str]]:
    """Return where a page is (host without `www.`, and path without its last slash), and its parameters by name: those
    of the query, and those that Java servers write into the path (`;jsessionid=1`, under that name with its semicolon).
    """
    where, _, query = page_key(url).removeprefix("https://").removeprefix("www.").partition("?")
    path, *inside = where.split(";")
    parameters: dict[str, str] = {}
    for piece in (*(f";{piece}" for piece in inside), *query.split("&")):
        name, _, value = piece.partition("=")
        if name:
            parameters[name] = f"{parameters[name]}&{value}" if name in parameters else value
    return path.rstrip("/"), parameters


def _plainly(escape: re.Match[str]) -> str:
    """An escape as RFC 3986 section 6.2.2 writes it: an unreserved character is itself, hexadecimal is upper case."""
    character = chr(int(escape.group()[1:], 16))
    return character if _UNRESERVED.match(character) else escape.group().upper()


@remembered(1024)
def host(url: str) -> str:
    """Return host and port as one knows a paper by them: lower case, no `www.`, no default port; "" for no host.
    Addresses with one `page_key` have one host."""
    parts = url_parts(page_key(url))
    return unmistakable(parts.netloc.rpartition("@")[2].removeprefix("www."))


def site(url: str) -> str:
    """Return the part of the host under which one publisher has all names, by the public suffix list
    (publicsuffix.org), its private suffixes and `_PLATFORMS`: `bbc.co.uk`, but `one.blogspot.com`. "" for no host.

    The port belongs to it: on one machine, two ports are two papers. Names in other scripts are answered in ASCII
    (Punycode), a trailing dot goes, and under a suffix that nobody knows two labels are left. An IP address, a name of
    one label (`localhost`) and a host that is itself a public suffix stay whole.
    """
    origin = _ORIGIN.match(url)
    return _site(origin.group() if origin else url)


@remembered(1024)
def _site(url: str) -> str:
    name, port = _parted(url)
    labels = name.split(".")
    if len(labels) > 2 and not name.startswith("[") and not labels[-1].isdigit():
        found = _suffixes()(name)
        # Without a suffix known, the list's own rule is `*`: the last label is one.
        name = found.top_domain_under_public_suffix if found.suffix else ".".join(labels[-2:])
        name = name or ".".join(labels)
    return name + port if name else ""


def _parted(url: str) -> tuple[str, str]:
    """The host in ASCII, and the port with its colon."""
    name = host(url)
    name, colon, port = (name, "", "") if name.startswith("[") else name.partition(":")
    if not name.isascii():
        import idna

        with suppress(UnicodeError):
            name = idna.encode(name, uts46=True).decode("ascii")
    return name, colon + port


@cache
def _suffixes() -> "TLDExtract":
    """The public suffix list as it stands in the package: no network is asked, and no file written."""
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True, extra_suffixes=_PLATFORMS)


def same_site(one: str, other: str) -> bool:
    """Say whether two URLs belong to one paper: the same `site`."""
    here, there = _ORIGIN.match(one), _ORIGIN.match(other)
    return _same_site(here.group() if here else one, there.group() if there else other)


@remembered(4096)
def _same_site(one: str, other: str) -> bool:
    # The list takes a quarter of a second to load: only hosts that differ, and end alike, are a question for it.
    (here, port), (there, other_port) = _parted(one), _parted(other)
    if not here or port != other_port or here.split(".")[-2:] != there.split(".")[-2:]:
        return False
    return here == there or site(one) == site(other)


def is_home(url: str) -> bool:
    """Say whether `url` is a site's front page: no path, or an index file, and no query."""
    parts = url_parts(url)
    return not parts.query and is_home_path(parts.path)


def is_home_path(path: str) -> bool:
    """Say whether a path is that of a site's front page."""
    return path.strip("/") in ("", "index.html", "index.htm", "index.php", "home")

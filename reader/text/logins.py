"""User and password in an address (RFC 3986 section 3.2.1): taken out before anything keeps, logs or shows the address.

Pure. What they are sent to is an origin (RFC 6454): scheme, host and port.
"""

import re
from base64 import b64encode
from urllib.parse import quote, unquote, urlunsplit

from reader.models import Login
from reader.url_parts import url_parts

# Passwords may have spaces in them: people type them as they are.
_WITH_SCHEME = re.compile(r"(\s*(?:[a-z][a-z0-9+.-]*:)*//)([^/?#\s]*|[^/?#\s:@]+:[^/?#\r\n]*)@", re.I)
# Without a scheme a colon tells `user:password@host` from a mail address, and `mailto:` from a user.
_WITHOUT_SCHEME = re.compile(r"(\s*)(?!(?:mailto|acct|sip|xmpp):)([^/?#\s:@]+:(?!\s)[^/?#\r\n]*)@(?=[\w\[])", re.I)
# A run of what may be an address, up to the last `@` in it: without one there is no login, and looking for one behind
# each `//` would take time that grows with the square of the text.
_UP_TO_AT = re.compile(r"(?<![^\s\"'<>])[^\s\"'<>]*@")
# In words that may hold addresses, also such as are none: a slash in a password.
_ANYWHERE = re.compile(r"(?<=//)(?:[^/?#\s\"'<>]*|[^/?#\s:@\"'<>]+:(?!\d{1,5}[/?#])[^\s@\"'<>]*)@")


def split_login(address: str) -> tuple[str, Login | None]:
    """Return an address without user and password, and these, or None where it has none."""
    found = _WITH_SCHEME.match(address) or _WITHOUT_SCHEME.match(address)
    if found is None:
        return address, None
    user, _, password = found[2].partition(":")
    login = Login(_readable(unquote(user)), _readable(unquote(password))) if user or password else None
    return found[1] + address[found.end() :], login


def _readable(text: str) -> str:
    """Text that can be kept and sent: a lone surrogate, which stands for a byte that was no UTF-8, is U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def with_login(address: str, login: Login) -> str:
    """Return an address with user and password in it: for whoever asked for just that. One without a host stays as it
    is."""
    parts = url_parts(address)
    if not parts.netloc:
        return address
    said = f"{quote(login.user, safe='')}:{quote(login.password, safe='')}@"
    return urlunsplit(parts._replace(netloc=said + parts.netloc.rpartition("@")[2]))


def without_logins(text: str) -> str:
    """Return any text without what looks like user and password in an address: for the log and for messages."""
    return _UP_TO_AT.sub(lambda run: _ANYWHERE.sub("", run.group()), text)


def without_login(address: str) -> str:
    """Return one address as somebody gave it, however broken, without user and password: for messages about it."""
    return without_logins(split_login(address)[0])


def basic(login: Login) -> str:
    """Return the value of an Authorization header (RFC 7617), in UTF-8."""
    return "Basic " + b64encode(f"{login.user}:{login.password}".encode()).decode()


def origin(url: str) -> str:
    """Return scheme, host and port of a web address, in one spelling; "" where it has no host."""
    parts = url_parts(url)
    name = (parts.hostname or "").rstrip(".")
    try:
        port = parts.port
    except ValueError:
        return ""
    if not name:
        return ""
    name = f"[{name}]" if ":" in name else name
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return f"{parts.scheme}://{name}" + ("" if port in (None, usual) else f":{port}")


def may_have(url: str, of: str) -> bool:
    """Say whether what belongs to the address `of` may be sent to `url`: one origin, or the same host under https in
    place of http, as servers move there. Never the other way, where anybody on the way could read it."""
    here, there = origin(url), origin(of)
    return bool(here) and here in (
        there,
        "https" + there.removeprefix("http") if there.startswith("http://") else there,
    )

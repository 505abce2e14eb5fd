"""The `Link` header of an answer -> the links that it names (RFC 8288, section 3). Pure; what cannot be read is left
out."""

import re
from typing import NamedTuple
from urllib.parse import unquote

_LONGEST = 20_000
"""Characters of the header that are read."""
_MOST = 100
_TARGET = re.compile(r"[\s,]*<([^<>]{0,4000})>")
_PARAMETER = re.compile(r"\s*;\s*([\w!#$&+\-.^`|~]+\*?)\s*(?:=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s\",;]*)))?")
_REST = re.compile(r"(?:[^\",]|\"[^\"]*\"|\"|,(?!\s*<))*+")
"""What follows the parameters up to the comma before the next link: a title without quotes may hold commas."""


class NamedLink(NamedTuple):
    """A link of a header: its address as written, its relations and its media type in lower case, and its title."""

    href: str
    rel: str
    type: str
    title: str


def named_links(header: str) -> tuple[NamedLink, ...]:
    """Return the links of a `Link` header, in its order, 100 at most; those about another page (`anchor`) are left out.

    Several headers are one, joined by commas, as HTTP has it.
    """
    header = header[:_LONGEST]
    found: list[NamedLink] = []
    at = 0
    while len(found) < _MOST and (target := _TARGET.match(header, at)):
        at = target.end()
        said: dict[str, str] = {}
        while parameter := _PARAMETER.match(header, at):
            at = parameter.end()
            name, quoted, token = parameter.groups()
            value = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else token or ""
            said.setdefault(name.lower(), value)  # the first counts
        if not said.get("anchor"):
            title = _decoded(said["title*"]) if "title*" in said else said.get("title", "")
            found.append(NamedLink(target[1].strip(), said.get("rel", "").lower(), said.get("type", "").lower(), title))
        at = _REST.match(header, at).end()  # type: ignore[union-attr] # it matches nothing at all, too
    return tuple(found)


def _decoded(value: str) -> str:
    """The text of an extended value (RFC 8187): `UTF-8'en'%e2%82%ac`."""
    charset, _, rest = value.partition("'")
    if charset.lower() not in ("utf-8", "iso-8859-1") or "'" not in rest:
        return ""
    return unquote(rest.partition("'")[2], encoding=charset, errors="replace")

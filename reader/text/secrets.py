"""What in an address is a secret, or may be one: the log, and what is said of a failure, is without it. Pure.

A query may hold a token (private feeds, signed links), and so may a path; which names of parameters are secret no
list knows, so the whole query goes. The address itself, where a person needs it (`sources --json`, an export), is
not cut.
"""

import re

from reader.text.logins import without_logins

HIDDEN = "…"
"""Stands where something was taken out."""

_ENDS = r"\s\"'<>"
_ADDRESS = re.compile(rf"(https?://[^{_ENDS}?#/]*)([^{_ENDS}?#]*)(\?[^{_ENDS}#]*)?(#[^{_ENDS}]*)?", re.I)
# The punctuation of a sentence, or of a log line, behind an address is none of it.
_BEHIND = re.compile(r"[:.,;!)\]}…]+\Z")
_RELATIVE_QUERY = re.compile(rf"(?<=[^{_ENDS}?])\?[\w.~%\[\]-]{{1,100}}=[^{_ENDS}]*")
_UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
# A run with letters and digits, longer than the numbers and dates that papers have in their addresses.
_TOKEN = re.compile(rf"(?<![a-z0-9])(?:{_UUID}|(?=[a-z_]*[0-9])(?=[0-9_]*[a-z])[a-z0-9_]{{16,}})(?![a-z0-9])", re.I)
# Which page of a story failed is what a person has to know, and no secret.
_PAGE = re.compile(r"\?(?:page|paged|pg|p)=[0-9]{1,4}\Z", re.I)
_PATH_PARAMETERS = re.compile(r";[^/;=]{1,100}=[^/;]*")
_NAMED = re.compile(
    r"\b((?:(?:proxy-)?authorization|(?:set-)?cookie)[\"']?\s*[:=,]\s*)[^\r\n]+"
    r"|\b((?:\w+[_-])?(?:pass(?:word|wd|phrase)?|pwd|token|api[_-]?key|secret|signature|session[_-]?id)"
    r"[\"']?\s*[:=,]\s*[\"']?)[^\s\"',;&)]+"
    r"|\b((?:basic|bearer)\s+)(?=[\w+/.~-]*[\d=])[\w+/.~-]{6,}=*",
    re.I,
)


def without_secrets(text: str) -> str:
    """Return any text without what is or may be a secret in each address in it: user and password, query, fragment,
    path parameters and tokens. The number of a page stays."""
    return _RELATIVE_QUERY.sub(_without_query, _ADDRESS.sub(_without, without_logins(text)))


def without_secret_values(text: str) -> str:
    """Return such a text also without what stands behind names like `password` and `Authorization`: for the log."""
    return _NAMED.sub(lambda found: f"{found[1] or found[2] or found[3]}{HIDDEN}", without_secrets(text))


def may_hold_secret(address: str) -> bool:
    """Say whether an address has something in it that `without_secrets` takes out."""
    return without_secrets(address) != address


def _without_query(found: re.Match[str]) -> str:
    query = _BEHIND.sub("", found.group())
    return (query if _PAGE.match(query) else f"?{HIDDEN}") + found.group()[len(query) :]


def _without(found: re.Match[str]) -> str:
    origin, path, query, fragment = found[1], found[2], found[3] or "", found[4] or ""
    last = query + fragment
    behind = _BEHIND.search(last or path)
    punctuation = behind.group() if behind else ""
    if last and punctuation:
        last = last[: -len(punctuation)]
    elif punctuation:
        path = path[: -len(punctuation)]
    path = _TOKEN.sub(HIDDEN, _PATH_PARAMETERS.sub(f";{HIDDEN}", path))
    if _PAGE.match(last):
        return origin + path + last + punctuation
    if len(last) > 1 and last.startswith("?"):
        last = f"?{HIDDEN}"
    elif "=" in last or _TOKEN.search(last):
        last = f"#{HIDDEN}"
    return origin + path + last + punctuation

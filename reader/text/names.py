"""People as feeds write them, with their mail addresses or without -> their names. Pure; nothing is cleaned here."""

import re
from collections.abc import Iterator

_MAIL = r"(?:mailto:)?[^\s<>()\[\],;:\"'@]+@[^\s<>()\[\],;:\"'@]+"
_BARE = re.compile(rf"\W*(?P<mail>{_MAIL})\W*\Z")
# RSS 2.0 has `ann@paper.example (Ann Lee)`, RFC 5322 `Ann Lee <ann@paper.example>`.
_NAME_IN_BRACKETS = re.compile(
    rf"(?P<mail>{_MAIL})\s*\((?P<name>(?:[^()]|\([^()]*\))*)\)(?:\s*(?:[,;&/]|\band\b|\bund\b|\bet\b|\by\b|\bvà\b)\s*)?"
)
_MAIL_IN_BRACKETS = re.compile(rf"[\[<(]\s*{_MAIL}(?:\?[^\s<>()\[\]]*)?\s*[\]>)]")
_BARE_MAIL = re.compile(rf"(?<![^\s,;]){_MAIL}(?![^\s,;])")
# `ann [at] paper.example (Ann Lee)`: the address is hidden from those who send spam.
_HIDDEN_MAIL = re.compile(r"\S+\s?[\[({]\s?at\s?[\])}]\s?\S+\s*\((?P<name>[^()]{2,200})\)\s*\Z", re.I)
_LONGEST = 2_000  # characters of a string that are looked at
_AROUND = " \t\r\n,;:-\u2013\u2014/\"'"


def people(written: str) -> Iterator[str]:
    """Yield the people that `written` names: each by name, or by the mail address where there is no more.

    A string without a mail address is one name, whatever stands in it: *Lee, Ann* is one person as often as two.
    """
    written = written[:_LONGEST]
    if hidden := _HIDDEN_MAIL.match(written):
        written = hidden["name"]
    if "@" not in written:
        yield from filter(None, [_unbracketed(written.strip())])
        return
    if found := _BARE.match(written):
        yield found["mail"].removeprefix("mailto:")
        return
    for match in _NAME_IN_BRACKETS.finditer(written):
        yield _stripped(match["name"]) or match["mail"].removeprefix("mailto:")
    rest = _NAME_IN_BRACKETS.sub("", written)
    marked = _MAIL_IN_BRACKETS.sub("\0", rest)
    for piece in re.split("\0", marked) if "\0" in marked else [marked]:
        name = _stripped(_BARE_MAIL.sub("", piece))
        if name:
            yield name
        else:
            yield from (mail.removeprefix("mailto:") for mail in _BARE_MAIL.findall(piece))


def _stripped(name: str) -> str:
    name = name.strip(_AROUND)
    name = _unbracketed(name)
    return name if any(letter.isalnum() for letter in name) else ""


def _unbracketed(name: str) -> str:
    for first, last in ("()", "<>"):
        if name.startswith(first) and name.endswith(last) and name.count(first) == 1:
            name = name[1:-1].strip()
    return name

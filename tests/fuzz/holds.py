"""What must hold of whatever comes of outside text, told by code that shares little with `reader.text`."""

import re
from dataclasses import fields, is_dataclass

from reader import text
from reader.text import urls

BAD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""What acts in a terminal, or reorders a line: told by code that shares nothing with `reader.text`."""


def strings(value: object, name: str = "value") -> list[tuple[str, str]]:
    """Every string of a value, with the name of its field."""
    if isinstance(value, str):
        return [(name, value)]
    if isinstance(value, tuple):
        return [pair for each in value for pair in strings(each, name)]
    if is_dataclass(value) and not isinstance(value, type):
        return [pair for one in fields(value) for pair in strings(getattr(value, one.name), one.name)]
    return []


LINES_OF = frozenset(("content", "markdown"))
"""Fields of more than one line."""


def assert_is_clean(value: object, *, but: tuple[str, ...] = ()) -> None:
    """No string of a value acts: told by our own pattern, and by the door itself, which leaves all as it is."""
    for name, said in strings(value):
        if name not in but:
            found = BAD.search(said)
            assert found is None, f"{name} holds U+{ord(found.group()):04X}"
            assert name in LINES_OF or "\n" not in said, f"{name} has lines"
            said.encode()
            assert text.clean(said) == said, f"{name} is not clean: {said[:80]!r}"


def assert_is_inert(sentence: str) -> None:
    """A sentence that quotes what somebody wrote: nothing in it acts, and it is one line."""
    found = BAD.search(sentence)
    assert found is None, f"a sentence holds U+{ord(found.group()):04X}"
    assert "\n" not in sentence


def assert_leads_to_the_web(address: str | None, *, mail: bool = False) -> None:
    """An address can be asked, and is absolute and safe: taken as an address again it is the same."""
    if address is not None:
        schemes = ("http://", "https://", *(("mailto:",) if mail else ()))
        assert address.startswith(schemes), address[:80]
        assert urls.absolute("", address) == address, f"{address[:200]!r} becomes {urls.absolute('', address)!r}"

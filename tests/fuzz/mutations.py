"""What can be wrong with any document: each mutation takes one and a seeded source of chance, and gives a worse one.

Pure, and the same for the same seed. Those for HTML alone are in `tests/extract/mutated/mutations.py`.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.extract.mutated import mutations as html
from tests.extract.mutated.bad_pieces import KEYS, RUNS, TERMINAL, VALUES
from tests.extract.mutated.mutations import (
    beheaded,
    deleted,
    doubled,
    flipped,
    inserted,
    recoded,
    swapped,
    truncated,
)

NUMBERS = (
    b"0",
    b"-1",
    b"1e999",
    b"-0",
    b"0x1F",
    b"00000000000000000007",
    b"2147483648",
    b"9223372036854775808",
    b"1.7976931348623157e308",
    b"NaN",
    b"Infinity",
    b"9" * 400,
    b"9" * 5000,
    b"0." + b"3" * 400,
    "٣٠".encode(),
    "１２".encode(),
    "²".encode(),
    b"1_000",
)
BYTES = (
    b"\xed\xa0\x80",  # a surrogate
    b"\xed\xa0\xbd\xed\xb8\x80",  # a pair of them (CESU-8)
    b"\xc0\xaf",  # a slash, overlong
    b"\xf4\x90\x80\x80",  # above U+10FFFF
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\x00",
    b"\xe2\x80",  # cut off
    b"\xa0",
    b"\x1b$B",
    b"+ADw-",
)
TEXTS = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        *TERMINAL,
        "\ud83d",
        "\u202e\u2066\u200f",
        "\u200b\u00ad\u2060",
        "\U000e0041\U000e007f",
        "a" + "\u0301" * 40,
        "e\u0327\u0300\u0323",
        "\u1100\u1161\u11a8",
        "\uac00\u11a8",
        "İıßẞŉǰ",
        "ﬁⅧ㍿",
        "\u0344\u0958\u2126\u212b",
        "\U0001d15e\U0002f800",
        "Å\u0323",
        "\u0f73\u0f71\u0f72",
        "аррӏе",
        "％０Ａ",
        "。．｡",
        "\ufdd0\ufffe\U0001ffff",
        "\u2028\u2029\u0085\x0b\x0c",
        "%00%0a%1b%E2%80%AE",
        "../../..",
        "{}[]()",
        "\\u0000\\ud800\\x",
        "<![CDATA[",
        "]]>",
        "-->",
        "<!--",
        "'\"`",
    )
)
_VALUE = re.compile(rb"\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|>[^<>]{1,300}<|=[^\s\"'<>=]{1,60}|[0-9]{1,20}")
_NUMBER = re.compile(rb"[0-9][0-9.]{0,20}")
_WORD = re.compile(rb"[\w:.-]{2,20}")
_PIECE = re.compile(rb"<[^<>]{0,300}>|[^\n]{1,300}\n")


@dataclass(frozen=True, slots=True)
class Materials:
    """What mutations may use: the other seeds of the subject, its own tokens, and chance."""

    others: tuple[bytes, ...]
    tokens: tuple[bytes, ...]
    chance: Random

    def piece(self) -> bytes:
        """Return a small piece that means something to the parser, or to a terminal, or is no UTF-8."""
        kind = self.chance.random()
        if kind < 0.6 and self.tokens:
            return self.chance.choice(self.tokens)
        if kind < 0.7:
            return self.chance.choice(NUMBERS)
        return self.chance.choice(TEXTS) if kind < 0.9 else self.chance.choice(BYTES)


Mutation = Callable[[bytes, Materials], bytes]


def _at_random(change: Callable[[bytes, Random], bytes]) -> Mutation:
    """Take a mutation of HTML that needs no HTML."""

    def changed(document: bytes, given: Materials) -> bytes:
        return change(document, given.chance)

    changed.__name__ = change.__name__
    return changed


def tokens_inserted(document: bytes, given: Materials) -> bytes:
    """Pieces at any places, a few or some dozens."""
    for _ in range(given.chance.choice((1, 1, 2, 4, 30))):
        at = given.chance.randrange(len(document) + 1)
        document = document[:at] + given.piece() + document[at:]
    return document


def _replaced(document: bytes, given: Materials, pattern: re.Pattern[bytes], new: Callable[[bytes], bytes]) -> bytes:
    places = list(pattern.finditer(document[:100_000]))
    for place in sorted(given.chance.sample(places, min(len(places), given.chance.choice((1, 1, 2, 5)))), reverse=True,
                        key=lambda found: found.start()):  # fmt: skip  # from the end, so that places stay
        document = document[: place.start()] + new(place.group()) + document[place.end() :]
    return document


def values_replaced(document: bytes, given: Materials) -> bytes:
    """What stands in quotes, between tags or behind a `=` is something else; what is around it stays."""

    def other(value: bytes) -> bytes:
        new = b"".join(given.piece() for _ in range(given.chance.choice((0, 1, 1, 3))))
        edges = (value[:1], value[-1:]) if value[:1] in b"\"'>" else (b"=" if value[:1] == b"=" else b"", b"")
        kept = value[1:-1] if given.chance.random() < 0.3 else b""
        return edges[0] + kept + new + edges[1]

    return _replaced(document, given, _VALUE, other)


def numbers_replaced(document: bytes, given: Materials) -> bytes:
    """Numbers are other ones: huge, negative, in other scripts."""
    return _replaced(document, given, _NUMBER, lambda _: given.chance.choice(NUMBERS))


def words_replaced(document: bytes, given: Materials) -> bytes:
    """Names of tags, keys and attributes are other ones, or in capitals."""
    return _replaced(
        document, given, _WORD, lambda word: word.upper() if given.chance.random() < 0.3 else given.piece()
    )


def spliced(document: bytes, given: Materials) -> bytes:
    """The beginning of one document, and the end of another."""
    other = given.chance.choice(given.others)
    return document[: given.chance.randrange(len(document) + 1)] + other[given.chance.randrange(len(other) + 1) :]


def crossed(document: bytes, given: Materials) -> bytes:
    """A tag or a line of another document, in one or many copies."""
    pieces: list[bytes] = _PIECE.findall(given.chance.choice(given.others))
    if not pieces:
        return document
    at = given.chance.randrange(len(document) + 1)
    return document[:at] + given.chance.choice(pieces) * given.chance.choice((1, 1, 2, 50)) + document[at:]


def shuffled(document: bytes, given: Materials) -> bytes:
    """Tags and lines in another order."""
    pieces = re.split(rb"(?<=[>\n])", document)
    given.chance.shuffle(pieces)
    return b"".join(pieces)


def flooded(document: bytes, given: Materials) -> bytes:
    """One piece very often: what takes time that grows with its square shows here."""
    token = given.chance.choice((given.piece(), given.chance.choice(RUNS).encode("utf-8", "surrogatepass")))
    run = token * (given.chance.choice((1_000, 20_000, 100_000)) // max(len(token), 1))
    at = given.chance.choice((0, given.chance.randrange(len(document) + 1), len(document)))
    return document[:at] + run + document[at:]


def nested(document: bytes, given: Materials) -> bytes:
    """One thing within itself, some hundred or thousand times, closed or not."""
    opens, closes = given.chance.choice(
        ((b"<a>", b"</a>"), (b"<item>", b"</item>"), (b"<outline text='a'>", b"</outline>"), (b"[", b"]"), (b"(", b")"),
         (b'{"a":', b"}"), (b"<div><p>", b"</p></div>"), (b"a = [", b"]"), (b"{a={", b"}}"), (b"[a.", b"]"),
         (b"<b><![CDATA[", b"]]></b>"), (b":not(", b")"), (b"&amp;", b""), (b"%25", b""))
    )  # fmt: skip  # pairs
    levels = given.chance.choice((30, 300, 3_000))
    at = given.chance.randrange(len(document) + 1)
    return document[:at] + opens * levels + closes * given.chance.choice((0, levels, levels - 1)) + document[at:]


def line_ends(document: bytes, given: Materials) -> bytes:
    """Lines end as elsewhere, or not at all."""
    return document.replace(b"\n", given.chance.choice((b"\r\n", b"\r", b"", b"\xe2\x80\xa8", b"\x0b", b"\n\n\n")))


def broken_utf8(document: bytes, given: Materials) -> bytes:
    """Bytes that are no UTF-8, at some places."""
    for _ in range(given.chance.choice((1, 3, 40))):
        at = given.chance.randrange(len(document) + 1)
        document = document[:at] + given.chance.choice(BYTES) + document[at:]
    return document


def json_values(document: bytes, given: Materials) -> bytes:
    """A JSON document, some of whose values are others; what is no JSON gets one of its values."""
    try:
        data = json.loads(document)
    except (ValueError, RecursionError):
        return values_replaced(document, given)
    for _ in range(given.chance.choice((1, 2, 6))):
        data = _changed(data, given.chance, 0)
    return json.dumps(data, ensure_ascii=given.chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _changed(value: Any, chance: Random, depth: int) -> Any:
    if depth > 100 or not isinstance(value, dict | list) or not value or chance.random() < 0.15:
        return chance.choice((*VALUES, value, [value], {"name": value}, str(value), 10**400, float("nan"), "\u202e"))
    if isinstance(value, list):
        at = chance.randrange(len(value))
        return [*value[:at], _changed(value[at], chance, depth + 1), *value[at + chance.choice((0, 1)) :]]
    key = chance.choice(list(value))
    new = key if chance.random() < 0.8 else chance.choice((*KEYS, "", "items", "version", "authors", "rss"))
    return {**value, new: _changed(value[key], chance, depth + 1)}


MUTATIONS: tuple[Mutation, ...] = (
    *map(_at_random, (truncated, beheaded, flipped, inserted, deleted, doubled, swapped, recoded)),
    tokens_inserted,
    tokens_inserted,
    values_replaced,
    values_replaced,
    values_replaced,
    numbers_replaced,
    words_replaced,
    words_replaced,
    spliced,
    crossed,
    shuffled,
    flooded,
    nested,
    line_ends,
    broken_utf8,
)
"""Those that suit any text; what changes a document with its structure comes more often."""


def of_html(document: bytes, given: Materials) -> bytes:
    """One of the mutations of `tests/extract/mutated` that make no megabytes."""
    name = given.chance.choice([name for name in html.MUTATIONS if name not in html.HEAVY])
    changed: bytes = html.MUTATIONS[name](document, given.chance)
    return changed


def mutate(seeds: tuple[bytes, ...], tokens: tuple[bytes, ...], own: tuple[Mutation, ...], chance: Random) -> bytes:
    """Return one of the seeds, changed by one to six mutations; `own` are those of the subject, as likely as all."""
    given = Materials(seeds, tokens, chance)
    document = chance.choice(seeds)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        change = chance.choice(own) if own and chance.random() < 0.4 else chance.choice(MUTATIONS)
        document = change(document, given)
    return document

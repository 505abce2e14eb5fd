"""The letters shown before links, one of which is typed to follow its link. Pure; knows a link by its number alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

LETTERS = "asdfjklgh"
"""In the order they are given out: the home row's first keys first."""


def letter_codes(count: int) -> list[str]:
    """As many codes as asked for, at most 81: one letter while they last, then two, none the beginning of another."""
    count = min(count, len(LETTERS) ** 2)
    pairs = 0  # letters, from the end, that begin two-letter codes
    while len(LETTERS) - pairs + pairs * len(LETTERS) < count:
        pairs += 1
    single = LETTERS[: len(LETTERS) - pairs]
    double = [first + second for first in LETTERS[len(LETTERS) - pairs :] for second in LETTERS]
    return [*single, *double][:count]


@dataclass(frozen=True, slots=True)
class LinkLetters:
    """The codes that are shown, each for a target's number, and what has been typed of one."""

    targets: Mapping[str, int]
    typed: str = ""

    @property
    def shown(self) -> dict[int, str]:
        """The letters still to be typed, by target, of the codes that begin with what was typed."""
        typed = len(self.typed)
        return {target: code[typed:] for code, target in self.targets.items() if code.startswith(self.typed)}

    def after_key(self, key: str) -> "LinkLetters | int | None":
        """What follows when a key is pressed: the target it chooses, the letters that are left, or None: no letters."""
        typed = self.typed + key.lower()
        if typed in self.targets:
            return self.targets[typed]
        if len(key) == 1 and any(code.startswith(typed) for code in self.targets):
            return replace(self, typed=typed)
        return None


def letters_for(targets: Sequence[int]) -> LinkLetters:
    """Letters for these targets, in this order; those beyond the 81st get none."""
    return LinkLetters(dict(zip(letter_codes(len(targets)), targets, strict=False)))

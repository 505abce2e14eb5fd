"""The letters that stand before links while `f` is on. Pure; knows a link by its number alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

ORDER = "asdfjklgh"
"""In the order they are given out: what lies under the fingers first."""


def codes(count: int) -> list[str]:
    """As many codes as asked for, at most 81: one letter while they last, then two, none the beginning of another."""
    count = min(count, len(ORDER) ** 2)
    pairs = 0  # letters, from the end, that begin two-letter codes
    while len(ORDER) - pairs + pairs * len(ORDER) < count:
        pairs += 1
    single = ORDER[: len(ORDER) - pairs]
    double = [first + second for first in ORDER[len(ORDER) - pairs :] for second in ORDER]
    return [*single, *double][:count]


@dataclass(frozen=True, slots=True)
class Letters:
    """The codes that are up, each for a spot's number, and what has been typed of one."""

    spots: Mapping[str, int]
    typed: str = ""

    @property
    def shown(self) -> dict[int, str]:
        """The letters still to be typed, by spot, for the codes that go on from what was typed."""
        typed = len(self.typed)
        return {spot: code[typed:] for code, spot in self.spots.items() if code.startswith(self.typed)}

    def press(self, key: str) -> "Letters | int | None":
        """What a key makes of it: the spot it chooses, the letters that are left, or None: it leaves."""
        typed = self.typed + key.lower()
        if typed in self.spots:
            return self.spots[typed]
        if len(key) == 1 and any(code.startswith(typed) for code in self.spots):
            return replace(self, typed=typed)
        return None


def letters_for(spots: Sequence[int]) -> Letters:
    """Letters for these spots, in this order; those beyond the 81st get none."""
    return Letters(dict(zip(codes(len(spots)), spots, strict=False)))

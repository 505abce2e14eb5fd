"""Keys with what they do, on one line: as many as fit, the most used first."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment

from reader.ui.text.clicks import pressing
from reader.ui.theme.theme import Appearance


def fitting(pairs: Sequence[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """Return the keys with their labels that fit `width` cells. The last, which leads on, is always there. Pure."""
    if not pairs:
        return []
    *most, last = pairs
    room = width - hint_cells(last)
    shown: list[tuple[str, str]] = []
    for pair in most:
        room -= hint_cells(pair) + 3
        if room < 0:
            break
        shown.append(pair)
    return [*shown, last]


def hint_cells(pair: tuple[str, str]) -> int:
    """The cells of a key with its label. Pure."""
    return cell_len(pair[0]) + 1 + cell_len(pair[1])


def hint_segments(
    pairs: Sequence[tuple[str, str]], appearance: Appearance, *, left: int = 2, ground: str | None = None
) -> list[Segment]:
    """Keys in ink bold, labels dim, three cells between them, from column `left` on. A pair without a key is dim.

    A click on one presses the key (`press_clicked`).
    """
    segments = [Segment(" " * left, appearance.style(appearance.dim, bg=ground))]
    ink, dim = appearance.style(appearance.ink, bold=True, bg=ground), appearance.style(appearance.dim, bg=ground)
    for index, (key, label) in enumerate(pairs):
        gap = "   " if index < len(pairs) - 1 else ""
        segments += [
            Segment(appearance.glyphs.keys(key), pressing(ink, key)),
            Segment((f" {label}" if key else label) + gap, pressing(dim, key)),
        ]
    return [segment for segment in segments if segment.text]

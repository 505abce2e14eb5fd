"""Finding folded words in a line of text and drawing them in the highlight colour. Pure; knows no widgets."""

from collections.abc import Sequence

from rich.segment import Segment

from reader.text import fold
from reader.ui.theme.theme import Appearance


def folded_with_origins(text: str) -> tuple[str, list[int]]:
    """Return a text folded, and for each letter of that the character of the text it comes from."""
    folded = ""
    origin: list[int] = []
    for index, character in enumerate(text):
        part = fold(character)
        folded += part
        origin += [index] * len(part)
    return folded, origin


def match_spans(text: str, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Return the spans of the folded words in a text, in its characters, in order and without overlaps."""
    folded, origin = folded_with_origins(text)
    marked = bytearray(len(text))
    for word in wanted:
        at = folded.find(word) if word else -1
        while at >= 0:
            first, last = origin[at], origin[at + len(word) - 1]
            marked[first : last + 1] = b"\1" * (last + 1 - first)
            at = folded.find(word, at + len(word))
    found: list[tuple[int, int]] = []
    for index, is_in in enumerate(marked):
        if is_in and found and found[-1][1] == index:
            found[-1] = (found[-1][0], index + 1)
        elif is_in:
            found.append((index, index + 1))
    return found


def highlighted(segment: Segment, wanted: Sequence[str], appearance: Appearance) -> list[Segment]:
    """Return a piece of a line as pieces, those that have one of the folded words in the highlight colour."""
    pieces: list[Segment] = []
    style = appearance.style(
        appearance.bright, bold=bool(segment.style and segment.style.bold), bg=appearance.highlight
    )
    done = 0
    for start, end in match_spans(segment.text, wanted):
        pieces += [Segment(segment.text[done:start], segment.style), Segment(segment.text[start:end], style)]
        done = end
    pieces.append(Segment(segment.text[done:], segment.style))
    return [piece for piece in pieces if piece.text]

"""Styled text into lines: wrapping and cropping by cells, never by characters. Knows nothing of articles.

Words are kept whole where they fit. Chinese and Japanese break between characters, but not before what closes or after
what opens. What is longer than a line (an address, mostly) breaks where it can. No-break spaces hold.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from rich.cells import cell_len, split_graphemes
from rich.style import Style

from reader.text import clean

TextRun = tuple[str, Style, int | None]
"""Text in one style, its style, and the number of the link (or other target) that it belongs to, if any."""

TextLine = list[TextRun]
"""One line of such runs."""

_WORD = re.compile(r"[^ \n]+")
_OPENS = "（〔［｛〈《「『【〘〖｟"
_CLOSES = "、。，．：；？！）〕］｝〉》」』】〙〗｠・ー々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％‰℃"
_JOINED = "\u0300-\u036f\u200c\u200d\u3099\u309a\ufe00-\ufe0f"  # belongs to the character before
_WIDE = (
    "\u2e80-\u303f\u3040-\u312f\u31a0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f"
    "\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
_AFTER = "/?&=-_.,;:\xa0"
_SENTENCE_PARTS = re.compile(r"(?<=[:?!])\s+")


def clean_joints(runs: list[TextRun]) -> list[TextRun]:
    """Return the runs so that their joint text is as clean as each of them is.

    A combining mark at the beginning of a run would join the last letter of the one before. No honest page has that:
    then all of it becomes one plain run in the first style.
    """
    for text, _, _ in runs[1:]:
        first = text[:1]
        if not first.isascii() and (unicodedata.category(first)[0] in "MC" or "\u1100" <= first <= "\u11ff"):
            return [(clean("".join(text for text, _, _ in runs)), runs[0][1], None)]
    return [
        (text.rstrip("\u200d") if text.endswith("\u200d") else text, style, target)
        for text, style, target in runs
        if text
    ]


@cache
def _unit() -> re.Pattern[str]:
    """What may not be broken. Compiled when first needed: classes this large take some milliseconds."""
    return re.compile(f"[{_OPENS}]*(?:[{_WIDE}]|[^{_WIDE}—]+|—+)[{_CLOSES}{_JOINED}—]*|[{_OPENS}]+")


def _breaks_inside(text: str) -> bool:
    """Whether there may be a break within a word: East Asian letters (all above U+2E80), long dashes."""
    return not text.isascii() and ("—" in text or max(text) >= "\u2e80")


def _units(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _unit().finditer(text, start, end):
        if match.end() > match.start():
            yield match.span()


def chop(text: str, start: int, end: int, width: int, *, rest: int = 0, after: str = _AFTER) -> list[tuple[int, int]]:
    """Break what is wider than a line and has no words to break at: after one of the characters `after` where that
    costs less than half the line, else where the line is full. Lines after the first have `rest` cells (0: as many).
    """
    parts: list[tuple[int, int]] = []
    begin, used = start, 0
    for a, b, size in split_graphemes(text[start:end])[0]:
        a, b = start + a, start + b
        if used + size > width and a > begin:
            cut_at = next((i for i in range(a, begin + (a - begin) // 2, -1) if text[i - 1] in after), a)
            parts.append((begin, cut_at))
            begin, used, width = cut_at, cell_len(text[cut_at:a]), rest or width
        used += size
    parts.append((begin, end))
    return parts


def break_lines(text: str, width: int) -> list[tuple[int, int]]:
    """Where the lines of `text` begin and end, for lines of at most `width` cells; a newline always breaks.

    Greedy. Spaces at a break belong to no line. No text, no lines.
    """
    spans: list[tuple[int, int]] = []
    inside = _breaks_inside(text)
    offset = 0
    for row in text.split("\n"):
        limit = offset + len(row)
        start = end = used = -1
        for match in _WORD.finditer(text, offset, limit):
            word = match.span()
            for a, b in _units(text, *word) if inside else (word,):
                cells = cell_len(text[a:b])
                if start >= 0 and used + (a - end) + cells <= width:
                    used += a - end + cells
                    end = b
                    continue
                if start >= 0:
                    spans.append((start, end))
                if cells > width:
                    *whole, (a, b) = chop(text, a, b, width)
                    spans.extend(whole)
                    cells = cell_len(text[a:b])
                start, end, used = a, b, cells
        if start >= 0:
            spans.append((start, end))
        offset = limit + 1
    return spans


def slices(runs: Sequence[TextRun], spans: Sequence[tuple[int, int]]) -> list[TextLine]:
    """The lines at these spans of the runs' joint text (ascending, not overlapping)."""
    lines: list[TextLine] = []
    index, base = 0, 0  # the run we are in, and where it begins in the text
    for start, end in spans:
        line: TextLine = []
        at = start
        while at < end:
            text, style, target = runs[index]
            stop = base + len(text)
            if stop <= at:
                index, base = index + 1, stop
                continue
            line.append((text[at - base : end - base], style, target))
            at = min(stop, end)
        lines.append(line)
    return lines


def wrap_styled(runs: Sequence[TextRun], width: int) -> list[TextLine]:
    """Wrap styled text to lines of at most `width` cells (of at least 2: half a wide character cannot be shown)."""
    return slices(runs, break_lines("".join(run[0] for run in runs), max(2, width)))


def line_width(line: Sequence[TextRun]) -> int:
    """The width of a line, in cells."""
    return sum(cell_len(run[0]) for run in line)


def crop(line: Sequence[TextRun], start: int, stop: int, blank: Style) -> TextLine:
    """The cells `start` to `stop` of a line. Half of a wide character at an edge becomes a space in style `blank`."""
    out: TextLine = []
    if start >= stop:
        return out
    at = 0
    for text, style, target in line:
        taken: list[str] = []
        for a, b, size in split_graphemes(text)[0]:
            if at >= start and at + size <= stop:
                taken.append(text[a:b])
            elif at < stop and at + size > start and size > 1:
                taken.append(" ")
            at += size
        if taken:
            out.append(("".join(taken), style, target))
    missing = min(stop, at) - start - line_width(out)
    if missing > 0:
        out.append((" " * missing, blank, None))
    return out


def is_rtl(text: str) -> bool:
    """Whether a paragraph runs from right to left, by its first letter that says (UAX 9, P2 and P3)."""
    if text.isascii():
        return False
    for character in text[:200]:
        way = unicodedata.bidirectional(character)
        if way in ("R", "AL"):
            return True
        if way == "L":
            return False
    return False


def align_right(lines: list[TextLine], width: int, blank: Style) -> list[TextLine]:
    """Push every line to the right edge of `width` cells."""
    return [
        [(" " * (width - line_width(line)), blank, None), *line] if line_width(line) < width else line for line in lines
    ]


def _balanced(text: str, width: int) -> list[str]:
    """As few lines as the width allows, as equal as possible, the last with more than one word if possible."""

    def at(limit: int) -> list[str]:
        return [text[a:b] for a, b in break_lines(text, limit)]

    count = len(at(width))
    if count <= 1:
        return at(width)
    low, high = 2, width
    while low < high:  # the narrowest width with no more lines
        middle = (low + high) // 2
        if len(at(middle)) <= count:
            high = middle
        else:
            low = middle + 1
    candidates = (at(limit) for limit in range(low, width + 1))
    return next((lines for lines in candidates if len(lines) == count and " " in lines[-1]), at(low))


def headline_lines(title: str, measure: int, widest: int = 62, least: int = 12) -> list[str]:
    """A headline's lines: one if it fits, else broken after `:` `?` `!` if both parts fit, else balanced."""
    width = max(2, min(widest, measure))
    if cell_len(title) <= width:
        return [title] if title else []
    for match in _SENTENCE_PARTS.finditer(title):
        parts = title[: match.start()], title[match.end() :]
        if all(least <= cell_len(part) <= width for part in parts):
            return list(parts)
    return _balanced(title, width)

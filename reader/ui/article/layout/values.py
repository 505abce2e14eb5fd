"""What drawing a story takes and gives, as values. No widgets, no parsing."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from rich.segment import Segment
from rich.style import Style

from reader.models import Article
from reader.ui.theme.theme import Look

Piece = tuple[str, Style, int | None]
"""A stretch of text in one style, and the number of the spot it belongs to, if any."""

Draft = list[Piece]
"""A line being made."""

PARTS = 1000
"""A place in a story is one number: a block, times so many, and how many such parts of the block lie above."""


class Known(Protocol):
    """What the library knows of a link's address (`reader.store.KnownLink` fits). `time` is UTC seconds."""

    @property
    def read(self) -> bool: ...
    @property
    def kept(self) -> bool: ...
    @property
    def minutes(self) -> int | None: ...
    @property
    def summary(self) -> str | None: ...
    @property
    def section(self) -> str | None: ...
    @property
    def time(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is to be drawn. Where `article` is None, what the headline's row knows stands in for it.

    `published` and `now` are in the reader's zone. `note` is a sentence shown over the summary where the full text is
    missing (`Not kept. It will come with the network; here is its summary.`). `known` is keyed by the links' URLs as
    the article has them; what is missing there is taken for unread and not kept. `further` is a sentence under the text
    of a story of which not all pages are here.
    """

    now: datetime
    article: Article | None = None
    title: str = ""
    url: str = ""
    paper: str = ""
    press: str | None = None
    section: str | None = None
    published: datetime | None = None
    summary: str | None = None
    note: str | None = None
    minutes: int | None = None
    known: Mapping[str, Known] = field(default_factory=dict)
    further: str = ""


class SpotKind(StrEnum):
    """What a spot is: a place in a story that Tab, a letter or a click can reach."""

    INLINE = "inline"
    PICTURE = "picture"
    FOOTNOTE = "footnote"  # leads to a line of this very layout: `target`
    TABLE = "table"  # too wide: the arrows move it sideways
    RELATED = "related"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Spot:
    """One such place. `number` is its index in `Layout.spots` and stands in its segments' meta as `{"spot": number}`.

    `url` is http, https or mailto; empty for footnotes and tables. `digit` is the key that opens it, 1 to 9. `pieces`
    are (line, cell, width in cells) of all its text, top to bottom. `target` is the line a footnote leads to.
    """

    number: int
    url: str
    kind: SpotKind
    digit: int | None = None
    pieces: tuple[tuple[int, int, int], ...] = ()
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is drawn, without the blank cells on its right, and its text."""

    segments: tuple[Segment, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A story as lines for one width.

    `blocks` are the first lines of its blocks (paragraph, heading, figure...); they are the same blocks at any width.
    `left` is the blank margin and `measure` the width of the text, in cells. `chars_before[n]` says how many letters of
    the story stand above line n (one more than there are lines); `story_end` is the line after the end of the story.
    """

    lines: tuple[Line, ...] = ()
    spots: tuple[Spot, ...] = ()
    blocks: tuple[int, ...] = (0,)
    left: int = 0
    measure: int = 0
    chars_before: tuple[int, ...] = (0,)
    story_end: int = 0

    def block_at(self, line: int) -> int:
        """The last block that begins at or above `line`."""
        return max(0, bisect_right(self.blocks, line) - 1)

    def bounds(self, block: int) -> tuple[int, int]:
        """The first line of a block, and the first of the next."""
        first = self.blocks[min(block, len(self.blocks) - 1)]
        return first, self.blocks[block + 1] if block + 1 < len(self.blocks) else len(self.lines)

    def place_at(self, line: int) -> int:
        """The place whose line is `line`, as one number, which stands for the same words at any width.

        `line_of` gives the very line back, in blocks of up to `PARTS` lines; in longer ones, one a little above it.
        """
        block = self.block_at(line)
        first, last = self.bounds(block)
        part = -(-PARTS * (line - first) // max(1, last - first))
        return block * PARTS + min(PARTS - 1, max(0, part))

    def line_of(self, place: int) -> int:
        """The line at which a place is; beyond the last block, the end of it."""
        block, part = divmod(place, PARTS)
        first, last = self.bounds(block)
        return first + (last - first) * part // PARTS

    def read(self, top: int, height: int) -> float:
        """How much of the story has been read, 0 to 1, in a pane of `height` lines whose first is `top`.

        Counted in letters, up to a line that goes down the pane from its first to its last as one goes on.
        """
        total = self.chars_before[-1]
        if not total or top <= 0:
            return 0.0
        way = self.story_end - height
        share = min(1.0, top / way) if way > 0 else 1.0
        return self.chars_before[min(len(self.lines), round(top + share * height))] / total


@dataclass(slots=True)
class Block:
    """A block while the page is being made: its lines, the blank lines it wants around it, and what it is."""

    lines: list[Draft]
    kind: str = "text"
    before: int = 1
    after: int = 1


@dataclass(slots=True)
class Links:
    """The spots found so far, in reading order, and the blocks that footnotes lead to."""

    found: list[tuple[str, SpotKind, int | None, str | None]] = field(default_factory=list)

    def add(self, url: str, kind: SpotKind, *, digit: int | None = None, note: str | None = None) -> int:
        """Note a spot and return its number. `note` is the label of the footnote it leads to."""
        self.found.append((url, kind, digit, note))
        return len(self.found) - 1


@dataclass(frozen=True, slots=True)
class Press:
    """What every drawing function needs to know: colours, states of links, where the article is from."""

    look: Look
    known: Mapping[str, Known]
    links: Links
    url: str
    offsets: Mapping[int, int]
    notes: Sequence[str] = ()

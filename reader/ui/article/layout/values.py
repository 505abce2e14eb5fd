"""What laying a story out takes and gives, as values: the story's content, the lines, the links in them.

No widgets, no parsing.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from rich.segment import Segment

from reader.models import Article, Enclosure, Failure
from reader.ui.text.wrap import TextLine
from reader.ui.theme.theme import Appearance

if TYPE_CHECKING:
    from reader.store import KnownLink

PARTS_PER_BLOCK = 1000
"""A position in a story is one number: the block's number times this, plus how many parts of the block are above."""


@dataclass(frozen=True, slots=True)
class StoryContent:
    """What the article pane shows of a story. Where `article` is None, it is what the headline's row says.

    `published` and `now` are in the reader's zone. `note` is a sentence shown over the summary where the full text is
    missing (`Not kept. It will come with the network; here is its summary.`). `known` is keyed by the links' URLs as
    the article has them; a link that is missing there is taken for unread and not kept. `further` is a sentence under
    the text of a story whose further pages have not been fetched. `failed` says of links, by their URLs, why their
    stories could not be had. `instead` is a sentence under the note: what one can do where there is no story, the keys
    in it between stars. `brand_colour` names the source's colour.
    `paper_above`: the paper's name stands over the text already, so it is not said again.
    `enclosures`, `discussion` and `linked` are what the feed attaches to it; with a full text, `note` stands over that.
    """

    now: datetime
    article: Article | None = None
    title: str = ""
    url: str = ""
    paper: str = ""
    brand_colour: str | None = None
    section: str | None = None
    published: datetime | None = None
    summary: str | None = None
    note: str | None = None
    minutes: int | None = None
    duration: int | None = None
    """Seconds that its sound or film takes: how long its notes take to read matters to nobody then."""
    known: Mapping[str, "KnownLink"] = field(default_factory=dict)
    failed: Mapping[str, Failure] = field(default_factory=dict)
    further: str = ""
    instead: str = ""
    paper_above: bool = False
    enclosures: tuple[Enclosure, ...] = ()
    discussion: str | None = None
    linked: tuple[str, ...] = ()


class TargetKind(StrEnum):
    """What a target is."""

    INLINE = "inline"
    PICTURE = "picture"
    FOOTNOTE = "footnote"  # leads to a line of this very layout: `note_line`
    TABLE = "table"  # too wide for the pane: the arrow keys move it sideways
    RELATED = "related"
    MORE = "more"
    FILE = "file"  # what a feed attaches: it is played
    DISCUSSION = "discussion"
    LINKED = "linked"  # the page that it is about


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """Something in a story that Tab, a letter or a click can reach: a link, a footnote's mark, a wide table.

    `number` is its index in `StoryLayout.targets` and is in its segments' meta as `{"target": number}`. `url` is
    http, https or mailto; empty for footnotes and tables. `digit` is the key that opens it, 1 to 9. `note` is the label
    of the footnote it leads to, and `note_line` that footnote's first line. `areas` are (line, cell, width in cells) of
    all its text, top to bottom.
    """

    number: int
    url: str
    kind: TargetKind
    digit: int | None = None
    note: str | None = None
    areas: tuple[tuple[int, int, int], ...] = ()
    note_line: int | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is played."""
        return self.kind is TargetKind.FILE


@dataclass(frozen=True, slots=True)
class LayoutLine:
    """One line as it is drawn, without the blank cells on its right, and its text."""

    segments: tuple[Segment, ...]
    text: str


@dataclass(frozen=True, slots=True)
class StoryLayout:
    """A story as lines for one width.

    `blocks` are the first lines of its blocks (paragraph, heading, figure...); they are the same blocks at any width.
    `left` is the blank margin and `measure` the width of the text, in cells. `chars_before[n]` says how many letters of
    the story are above line n (one more than there are lines); `story_end` is the line after the end of the story.
    """

    lines: tuple[LayoutLine, ...] = ()
    targets: tuple[LinkTarget, ...] = ()
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

    def position_at(self, line: int) -> int:
        """The position whose line is `line`, as one number, which stands for the same words at any width.

        `line_of` gives the very line back, in blocks of up to `PARTS_PER_BLOCK` lines; in longer
        ones, a line a little above it.
        """
        block = self.block_at(line)
        first, last = self.bounds(block)
        part = -(-PARTS_PER_BLOCK * (line - first) // max(1, last - first))
        return block * PARTS_PER_BLOCK + min(PARTS_PER_BLOCK - 1, max(0, part))

    def line_of(self, position: int) -> int:
        """The line at which a position is; beyond the last block, the end of it."""
        block, part = divmod(position, PARTS_PER_BLOCK)
        first, last = self.bounds(block)
        return first + (last - first) * part // PARTS_PER_BLOCK

    def share_read(self, top: int, height: int) -> float:
        """How much of the story has been read, 0 to 1, in a pane of `height` lines whose first is `top`.

        Counted in letters, up to a line of the pane: its first at the top of the story, its last at the end, and in
        between in proportion.
        """
        total = self.chars_before[-1]
        if not total or top <= 0:
            return 0.0
        way = self.story_end - height
        share = min(1.0, top / way) if way > 0 else 1.0
        return self.chars_before[min(len(self.lines), round(top + share * height))] / total


@dataclass(slots=True)
class LayoutBlock:
    """A block before it has a position in the story: its lines, the blank lines around it, and what it is."""

    lines: list[TextLine]
    kind: str = "text"
    before: int = 1
    after: int = 1


@dataclass(slots=True)
class TargetList:
    """The targets found so far, in reading order, without the positions they will have."""

    found: list[LinkTarget] = field(default_factory=list)

    def add(self, url: str, kind: TargetKind, *, digit: int | None = None, note: str | None = None) -> int:
        """Add a target and return its number. `note` is the label of the footnote it leads to."""
        number = len(self.found)
        self.found.append(LinkTarget(number, url, kind, digit, note))
        return number


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What every function of the layout needs: appearance, known links, the targets found, the URL of the article.

    `offsets` are the cells that wide tables were moved sideways, by their order. `notes` are the footnotes' labels.
    """

    appearance: Appearance
    known: Mapping[str, "KnownLink"]
    targets: TargetList
    url: str
    offsets: Mapping[int, int]
    notes: Sequence[str] = ()

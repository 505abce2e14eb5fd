"""The words of pruning: bounds, what may go, what went. Frozen, and nothing here touches SQLite."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

DAY = 86400
MEGABYTE = 1_000_000


class Bounds(NamedTuple):
    """What is kept: `days` since anything last happened to a story, `megabytes` of the library; 0: no bound. A source
    may have bounds of its own (`Source.keep_days`, `Source.keep_megabytes`), which hold in place of these."""

    days: int
    megabytes: int


Part = Literal["versions", "texts", "entries"]
"""What goes of a story, in this order: articles that newer versions have replaced; the article and the feed's own text;
the headline with all that is left."""


class Candidate(NamedTuple):
    """A page that may go. `seen`: when anything last happened to it, UTC seconds. `expired`: its days are over; else
    it goes only where room is wanted. `articles`: kept versions; `has_text`: there are some, or the feed's own text.
    `text` and `rest` are bytes of its texts and of its headlines, about; 0 where nobody asked for sizes. `sources`:
    those that list it."""

    page: int
    seen: int
    expired: bool
    articles: int
    entries: int
    has_text: bool
    text: int
    rest: int
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pruned:
    """What went, or would go: kept articles, entries (headlines), and bytes, about."""

    articles: int = 0
    entries: int = 0
    size: int = 0

    def __add__(self, other: "Pruned") -> "Pruned":
        return Pruned(self.articles + other.articles, self.entries + other.entries, self.size + other.size)


@dataclass(frozen=True, slots=True)
class PruneReport:
    """What a prune took, or would take. `sources`: by source, 0 for stories that no source lists. `size` and `after`:
    bytes of the library before and after. `over`: bytes beyond its bound that are left, since all that is left is
    protected."""

    total: Pruned
    sources: dict[int, Pruned] = field(default_factory=dict)
    size: int = 0
    after: int = 0
    over: int = 0

"""What was found behind an address: feeds as a list, the newest headlines of the one under the cursor below them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from reader import words
from reader.models import Entry, Failure, Feed
from reader.text import urls
from reader.ui.dialogs.dialog import WIDE, on_ground, padding
from reader.ui.text.cells import cut, pad, spread
from reader.ui.text.key_markup import sentence_lines
from reader.ui.theme.theme import Appearance
from reader.words import dialogs as dialogs_words

if TYPE_CHECKING:
    from reader.lists.catalogue import Paper
    from reader.news.subscriptions import FoundFeed

KIND_CELLS, FACTS_CELLS = 14, 32
HEADLINES_AT_MOST = 12
ROOMY = 14
"""Lines of the list from which on blank ones stand between its parts."""

PREVIEW_LINES = 4
"""Headlines that a long list of feeds leaves room for."""


@dataclass(frozen=True, slots=True)
class FeedChoice:
    """One thing to subscribe to: a feed, whose `offer` may have been fetched, or a `paper` of the catalogue.

    `failure`: why it could not be fetched.
    """

    offer: "FoundFeed"
    paper: "Paper | None" = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What the list shows: a heading with something at its right, candidates, sentences on what went wrong. The
    addresses in `ticked` are to be subscribed to, unless a person takes their ticks away."""

    heading: str = ""
    right: str = ""
    candidates: tuple[FeedChoice, ...] = ()
    notes: tuple[str, ...] = ()
    ticked: frozenset[str] = frozenset()

    def with_answer(self, url: str, offer: "FoundFeed | None", failure: Failure | None) -> "SearchResult":
        """The same, with what is known now of the feed at `url`. Pure."""
        candidates = tuple(
            replace(one, offer=offer or one.offer, failure=failure) if one.offer.url == url else one
            for one in self.candidates
        )
        return replace(self, candidates=candidates)


def newest(feed: Feed) -> datetime | None:
    """When the newest headline of a feed came out; None where it tells no times. Pure."""
    return max((entry.published for entry in feed.entries if entry.published is not None), default=None)


def by_time(feed: Feed) -> list[Entry]:
    """A feed's entries, newest first; in its own order where it tells no times. Pure."""
    return sorted(feed.entries, key=lambda entry: entry.published.timestamp() if entry.published else 0.0, reverse=True)


def why_not(failure: Failure, now: datetime) -> str:
    """Why a feed could not be looked at, as a sentence of its own. Pure."""
    return words.capitalized(words.failure(failure, zone=now.tzinfo, keys=False, promises=False, now=now.timestamp()))


def preview_lines(
    feed: Feed, width: int, height: int, appearance: Appearance, now: datetime, ground: str
) -> list[list[Segment]]:
    """The newest headlines of a feed, a line each, with their times as seen at `now`."""
    lines: list[list[Segment]] = []
    for entry in by_time(feed)[: min(height, HEADLINES_AT_MOST)]:
        time = words.clock(entry.published.astimezone(now.tzinfo), now) if entry.published else ""
        lines.append(
            [
                Segment(appearance.glyphs.unread + " ", appearance.style(appearance.spot, bg=ground)),
                Segment(
                    spread(entry.title, "", width - 2 - len(time) - 1),
                    appearance.style(appearance.ink, bold=True, bg=ground),
                ),
                Segment(" " + time, appearance.style(appearance.dim, bg=ground)),
            ]
        )
    return lines


class FeedChoiceList(Widget, can_focus=True):
    """The list. The cursor is on one of the candidates; `ticked` are those that are to be subscribed to together."""

    ALLOW_SELECT = False

    def __init__(self, appearance: Callable[[], Appearance], now: Callable[[], datetime]) -> None:
        super().__init__()
        self._appearance = appearance
        self._now = now
        self.result = SearchResult()
        self.sentence = ""
        self.cursor = 0
        self.ticked: set[str] = set()
        self._loading: str | None = None

    def tell(self, sentence: str) -> None:
        """Show a sentence in place of all else."""
        self.result, self.sentence = SearchResult(), sentence
        self.cursor, self.ticked = 0, set()
        self.refresh()

    def show(self, result: SearchResult, *, keep: bool = False) -> None:
        """Show these; with `keep` it is what was shown before, of which more is known."""
        before, here = self.result, self.here
        self.result, self.sentence = result, ""
        if keep:
            self.ticked |= result.ticked - before.ticked
            places = [one.offer.url for one in result.candidates]
            self.cursor = places.index(here.offer.url) if here is not None and here.offer.url in places else 0
        else:
            self.cursor, self.ticked = 0, set(result.ticked)
        self.refresh()

    @property
    def here(self) -> FeedChoice | None:
        """What the cursor is on."""
        return self.result.candidates[self.cursor] if self.result.candidates else None

    @property
    def chosen(self) -> list[FeedChoice]:
        """What is ticked; where nothing is, what the cursor is on."""
        ticked = [one for one in self.result.candidates if one.offer.url in self.ticked]
        return ticked or ([self.here] if self.here else [])

    def move(self, step: int) -> None:
        """Move the cursor, no further than the ends."""
        self.cursor = min(max(0, self.cursor + step), max(0, len(self.result.candidates) - 1))
        self.refresh()

    def tick(self) -> None:
        """Tick what the cursor is on, or take the tick away. What is subscribed already needs none."""
        here = self.here
        if here is not None and here.offer.source is None:
            self.ticked ^= {here.offer.url}
            self.refresh()

    def mark_loading(self, url: str | None) -> None:
        """Say that this one is being asked."""
        self._loading = url
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        appearance, width = self._appearance(), self.size.width
        lines = self._lines(width, self.size.height, appearance)
        line = lines[y] if y < len(lines) else []
        return Strip(line).adjust_cell_length(width, appearance.style(appearance.ink, bg=appearance.panel))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there; on a mark it ticks."""
        self.focus()
        first, each = self._first_row(), 1 if self.size.width >= WIDE else 2
        index = self._top(each) + (event.y - first) // each
        if event.y >= first and index < len(self.result.candidates) and event.y < first + self._rows(each) * each:
            self.cursor = index
            if event.x < padding(self.size.width) + 4:
                self.tick()
            self.refresh()

    def _first_row(self) -> int:
        return len(self._heading(self.size.width, self._appearance()))

    def _rows(self, each: int) -> int:
        """How many candidates are shown, so that some headlines still are."""
        free = self.size.height - self._first_row() - (PREVIEW_LINES + 3 if self.size.height > ROOMY else 4)
        return max(1, min(len(self.result.candidates), free // each))

    def _top(self, each: int) -> int:
        rows = self._rows(each)
        return max(0, min(self.cursor - rows // 2, len(self.result.candidates) - rows))

    def _heading(self, width: int, appearance: Appearance) -> list[list[Segment]]:
        left, ground = padding(width), appearance.panel
        room = width - 2 * left
        shown, edge = self.result, Segment(" " * left, appearance.style(appearance.ink, bg=ground))
        lines: list[list[Segment]] = []
        alarm = appearance.style(appearance.spot, bold=True, bg=ground)
        for note in shown.notes:
            wrapped = sentence_lines(note, room - 2, appearance)
            for index, line in enumerate(wrapped):
                mark = Segment("  " if index else f"{appearance.glyphs.warning} ", alarm)
                lines.append([edge, mark, *on_ground(line, ground)])
        if shown.heading:
            right = cut(shown.right, max(0, room - len(shown.heading) - 1))
            heading = pad(shown.heading, room - len(right))
            bold, plain = (
                appearance.style(appearance.dim, bold=True, bg=ground),
                appearance.style(appearance.dim, bg=ground),
            )
            lines.append([edge, Segment(heading, bold), Segment(right, plain)])
        return [*lines, []] if lines and self.size.height > ROOMY else lines

    def _lines(self, width: int, height: int, appearance: Appearance) -> list[list[Segment]]:
        left, ground = padding(width), appearance.panel
        edge = Segment(" " * left, appearance.style(appearance.ink, bg=ground))
        if self.sentence:
            return [
                [edge, *on_ground(line, ground)] for line in sentence_lines(self.sentence, width - 2 * left, appearance)
            ]
        lines = self._heading(width, appearance)
        if not self.result.candidates:
            return lines
        each = 1 if width >= WIDE else 2
        top = self._top(each)
        for index in range(top, top + self._rows(each)):
            lines += self._one(index, width, appearance)
        roomy = height > ROOMY
        lines.append([])
        lines.append([edge, Segment(dialogs_words.latest(), appearance.style(appearance.dim, bold=True, bg=ground))])
        if roomy:
            lines.append([])
        lines += [[edge, *line] for line in self._preview(width - 2 * left, height - len(lines), appearance)]
        return lines

    def _one(self, index: int, width: int, appearance: Appearance) -> list[list[Segment]]:
        found, here, left = self.result.candidates[index], index == self.cursor, padding(width)
        ground = appearance.surface if here else appearance.panel
        bar = appearance.glyphs.bar if here else " "
        plain = appearance.style(appearance.dim, bg=ground)
        strong = here or found.offer.url in self.ticked
        name = appearance.style(appearance.bright if here else appearance.ink, bold=strong, bg=ground)
        start = [
            Segment(
                bar, appearance.style(appearance.spot if self.has_focus else appearance.faint, bold=True, bg=ground)
            ),
            Segment(" " * (left - 1) + self._mark(found, here, appearance) + " ", name if strong else plain),
        ]
        room = width - 2 * left - 4
        title = found.paper.name if found.paper else found.offer.title or urls.host(found.offer.url)
        kind = dialogs_words.kind("catalogue" if found.paper else "feed")
        facts = self._facts(found)
        if width >= WIDE:
            cells = room - KIND_CELLS - FACTS_CELLS
            end = Segment(pad(kind, KIND_CELLS) + pad(facts, FACTS_CELLS) + " " * left, plain)
            return [[*start, Segment(pad(title, cells - 1) + " ", name), end]]
        second = Segment(" " * (left + 3) + pad(facts, room) + " " * left, plain)
        first = Segment(pad(title, room) + " " * left, name)
        return [[*start, first], [Segment(bar, start[0].style), second]]

    def _mark(self, found: FeedChoice, here: bool, appearance: Appearance) -> str:
        glyphs = appearance.glyphs
        if found.offer.source is not None:
            return "   "
        if self.ticked:
            return glyphs.ticked if found.offer.url in self.ticked else glyphs.unticked
        return glyphs.chosen if here else glyphs.unchosen

    def _facts(self, found: FeedChoice) -> str:
        if found.offer.source is not None:
            return dialogs_words.subscribed_already()
        if found.offer.feed is not None:
            return dialogs_words.holds(len(found.offer.feed.entries), newest(found.offer.feed), self._now())
        if found.failure is not None:
            return words.capitalized(words.not_to_be_had(found.failure))  # the sentence stands below
        if self._loading == found.offer.url:
            return dialogs_words.asking(urls.host(found.offer.url))
        return urls.host(found.offer.url) if found.paper else dialogs_words.not_fetched_yet()

    def _preview(self, width: int, height: int, appearance: Appearance) -> list[list[Segment]]:
        found, ground = self.here, appearance.panel
        if found is None:
            return []
        sentence = ""
        if found.offer.feed is not None:
            if found.offer.feed.entries:
                return preview_lines(found.offer.feed, width, height, appearance, self._now(), ground)
            sentence = dialogs_words.no_headlines()
        elif found.failure is not None:
            sentence = f"{why_not(found.failure, self._now())} {dialogs_words.can_subscribe_anyway()}"
        elif self._loading == found.offer.url:
            sentence = dialogs_words.asking(urls.host(found.offer.url))
        return [on_ground(line, ground) for line in sentence_lines(sentence, width, appearance)]

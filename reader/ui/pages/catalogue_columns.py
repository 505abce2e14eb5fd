"""The two columns of the catalogue: what to choose among (language, country, topic), and the papers, by topic."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.strip import Strip

from reader.lists.catalogue import TOPICS, Paper, Section, language_name, search
from reader.models import Source
from reader.text.urls import canonical
from reader.ui.base.lines_view import LinesView
from reader.ui.text.cells import pad, spread
from reader.ui.text.key_markup import sentence_segments
from reader.ui.theme.theme import Appearance
from reader.words import catalogue as catalogue_words
from reader.words import dialogs as dialogs_words
from reader.words.catalogue import country_name, topic_name

Group = Literal["language", "country", "topic"]
GROUPS: tuple[Group, ...] = ("language", "country", "topic")

LINE = 100
"""Cells of a paper's line at most: the eye must find from the name to what stands at the right."""

FACTS_FROM = 56
"""Cells of the papers' column from which on it says how they give their news."""


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """Which papers are looked for; an empty code is any."""

    language: str = ""
    country: str = ""
    topic: str = ""
    typed: str = ""

    def fits(self, paper: Paper, but: Group | None = None) -> bool:
        """Whether a paper is among them, what was chosen in the group `but` left aside. Pure."""
        return (
            (but == "language" or self.language in ("", paper.language))
            and (but == "country" or self.country in ("", paper.country))
            and (but == "topic" or not self.topic or self.topic in paper.topics)
        )


def fitting_papers(papers: Sequence[Paper], chosen: CatalogueFilter) -> list[Paper]:
    """The papers that are looked for. What was typed is looked for among all of them. Pure."""
    if chosen.typed.strip():
        return search(papers, chosen.typed)
    return [paper for paper in papers if chosen.fits(paper)]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the left column: a code of a group with its name and how many papers it would leave."""

    group: Group
    code: str
    name: str
    count: int


def choices(papers: Sequence[Paper], chosen: CatalogueFilter) -> list[Choice]:
    """What can be chosen: of each group all, then each code that leaves papers, most first. Pure."""
    made: list[Choice] = []
    for group in GROUPS:
        left = [paper for paper in papers if chosen.fits(paper, group)]
        codes: Counter[str] = Counter()
        for paper in left:
            codes.update(paper.topics if group == "topic" else [getattr(paper, group)])
        order = TOPICS if group == "topic" else [code for code, _ in codes.most_common()]
        made.append(Choice(group, "", catalogue_words.choices("all"), len(left)))
        made += [Choice(group, code, _name(group, code), codes[code]) for code in order if codes[code]]
    return made


def _name(group: Group, code: str) -> str:
    return {"language": language_name, "country": country_name, "topic": topic_name}[group](code)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of papers: a paper, or (`section`) one of its feeds; both None: a topic's name, or nothing."""

    text: str = ""
    paper: Paper | None = None
    section: Paper | None = None

    @property
    def subscribing(self) -> Paper | None:
        """The paper to subscribe to: a section is one with the section's feed."""
        return self.section or self.paper


def as_paper(paper: Paper, index: int) -> Paper:
    """A section as a paper of its own, so that it can be subscribed to as one. Pure."""
    section = paper.sections[index]
    return replace(
        paper, id=f"{paper.id}/{index}", name=f"{paper.name} · {section.name}", feed=section.feed, sections=()
    )


def chosen_of(paper: Paper, papers: Iterable[Paper]) -> "Paper | tuple[Paper, Section]":
    """What is subscribed to for a paper of `as_paper`: the section it stands for; any other is itself. Pure."""
    whole, slash, index = paper.id.partition("/")
    if not slash:
        return paper
    of = next(one for one in papers if one.id == whole)
    return of, of.sections[int(index)]


def paper_lines(papers: Iterable[Paper], opened: set[str]) -> list[PaperLine]:
    """The lines of papers: under each topic's name those whose first topic it is, open ones with their feeds. Pure."""
    grouped: dict[str, list[Paper]] = {}
    for paper in papers:
        grouped.setdefault(paper.topics[0] if paper.topics else "general", []).append(paper)
    made: list[PaperLine] = []
    for topic in sorted(grouped, key=lambda code: TOPICS.index(code) if code in TOPICS else len(TOPICS)):
        if made:
            made.append(PaperLine())
        made.append(PaperLine(topic_name(topic)))
        for paper in grouped[topic]:
            made.append(PaperLine(paper.name, paper))
            if paper.id in opened:
                made += [
                    PaperLine(section.name, paper, as_paper(paper, index))
                    for index, section in enumerate(paper.sections)
                ]
    return made


class Column(LinesView):
    """Lines with a cursor that rests only on some of them; a subclass says which, and draws them."""

    track = True

    def __init__(self, appearance: Callable[[], Appearance], moved: Callable[[], None], *, id: str) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(appearance, id=id)
        self._moved = moved
        self.cursor = 0

    def count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def is_selectable(self, index: int) -> bool:
        """Whether the cursor can be on this line."""
        raise NotImplementedError

    def draw(self, index: int, width: int, appearance: Appearance) -> list[Segment]:
        """Draw a line."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """Another size."""
        self.snap_cursor()

    def snap_cursor(self) -> None:
        """Put the cursor where it can be, in view."""
        self.virtual_size = Size(self.scrollable_content_region.width, self.count())
        if self.count() and not (self.cursor < self.count() and self.is_selectable(self.cursor)):
            stops = [index for index in range(self.count()) if self.is_selectable(index)]
            self.cursor = min(stops, key=lambda index: abs(index - self.cursor), default=0)
        self._reveal()
        self.refresh()

    def move(self, step: int) -> None:
        """Move the cursor by so many lines it can be on."""
        stops = [index for index in range(self.count()) if self.is_selectable(index)]
        if not stops:
            return
        at = stops.index(self.cursor) if self.cursor in stops else 0
        self.cursor = stops[min(max(0, at + step), len(stops) - 1)]
        self._reveal()
        self.refresh()
        self._moved()

    def _reveal(self) -> None:
        above = self.cursor
        while above > 0 and not self.is_selectable(above - 1):
            above -= 1  # its heading comes into view with the first of a group
        self.reveal(above, self.cursor)

    def bar(self, here: bool, appearance: Appearance, ground: str) -> Segment:
        """The cursor bar of a line."""
        colour = appearance.spot if self.has_focus else appearance.faint
        return Segment(appearance.glyphs.bar if here else " ", appearance.style(colour, bold=True, bg=ground))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        appearance, width, index = self._appearance(), self.scrollable_content_region.width, y + round(self.scroll_y)
        line = self.draw(index, width, appearance) if index < self.count() else []
        return Strip(line).adjust_cell_length(width, appearance.style(appearance.ink))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there."""
        index = event.y + round(self.scroll_y)
        if index < self.count() and self.is_selectable(index):
            self.cursor = index
            self.refresh()
            self._moved()
            self.clicked(event.x)

    def clicked(self, x: int) -> None:
        """More than that, a subclass says."""


class ChoicesColumn(Column):
    """Languages, countries and topics. `chosen` is what was chosen."""

    def __init__(
        self, appearance: Callable[[], Appearance], moved: Callable[[], None], chose: Callable[[CatalogueFilter], None]
    ) -> None:
        super().__init__(appearance, moved, id="choices")
        self._chose = chose
        self._lines: list[Choice | str] = []
        self.chosen = CatalogueFilter()

    def show(self, papers: Sequence[Paper], chosen: CatalogueFilter) -> None:
        """Show what can be chosen among these."""
        before = self._lines[self.cursor] if self.cursor < len(self._lines) else None
        self.chosen = chosen
        self._lines = []
        group = ""
        for choice in choices(papers, chosen):
            if choice.group != group:
                self._lines += (
                    ["", catalogue_words.choices(choice.group)] if group else [catalogue_words.choices(choice.group)]
                )
                group = choice.group
            self._lines.append(choice)
        if isinstance(before, Choice):
            same = [
                index
                for index, line in enumerate(self._lines)
                if isinstance(line, Choice) and (line.group, line.code) == (before.group, before.code)
            ]
            self.cursor = same[0] if same else self.cursor
        self.snap_cursor()

    def count(self) -> int:
        """How many lines."""
        return len(self._lines)

    def is_selectable(self, index: int) -> bool:
        """On choices."""
        return isinstance(self._lines[index], Choice)

    def choose(self) -> None:
        """Choose what the cursor is on; what was chosen is let go."""
        line = self._lines[self.cursor] if self._lines else ""
        if isinstance(line, Choice):
            was = getattr(self.chosen, line.group)
            changes = {line.group: "" if was == line.code else line.code, "typed": ""}
            self._chose(replace(self.chosen, **changes))

    def clicked(self, x: int) -> None:
        """A click chooses."""
        self.choose()

    def draw(self, index: int, width: int, appearance: Appearance) -> list[Segment]:
        """A heading, or a choice."""
        line = self._lines[index]
        if isinstance(line, str):
            return [Segment("  " + pad(line, width - 2), appearance.style(appearance.dim, bold=True))]
        chosen = getattr(self.chosen, line.group) == line.code and not self.chosen.typed.strip()
        here = index == self.cursor and self.has_focus
        ground = appearance.surface if here or chosen else appearance.paper
        ink = appearance.style(appearance.bright if chosen or here else appearance.ink, bold=chosen, bg=ground)
        bar = self.bar(here, appearance, ground)
        if chosen and not here:
            bar = Segment(appearance.glyphs.bar, appearance.style(appearance.faint, bold=True, bg=ground))
        count = str(line.count)
        return [
            bar,
            Segment("   " + pad(line.name, width - 4 - len(count) - 2) + " ", ink),
            Segment(count + " ", appearance.style(appearance.dim, bg=ground)),
        ]


class PapersColumn(Column):
    """The papers, with what is ticked: `ticked` by the address of the feed, `subscribed` by its canonical address."""

    def __init__(self, appearance: Callable[[], Appearance], moved: Callable[[], None]) -> None:
        super().__init__(appearance, moved, id="papers")
        self._papers: list[Paper] = []
        self._rows: list[PaperLine] = []
        self._opened: set[str] = set()
        self.ticked: dict[str, Paper] = {}
        self.subscribed: Mapping[str, Source] = {}

    def show(self, papers: list[Paper]) -> None:
        """Show these, the cursor on the first of them."""
        self._papers = papers
        self._rows = paper_lines(papers, self._opened)
        self.cursor = 0
        self.scroll_to(y=0, animate=False)
        self.snap_cursor()

    @property
    def here(self) -> Paper | None:
        """What the cursor is on: a paper, or a section as a paper of its own."""
        return self._rows[self.cursor].subscribing if self.cursor < len(self._rows) else None

    def count(self) -> int:
        """How many lines; one where nothing fits."""
        return len(self._rows) or 1

    def is_selectable(self, index: int) -> bool:
        """On papers and sections."""
        return index < len(self._rows) and self._rows[index].paper is not None

    def known(self, paper: Paper) -> Source | None:
        """The source that a paper is already, under whatever spelling of its address."""
        return self.subscribed.get(canonical(paper.feed))

    def tick(self) -> None:
        """Tick what the cursor is on, or take the tick away. What is subscribed already cannot be ticked."""
        paper = self.here
        if paper is None or self.known(paper) is not None:
            return
        if self.ticked.pop(paper.feed, None) is None:
            self.ticked[paper.feed] = paper
        self.refresh()
        self._moved()

    def open_sections(self, wanted: bool) -> bool:
        """Open the paper under the cursor into its sections, or close it; False where it is so already."""
        row = self._rows[self.cursor] if self.cursor < len(self._rows) else PaperLine()
        if row.paper is None or not row.paper.sections or (row.paper.id in self._opened) == wanted:
            return False
        self._opened ^= {row.paper.id}
        self._rows = paper_lines(self._papers, self._opened)
        self.cursor = next(index for index, one in enumerate(self._rows) if one.paper == row.paper)
        self.snap_cursor()
        if wanted:
            last = self.cursor + len(row.paper.sections)
            if last >= round(self.scroll_y) + self.size.height:
                self.scroll_to(y=min(self.cursor, last - self.size.height + 1), animate=False)
        return True

    def clicked(self, x: int) -> None:
        """A click on the mark ticks."""
        if x < 6:
            self.tick()

    def draw(self, index: int, width: int, appearance: Appearance) -> list[Segment]:
        """A topic, a paper, a section; or that nothing fits."""
        if not self._rows:
            return [
                Segment("  ", appearance.style(appearance.ink)),
                *sentence_segments(catalogue_words.no_paper_fits(), appearance),
            ]
        row = self._rows[index]
        paper = row.subscribing
        if paper is None or row.paper is None:
            return [Segment("  " + pad(row.text, max(0, width - 2)), appearance.style(appearance.dim, bold=True))]
        here, known = index == self.cursor, self.known(paper) is not None
        ground = appearance.surface if here else appearance.paper
        ticked = paper.feed in self.ticked
        strong = appearance.style(appearance.bright if here or ticked else appearance.ink, bold=ticked, bg=ground)
        plain = appearance.style(appearance.dim, bg=ground)
        mark = "   " if known else appearance.glyphs.ticked if ticked else appearance.glyphs.unticked
        indent = 4 if row.section else 0
        facts = self._facts(row, known, width)
        beyond = max(0, width - LINE)
        room = width - beyond - 2 - indent - 4
        return [
            self.bar(here, appearance, ground),
            Segment(" " * (1 + indent), plain),
            Segment(mark + " ", strong if ticked else plain),
            Segment(spread(row.text, "", room - len(facts)), plain if known else strong),
            Segment(facts + " " * beyond, plain),
        ]

    def _facts(self, row: PaperLine, known: bool, width: int) -> str:
        if known:
            return f"  {dialogs_words.subscribed_already()} "
        if row.section is not None or row.paper is None:
            return ""
        sections = catalogue_words.sections(len(row.paper.sections))
        if width < FACTS_FROM:
            return f" {len(row.paper.sections) or ''} "
        how = catalogue_words.feeds() if row.paper.verified else catalogue_words.unverified()
        return f"  {sections:>11}   {pad(how, 19)}"

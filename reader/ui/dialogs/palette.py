"""Everything by name: commands, papers, stories. Accents and case do not matter; what fits is bold and underlined."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from reader import words
from reader.commands import key_name
from reader.store import Row, View
from reader.text import fold
from reader.ui.base.recovery import Steady
from reader.ui.dialogs.dialog import on_ground
from reader.ui.headlines.view import view_name
from reader.ui.main.footer import hint_segments
from reader.ui.main.keys import works_in
from reader.ui.text.cells import cut
from reader.ui.text.highlight import with_origin
from reader.ui.theme.theme import Look

if TYPE_CHECKING:
    from reader.ui.main.screen import Panes

Run = Callable[[], None]

STORIES_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing the palette can do: under which heading it stands, what it is called, and what stands at its right.

    `also`: other words that it is found by, and that are not shown.
    """

    group: str
    name: str
    right: str
    run: Run
    also: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An offer that fits, and the cells of its name that do: characters from `start` to `end`."""

    offer: Offer
    start: int = 0
    end: int = 0


def match(name: str, wanted: str) -> tuple[int, int] | None:
    """Where in `name` the folded `wanted` stands (a word's beginning first), in characters of `name`; None if not.

    Pure. Accents and case do not matter: `sao` is found in `Kinh tế Sáng`… as `Sán`? No: `san` is; letters must agree.
    """
    folded, origin = with_origin(name)
    at = (" " + folded).find(" " + wanted)
    if at < 0:
        at = folded.find(wanted)
    if at < 0 or not wanted:
        return None
    return origin[at], origin[at + len(wanted) - 1] + 1


def choose(offers: Sequence[Offer], typed: str) -> list[Found]:
    """Return the offers that fit what was typed; all of them where nothing was typed. Pure.

    Group by group in their order; in a group first those in which a word begins with it, then those that have it
    elsewhere, or only among their other words.
    """
    wanted = fold(typed.strip())
    if not wanted:
        return [Found(offer) for offer in offers]
    groups = list(dict.fromkeys(offer.group for offer in offers))
    found: list[tuple[tuple[int, int], Found]] = []
    for offer in offers:
        span = match(offer.name, wanted)
        if span is not None:
            begins = span[0] == 0 or not offer.name[span[0] - 1].isalnum()
            found.append(((groups.index(offer.group), 0 if begins else 1), Found(offer, *span)))
        elif match(offer.also, wanted) is not None:
            found.append(((groups.index(offer.group), 2), Found(offer)))
    return [one for _, one in sorted(found, key=lambda ranked: ranked[0])]


class PaletteList(Widget, can_focus=False):
    """What fits, group by group, with the cursor on one of them."""

    ALLOW_SELECT = False

    def __init__(self, look: Callable[[], Look]) -> None:
        super().__init__()
        self._look = look
        self._found: list[Found] = []
        self._typed = ""
        self.cursor = 0
        self._lines: list[int | str] = []
        self._top = 0

    def show(self, found: list[Found], typed: str) -> None:
        """Show these; the cursor is on the first."""
        self._found, self._typed, self.cursor, self._top = found, typed, 0, 0
        self._lines = []
        group = ""
        for index, one in enumerate(found):
            if one.offer.group != group:
                if self._lines:
                    self._lines.append("")
                group = one.offer.group
                self._lines.append(group)
            self._lines.append(index)
        self.styles.height = max(1, min(len(self._lines), max(3, self.app.size.height - 11)))
        self.refresh()

    @property
    def chosen(self) -> Offer | None:
        """What the cursor is on."""
        return self._found[self.cursor].offer if self._found else None

    def move(self, step: int) -> None:
        """Move the cursor, round at the ends."""
        if self._found:
            self.cursor = (self.cursor + step) % len(self._found)
            self._reveal()

    def next_group(self) -> None:
        """Put the cursor on the first of the next group."""
        group = self._found[self.cursor].offer.group if self._found else ""
        after = [i for i, one in enumerate(self._found) if i > self.cursor and one.offer.group != group]
        self.cursor = after[0] if after else 0
        self._reveal()

    def _reveal(self) -> None:
        line = self._lines.index(self.cursor)
        self._top = min(line - (line == 1), max(self._top, line - self.size.height + 1))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        look, width = self._look(), self.size.width
        ground = look.style(look.ink, bg=look.panel)
        line = self._lines[y + self._top] if y + self._top < len(self._lines) else ""
        if isinstance(line, int):
            return Strip(self._one(line, width, look)).adjust_cell_length(width, ground)
        if not self._found and y == 0:
            line = words.nothing_found(self._typed) if self._typed else ""
            return Strip([Segment(f"   {line}", look.style(look.dim, bg=look.panel))]).adjust_cell_length(width, ground)
        return Strip([Segment(f"   {line}", look.style(look.dim, bold=True, bg=look.panel))]).adjust_cell_length(
            width, ground
        )

    def _one(self, index: int, width: int, look: Look) -> list[Segment]:
        found, here = self._found[index], index == self.cursor
        offer, back = found.offer, look.surface if here else look.panel
        ink = look.style(look.bright if here else look.ink, bg=back)
        right = cut(offer.right, 20)
        name = cut(offer.name, width - 6 - cell_len(right) - 2)
        start, end = min(found.start, len(name)), min(found.end, len(name))
        gap = width - 6 - cell_len(name) - cell_len(right)
        return [
            Segment(look.glyphs.bar if here else " ", look.style(look.spot, bg=back)),
            Segment("  " + name[:start], ink),
            Segment(name[start:end], look.style(look.bright, bold=True, underline=True, bg=back)),
            Segment(name[end:] + " " * gap, ink),
            Segment(right + "   ", look.style(look.dim, bg=back)),
        ]

    def on_click(self, event: events.Click) -> None:
        """A click runs what it hits."""
        line = self._lines[event.y + self._top] if event.y + self._top < len(self._lines) else ""
        if isinstance(line, int):
            self.cursor = line
            self.screen.dismiss(self._found[line].offer.run)


class _Rule(Widget, can_focus=False):
    """The heavy ink rule that is a dialog's top edge, or a line of keys."""

    ALLOW_SELECT = False

    def __init__(self, look: Callable[[], Look], keys: bool = False) -> None:
        super().__init__()
        self._look = look
        self._keys = keys

    def render_line(self, y: int) -> Strip:
        look, width = self._look(), self.size.width
        if not self._keys:
            return Strip([Segment(look.glyphs.heavy * width, look.style(look.ink, bg=look.panel))], width)
        ground = look.style(look.dim, bg=look.panel)
        segments = [Segment(" "), *hint_segments(list(words.palette_keys()), look)]
        return Strip(on_ground(segments, look.panel)).adjust_cell_length(width, ground)


class Palette(Steady, ModalScreen[Run | None], inherit_bindings=False):
    """The palette; it is dismissed with what is to be run, or with nothing."""

    CSS_PATH = "../theme/pages.tcss"

    def __init__(self, panes: "Panes") -> None:
        super().__init__(id="palette")
        self._panes = panes
        self._offers = command_offers(panes) + paper_offers(panes)

    def compose(self) -> ComposeResult:
        """Rule, field, what fits, keys."""
        look = self._panes.app.look
        self._input = Input(compact=True, select_on_focus=False)
        self._list = PaletteList(look)
        with Vertical(id="sheet"):
            yield _Rule(look)
            yield self._input
            yield self._list
            yield _Rule(look, keys=True)
            if look().ansi:  # a ground of its own cannot be seen there: two rules and the whole width say where it is
                yield _Rule(look)

    def on_mount(self) -> None:
        """Everything, until something is typed."""
        self.set_class(self._panes.app.look().ansi, "-flat")
        self._input.focus()
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """What fits what is typed now."""
        event.stop()
        self._show(event.value)

    def _show(self, typed: str) -> None:
        found = choose(self._offers, typed)
        wanted = fold(typed.strip())
        if len(wanted) > 1:
            found += choose(story_offers(self._panes, wanted), typed)
        self._list.show(found, typed)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Run what the cursor is on."""
        event.stop()
        chosen = self._list.chosen
        self.dismiss(chosen.run if chosen else None)

    def on_key(self, event: events.Key) -> None:
        """The cursor moves while the field has the focus."""
        if event.key in ("down", "ctrl+n"):
            self._list.move(1)
        elif event.key in ("up", "ctrl+p"):
            self._list.move(-1)
        elif event.key == "tab":
            self._list.next_group()
        elif event.key == "escape":
            self.dismiss(None)
        else:
            return
        event.stop()
        event.prevent_default()


def command_offers(panes: "Panes") -> list[Offer]:
    """The commands that work where the focus is, each with its first key; those without one are run from here alone."""
    group = words.palette_groups()["commands"]
    return [
        Offer(
            group,
            words.command_title(command),
            key_name(command.keys[0]) if command.keys else "",
            _runner(panes, command.id),
            also=f"{words.command_label(command)} {command.id}",
        )
        for command in panes.session.config.commands
        if works_in(command, panes.pane) and command.id not in _NOT_OFFERED
    ]


_NOT_OFFERED = frozenset(("down", "up", "left", "right", "enter", "escape", "palette", "related"))


def _runner(panes: "Panes", command: str) -> Run:
    return lambda: panes.actions.run(command)


def _opener(panes: "Panes", view: View) -> Run:
    return lambda: panes.actions.open_view(view)


def paper_offers(panes: "Panes") -> list[Offer]:
    """Views, folders and papers, each with how much is unread in it."""
    group = words.palette_groups()["papers"]
    return [
        Offer(
            group, view_name(item.view, panes.sources), words.unread(item.count) if item.count else "",
            _opener(panes, item.view),
        )
        for item in panes.tree_pane.items
        if item.view is not None
    ]  # fmt: skip


def story_offers(panes: "Panes", wanted: str) -> list[Offer]:
    """The newest headlines of the list that is shown which fit."""
    group = words.palette_groups()["stories"]
    rows = panes.headlines.find(lambda title: wanted in fold(title), STORIES_AT_MOST)
    now = panes.session.now()
    return [Offer(group, row.title, words.clock(panes.session.at(row.time), now), _reader(panes, row)) for row in rows]


def _reader(panes: "Panes", row: Row) -> Run:
    def read() -> None:
        panes.list_pane.go_to_page(row.page)
        panes.actions.open_row(row)

    return read

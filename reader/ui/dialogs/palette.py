"""Everything by name: commands, papers, stories. Accents and case do not matter; what fits is bold and underlined."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from reader import words
from reader.commands import key_name
from reader.text import fold
from reader.ui.base.dead_keys import AnsweringScreen
from reader.ui.base.error_boundary import ErrorBoundary
from reader.ui.base.fixed_lines import PanelLines
from reader.ui.base.key_names import key_of
from reader.ui.base.text_field import TextField
from reader.ui.dialogs.dialog import heavy_rule, on_ground
from reader.ui.text.cells import cut
from reader.ui.text.highlight import folded_with_origins
from reader.ui.text.key_hints import hint_segments
from reader.ui.theme.theme import Appearance
from reader.words import help_pages as help_pages_words

Run = Callable[[], None]


@dataclass(frozen=True, slots=True)
class PaletteItem:
    """One thing the palette can do: under which heading it stands, what it is called, and what stands at its right.

    `also`: other words that it is found by, and that are not shown. `called`: names of its own that are not shown
    either; whoever types one whole means it. `elsewhere`: it is done in another pane; it stands dimmed behind all
    others, headlines too.
    """

    group: str
    name: str
    right: str
    run: Run
    also: str = ""
    elsewhere: bool = False
    called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """An item that fits, and which characters of its name do: from `start` to `end`. `whole`: it is called so."""

    item: PaletteItem
    start: int = 0
    end: int = 0
    whole: bool = False


def find_in_name(name: str, wanted: str) -> tuple[int, int] | None:
    """Where in `name` the folded `wanted` stands (a word's beginning first), in characters of `name`; None if not.

    Pure. Accents and case do not matter: `sao` is found in `Kinh tế Sáng`… as `Sán`? No: `san` is; letters must agree.
    """
    folded, origin = folded_with_origins(name)
    at = (" " + folded).find(" " + wanted)
    if at < 0:
        at = folded.find(wanted)
    if at < 0 or not wanted:
        return None
    return origin[at], origin[at + len(wanted) - 1] + 1


def find_items(items: Sequence[PaletteItem], typed: str) -> list[Match]:
    """Return the items that fit what was typed; all of them where nothing was typed. Pure.

    First what is called so, by its name or one of `called`. Then group by group in their order; in a group those that
    begin with it, those in which a word does, then those that have it elsewhere, or only among their other words.
    """
    wanted = fold(typed.strip())
    if not wanted:
        return [Match(item) for item in items]
    groups = list(dict.fromkeys(item.group for item in items))
    found: list[tuple[tuple[bool, int, int], Match]] = []
    for item in items:
        span = find_in_name(item.name, wanted)
        whole = span == (0, len(item.name)) or any(fold(name) == wanted for name in item.called)
        group = groups.index(item.group)
        if span is not None:
            begins = span[0] == 0 or not item.name[span[0] - 1].isalnum()
            rank = 1 if span[0] == 0 else 2 if begins else 3
            found.append(((not whole, group, rank), Match(item, *span, whole=whole)))
        elif whole or find_in_name(item.also, wanted) is not None:
            found.append(((not whole, group, 4), Match(item, whole=whole)))
    return [one for _, one in sorted(found, key=lambda ranked: ranked[0])]


class PaletteList(Widget, can_focus=False):
    """What fits, group by group, with the cursor on one of them."""

    ALLOW_SELECT = False

    def __init__(self, appearance: Callable[[], Appearance]) -> None:
        super().__init__()
        self._appearance = appearance
        self._found: list[Match] = []
        self._typed = ""
        self.cursor = 0
        self._lines: list[int | str] = []
        self._top = 0

    def show(self, found: list[Match], typed: str) -> None:
        """Show these; the cursor is on the first."""
        self._found, self._typed, self.cursor, self._top = found, typed, 0, 0
        self._lines = []
        group = ""
        for index, one in enumerate(found):
            if one.item.group != group:
                if self._lines:
                    self._lines.append("")
                group = one.item.group
                self._lines.append(group)
            self._lines.append(index)
        self.styles.height = max(1, min(len(self._lines), max(3, self.app.size.height - 11)))
        self.refresh()

    @property
    def chosen(self) -> PaletteItem | None:
        """What the cursor is on."""
        return self._found[self.cursor].item if self._found else None

    def move(self, step: int) -> None:
        """Move the cursor, round at the ends."""
        if self._found:
            self.cursor = (self.cursor + step) % len(self._found)
            self._reveal()

    def page(self, step: int) -> None:
        """Move the cursor by what is in view, no further than the ends."""
        if self._found:
            rows = max(1, self.size.height - 1)
            self.cursor = min(max(0, self.cursor + step * rows), len(self._found) - 1)
            self._reveal()

    def next_group(self) -> None:
        """Put the cursor on the first of the next group."""
        group = self._found[self.cursor].item.group if self._found else ""
        after = [i for i, one in enumerate(self._found) if i > self.cursor and one.item.group != group]
        self.cursor = after[0] if after else 0
        self._reveal()

    def _reveal(self) -> None:
        line = self._lines.index(self.cursor)
        self._top = min(line - (line == 1), max(self._top, line - self.size.height + 1))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        appearance, width = self._appearance(), self.size.width
        ground = appearance.style(appearance.ink, bg=appearance.panel)
        line = self._lines[y + self._top] if y + self._top < len(self._lines) else ""
        if isinstance(line, int):
            return Strip(self._one(line, width, appearance)).adjust_cell_length(width, ground)
        if not self._found and y == 0:
            line = words.nothing_found(self._typed) if self._typed else ""
            return Strip(
                [Segment(f"   {line}", appearance.style(appearance.dim, bg=appearance.panel))]
            ).adjust_cell_length(width, ground)
        return Strip(
            [Segment(f"   {line}", appearance.style(appearance.dim, bold=True, bg=appearance.panel))]
        ).adjust_cell_length(width, ground)

    def _one(self, index: int, width: int, appearance: Appearance) -> list[Segment]:
        found, here = self._found[index], index == self.cursor
        item, back = found.item, appearance.surface if here else appearance.panel
        dimmed = item.elsewhere and not here
        ink = appearance.style(appearance.bright if here else appearance.dim if dimmed else appearance.ink, bg=back)
        bright = appearance.dim if dimmed else appearance.bright
        right = cut(item.right, 20)
        name = cut(item.name, width - 6 - cell_len(right) - 2)
        start, end = min(found.start, len(name)), min(found.end, len(name))
        gap = width - 6 - cell_len(name) - cell_len(right)
        return [
            Segment(appearance.glyphs.bar if here else " ", appearance.style(appearance.spot, bg=back)),
            Segment("  " + name[:start], ink),
            Segment(name[start:end], appearance.style(bright, bold=True, underline=True, bg=back)),
            Segment(name[end:] + " " * gap, ink),
            Segment(right + "   ", appearance.style(appearance.dim, bg=back)),
        ]

    def on_click(self, event: events.Click) -> None:
        """A click runs what it hits."""
        line = self._lines[event.y + self._top] if event.y + self._top < len(self._lines) else ""
        if isinstance(line, int):
            self.cursor = line
            self.screen.dismiss(self._found[line].item.run)


class Palette(AnsweringScreen, ErrorBoundary, ModalScreen[Run | None], inherit_bindings=False):
    """The palette; it is dismissed with what is to be run, or with nothing."""

    CSS_PATH = "../theme/pages.tcss"

    def __init__(
        self,
        appearance: Callable[[], Appearance],
        items: Sequence[PaletteItem],
        stories: Callable[[str], list[PaletteItem]],
    ) -> None:
        """`stories` finds headlines by what was typed, folded."""
        super().__init__(id="palette")
        self._appearance = appearance
        self._items = [item for item in items if not item.elsewhere]
        self._elsewhere = [item for item in items if item.elsewhere]
        self._stories = stories

    def compose(self) -> ComposeResult:
        """Rule, field, what fits, keys."""
        appearance = self._appearance
        self._input = TextField()
        self._list = PaletteList(appearance)
        with Vertical(id="dialog"):
            yield PanelLines(self._rule, appearance)
            yield self._input
            yield self._list
            self._foot = PanelLines(self._keys, appearance)
            yield self._foot
            if (
                appearance().ansi
            ):  # a ground of its own cannot be seen there: two rules and the whole width say where it is
                yield PanelLines(self._rule, appearance)

    def on_mount(self) -> None:
        """Everything, until something is typed."""
        self.set_class(self._appearance().ansi, "-flat")
        self._input.focus()
        self._show("")

    def _rule(self, y: int, width: int) -> list[Segment]:
        return heavy_rule(width, self._appearance())

    def _keys(self, y: int, width: int) -> list[Segment]:
        appearance = self._appearance()
        hints = hint_segments(words.palette_keys(), appearance)
        if self.answer:
            hints = [Segment(f"  {cut(self.answer, width - 4)}", appearance.style(appearance.ink))]
        line = Strip(on_ground([Segment(" "), *hints], appearance.panel))
        return list(line.adjust_cell_length(width, appearance.style(appearance.dim, bg=appearance.panel)))

    def on_input_changed(self, event: TextField.Changed) -> None:
        """What fits what is typed now."""
        event.stop()
        self._show(event.value)

    def _show(self, typed: str) -> None:
        found = find_items(self._items, typed)
        wanted = fold(typed.strip())
        if len(wanted) > 1:
            found += find_items(self._stories(wanted), typed)
        found += find_items(self._elsewhere, typed)
        self._list.show(sorted(found, key=lambda match: not match.whole), typed)

    def on_input_submitted(self, event: TextField.Submitted) -> None:
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
        elif event.key in ("pagedown", "pageup"):
            self._list.page(1 if event.key == "pagedown" else -1)
        elif event.key == "tab":
            self._list.next_group()
        elif event.key == "escape":
            self.dismiss(None)
        else:
            key = key_of(event.key, event.character)
            self.say_why(help_pages_words.does_nothing_here(key_name(key), None))
        event.stop()
        event.prevent_default()

    def draw_answer(self) -> None:
        """Draw the keys anew, or what is said in their place."""
        self._foot.refresh()

"""The page of all keys, made from the table of commands as they are bound: as many columns as fit, group by group.

`/` filters it by key, label, title and id; accents and case do not matter. What fits is shown with all it has: every
key, the title, the id by which the settings bind it.
"""

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader import words
from reader.commands import COMMANDS, Command, key_name
from reader.text import fold
from reader.ui.base.host import Host
from reader.ui.main.field_line import FieldLine
from reader.ui.main.footer import hint
from reader.ui.pages.page import FullScreenPage
from reader.ui.text.cells import cut, pad, wrap
from reader.ui.text.key_hints import fitting
from reader.ui.theme.scrollbar import use_thin_scrollbar
from reader.ui.theme.theme import Appearance
from reader.words import help_pages as help_pages_words

COLUMN, GAP = 36, 4
KEY_CELLS = 12
COLUMN_AT_MOST = 3
WITH_IDS = 56
"""Cells of a column that has room for the id of each command."""

KeyLine = tuple[str, str]
"""Keys, and what they do; a heading has no keys, a rule the label `-`."""


def all_keys(command: Command) -> list[str]:
    """The keys of a command as people write them; the digits of one kind as `1-9`. Pure."""
    if len(command.keys) > 2 and all(key.isdigit() for key in command.keys):
        return [hint(command)[0]]
    return [key_name(key) for key in command.keys]


def keys_text(command: Command) -> str:
    """The keys of a command as the page shows them: as many as fit their column; "by name" where it has none. Pure."""
    keys = all_keys(command)
    shown = keys[0] if keys else help_pages_words.by_name()
    for key in keys[1:]:
        if cell_len(f"{shown} {key}") > KEY_CELLS - 1:
            break
        shown = f"{shown} {key}"
    return shown


def groups(commands: Sequence[Command] = COMMANDS) -> list[list[KeyLine]]:
    """The commands group by group, each with its heading. Pure."""
    found: dict[str, list[KeyLine]] = {}
    for command in commands:
        found.setdefault(words.command_group(command), []).append((keys_text(command), words.command_label(command)))
    return [[("", name), *cells] for name, cells in found.items()]


def columns(width: int, commands: Sequence[Command] = COMMANDS) -> list[list[KeyLine]]:
    """Put the groups into as many columns as fit `width` cells, about equally long, in their order. Pure."""
    blocks = [[block[0], ("", "-"), *block[1:], ("", "")] for block in groups(commands)]
    count = max(1, min(COLUMN_AT_MOST, len(blocks), (width - 2 + GAP) // (COLUMN + GAP)))
    ways = combinations(range(1, len(blocks)), count - 1)
    divided = ([blocks[a:b] for a, b in pairwise((0, *way, len(blocks)))] for way in ways)
    best = min(divided, key=lambda way: max(sum(map(len, column)) for column in way))
    return [[cell for block in column for cell in block][:-1] for column in best]


def find_commands(commands: Sequence[Command], typed: str) -> list[Command]:
    """The commands that fit what was typed: one of their keys is it, or every word of it stands in label, title, group,
    help or id. Those with that very key come first. Accents and case do not matter, but in keys. Pure."""
    typed = typed.strip()
    wanted = fold(typed).split()
    exactly = [one for one in commands if typed and (typed in all_keys(one) or typed in one.keys)]
    named = [one for one in commands if one not in exactly and all(part in fold(_searched(one)) for part in wanted)]
    keyed = [
        one
        for one in commands
        if wanted and one not in exactly and one not in named and any(fold(typed) == fold(key) for key in all_keys(one))
    ]
    return [*exactly, *named, *keyed]


def _searched(command: Command) -> str:
    texts = (words.command_label, words.command_title, words.command_group, words.command_help)
    return f"{command.id} {' '.join(text(command) for text in texts)}"


class KeyColumns(ScrollView, can_focus=True, inherit_bindings=False):
    """The columns of keys, or what fits of them, which scroll where the screen is too low."""

    def __init__(self, appearance: Callable[[], Appearance], commands: Sequence[Command] = COMMANDS) -> None:
        super().__init__()
        self._appearance = appearance
        self._commands = commands
        self._ids = {words.command_label(command): command.id for command in commands}
        self._columns = columns(80, commands)
        self._found: list[list[Segment]] | None = None
        self._typed = ""

    def on_mount(self) -> None:
        """The scrollbar is a hairline here too."""
        use_thin_scrollbar(self, self._appearance().glyphs)

    def on_resize(self, event: events.Resize) -> None:
        """Another width, other columns."""
        self.show(self._typed)
        if isinstance(self.screen, Help):
            self.screen.retitle()

    @property
    def with_ids(self) -> bool:
        """Whether the columns have room for the ids of the commands."""
        count = len(self._columns)
        return (self.scrollable_content_region.width - 4 - GAP * (count - 1)) // count >= WITH_IDS

    def show(self, typed: str) -> int:
        """Show the commands that fit what was typed, all of them where nothing was; return how many these are."""
        width = self.scrollable_content_region.width
        self._typed = typed
        found = find_commands(self._commands, typed)
        if typed.strip():
            self._found = self._details(found, min(88, width - 4))
            height = len(self._found)
        else:
            self._found = None
            self._columns = columns(width, self._commands)
            height = max(len(column) for column in self._columns)
        self.virtual_size = Size(width, height)
        self.scroll_to(y=0, animate=False)
        self.refresh()
        return len(found)

    def _details(self, found: list[Command], width: int) -> list[list[Segment]]:
        """Each command with all it has: keys and label, then title, help and id, dim."""
        appearance = self._appearance()
        if not found:
            return [[Segment(help_pages_words.nothing_fits(self._typed.strip()), appearance.style(appearance.dim))]]
        lines: list[list[Segment]] = []
        for one in found:
            keys = "  ".join(all_keys(one)) or help_pages_words.by_name()
            name = cut(one.id, max(0, width - cell_len(keys) - 4))
            gap = max(2, width - cell_len(keys) - cell_len(name))
            ink = appearance.ink if one.keys else appearance.dim
            lines.append(
                [
                    Segment(cut(keys, width), appearance.style(ink, bold=bool(one.keys))),
                    Segment(" " * gap, appearance.style(appearance.dim)),
                    Segment(name, appearance.style(appearance.dim)),
                ]
            )
            said = f"{words.command_title(one)}. {words.command_help(one)}".rstrip()
            lines += [[Segment(part, appearance.style(appearance.ink))] for part in wrap(said, width, 4)]
            lines.append([])
        return lines

    def render_line(self, y: int) -> Strip:
        """Draw one line of every column."""
        appearance, width, line = self._appearance(), self.scrollable_content_region.width, y + round(self.scroll_y)
        ground = appearance.style(appearance.ink)
        if self._found is not None:
            left = max(2, (width - 88) // 2)
            found = self._found[line] if line < len(self._found) else []
            return Strip([Segment(" " * left, ground), *found]).adjust_cell_length(width, ground)
        count = len(self._columns)
        each = WITH_IDS if self.with_ids else min(COLUMN, max(16, width - 4))
        whole = count * (each + GAP) - GAP
        segments = [Segment(" " * max(2, (width - whole) // 2), ground)]
        for index, column in enumerate(self._columns):
            segments += self._cell(column[line] if line < len(column) else ("", ""), each, appearance)
            if index < count - 1:
                segments.append(Segment(" " * GAP, ground))
        return Strip(segments).adjust_cell_length(width, ground)

    def _cell(self, cell: KeyLine, width: int, appearance: Appearance) -> list[Segment]:
        keys, label = cell
        if label == "-":
            return [Segment(appearance.glyphs.thin * width, appearance.style(appearance.rule))]
        if not keys:
            return [Segment(pad(label, width), appearance.style(appearance.bright, bold=True))]
        bold = keys != help_pages_words.by_name()
        segments = [
            Segment(
                pad(appearance.glyphs.keys(keys), KEY_CELLS),
                appearance.style(appearance.ink if bold else appearance.dim, bold=bold),
            )
        ]
        if width < WITH_IDS:
            return [*segments, Segment(pad(label, width - KEY_CELLS), appearance.style(appearance.dim))]
        words_for_it = pad(label, width - KEY_CELLS - _ID_CELLS)
        return [
            *segments,
            Segment(words_for_it, appearance.style(appearance.ink)),
            Segment(pad(self._ids.get(label, ""), _ID_CELLS), appearance.style(appearance.dim)),
        ]


_ID_CELLS = 18
"""The longest id and a blank."""


class Help(FullScreenPage):
    """All keys, on a page of their own."""

    def __init__(self, host: Host, commands: Sequence[Command] | None = None, *, over_panes: bool = True) -> None:
        """`commands` are all of them, with the keys they are bound to; None: those of the settings.

        `over_panes`: the page lies over the panes. Over another page the palette is not opened: its commands are for
        the panes, which could not be seen.
        """
        self._commands = commands = host.session.config.commands if commands is None else commands
        super().__init__(host.appearance, commands, id="help")
        self._host = host
        self._typed = ""
        self._count = len(commands)
        bound = {command.id: command.keys for command in commands}
        self._over_panes = over_panes
        taken = ("help", "palette", "narrow") if over_panes else ("help", "narrow")
        self._own = {key: name for name in taken for key in bound.get(name, ())}

    def body(self) -> ComposeResult:
        """The columns."""
        self._page = KeyColumns(self.appearance, self._commands)
        acts = {"escape": self._give_up, **dict.fromkeys(("enter", "tab", "down"), self._leave_field)}
        self._line = FieldLine(self.appearance, self._field_keys, self._search, acts, id="find")
        self._line.display = False
        yield self._page
        yield self._line

    def on_mount(self) -> None:
        """Keys go to the page."""
        self._page.focus()

    def title_words(self) -> tuple[str, str]:
        """What this is."""
        return words.keys_title()[0], help_pages_words.keys_beside(bool(self._typed) or self._page.with_ids)

    def key_words(self) -> list[tuple[str, str]]:
        """The keys of this page itself."""
        if self._typed:
            pairs = [("/", f"{self._typed}  {words.count_of(self._count, len(self._commands))}")]
            return [*pairs, ("j k", words.label("scroll")), ("Esc", help_pages_words.keys("clear"))]
        keys = {command.id: key_name(command.keys[0]) for command in self._commands if command.keys}
        leave = " ".join(dict.fromkeys((keys.get("help", "Esc"), "Esc")))
        pairs = [("/", help_pages_words.keys("search")), ("j k", words.label("scroll"))]
        if not self._over_panes:
            return [*pairs, (leave, help_pages_words.keys("back"))]
        if "palette" in keys:
            pairs.append((keys["palette"], words.label("palette")))
        return fitting([*pairs, (leave, words.label("back"))], self.size.width - 4)

    def press(self, key: str) -> bool:
        """Type into the field; else scroll, or go back to reading."""
        steps = {
            "j": 1,
            "down": 1,
            "k": -1,
            "up": -1,
            "space": 10,
            "ctrl+f": 10,
            "pagedown": 10,
            "ctrl+d": 5,
            "ctrl+b": -10,
            "pageup": -10,
            "ctrl+u": -5,
            "G": 999,
            "end": 999,
            "g": -999,
            "home": -999,
        }
        if key == "/" or self._own.get(key) == "narrow":
            self._open_field()
        elif key in steps:
            self._page.scroll_to(y=self._page.scroll_y + steps[key], animate=False)
        elif key == "escape" and self._typed:
            self._search("")
        elif self._own.get(key) == "palette":
            self.dismiss()
            self.app.call_next(self._host.run_command, "palette")
        elif self._own.get(key) == "help" or key in ("escape", "q", "enter", "backspace", "h"):
            self.dismiss()
        else:
            return False
        return True

    def _field_keys(self) -> list[tuple[str, str]]:
        return [("Enter", help_pages_words.keys("scroll")), ("Esc", help_pages_words.keys("clear"))]

    def _open_field(self) -> None:
        """Type what is looked for, in the place of the keys; it begins anew."""
        self._line.field.value = ""
        self._line.display, self._bottom.display = True, False
        self.set_focus(self._line.field)
        self._search("")

    def _leave_field(self) -> None:
        self._line.display, self._bottom.display = False, True
        self.set_focus(self._page)
        self.retitle()

    def _give_up(self) -> None:
        self._search("")
        self._leave_field()

    def _search(self, typed: str) -> None:
        self._typed = typed[:60]
        self._count = self._page.show(self._typed)
        self._line.show(hairline=True, right=words.count_of(self._count, len(self._commands)))
        self.retitle()

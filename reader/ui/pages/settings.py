"""The settings page: every setting with its value, changed at once, and kept in a file that only the reader writes.

What the user's own settings file sets wins, so it is shown but cannot be changed here.
"""

import asyncio
from dataclasses import replace

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.theme import Theme
from textual.widgets import Input

from reader.commands import Where, key_name
from reader.config.chosen import Value, parts, problem
from reader.errors import BadSetting
from reader.ui.base.fixed_lines import FixedLines
from reader.ui.base.host import Host
from reader.ui.base.text_field import TextField
from reader.ui.main.keys import KeyReader
from reader.ui.pages.page import FullScreenPage, ScrollingLines
from reader.ui.pages.settings_rows import (
    INDENT,
    NAME,
    NARROW,
    VALUE,
    SettingRow,
    explanation,
    facts,
    fitting_rows,
    heading_line,
    parsed,
    row_line,
    setting_rows,
    shown_value,
    stepped,
)
from reader.ui.text.cells import cut, wrap
from reader.ui.text.key_hints import fitting
from reader.words import settings as settings_words

_COMMANDS = (
    "down",
    "up",
    "top",
    "end",
    "page-down",
    "page-up",
    "half-down",
    "half-up",
    "left",
    "right",
    "enter",
    "space",
    "undo",
    "narrow",
    "help",
    "palette",
    "settings",
    "escape",
    "quit-back",
    "quit",
)  # the commands that mean something here, by their own keys

_DEFAULT_KEYS = ("backspace", "x", "delete")
"""Keys that take a choice back, whatever else they are bound to."""


class SettingsPage(FullScreenPage):
    """The page. `at` names the setting that the cursor is on first."""

    def __init__(self, host: Host, at: str = "") -> None:
        super().__init__(host.appearance, host.session.config.commands, id="settings")
        self._host = host
        self._rows: list[SettingRow] = []
        self._lines_of: list[int] = []
        self._cursor = 0
        self._typed = ""
        self._editing: SettingRow | None = None
        self._said = ""
        self._wrong = False
        self._changes: list[tuple[str, Value | None]] = []
        self._measure: int | None = None
        self._at = at
        self._use_keys()

    def _use_keys(self) -> None:
        commands = {command.id: command for command in self._host.session.config.commands}
        ours = [replace(commands[one], where=Where.EVERYWHERE) for one in _COMMANDS if one in commands]
        self._keys = KeyReader(tuple(reversed(ours)))
        self._key_names = {one.id: key_name(one.keys[0]) for one in ours if one.keys}

    def body(self) -> ComposeResult:
        """The settings, what there is to say of the one under the cursor, a field for what is typed."""
        self._lines = ScrollingLines(self.appearance, self._draw)
        self._about = FixedLines(self._about_line, self.appearance, 4)
        self._label = FixedLines(self._label_line, self.appearance, 1)
        self._field = TextField(id="typed")
        yield self._lines
        yield self._about
        with Horizontal(id="edit"):
            yield self._label
            yield self._field

    def on_mount(self) -> None:
        """The cursor is on the setting that was asked for."""
        self._edit_row.display = False
        self._take()
        names = [row.name for row in self._rows]
        self._cursor = names.index(self._at) if self._at in names else 0
        self._lines.focus()
        self.app.theme_changed_signal.subscribe(self, self._themed)
        self.call_after_refresh(self._redraw)

    def on_unmount(self) -> None:
        """The app goes on, and its signal would keep this page: the callback leads back to the weak key."""
        self.app.theme_changed_signal.unsubscribe(self)

    @property
    def _edit_row(self) -> Horizontal:
        return self.query_one("#edit", Horizontal)

    @property
    def chosen(self) -> SettingRow | None:
        """The setting under the cursor."""
        return self._rows[self._cursor] if self._cursor < len(self._rows) else None

    def _take(self) -> None:
        """Take the settings as they are now; the cursor stays on its own."""
        here = self.chosen
        rows = fitting_rows(setting_rows(self._host.session.config), self._typed)
        measure = self._measure if self._measure is not None else self._host.session.measure()
        self._rows = [replace(row, value=measure) if row.name == "reader.measure" else row for row in rows]
        names = [row.name for row in self._rows]
        if here is not None and here.name in names:
            self._cursor = names.index(here.name)
        self._cursor = max(0, min(self._cursor, len(names) - 1))

    def _themed(self, theme: Theme) -> None:
        self._redraw()

    def _redraw(self) -> None:
        self._take()
        self._lines.redraw()
        if self._lines_of:
            line = self._lines_of[self._cursor]
            first = (
                self._cursor == 0
                or parts(self._rows[self._cursor - 1].name)[0] != parts(self._rows[self._cursor].name)[0]
            )
            self._lines.reveal(line - first, line)
        self._about.refresh()
        self._label.refresh()
        self.retitle()

    def title_words(self) -> tuple[str, str]:
        """What this is, and how many settings are not as they come."""
        config = self._host.session.config
        every = [row.origin for row in setting_rows(config)]
        file = config.file.name if config.file is not None else ""
        return settings_words.page_title(), settings_words.page_counts(every.count("chosen"), every.count("own"), file)

    def key_words(self) -> list[tuple[str, str]]:
        """The keys at the foot, by what is done."""
        label = settings_words.page_keys
        if self._field.has_focus:
            first = ("Enter", label("set") if self._editing is not None else label("choose"))
            return [first, ("Esc", label("cancel") if self._editing is not None else label("all"))]
        row, names = self.chosen, self._key_names
        pairs = []
        if row is not None and row.origin != "own":
            if row.choices or row.is_number:
                pairs.append(("← →", label("change")))
            if not row.choices:
                pairs.append(("Enter", label("type")))
            pairs.append(("x", label("default")))
        if self._changes and "undo" in names:
            pairs.append((names["undo"], label("undo")))
        if "narrow" in names:
            pairs.append((names["narrow"], label("filter")))
        pairs.append(("Esc", label("all" if self._typed else "back")))
        return fitting(pairs, self.size.width - 4)

    def _foot(self, y: int, width: int) -> list[Segment]:
        """The keys, or what was said last."""
        if y == 0 or not self._said or self.answer:
            return super()._foot(y, width)
        appearance = self.appearance()
        mark = f"{appearance.glyphs.warning} " if self._wrong else ""
        return [
            Segment(f"  {mark}", appearance.style(appearance.spot, bold=True)),
            Segment(cut(self._said, width - 4 - cell_len(mark)), appearance.style(appearance.ink)),
        ]

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        """Say something in place of the keys, until the next key."""
        self._said, self._wrong = sentence, wrong
        self.retitle()

    def _draw(self, width: int) -> list[list[Segment]]:
        appearance = self.appearance()
        lines: list[list[Segment]] = []
        self._lines_of = []
        section = ""
        for index, row in enumerate(self._rows):
            if parts(row.name)[0] != section:
                section = parts(row.name)[0]
                lines += [*([[]] if lines else []), heading_line(section, appearance)]
            self._lines_of.append(len(lines))
            lines.append(row_line(row, width, appearance, here=index == self._cursor))
        if not lines:
            said = settings_words.no_setting_fits(self._typed)
            lines.append([Segment(" " * INDENT + cut(said, width - INDENT), appearance.style(appearance.ink))])
        return lines

    def _about_line(self, y: int, width: int) -> list[Segment]:
        appearance, row = self.appearance(), self.chosen
        if row is None or y == 0:
            return []
        left = max(2, (width - self._lines.column) // 2) + INDENT
        room, style = max(10, width - left - 2), appearance.style(appearance.dim)
        config = self._host.session.config
        if y < 3:
            if row.origin == "own":
                said = settings_words.locked(row.name, str(config.file or ""))
            else:
                said = explanation(row, own_colours=self.app.current_theme.ansi and not _wants_own_colours(row))
            said = appearance.glyphs.own(said)
            lines = wrap(said, room, 2)
            return [Segment(" " * left + lines[y - 1], style)] if y <= len(lines) else []
        by_keys = row.name == "reader.measure" and row.value != config.reader.measure
        file = config.chosen_file.name if config.chosen_file is not None else ""
        said = appearance.glyphs.own(facts(row, file, by_keys=by_keys))
        return [Segment(" " * left + cut(said, room), style)]

    def _label_line(self, y: int, width: int) -> list[Segment]:
        appearance = self.appearance()
        row = self._editing
        label = settings_words.page_filter() if row is None else settings_words.setting_name(row.name)[0]
        return [Segment(f"  {cut(label, width - 3)}", appearance.style(appearance.ink, bold=True))]

    def press(self, key: str) -> bool:
        """Move, change, type; in the field, leave it."""
        if self._field.has_focus:
            if key not in ("escape", "down", "tab") or (key != "escape" and self._editing is not None):
                return False
            self._leave_field(lift=key == "escape")
        else:
            self._said = ""
            if not self._press(key):
                return False
        if self.is_attached:
            self._redraw()
        return True

    def _press(self, key: str) -> bool:
        row = self.chosen
        number = row is not None and row.is_number and not self._keys.pending
        if number and key in "0123456789" and row is not None:
            self._edit(row, key)
        elif key in _DEFAULT_KEYS and not self._keys.pending:
            if row is not None:
                self._to_default(row)
        else:
            began = self._keys.waiting
            command = self._keys.press(key, "sources")
            if command is not None:
                self._run(command.id)
            elif key == "escape":
                if not began:
                    self._run("escape")
            else:
                return bool(self._keys.waiting)
        return True

    def _run(self, command: str) -> None:
        page, count = max(1, self._lines.size.height - 2), self._keys.count or 1
        last = len(self._rows) - 1
        to = {
            "down": self._cursor + count,
            "up": self._cursor - count,
            "top": 0,
            "end": last,
            "page-down": self._cursor + page,
            "page-up": self._cursor - page,
            "half-down": self._cursor + page // 2,
            "half-up": self._cursor - page // 2,
        }
        if command in to:
            self._cursor = max(0, min(to[command], last))
        elif command in ("left", "right", "enter", "space"):
            self._act(command)
        elif command == "undo":
            self._undo()
        elif command == "narrow":
            self._open_field(None, self._typed)
        elif command == "help":
            self._host.run_command("help")
        elif command == "palette":
            self.dismiss()
            self.app.call_next(self._host.run_command, "palette")
        elif command == "quit":
            self._host.leave()
        elif self._typed and command == "escape":
            self._typed = ""
        else:
            self.dismiss()

    def _act(self, command: str) -> None:
        row = self.chosen
        if row is None:
            return
        if command in ("left", "right") and (row.choices or row.is_number):
            self._choose(row, stepped(row, 1 if command == "right" else -1))
        elif row.choices:
            self._choose(row, stepped(row, 1))
        else:
            self._edit(row, shown_value(row.value))

    def _edit(self, row: SettingRow, typed: str) -> None:
        """Type a value, from `typed` on."""
        if row.origin == "own":
            self._choose(row, row.value)
        else:
            self._open_field(row, typed)
            if typed == shown_value(row.value):
                self._field.select_value()

    def _open_field(self, row: SettingRow | None, typed: str) -> None:
        self._editing = row
        self._edit_row.display = True
        self._field.value = typed
        self._field.cursor_position = len(typed)
        self._field.focus()

    def _leave_field(self, *, lift: bool) -> None:
        """Back to the rows; `lift`: what was filtered is shown again."""
        if self._editing is None and lift:
            self._typed = ""
        self._editing = None
        self._said = ""
        self._edit_row.display = False
        self._lines.focus()

    def on_descendant_focus(self) -> None:
        """Other keys."""
        self.retitle()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while it is typed."""
        event.stop()
        self._said = ""
        if self._editing is None and self._field.has_focus:
            self._typed = event.value
            self._redraw()
        else:
            self.retitle()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Set what was typed; or go to what was found."""
        event.stop()
        row = self._editing
        if row is not None:
            value = parsed(row, event.value)
            wrong = settings_words.no_number(event.value) if value is None else problem(row.name, value, on_page=True)
            if value is None or wrong:
                self._say(wrong, wrong=True)
                return
            self._leave_field(lift=False)
            self._choose(row, value)
        else:
            self._leave_field(lift=False)
        self._redraw()

    def on_click(self, event: events.Click) -> None:
        """A click goes to a setting; on the value of the one under the cursor it changes it."""
        if self._editing is not None or not self._lines.region.contains(event.screen_x, event.screen_y):
            return
        line = event.screen_y - self._lines.region.y + round(self._lines.scroll_y)
        if line not in self._lines_of:
            return
        index = self._lines_of.index(line)
        column = self._lines.column
        left = max(2, (self._lines.scrollable_content_region.width - column) // 2)
        at = event.screen_x - self._lines.region.x - left - INDENT - NAME - 1
        on_value = column >= NARROW and 0 <= at < VALUE
        self._said = ""
        if index == self._cursor and on_value:
            self._act("left" if at < 2 else "enter")
        self._cursor = index
        self._redraw()

    def _choose(self, row: SettingRow, value: Value) -> None:
        """Change a setting, unless the user's own file sets it."""
        if row.origin == "own":
            config = self._host.session.config
            self._say(settings_words.locked(row.name, str(config.file or "")))
        elif value != row.value:
            self._changes.append((row.name, self._held(row)))
            self._set(row.name, value)

    def _held(self, row: SettingRow) -> Value | None:
        """What undo has to choose again: the value, or None where nothing was chosen."""
        by_keys = row.name == "reader.measure" and row.value != self._host.session.config.reader.measure
        return row.value if row.origin == "chosen" or by_keys else None

    def _to_default(self, row: SettingRow) -> None:
        if row.origin == "own":
            self._choose(row, row.value)
        elif self._held(row) is None:
            self._say(settings_words.is_default_already(settings_words.setting_name(row.name)[0]))
        else:
            self._changes.append((row.name, self._held(row)))
            self._set(row.name, None)

    def _undo(self) -> None:
        if not self._changes:
            self._say(settings_words.nothing_to_undo())
            return
        name, value = self._changes.pop()
        self._typed = "" if name not in [row.name for row in self._rows] else self._typed
        self._set(name, value)
        self._take()
        self._cursor = [row.name for row in self._rows].index(name)

    def _set(self, name: str, value: Value | None) -> None:
        session = self._host.session
        try:
            written = session.choose(name, value)
        except BadSetting as error:
            self._say(str(error), wrong=True)
            return
        if name == "reader.measure":
            self._measure = session.config.reader.measure
        if name == "keys.set":
            self._use_keys()
        self._host.start(self._written(written), "settings")

    async def _written(self, written: "asyncio.Future[str]") -> None:
        """Say it where a choice could not be kept."""
        why_not = await written
        if why_not and self.is_attached:
            self._say(why_not, wrong=True)
        elif why_not:
            self._host.say(why_not, "error")


def _wants_own_colours(row: SettingRow) -> bool:
    """Whether the theme that is chosen is the terminal's own colours."""
    return str(row.value) == "terminal" or str(row.value).startswith("ansi-")

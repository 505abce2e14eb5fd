"""The footer: the keys of the pane in focus, most used first; a message in their place, or beside them."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.screen import Screen
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from reader import words
from reader.commands import COMMANDS, Command, PaneName, Where, key_name
from reader.ui.base.host import Note, NoteKind
from reader.ui.text.cells import cut
from reader.ui.text.clicks import press_clicked
from reader.ui.text.key_hints import fitting, hint_cells, hint_segments
from reader.ui.theme.theme import Appearance

RESULT_SECONDS = 6.0

ERROR_SECONDS = 15.0
"""An error stands beside the keys for so long, or until the next key."""

BESIDE = 4
"""Cells between a message and the keys beside it."""

_PANES: dict[PaneName, Where] = {"sources": Where.SOURCES, "headlines": Where.HEADLINES, "article": Where.ARTICLE}


def hint(command: Command) -> tuple[str, str]:
    """A command's key and label as the footer shows them; many keys of one kind as `1-9`."""
    if not command.keys:
        return "", words.command_label(command)
    first, last = command.keys[0], command.keys[-1]
    if len(command.keys) > 2 and first.isdigit() and last.isdigit():
        return f"{first}-{last}", words.command_label(command)
    return key_name(first), words.command_label(command)


def hints(
    pane: PaneName, width: int, commands: Sequence[Command] = COMMANDS, *, related: bool = True
) -> list[tuple[str, str]]:
    """Return the keys and labels that fit `width` cells for a pane, most used first. `? all keys` is always there.

    Without `related`, those of related stories are left out.
    """
    where = _PANES[pane]
    ranked = sorted(
        (
            (rank, command)
            for command in commands
            for shown_in, rank in command.footer
            if shown_in is where and command.keys and (related or command.id != "related")
        ),
        key=lambda pair: pair[0],
    )
    return fitting([hint(command) for _, command in ranked], width - 4)


class Footer(Widget, can_focus=False):
    """One line of keys or of one message, with a hairline above where the screen is high enough."""

    ALLOW_SELECT = False

    def __init__(
        self,
        appearance: Callable[[], Appearance],
        commands: Sequence[Command] = COMMANDS,
        *,
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        """`appearance` gives the colours in use, `commands` the keys."""
        super().__init__(id=id)
        self._appearance = appearance
        self._commands = commands
        self._pane: PaneName = "headlines"
        self._note: Note | None = None
        self._timer: Timer | None = None
        self._hairline = True
        self._pending = ""
        self._letters = False
        self._related = False
        self._covered = False

    def on_mount(self) -> None:
        """See when a dialog lies over the panes."""
        self.app.screen_change_signal.subscribe(self, self._screen_changed)

    def _screen_changed(self, screen: Screen[object]) -> None:
        """Under a dialog the panes' keys do nothing and are not shown; messages are."""
        self._covered = screen is not self.screen
        self.refresh()

    def use_commands(self, commands: Sequence[Command]) -> None:
        """Show other keys: another set was chosen."""
        self._commands = commands
        self.refresh()

    @property
    def note(self) -> Note | None:
        """The message that is shown."""
        return self._note

    def show(
        self, pane: PaneName, *, hairline: bool, pending: str = "", letters: bool = False, related: bool = True
    ) -> None:
        """Show the keys of a pane; `pending` are those of a sequence that has begun, `letters` stand on links now,
        `related`: the story has related ones with numbers."""
        if pane != self._pane and self._note is not None and self._note.kind == "hint":
            self.dismiss()  # it does not matter in another pane
        state = (pane, hairline, pending, letters, related)
        if state != (self._pane, self._hairline, self._pending, self._letters, self._related):
            self._pane, self._hairline, self._pending, self._letters, self._related = state
            self.refresh()
        self.styles.height = 2 if hairline else 1

    def say(self, text: str, kind: NoteKind = "result") -> None:
        """Show a message. A result never takes the place of an error, which goes with the next key."""
        if self._note is not None and self._note.kind == "error" and kind != "error":
            return
        self._put(Note(kind, text))
        if kind != "lasting":
            self._timer = self.set_timer(ERROR_SECONDS if kind == "error" else RESULT_SECONDS, self.dismiss)

    def end_seen(self) -> None:
        """A key was pressed: an error or a hint has been seen."""
        if self._note is not None and self._note.kind in ("error", "hint"):
            self.dismiss()

    def dismiss(self) -> bool:
        """Take the message away; False where there is none."""
        shown = self._note is not None
        self._put(None)
        return shown

    def _put(self, note: Note | None) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._note = note
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click on a key presses it."""
        press_clicked(self, event)

    def render_line(self, y: int) -> Strip:
        """Draw the hairline, or the keys."""
        appearance, width = self._appearance(), self.size.width
        if self._hairline and y == 0:
            return Strip([Segment(appearance.glyphs.thin * width, appearance.style(appearance.rule))], width)
        if self._note is not None:
            segments = self._note_segments(self._note, width, appearance)
        elif self._covered:
            segments = []
        elif self._letters:
            segments = hint_segments(list(words.letters_keys()), appearance)
        else:
            segments = hint_segments(self._hints(width - cell_len(self._pending)), appearance)
            if self._pending:
                used = sum(segment.cell_length for segment in segments)
                gap = max(1, width - used - cell_len(self._pending) - 2)
                segments += [
                    Segment(" " * gap, appearance.style(appearance.dim)),
                    Segment(self._pending, appearance.style(appearance.ink, bold=True)),
                ]
        return Strip(segments).adjust_cell_length(width, appearance.style(appearance.ink))

    def _hints(self, width: int) -> list[tuple[str, str]]:
        return hints(self._pane, width, self._commands, related=self._related)

    def _note_segments(self, note: Note, width: int, appearance: Appearance) -> list[Segment]:
        left = Segment("  ", appearance.style(appearance.ink))
        if note.kind in ("result", "hint"):
            return [left, Segment(cut(note.text, width - 4), appearance.style(appearance.ink))]
        mark = f"{appearance.glyphs.warning} " if note.kind == "error" else ""
        least = hint_cells(self._hints(0)[-1]) + BESIDE
        text = cut(note.text, width - 4 - len(mark) - least)
        room = width - 2 - len(mark) - cell_len(text) - BESIDE + 2
        return [
            left,
            Segment(mark, appearance.style(appearance.spot, bold=True)),
            Segment(text, appearance.style(appearance.ink)),
            *hint_segments(self._hints(room), appearance, left=BESIDE),
        ]

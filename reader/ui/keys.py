"""From keys to commands: sequences, and which command a key means where. Pure; knows no widgets.

A key is named as `reader.commands` names it: printable keys by their character, all others by Textual's name.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from reader.commands import COMMANDS, Command, Where
from reader.ui.geometry import Pane

_PLACES: dict[Pane, frozenset[Where]] = {
    "sources": frozenset({Where.EVERYWHERE, Where.LISTS, Where.SOURCES}),
    "headlines": frozenset({Where.EVERYWHERE, Where.LISTS, Where.HEADLINES, Where.STORIES}),
    "article": frozenset({Where.EVERYWHERE, Where.ARTICLE, Where.STORIES}),
}


def works_in(command: Command, pane: Pane) -> bool:
    """Whether a command works while that pane has the focus."""
    return command.where in _PLACES[pane]


def key_of(name: str, character: str | None) -> str:
    """Return a key as the table of commands writes it, from Textual's name and the character it types."""
    if character and character.isprintable() and character != " " and len(character) == 1:
        return character
    return name


@dataclass(slots=True)
class Keys:
    """Reads keys one after another. `pending` holds the beginning of a sequence that may still become one."""

    commands: Iterable[Command] = COMMANDS
    pending: tuple[str, ...] = ()
    _table: dict[Pane, dict[tuple[str, ...], Command]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for pane in _PLACES:
            self._table[pane] = {
                tuple(keys.split()): command
                for command in self.commands
                if works_in(command, pane)
                for keys in command.keys
            }

    def press(self, key: str, pane: Pane) -> Command | None:
        """Return the command this key completes, or None: it began a sequence, or means nothing here.

        A key that does not go on with the pending sequence starts afresh; Esc only gives the sequence up.
        """
        table = self._table[pane]
        if self.pending and key == "escape":
            self.pending = ()
            return None
        typed = (*self.pending, key)
        if typed in table:
            self.pending = ()
            return table[typed]
        if any(sequence[: len(typed)] == typed for sequence in table):
            self.pending = typed
            return None
        began = bool(self.pending)
        self.pending = ()
        return self.press(key, pane) if began else None

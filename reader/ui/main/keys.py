"""From keys to commands: sequences, counts, and which command a key means where. Pure; knows no widgets.

A key is named as `reader.commands` names it: printable keys by their character, all others by Textual's name.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from reader.commands import COMMANDS, CONTEXTS, Command, PaneName, key_name, works_in

MOST = 9999
"""A count is at most this."""


@dataclass(slots=True)
class KeyReader:
    """Reads keys one after another. `pending` holds the beginning of a sequence that may still become one, `typed` the
    count before it, digit by digit; `count` is that of the command that came last, None for none.

    In a list digits are a count; in an article they open a related story.
    """

    commands: Iterable[Command] = COMMANDS
    pending: tuple[str, ...] = ()
    typed: str = ""
    count: int | None = None
    _table: dict[PaneName, dict[tuple[str, ...], Command]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for pane in CONTEXTS:
            self._table[pane] = {
                tuple(keys.split()): command
                for command in self.commands
                if works_in(command, pane)
                for keys in command.keys
            }

    @property
    def waiting(self) -> str:
        """What was typed of a count and a sequence that are not complete, as the footer shows it."""
        return self.typed + key_name(" ".join(self.pending)) if self.pending else self.typed

    def press(self, key: str, pane: PaneName) -> Command | None:
        """Return the command this key completes, or None: it began a sequence or a count, or means nothing here.

        A key that does not go on with the pending sequence starts afresh; Esc only gives sequence and count up.
        """
        if (self.pending or self.typed) and key == "escape":
            self._forget()
            return None
        table = self._table[pane]
        if self._counts(key, table):
            self.typed = str(min(MOST, int(self.typed + key)))
            return None
        typed = (*self.pending, key)
        if typed in table:
            self.count = int(self.typed) if self.typed and table[typed].counted else None
            self._forget()
            return table[typed]
        if any(sequence[: len(typed)] == typed for sequence in table):
            self.pending = typed
            return None
        began = bool(self.pending)
        self._forget()
        return self.press(key, pane) if began else None

    def elsewhere(self, key: str) -> Command | None:
        """The command that this key has in another pane; None where it is no command's alone."""
        return next((table[(key,)] for table in self._table.values() if (key,) in table), None)

    def _counts(self, key: str, table: dict[tuple[str, ...], Command]) -> bool:
        """Whether a key is a digit of a count: not in an article, nor where it is bound; 0 only after another digit."""
        if self.pending or len(key) != 1 or key not in "0123456789":
            return False
        return bool(self.typed) or (key != "0" and (key,) not in table)

    def _forget(self) -> None:
        self.pending, self.typed = (), ""

"""The one field of one line that all inputs of the reader are.

Textual's `Input` takes letters as soon as they come, but Backspace, Enter and the arrows are bindings: those travel up
to the app first, and letters that were typed after them overtake them. Input methods for Vietnamese (UniKey, OpenKey,
ibus-bamboo) type Backspaces and the new letters in one go. Here every key acts where it arrives, in the order typed.
"""

from collections.abc import Callable
from unicodedata import category, normalize

from textual import events
from textual.widgets import Input
from textual.widgets.input import Selection

from reader.text import clean_line

_JOINER = "\u200d"


def last_letter(text: str) -> int:
    """Where the last letter of a text begins: a base with its combining marks, or characters that are joined. Pure."""
    at = len(text) - 1
    while at > 0 and (_is_mark(text[at]) or text[at] == _JOINER or text[at - 1] == _JOINER):
        at -= 1
    return max(0, at)


def _is_mark(letter: str) -> bool:
    return category(letter) in ("Mn", "Me", "Mc") or "\U0001f3fb" <= letter <= "\U0001f3ff"


class TextField(Input):
    """A field of one line, which takes its keys in the order they come.

    What is pasted becomes one line, and what it hides is cleaned off. Letters that come in parts (e, then ^) are put
    together, and Backspace takes a whole letter. Keys that mean nothing in a field go on to the screen.
    """

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_position = len(value)
        self._acts: dict[str, Callable[[], None]] = {
            "backspace": self.erase,
            "ctrl+h": self.erase,
            "delete": self.action_delete_right,
            "ctrl+d": self.action_delete_right,
            "left": self.action_cursor_left,
            "right": self.action_cursor_right,
            "ctrl+left": self.action_cursor_left_word,
            "ctrl+right": self.action_cursor_right_word,
            "home": self.action_home,
            "ctrl+a": self.action_home,
            "end": self.action_end,
            "ctrl+e": self.action_end,
            "ctrl+w": self.action_delete_left_word,
            "alt+backspace": self.action_delete_left_word,
            "ctrl+u": self.action_delete_left_all,
            "ctrl+k": self.action_delete_right_all,
        }

    def on_unmount(self) -> None:
        """The screen may go on, and its signal would keep this field: the callback leads back to the weak key."""
        self.screen.text_selection_started_signal.unsubscribe(self)

    async def _on_key(self, event: events.Key) -> None:
        """Take a letter, or a key that edits; Enter submits what stands here now."""
        if event.is_printable and event.character is not None and not event.key.startswith("alt+"):
            self.put(event.character)
        elif event.key in self._acts:
            self._acts[event.key]()
        elif event.key == "enter":
            await self.action_submit()
        else:
            return
        self._restart_blink()
        event.stop()
        event.prevent_default()

    def select_value(self) -> None:
        """Select all that stands in it: what is typed next takes its place, and an arrow key keeps it."""
        self.selection = Selection(0, len(self.value))

    def put(self, text: str) -> None:
        """Put text where the cursor is, in place of what is selected."""
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)
        if not self.value.isascii() and normalize("NFC", self.value) != self.value:
            after = normalize("NFC", self.value[self.cursor_position :])
            self.value = normalize("NFC", self.value)
            self.cursor_position = len(self.value) - len(after)

    def erase(self) -> None:
        """Take away what is selected, else the letter before the cursor, with its accents."""
        if self.selection.is_empty and self.cursor_position:
            self.delete(last_letter(self.value[: self.cursor_position]), self.cursor_position)
        elif not self.selection.is_empty:
            self.delete_selection()

    def _on_paste(self, event: events.Paste) -> None:
        self.put(clean_line(" ".join(event.text.split())))
        event.stop()
        event.prevent_default()

"""A key that can do nothing says why, and what was typed for it runs no commands.

`/` where nothing can be searched is followed by the words that were to be found: `/ferry` must not refresh, remove or
subscribe because of its letters.
"""

import time
from collections.abc import Callable

from textual import events
from textual.message_pump import MessagePump

TEXT_SECONDS = 1.2
"""Seconds from one letter to the next within words that were typed where nothing takes them."""


class StrayText:
    """Tells words that were typed where nothing takes them from keys that are meant as commands."""

    def __init__(self) -> None:
        self._until = 0.0
        self.typed = ""
        """What has been taken of the words, to be shown: a key that is taken must not seem to be lost."""

    def begin(self) -> None:
        """Words may follow, each letter soon after the one before."""
        self._until = time.monotonic() + TEXT_SECONDS
        self.typed = ""

    def takes(self, key: str, *, printable: bool) -> bool:
        """Whether a key belongs to such words. Enter and Esc end them, as they would in a field; so does a while
        without a letter. `key` as the table of commands has it."""
        if time.monotonic() >= self._until:
            return False
        if printable or key == "backspace":
            typed = self.typed[:-1] if key == "backspace" else self.typed + (" " if key == "space" else key[:1])
            self.begin()
            self.typed = typed
            return True
        self._until, self.typed = 0.0, ""
        return key in ("enter", "escape")


class KeyScreen(MessagePump):
    """A screen that knows which keys mean nothing on it."""

    def key_was_dead(self) -> None:
        """The key that is taken now means nothing: what was typed with it in one go is no command either."""
        drop: Callable[[], None] | None = getattr(self.app, "drop_what_came_with_it", None)
        if drop is not None:
            drop()


class AnsweringScreen(KeyScreen):
    """For a page or a dialog: `answer` says why the last key could do nothing, until the next one comes.

    `KeyOrder` ends it, so that no page has to. A subclass draws it at its foot, in `draw_answer`.
    """

    answer = ""

    def draw_answer(self) -> None:
        """Draw the foot anew."""
        raise NotImplementedError

    def say_why(self, sentence: str) -> None:
        """Answer a key that can do nothing here."""
        self.answer = sentence
        self.draw_answer()
        self.key_was_dead()

    def on_paste(self, event: events.Paste) -> None:
        """No field has taken what was pasted."""
        from reader.words import help_pages as help_pages_words  # not before the first paint

        event.stop()
        self.say_why(help_pages_words.nowhere_to_paste())

    def end_answer(self) -> None:
        """Another key has come."""
        if self.answer:
            self.answer = ""
            self.draw_answer()

    def is_stray(self, event: events.Key) -> bool:
        """Whether a key belongs to words that nothing here takes."""
        return False

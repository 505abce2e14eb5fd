"""What becomes of a key on the main screen: a command, text that nothing takes, or the reason why it is neither."""

import time
from typing import Protocol

from reader.commands import PaneName, key_name
from reader.ui.base.host import Messages
from reader.ui.main.footer import Footer
from reader.ui.main.keys import KeyReader

TEXT_SECONDS = 1.2
"""Seconds from one letter to the next within words that were typed where nothing takes them."""


class KeysHost(Messages, Protocol):
    """The main screen, as the keys see it."""

    keys: KeyReader
    footer: Footer
    pane_name: PaneName

    def retitle(self) -> None:
        """Draw masthead, titles and footer again where they differ."""

    def run_command(self, command: str, key: str = "", count: int | None = None) -> None:
        """Carry a command out, by its id."""


class KeyPresses:
    """Takes one key after the other."""

    def __init__(self, host: KeysHost) -> None:
        self._host = host
        self._text_until = 0.0

    def press(self, key: str, *, printable: bool) -> None:
        """Run the command of a key; where it has none here, say why. `key` as the table of commands has it."""
        host = self._host
        if self._is_text(key, printable):
            return
        if key != "escape":
            host.footer.end_seen()
        before = host.keys.waiting
        command = host.keys.press(key, host.pane_name)
        if host.keys.waiting != before:
            host.retitle()
        if command is not None:
            host.run_command(command.id, key, host.keys.count)
        elif host.keys.waiting == before and key != "escape":
            self._say_why(key)

    def _is_text(self, key: str, printable: bool) -> bool:
        """Whether a key belongs to words that were typed for something that does not take them: no command, then.

        Enter and Esc end them, as they would in a field; so does a while without a letter.
        """
        now = time.monotonic()
        if now >= self._text_until:
            return False
        if printable or key == "backspace":
            self._text_until = now + TEXT_SECONDS
            return True
        self._text_until = 0.0
        return key in ("enter", "escape")

    def _say_why(self, key: str) -> None:
        from reader.words import help_pages as help_pages_words  # not before the first paint

        command, name = self._host.keys.elsewhere(key), key_name(key)
        if command is None:
            self._host.say(help_pages_words.unknown_key(name), "hint")
        elif command.id == "narrow":
            self._text_until = time.monotonic() + TEXT_SECONDS
            self._host.say(help_pages_words.no_search_in_story(name), "hint")
        else:
            self._host.say(help_pages_words.works_elsewhere(name, command), "hint")

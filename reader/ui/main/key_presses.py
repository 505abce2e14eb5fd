"""What becomes of a key on the main screen: a command, text that nothing takes, or the reason why it is neither."""

from typing import Protocol

from reader.commands import PaneName, key_name
from reader.ui.base.dead_keys import StrayText
from reader.ui.base.host import Messages
from reader.ui.main.footer import Footer
from reader.ui.main.keys import KeyReader


class KeysHost(Messages, Protocol):
    """The main screen, as the keys see it."""

    keys: KeyReader
    footer: Footer
    pane_name: PaneName

    def retitle(self) -> None:
        """Draw masthead, titles and footer again where they differ."""

    def key_was_dead(self) -> None:
        """The key that is taken now means nothing here."""

    def run_command(self, command: str, key: str = "", count: int | None = None) -> None:
        """Carry a command out, by its id."""


class KeyPresses:
    """Takes one key after the other."""

    def __init__(self, host: KeysHost) -> None:
        self._host = host
        self._stray = StrayText()
        self._search_key = ""

    def press(self, key: str, *, printable: bool) -> None:
        """Run the command of a key; where it has none here, say why. `key` as the table of commands has it."""
        host = self._host
        if self._stray.takes(key, printable=printable):
            self._say_stray()
            return
        if key != "escape":
            host.footer.end_seen()
        before = host.keys.waiting
        command = host.keys.press(key, host.pane_name)
        if host.keys.waiting != before:
            host.retitle()
        if command is not None:
            host.run_command(command.id, key, host.keys.count)
        elif not host.keys.waiting and key != "escape":
            self._say_why(key)

    def answer_paste(self) -> None:
        """Say where a paste goes: there is no field here."""
        from reader.words import help_pages as help_pages_words  # not before the first paint

        self._host.say(help_pages_words.nothing_takes_a_paste(), "hint")

    def _say_stray(self) -> None:
        """Show the words that are typed for a search which a story does not have; end that with them."""
        from reader.words import help_pages as help_pages_words  # not before the first paint

        if self._stray.typed:
            self._host.say(help_pages_words.not_searched(self._search_key + self._stray.typed), "hint")
        else:
            self._host.footer.end_seen()

    def _say_why(self, key: str) -> None:
        from reader.words import help_pages as help_pages_words  # not before the first paint

        command, name = self._host.keys.elsewhere(key), key_name(key)
        self._host.key_was_dead()
        if command is None:
            self._host.say(help_pages_words.unknown_key(name), "hint")
        elif command.id == "narrow":
            self._stray.begin()
            self._search_key = name
            self._host.say(help_pages_words.no_search_in_story(name), "hint")
        else:
            self._host.say(help_pages_words.works_elsewhere(name, command), "hint")

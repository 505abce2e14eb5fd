"""What leaves the reader because a person asked: an address for the browser or the clipboard, a file for the player."""

import shlex
import subprocess
import sys
import threading
from pathlib import Path

from textual.message_pump import MessagePump

from reader import shutdown, words
from reader.ui.base.host import NoteKind
from reader.ui.base.session import Session

_OUTSIDE = ("http://", "https://", "mailto:")
"""What an address begins with that may leave the reader."""

_BROWSER_PROGRAM = Path(__file__).parents[1] / "browser_program.py"

_STARTS_WITHIN = 3.0
"""Seconds after which a browser that has not come back has started."""


def play(url: str, player: str) -> str | None:
    """Start `player`, a command line without a shell, with the address as its last argument; return what went wrong.

    Only http and https addresses are handed over, so that none can be taken for an option or a file. The player goes on
    when the reader is left. It gets no terminal: what it writes would be in the story.
    """
    if not url.startswith(("http://", "https://")):
        return words.not_for_browser()
    try:
        command = shlex.split(player)
        process = subprocess.Popen(  # noqa: S603 # the person's own program, and no shell
            [*command, url],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        return words.no_player(player, getattr(error, "strerror", None) or str(error))
    threading.Thread(target=process.wait, daemon=True, name="player").start()  # else it would stay a zombie
    return None


def start_browser(url: str) -> bool:
    """Hand an address to the person's browser (Python's webbrowser knows which); False where none is found, or none
    starts. Waits while it starts, for so many seconds at most.

    In a process of its own, which has no terminal: browsers write into the one they are started from, and some come
    back only once they are closed. One that needs a terminal does not start.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 # our own Python, which takes no module from the current folder
            [sys.executable, "-I", _BROWSER_PROGRAM, url],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return process.wait(_STARTS_WITHIN) == 0
    except subprocess.TimeoutExpired:
        threading.Thread(target=process.wait, daemon=True, name="browser").start()  # else it would stay a zombie
        return True


class OutsideLinks(MessagePump):
    """For the main screen, among its bases: opening, playing and copying addresses, and saying so."""

    session: Session

    def say(self, text: str, kind: NoteKind = "result") -> None:
        """Show a message in the footer."""
        raise NotImplementedError

    def open_url(self, url: str) -> None:
        """Open an address outside: http, https or mailto, and only because a person asked."""
        self._open(url, sound=False)

    def _open(self, url: str, *, sound: bool) -> None:
        if not url.startswith(_OUTSIDE):
            self.say(words.not_for_browser(), "hint")
        elif self.app.is_web:  # the browser is where the person is: Textual reaches it, and says nothing more
            self.app.open_url(url)
            self.say(words.sent_to_browser(url))
        else:
            self.app.run_worker(self._start_browser(url, sound=sound))

    async def _start_browser(self, url: str, *, sound: bool) -> None:
        from reader.words import help_pages as help_pages_words  # not before the first paint

        if await shutdown.in_thread(start_browser, url):
            self.say(words.sent_to_browser(url))
        else:
            self.say(help_pages_words.no_player_found() if sound else help_pages_words.no_browser(), "hint")

    def play(self, url: str, title: str = "") -> None:
        """Play a file in the person's player, or else hand it to the system, and only because a person asked. `title`:
        that of the story it belongs to."""
        player = self.session.config.reader.player
        if not player:
            self._open(url, sound=True)
            return
        failure = play(url, player)
        self.say(failure or words.sent_to_player(url, player, title), "error" if failure else "result")

    def copy_link(self, url: str) -> None:
        """Put an address on the clipboard (OSC 52), and only because a person asked."""
        outside = url.startswith(_OUTSIDE)
        if outside:
            self.app.copy_to_clipboard(url)
        self.say(words.link_copied() if outside else words.not_for_copying(), "result" if outside else "hint")

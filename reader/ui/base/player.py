"""Playing a file that a feed attaches to a story, in the program that the settings name."""

import shlex
import subprocess
import threading

from reader import words
from reader.ui.base.host import Host


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


def play_outside(url: str, player: str, host: Host) -> None:
    """Play a file in the person's player, or else hand it to the system, and say so."""
    if not player:
        host.open_url(url)
        return
    failure = play(url, player)
    host.say(failure or words.sent_to_player(url, player), "error" if failure else "result")

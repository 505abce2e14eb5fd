"""Textual's driver for terminals that may close, or be read by nobody, while they are written to.

Textual's own writing thread dies of the first error; then its queue fills, and the event loop waits for it for ever,
deaf to signals. Here what cannot be written is dropped, once the terminal has closed or the end was asked for. Nothing
else is changed, and no key is read here.
"""

import os
import select
import termios
from contextlib import suppress
from typing import Any, TextIO, cast

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from reader import shutdown

_LARGEST = 1 << 16
"""Bytes that are gathered, at most, before they are written."""

_LOOKS = 0.05
"""Seconds between two looks whether the end was asked for, while a terminal takes nothing."""

_AS_IT_WAS = (
    b"\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2048l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""What the driver writes when it ends: no pasting mode, no mouse, its keys, the screen and the cursor of before."""


class TerminalFile:
    """A file for text that writes to a terminal, and whose `write` and `flush` never raise, nor wait once the end has
    begun. For one thread."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._bytes = bytearray()
        self._own = _opened_again(file.fileno())
        self.gone = False

    def fileno(self) -> int:
        """The descriptor of the file that was given."""
        return self._file.fileno()

    def write(self, text: str) -> int:
        """Take text, as the file would encode it."""
        self._bytes += text.encode(self._file.encoding or "utf-8", "replace")
        if len(self._bytes) > _LARGEST:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Write what was taken; drop it where the terminal is gone, or where it takes nothing at the end."""
        data, self._bytes = bytes(self._bytes), bytearray()
        descriptor = self.fileno() if self._own is None else self._own
        while data and not self.gone:
            if self._own is not None and not select.select([], [descriptor], [], _LOOKS)[1]:
                self.gone = shutdown.has_begun()
                continue
            try:
                data = data[os.write(descriptor, data) :]
            except BlockingIOError:
                continue
            except (OSError, ValueError):
                self.gone = True

    def leave(self) -> None:
        """Write nothing more, but for what puts the terminal back as it was, where it takes that at once. In any
        thread."""
        self.gone = True
        if self._own is not None:
            with suppress(OSError):
                os.write(self._own, _AS_IT_WAS)


def _opened_again(descriptor: int) -> int | None:
    """Return a descriptor of the same terminal that never waits, for it alone: the mode of the one that was given is
    shared with the shell. None where there is no terminal, or its name is not to be had."""
    try:
        return os.open(os.ttyname(descriptor), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return None


def _nothing() -> None:
    """What is to be taken back before the terminal was taken over."""


class TerminalDriver(LinuxDriver):
    """The driver of the reader: a terminal that has closed ends it, and keeps it waiting for nothing."""

    def __init__(self, app: App[Any], **more: Any) -> None:
        super().__init__(app, **more)
        self._screen = TerminalFile(cast("TextIO", self._file))
        self._file = cast("Any", self._screen)
        self._put_back = _nothing

    def start_application_mode(self) -> None:
        """Take the terminal over; it is put back however the process ends."""
        self._put_back = shutdown.at_end(self._restore)
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual gives it none

    def _restore(self) -> None:
        """Put the terminal back as it was, while the process ends and the event loop does not get that far."""
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        self._screen.leave()

    def run_input_thread(self) -> None:
        """Read keys until the terminal closes, which is no error of ours."""
        with suppress(OSError):
            super().run_input_thread()

    def resume_application_mode(self) -> None:
        """Come back from being suspended, but not to end: then the terminal is the shell's."""
        if not shutdown.has_begun():
            super().resume_application_mode()

    def close(self) -> None:
        """Write what is left. The terminal is as it was then."""
        super().close()
        self._put_back()

"""Users and passwords of sources: in the system's keyring, or where there is none in a file of mode 0600 each.

Each lies under a name of its own, which says nothing; the library keeps only the name. What an address gives is kept
before the source is, and stays as long as the source can come back by undo. Nothing here sends one anywhere.
"""

import logging
import os
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from reader.errors import NewsstandError
from reader.models import Login
from reader.words import subscriptions as subscriptions_words

SERVICE = "newsstand"
"""What the entries are called in the keyring."""

WAITS = 30
"""Seconds that a keyring is waited for: one that is locked may ask a person, or nobody at all."""

_NO_KEYRINGS = ("keyring.backends.fail", "keyring.backends.null")
_silent: set[str] = set()  # a keyring that did not answer once is not asked again by this process
_log = logging.getLogger("newsstand.credentials")
_decoder = msgspec.json.Decoder(tuple[str, str])


def keep(library: Path, login: Login) -> str:
    """Keep a login for the library at this path, and return the name under which it is. NewsstandError where neither
    the keyring nor the disk takes it."""
    name = secrets.token_hex(16)
    text = msgspec.json.encode((login.user, login.password)).decode()
    if not _in_keyring(name, text):
        _write(folder(library), name, text)
    return name


def find(library: Path, name: str) -> Login | None:
    """Return the login of this name, or None where it is gone. Waits for the keyring: never in the event loop."""
    text = _read(folder(library) / name) or _asked(lambda keyring: keyring.get_password(SERVICE, name))
    try:
        return Login(*_decoder.decode(text)) if isinstance(text, str) else None
    except msgspec.MsgspecError:
        return None


def forget(library: Path, name: str) -> None:
    """Erase a login wherever it lies."""
    with suppress(OSError):
        (folder(library) / name).unlink(missing_ok=True)
    _asked(lambda keyring: keyring.delete_password(SERVICE, name))


def folder(library: Path) -> Path:
    """Where the files are, if there are any: beside the library."""
    return library.with_name(f"{library.name}.credentials")


def _in_keyring(name: str, text: str) -> bool:
    """Put a text into the keyring; whether it is there then, for some take what they do not keep."""

    def put(keyring: Any) -> bool:
        keyring.set_password(SERVICE, name, text)
        return bool(keyring.get_password(SERVICE, name) == text)

    return _asked(put) is True


def _asked(ask: Callable[[Any], object]) -> object:
    """Return what the keyring answers; None where there is none, or where it fails or does not answer."""
    answers: list[object] = []
    if SERVICE in _silent:
        return None

    def run() -> None:
        try:
            import keyring  # it looks for every keyring there may be, which only a password is worth

            if type(keyring.get_keyring()).__module__ not in _NO_KEYRINGS:
                answers.append(ask(keyring))
        except Exception as error:  # noqa: BLE001 # whatever is wrong with it, there is the file
            _log.info("the keyring cannot be used: %s", type(error).__name__)

    thread = threading.Thread(target=run, daemon=True)  # which does not keep the program from ending
    thread.start()
    thread.join(WAITS)
    if thread.is_alive():
        _log.warning("the keyring did not answer within %d seconds", WAITS)
        _silent.add(SERVICE)
    return answers[0] if answers else None


def _read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def _write(into: Path, name: str, text: str) -> None:
    try:
        into.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(
            os.open(into / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with suppress(OSError):
            (into / name).unlink(missing_ok=True)
        raise NewsstandError(subscriptions_words.password_not_kept(into, error.strerror or error)) from error

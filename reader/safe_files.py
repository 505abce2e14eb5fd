"""Files that Newsstand writes by itself: nobody else reads them, and no link that somebody planted leads elsewhere."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


def open_log(path: Path) -> int:
    """Open a log to append to, 0600, and return its file descriptor.

    OSError where it is a link, no regular file, another name of a file, or somebody else's; nothing is written then.
    """
    number = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | _NO_LINK, 0o600)
    try:
        _must_be_ours(os.fstat(number), path)
        os.fchmod(number, 0o600)
    except BaseException:
        os.close(number)
        raise
    return number


def _must_be_ours(facts: os.stat_result, path: Path) -> None:
    if not stat.S_ISREG(facts.st_mode) or facts.st_nlink > 1 or facts.st_uid != os.geteuid():
        raise OSError(errno.EPERM, os.strerror(errno.EPERM), str(path))


def make_private(file: Path) -> None:
    """Let nobody else read a file that is there; a link is left alone, and so is what cannot be changed."""
    with suppress(OSError):
        number = os.open(file, os.O_RDONLY | os.O_NONBLOCK | _NO_LINK)
        try:
            if stat.S_ISREG(os.fstat(number).st_mode):
                os.fchmod(number, 0o600)
        finally:
            os.close(number)


def private_folder(folder: Path, *, ours: bool) -> None:
    """Make a folder that only its owner may enter (0700). `ours`: so is one that is there already. OSError passes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if ours:
        facts = folder.lstat()
        if stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.geteuid() and stat.S_IMODE(facts.st_mode) & 0o077:
            folder.chmod(0o700)


def new_file(path: Path, *, private: bool) -> int:
    """Make a file where there is nothing, not even a link that leads nowhere, and return its file descriptor.

    `private`: nobody else may ever read it. FileExistsError where something is there; OSError.
    """
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o600 if private else 0o666)


def write_new(path: Path, data: bytes, *, private: bool) -> None:
    """Write a file where there is nothing (`new_file`); where that fails, nothing of it is left. OSError passes."""
    with os.fdopen(new_file(path, private=private), "wb") as stream:
        try:
            stream.write(data)
            stream.flush()
        except OSError:
            path.unlink()
            raise


def replace_file(path: Path, data: bytes, *, private: bool, mode: int | None = None) -> None:
    """Put `data` in the place of a file, in one step: it is whole whenever the power fails. OSError passes.

    It is written beside it under a name that nobody can know before. `mode`: the file's, where it is to keep one.
    """
    beside = path.with_name(f".{path.name[:100]}.{os.urandom(8).hex()}.part")
    try:
        with os.fdopen(new_file(beside, private=private or mode is not None), "wb") as stream:
            if mode is not None:
                os.fchmod(stream.fileno(), mode)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Return once a file, or what is in a folder, is on the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)

"""Folders for temporary files that end with their process, however it ends: what one that was killed has left is
removed by the next that makes one.

Each is locked for as long as its process lives (flock(2), on the folder itself: the system takes it back from whoever
is killed). A folder that is ours and that nobody has locked is nobody's.
"""

import os
import secrets
import shutil
import stat
from contextlib import suppress
from pathlib import Path

_PREFIX = "newsstand-run-"
"""No program but ours makes such a folder, and none of ours leaves one unlocked."""

_held: dict[str, int] = {}
"""The descriptors that keep our own folders locked, by path."""


def make(within: Path) -> Path:
    """Make an empty folder (0700) in one for temporary files, for this process; remove there what others of this user
    have left. OSError where none can be made. Without locks (some network disks) nothing is ever taken for left."""
    _sweep(within)
    while True:
        folder = within / f"{_PREFIX}{secrets.token_hex(4)}"
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            held = _locked(folder)
            if held is None and folder.exists():
                return folder  # there are no locks here
            if held is not None:
                _held[str(folder)] = held
                return folder
            # Another process took it for one that was left, in the moment before it was locked.


def remove(folder: Path) -> None:
    """Remove a folder that `make` made, with all that is in it; what cannot be removed stays. Twice is once."""
    shutil.rmtree(folder, ignore_errors=True)
    held = _held.pop(str(folder), None)
    if held is not None:
        os.close(held)


def _locked(folder: Path) -> int | None:
    """Lock a folder; return the descriptor that keeps it so. None where another has it, where it is a link, where it is
    not there any more, and where there are no locks."""
    try:
        import fcntl
    except ImportError:  # not on Unix
        return None
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(opened), folder.lstat()):
            return opened
    except OSError:
        pass
    os.close(opened)
    return None


def _sweep(within: Path) -> None:
    """Remove the folders of processes of this user that were killed."""
    with suppress(OSError), os.scandir(within) as entries:
        for entry in entries:
            if not entry.name.startswith(_PREFIX) or entry.path in _held:
                continue
            with suppress(OSError):
                facts = entry.stat(follow_symlinks=False)
                if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.geteuid():
                    continue
                held = _locked(Path(entry.path))
                if held is not None:
                    try:
                        shutil.rmtree(entry.path, ignore_errors=True)
                    finally:
                        os.close(held)

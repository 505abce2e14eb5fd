"""Whole copies of the library: made while it is open, listed, pruned, and brought back. This is its whole surface.

Each function opens the files that it is given by itself and closes them again; none needs a `Library`, and none but
`restore` ever changes one. A file that is there is never overwritten unless that is asked for.
"""

from reader.store.backups.automatic import make_due, make_for_upgrade
from reader.store.backups.copying import StoppedError, make
from reader.store.backups.files import Backup, Kind, folder_of, listed
from reader.store.backups.restoring import Content, Restored, check, restore

__all__ = [
    "Backup",
    "Content",
    "Kind",
    "Restored",
    "StoppedError",
    "check",
    "folder_of",
    "listed",
    "make",
    "make_due",
    "make_for_upgrade",
    "restore",
]

"""The log as a file: its owner's alone, never behind a link, and with no secret in it."""

import logging
import logging.handlers
import os
from io import TextIOWrapper
from pathlib import Path

from reader.config.paths import APP
from reader.safe_files import make_private, open_log, private_folder
from reader.text import clean, clean_line
from reader.text.secrets import without_secret_values

LOG_BYTES = 1_000_000
"""A log file grows to so many bytes; then it is put aside, and two such are kept."""

_KEPT = 2


class LogFile(logging.handlers.RotatingFileHandler):
    """Writes to a file that nobody else reads (0600), as those put aside are. What stands under its name and is no such
    file (a link, a pipe, somebody else's file) is not written to, and then there is no log."""

    def __init__(self, path: Path) -> None:
        """Make the folder, 0700; the file is made with the first line. OSError where there can be no folder."""
        private_folder(path.parent, ours=path.parent.name == APP)
        super().__init__(path, maxBytes=LOG_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
        self.setFormatter(_Lines("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        for number in range(1, _KEPT + 1):  # of a version that let others read them
            make_private(path.with_name(f"{path.name}.{number}"))

    def _open(self) -> TextIOWrapper:
        return os.fdopen(open_log(Path(self.baseFilename)), "a", encoding="utf-8", errors="replace")


class _Lines(logging.Formatter):
    """A record as one line, and its traceback under it. Whatever a record says passes here: nothing acts, nothing
    looks like a line of its own, and addresses are without their secrets."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 # logging's name
        record.message = clean_line(record.message)
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        return without_secret_values(clean(super().format(record)))

"""What every command shares: the files and settings that the options before it name, the log, and the terminal."""

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from reader import shutdown
from reader.errors import BadSetting, LibraryError, Misuse

if TYPE_CHECKING:
    import logging
    from pathlib import Path

    from reader.config import Config, Paths
    from reader.store import Library


class Context(NamedTuple):
    """What the options before a command say."""

    library_path: "Path | None"
    config_path: "Path | None"

    def paths(self) -> "Paths":
        """Where this run's files are. Raises Misuse where the library has no name and there is no home folder."""
        from reader.config import file_paths

        return file_paths(self.config_path, self.library_path)

    def must_have_config(self) -> None:
        """Raise BadSetting where the settings file that is named is not there, or is a folder: also for commands that
        read none."""
        if self.config_path is None:
            return
        try:
            missing, folder = not self.config_path.exists(), self.config_path.is_dir()
        except (OSError, ValueError):  # what is wrong with it is said by whoever reads it
            return
        if missing:
            from reader.words.failures import no_such_file

            raise BadSetting(no_such_file(self.config_path))
        if folder:
            from reader.words.settings import config_is_folder

            raise BadSetting(config_is_folder(self.config_path))

    def config(self) -> "Config":
        """The settings. What is wrong in the file is printed on stderr, and has its default. Raises BadSetting."""
        from reader.cli.output.printing import say
        from reader.config import load, report
        from reader.words import datetimes

        settings = load(self.config_path)
        report(settings, lambda line: say(f"newsstand: {line}", err=True))
        datetimes.use(settings.reader.dates, settings.reader.clock)
        return settings

    @contextlib.contextmanager
    def library(self) -> Iterator["Library"]:
        """The library, opened, and made if there is none. Where a backup of it is due, that is made first.

        That it is damaged is said once: a command that is then refused for it ends with its exit code alone.
        """
        from reader.store import Library

        start_log(self.paths().log)
        with Library.open(self.paths().library, who="cli", backups=lambda: self._backups()[0]) as library:
            said = ""
            if library.damaged:
                from reader.cli.output import say
                from reader.config.paths import unless_default
                from reader.words.library import damaged

                said = damaged(library.path, unless_default(library.path))
                say(f"newsstand: {said}", err=True)
            library.back_up_daily(self._backups)
            try:
                yield library
            except LibraryError as error:
                if str(error) != said:
                    raise
                sys.exit(1)

    def _backups(self) -> tuple[int, int]:
        """How many backups are kept, and after how many days one is due; what is wrong in the settings is not said."""
        from reader.config import load

        chosen = load(self.config_path).library
        return chosen.backups, chosen.backup_days


def start_log(path: "Path") -> None:
    """Send what the stages log to a file, and never to the terminal. Does nothing where the file cannot be made."""
    import logging

    from reader.cli.log_file import LogFile

    logger = logging.getLogger("newsstand")
    logger.propagate = False
    logger.setLevel(logging.INFO)
    logging.raiseExceptions = False  # a log that cannot be written must not write on the screen instead
    try:
        handler: logging.Handler = LogFile(path)
    except OSError:
        handler = logging.NullHandler()
    handler.addFilter(_traceback_once)
    before, logger.handlers[:] = logger.handlers[:], [handler]
    logging.lastResort = handler  # asyncio and others would write on the screen, unclean
    for replaced in before:
        replaced.close()


def _traceback_once(record: "logging.LogRecord") -> bool:
    """Leave the traceback out where the same error is in the log already; the line then ends with the error itself.

    The library logs each write that fails, and whoever waited for it says which page or act that was.
    """
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        if vars(error).get("logged"):
            record.msg, record.args = f"{record.getMessage()}: {error!r}", ()
            record.exc_info = record.exc_text = None
        vars(error)["logged"] = True
    return True


def needs_terminal(what: Literal["reader", "demo"]) -> None:
    """Raise Misuse, saying what else there is, where `what` cannot be shown. The end of the terminal is ours then."""
    from reader.cli.output.terminal import is_terminal  # not for --help

    if not is_terminal(sys.stdin, sys.stdout):
        from reader.words import command_line as command_line_words

        raise Misuse(command_line_words.needs_terminal(what))
    if os.environ.get("TERM", "") in ("dumb", "unknown"):
        from reader.words import command_line as command_line_words

        raise Misuse(command_line_words.needs_cursor(what, os.environ["TERM"]))
    shutdown.watch_terminal(0, 1, 2)

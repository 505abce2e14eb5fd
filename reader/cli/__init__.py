"""The command line: the group, exit codes, and what every command shares.

Results go to stdout, everything else to stderr. Exit codes: 0, 1 for a failure, 2 for misuse. A stage (fetch, the
interface, the library) is imported inside the command that needs it, so that `--help` and completion are quick.
"""

import contextlib
import gc
import io
import logging
import logging.handlers
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from reader import __version__
from reader.errors import Misuse, NewsstandError

if TYPE_CHECKING:
    from reader.config import Config, Places
    from reader.store import Library

LOG_BYTES = 1_000_000
"""A log file grows to so many bytes; then it is put aside, and two such are kept."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the options before a command say."""

    library_path: Path | None
    config_path: Path | None

    def places(self) -> "Places":
        """Where this run's files are."""
        from reader.config import Places, places

        usual = places()
        return Places(
            config=self.config_path or usual.config,
            library=self.library_path or usual.library,
            log=self.library_path.with_name(f"{self.library_path.name}.log") if self.library_path else usual.log,
        )

    def config(self) -> "Config":
        """The settings. Raises BadSetting."""
        from reader.config import load

        return load(self.config_path)

    @contextlib.contextmanager
    def library(self) -> Iterator["Library"]:
        """The library, opened, and made if there is none."""
        from reader.store import Library

        start_log(self.places().log)
        with Library.open(self.places().library, who="cli") as library:
            yield library


def start_log(path: Path) -> None:
    """Send what the stages log to a file, and never to the terminal. Does nothing where the file cannot be made."""
    logger = logging.getLogger("newsstand")
    logger.propagate = False
    logger.setLevel(logging.INFO)
    logging.raiseExceptions = False  # a log that cannot be written must not write on the screen instead
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger.handlers[:] = [handler]


class Family(click.Group):
    """A group whose commands are imported when they are asked for."""

    FAMILIES = {  # noqa: RUF012 # click's classes are configured by attributes
        "add": "sources", "sources": "sources", "list": "reading", "read": "reading",
        "refresh": "upkeep", "offline": "upkeep", "config": "upkeep", "demo": "upkeep",
    }  # fmt: skip

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of a day: look, read, keep up."""
        return list(self.FAMILIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the family the command belongs to."""
        if cmd_name not in self.FAMILIES:
            return None
        from importlib import import_module

        module = import_module(f"reader.cli.{self.FAMILIES[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command


@click.group(
    cls=Family,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="With no command, the reader opens. To look round without any paper of yours: newsstand demo",
)
@click.option("--library", type=click.Path(path_type=Path, dir_okay=False), help="Use this library file.")
@click.option("--config", type=click.Path(path_type=Path), help="Use this settings file.")
@click.version_option(__version__, prog_name="newsstand")
@click.pass_context
def newsstand(ctx: click.Context, library: Path | None, config: Path | None) -> None:
    """Newsstand: newspapers in the terminal, whole articles, offline."""
    ctx.obj = Context(library, config)
    if ctx.invoked_subcommand is None:
        open_reader(ctx.obj)


def open_reader(context: Context) -> None:
    """Open the interface on the library of `context`."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Misuse("The reader needs a terminal. `newsstand list` prints headlines, `newsstand read` a story.")
    gc.disable()  # until the first screen stands: see reader.ui.run
    settings = context.config()
    places = context.places()
    start_log(places.log)
    from reader.ui import run

    run(places.library, settings)


def main() -> None:
    """Run the command line, and end the process with its exit code."""
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _end)
    for stream in (sys.stdout, sys.stderr):  # where a terminal's encoding lacks a letter, `?` stands for it
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = newsstand.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except KeyboardInterrupt:
        sys.exit(130)
    except Misuse as error:
        click.echo(f"newsstand: {error}", err=True)
        sys.exit(2)
    except NewsstandError as error:
        click.echo(f"newsstand: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`). Python would complain once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _end(number: int, _frame: FrameType | None) -> None:
    """End as after an error, so that temporary folders, worker processes and the library are left in order."""
    sys.exit(128 + number)
